"""A name that no table knows under a title whose holder has nearly that name."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Person, Severity, Span
from normalize.names.house import printed
from normalize.names.offices import Titled, holders, is_qualified, name_of, tenure, title_before
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import fold
from normalize.text.pattern import pattern

_NAME = pattern(r"[A-Z][^\W\d_]+(?:[ -](?:[A-Z][^\W\d_]*\.?|van|von|der|de|bin|al)){1,3}")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Unknown names behind a title that are a syllable or a letter or two away from a holder's."""
    taken = [resolution.span for resolution in view.resolutions]
    qualifiers = frozenset(rule.words)
    for cue in view.context.cues:
        match = _NAME.match(view.document.text, cue.span.end + 1) if cue.offices else None
        span = Span(*match.span()) if match else cue.span
        if not match or any(span.overlaps(other) for other in taken) or not view.is_in_scope(rule, span):
            continue
        titled = title_before(view.document, view.context, span.start, view.pack)
        if titled and not is_qualified(view.document, titled.cue, qualifiers):
            yield from _near(view, rule, span, titled)


def _near(view: View, rule: Rule, span: Span, titled: Titled) -> Iterator[Finding]:
    text, date = view.document.slice(span), view.document.date
    candidates = [(p, o) for o in titled.offices for p in holders(o, view.pack, date) or holders(o, view.pack)]
    near = [(person, office) for person, office in candidates if is_near(text, person.name)]
    if len({person.id for person, _ in near}) != 1:
        return
    person, office = near[0]
    severity: Severity = "warning" if _is_alone(view, person, titled) else "info"
    why = f"{name_of(office, view.pack)} {tenure(person, office)}"
    yield view.finding(
        rule,
        span,
        rule.message.format(text=text, right=person.name, why=why),
        [Evidence("office", f"{office}: {why}"), Evidence("entity", person.id)],
        replacements=[printed(person, view.style)],
        severity=severity,
        entity=person.id,
    )


def _is_alone(view: View, person: Person, titled: Titled) -> bool:
    """Whether the title means one office, which one person alone is known to have held at the story's date."""
    known = holders(titled.offices[0], view.pack, view.document.date)
    return len(titled.offices) == 1 and known == [person] and not person.unverified


def is_near(text: str, name: str) -> bool:
    """Whether two different names of as many words share all words but one, and nearly that where there are only two.

    >>> is_near("Pham Minh Thanh", "Pham Minh Chinh"), is_near("Antony Brinkin", "Antony Blinken")
    (True, True)
    >>> is_near("Wang Wenbin", "Wang Yi"), is_near("John Smith", "Jane Smith"), is_near("Wang Yi", "Wang Yi")
    (False, False, False)
    """
    ours, theirs = fold(text).replace("-", " ").split(), fold(name).replace("-", " ").split()
    if ours == theirs or len(ours) != len(theirs):
        return False
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(differing) > 1:
        return False
    a, b = differing[0]
    return len(ours) > 2 or (len(a) > 4 and len(b) > 4 and _distance(a, b) <= 2)


def _distance(a: str, b: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]
