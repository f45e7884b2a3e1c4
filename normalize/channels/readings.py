"""Reading tables: how each Han character is read by the languages around it."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from normalize.errors import TableError, nearest
from normalize.record import Record
from normalize.tables.read import Source, rows
from normalize.text.fold import fold

HAN_COLUMNS = ("char", "variants", "pinyin", "hanviet", "hangul", "on", "jyutping")
SURNAME_COLUMNS = ("kind", "han", "pinyin", "hanviet", "hongkong", "taiwan", "korean", "note")


class Readings(Record):
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

    def toned(self, char: str) -> list[str]:
        """The Mandarin readings with their tones, the most usual first."""
        return self.columns["pinyin"].get(char, "").split()

    def pinyin(self, char: str) -> list[str]:
        """The Mandarin readings without tones: ``ü`` as ``u`` with its dots dropped."""
        return list(dict.fromkeys(bare(p) for p in self.columns["pinyin"].get(char, "").split()))


@functools.cache
def bare(syllable: str) -> str:
    """A syllable without its marks."""
    return fold(syllable)


@functools.cache
def han(root: Path) -> Readings:
    """``aliases/readings/han.tsv``, and as ``names`` the readings of ``kanji_names.tsv``.

    What it does not have of a Japanese new character is its old form's.
    """
    columns: dict[str, dict[str, str]] = {column: {} for column in (*HAN_COLUMNS[1:], "names")}
    for _, cells in rows(Source(root / "readings" / "han.tsv"), HAN_COLUMNS):
        for column, cell in zip(HAN_COLUMNS[1:], cells[1:], strict=True):
            if cell:
                columns[column][cells[0]] = cell
    for _, (char, names) in rows(Source(root / "readings" / "kanji_names.tsv"), ("char", "names")):
        columns["names"][char] = names
    for new, old in shinjitai(root):
        for column in HAN_COLUMNS[2:]:
            if new not in columns[column] and old in columns[column]:
                columns[column][new] = columns[column][old]
    return Readings(columns)


@functools.cache
def hokkien(root: Path) -> dict[str, tuple[str, ...]]:
    """The readings of each character in Hokkien, `aliases/readings/hokkien.tsv`; one for each group of variants."""
    found: dict[str, tuple[str, ...]] = {}
    for _, (char, readings) in rows(Source(root / "readings" / "hokkien.tsv"), ("char", "readings")):
        found.setdefault(plain_han(char, root), tuple(readings.split()))
    return found


@functools.cache
def shinjitai(root: Path) -> tuple[tuple[str, str], ...]:
    """Japanese new characters and their old forms, ``aliases/readings/shinjitai.tsv``."""
    return tuple((new, old) for _, (new, old) in rows(Source(root / "readings" / "shinjitai.tsv"), ("new", "old")))


@functools.cache
def _one_of_each(root: Path) -> dict[int, str]:
    """Each character that has simplified, traditional or Japanese partners → one that stands for all of them."""
    partners: dict[str, set[str]] = defaultdict(set)
    pairs = [(char, other) for char, others in han(root).columns["variants"].items() for other in others]
    for one, other in [*pairs, *shinjitai(root)]:
        partners[one].add(other)
        partners[other].add(one)
    chosen: dict[int, str] = {}
    for char in sorted(partners):
        group, todo = {char}, [char]
        while ord(char) not in chosen and todo:
            new = partners[todo.pop()] - group
            group |= new
            todo += new
        if len(group) > 1:
            chosen |= dict.fromkeys(map(ord, group), min(group))
    return chosen


def plain_han(text: str, root: Path) -> str:
    """``text`` with one character for each group of simplified, traditional and Japanese partners, to compare by."""
    return text if text.isascii() else text.translate(_one_of_each(root))


@functools.cache
def syllables(root: Path, column: str) -> dict[str, tuple[str, ...]]:
    """A column of ``aliases/readings/pinyin_syllables.tsv``: the spellings of each toneless Mandarin syllable."""
    source = Source(root / "readings" / "pinyin_syllables.tsv")
    head = next(line for line in source.lines() if line and not line.startswith("#")).split("\t")
    if column not in head:
        raise TableError(f'{source.path}: no column "{column}"{nearest(column, head)}')
    at = head.index(column)
    return {cells[0]: tuple(cells[at].split()) for _, cells in rows(source, head)}


@functools.cache
def surnames(root: Path) -> dict[str, tuple[str, ...]]:
    """The Mandarin readings of family names not read as words, or of two characters: 单 shàn, 欧阳 ōu-yáng."""
    found: dict[str, tuple[str, ...]] = {}
    for _, cells in rows(Source(root / "readings" / "surnames.tsv"), SURNAME_COLUMNS):
        kind, written, pinyin = cells[:3]
        if kind in ("polyphone", "compound"):
            found |= dict.fromkeys(written.split(), tuple(pinyin.split()))
    return found


@functools.cache
def surname_spellings(root: Path, column: str) -> dict[str, tuple[str, ...]]:
    """How a place spells Chinese family names: ``hongkong``, ``taiwan`` or ``korean``, in small letters."""
    at = SURNAME_COLUMNS.index(column)
    found: dict[str, tuple[str, ...]] = {}
    for _, cells in rows(Source(root / "readings" / "surnames.tsv"), SURNAME_COLUMNS):
        if cells[at]:
            found |= dict.fromkeys(cells[1].split(), tuple(cells[at].lower().split()))
    return found


def align_pinyin(root: Path, native: str, canonical: str, family: int) -> list[tuple[str, ...]]:
    """The toned Mandarin readings of each character: the one that ``canonical`` spells, else the dictionary's.

    A surname such as 单 is read Shàn in a name, so the first ``family`` characters go by the table of surnames where
    the canonical form does not spell them.
    """
    table = han(root)
    letters = "".join(c for c in fold(canonical) if c.isalpha())
    if letters:
        for start in (native, native[family:] + native[:family]):
            if found := next(_spelled(table, start, letters), None):
                turn = 0 if start == native else len(native) - family
                return [(reading,) for reading in (*found[turn:], *found[:turn])]
    readings = [tuple(table.toned(char)) for char in native]
    if family and (known := surnames(root).get(native[:family])):
        split = [tuple(reading.split("-")) for reading in known]
        readings[:family] = [tuple(dict.fromkeys(r[n] for r in split)) for n in range(family)]
    return readings


def _spelled(table: Readings, native: Sequence[str], letters: str) -> Iterator[list[str]]:
    """The toned readings that together spell ``letters``; ``ü`` may be printed ü, u, yu or v."""
    if not native:
        if not letters:
            yield []
        return
    for toned in table.toned(native[0]):
        for spelt in _printed(toned):
            if letters.startswith(spelt):
                for rest in _spelled(table, native[1:], letters[len(spelt) :]):
                    yield [toned, *rest]


@functools.cache
def _printed(toned: str) -> tuple[str, ...]:
    plain = fold(toned)
    return (plain, plain.replace("u", "yu"), plain.replace("u", "v")) if "ü" in without_tone(toned) else (plain,)


@functools.cache
def without_tone(syllable: str) -> str:
    """``lǜ`` → ``lü``."""
    letters = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in "\u0300\u0301\u0304\u030c"))


def is_han(text: str) -> bool:
    """Whether every character is a Han character.

    >>> is_han("王毅"), is_han("Wang")
    (True, False)
    """
    return bool(text) and all(unicodedata.name(c, "").startswith("CJK") or c == "〇" for c in text)


def same_characters(a: str, b: str, root: Path) -> bool:
    """Whether two strings differ at most in simplified, traditional and Japanese characters."""
    return a == b or plain_han(a, root) == plain_han(b, root)


def pinyin_syllables(root: Path) -> list[str]:
    """Every Mandarin syllable in pinyin, without tones, folded."""
    return sorted({fold(syllable) for syllable in syllables(root, "palladius")})
