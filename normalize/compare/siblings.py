"""A cluster of texts of one story: who deviates from what most of the others say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from normalize.compare.compare import Comparer, settle
from normalize.compare.records import Aligned, Compared, Side
from normalize.model import Evidence, Finding, Span

COPY = 0.5
"""The share of the smaller text's five-word runs from which on two texts are one."""
MOST = 12
"""Other texts that each is held against, the nearest first: enough for a majority, and 200 texts stay affordable."""


def compare_siblings(texts: Sequence[tuple[Side, tuple[Finding, ...]]], comparer: Comparer) -> list[Compared]:
    """Each text held against the others. A majority of independent texts is evidence; copies of one text are one."""
    runs = [_runs(side) for side, _ in texts]
    facts = [{fact.value for fact in side.facts if fact.kind in ("name", "number")} for side, _ in texts]
    return [_deviations(texts, number, _others(number, runs, facts), comparer) for number in range(len(texts))]


def _runs(side: Side) -> set[tuple[str, ...]]:
    """The runs of five words."""
    words = [word.folded for sentence in side.sentences for word in sentence.words]
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def _is_copy(first: set[tuple[str, ...]], second: set[tuple[str, ...]]) -> bool:
    smaller = min(len(first), len(second))
    return bool(smaller) and len(first & second) >= COPY * smaller


def _others(number: int, runs: list[set[tuple[str, ...]]], facts: list[set[str]]) -> list[int]:
    """The texts that share most facts, no copies of this one, and of copies among them only the first."""
    near = sorted(
        (other for other in range(len(runs)) if other != number),
        key=lambda other: (-len(facts[number] & facts[other]), other),
    )
    kept: list[int] = []
    for other in near:
        if len(kept) == MOST:
            break
        if not any(_is_copy(runs[other], runs[seen]) for seen in [number, *kept]):
            kept.append(other)
    return kept


def _deviations(
    texts: Sequence[tuple[Side, tuple[Finding, ...]]], number: int, others: list[int], comparer: Comparer
) -> Compared:
    """What more of the others say otherwise than do not; else what differs is a note."""
    side, own = texts[number]
    by_place: dict[tuple[str, Span], list[Finding]] = defaultdict(list)
    heard: dict[Span, int] = defaultdict(int)
    aligned: list[Aligned] = []
    for other in others:
        sibling = replace(texts[other][0], role="sibling")
        one = comparer.compare((side, ()), [sibling])
        aligned += one.aligned
        for link in one.aligned[0].links if one.aligned[0].same_story else ():
            for i in link.left:
                heard[side.sentences[i].span] += 1
        for finding in one.findings:
            by_place[finding.code, finding.span].append(finding)
    found = [_weigh(findings, _heard(heard, span), len(others)) for (_, span), findings in by_place.items()]
    notes = () if len(others) > 1 else ("fewer than two independent texts to compare with: differences are notes only",)
    return Compared(side, tuple(aligned), tuple(settle([*own, *found])), notes)


def _heard(heard: dict[Span, int], span: Span) -> int:
    """How many others tell what the sentence at ``span`` tells."""
    return max((count for place, count in heard.items() if place.start <= span.start < place.end), default=0)


def _weigh(findings: list[Finding], heard: int, others: int) -> Finding:
    """One finding of several: a warning only with two or more against this text, and more than stand by it."""
    against = len(findings)
    majority = against >= 2 and against > heard - against + 1
    evidence = tuple(e for finding in findings[:3] for e in finding.evidence)
    tally = Evidence("siblings", f"{against} of the {heard or others} other texts that tell this differ here")
    return replace(findings[0], severity=findings[0].severity if majority else "info", evidence=(*evidence, tally))
