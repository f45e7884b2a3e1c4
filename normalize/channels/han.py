"""Steps on names in Han characters: readings by character, spellings by Mandarin syllable, doublets, endings."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from normalize.channels.native import Name, Part
from normalize.channels.readings import bare, han, surname_spellings, syllables
from normalize.channels.readings import without_tone as toneless
from normalize.tables.read import Source, rows
from normalize.tables.records import Step


def _characters(name: Name, step: Step, root: Path) -> Name:
    """Read each character by a column of the character table; the Mandarin reading settles which of several."""
    table = han(root)

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        for char, pinyin in zip(part.text, part.pinyin or ((),) * len(part.text), strict=True):
            yield tuple(table.of(char, step.column, bare(pinyin[0]) if pinyin else ""))[: step.most or None]

    return name.change(read, step.part)


def _pinyin(name: Name, step: Step, root: Path) -> Name:
    """The Mandarin syllables themselves, with tones where ``column`` is ``toned``."""

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        for readings in part.pinyin:
            yield readings if step.column == "toned" else tuple(dict.fromkeys(map(toneless, readings)))

    return name.change(read, step.part)


def _syllables(name: Name, step: Step, root: Path) -> Name:
    """Spell each Mandarin syllable by a column of the syllable table; its cell may list several spellings."""
    spelling = syllables(root, step.column)

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        for readings in part.pinyin:
            yield tuple(dict.fromkeys(s for r in readings for s in spelling.get(toneless(r), ())))[: step.most or None]

    return name.change(read, step.part)


def _doublets(name: Name, step: Step, root: Path) -> Name:
    """Add to each syllable the other reading that print also gives its character."""
    table = _doublet_rows(root / "readings" / step.table)

    def add(part: Part) -> Iterator[tuple[str, ...]]:
        for char, unit in zip(part.text, part.units, strict=True):
            yield unique([*unit, *(other for s in unit for other in table.get((char, s), ()))])

    return name.change(add, step.part)


def _endings(name: Name, step: Step, root: Path) -> Name:
    """Add to each syllable its spelling with another ending (``ly`` beside ``li``), given as pairs."""

    def other(syllable: str) -> Iterator[str]:
        for old, new in step.pairs:
            if syllable.endswith(old):
                yield syllable.removesuffix(old) + new

    return name.change(lambda part: (unique([*u, *(o for s in u for o in other(s))]) for u in part.units), step.part)


def _surnames(name: Name, step: Step, root: Path) -> Name:
    """Put the usual spellings of a family name, a column of the table of surnames, before what its characters give."""
    table = surname_spellings(root, step.column)

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        spelt = table.get(part.text, ())
        if len(part.units) == 1:
            yield unique([*spelt, *part.units[0]])
        else:
            yield from part.units

    return name.change(read, "family")


def unique(alternatives: Iterable[str]) -> tuple[str, ...]:
    """The alternatives without repetition, in order."""
    return tuple(dict.fromkeys(alternatives))


@functools.cache
def _doublet_rows(path: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """The other readings of a character that is read so."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for _, (a, b, characters, *_rest) in rows(Source(path), ("a", "b", "han", "reason", "source")):
        for char in characters:
            for one, other in ((a, b), (b, a)):
                found[char, one] = (*found.get((char, one), ()), other)
    return found


STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {
    "characters": _characters,
    "doublets": _doublets,
    "endings": _endings,
    "pinyin": _pinyin,
    "surnames": _surnames,
    "syllables": _syllables,
}
