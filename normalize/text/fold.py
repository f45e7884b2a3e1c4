"""Folding: what two spellings must share to be looked up as one; and the words of a text with their offsets.

Every code point stands for a few *elements*, each of one kind. Kinds and folding depend on nothing but the code point,
so that a composed letter and the same letter with its marks apart fold alike, and a table can hold them (see
index/layout.py). Words are made of elements:

    w  a letter or digit, or a mark that carries the word (Indic vowel signs): words are runs of these
    c  a character of a script without spaces (Han, kana, Hangul, Thai, Lao, Khmer, Burmese): a word by itself
    x  a sign that goes with such a character (kana voicing marks, Thai vowels and tones, the rest of a Hangul syllable)
    d  a mark that print may leave out: dropped, but part of the word it stands on
    i  nothing a reader sees (soft hyphens, joiners, directions, kashida): dropped

and parted by the rest, which JOINTS tells apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from normalize.text.pattern import pattern

JOINTS = {
    "\n": "n", "\r": "r", "\t": "s", " ": "s", ".": ".", "&": "&", "*": "*", "_": "*",
    **dict.fromkeys("-\u2010\u2012\u2013\u058a\u05be\u2212", "-"),
    **dict.fromkeys("'`\u00b4\u00b7\u2018\u2019\u201b\u2027\u2032\u05f3\u05f4\u30a0\u30fb=/", "l"),
}  # fmt: skip
"""Separators that may stand inside a name: line ends, spaces, dot, ampersand, emphasis, hyphens, and linking signs."""

_MODIFIERS = frozenset("\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u02ee")
"""Letters by category that are written as apostrophes."""

_UNSEEN = frozenset("\u034f\u0640\u180b\u180c\u180d\u180f")
"""Signs without a shape of their own that are not format characters by category."""

_BY_CLUSTER = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3041, 0x30FF), (0x31F0, 0x31FF),
    (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0x1AFF0, 0x1B16F),
)  # fmt: skip
"""Blocks of Thai and Lao, Burmese, Khmer and kana."""

_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3FFFD))
_JAMO_FIRST = ((0x1100, 0x115F), (0xA960, 0xA97C))
_JAMO_REST = ((0x1160, 0x11FF), (0xD7B0, 0xD7FB))

# Letters that Unicode does not decompose but that news copy without diacritics writes as plain letters.
_PLAIN = str.maketrans("đðħıłøŧŋĸſ", "ddhilotnks", "\N{COMBINING DOT ABOVE}") | {
    ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th", ord("ß"): "ss",
}  # fmt: skip


class Element(NamedTuple):
    """A piece of a code point: its kind, and what it folds to (separators to themselves, dropped ones to nothing)."""

    kind: str
    folded: str


def elements(char: str) -> tuple[Element, ...]:
    """What a code point stands for.

    >>> [e.folded for e in elements("Ệ")], [e.kind for e in elements("王")], "".join(e.folded for e in elements("㍿"))
    (['e'], ['c'], '株式会社')
    """
    plain = unicodedata.normalize("NFKD", char).casefold().translate(_PLAIN)
    found = tuple(Element(_kind(c), c) for c in unicodedata.normalize("NFKD", plain))
    if unicodedata.category(char)[0] not in "LNM" and not any(e.kind == "c" for e in found):
        kind = _kind(char)
        return (Element(kind, "" if kind == "i" else char),)
    kept = tuple(e for e in found if e.kind not in "di")
    return kept or (Element("d" if any(e.kind == "d" for e in found) or not found else "i", ""),)


def _kind(char: str) -> str:
    """The kind of a code point that does not decompose any further."""
    category, code = unicodedata.category(char), ord(char)
    if category == "Cf" or char in _UNSEEN or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return "i"
    if category[0] == "M":
        return "d" if _is_dropped(char) else "x" if _within(code, _BY_CLUSTER) else "w"
    if _within(code, _JAMO_FIRST) or _within(code, _HAN) or char in "々〆〇":
        return "c"
    if _within(code, _JAMO_REST):
        return "x"
    if char in _MODIFIERS:
        return "l"
    if category[0] in "LN":
        return "c" if category[0] == "L" and _within(code, _BY_CLUSTER) else "w"
    plain = unicodedata.normalize("NFKD", char)
    return "s" if category == "Zs" else JOINTS.get(plain if len(plain) == 1 else char, "?")


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _is_dropped(mark: str) -> bool:
    """Marks that may be missing in print: Latin, Greek, Cyrillic, Hebrew and Arabic marks and tones.

    Vowel signs and nuktas of Indic scripts, Thai vowels and kana voicing marks carry the word and stay
    (combining classes from the Unicode standard, section 4.3).
    """
    combining = unicodedata.combining(mark)
    return combining == 1 or 10 <= combining <= 36 or combining >= 200 or unicodedata.category(mark) == "Me"


class Signs(dict[int, tuple[Element, ...]]):
    """The elements of each code point, worked out when it is first met."""

    def __missing__(self, code: int) -> tuple[Element, ...]:
        """Work it out."""
        found = self[code] = elements(chr(code))
        return found


class _Folds(dict[int, str]):
    """The fold of each code point."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = "".join(e.folded for e in SIGNS[code])
        return folded


class Cuts(dict[int, str]):
    """What each code point becomes where `cut` cuts a text into words by ``str.translate`` and ``str.split``.

    Separators become spaces, and characters of scripts without spaces stand between CUTs.
    """

    def __init__(self, signs: Signs) -> None:
        """Cut by these elements."""
        super().__init__()
        self.signs = signs
        self.changing: set[str] = set()
        """The code points met so far that do not become just one other."""

    def __missing__(self, code: int) -> str:
        """Work it out."""
        cut = self[code] = _cut_of(self.signs[code])
        if len(cut) != 1:
            self.changing.add(chr(code))
        return cut


