"""What numbers count: currencies and measures in any language (aliases/compare/units.toml)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from normalize.compare.records import Fact, written
from normalize.compare.speech import Speech
from normalize.errors import TableError, nearest
from normalize.model import Span
from normalize.tables.locate import tables_root

NEAR = Decimal("0.05")
"""How far two measures may be apart and still be one, converted and rounded: 10 miles are 16 kilometres."""
_BEFORE = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, and how many of the base unit it holds (with ``zero``, where its scale begins); no
    size for currencies, whose worth changes.
    """

    id: str
    measures: str
    size: Decimal | None = None
    zero: Decimal = Decimal(0)


@dataclass(frozen=True)
class Units:
    """Every unit by its id, and which of them the words of a language and the signs of all may mean."""

    by_id: dict[str, Unit]
    words: dict[str, dict[str, tuple[str, ...]]]
    signs: dict[str, tuple[str, ...]]


KEYS = ("id", "measures", "size", "zero", "signs", "words")


@functools.cache
def units() -> Units:
    """The table, read once."""
    path = tables_root() / "compare" / "units.toml"
    return read_units(path.read_text("utf-8"), f"aliases/compare/{path.name}")


def read_units(text: str, name: str) -> Units:
    """The table; TableError names the entry that is wrong."""
    import tomllib

    try:
        entries: list[dict[str, Any]] = tomllib.loads(text)["unit"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise TableError(f"{name}: {error}") from None
    by_id: dict[str, Unit] = {}
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    signs: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for key in entry:
            if key not in KEYS:
                raise TableError(f'{name}: "{entry.get("id")}": unknown key "{key}"{nearest(key, KEYS)}')
        if entry["id"] in by_id:
            raise TableError(f'{name}: "{entry["id"]}" stands there twice')
        size = Decimal(str(entry["size"])) if "size" in entry else None
        by_id[entry["id"]] = Unit(entry["id"], entry["measures"], size, Decimal(str(entry.get("zero", 0))))
        for sign in entry.get("signs", ()):
            signs[sign] = (*signs.get(sign, ()), entry["id"])
        for language, said in entry.get("words", {}).items():
            table = words.setdefault(language, {})
            for word in said:
                table[word.lower()] = (*table.get(word.lower(), ()), entry["id"])
    return Units(by_id, words, signs)


def find_units(text: str, span: Span, speech: Speech) -> tuple[str, ...]:
    """What the number at ``span`` may count, by what stands right behind it or right before it.

    >>> from normalize.compare.speech import speech
    >>> [find_units(t, Span(*at), speech("en")) for t, at in (("14 million US dollars", (0, 10)), ("€5", (1, 2)))]
    [('USD',), ('EUR',)]
    """
    return _found(text, span, speech)[1]


def unit_span(text: str, span: Span, speech: Speech) -> Span:
    """The number at ``span`` with the unit beside it."""
    return _found(text, span, speech)[0]


def _found(text: str, span: Span, speech: Speech) -> tuple[Span, tuple[str, ...]]:
    known = units()
    behind, before = _patterns(speech)
    if found := before.search(text, max(0, span.start - _BEFORE), span.start):
        return Span(found.start(1), span.end), _meant(found[1], speech, known)
    found = behind.match(text, span.end)
    if not found or _names_month(text, found.start(1), speech):
        return span, ()
    ids = [*_meant(found[1], speech, known), *(_meant(found[2], speech, known) if found[2] else ())]
    return Span(span.start, found.end()), tuple(dict.fromkeys(ids))


def _names_month(text: str, start: int, speech: Speech) -> bool:
    """Whether a month is named at a place: "14 tháng 7" are no fourteen months."""
    words = text[start : start + 12].split()[:2]
    return " ".join(written(word.strip(".,;:!?)")) for word in words) in speech.months


def _meant(word: str, speech: Speech, known: Units) -> tuple[str, ...]:
    return known.words.get(speech.language, {}).get(word.lower()) or known.signs.get(word) or ()


@functools.cache
def _patterns(speech: Speech) -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = units()
    words = _either(known.words.get(speech.language, {}))
    signs = _either(known.signs)
    edge = "" if speech.within_words else r"(?!\w)"
    # "14 million Canadian dollars": a currency may be told by up to two names before it
    of = "|".join(sorted(speech.shares)) or "(?!)"
    lead = rf"[\s\N{{NO-BREAK SPACE}}-]{{0,2}}(?:(?:{of})['’ ])?(?:[A-Z]\w+ ){{0,2}}?"
    unit = rf"((?i:{words}){edge}|(?:{signs})(?!\w))"
    behind = rf"{lead}{unit}(?: ?/ ?{unit})?"  # "25 yards/metres"
    before = rf"(?<!\w)({signs})[ \N{{NO-BREAK SPACE}}]?$"
    return re.compile(behind), re.compile(before)


def _either(words: dict[str, tuple[str, ...]]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"


def measures(fact: Fact) -> frozenset[str]:
    """What the number may be a measure of: money, length, time …"""
    known = units().by_id
    return frozenset(known[unit].measures for unit in fact.units)


def may_agree(first: Fact, second: Fact) -> bool:
    """Whether two numbers may count the same thing: one of them does not say, or a unit is common to both."""
    return not first.units or not second.units or bool(set(first.units) & set(second.units))


def may_compare(first: Fact, second: Fact) -> bool:
    """Whether two numbers may stand for each other: not two currencies, not a length and a share."""
    if may_agree(first, second):
        return True
    common = measures(first) & measures(second)
    return bool(common - {"money"})


def same_quantity(first: Fact, second: Fact) -> bool:
    """Whether two measures are the same, converted: 10 miles and 16 kilometres, a fortnight and 14 days."""
    known = units().by_id
    return any(
        _is_near(_in_base(first, known[a]), _in_base(second, known[b]))
        for a in first.units
        for b in second.units
        if known[a].measures == known[b].measures
        and known[a].size
        and known[b].size
        and known[a].size != known[b].size  # a percentage point is no percent
    )


def _in_base(fact: Fact, unit: Unit) -> Decimal:
    return (fact.amount - unit.zero) * (unit.size or 1)


def _is_near(first: Decimal, second: Decimal) -> bool:
    return abs(first - second) <= NEAR * max(abs(first), abs(second))


__all__ = [
    "Unit",
    "Units",
    "find_units",
    "may_agree",
    "may_compare",
    "measures",
    "read_units",
    "same_quantity",
    "unit_span",
    "units",
]
