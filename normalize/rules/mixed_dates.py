"""Dates in two styles in one text, “February 10” here, “10 February” there, or in another order than the house's."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.calendar_dates import Date, dates
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_FIGURES = pattern(r"(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?![\w/-])")
HOUSES = {"day-first": "number and month", "month-first": "month and number"}
EXAMPLES = {"number and month": "“3 July”", "month and number": "“July 3”"}


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Every date of the prose that is not in the house's style, or in that of the first one where it has none."""
    found = [(date.start, date.end, _style(date)) for date in dates(view.document.text)]
    for match in _FIGURES.finditer(view.document.text):
        if not view.document.text[max(0, match.start() - 1) : match.start()].strip(" ("):
            found.append((match.start(), match.end(), "figures"))
    spans = [(Span(start, end), style) for start, end, style in sorted(found)]
    spans = [(span, style) for span, style in spans if view.is_in_scope(rule, span)]
    if not spans:
        return
    house = HOUSES.get(view.style.dates, "")
    wanted = house or spans[0][1]
    is_mixed = any(style == wanted for _, style in spans)
    for span, style in spans:
        if style == wanted or (not is_mixed and _keeps_order(style, wanted)):
            continue
        why = f"the text has “{view.document.slice(spans[0][0])}” before"
        if house:
            why = f"the style “{view.style.id}” prints {EXAMPLES[house]}"
        message = rule.message.format(text=view.document.slice(span), right="", why=why)
        yield view.finding(rule, span, message, [Evidence("style", f"{style}; {why}")])


def _keeps_order(style: str, house: str) -> bool:
    """Whether a date that is not written as the house does has no other order of day and month."""
    return style == "figures" or style.split()[0] == house.split()[0]


def _style(date: Date) -> str:
    if not date.month_first:
        return "number and month"
    return "month and ordinal" if date.ordinal else "month and number"
