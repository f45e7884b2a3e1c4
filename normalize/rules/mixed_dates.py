"""Dates in two styles in one text: “February 10” here, “10 February” there."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.calendar_dates import Date, dates
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_FIGURES = pattern(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?![\w/-])")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Every date of the prose that is not in the style of the first one."""
    found = [(date.start, date.end, _style(date)) for date in dates(view.document.text)]
    for match in _FIGURES.finditer(view.document.text):
        if not view.document.text[max(0, match.start() - 1) : match.start()].strip(" ("):
            found.append((match.start(), match.end(), "figures"))
    spans = [(Span(start, end), style) for start, end, style in sorted(found)]
    spans = [(span, style) for span, style in spans if view.is_in_scope(rule, span)]
    for span, style in spans:
        if style != spans[0][1]:
            why = f"the text has “{view.document.slice(spans[0][0])}” before"
            message = rule.message.format(text=view.document.slice(span), right="", why=why)
            yield view.finding(rule, span, message, [Evidence("style", f"{style}; {why}")])


def _style(date: Date) -> str:
    if not date.month_first:
        return "number and month"
    return "month and ordinal" if date.ordinal else "month and number"
