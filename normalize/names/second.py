"""Second references: the part of a name that stands for the whole once the whole has been read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from normalize.index.lexicon import lexicon
from normalize.index.pack import Pack
from normalize.model import Candidate, Document, Evidence, Form, Hit, Person, Resolution, Span
from normalize.names import house
from normalize.names.context import Context
from normalize.names.mentions import HIDDEN, capital_neighbour, in_case, is_written_as_name
from normalize.record import Record
from normalize.tables.records import Style
from normalize.text.find import whole
from normalize.text.fold import fold, words
from normalize.text.pattern import pattern

_VOWELS = pattern("[aeiouü]+")
_SLAVIC = pattern("(?<=sk)(?:yy|iy|yi|y|i)$")


class Part(Record):
    """A part of a name that was read in full: the mention it comes from, and what replaces it if that is foreign."""

    source: Resolution
    part: Literal["family", "given"]
    form: Form
    replacement: str
    right: bool
    """Whether the part itself is right, whatever the full name was."""
    before: str = ""
    """The words of a family name that stand before its last one: "von der "."""


def second_references(
    document: Document,
    hits: list[Hit],
    full: list[Resolution],
    context: Context,
    pack: Pack,
    style: Style,
) -> Iterator[Resolution]:
    """The names' parts that stand alone after a full mention ("Mr. Vuong", "Wang"), in the order of the text.

    A part that begins a longer, unknown name ("Vuong Nghia Hiep") is somebody else's, and from there on nobody's.
    """
    parts = _parts(full, pack, style)
    if not parts:
        return
    known, starts = _Spans(document, hits), frozenset(hit.span.start for hit in hits)
    elsewhere: set[str] = set()
    for segment in document.segments:
        for word, span in _stretches(document.text, segment.span, parts):
            if not document.text[span.start].isupper() or known.cover(span):
                continue
            if document.kind_at(span) in HIDDEN:
                continue
            if capital_neighbour(document, span, context, starts):
                elsewhere.add(word)
                continue
            earlier = [part for part in parts[word] if part.source.span < span]
            lone = [p for p in earlier if _is_whole(document, span, p) and _may_stand(document, span, p, context)]
            if lone and (word not in elsewhere or any(part.right for part in lone)):
                yield _resolution(document, Span(span.start - len(lone[-1].before), span.end), lone, pack)


def _stretches(text: str, within: Span, parts: Iterable[str]) -> list[tuple[str, Span]]:
    """Where a word stands that folds to one of the parts, in the order of the text."""
    stretch = text[within.start : within.end]
    folded = fold(stretch)
    met = [part for part in parts if part in folded]
    if not met:
        return []
    if not stretch.isascii():
        found = ((fold(match.group()), Span(*match.span())) for match in words(text, within.start, within.end))
        return [(word, span) for word, span in found if word in met]
    places = sorted((at, part) for part in met if part.isalnum() for at in whole(folded, part))
    return [(part, Span(within.start + at, within.start + at + len(part))) for at, part in places]


def _is_whole(document: Document, span: Span, part: Part) -> bool:
    """Whether the words of a family name before its last one stand there too."""
    start = span.start - len(part.before)
    return not part.before or document.text[max(0, start) : span.start].lower() == part.before.lower()


def _may_stand(document: Document, span: Span, part: Part, context: Context) -> bool:
    """Whether a part is a name here: right ones are; for others an honorific or a title leads to it, or it is a family
    name that is no English word.
    """
    if part.right and not part.replacement:
        return True
    lead = context.lead(document, span.start)
    if lead.cues or lead.role:
        return True
    word = document.slice(span).lower()
    return not part.right and part.part == "family" and len(word) > 2 and word not in lexicon("en")


def _resolution(document: Document, span: Span, lone: list[Part], pack: Pack) -> Resolution:
    """Who a lone part names: unsure where two people share it, never surer than the full mention it comes from."""
    right = [part for part in lone if part.right]
    owners = {part.source.entity: part for part in lone}
    last = (right or lone)[-1]
    entity = pack.entity(last.source.entity)
    is_sure = len(owners) == 1 or (not right and len({part.replacement for part in lone}) == 1)
    detail = f"“{last.source.text}” earlier in the text is {entity.name}"
    return Resolution(
        span,
        document.slice(span),
        "sure" if is_sure else "unsure",
        tuple(
            Candidate(owner, part.source.best.name, round(part.source.best.score / len(owners), 3), part.form)
            for owner, part in owners.items()
        ),
        (Evidence("coreference", detail),),
        part=last.part,
        right=bool(right),
        replacement=in_case(last.replacement, document.slice(span)),
        settled=is_sure and last.source.settled,
    )


BY_FAMILY = frozenset({"zh", "ko", "ja"})
"""Languages whose people are never called by the given name with a title before it: "Mr. Jinping" is Mr. Xi."""


def _parts(full: list[Resolution], pack: Pack, style: Style) -> dict[str, list[Part]]:
    """What the parts of each person's name may be called from now on, by folded word, in the order of the text."""
    persons = {
        r.best.entity: p for r in full if r.verdict == "sure" and isinstance(p := pack.entity(r.best.entity), Person)
    }
    short = [person.second_reference for person in persons.values()]
    parts: dict[str, list[Part]] = defaultdict(list)
    for resolution in full:
        person = persons.get(resolution.best.entity)
        if not person or not person.family or resolution.verdict != "sure":
            continue
        form = resolution.best.form
        kind: Literal["family", "given"] = "given" if person.second == "given" else "family"
        before, _, last = person.second_reference.rpartition(" ")
        parts[fold(last)].append(Part(resolution, kind, form, "", True, f"{before} " if before else ""))
        # Two people of one family name in a story: the short form would not say which.
        alone = short.count(person.second_reference) == 1
        if resolution.right:
            for family in _families(form.text, person):
                parts[fold(family)].append(Part(resolution, "family", form, "", True))
            if given := _given(person):
                cure = house.second(person, style) if alone else house.printed(person, style)
                parts[fold(given)].append(Part(resolution, "given", form, cure, True))
            continue
        syllables = form.text.split()
        family_words = len(_VOWELS.findall(fold(person.family))) if person.order == "family-first" else 1
        if len(syllables) <= family_words:
            continue
        cure = house.second(person, style) if alone else house.printed(person, style)
        parts[fold(" ".join(syllables[:family_words]))].append(Part(resolution, "family", form, cure, False))
        parts[fold(syllables[-1])].append(Part(resolution, "given", form, cure, False))
    return parts


