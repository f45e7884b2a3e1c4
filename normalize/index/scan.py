"""Text becomes Hits: leftmost, longest at each word, every one verified."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.index.layout import sequence_hash
from normalize.index.pack import Pack
from normalize.model import Form, Hit, Span
from normalize.text.fold import fold, words

# What may stand between two words of one form: spaces with at most one line end, a hyphen, an apostrophe, a middle
# dot, an ampersand, emphasis marks; after a single letter a dot. A spaced dash may not: it parts clauses.
_JOINT = re.compile(
    r"[^\S\r\n]*(?:\r?\n[^\S\r\n]*)?"
    "|[-\u2010-\u2013'\u2018\u2019\u02bc`\u00b4\u00b7\u30fb\u2027=\uff1d&/]"
    r"|[ ]&[ ]"
    r"|[*_]{0,3}[ ]?[*_]{0,3}"
)
_INITIAL = re.compile(_JOINT.pattern + r"|\.[ \u00a0]?")
_INFLECTED = ("false", "near", "reversed", "listed")
"""Roles whose last word may carry a plural s: phrases, never names."""


def scan(text: str, spans: list[Span], pack: Pack) -> list[Hit]:
    """The hits inside each of ``spans``, in the order of the text; a hit never crosses from one span into another."""
    return [hit for span in spans for hit in _scan_one(text, span, pack)]


def _scan_one(text: str, span: Span, pack: Pack) -> Iterator[Hit]:
    found = [(m.start(), m.end(), fold(m.group())) for m in words(text, span.start, span.end)]
    position = 0
    while position < len(found):
        best = _longest(text, found, position, pack)
        if best is None:
            position += 1
            continue
        count, forms = best
        yield Hit(Span(found[position][0], found[position + count - 1][1]), forms)
        position += count


def _longest(
    text: str, found: list[tuple[int, int, str]], first: int, pack: Pack
) -> tuple[int, tuple[Form, ...]] | None:
    """The longest form that begins at a word: how many words it takes, and its forms."""
    best: tuple[int, tuple[Form, ...]] | None = None
    value, key = 0, ""
    for at in range(first, len(found)):
        start, _, word = found[at]
        if at > first:
            joint = _INITIAL if len(found[at - 1][2]) == 1 else _JOINT
            if not joint.fullmatch(text, found[at - 1][1], start):
                break
            if forms := _plural(value, key, word, pack):
                best = at - first + 1, forms
            word = " " + word
        key += word
        value = sequence_hash(word, value)
        longer = False
        for content in pack.probe(value):
            longer = longer or bool(content & 1)
            if content >> 1:
                entry_key, forms = pack.entry(content >> 1)
                if entry_key == key:
                    best = at - first + 1, forms
        if not longer:
            break
    return best


def _plural(value: int, key: str, word: str, pack: Pack) -> tuple[Form, ...]:
    """The phrases that ``key`` and the singular of ``word`` make."""
    if not word.endswith("s") or len(word) < 4:
        return ()
    singular = " " + word[:-1]
    for content in pack.probe(sequence_hash(singular, value)):
        if content >> 1:
            entry_key, forms = pack.entry(content >> 1)
            if entry_key == key + singular:
                return tuple(f for f in forms if f.role in _INFLECTED and not f.owner.startswith("office/"))
    return ()
