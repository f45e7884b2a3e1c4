"""The table of what code points fold to: written into an index, and read out of it.

    u32 pages, u32 expansions, u16 page of each 128 code points, u32 a code point in each page, u32 expansions

A code point's number is its kind (place in KINDS) in the top five bits and, in the low 21 bits, what is added to it to
fold it (modulo 2 ** 21), or for MANY where in the expansions its elements begin: their number, then each element's
code point, whose own kind says what it is. Hangul syllables come apart by arithmetic.
"""

from __future__ import annotations

import functools
import struct
import sys
from array import array

from normalize.errors import TableError
from normalize.text.fold import SIGNS, Element, Signs

KINDS = "?snr.-l&*idwcx"
MANY, HANGUL = len(KINDS), len(KINDS) + 1
PAGE = 128
PAGES = 0x110000 // PAGE
_MASK = (1 << 21) - 1
_UNIFORM = (
    (0x3400, 0x4D80, KINDS.index("c")), (0x4E00, 0xA000, KINDS.index("c")), (0xAC00, 0xD780, HANGUL),
    (0xD800, 0xF900, 0), (0x20000, 0x2F800, KINDS.index("c")), (0x2FA80, 0x3FF80, KINDS.index("c")),
    (0x40000, 0xE0000, 0), (0xE0200, 0x110000, 0),
)  # fmt: skip
"""Whole pages of one kind that fold to themselves: most of Unicode, not worth asking for one by one. A test asks."""


@functools.cache
def write_signs() -> bytes:
    """The table of every code point."""
    pages: dict[bytes, int] = {}
    index = array("H")
    expansions = array("I")
    for start in range(0, 0x110000, PAGE):
        uniform = next((kind for low, high, kind in _UNIFORM if low <= start < high), None)
        if uniform is not None:
            page = array("I", [uniform << 27]) * PAGE
        else:
            page = array("I", (_number(code, SIGNS[code], expansions) for code in range(start, start + PAGE)))
        index.append(pages.setdefault(_little(page), len(pages)))
    return struct.pack("<II", len(pages), len(expansions)) + _little(index) + b"".join(pages) + _little(expansions)


def _number(code: int, found: tuple[Element, ...], expansions: array[int]) -> int:
    if 0xAC00 <= code <= 0xD7A3:
        return HANGUL << 27
    if len(found) > 1:
        at = len(expansions)
        expansions.extend([len(found), *(ord(e.folded) for e in found)])
        return MANY << 27 | at
    kind, folded = found[0]
    return KINDS.index(kind) << 27 | (ord(folded) - code if kind in "wcx" else 0) & _MASK


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


class MappedSigns(Signs):
    """The elements of code points as an index has them."""

    def __init__(self, section: memoryview, where: str) -> None:
        """Check the table's lengths."""
        super().__init__()
        self._where = where
        if len(section) < 8 + 2 * PAGES:
            raise self._damaged()
        pages, expansions = struct.unpack_from("<II", section)
        at = 8 + 2 * PAGES
        if len(section) != at + 4 * PAGE * pages + 4 * expansions:
            raise self._damaged()
        self._section, self._pages, self._expansions = section, at, at + 4 * PAGE * pages

    def _damaged(self) -> TableError:
        return TableError(f"{self._where}: the compiled index is damaged; delete it and run again")

    def _value(self, code: int) -> int:
        (page,) = struct.unpack_from("<H", self._section, 8 + code // PAGE * 2)
        at = self._pages + 4 * (page * PAGE + code % PAGE)
        if at >= self._expansions:
            raise self._damaged()
        number: int = struct.unpack_from("<I", self._section, at)[0]
        return number

    def __missing__(self, code: int) -> tuple[Element, ...]:
        """Read the table; TableError where it is damaged."""
        try:
            found = self[code] = self._elements(code)
        except (struct.error, IndexError, ValueError):
            raise self._damaged() from None
        return found

    def _elements(self, code: int) -> tuple[Element, ...]:
        value = self._value(code)
        kind, rest = value >> 27, value & _MASK
        if kind == HANGUL:
            return tuple(Element("x" if number else "c", chr(jamo)) for number, jamo in enumerate(jamos(code)))
        if kind == MANY:
            at = self._expansions + 4 * rest
            (count,) = struct.unpack_from("<I", self._section, at)
            codes = struct.unpack_from(f"<{count}I", self._section, at + 4)
            return tuple(Element(KINDS[self._value(c) >> 27], chr(c)) for c in codes)
        return (Element(KINDS[kind], "" if KINDS[kind] in "id" else chr((code + rest) & _MASK)),)


def jamos(syllable: int) -> list[int]:
    """The letters of a Hangul syllable (the Unicode standard, section 3.12)."""
    number = syllable - 0xAC00
    return [0x1100 + number // 588, 0x1161 + number % 588 // 28, *([0x11A7 + number % 28] if number % 28 else [])]
