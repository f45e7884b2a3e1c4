"""The matcher in plain Python: the interpreter's fast string methods first, a close look only where a form may begin.

A text is folded and cut into words by ``str.translate`` and ``str.split``. A word that was met before is looked up in a
set of those that begin forms; the forms' words hang below them in a trie of dicts that grows out of the index as
texts ask for it. Where words make a form, their places are found in the folded text and carried back to the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from normalize.index.layout import follow, word_hash
from normalize.index.pack import Pack
from normalize.index.scan import Match
from normalize.text.fold import CUT, JOINING, SEVERAL, Cuts, close, tokens

Place = tuple[int, int, bool, bool, str | None]
"""Where a word stands, whether a code point begins with it and ends with it, and what kinds of elements stand before
it, None where those of the code points between do.
"""

JOINT = re.compile("s*(?:r?n s*)?|-r?ns*|s&s|[-l&]|[*]{0,3}s?[*]{0,3}", re.VERBOSE)
"""What may stand between two words of one form, in kinds of elements: spaces with at most one line end, a hyphen (also
at the end of a line), an apostrophe, a middle dot, an ampersand, emphasis marks. A spaced dash may not: it parts
clauses ("rules - the law").
"""
INITIAL_JOINT = re.compile(JOINT.pattern + "|[.]s?", re.VERBOSE)
"""After a single letter a dot too."""

MOST_KEPT = 200_000
"""Words remembered; a corpus has no end of them."""

_SHORT = 4
"""Code points of a gap that is worth remembering."""

_WORD = re.compile(f"[^ {CUT}]+")


class _Node:
    """A sequence of words that begins forms, or is one."""

    __slots__ = ("after", "depth", "entry", "longer", "sequence", "words")

    def __init__(self, pack: Pack, words: str, sequence: int, depth: int) -> None:
        found = pack.probe(sequence)
        self.words, self.sequence, self.depth = words, sequence, depth
        self.longer = any(content & 1 for content in found)
        self.entry = next((c >> 1 for c in found if c >> 1 and pack.key(c >> 1) == words), 0)
        self.after: dict[str, _Node | None] = {}
        """What the next word makes of it, as far as it was asked."""


class PlainScanner:
    """Scans texts for the forms of one index."""

    def __init__(self, pack: Pack) -> None:
        """Nothing is read before the first text."""
        self._pack = pack
        self._cuts = Cuts(pack.signs)
        self._first: dict[str, _Node | None] = {}
        self._joints: dict[str, tuple[bool, bool]] = {}

    def scan(self, text: str, spans: list[tuple[int, int]]) -> list[Match]:
        """The forms inside each span: leftmost, longest, none overlapping."""
        inside = [(max(0, start), max(0, start, end)) for start, end in spans]
        return [match for start, end in inside for match in self._scan(text[start:end], start)]

    def _scan(self, text: str, offset: int) -> Iterator[Match]:
        raw = text.translate(self._cuts)
        folded = close(raw)
        words = folded.split()
        known = self._first.get
        places: list[Place] = []
        done = 0
        for number in [number for number, word in enumerate(words) if known(word, True)]:
            if number < done:
                continue
            candidates = self._candidates(words, number)
            if not candidates:
                continue
            if not places:
                places = self._places(text, raw, folded)
            for count, entry in self._reachable(text, words, places, number, candidates):
                yield places[number][0] + offset, places[number + count - 1][1] + offset, entry
                done = number + count

    def _candidates(self, words: list[str], number: int) -> list[tuple[int, int]]:
        """The forms that the words from a place on make, whatever stands between them: how many words, which entry."""
        word = words[number]
        try:
            node = self._first[word]
        except KeyError:
            node = self._meet(word)
        found = []
        last = len(words)
        while node is not None:
            number += 1
            if node.entry:
                found.append((number, node.entry))
            if not node.longer or number == last:
                break
            before, word = node, words[number]
            try:
                node = before.after[word]
            except KeyError:
                node = self._follow(before, word)
        return found

    def _meet(self, word: str) -> _Node | None:
        """Look up a first word that was not met before."""
        if len(self._first) >= MOST_KEPT:
            self._first.clear()
        value = word_hash(word.encode())
        node = self._first[word] = self._node(word, value, 1) if self._pack.may_begin(value) else None
        return node

    def _follow(self, before: _Node, word: str) -> _Node | None:
        """Look up a word behind a sequence."""
        if len(before.after) >= MOST_KEPT:
            before.after.clear()
        value = follow(before.sequence, word_hash(word.encode()))
        is_known = before.depth > 1 or self._pack.may_go_on(value)
        node = before.after[word] = self._node(f"{before.words} {word}", value, before.depth + 1) if is_known else None
        return node

    def _node(self, words: str, sequence: int, depth: int) -> _Node | None:
        node = _Node(self._pack, words, sequence, depth)
        return node if node.entry or node.longer else None

    def _places(self, text: str, raw: str, folded: str) -> list[Place]:
        """Where each word stands in the text."""
        if JOINING in raw or SEVERAL in raw:
            return [token[1:] for token in tokens(text, 0, len(text), self._pack.signs)]
        spots = [match.span() for match in _WORD.finditer(folded)]
        if len(folded) == len(text) and (text.isascii() or self._cuts.changing.isdisjoint(text)):
            return [(start, end, True, True, None) for start, end in spots]
        ends = list(accumulate(map(len, map(self._cuts.__getitem__, map(ord, text)))))
        return [
            (bisect_right(ends, start), self._end(text, bisect_right(ends, end - 1) + 1), True, True, None)
            for start, end in spots
        ]

    def _end(self, text: str, end: int) -> int:
        """The end of a word with the dropped marks behind its last letter."""
        at = end
        while at < len(text) and (kind := self._pack.signs[ord(text[at])][0].kind) in "di":
            at += 1
            end = at if kind == "d" else end
        return end

    def _reachable(
        self, text: str, words: list[str], places: list[Place], first: int, candidates: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """The longest candidate whose words may stand so together, and that begins and ends with a code point."""
        if not places[first][2]:
            return
        reach = first + 1
        while reach < candidates[-1][0] and self._joins(text, words[reach - 1], places[reach - 1], places[reach]):
            reach += 1
        for behind, entry in reversed(candidates):
            if behind <= reach and places[behind - 1][3]:
                yield behind - first, entry
                return

    def _joins(self, text: str, word: str, one: Place, other: Place) -> bool:
        """Whether one word may follow another within a form."""
        gap = text[one[1] : other[0]] if other[4] is None else other[4]
        kept = self._joints.get(gap) if other[4] is None else None
        if kept is None:
            kinds = other[4]
            if kinds is None:
                kinds = "".join(e.kind for char in gap for e in self._pack.signs[ord(char)] if e.kind not in "di")
            kept = bool(JOINT.fullmatch(kinds)), bool(INITIAL_JOINT.fullmatch(kinds))
            if other[4] is None and len(gap) <= _SHORT:
                self._joints[gap] = kept
        return kept[len(word) == 1]
