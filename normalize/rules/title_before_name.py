"""A title in another language's order before a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Person, Place, Span
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import key
from normalize.text.pattern import pattern

_REACH = 90
"""How far left of a name a title may begin, in code points."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Matches of the rule's pattern that end at a known person's full name.

    The pattern names the groups ``title`` and ``place``; the place's adjective goes before the title.
    """
    before = pattern(rule.pattern + r"\s$")
    for resolution in view.resolutions:
        person = view.pack.entity(resolution.best.entity)
        if resolution.part != "full" or resolution.verdict != "sure" or not isinstance(person, Person):
            continue
        first = max(0, resolution.span.start - _REACH)
        near = view.document.text[first : resolution.span.start]
        if rule.needs and not any(needed in near for needed in rule.needs):
            continue
        match = before.search(view.document.text, first, resolution.span.start)
        span = Span(match.start(), resolution.span.end) if match else resolution.span
        if not match or not view.is_in_scope(rule, span) or not (adjective := _adjective(view, match)):
            continue
        right = f"{adjective} {match['title']} {resolution.replacement or resolution.text}"
        yield view.finding(
            rule,
            span,
            rule.message.format(text=view.document.slice(span), right=right, why=""),
            [Evidence("entity", person.id), Evidence("title", rule.what)],
            replacements=[right],
            entity=person.id,
        )


def _adjective(view: View, match: re.Match[str]) -> str:
    """The adjective of the place in the match, if a table has it."""
    owners = (
        view.pack.entity(form.owner) for form in view.pack.forms(key(match["place"])) if form.role in ("name", "alias")
    )
    return next((owner.adjective for owner in owners if isinstance(owner, Place)), "")
