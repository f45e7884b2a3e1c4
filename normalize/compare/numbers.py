"""Numbers, months and weekdays of a text as facts that two languages can agree on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from normalize.compare.records import Fact, Sentence, Word
from normalize.compare.speech import Speech
from normalize.model import Span

_FIGURE = re.compile(r"\d+(?:[.,'’٫٬]\d+|[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]\d{3}(?!\d))*")
_SPACED_FIGURE = re.compile(r"\d+(?:[.,'’]\d+|[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3}(?!\d))*")
_WORD = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(r"(?:bn|tn|trn|mn|mln|m|k)\b")
_JOINT = re.compile(r"(?:[\s\N{NO-BREAK SPACE}-]|\band\b)*")
_RANGE = re.compile(r"\s*(?:to|and|or|[-–—~至到])\s*(?:[^\W\d_]?[$€£¥])?")
_CENTURY = re.compile(r"(?:st|nd|rd|th)?[ -]century", re.I)
_DECADE = re.compile(r"['’]?s\b")
_BASIS_POINTS = re.compile(r"\s*(?:basis[ -]points?|bps?\b|Basispunkt|个基点|個基點|bp)", re.I)
_AFTERNOON = re.compile(r"(?:[:.]\d\d)?\s*(?:p\.?m\b|pm\b)", re.I)
_OCLOCK = re.compile(r"\s*[:：]\s?\d\d|(?:\s*(?:Uhr|heures|h\b|hod|часов|часа|点|點|時|时))")


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure, a number word or a scale, on its way to a number."""

    value: Decimal
    start: int
    end: int
    is_scale: bool = False
    weak: bool = False
    is_figure: bool = False
    others: tuple[Decimal, ...] = ()