CUT, JOINING, SEVERAL = "\x1f", "\x02", "\x03"
"""Parts words; before a sign that goes with the character before it; before a code point that makes several words."""


def _cut_of(found: tuple[Element, ...]) -> str:
    """The elements of one code point as `Cuts` describes."""
    cut = ""
    for kind, folded in found:
        if kind == "w":
            cut += folded
        elif kind == "c":
            cut += CUT + folded + CUT
        elif kind == "x":
            cut += JOINING + folded + CUT
        elif kind not in "di":
            cut += " "
    kinds = "".join(e.kind for e in found)
    whole = len(kinds) == 1 or not kinds.strip("w") or (kinds[0] in "cx" and not kinds[1:].strip("x"))
    return cut.replace(CUT + JOINING, "") if whole else SEVERAL + cut


class _Shapes(dict[int, str]):
    """The kind of each code point in one character, SEVERAL where it has several elements and no one kind."""

    def __missing__(self, code: int) -> str:
        """Work it out."""
        kinds = "".join(e.kind for e in SIGNS[code])
        if kinds[0] in "wc":  # what makes one word, or the beginning of one, is one sign of it
            kinds = kinds[0] if not kinds[1:].strip("w" if kinds[0] == "w" else "x") else kinds
        shape = self[code] = kinds if len(kinds) == 1 else SEVERAL
        return shape


SIGNS = Signs()
_FOLDS, _CUTS = _Folds(), Cuts(SIGNS)


def fold(text: str) -> str:
    """Drop case, width, compatibility forms and marks.

    >>> fold("Vương Nghị"), fold("Straße"), fold("ＥＵ"), fold("Đặng")
    ('vuong nghi', 'strasse', 'eu', 'dang')
    >>> fold("が") == fold("か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}") != fold("か")
    True
    """
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def cut(text: str) -> list[str]:
    """The folded words of ``text``.

    >>> cut("Xi’an: Wáng Yì 王毅 かん")
    ['xi', 'an', 'wang', 'yi', '王', '毅', 'か', 'ん']
    """
    return close(text.translate(_CUTS)).split()


def close(folded: str) -> str:
    """Put the signs of a translated text to the characters that they go with."""
    if SEVERAL in folded:
        folded = folded.replace(SEVERAL, "")
    if JOINING in folded:
        folded = folded.replace(CUT + JOINING, "").replace(JOINING, "")
    return folded


def key(form: str) -> str:
    """What a form is looked up by: its folded words, parted by single spaces.

    >>> key("Non-Proliferation  Treaty")
    'non proliferation treaty'
    """
    return " ".join(cut(form))


class Token(NamedTuple):
    """A word of a text: what it folds to, where it stands, and how it follows the one before."""

    folded: str
    start: int
    end: int
    is_first: bool
    """Whether it begins where a code point begins; a word out of the middle of ㍿ does not."""
    is_last: bool
    """Whether it ends where a code point ends."""
    joint: str
    """The kinds of the separators before it."""


def tokens(text: str, start: int, end: int, signs: Signs = SIGNS) -> Iterator[Token]:
    """The words of ``text`` between two offsets, one code point after the other."""
    folded, first, last, is_first, is_last, joint, gap = "", 0, 0, True, True, "", ""
    in_cluster = False
    for at in range(start, end):
        found = signs[ord(text[at])]
        for number, (kind, piece) in enumerate(found):
            if kind == "i":
                continue
            if kind == "d":
                if folded:
                    last, is_last = at + 1, True
                continue
            goes_on = folded and (kind == "x" or (kind == "w" and not in_cluster))
            if folded and not goes_on:
                yield Token(folded, first, last, is_first, is_last, joint)
                folded, gap = "", ""
            if kind not in "wcx":
                gap += kind
                continue
            if not folded:
                first, is_first, joint = at, number == 0, gap
            folded += piece
            last, is_last, in_cluster = at + 1, number == len(found) - 1, kind != "w"
    if folded:
        yield Token(folded, first, last, is_first, is_last, joint)


class Word(NamedTuple):
    """A word where it stands; it answers like the match of a pattern."""

    text: str
    place: tuple[int, int]

    def group(self) -> str:
        """The word as it is written."""
        return self.text

    def start(self) -> int:
        """Where it begins."""
        return self.place[0]

    def end(self) -> int:
        """Where it ends."""
        return self.place[1]

    def span(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.place


_SHAPES = _Shapes()
_ASCII_WORD = pattern("[A-Za-z0-9]+")
_SHAPED_WORD = pattern("w(?:i*[wd])*(?:i*x(?:i*[xd])*)?|[cx](?:i*[xd])*")
"""What `tokens` calls a word, in kinds of elements."""


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word | re.Match[str]]:
    """The words of ``text`` between two offsets: runs of letters and digits; characters, in scripts without spaces.

    >>> [m.group() for m in words("Xi’an: Wang Yi 王毅")]
    ['Xi', 'an', 'Wang', 'Yi', '王', '毅']
    """
    stop = len(text) if end is None else min(end, len(text))
    if text[start:stop].isascii():  # most stretches are, though a curly quotation mark stands somewhere in the text
        yield from _ASCII_WORD.finditer(text, start, stop)
        return
    shape = text[start:stop].translate(_SHAPES)
    if SEVERAL not in shape:
        for match in _SHAPED_WORD.finditer(shape):
            first, last = start + match.start(), start + match.end()
            yield Word(text[first:last], (first, last))
        return
    before = (-1, -1)
    for token in tokens(text, start, stop):
        if token[1:3] != before:
            before = token[1:3]
            yield Word(text[token.start : token.end], before)
