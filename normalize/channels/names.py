"""The scheme engine: a native name and a scheme (data) become every form that copy of its channel may print.

A name flows through a scheme's steps as a row of syllables, each a list of alternatives, the likeliest first;
``write`` turns the row into forms. Each step is one function of STEPS, and a scheme is a list of steps in
``aliases/schemes/<id>.toml``.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from normalize.channels.readings import align, han, is_han
from normalize.model import Entity, Form, Person
from normalize.tables.read import Source, rows
from normalize.tables.records import Scheme, Step
from normalize.text.fold import fold

MOST_FORMS = 400
"""A hub's forms in one scheme stop here; what is over is the least likely."""


@dataclass(frozen=True, slots=True)
class Name:
    """A native name on its way through a scheme."""

    native: str
    canonical: str
    pinyin: tuple[str, ...]
    syllables: tuple[tuple[str, ...], ...] = ()


def forms(entity: Entity, schemes: list[Scheme], root: Path) -> Iterator[Form]:
    """Every form of ``entity`` under ``schemes``, each with its route."""
    for scheme in schemes:
        if entity.language in scheme.reads and entity.kind in scheme.kinds:
            for text in apply(scheme, entity.native, _spelled_name(entity), root):
                yield Form(text, entity.id, "reading", scheme.channel, f"{scheme.name} of {entity.native}")


def apply(scheme: Scheme, native: str, canonical: str, root: Path) -> list[str]:
    """The forms of ``native`` under ``scheme``; ``canonical`` is how English spells it and settles which
    Mandarin reading a character has. Empty where the scheme's tables do not know a character.
    """
    if not is_han(native):
        return []
    name = Name(native, canonical, tuple(align(han(root), native, canonical)))
    for step in scheme.steps[:-1]:
        name = STEPS[step.do](name, step, root)
    if not name.syllables or not all(name.syllables):
        return []
    return list(dict.fromkeys(_write(name, scheme.steps[-1])))


def inverse(scheme: Scheme, root: Path) -> dict[str, str]:
    """For each folded syllable of a character scheme the Mandarin readings it may stand for, the commonest first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    step = scheme.steps[0]
    table = han(root)
    for char in table.columns[step.column]:
        for pinyin in table.pinyin(char):
            for reading in table.of(char, step.column, pinyin):
                counts[fold(reading)][pinyin] += 1
    return {
        syllable: " ".join(sorted(pinyins, key=lambda p: (-pinyins[p], p)))
        for syllable, pinyins in sorted(counts.items())
    }


def _spelled_name(entity: Entity) -> str:
    """The canonical form with the family name first, as native names stand."""
    if isinstance(entity, Person) and entity.order == "given-first" and entity.family:
        return f"{entity.family} {entity.name.replace(entity.family, '', 1).strip()}"
    return entity.name


def _characters(name: Name, step: Step, root: Path) -> Name:
    """Read each character by a column of the character table."""
    table = han(root)
    pairs = zip(name.native, name.pinyin, strict=True)
    return replace(name, syllables=tuple(tuple(table.of(char, step.column, pinyin)) for char, pinyin in pairs))


def _doublets(name: Name, step: Step, root: Path) -> Name:
    """Add to each syllable the other reading that print also gives its character."""
    table = _doublet_rows(root / "readings" / step.table)
    rows_ = (
        tuple(dict.fromkeys((*row, *(other for s in row for other in table.get((char, s), ())))))
        for char, row in zip(name.native, name.syllables, strict=True)
    )
    return replace(name, syllables=tuple(rows_))


def _endings(name: Name, step: Step, root: Path) -> Name:
    """Add to each syllable its spelling with another ending (``ly`` beside ``li``), given as pairs."""

    def other(syllable: str) -> Iterator[str]:
        for old, new in step.pairs:
            if syllable.endswith(old):
                yield syllable.removesuffix(old) + new

    return replace(
        name,
        syllables=tuple(tuple(dict.fromkeys((*row, *(o for s in row for o in other(s))))) for row in name.syllables),
    )


def _write(name: Name, step: Step) -> Iterator[str]:
    """Each choice of syllables, capitalised and joined."""
    for choice in itertools.islice(itertools.product(*name.syllables), MOST_FORMS):
        yield step.separator.join(syllable.capitalize() for syllable in choice)


STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {
    "characters": _characters,
    "doublets": _doublets,
    "endings": _endings,
}


@functools.cache
def _doublet_rows(path: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """The other readings of a character that is read so."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for _, (a, b, characters, *_rest) in rows(Source(path), ("a", "b", "han", "reason", "source")):
        for char in characters:
            for one, other in ((a, b), (b, a)):
                found[char, one] = (*found.get((char, one), ()), other)
    return found
