"""The HTML code of a character that stands in a text which is no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Matches of the rule's pattern, with the character they stand for."""
    if "&" not in view.document.text:
        return
    text = view.document.text.casefold()
    if any(word in text for word in rule.words):  # a text about markup
        return
    import html

    for match in re.finditer(rule.pattern, view.document.text):
        span, right = Span(*match.span()), html.unescape(match.group())
        if view.is_in_scope(rule, span):
            message = rule.message.format(text=match.group(), right=right, why="")
            yield view.finding(rule, span, message, [Evidence("pattern", rule.what)], replacements=[right])
