"""Who held which office when, as far as the tables know."""

from __future__ import annotations

from normalize.index.pack import Pack
from normalize.model import Document, Holding, Person
from normalize.names.context import Context, Cue
from normalize.record import Record
from normalize.text.fold import words
from normalize.text.pattern import pattern

_ADJACENT = pattern(r"\s(?:[Mm]rs?\.?\s|[Mm]s\.?\s)?")


class Titled(Record):
    """The offices that the title right before a name may stand for, and the title's cue."""

    cue: Cue
    offices: tuple[str, ...]


def country_of(office: str, pack: Pack) -> str:
    """The country of an office, or nothing; that of one among hundreds, without decoding them."""
    country: str = pack.record("offices")[office][1]
    return country


def name_of(owner: str, pack: Pack) -> str:
    """The name of a hub."""
    if owner.startswith("office/"):
        name: str = pack.record("offices")[owner][0]
        return name
    return pack.entity(owner).name


def title_before(document: Document, context: Context, start: int, pack: Pack) -> Titled | None:
    """The title that ends right before ``start``, its offices narrowed by the country that an adjective names."""
    lead = context.lead(document, start)
    if not lead.cues or not lead.cues[0].offices:
        return None
    title = lead.cues[0]
    if not _ADJACENT.fullmatch(document.text[title.span.end : start]):
        return None
    countries = {country for cue in lead.cues[1:] for country in cue.countries}
    offices = title.offices
    if countries:
        known = pack.record("offices")
        offices = tuple(office for office in offices if known[office][1] in countries)
    return Titled(title, offices) if offices else None


def is_qualified(document: Document, cue: Cue, qualifiers: frozenset[str]) -> bool:
    """Whether one of the three words before a title says that it is no longer, not yet or not quite held."""
    before = [m.group().lower() for m in words(document.text, max(0, cue.span.start - 40), cue.span.start)]
    return any(word in qualifiers for word in before[-3:])


def covers(holding: Holding, date: str) -> bool:
    """Whether a holding includes an ISO date; what is not known does not exclude.

    >>> covers(Holding("x", "2013-03", "2022"), "2013-03-16"), covers(Holding("x", "2013-03", "2022"), "2023-01-01")
    (True, False)
    """
    since, until = holding.since, holding.until
    return date[: len(since)] >= since and (not until or date[: len(until)] <= until)


def holders(office: str, pack: Pack, date: str = "") -> list[Person]:
    """The people known to have held an office, at a date or ever."""
    rows: list[list[str]] = pack.record("holders").get(office, [])
    then = [id_ for id_, since, until in rows if not date or (since and covers(Holding("", since, until), date))]
    return [person for person in map(pack.entity, dict.fromkeys(then)) if isinstance(person, Person)]


def tenure(person: Person, office: str) -> str:
    """When a person held an office, for print."""
    spans = [h for h in person.offices if f"office/{h.office}" == office]
    return "; ".join(f"{h.since or '?'} to {h.until}" if h.until else f"since {h.since or '?'}" for h in spans)
