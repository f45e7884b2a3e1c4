"""Dates in two styles in one text: “February 10” here, “10 February” there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_STYLES = {
    "month and number": rf"(?<!\w){_MONTH} \d\d?(?![\dsnrt:–-])",
    "month and ordinal": rf"(?<!\w){_MONTH} \d\d?(?:st|nd|rd|th)\b",
    "number and month": rf"(?<![\w.])\d\d? {_MONTH}(?!\w)",
    "figures": r"(?<![\w./-])(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?![\w/-])",
}


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Every date of the prose that is not in the style of the first one."""
    found: list[tuple[int, int, str]] = []
    for style, shape in _STYLES.items():
        found += [(m.start(), m.end(), style) for m in re.finditer(shape, view.document.text)]
    spans = [(Span(start, end), style) for start, end, style in sorted(found)]
    spans = [(span, style) for span, style in spans if view.is_in_scope(rule, span)]
    for span, style in spans:
        if style != spans[0][1]:
            why = f"the text has “{view.document.slice(spans[0][0])}” before"
            message = rule.message.format(text=view.document.slice(span), right="", why=why)
            yield view.finding(rule, span, message, [Evidence("style", f"{style}; {why}")])
