"""The records that flow through calque: small, frozen, no I/O.

Offsets are code points of the decoded text of a file (a byte-order mark is not counted, line ends stand as
they are), half open. See docs/architecture.md for the flow that these records follow.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from normalize.record import Record

Severity = Literal["info", "warning", "error"]
Safety = Literal["safe", "suggest", "show"]
Verdict = Literal["sure", "unsure", "unknown"]
SegmentKind = Literal[
    "headline", "dateline", "prose", "quotation", "byline", "caption", "list", "code", "furniture", "markup", "foreign"
]
"""What a stretch of text is; ``foreign`` is of another language than its document, as the markup declares."""
EncodingFrom = Literal["", "mark", "option", "declaration", "guess"]
"""What says in which encoding a file is; nothing need say it of UTF-8."""
Markup = Literal["plain", "markdown", "html", "rst", "asciidoc"]
EntityKind = Literal["person", "place", "organisation", "office", "term"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


class Span(Record, order=True):
    """Where, in code points of the document's text; ``end`` is exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


class Segment(Record):
    """A block of the article and what it is; ``parts`` are the pieces inside that differ (quotations, code, markup)."""

    kind: SegmentKind
    span: Span
    parts: tuple[Segment, ...] = ()

    def kind_at(self, span: Span) -> SegmentKind:
        """What the text at ``span`` is: the first part it touches, else the block itself."""
        for part in self.parts:
            if part.span.overlaps(span):
                return part.kind_at(span)
        return self.kind


def _start(segment: Segment) -> int:
    return segment.span.start


class Document(Record):
    """A text as it was read, and what its bytes and front matter say of it."""

    path: str
    text: str
    markup: Markup = "plain"
    bom: bool = False
    encoding: str = "utf-8"
    encoding_from: EncodingFrom = ""
    language: str = ""
    """BCP 47 tag, or empty where nothing could be told."""
    language_sure: bool = False
    date: str = ""
    """ISO date of the story where its front matter, dateline or an option gives one."""
    segments: tuple[Segment, ...] = ()

    def slice(self, span: Span) -> str:
        """The text at ``span``."""
        return self.text[span.start : span.end]

    def segment_at(self, span: Span) -> Segment | None:
        """The block that holds ``span``."""
        at = bisect_right(self.segments, span.start, key=_start) - 1
        return self.segments[at] if at >= 0 and span.end <= self.segments[at].span.end else None

    def kind_at(self, span: Span) -> SegmentKind:
        """What the text at ``span`` is; ``furniture`` where it lies in no block."""
        segment = self.segment_at(span)
        return segment.kind_at(span) if segment else "furniture"


class Holding(Record):
    """An office held, with ISO dates shortened to what is known; no ``until`` means still in office. ``beside`` names
    who held or claimed it at the same time, rightly: co-presidents, a rival government, an acting head.
    """

    office: str
    since: str = ""
    until: str = ""
    beside: str = ""


class Said(Record):
    """What a source language calls a thing, in segments, and how those come into English (aliases/README.md)."""

    language: str
    words: tuple[str, ...]
    english: tuple[int | str, ...]
    senses: dict[str, str]
    negator: int = 0
    impossible: bool = False


class Listed(Record):
    """A wrong rendering that no gloss yields; ``native`` is what the source language calls the thing."""

    form: str
    language: str
    native: str = ""


class Entity(Record, kw_only=True):
    """A hub: the canonical thing with its native form. The subclasses mirror the sections of the tables."""

    id: str
    name: str
    native: str = ""
    language: str = ""
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    names: dict[str, str]
    country: str = ""
    prints: str = ""
    said: tuple[Said, ...] = ()
    listed: tuple[Listed, ...] = ()
    source: str = ""
    unverified: bool = False

    @property
    def kind(self) -> str:
        """``person``, ``place``, ``organisation``, ``office`` or ``term``."""
        return self.id.partition("/")[0]

    @property
    def printed(self) -> str:
        """The form that replaces a wrong one."""
        return self.prints or self.name


