"""Numbers, months and weekdays of a text as facts that two languages can agree on."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from normalize.compare.records import Fact, FactKind, Sentence, written
from normalize.compare.speech import Speech
from normalize.compare.units import find_units
from normalize.model import Span

_FIGURE = re.compile(r"\d+(?:[.,'’٫٬]\d+|[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]\d{3}(?!\d))*")
_SPACED_FIGURE = re.compile(r"\d+(?:[.,'’]\d+|[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3}(?!\d))*")
_VULGAR = re.compile(r"[ \N{NARROW NO-BREAK SPACE}]?([¼-¾⅐-⅞])")
_RANGE_MARK = re.compile(r"[-–—~～〜]")
_CURRENCY = re.compile(r"[^\W\d_]?[$€£¥]$")
_DECADE = re.compile(r"['’]?s\b")
HALF = Decimal("0.5")
_MINUTES = re.compile(r"\s*[:：]\s?\d\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure, a number word or a scale, on its way to a number."""

    value: Decimal
    start: int
    end: int
    is_scale: bool = False
    weak: bool = False
    is_figure: bool = False
    part: Decimal | None = None
    """What it makes of a number before it: the lower number of a fraction."""
    single: bool = False
    """Whether it does so behind one alone: "one third", but "two thirds"."""
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
        yield _in_range(text, fact, following, speech)


def _in_range(text: str, fact: Fact, following: Fact | None, speech: Speech) -> Fact:
    """The first number of a range, which may borrow the scale of the second: "4 to 6 million"."""
    if following and _is_range(text[fact.span.end : following.span.start], speech):
        power = Decimal(10) ** (len(plain(following.amount)) - 1)
        factors = [Decimal(10) ** n for n in (12, 9, 8, 6, 4, 3, 2)]
        likely = [
            fact.amount * factor
            for factor in factors
            if factor <= power and fact.amount < following.amount / factor * 10 and fact.amount < 1000
        ]
        if likely and fact.amount:
            nearest = min(likely, key=lambda value: max(value / following.amount, following.amount / value))
            return replace(fact, others=(*fact.others, plain(nearest)))
    return fact


def _is_range(between: str, speech: Speech) -> bool:
    """Whether what stands between two numbers makes a range of them, a currency's sign before the second aside."""
    joint = _CURRENCY.sub("", between).strip()
    return bool(_RANGE_MARK.fullmatch(joint)) or (joint if speech.within_words else written(joint)) in speech.ranges


def _pieces(text: str, sentence: Sentence, speech: Speech) -> list[Piece]:
    """Figures, number words and scales, in order; words that name a month or day are none."""
    pattern = _SPACED_FIGURE if " " in speech.grouping else _FIGURE
    found: list[Piece] = []
    for match in pattern.finditer(text, sentence.span.start, sentence.span.end):
        values = read_figure(match.group(), speech)
        if values:
            before = text[match.start() - 1] if match.start() else " "
            attached = before.isalpha() and not speech.within_words and ord(before) < 0x2E80
            coded = (before in "-–" and text[match.start() - 2 : match.start() - 1].isalpha()) or attached
            value, end = values[0], match.end()
            if (vulgar := _VULGAR.match(text, end)) and not values[1:]:  # "5½"
                value, end = value + Decimal(str(unicodedata.numeric(vulgar[1]))), vulgar.end()
            found.append(Piece(value, match.start(), end, weak=coded, is_figure=True, others=values[1:]))
            scale = _short_scales(speech).match(text, end)
            if scale:  # "$5bn"
                found.append(Piece(speech.scales[written(scale.group())], *scale.span(), is_scale=True))
        else:
            for part in re.finditer(r"\d+", match.group()):
                at = match.start() + part.start()
                found.append(Piece(Decimal(part.group()), at, at + len(part.group()), is_figure=True))
    found += _number_words(text, sentence, speech)
    return _with_fractions(text, sorted(found, key=lambda p: p.start), speech)


@functools.cache
def _short_scales(speech: Speech) -> re.Pattern[str]:
    """Scales that print writes right behind a figure."""
    short = sorted((key for key in speech.scales if key.isascii() and len(key) <= 3), key=lambda key: (-len(key), key))
    return re.compile(rf"(?:{'|'.join(short)})\b" if short and not speech.within_words else r"(?!)")


def _number_words(text: str, sentence: Sentence, speech: Speech) -> Iterator[Piece]:
    dated = [span for _, span, _, sure in _dated(text, sentence, speech) if sure]
    words = [word for word in sentence.words if not any(d.start <= word.start < d.end for d in dated)]
    for key, span in speech.find(text, sentence.span, words, "counting"):
        if any(span.overlaps(d) for d in dated):
            continue
        at = (span.start, span.end)
        if key in speech.numbers:
            yield Piece(speech.numbers[key], *at, part=speech.parts.get(key), single=key in speech.single_parts)
        elif key in speech.scales:
            yield Piece(speech.scales[key], *at, is_scale=True)
        elif key in speech.parts:
            part = speech.parts[key]
            yield Piece(round(1 / part, 4), *at, weak=True, part=part, single=key in speech.single_parts)
        else:
            value = speech.weak_numbers[key]
            yield Piece(value, *at, weak=True, others=(100 * value,) if value < 1 else ())


