"""Second references: the part of a name that stands for the whole once the whole has been read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.index.pack import Pack
from normalize.model import Candidate, Document, Evidence, Form, Person, Resolution, Span
from normalize.text.fold import fold, words

_VOWELS = re.compile("[aeiouü]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name that has been read: what it is and what stands there if it is a foreign form."""

    resolution: Resolution
    part: str
    form: Form
    replacement: str


def second_references(
    document: Document, full: list[Resolution], pack: Pack, prints: dict[str, str]
) -> Iterator[Resolution]:
    """The names' parts that stand alone after a full mention ("Mr. Vuong", "Wang")."""
    parts = _parts(full, pack)
    if not parts:
        return
    honorifics = {fold(h).rstrip(".") for h in _honorifics(document, pack)}
    taken = iter(sorted((r.span for r in full), key=lambda span: span.start))
    current = next(taken, None)
    for segment in document.segments:
        before = ""
        found = list(words(document.text, segment.span.start, segment.span.end))
        for number, match in enumerate(found):
            word, span = match.group(), Span(*match.span())
            while current and current.end <= span.start:
                current = next(taken, None)
            polite, before = before in honorifics, fold(word)
            if (current and current.overlaps(span)) or not word[0].isupper():
                continue
            after = document.text[span.end : found[number + 1].end()] if number + 1 < len(found) else ""
            yield from _read(
                document, span, [p for p in parts.get(fold(word), ()) if p.resolution.span < span], polite, after, pack
            )


def _read(
    document: Document, span: Span, parts: list[Part], polite: bool, after: str, pack: Pack
) -> Iterator[Resolution]:
    """A lone part of a name, if it may stand alone there."""
    if not polite:
        # With a capitalised word behind it, it is part of an unknown name; a given name alone needs its honorific.
        parts = [p for p in parts if p.part == "family" or p.resolution.right]
        if re.fullmatch(r"[ -]\w+", after) and after[1].isupper():
            return
    if not parts:
        return
    right = [p for p in parts if p.resolution.right]
    owners = {p.resolution.best.entity for p in parts}
    last = (right or parts)[-1]
    entity = pack.entity(last.resolution.best.entity)
    sure = len(owners) == 1 or len({p.replacement for p in parts}) == 1
    detail = f"“{last.resolution.text}” earlier in the text is {entity.name}"
    yield Resolution(
        span,
        document.slice(span),
        "sure" if sure else "unsure",
        tuple(
            Candidate(p.resolution.best.entity, p.resolution.best.name, p.resolution.best.score / len(owners), p.form)
            for p in {p.resolution.best.entity: p for p in parts}.values()
        ),
        (Evidence("coreference", detail),),
        part="family" if last.part == "family" else "given",
        right=bool(right),
        replacement="" if right else last.replacement,
    )


def _parts(full: list[Resolution], pack: Pack) -> dict[str, list[Part]]:
    """What each part of each person's name may be called from now on, by folded word, in the order of the text."""
    parts: dict[str, list[Part]] = defaultdict(list)
    for resolution in full:
        if resolution.verdict != "sure":
            continue
        person = pack.entity(resolution.best.entity)
        if not isinstance(person, Person) or not person.family:
            continue
        form = resolution.best.form
        if resolution.right:
            for name, part in ((person.second_reference, person.second), (_family(form.text, person), "family")):
                parts[fold(name)].append(Part(resolution, part, form, ""))
            continue
        syllables = form.text.split()
        family = len(_VOWELS.findall(fold(person.family))) if person.order == "family-first" else 1
        if len(syllables) <= family:
            continue
        for word, part in ((" ".join(syllables[:family]), "family"), (syllables[-1], "given")):
            parts[fold(word)].append(Part(resolution, part, form, person.second_reference))
    return parts


def _family(form: str, person: Person) -> str:
    """The family name as a form of the name spells it ("Zelensky" in "Volodymyr Zelensky")."""
    if person.family in form or person.order == "family-first":
        return person.family
    return form.split()[-1]


def _honorifics(document: Document, pack: Pack) -> list[str]:
    """The honorifics of the document's language."""
    name = f"language/{document.language}"
    return list(pack.record(name).get("honorifics", ())) if pack.has(name) else []
