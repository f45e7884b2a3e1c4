"""The days named in a text by month and number, which every rule about dates asks for."""

from __future__ import annotations

import functools

from normalize.record import Record
from normalize.text.pattern import pattern

SIGNS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = pattern(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b(?P<dot>\.?)"
    r"(?: (?P<day>\d\d?)(?!\d|[,.]\d|-[^\W\d_])(?P<ordinal>st\b|nd\b|rd\b|th\b)?(?!\w))?"
)
_DAY_BEFORE = pattern(r"(?<![\w.,:-])(?P<day>\d\d?)(?P<ordinal>st|nd|rd|th)? (?:of )?$")


class Date(Record):
    """Where a day stands, from its first to its last word, and how it is written."""

    start: int
    end: int
    month: int
    day: int
    month_first: bool
    ordinal: bool


@functools.lru_cache(maxsize=2)
def dates(text: str) -> tuple[Date, ...]:
    """The days of ``text``, in order.

    >>> [(date.month, date.day, date.month_first) for date in dates("On May 3, 2025, or 4 July; Mayor 5 Marsh left.")]
    [(5, 3, True), (7, 4, False)]
    >>> dates("In June 31,000 came, in May 30-year bonds rose.")
    ()
    """
    found: list[Date] = []
    for month, sign in enumerate(SIGNS, 1):
        at = text.find(sign)
        while at >= 0:
            if not text[max(0, at - 1) : at].isalnum() and (match := _MONTH.match(text, at)):
                before = _DAY_BEFORE.search(text, max(0, at - 10), at)
                if before:
                    end = match.start("day") - 1 if match["day"] else match.end()
                    found.append(Date(before.start(), end, month, int(before["day"]), False, bool(before["ordinal"])))
                elif match["day"]:
                    found.append(Date(at, match.end(), month, int(match["day"]), True, bool(match["ordinal"])))
            at = text.find(sign, at + 1)
    return tuple(sorted(found, key=lambda date: date.start))