def _with_fractions(text: str, pieces: list[Piece], speech: Speech) -> list[Piece]:
    """The same with fractions put together: "half a (million)", "one and a half", "two thirds", "三分之二"."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is None:
            found.append(piece)
            continue
        between = text[last.end : piece.start]
        if _is_joint(between, speech) and last.weak and last.value < 1 and piece.weak and piece.value == 1:
            found[-1] = replace(last, end=piece.end)  # "half a"
        elif piece.part and _is_part(between, last, piece):
            share = _share(last.value, piece.part, last.start, piece.end)
            if piece.single and piece.value >= 1 and not _is_surely_part(text, between, piece, speech):
                found.append(replace(piece, others=(*piece.others, share.value, *share.others)))  # or a third one
            else:
                found[-1] = share
        elif between == "/" and (mixed := _mixed(text, found, piece)):
            del found[-2:]
            found.append(mixed)
        elif between.strip() in speech.fraction_of and piece.value < last.value:
            found[-1] = _share(piece.value, last.value, last.start, piece.end)
        elif written(between.strip()) in speech.one_in and last.value < piece.value <= 1000:
            share = _share(last.value, piece.value, piece.start, piece.end)
            found.append(replace(piece, others=(*piece.others, share.value, *share.others)))
        elif piece.weak and piece.value == HALF and (whole := _whole(text, found, piece, speech)):
            number, count = whole
            del found[-count:]
            found.append(replace(number, value=number.value + HALF, end=piece.end, weak=False))
        else:
            found.append(piece)
    for at, piece in enumerate(found[:-1]):
        follows = found[at + 1].is_scale and not text[piece.end : found[at + 1].start].strip()
        if follows and piece.weak and piece.value > 1 and not piece.is_figure:
            found[at] = replace(piece, weak=False)
    return found


def _is_part(between: str, last: Piece, piece: Piece) -> bool:
    """Whether a number and the part behind it may be a fraction: "two thirds", "a third"."""
    if last.is_scale or between.strip(" -") or not 0 < last.value < (piece.part or 0):
        return False
    return not piece.single or last.value == 1


def _is_surely_part(text: str, between: str, piece: Piece, speech: Speech) -> bool:
    """Whether an ordinal behind one is a part and no "third one": "one-third", "a third of"."""
    return between == "-" or _word_behind(text, piece.end) in speech.shares


def _mixed(text: str, found: list[Piece], piece: Piece) -> Piece | None:
    """A whole number with a fraction behind it: "2 1/2"."""
    if len(found) < 2 or not all(one.is_figure for one in (*found[-2:], piece)):
        return None
    whole, upper = found[-2:]
    if text[whole.end : upper.start] != " " or not upper.value < piece.value <= 10:
        return None
    return replace(whole, value=whole.value + round(upper.value / piece.value, 4), end=piece.end)


def _share(part: Decimal, whole: Decimal, start: int, end: int) -> Piece:
    """A fraction; what it comes to in a hundred, to so many places, is said of it too."""
    value = part / whole
    places = [*(round(100 * value, n) for n in (0, 1, 2)), Decimal(int(100 * value))]
    return Piece(round(value, 4), start, end, others=tuple(dict.fromkeys(places)))


def _whole(text: str, found: list[Piece], half: Piece, speech: Speech) -> tuple[Piece, int] | None:
    """The number that "and a half" goes with, and how many pieces end there."""
    for count in (1, 2):
        if len(found) < count:
            continue
        number, article = found[-count], found[-1]
        if count == 2 and (article.value != 1 or not article.weak or text[article.end : half.start].strip()):
            continue
        between = text[number.end : article.start if count == 2 else half.start]
        joined = any(word in speech.joints for word in written(between).split())
        if joined and _is_joint(between, speech) and not number.is_scale and number.value >= 1:
            return number, count
    return None


def _is_joint(between: str, speech: Speech) -> bool:
    words = between.replace("-", " ").split()
    return len(between) <= 6 and all(written(word) in speech.joints for word in words)


def _joins(text: str, run: list[Piece], piece: Piece, speech: Speech) -> bool:
    """Whether a piece goes on with the number before it."""
    last, between = run[-1], text[run[-1].end : piece.start]
    if speech.within_words:
        apart = piece.is_figure and not last.is_scale  # "기록한 584억"
        return not between.strip() and not apart and last.value >= HALF
    if not _is_joint(between, speech):
        return False
    if piece.is_scale:  # "m" and "k" are scales only right behind a figure
        short = len(text[piece.start : piece.end]) <= 2
        return not short or (last.is_figure and "-" not in between)
    if last.is_scale:
        if written(text[piece.start : piece.end]) in speech.and_half:
            return True
        return not piece.is_figure and not piece.weak and last.value >= 10
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
    if speech.within_words and len(run) == 1 and not run[0].is_figure and value >= 1:
        weak = True  # a numeral inside a word is often no number at all
    others = [plain(other) for other in run[0].others] if len(run) == 1 else []
    if scaled and len(text[run[-1].start : run[-1].end]) == 1 and not speech.within_words:
        others.append(plain(run[0].value))  # "5 m" may be metres
    behind = _word_behind(text, span.end)
    if behind in speech.centuries and value > 1:
        others.append(plain((value - 1) * 100))
    if 10 <= value <= 90 and value % 10 == 0 and _DECADE.match(text, span.end):
        others += [plain(1900 + value), plain(2000 + value), plain(1800 + value)]
    minutes = _MINUTES.match(text, span.end)
    if value <= 12 and _word_behind(text, minutes.end() if minutes else span.end) in speech.afternoon:
        others.append(plain((value + 12) % 24))
    if 12 <= value <= 24 and (minutes or behind in speech.hours or text[span.end : span.end + 1] in speech.hours):
        others.append(plain(value - 12))
    if len(run) == 1 and 1800 <= value <= 2100 and _word_before(text, span.start) in speech.before:
        others.append(plain(value - 1))  # before 2027 is by the end of 2026
    units = find_units(text, span, speech)
    yield Fact("number", plain(value), span, sentence.number, tuple(others), weak, units)


_BEHIND = re.compile(r"(?:st|nd|rd|th|\.)?[\s\N{NO-BREAK SPACE}-]?([^\W\d_]+(?:\.[^\W\d_](?=\.))?)", re.I)


_BEFORE = re.compile(r"([^\W\d_]+)[\s\N{NO-BREAK SPACE}]$")


def _word_before(text: str, start: int) -> str:
    found = _BEFORE.search(text, max(0, start - 20), start)
    return written(found[1]) if found else ""


def _word_behind(text: str, end: int) -> str:
    """The word behind a place, as language files are asked for it."""
    found = _BEHIND.match(text, end)
    return written(found[1]) if found else ""


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
    for before, piece in zip((None, *run), run, strict=False):
        if before and before.is_scale and piece.value == HALF:  # "2 triệu rưỡi"
            total += HALF * before.value
        elif not piece.is_scale:
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
    for kind, span, value, sure in _dated(text, sentence, speech):
        yield Fact(kind, str(value), span, sentence.number, weak=not sure)


def _dated(text: str, sentence: Sentence, speech: Speech) -> Iterator[tuple[FactKind, Span, int, bool]]:
    """Months and weekdays, where they stand, their numbers, and whether they can be nothing else."""
    words = sentence.words
    for key, span in speech.find(text, sentence.span, words, "weekdays"):
        if speech.language != "en" or text[span.start].isupper():
            last = text[span.start : span.end].split()[-1]
            yield "weekday", span, speech.weekdays[key], key not in speech.unsure_weekdays or last[0].isupper()
    for key, span in speech.find(text, sentence.span, words, "months"):
        if speech.language == "en":
            at = next(n for n, word in enumerate(words) if word.start == span.start)
            beside = [w.written for w in words[max(0, at - 1) : at] + words[at + 1 : at + 2]]
            timed = any(w[0].isdigit() or w in speech.calendar_leads for w in beside)
            if not text[span.start].isupper() or (key in speech.unsure_months and not timed):
                continue
        yield "month", span, speech.months[key], True


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


def is_near_share(first: Fact, second: Fact) -> bool:
    """Whether one number is a fraction in words and the other a percentage near it: such fractions are round.

    >>> third = Fact("number", "0.3333", Span(0, 0), 0, ("33", "33.3"))
    >>> f = lambda v: Fact("number", v, Span(0, 0), 0)
    >>> is_near_share(third, f("30")), is_near_share(third, f("25")), is_near_share(f("35"), third)
    (True, False, True)
    """
    for share, other in ((first, second), (second, first)):
        places = [Decimal(value) for value in share.values if Decimal(value) > 1]
        fraction = any(Decimal(value) < 1 for value in share.values)
        if fraction and any(abs(place - other.amount) <= place / 10 for place in places):
            return True
    return False


def is_rest(first: Fact, second: Fact) -> bool:
    """Whether two shares come to the whole: who says that two thirds did may say that a third did not."""
    mine, theirs = ([Decimal(v) for v in fact.values if 1 < Decimal(v) < 100] for fact in (first, second))
    return any(a + b == 100 for a in mine for b in theirs)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return Decimal(f"{value:.{digits - 1}E}")


__all__ = [
    "evaluate",
    "find_calendar",
    "find_numbers",
    "is_near_share",
    "is_rest",
    "is_rounded",
    "plain",
    "read_figure",
    "same_amount",
]
