"""A fault that a pattern sees: spaces inside quotation marks, escaped markup, doubled marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Matches of the rule's pattern; a group named ``fault`` is the span, else the whole match."""
    text = view.document.text
    if rule.needs and not any(needed in text for needed in rule.needs):
        return
    pattern = re.compile(rule.pattern)
    for match in pattern.finditer(text):
        span = Span(*match.span("fault" if "fault" in pattern.groupindex else 0))
        found = view.document.slice(span)
        if found.casefold() in rule.allowed or not view.is_in_scope(rule, span):
            continue
        right = match.expand(rule.replace)
        message = rule.message.format(text=found, right=right, why="")
        replacements = [] if rule.safety == "show" else [right]
        yield view.finding(rule, span, message, [Evidence("pattern", rule.what)], replacements=replacements)
