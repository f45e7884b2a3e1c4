"""What a language's words say in a comparison: numbers, months, negators (aliases/compare/<language>.toml)."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from normalize.tables.locate import tables_root
from normalize.text.fold import fold


@dataclass(frozen=True)
class Speech:
    """One language's file; words are folded. A language without a file has an empty one."""

    language: str
    decimal: str = "."
    grouping: str = ","
    within_words: bool = False
    """Whether figures, numerals and negators stand inside runs of characters without spaces."""
    numbers: dict[str, Decimal] = field(default_factory=dict)
    weak_numbers: dict[str, Decimal] = field(default_factory=dict)
    scales: dict[str, Decimal] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    negators: frozenset[str] = frozenset()
    excuses: frozenset[str] = frozenset()
    idioms: tuple[tuple[str, ...], ...] = ()
    negating_prefix: str = ""
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    hedges: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    never_ends: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    short_words: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    """Words that lead to the next: no mark parts the two."""
    nameless: frozenset[str] = frozenset()
    """Parts of names that name nobody: Ltd, Mr."""
    wants_name: frozenset[str] = frozenset()
    """Words behind which a name stands: one that no name follows shows a gap."""
    begins_nothing: frozenset[str] = frozenset()
    """Words that do not stand behind those."""
    calendar_leads: frozenset[str] = frozenset()
    """Words that lead to a month or day, beside which one of ``unsure_months`` is a month."""
    unsure_months: frozenset[str] = frozenset()
    masculine: frozenset[str] = frozenset()
    feminine: frozenset[str] = frozenset()
    person_of: dict[str, int] = field(default_factory=dict)
    """The row of each pronoun: the forms of one row differ in case alone."""


@functools.cache
def speech(language: str) -> Speech:
    """What is known of a language (a BCP 47 tag).

    >>> speech("en-GB").months["july"], speech("zh").scales["亿"] == 10**8, speech("xx").negators
    (7, True, frozenset())
    """
    import tomllib

    base = language.split("-")[0].lower()
    path = tables_root() / "compare" / f"{base}.toml"
    if not base.isalpha() or not path.is_file():
        return Speech(base)
    raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))

    def amounts(key: str) -> dict[str, Decimal]:
        return {fold(word): Decimal(str(value)) for word, value in raw.get(key, {}).items()}

    def places(key: str) -> dict[str, int]:
        return {fold(word): int(value) for word, value in raw.get(key, {}).items()}

    def listed(key: str) -> frozenset[str]:
        return frozenset(fold(word) for word in raw.get(key, ()))

    return Speech(
        base,
        raw["decimal"],
        raw["grouping"],
        raw.get("within_words", False),
        amounts("numbers"),
        amounts("weak_numbers"),
        amounts("scales"),
        places("months"),
        places("weekdays"),
        negators=listed("negators"),
        excuses=listed("excuses"),
        idioms=tuple(tuple(phrase.split()) for phrase in raw.get("idioms", ())),
        negating_prefix=raw.get("negating_prefix", ""),
        prefixes=tuple(raw.get("prefixes", ())),
        suffixes=tuple(raw.get("suffixes", ())),
        hedges=listed("hedges"),
        abbreviations=frozenset(raw.get("abbreviations", ())),
        never_ends=frozenset(raw.get("never_ends", ())),
        function_words=listed("function_words"),
        short_words=listed("short_words"),
        units=listed("units"),
        leads=listed("leads"),
        nameless=listed("nameless"),
        wants_name=listed("wants_name"),
        begins_nothing=listed("begins_nothing"),
        calendar_leads=listed("calendar_leads"),
        unsure_months=listed("unsure_months"),
        masculine=listed("masculine"),
        feminine=listed("feminine"),
        person_of={word: number for number, row in enumerate(raw.get("pronouns", ())) for word in row},
    )