def plain(value: Decimal) -> str:
    """A decimal without exponent and trailing zeros.

    >>> plain(Decimal("1.20E+3")), plain(Decimal("0.50"))
    ('1200', '0.5')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_figure(text: str, speech: Speech) -> tuple[Decimal, ...]:
    """What a figure may mean, the likeliest first; nothing for what is no number ("2.4.2019").

    >>> from normalize.compare.speech import speech
    >>> [str(read_figure(t, speech("en"))[0]) for t in ("14,2", "1,234.5", "12,000")]
    ['14.2', '1234.5', '12000']
    >>> [str(read_figure(t, speech("de"))[0]) for t in ("14,2", "1.234,5", "12.000")]
    ['14.2', '1234.5', '12000']
    """
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    text = re.sub(r"[\s'’٬]", "", text).replace("٫", ".")
    signs = [c for c in text if c in ".,"]
    try:
        if not signs:
            return (Decimal(text),)
        if len(set(signs)) == 2:
            mark = signs[-1]
            if signs.count(mark) > 1:
                return ()
            other = "," if mark == "." else "."
            return (Decimal(text.replace(other, "").replace(mark, ".")),)
        mark = signs[0]
        groups = text.split(mark)
        grouped = all(len(group) == 3 for group in groups[1:]) or (
            mark == "," and len(groups) > 2 and len(groups[-1]) == 3 and all(len(g) == 2 for g in groups[1:-1])
        )
        if len(signs) > 1:
            return (Decimal("".join(groups)),) if grouped and len(groups[0]) <= 3 else ()
        as_group, as_decimal = Decimal("".join(groups)), Decimal(".".join(groups))
        if grouped and len(groups[0]) <= 3 and groups[0] != "0":
            return (as_group, as_decimal) if mark != speech.decimal else (as_decimal, as_group)
        return (as_decimal,)
    except InvalidOperation:
        return ()


def find_numbers(text: str, sentence: Sentence, speech: Speech) -> Iterator[Fact]:
    """The numbers of a sentence, each with its scale: "14.2 billion", "1亿4000万", "three lakh"."""
    found: list[Fact] = []
    run: list[Piece] = []
    for piece in _pieces(text, sentence, speech):
        if run and not _joins(text, run, piece, speech):
            found += _number(text, run, sentence, speech)
            run = []
        run.append(piece)
    if run:
        found += _number(text, run, sentence, speech)
    for fact, following in zip(found, [*found[1:], None], strict=False):
        yield _in_range(text, fact, following)


def _in_range(text: str, fact: Fact, following: Fact | None) -> Fact:
    """The first number of a range, which may borrow the scale of the second: "4 to 6 million"."""
    if following and _RANGE.fullmatch(text[fact.span.end : following.span.start]):
        power = Decimal(10) ** (len(plain(following.amount)) - 1)
        for factor in (Decimal(10) ** n for n in (12, 9, 8, 6, 4, 3, 2)):
            if factor <= power and fact.amount < following.amount / factor * 10 and fact.amount < 1000:
                return replace(fact, others=(*fact.others, plain(fact.amount * factor)))
    return fact


def _pieces(text: str, sentence: Sentence, speech: Speech) -> Iterator[Piece]:
    pattern = _SPACED_FIGURE if " " in speech.grouping else _FIGURE
    found: list[Piece] = []
    for match in pattern.finditer(text, sentence.span.start, sentence.span.end):
        values = read_figure(match.group(), speech)
        if values:
            before = text[match.start() - 1] if match.start() else " "
            attached = before.isalpha() and not speech.within_words and ord(before) < 0x2E80
            coded = (before in "-–" and text[match.start() - 2 : match.start() - 1].isalpha()) or attached
            found.append(Piece(values[0], *match.span(), weak=coded, is_figure=True, others=values[1:]))
            unit = _UNIT.match(text, match.end())
            if unit and unit.group() in speech.scales:  # "$5bn"
                found.append(Piece(speech.scales[unit.group()], *unit.span(), is_scale=True))
        else:
            for part in re.finditer(r"\d+", match.group()):
                at = match.start() + part.start()
                found.append(Piece(Decimal(part.group()), at, at + len(part.group()), is_figure=True))
    if speech.within_words:
        found += _signs(text, sentence.span, speech)
    found += _number_words(sentence.words, speech)
    return iter(sorted(found, key=lambda p: p.start))


def _number_words(words: tuple[Word, ...], speech: Speech) -> Iterator[Piece]:
    for word in words:
        key = word.folded.rstrip(".")
        if key[:1].isdigit() or (speech.within_words and len(key) == 1):
            continue
        if key in speech.numbers:
            yield Piece(speech.numbers[key], word.start, word.end)
        elif key in speech.scales:
            yield Piece(speech.scales[key], word.start, word.end, is_scale=True)
        elif key in speech.weak_numbers:
            yield Piece(speech.weak_numbers[key], word.start, word.end, weak=True)


def _signs(text: str, span: Span, speech: Speech) -> Iterator[Piece]:
    """Numerals that are single characters."""
    for at in range(span.start, span.end):
        sign = text[at]
        if sign in speech.scales:
            yield Piece(speech.scales[sign], at, at + 1, is_scale=True)
        elif sign in speech.numbers:
            yield Piece(speech.numbers[sign], at, at + 1)
        elif sign in speech.weak_numbers:
            yield Piece(speech.weak_numbers[sign], at, at + 1, weak=True)


def _joins(text: str, run: list[Piece], piece: Piece, speech: Speech) -> bool:
    """Whether a piece goes on with the number before it."""
    between = text[run[-1].end : piece.start]
    if speech.within_words:
        return not between.strip() and not (run[-1].is_figure and piece.is_figure)
    if not _JOINT.fullmatch(between) or len(between) > 5:
        return False
    if piece.is_scale:  # "m" and "k" are scales only right behind a figure
        short = len(text[piece.start : piece.end]) <= 2
        return not short or (run[-1].is_figure and "-" not in between)
    last = run[-1]
    if last.is_scale:
        return not piece.is_figure and not piece.weak and last.value >= 100
    return not last.is_figure and not piece.is_figure and 20 <= last.value <= 90 and 0 < piece.value < 10


def _number(text: str, run: list[Piece], sentence: Sentence, speech: Speech) -> Iterator[Fact]:
    """The fact that a run of pieces makes; a scale alone ("millions of") is weak."""
    span = Span(run[0].start, run[-1].end)
    if run[0].is_scale and len(run) == 1:
        if not speech.within_words and len(text[span.start : span.end]) > 2:
            yield Fact("number", plain(run[0].value), span, sentence.number, weak=True)
        return
    value = evaluate(run, Decimal(10000) if speech.within_words else Decimal(1000))
    scaled = any(piece.is_scale for piece in run)
    weak = all(piece.weak for piece in run if not piece.is_scale) and (not scaled or run[0].is_figure)
    if speech.within_words and len(run) == 1 and not run[0].is_figure:
        weak = True  # a numeral inside a word is often no number at all
    others = [plain(other) for piece in run for other in piece.others] if len(run) == 1 else []
    if scaled and len(text[run[-1].start : run[-1].end]) == 1 and not speech.within_words:
        others.append(plain(run[0].value))  # "5 m" may be metres
    if _CENTURY.match(text, span.end) and value > 1:
        others.append(plain((value - 1) * 100))
    if _BASIS_POINTS.match(text, span.end):
        others.append(plain(value / 100))
    if 10 <= value <= 90 and value % 10 == 0 and _DECADE.match(text, span.end):
        others += [plain(1900 + value), plain(2000 + value), plain(1800 + value)]
    if value <= 12 and _AFTERNOON.match(text, span.end):
        others.append(plain((value + 12) % 24))
    if 12 <= value <= 24 and _OCLOCK.match(text, span.end):
        others.append(plain(value - 12))
    yield Fact("number", plain(value), span, sentence.number, tuple(others), weak)


def evaluate(run: list[Piece], big: Decimal) -> Decimal:
    """What numbers and scales in a row come to; scales from ``big`` on close a section.

    >>> p = lambda v, scale=False: Piece(Decimal(v), 0, 0, scale)
    >>> str(evaluate([p(2), p(100, True), p(50), p(1000, True)], Decimal(1000)))
    '250000'
    >>> str(evaluate([p(1), p(10**8, True), p(4), p(1000, True), p(10**4, True)], Decimal(10000)))
    '140000000'
    """
    total = section = Decimal(0)
    current: Decimal | None = None
    last_big: Decimal | None = None
    for piece in run:
        if not piece.is_scale:
            digits = current is not None and current < 10**9 and 0 <= piece.value < 10 and current != 0
            if current is not None and digits and current % 10 == 0 and current >= 20:
                current += piece.value
            else:
                current = piece.value if current is None else current * 10 + piece.value
        elif piece.value < big:
            section += (Decimal(1) if current is None else current) * piece.value
            current = None
        else:
            inner = section + (current or 0)
            if last_big is not None and piece.value > last_big:
                total = (total + inner) * piece.value
            else:
                total += (inner or Decimal(1)) * piece.value
            section, current, last_big = Decimal(0), None, piece.value
    return total + section + (current or 0)


def find_calendar(text: str, sentence: Sentence, speech: Speech) -> Iterator[Fact]:
    """Months and weekdays; where English writes them, in capitals only, and "May" and "March" only beside a figure or
    a word that leads to a time.
    """
    words = sentence.words
    for at, word in enumerate(words):
        if word.folded in speech.weekdays and (speech.language != "en" or word.text[0].isupper()):
            yield Fact("weekday", str(speech.weekdays[word.folded]), word.span, sentence.number)
        month = speech.months.get(word.folded)
        if not month:
            continue
        if speech.language == "en":
            beside = [w.folded for w in words[max(0, at - 1) : at] + words[at + 1 : at + 2]]
            timed = any(w[0].isdigit() or w in speech.calendar_leads for w in beside)
            if not word.text[0].isupper() or (word.folded in speech.unsure_months and not timed):
                continue
        yield Fact("month", str(month), word.span, sentence.number)


def same_amount(first: Fact, second: Fact) -> bool:
    """Whether two numbers may be the same: a value in common."""
    return any(value in second.values for value in first.values)


def is_rounded(fact: Fact, exact: Fact) -> bool:
    """Whether a number is the other rounded to two figures or more; years are not rounded.

    >>> f = lambda v: Fact("number", v, Span(0, 0), 0)
    >>> is_rounded(f("14000000000"), f("14200000000")), is_rounded(f("330"), f("340")), is_rounded(f("2010"), f("2012"))
    (True, False, False)
    """
    digits, longer = (len(one.value.replace(".", "").strip("0")) for one in (fact, exact))
    is_year = 1000 <= exact.amount <= 2100 and "." not in exact.value
    return digits >= 2 and longer > digits and not is_year and _rounded(exact.amount, digits) == fact.amount


def _rounded(value: Decimal, digits: int) -> Decimal:
    return Decimal(f"{value:.{digits - 1}E}")


__all__ = ["evaluate", "find_calendar", "find_numbers", "is_rounded", "plain", "read_figure", "same_amount"]
