"""The story's own date, as its front matter or the head of the page gives it."""

from __future__ import annotations

from collections.abc import Mapping

from normalize.text.pattern import pattern

_ISO = pattern(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d\d?)\2(\d\d?)(?!\d)")
_MONTH_FIRST = pattern(r"(?<!\w)([^\W\d_]{3,12})\.? (\d\d?)(?:st|nd|rd|th)?,? ((?:19|20)\d\d)(?!\d)")
_DAY_FIRST = pattern(
    r"(?<![\w.])(\d\d?)(?:st|nd|rd|th|\.)? (?:of |de )?([^\W\d_]{3,12})\.?,? (?:de )?((?:19|20)\d\d)(?!\d)"
)
_WORD = pattern(r"[^\W\d_]+")

HEAD_LINES = 12
"""How many lines that hold something may stand before a date at the head of a page."""


def iso_date(value: str) -> str:
    """The ISO day at the start of ``value`` (a time may follow), or "".

    >>> iso_date("2025-07-03T08:00:00Z"), iso_date("soon")
    ('2025-07-03', '')
    """
    found = _ISO.match(value)
    return _day(found[1], found[3], found[4]) if found else ""


def story_date(text: str, months: Mapping[str, int], date_words: frozenset[str] = frozenset()) -> str:
    """The first date that stands as a line of its own (or in the dateline) at the head of ``text``; "" if none.

    A date in running text is not the story's. ``months`` maps lower-case month names and their short forms to
    numbers, ``date_words`` are those that go with a date ("published", "Wednesday").

    >>> story_date("Published 2 July 2025\\n\\nTalks went on.", {"july": 7}, frozenset({"published"}))
    '2025-07-02'
    """
    lines = [line for line in text[:4000].splitlines() if line.strip()][:HEAD_LINES]
    for line in lines:
        for start, end, date in _dates(line[:160], months):
            before, after = line[:start], line[end:160]
            if _is_dateline(before, after) or holds_little_else(f"{before} {after}", date_words):
                return date
    return ""


def _dates(line: str, months: Mapping[str, int]) -> list[tuple[int, int, str]]:
    if "19" not in line and "20" not in line:  # no year
        return []
    found = [(m.start(), m.end(), _day(m[1], m[3], m[4])) for m in _ISO.finditer(line)]
    found += [(m.start(), m.end(), _day(m[3], months.get(m[1].lower(), 0), m[2])) for m in _MONTH_FIRST.finditer(line)]
    found += [(m.start(), m.end(), _day(m[3], months.get(m[2].lower(), 0), m[1])) for m in _DAY_FIRST.finditer(line)]
    return sorted(hit for hit in found if hit[2])


def _day(year: str, month: str | int, day: str) -> str:
    import datetime

    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def names_day(line: str, month_words: frozenset[str]) -> bool:
    """Whether a full date stands in ``line``: an ISO one, or a day and a year beside a word that may be a month."""
    if _ISO.search(line):
        return True
    months = [m[1] for m in _MONTH_FIRST.finditer(line)] + [m[2] for m in _DAY_FIRST.finditer(line)]
    return any(month.lower() in month_words for month in months)


def _is_dateline(before: str, after: str) -> bool:
    """``BRUSSELS, `` before the date, an agency in brackets or a dash after it."""
    place = before.strip(" ,")
    return bool(place) and place.isupper() and after.lstrip(" .,")[:1] in ("(", "/", "-", "–", "—")


def holds_little_else(rest: str, date_words: frozenset[str]) -> bool:
    """Whether what stands beside the date is a time, a site's or a person's name, or words that go with dates."""
    words = [word for word in _WORD.findall(rest) if word.lower() not in date_words]
    return len(words) <= 6 and all(word[0].isupper() for word in words)
