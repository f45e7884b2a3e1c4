"""A name that no table knows under a title whose holder has nearly that name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from normalize.model import Document, Evidence, Finding, Person, Severity, Span
from normalize.names.house import printed
from normalize.names.near import Nearness, nearness
from normalize.names.offices import Titled, holders, is_qualified, name_of, tenure, title_before
from normalize.names.unknown import name_at
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import words

WHY = {
    "syllable": "one part of the name differs",
    "letters": "a letter or two differ",
    "reading": "parts of it are readings in another language",
    "invented": "a part of the name was translated",
}


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Unknown names behind a title that are a syllable, a letter or two or a translated part away from a holder's."""
    qualifiers = frozenset(rule.words)
    for span, titled in titled_strangers(view):
        if view.is_in_scope(rule, span) and not is_qualified(view.document, titled.cue, qualifiers):
            yield from _near(view, rule, span, titled)


def titled_strangers(view: View) -> Iterator[tuple[Span, Titled]]:
    """The names right behind a title that nothing in the tables owns, with the offices that the title may mean."""
    taken = [r.span for r in view.resolutions if r.verdict == "sure" or not r.right]
    for cue in view.context.cues:
        span = name_at(view.document.text, cue.span.end + 1) if cue.offices else None
        if not span or any(span.overlaps(other) for other in taken) or _is_in_title_case(view.document, span):
            continue
        if titled := title_before(view.document, view.context, span.start, view.pack):
            yield span, titled


def _is_in_title_case(document: Document, span: Span) -> bool:
    """Whether the line writes all words large: nothing says there where a name ends ("Wang Says Talks Went Well")."""
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    outside = (*words(document.text, start, span.start), *words(document.text, span.end, end if end >= 0 else None))
    return not any(word.group()[0].islower() and len(word.group()) > 3 for word in outside)


def _near(view: View, rule: Rule, span: Span, titled: Titled) -> Iterator[Finding]:
    text, date = view.document.slice(span), view.document.date
    posts = view.pack.record("offices")
    named = [office for office in titled.offices if posts[office][1] in view.context.countries]
    found: dict[str, tuple[Person, str, Nearness]] = {}
    for office in named or titled.offices:
        for person in (holders(office, view.pack, date) if date else ()) or holders(office, view.pack):
            if kind := nearness(text, person, view.pack):
                found[person.id] = person, office, kind
    if len(found) > 1:  # "Kim Lord Love": of several Kims, the one who holds the office still
        found = {id_: one for id_, one in found.items() if _holds(one[0], one[1], date)}
    if len(found) != 1:
        return
    person, office, kind = next(iter(found.values()))
    severity: Severity = "warning" if named and not person.unverified and _is_one(office, view) else "info"
    why = f"{name_of(office, view.pack)} {tenure(person, office)}"
    yield view.finding(
        rule,
        span,
        rule.message.format(text=text, right=person.name, why=why),
        [Evidence("office", f"{office}: {why}"), Evidence(kind, WHY[kind]), Evidence("entity", person.id)],
        replacements=[printed(person, view.style)],
        severity=severity,
        entity=person.id,
    )


def _holds(person: Person, office: str, date: str) -> bool:
    """Whether the person holds the office at the date, or, without one, still."""
    spans = [h for h in person.offices if f"office/{h.office}" == office]
    return bool(date) or any(not h.until for h in spans)


def _is_one(office: str, view: View) -> bool:
    """Whether one person at a time holds the office: of several, a colleague may bear nearly the same name."""
    rows = sorted((since, until or "9999") for _, since, until in view.pack.record("holders").get(office, []) if since)
    return all(until[:4] <= since[:4] for (_, until), (since, _) in itertools.pairwise(rows))
