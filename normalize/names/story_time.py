"""When a story plays: the years it names, and the words by which a sentence looks back."""

from __future__ import annotations

import datetime

from normalize.model import Document, Holding, Span
from normalize.text.fold import words
from normalize.text.pattern import pattern

_YEAR = pattern(r"(?<![\d.,/-])(?<!by )(?<!until )(?<!for )((?:1[89]|20)\d\d)(?:s|[-–/]\d\d(?:\d\d)?)?(?![\d,]\d)")
_SENTENCE_END = pattern(r"[.!?]['\"”’)]* (?=[\"“‘(]?[^\W\d_a-z])|\n")
GRACE = 7
"""Days after the end of a term in which a story may still give the title: it speaks of a little before."""


def years_in(text: str) -> tuple[str, ...]:
    """The years that a text names.

    >>> years_in("In 1985, as in the 1990s, 2,000 of 2019 came."), years_in("Resolution 2231-2015")
    (('1985', '1990', '2019'), ())
    """
    return tuple(match[1] for match in _YEAR.finditer(text))


def includes_year(holding: Holding, year: str) -> bool:
    """Whether a holding reaches into a year.

    >>> includes_year(Holding("x", "1981-01-20", "1989-01-20"), "1989"), includes_year(Holding("x", "1981"), "1980")
    (True, False)
    """
    return holding.since[:4] <= year and (not holding.until or year <= holding.until[:4])


def ended_just_before(holding: Holding, date: str) -> bool:
    """Whether a term ended within the days of grace before ``date``, both known to the day.

    >>> ended_just_before(Holding("x", "2019", "2024-11-30"), "2024-12-04")
    True
    """
    if len(holding.until) < 10 or len(date) < 10:
        return False
    days = datetime.date.fromisoformat(date[:10]) - datetime.date.fromisoformat(holding.until)
    return 0 <= days.days <= GRACE


def sentence_at(document: Document, span: Span) -> Span:
    """The sentence that holds ``span``."""
    segment = document.segment_at(span)
    whole = segment.span if segment else span
    starts = [match.end() for match in _SENTENCE_END.finditer(document.text, whole.start, span.start)]
    end = _SENTENCE_END.search(document.text, span.end, whole.end)
    return Span(starts[-1] if starts else whole.start, end.start() if end else whole.end)


def looks_back(document: Document, span: Span, history: frozenset[str]) -> str:
    """The word by which the sentence at ``span`` speaks of another time ("recalled", "memoir"), or nothing."""
    sentence = sentence_at(document, span)
    found = (match.group() for match in words(document.text, sentence.start, sentence.end))
    return next((word for word in found if word.lower() in history), "")
