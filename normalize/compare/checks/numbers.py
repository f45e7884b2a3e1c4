"""Numbers, their units, weekdays and months that no other text bears out."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.compare.matching import Matching
from normalize.compare.numbers import is_near_share, is_rest, is_rounded, same_amount
from normalize.compare.records import Fact, FactKind, Sentence, Side
from normalize.compare.speech import speech
from normalize.compare.units import may_agree, may_compare, measures, same_quantity, unit_span
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Span

POINTS = "percentage-point"
"""Print says "percent" for these so often that the other text may be the careless one."""
ALIKE = 0.3
"""The share of a sentence's words that must agree in an article before its numbers are held against each other."""
SMALL = 12
"""Up to here a number elsewhere in the other text is a coincidence."""
NEARLY = 0.1
"""How far a number may be from the other's, as a share, where a word says that it is rounded."""


def find(view: Comparison) -> Iterator[Finding]:
    """Numbers changed and added, dates changed."""
    by_factor = _out_by_a_factor(view)
    for sentence in view.rewrite.sentences:
        beside = view.beside(sentence)
        if beside:
            yield from _numbers(view, sentence, beside, by_factor)
            yield from _calendar(view, sentence, beside)


def _numbers(view: Comparison, sentence: Sentence, beside: list[Beside], by_factor: set[Span]) -> Iterator[Finding]:
    here = list(view.rewrite.facts_in([sentence.number], "number"))
    months = list(view.rewrite.facts_in([sentence.number], "month"))
    for fact in here:
        if fact.units:
            yield from _unit(view, fact, beside)
        if fact.weak or any(_bears_out(fact, one) for one in beside) or _stands_elsewhere(fact, view):
            continue
        missing = [
            (one, there)
            for one in beside
            for there in _missing(one, [*here, *months])
            # 100 million yuan are 14 million dollars; which of the rates is right, nothing says
            if may_compare(fact, there) and not _is_converted(there, fact, here)
        ]
        rounded = any(
            is_rounded(fact, there) or _is_hedged(fact, there, sentence, view) or is_near_share(fact, there)
            for _, there in missing
        )
        if rounded:
            continue
        rival = _likest(fact, missing, view, sentence)
        if rival:
            one, there = rival
            right = one.other.slice(there.span)
            unsure = (
                (_figures(fact) == _figures(there) and fact.span in by_factor)
                or (is_rest(fact, there) and not one.across)
                or _is_loose(view, sentence, one, there)
            )
            same_sign = view.rewrite.slice(fact.span)[0].isdigit() == right[0].isdigit() and not one.across
            yield view.finding(
                "NUM101",
                fact.span,
                other=one.other,
                there=one.other.sentences[there.sentence].span,
                right=right,
                replacements=[right] if same_sign else [],
                severity="info" if unsure else None,
            )
        elif sentence.kind != "headline":
            first = beside[0]
            yield view.finding("NUM102", fact.span, other=first.other, there=first.sentences[0].span)


def _unit(view: Comparison, fact: Fact, beside: list[Beside]) -> Iterator[Finding]:
    """The same number of something else: dollars for yuan, weeks for days."""
    for one in beside:
        theirs = one.facts("number")
        same = [there for there in theirs if same_amount(fact, there)]
        if not same or any(may_agree(fact, there) or same_quantity(fact, there) for there in same):
            return
        if not any(measures(fact) & measures(there) for there in same):
            return
        if any(set(fact.units) & set(there.units) or same_quantity(fact, there) for there in theirs):
            return  # the unit is there, with another number: which of the two goes with it, nothing says
    one = beside[0]
    there = next(t for t in one.facts("number") if same_amount(fact, t))
    words, right = (side.slice(_with_unit(side, f)) for side, f in ((view.rewrite, fact), (one.other, there)))
    yield view.finding(
        "NUM104", _with_unit(view.rewrite, fact), other=one.other,
        there=one.other.sentences[there.sentence].span, right=right, why=words,
        severity="info" if POINTS in fact.units else None,
    )  # fmt: skip


def _with_unit(side: Side, fact: Fact) -> Span:
    """A number with the unit that stands beside it."""
    return unit_span(side.document.text, fact.span, speech(side.document.language))


def _out_by_a_factor(view: Comparison) -> set[Span]:
    """Numbers that have the other text's figures on another scale, where there are several in the text.

    One such number is a slip; several are a scale misread throughout, and nothing says on which side.
    """
    found: set[Span] = set()
    for sentence in view.rewrite.sentences:
        theirs = {_figures(there): there for one in view.beside(sentence) for there in one.facts("number")}
        for fact in view.rewrite.facts_in([sentence.number], "number"):
            rival = theirs.get(_figures(fact))
            if len(_figures(fact)) > 1 and rival and not same_amount(fact, rival):
                found.add(fact.span)
    return found if len(found) > 1 else set()


