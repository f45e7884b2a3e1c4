"""Family names behind a title, without the full name before: "Commission President von der Leyen"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalize.index.pack import Pack
from normalize.model import Candidate, Document, Evidence, Form, Person, Resolution, Span, Verdict
from normalize.names.context import Context
from normalize.names.mentions import HIDDEN
from normalize.names.offices import holders, name_of, title_before
from normalize.text.fold import fold
from normalize.text.pattern import pattern

_FAMILY = pattern(
    r"(?:(?:van|von|de|der|den|da|di|al|el|la) )*[^\W\d_a-z][^\W\d_]+(?![ -][^\W\d_a-z][^\W\d_]|[^\W\d_])"
)
MOST_OFFICES = 6
"""A title that may still mean more offices, with the countries of the story in view, leads to nobody."""


def holders_by_family(document: Document, context: Context, taken: Iterable[Span], pack: Pack) -> Iterator[Resolution]:
    """The holders (at the story's date, if it has one) whom a title and the family name name; sure where one fits."""
    known = sorted(taken)
    posts = pack.record("offices")
    for cue in context.cues:
        match = _FAMILY.match(document.text, cue.span.end + 1) if cue.offices else None
        if not match or document.kind_at(cue.span) in HIDDEN:
            continue
        span = Span(*match.span())
        titled = title_before(document, context, span.start, pack)
        if not titled or any(span.overlaps(other) for other in known):
            continue
        offices = [o for o in titled.offices if posts[o][1] in context.countries] or list(titled.offices)
        if len(offices) > MOST_OFFICES:
            continue
        found = {
            person.id: (person, office)
            for office in offices
            for person in (holders(office, pack, document.date) if document.date else ()) or holders(office, pack)
            if person.family and fold(person.family) == fold(match.group())
        }
        if found:
            yield _resolution(document, span, list(found.values()), pack)


def _resolution(document: Document, span: Span, found: list[tuple[Person, str]], pack: Pack) -> Resolution:
    share = round(0.95 / len(found), 3)
    text = document.slice(span)
    candidates = tuple(Candidate(p.id, p.name, share, Form(text, p.id, "weak")) for p, _ in found)
    person, office = found[0]
    evidence = (Evidence("title", f"{person.name} is or was {name_of(office, pack)}"),)
    verdict: Verdict = "sure" if len(found) == 1 else "unsure"
    return Resolution(span, text, verdict, candidates, evidence, part="family", right=True)
