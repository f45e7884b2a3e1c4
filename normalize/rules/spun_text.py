"""Text put through a machine that exchanges words for their neighbours in a thesaurus."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding
from normalize.rules.view import View
from normalize.tables.records import Rule

_LEAST = 3
"""Different phrases that a text must have before it is called spun."""
_RATE = 2.0
"""And how many of them in a thousand words: native English has 0.07 (research of the project, 2026-11-22)."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """One finding at the first phrase, where a text has several that only a spinner writes."""
    spun = [hit for hit in view.renderings if any(form.role in rule.roles for form in hit.forms)]
    phrases = list(dict.fromkeys(view.document.slice(hit.span).casefold() for hit in spun))
    words = len(view.document.text.split())
    if len(phrases) < _LEAST or 1000 * len(spun) / words < _RATE:
        return
    first = next((hit.span for hit in spun if view.is_in_scope(rule, hit.span)), None)
    if first:
        why = ", ".join(f"“{phrase}”" for phrase in phrases[:8])
        message = rule.message.format(text=view.document.slice(first), right="", why=why)
        yield view.finding(rule, first, message, [Evidence("phrases", why)])
