"""The scheme engine: a native name and a scheme (data) become every form that copy of its channel may print.

A scheme is one file, ``aliases/schemes/<id>.toml``: ordered steps, each a function of STEPS (han.py for Han characters
and Mandarin syllables, letters.py for alphabets), and at last ``write`` (write.py). native.py says what a step is given
and what it must leave; docs/schemes.md shows how to add a scheme.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from normalize.channels import han as han_steps
from normalize.channels import hangul as hangul_steps
from normalize.channels import kana as kana_steps
from normalize.channels import letters as letter_steps
from normalize.channels import syllables as syllable_steps
from normalize.channels.established import established, han_form
from normalize.channels.native import Name, names_of, part
from normalize.channels.readings import han, syllables
from normalize.channels.write import MOST_FORMS, write
from normalize.model import Entity, Form
from normalize.tables.records import Example, Scheme, Step
from normalize.text.fold import fold

STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {
    **han_steps.STEPS, **syllable_steps.STEPS, **hangul_steps.STEPS, **kana_steps.STEPS, **letter_steps.STEPS,
}  # fmt: skip


def forms(entity: Entity, schemes: Iterable[Scheme], root: Path) -> Iterator[Form]:
    """Every form of ``entity`` under ``schemes``, each with its route."""
    names = names_of(entity, root)
    for scheme in schemes:
        for name in names:
            if suits(scheme, name):
                yield from forms_of_name(entity, name, scheme, root)


def forms_of_name(entity: Entity, name: Name, scheme: Scheme, root: Path) -> Iterator[Form]:
    """Every form of a parted name under a scheme that suits it."""
    for text in apply(scheme, name, root):
        yield Form(text, entity.id, "misreading" if scheme.misreads else "reading", scheme.channel, route(scheme, name))


def listing(name: Name, schemes: Iterable[Scheme], root: Path) -> Iterator[Form]:
    """Every form of a name that stands alone, each with its route; what usage fixed stands last."""
    written = han_form(name.native, name.language, root)
    names = [name, *([part(written, "zh", root, kind=name.kind)] if written else [])]
    for scheme in schemes:
        for one in names:
            for text in apply(scheme, one, root) if suits(scheme, one) else ():
                yield Form(text, "", "misreading" if scheme.misreads else "reading", scheme.channel, route(scheme, one))
    for language, text in established(name.native, name.language, root):
        yield Form(text, "", "exonym", language, f"established form of {name.native}")


def shorten(forms: Iterable[Form], most: int) -> tuple[list[Form], Counter[str]]:
    """The likeliest ``most`` forms, of each route the first before any route's second; and how many more each has."""
    by_route: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        by_route[form.route].append(form)
    ranks = itertools.zip_longest(*by_route.values())
    kept = set(itertools.islice((form for rank in ranks for form in rank if form), most))
    left = Counter({way: sum(form not in kept for form in group) for way, group in by_route.items()})
    return [form for group in by_route.values() for form in group if form in kept], +left


def route(scheme: Scheme, name: Name) -> str:
    """How a form came about, for print."""
    return f"{scheme.name} of {name.native}"


def suits(scheme: Scheme, name: Name) -> bool:
    """Whether a scheme reads the name's language and kind."""
    if name.kind not in scheme.kinds:
        return False
    return name.language in scheme.reads or name.language.partition("-")[0] in scheme.reads


def apply(scheme: Scheme, name: Name, root: Path) -> list[str]:
    """The forms of ``name`` under ``scheme``, the likeliest first; empty where its tables do not know a character."""
    read = steps(scheme, name, root)
    return list(dict.fromkeys(write(read, scheme.steps[-1])))[:MOST_FORMS] if read else []


def steps(scheme: Scheme, name: Name, root: Path) -> Name | None:
    """``name`` after all steps but the last; None where a syllable was left without a reading."""
    for step in scheme.steps[:-1]:
        name = STEPS[step.do](name, step, root)
        if not name.parts or not all(part.units for part in name.parts):
            return None
    return name if all(all(part.units) for part in name.parts) else None


def example_forms(scheme: Scheme, example: Example, root: Path) -> list[str]:
    """What the scheme makes of the native form of one of its examples."""
    language = example.language or scheme.reads[0]
    name = part(example.native, language, root, kind=example.kind, canonical=example.name, kana=example.kana)
    return apply(scheme, name, root)


def inverse(scheme: Scheme, root: Path) -> dict[str, str]:
    """For each folded syllable of a scheme the Mandarin readings it may stand for, the commonest first.

    Only for schemes that begin with ``characters`` or ``syllables``.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    step = scheme.steps[0]
    if step.do == "syllables":
        for pinyin, spellings in syllables(root, step.column).items():
            for spelling in spellings:
                counts[fold(spelling)][fold(pinyin)] += 1
        return {spelling: " ".join(sorted(found)) for spelling, found in sorted(counts.items())}
    table = han(root)
    for char in table.columns[step.column]:
        for pinyin in table.pinyin(char):
            for reading in table.of(char, step.column, pinyin):
                counts[fold(reading)][pinyin] += 1
    return {
        syllable: " ".join(sorted(pinyins, key=lambda p: (-pinyins[p], p)))
        for syllable, pinyins in sorted(counts.items())
    }


__all__ = ["apply", "example_forms", "forms", "forms_of_name", "inverse", "route", "shorten", "suits"]
