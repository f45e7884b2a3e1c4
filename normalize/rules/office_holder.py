"""A person under a title of an office that is, or at the story's date was, not theirs."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Person, Resolution, Severity
from normalize.names.offices import Titled, covers, holders, is_qualified, tenure, title_before
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Known people whose title, by the tables' dates, is stale or somebody else's."""
    qualifiers = frozenset(rule.words)
    for resolution in view.resolutions:
        person = view.pack.entity(resolution.best.entity)
        if resolution.verdict != "sure" or resolution.part != "full" or not isinstance(person, Person):
            continue
        titled = title_before(view.document, view.context, resolution.span.start, view.pack)
        if not titled or is_qualified(view.document, titled.cue, qualifiers):
            continue
        if not view.is_in_scope(rule, resolution.span):
            continue
        held = {f"office/{h.office}" for h in person.offices}
        if not held.isdisjoint(titled.offices):
            yield from _stale(view, rule, resolution, person, titled)
        else:
            yield from _wrong(view, rule, resolution, person, titled)


def _stale(view: View, rule: Rule, resolution: Resolution, person: Person, titled: Titled) -> Iterator[Finding]:
    """The person held one of the offices, but not at the story's date; without a date, not any more."""
    date = view.document.date
    held = {f"office/{h.office}" for h in person.offices}
    mine = [office for office in titled.offices if office in held]
    spans = [h for h in person.offices for o in mine if f"office/{h.office}" == o]
    if any(not (h.since or h.until) for h in spans):
        return
    if any(covers(h, date) for h in spans) if date else any(not h.until for h in spans):
        return
    office = mine[0]
    now = holders(office, view.pack, date) if date else []
    when = f"on {date}" if date else "today"
    why = f"{person.name} held it {tenure(person, office)}, not {when}"
    yield _finding(view, rule, resolution, person, office, why, now)


def _wrong(view: View, rule: Rule, resolution: Resolution, person: Person, titled: Titled) -> Iterator[Finding]:
    """The title means one office alone, and at the story's date somebody else is known to have held it."""
    date = view.document.date
    if len(titled.offices) != 1 or not date:
        return
    office = titled.offices[0]
    known = holders(office, view.pack, date)
    if known:
        names = " and ".join(holder.name for holder in known)
        yield _finding(view, rule, resolution, person, office, f"on {date} {names} held it", known)


def _finding(
    view: View, rule: Rule, resolution: Resolution, person: Person, office: str, why: str, holders_: list[Person]
) -> Finding:
    post = view.pack.entity(office)
    checked = not any(entity.unverified for entity in (person, post, *holders_))
    severity: Severity = "warning" if view.document.date and checked else "info"
    evidence = [Evidence("office", f"{office}: {why}"), *(Evidence("entity", p.id) for p in (person, *holders_))]
    return view.finding(
        rule,
        resolution.span,
        rule.message.format(text=person.name, right=post.name, why=why),
        evidence,
        severity=severity,
        entity=person.id,
    )