def _families(form: str, person: Person) -> list[str]:
    """The family name as a form of the name spells it ("Zelensky" in "Volodymyr Zelensky"), and with the other endings
    that English print has for the Slavic one.
    """
    family = person.family if person.family in form or person.order == "family-first" else form.split()[-1]
    stem = _SLAVIC.sub("", family)
    return [family] if stem == family or " " in family else [stem + ending for ending in ("y", "yy", "iy", "yi", "i")]


def _given(person: Person) -> str:
    """The last part of a given name that never stands for the person behind a title: "Jinping", "Un"; or nothing."""
    if person.second != "family" or person.language.partition("-")[0] not in BY_FAMILY:
        return ""
    given = person.name.replace(person.family, "", 1).replace("-", " ").split()
    return given[-1] if given and given[-1] != person.family else ""


class _Spans:
    """Spans of a text in order, asked in order."""

    def __init__(self, document: Document, hits: list[Hit]) -> None:
        self._document = document
        self._rest = iter(hits)
        self._current = next(self._rest, None)

    def cover(self, span: Span) -> bool:
        """Whether one of them overlaps ``span`` and is written as its forms are: "Un" is no "UN"."""
        while self._current and self._current.span.end <= span.start:
            self._current = next(self._rest, None)
        hit = self._current
        if not hit or not hit.span.overlaps(span):
            return False
        text = self._document.slice(hit.span)
        return any(is_written_as_name(text, form.text) for form in hit.forms)
