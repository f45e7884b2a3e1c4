"""Days that no calendar has: 30 February, and a Friday that was a Thursday."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.calendar_dates import dates
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_WEEKDAY = pattern(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?$")
_YEAR = pattern(r",? ((?:19|20)\d\d)(?![\d-])")
_COUNTED = pattern(
    r" (?!at\b|in\b|on\b|and\b|or\b|to\b|for\b|when\b|after\b|before\b|until\b|as\b|the\b|by\b|with\b)\w"
)
"""What shows a number to count something: “in June 31 people died”."""
_NO_DAY = pattern(r" ?(?:[–-] ?\d|:|%|per|km|years?|and \d|to \d)|, \d\d?(?!\d)|\.\d|\d")
_DAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Dates of the text that cannot be; a weekday is held against the year that stands with it."""
    text = view.document.text
    for date in dates(text):
        before = _WEEKDAY.search(text, max(0, date.start - 16), date.start)
        behind = _YEAR.match(text, date.end)
        start, end = before.start() if before else date.start, behind.end() if behind else date.end
        if not behind and (_NO_DAY.match(text, date.end) or (date.month_first and _COUNTED.match(text, date.end))):
            continue
        why = _fault(date.day, date.month, int(behind[1]) if behind else 0, before[1] if before else "")
        span = Span(start, end)
        if why and view.is_in_scope(rule, span):
            message = rule.message.format(text=text[start:end], right="", why=why)
            yield view.finding(rule, span, message, [Evidence("calendar", why)])


def _fault(day: int, month: int, year: int, weekday: str) -> str:
    """What is wrong with a date, or ""."""
    if not 1 <= day <= 31:
        return ""  # "May 45 per cent": no day at all
    name = datetime.date(2000, month, 1).strftime("%B")
    if day > _LONGEST[month - 1]:
        return f"{name} has {_LONGEST[month - 1]} days"
    if not year:
        return ""
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return f"{year} was no leap year"
    if weekday and _DAYS[date.weekday()] != weekday:
        return f"{day} {name} {year} is a {_DAYS[date.weekday()]}day"
    return ""
