"""The matcher in plain Python: the interpreter's fast string methods first, a close look only where a form may begin.

A text is folded and cut into words by ``str.translate`` and ``str.split``. A word that was met before is looked up in a
set of those that begin forms; the forms' words hang below them in a trie of dicts that grows out of the index as
texts ask for it. Where words make a form, their places are found in the folded text and carried back to the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from normalize.index.layout import follow, word_hash
from normalize.index.pack import Pack
from normalize.index.scan import Match
from normalize.text.fold import JOINING, SEVERAL, Cuts, close, tokens

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

_PIECE = re.compile(
    """[\x00-\x7f]{1,300}(?=[ \n]|\\Z)                 # ASCII, which is cut and looked at quickly
    |  .{1,16}+[^ \n。，、]*+(?=[ \n][\x00-\x7f]{60})  # a foreign name in it
    |  .{1,100}+[^ \n。，、]*+                          # other text: to look at a piece costs its length
    """,
    re.DOTALL | re.VERBOSE,
)
"""A piece of a text; the next begins with a separator."""


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
        self._first: dict[str, _Node] = {}
        self._cold: set[str] = set()
        """Words met before that begin no form."""
        self._joints: dict[str, tuple[bool, bool]] = {}
        self._unknown = _Node(pack, "", 0, 0)
        """Stands for what was not looked up yet."""

    def scan(self, text: str, spans: list[tuple[int, int]]) -> list[Match]:
        """The forms inside each span: leftmost, longest, none overlapping."""
        inside = [(max(0, start), max(0, start, end)) for start, end in spans]
        return [match for start, end in inside for match in self._scan(text[start:end], start)]

    def _scan(self, text: str, offset: int) -> Iterator[Match]:
        pieces = self._pieces(text)
        words = [word for piece in pieces for word in piece.words]
        cold, unknown = self._cold, self._unknown
        hot = [number for number, word in enumerate(words) if word not in cold]
        words.append("")  # so that there is always a next word
        spots = _Spots(self, text, pieces)
        done = 0
        for number in hot:
            node = self._first.get(words[number], unknown)
            if number < done or (not node.entry and node.after.get(words[number + 1], unknown) is None):
                continue
            candidates = self._candidates(words, number)
            if not candidates:
                continue
            for start, end, behind, entry in self._reachable(words, spots, number, candidates):
                yield start + offset, end + offset, entry
                done = behind

    def _pieces(self, text: str) -> list[_Piece]:
        """The text in pieces that begin with a separator, each cut into words: few are looked at closely."""
        found, count = [], 0
        for match in _PIECE.finditer(text):
            part = match.group()
            raw = part.translate(self._cuts)
            folded = raw if part.isascii() else close(raw)
            words = folded.split()
            found.append(_Piece(match.start(), part, count, raw, folded, words))
            count += len(words)
        return found

    def _candidates(self, words: list[str], number: int) -> list[tuple[int, int]]:
        """The forms that the words from a place on make, whatever stands between them: how many words, which entry."""
        word = words[number]
        node = self._first.get(word) or self._meet(word)
        found = []
        last = len(words) - 1
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
        if len(self._first) + len(self._cold) >= MOST_KEPT:
            self._first.clear()
            self._cold.clear()
        value = word_hash(word.encode())
        node = self._node(word, value, 1) if self._pack.may_begin(value) else None
        if node is None:
            self._cold.add(word)
        else:
            self._first[word] = node
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

    def _reachable(
        self, words: list[str], spots: _Spots, first: int, candidates: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int, int, int]]:
        """The longest candidate whose words may stand so together, and that begins and ends with a code point: where it
        stands, the number of the word behind it, its entry.
        """
        last = candidates[-1][0]
        places = spots.between(first, last)
        if not places[0][2]:
            return
        reach = first + 1
        while reach < last and spots.joins(words[reach - 1], places[reach - first - 1], places[reach - first]):
            reach += 1
        for behind, entry in reversed(candidates):
            if behind <= reach and places[behind - first - 1][3]:
                yield places[0][0], places[behind - first - 1][1], behind, entry
                return

    def look_at(self, text: str, piece: _Piece) -> Callable[[int, int], list[Place]]:
        """What says where some words of a piece stand in the text: the first, and the one behind them."""
        start, part = piece.start, piece.part
        if JOINING in piece.raw or SEVERAL in piece.raw:
            found: list[Place] = [token[1:] for token in tokens(text, start, start + len(part), self._pack.signs)]
            found[:1] = [(*place[:4], None) for place in found[:1]]  # what is before it stands in the piece before
            return lambda first, behind: found[first:behind]
        folded, words, size = piece.folded, piece.words, len(piece.folded)

        def spans(first: int, behind: int) -> Iterator[tuple[int, int]]:
            at = size - len(folded.split(None, first)[first])  # what is left from the first word on
            for word in words[first:behind]:
                at = folded.index(word, at)  # nothing but spaces stands before it
                yield at, at + len(word)
                at += len(word)

        if size == len(part) and (part.isascii() or self._cuts.changing.isdisjoint(part)):
            return lambda first, behind: [(start + a, start + b, True, True, None) for a, b in spans(first, behind)]
        ends = list(accumulate(map(len, map(self._cuts.__getitem__, map(ord, part)))))

        def places(first: int, behind: int) -> list[Place]:
            found: list[Place] = []
            for a, b in spans(first, behind):
                end = self._end(part, bisect_right(ends, b - 1) + 1)
                found.append((start + bisect_right(ends, a), start + end, True, True, None))
            return found

        return places

    def _end(self, text: str, end: int) -> int:
        """The end of a word with the dropped marks behind its last letter."""
        at = end
        while at < len(text) and (kind := self._pack.signs[ord(text[at])][0].kind) in "di":
            at += 1
            end = at if kind == "d" else end
        return end

    def joins(self, text: str, word: str, one: Place, other: Place) -> bool:
        """Whether one word may follow another within a form."""
        kinds = other[4]
        if kinds is None and not one[3]:
            kinds = list(tokens(text, one[0], other[1], self._pack.signs))[-1].joint
        if kinds is not None:
            return bool((INITIAL_JOINT if len(word) == 1 else JOINT).fullmatch(kinds))
        gap = text[one[1] : other[0]]
        kept = self._joints.get(gap)
        if kept is None:
            kinds = "".join(e.kind for char in gap for e in self._pack.signs[ord(char)] if e.kind not in "di")
            kept = bool(JOINT.fullmatch(kinds)), bool(INITIAL_JOINT.fullmatch(kinds))
            if len(gap) <= _SHORT:
                self._joints[gap] = kept
        return kept[len(word) == 1]


class _Piece(NamedTuple):
    """A stretch of a text: where it stands, what stands there, how many words stand before it, what that was translated
    to and folded to, and its words.
    """

    start: int
    part: str
    before: int
    raw: str
    folded: str
    words: list[str]


class _Spots:
    """Where the words of a text stand, worked out for those pieces that somebody asks about."""

    def __init__(self, scanner: PlainScanner, text: str, pieces: list[_Piece]) -> None:
        self._scanner, self._text, self._pieces = scanner, text, pieces
        self._befores = [piece.before for piece in pieces]
        self._looked_at: dict[int, Callable[[int, int], list[Place]]] = {}

    def between(self, first: int, behind: int) -> list[Place]:
        """The places of the words of these numbers."""
        found: list[Place] = []
        at = bisect_right(self._befores, first) - 1
        while first < behind:
            piece = self._pieces[at]
            until = min(behind, piece.before + len(piece.words))
            if first < until:
                places = self._looked_at.get(at)
                if places is None:
                    places = self._looked_at[at] = self._scanner.look_at(self._text, piece)
                found += places(first - piece.before, until - piece.before)
                first = until
            at += 1
        return found

    def joins(self, word: str, one: Place, other: Place) -> bool:
        """Whether the word at the second place may follow ``word``, the one at the first, within a form."""
        return self._scanner.joins(self._text, word, one, other)
