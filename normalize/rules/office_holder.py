"""A person under a title of an office that, at the story's date, was not theirs, or never was."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Office, Person, Resolution, Severity
from normalize.names.offices import Titled, country_of, covers, holders, is_qualified, tenure, title_before
from normalize.names.story_time import ended_just_before, includes_year, looks_back, years_in
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Known people whose title, by the tables' dates, is stale or somebody else's."""
    qualifiers = frozenset(rule.words)
    for resolution in view.resolutions:
        if resolution.verdict != "sure" or resolution.part != "full" or resolution.kind != "person":
            continue
        titled = title_before(view.document, view.context, resolution.span.start, view.pack)
        if not titled or is_qualified(view.document, titled.cue, qualifiers):
            continue
        person = view.pack.entity(resolution.entity)
        if not isinstance(person, Person) or not view.is_in_scope(rule, resolution.span):
            continue
        held = {f"office/{holding.office}" for holding in person.offices}
        judge = _stale if held & set(titled.offices) else _wrong
        for finding in judge(view, rule, resolution, person, titled):
            if not looks_back(view.document, resolution.span, view.context.history):
                yield finding


def _stale(view: View, rule: Rule, resolution: Resolution, person: Person, titled: Titled) -> Iterator[Finding]:
    """The person held one of the offices, but not when the story plays; nothing where nothing dates the story.

    The story's date decides, unless the paragraph names a year of the term; without a date the years of the whole text
    do, and then it is a note.
    """
    date = view.document.date
    mine = [office for office in titled.offices if any(f"office/{h.office}" == office for h in person.offices)]
    spans = [h for h in person.offices for office in mine if f"office/{h.office}" == office]
    if any(not (h.since or h.until) for h in spans):
        return
    segment = view.document.segment_at(resolution.span)
    near = segment.span if segment else resolution.span
    years = years_in(view.document.slice(near) if date else view.document.text)
    if any(includes_year(h, year) for h in spans for year in years):
        return
    if date and any(covers(h, date) or ended_just_before(h, date) for h in spans):
        return
    latest = max(years, default="")  # no story is older than what it tells; how much younger it is, nothing says
    if not date and any(not h.until or h.until[:4] >= latest for h in spans):
        return
    when = f"on {date}" if date else f"in {latest}, the last year that the text names"
    office = mine[0]
    why = f"{person.name} held it {tenure(person, office)}, not {when}"
    now = holders(office, view.pack, date) if date else []
    yield _finding(view, rule, resolution, person, office, why, now, is_dated=bool(date))


def _wrong(view: View, rule: Rule, resolution: Resolution, person: Person, titled: Titled) -> Iterator[Finding]:
    """The title means one office alone, which somebody else is known to have held at the story's date; without a date,
    one that the person is taken for the head of, because they head another body or country.
    """
    if len(titled.offices) != 1:
        return
    office, date = titled.offices[0], view.document.date
    lead = view.context.lead(view.document, resolution.span.start)
    is_said = len(lead.cues) > 1 or len(titled.cue.text.split()) > 2
    if country_of(office, view.pack) != person.country and not is_said:
        return  # "First Lady": the tables know one country's, and the text may mean another's
    if date and (known := holders(office, view.pack, date)):
        names = " and ".join(holder.name for holder in known)
        yield _finding(view, rule, resolution, person, office, f"on {date} {names} held it", known, is_dated=True)
    elif not date and (own := _confused(view, person, office)):
        why = f"{person.name} held another one, {view.pack.entity(own).name} ({tenure(person, own)})"
        yield _finding(view, rule, resolution, person, office, why, [], is_dated=True)


def _confused(view: View, person: Person, office: str) -> str:
    """The person's own office that is called like ``office`` and is another body's or country's, or nothing.

    Only for an office of which several holders are known, so that a gap in the tables is unlikely.
    """
    title = view.pack.entity(office)
    if not isinstance(title, Office) or len(holders(office, view.pack)) < 3:
        return ""
    for holding in person.offices:
        own = view.pack.entity(f"office/{holding.office}")
        if not isinstance(own, Office) or own.name.split(" of ")[0] != title.name.split(" of ")[0]:
            continue
        if holding.since and (own.country, own.body) != (title.country, title.body):
            return own.id
    return ""


def _finding(
    view: View,
    rule: Rule,
    resolution: Resolution,
    person: Person,
    office: str,
    why: str,
    now: list[Person],
    *,
    is_dated: bool,
) -> Finding:
    post = view.pack.entity(office)
    checked = not any(entity.unverified for entity in (person, post, *now))
    severity: Severity = "warning" if is_dated and checked else "info"
    evidence = [Evidence("office", f"{office}: {why}"), *(Evidence("entity", p.id) for p in (person, *now))]
    return view.finding(
        rule,
        resolution.span,
        rule.message.format(text=person.name, right=post.name, why=why),
        evidence,
        severity=severity,
        entity=person.id,
    )