def _bears_out(fact: Fact, beside: Beside) -> bool:
    numbers = beside.facts("number")
    said = any(same_amount(fact, there) for there in (*numbers, *beside.facts("month")))
    return said or any(same_quantity(fact, there) for there in numbers)


def _stands_elsewhere(fact: Fact, view: Comparison) -> bool:
    """Whether another text has a number that is not small in some other sentence."""
    return fact.amount > SMALL and not view.amounts.isdisjoint(fact.values)


def _missing(beside: Beside, here: list[Fact]) -> Iterator[Fact]:
    """The other text's numbers that the rewrite's sentence does not have."""
    for there in beside.facts("number"):
        if not there.weak and not any(same_amount(there, fact) for fact in here):
            yield there


def _is_loose(view: Comparison, sentence: Sentence, one: Beside, there: Fact) -> bool:
    """Whether sentences of two articles share so few words that each may have a number of its own there."""
    if one.across or len(one.other.sentences) == 1:
        return False
    matching, holder = view.matching(sentence, one), one.other.sentences[there.sentence]
    answered = sum(holder.span.start <= matching.right[j].start < holder.span.end for j in matching.near.values())
    return answered < ALIKE * min(len(sentence.words), len(holder.words))


def _is_converted(there: Fact, fact: Fact, here: list[Fact]) -> bool:
    """Whether a number of the other text is here in another unit, and so stands for none of the unit of ``fact``."""
    other_unit = bool(fact.units) and not set(there.units) & set(fact.units)
    return other_unit and any(same_quantity(there, other) for other in here)


def _is_hedged(fact: Fact, there: Fact, sentence: Sentence, view: Comparison) -> bool:
    """Whether "about" or its like stands before a number that is near the other's."""
    before = [w.folded for w in sentence.words if w.start < fact.span.start][-3:]
    near = abs(float(fact.amount - there.amount)) <= float(abs(there.amount)) * NEARLY
    coarser = len(_figures(fact)) < len(_figures(there)) and fact.amount > SMALL
    return near and coarser and any(word in view.said.hedges for word in before)


def _likest(
    fact: Fact, missing: list[tuple[Beside, Fact]], view: Comparison, sentence: Sentence
) -> tuple[Beside, Fact] | None:
    """The missing number that this one stands for: the same figures on another scale, else the one in the same place,
    else the only one that is as large.
    """
    for one, there in missing:
        if _figures(fact) == _figures(there) and len(_figures(fact)) > 1:
            return one, there
    missing = [(one, there) for one, there in missing if _is_year(fact) == _is_year(there)]
    for one, there in missing:
        if not one.across and _is_same_place(fact, there, view.matching(sentence, one)):
            return one, there
    if len({there.value for _, there in missing}) == 1 and _is_as_large(fact, missing[0][1]):
        return missing[0]
    return None


def _figures(fact: Fact) -> str:
    return fact.value.replace(".", "").strip("0")


def _is_year(fact: Fact) -> bool:
    return len(fact.value) == 4 and fact.value.isdigit() and 1800 <= fact.amount <= 2100


def _is_as_large(fact: Fact, there: Fact) -> bool:
    low, high = sorted((abs(fact.amount), abs(there.amount)))
    return low * 10 >= high


def _is_same_place(fact: Fact, there: Fact, matching: Matching) -> bool:
    """Whether the two stand in one slot, or before or behind words that answer each other."""
    at = [i for i, w in enumerate(matching.left) if fact.span.start <= w.start < fact.span.end]
    facing = [j for j, w in enumerate(matching.right) if there.span.start <= w.start < there.span.end]
    if not at or not facing:
        return False
    for slot in matching.slots:
        if at[0] in range(*slot.left) and facing[0] in range(*slot.right):
            return True
    return matching.near.get(at[-1] + 1, -1) == facing[-1] + 1 or matching.exact.get(at[0] - 1, -2) == facing[0] - 1


def _calendar(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    kinds: tuple[FactKind, ...] = ("weekday", "month")
    for kind in kinds:
        here = list(view.rewrite.facts_in([sentence.number], kind))
        theirs = [(one, there) for one in beside for there in one.facts(kind)]
        numbers = [there for one in beside for there in one.facts("number")] if kind == "month" else []
        for fact in here:
            if fact.weak or any(fact.value in there.values for there in [*(t for _, t in theirs), *numbers]):
                continue
            rivals = [
                (one, there)
                for one, there in theirs
                if not there.weak and not any(f.value == there.value for f in here)
            ]
            if rivals:
                one, there = rivals[0]
                right = one.other.slice(there.span)
                yield view.finding(
                    "NUM103",
                    fact.span,
                    other=one.other,
                    there=one.other.sentences[there.sentence].span,
                    right=right,
                    replacements=[] if one.across else [right],
                )
