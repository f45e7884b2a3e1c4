"""Days that no calendar has: 30 February, and a Friday that was a Thursday."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))?(?![\d-])"
_NO_DAY = r"(?! ?(?:[–-] ?\d|:|%|per|km|years?|and \d))(?!\.\d)"
_MONTH_FIRST = rf"{_WEEKDAY}(?<!\w){_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?\b{_NO_DAY}{_YEAR}"
_DAY_FIRST = rf"{_WEEKDAY}(?<![\w.,:-])(?P<day>\d\d?)(?:st|nd|rd|th)? (?:of )?{_MONTH}{_YEAR}"
_COUNTED = r" (?!at\b|in\b|on\b|and\b|or\b|to\b|for\b|when\b|after\b|before\b|until\b|as\b|the\b|by\b|with\b)\w"
"""What shows a number to count something: “in June 31 people died”."""
_DAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SIGNS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Dates of the text that cannot be; a weekday is held against the year that stands with it."""
    for match in _dates(view.document.text):
        why, span = _fault(match), Span(*match.span())
        counts = not match["year"] and re.match(_COUNTED, view.document.text[match.end() : match.end() + 12])
        if why and not counts and view.is_in_scope(rule, span):
            message = rule.message.format(text=match.group(), right="", why=why)
            yield view.finding(rule, span, message, [Evidence("calendar", why)])


def _dates(text: str) -> Iterator[re.Match[str]]:
    if any(sign in text for sign in _SIGNS):
        for shape in (_MONTH_FIRST, _DAY_FIRST):
            yield from re.finditer(shape, text)


def _fault(match: re.Match[str]) -> str:
    """What is wrong with a date, or ""."""
    day, month = int(match["day"]), next(n for n, sign in enumerate(_SIGNS, 1) if match["month"].startswith(sign))
    longest, name = _LONGEST[month - 1], datetime.date(2000, month, 1).strftime("%B")
    if not 1 <= day <= 31:
        return ""  # "May 45 per cent", "March 2025": no day at all
    if day > longest:
        return f"{name} has {longest} days"
    if not match["year"]:
        return ""
    try:
        date = datetime.date(int(match["year"]), month, day)
    except ValueError:
        return f"{match['year']} was no leap year"
    if match["weekday"] and _DAYS[date.weekday()] != match["weekday"]:
        return f"{day} {name} {date.year} is a {_DAYS[date.weekday()]}day"
    return ""
