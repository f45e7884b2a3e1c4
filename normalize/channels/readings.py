"""Reading tables: how each Han character is read by the languages around it."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize.tables.read import Source, rows
from normalize.text.fold import fold

HAN_COLUMNS = ("char", "variants", "pinyin", "hanviet", "hangul", "on", "jyutping")


@dataclass(frozen=True, slots=True)
class Readings:
    """The rows of a character table, by column."""

    columns: dict[str, dict[str, str]]

    def of(self, char: str, column: str, pinyin: str = "") -> list[str]:
        """The readings of ``char``, the most usual first; of those tied to a Mandarin reading only ``pinyin``'s.

        An empty list says that the table does not know the character.
        """
        cells = self.columns[column].get(char, "").split()
        readings = []
        for cell in cells:
            reading, _, tied = cell.partition("@")
            if not pinyin or not tied or pinyin in map(bare, tied.split(",")):
                readings.append(reading)
        return list(dict.fromkeys(readings or (cell.partition("@")[0] for cell in cells)))

    def pinyin(self, char: str) -> list[str]:
        """The Mandarin readings without tones: ``ü`` as ``u`` with its dots dropped."""
        return list(dict.fromkeys(bare(p) for p in self.columns["pinyin"].get(char, "").split()))


@functools.cache
def bare(syllable: str) -> str:
    """A syllable without its marks."""
    return fold(syllable)


@functools.cache
def han(root: Path) -> Readings:
    """``aliases/readings/han.tsv``."""
    columns: dict[str, dict[str, str]] = {column: {} for column in HAN_COLUMNS[1:]}
    for _, cells in rows(Source(root / "readings" / "han.tsv"), HAN_COLUMNS):
        for column, cell in zip(HAN_COLUMNS[1:], cells[1:], strict=True):
            if cell:
                columns[column][cells[0]] = cell
    return Readings(columns)


def align(readings: Readings, native: str, name: str) -> list[str]:
    """The pinyin of each character of ``native`` as ``name`` spells it, or empty strings where it does not.

    A surname such as 单 is read Shàn in a name: what the canonical form spells decides, not the dictionary.
    """
    letters = "".join(c for c in fold(name) if c.isalpha())
    found = next(_spelled(readings, native, letters), None)
    return found if found is not None else [""] * len(native)


def _spelled(readings: Readings, native: Sequence[str], letters: str) -> Iterator[list[str]]:
    if not native:
        if not letters:
            yield []
        return
    for pinyin in readings.pinyin(native[0]):
        if letters.startswith(pinyin):
            for rest in _spelled(readings, native[1:], letters[len(pinyin) :]):
                yield [pinyin, *rest]


def is_han(text: str) -> bool:
    """Whether every character is a Han character.

    >>> is_han("王毅"), is_han("Wang")
    (True, False)
    """
    return bool(text) and all(unicodedata.name(c, "").startswith("CJK") or c == "〇" for c in text)


def same_characters(a: str, b: str, root: Path) -> bool:
    """Whether two strings differ at most in simplified and traditional characters."""
    if a == b or len(a) != len(b):
        return a == b
    variants = han(root).columns["variants"]
    return all(x == y or y in variants.get(x, "") for x, y in zip(a, b, strict=True))


def pinyin_syllables(root: Path) -> list[str]:
    """Every Mandarin syllable in pinyin, without tones, folded."""
    lines = Source(root / "readings" / "pinyin_syllables.tsv").lines()
    rows_ = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    return sorted({fold(syllable) for syllable in rows_[1:]})
