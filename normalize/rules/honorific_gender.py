"""A courtesy title of the other sex before a known person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Person, Span
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Honorifics that disagree with the gender in the tables."""
    genders = view.pack.record(f"language/{view.document.language}").get("honorific_genders", {})
    for resolution in view.resolutions:
        person = view.pack.entity(resolution.best.entity)
        if resolution.verdict != "sure" or not isinstance(person, Person) or not person.gender:
            continue
        start = resolution.span.start
        match = re.search(r"(?<![^\W\d_])([^\W\d_]+)\.?\s$", view.document.text[max(0, start - 10) : start])
        given = genders.get(match[1].lower()) if match else None
        if not match or not given or given == person.gender or person.unverified:
            continue
        span = Span(max(0, start - 10) + match.start(), resolution.span.end)
        if view.is_in_scope(rule, span):
            right = f"{'Ms.' if person.gender == 'f' else 'Mr.'} {resolution.replacement or resolution.text}"
            yield view.finding(
                rule,
                span,
                rule.message.format(text=view.document.slice(span), right=right, why=""),
                [Evidence("entity", person.id)],
                replacements=[right],
                severity="warning" if resolution.part == "full" else "info",  # "Mrs Merz" may be his wife
                entity=person.id,
            )
