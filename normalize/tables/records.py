"""The records of what is not a hub: rules, styles, languages, channels, schemes."""

from __future__ import annotations

from typing import Literal

from normalize.model import Role, Safety, SegmentKind, Severity
from normalize.record import Record

Sense = Literal["right", "near", "false"]


class Rule(Record, kw_only=True):
    """A rule is data: its kind names the file under ``normalize/rules/`` that finds it.

    ``telltale`` is how many nats of evidence one finding is for its channel as the source language; ``roles``,
    ``pattern``, ``needs``, ``replace``, ``allowed``, ``words`` and ``scheme`` belong to the kinds that read them; a
    text that holds none of ``needs`` is not searched for ``pattern``. ``message`` may name ``{text}``, ``{right}`` and
    ``{why}``.
    """

    code: str
    name: str
    kind: str
    severity: Severity
    safety: Safety
    mqm: str
    what: str
    why: str
    message: str = ""
    confidence: float = 0.9
    scope: tuple[SegmentKind, ...] = ("headline", "prose", "caption", "list", "quotation")
    targets: tuple[str, ...] = ("en",)
    channel: str = ""
    telltale: float = 0.0
    pattern: str = ""
    needs: tuple[str, ...] = ()
    replace: str = ""
    formats: tuple[str, ...] = ("plain", "markdown")
    raised_by_origin: bool = False
    roles: tuple[Role, ...] = ()
    allowed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    scheme: str = ""
    measured: str = ""
    style: str = "neutral"
    """The house style in which the examples are judged."""
    bad: tuple[str, ...]
    good: tuple[str, ...]


class Style(Record, kw_only=True):
    """What a house prints: full forms (``prints``) and second references by entity id, courtesy titles (``none``, or
    ``keep`` as they stand), the order of names by language, and marks: those of the tables' names (``listed``), of the
    native form where that is in Latin letters, or none; which of day and month stands first, how a share in figures is
    written, and whose spelling is followed (``keep``: as they stand).
    """

    id: str
    name: str
    honorifics: Literal["none", "keep"] = "keep"
    diacritics: Literal["listed", "native", "none"] = "listed"
    dates: Literal["keep", "day-first", "month-first"] = "keep"
    percent: Literal["keep", "%", "percent", "per cent"] = "keep"
    spelling: Literal["keep", "us", "uk"] = "keep"
    order: dict[str, Literal["family-first", "given-first"]]
    prints: dict[str, str]
    second: dict[str, str]
    source: str = ""


class Language(Record, kw_only=True):
    """What is known of a language: to detect it, and, for a language texts are checked in, its furniture of names."""

    id: str
    name: str
    script: str
    function_words: tuple[str, ...] = ()
    honorifics: tuple[str, ...] = ()
    honorific_genders: dict[str, str]
    pronoun_genders: dict[str, str]
    title_words: tuple[str, ...] = ()
    linking_words: tuple[str, ...] = ()
    spelling_words: tuple[str, ...] = ()
    naming_words: tuple[str, ...] = ()
    private_words: tuple[str, ...] = ()
    kin_words: tuple[str, ...] = ()
    named_after: tuple[str, ...] = ()
    history_words: tuple[str, ...] = ()
    speech_verbs: tuple[str, ...] = ()
    months: dict[str, int]
    structure: dict[str, tuple[str, ...]]


class Channel(Record, kw_only=True):
    """A source language, the country whose own people bear names of its shape, and their family names, folded."""

    id: str
    name: str
    country: str
    surnames: tuple[str, ...] = ()


class Gloss(Record):
    """One English word for a native word, and whether it says what the native word says."""

    native: str
    english: str
    sense: Sense


class Swap(Record, kw_only=True):
    """An ending of coined words and the ending that makes them words, where what stands before it matches ``after``."""

    wrong: str
    right: str
    after: str = ""
    example: tuple[str, ...]


class Step(Record, kw_only=True):
    """One step of a scheme: what to do, and the table, pairs or rules to do it with.

    ``part`` confines it to the family or given name; ``most`` keeps only so many alternatives of a syllable;
    ``initials``, ``finals``, ``zero`` and ``whole`` spell syllables (channels/syllables.py);
    ``rules``, ``letters`` and ``scheme`` are those of alphabets (channels/letters.py);
    ``patterns``, ``joints``, ``seams``, ``capitals`` and ``between`` are those of ``write`` (channels/write.py).
    """

    do: str
    part: Literal["", "family", "given", "middle"] = ""
    table: str = ""
    column: str = ""
    most: int = 0
    pairs: tuple[tuple[str, ...], ...] = ()
    initials: str = ""
    finals: str = ""
    zero: str = ""
    whole: str = ""
    rules: tuple[str, ...] = ()
    letters: str = ""
    scheme: str = ""
    patterns: tuple[str, ...] = ("Family Given",)
    joints: tuple[str, ...] = ("",)
    seams: tuple[str, ...] = ()
    capitals: tuple[Literal["part", "syllable", "none", "kept"], ...] = ("part",)
    between: str = " "


class Example(Record, kw_only=True):
    """A form that a scheme must yield for a native form; ``name`` is the canonical English form, family name first."""

    native: str
    name: str = ""
    form: str
    kind: str = "person"
    language: str = ""
    kana: str = ""


class Scheme(Record, kw_only=True):
    """A convention that writes native names of the languages ``reads`` as copy of ``channel`` prints them.

    ``english`` says that its forms are met in English copy: they go into the index that texts are checked against. Of a
    ``lax`` one, forms that differ from the canonical one in order, gaps and marks alone are right in English too (Abe
    Shinzō). An ``accepted`` one is a convention of English copy itself: what it makes is never wrong there (Zelensky,
    Zelenskiy, Kiev), at most not the house's style. One that ``misreads`` reads the characters as the bearer does not
    (Yasuminoru for Yasutoshi): its forms suggest, and settle nothing.
    """

    id: str
    name: str
    channel: str
    reads: tuple[str, ...]
    kinds: tuple[str, ...]
    steps: tuple[Step, ...]
    examples: tuple[Example, ...]
    english: bool = False
    lax: bool = False
    accepted: bool = False
    misreads: bool = False
    source: str = ""