class Person(Entity, kw_only=True):
    """Someone, with what is needed to write and to recognise the name."""

    family: str = ""
    order: str = "given-first"
    second: str = "family"
    gender: str = ""
    kana: str = ""
    offices: tuple[Holding, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def second_reference(self) -> str:
        """What the name becomes after its first mention."""
        rest = self.name.replace(self.family, "", 1).strip(" ,")
        return {"family": self.family, "given": rest, "full": self.name}[self.second] or self.name


class OtherName(Record):
    """What else a language calls a place; ``weak`` where an English text may print the form for something else."""

    form: str
    language: str
    weak: bool = False


class Place(Entity, kw_only=True):
    """Somewhere; ``adjective`` is the country's ("Chinese"). A ``common`` name is a word, a person's or another place's
    name too, and names the place only with help from the context.
    """

    part_of: str = ""
    adjective: str = ""
    common: bool = False
    other_names: tuple[OtherName, ...] = ()


class Organisation(Entity, kw_only=True):
    """A body, company or agency."""

    acronym: str = ""


class Office(Entity, kw_only=True):
    """A post; ``titles`` are what stands before its holder's name, the best first."""

    titles: tuple[str, ...] = ()
    body: str = ""


class Term(Entity, kw_only=True):
    """A set phrase or treaty with its own English."""

    accepted: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()
    hit: tuple[str, ...] = ()
    miss: tuple[str, ...] = ()


class Habit(Term, kw_only=True):
    """What copy from one language puts where English says ``name``: ``forms`` of a ``group``, which its rule names.

    Other languages that do the ``same`` leave open which one it was. A form that is not ``sure`` is good English too;
    ``but`` holds longer phrases with a form inside that are right.
    """

    group: HabitGroup
    forms: tuple[str, ...]
    but: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    sure: bool = True
    fits: bool = True
    """Whether ``name`` can stand where a form stands; if not, it says what is meant."""


HabitGroup = Literal["false-friend", "phrase", "plural", "residue", "spun"]

Role = Literal[
    "name", "alias", "weak", "exonym", "reading", "misreading",
    "title", "adjective", "false", "near", "reversed", "listed",
    "false-friend", "phrase", "plural", "residue", "weak-habit", "spun", "right",
]  # fmt: skip
"""What a form is to its hub: its own name or alias, another language's exonym, a generated reading, one that its bearer
does not use, a title or adjective that leads to it, or a rendering: false, merely near, with its sense reversed, or
listed; or the group of a habit."""


class Form(Record):
    """One way a hub can stand in a text; ``channel`` is the source language that writes it so, ``route`` the proof."""

    text: str
    owner: str
    role: Role
    channel: str = ""
    route: str = ""


class Hit(Record):
    """A stretch of text whose folded words equal those of ``forms``."""

    span: Span
    forms: tuple[Form, ...]


class Evidence(Record):
    """One reason, fit for print: ``kind`` for programs, ``detail`` for people; where it quotes another text, that
    text's path and the place in it.
    """

    kind: str
    detail: str
    path: str = ""
    span: Span | None = None


class Candidate(Record):
    """Whom a mention may name; ``score`` is a probability."""

    entity: str
    name: str
    score: float
    form: Form


class Resolution(Record):
    """Who or what a mention names, decided with the whole document in view.

    Nobody known has no candidates and the verdict ``unknown``. ``part`` is ``full`` or, on second reference, the part
    of the name that stands there. ``right`` says that the text is already a right form of the entity. ``replacement``
    is empty where nothing should be put in its place; ``settled`` says that more than the form itself says who is
    meant, and nothing speaks against it.
    """

    span: Span
    text: str
    verdict: Verdict
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...] = ()
    part: Literal["full", "family", "given"] = "full"
    right: bool = False
    replacement: str = ""
    settled: bool = False

    @property
    def best(self) -> Candidate:
        """The likeliest candidate; IndexError where nobody known is named."""
        return self.candidates[0]

    @property
    def entity(self) -> str:
        """The id of the likeliest candidate, or nothing."""
        return self.candidates[0].entity if self.candidates else ""

    @property
    def kind(self) -> str:
        """``person``, ``place`` …: that of the entity; nobody known is a person."""
        return self.entity.partition("/")[0] or "person"

    @property
    def confidence(self) -> float:
        """The probability of the likeliest candidate."""
        return self.candidates[0].score if self.candidates else 0.0


class Edit(Record):
    """Put ``new`` in place of the text at ``span``."""

    span: Span
    new: str


class Finding(Record):
    """Something an editor should see, with its proof."""

    code: str
    name: str
    severity: Severity
    confidence: float
    span: Span
    text: str
    message: str
    evidence: tuple[Evidence, ...]
    replacements: tuple[str, ...] = ()
    safety: Safety = "show"
    entity: str = ""
    mqm: str = ""
    channel: str = ""
    """The source language whose habit this is, several parted by a space, or empty."""
    known: str = ""
    """Why the project's baseline holds it (baseline.py), or empty: a known finding fails nothing."""
    allowed: str = ""
    """The reason of the comment that allows it (suppress.py), or empty."""

    def reaches(self, least: Severity) -> bool:
        """Whether it is at least as grave."""
        return SEVERITIES.index(self.severity) >= SEVERITIES.index(least)

    @property
    def edit(self) -> Edit | None:
        """The first replacement as an edit."""
        return Edit(self.span, self.replacements[0]) if self.replacements else None


class Origin(Record):
    """How likely the document was translated from ``language``, and what speaks for it."""

    language: str
    probability: float
    evidence: tuple[Evidence, ...]


class Checked(Record):
    """A document with everything that was found in it, in the order of the text."""

    document: Document
    findings: tuple[Finding, ...]
    origin: tuple[Origin, ...]
    resolutions: tuple[Resolution, ...] = ()
    allowed: tuple[Finding, ...] = ()
    """What a comment in the text allows: no longer among the findings, yet marked in reports that keep such a list."""
