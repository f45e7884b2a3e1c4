"""Estimates of texts that were compared: sentence by sentence, the model's marks as findings (EST)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from normalize.compare.align import is_across
from normalize.compare.compare import settle
from normalize.compare.neural.lm import trimmed
from normalize.compare.neural.load import BATCH, Estimator
from normalize.compare.neural.records import Estimate, Item, Mark, Tick
from normalize.compare.neural.summary import summarise
from normalize.compare.records import Aligned, Compared, Estimated, Judged, Sentence
from normalize.compare.view import short
from normalize.model import Evidence, Finding, Span
from normalize.tables.records import Rule

ERROR, SURPRISE = "EST101", "EST102"
DEVIATIONS = 3.0
"""Standard deviations above the mean of a text's words from which on one's surprisal is told. A convention, not
measured: no pretrained model was at hand.
"""
FEWEST_WORDS = 20
"""Words below which a text has no mean worth the name."""


class Place(NamedTuple):
    """A sentence that a model can judge."""

    compared: int
    sentence: Sentence
    item: Item


def with_estimates(
    compared: Sequence[Compared],
    estimator: Estimator,
    rules: Mapping[str, Rule],
    *,
    batch: int = BATCH,
    tick: Tick = lambda done, whole: None,
) -> list[Compared]:
    """Each rewrite with what the model says of it. The sentences of all are judged in one go; one is left out where it
    has nothing linked that the model could judge it by, and a note counts those.
    """
    places = [Place(at, *one) for at, rewrite in enumerate(compared) for one in items(rewrite)]
    fit = [place for place in places if not estimator.lacks(place.item)]
    found = estimator.estimate([place.item for place in fit], batch=batch, tick=tick)
    judged: list[list[tuple[Sentence, Estimate]]] = [[] for _ in compared]
    for place, estimate in zip(fit, found, strict=True):
        judged[place.compared].append((place.sentence, estimate))
    lacking = [0] * len(compared)
    for place in places:
        lacking[place.compared] += bool(estimator.lacks(place.item))
    return [_told(one, estimator, rules, mine, left) for one, mine, left in zip(compared, judged, lacking, strict=True)]


def items(compared: Compared) -> Iterable[tuple[Sentence, Item]]:
    """Every sentence of a rewrite that has words, with what is linked to it in the first reference and source."""
    told = [one for one in compared.aligned if one.same_story]
    reference = next((_linked(one) for one in told if not is_across(compared.rewrite, one.other)), {})
    source = next((_linked(one) for one in told if is_across(compared.rewrite, one.other)), {})
    for sentence in compared.rewrite.sentences:
        if sentence.words:
            text = compared.rewrite.slice(sentence.span)
            yield sentence, Item(text, source.get(sentence.number, ""), reference.get(sentence.number, ""))


def _linked(aligned: Aligned) -> dict[int, str]:
    """The words of the other side that are linked to each sentence."""
    numbers: dict[int, set[int]] = {}
    for link in aligned.links:
        for at in link.left:
            numbers.setdefault(at, set()).update(link.right)
    sentences = aligned.other.sentences
    return {
        at: " ".join(aligned.other.slice(sentences[there].span) for there in sorted(right))
        for at, right in numbers.items()
    }


def _told(
    compared: Compared,
    estimator: Estimator,
    rules: Mapping[str, Rule],
    judged: Sequence[tuple[Sentence, Estimate]],
    lacking: int,
) -> Compared:
    notes = list(compared.notes)
    if lacking:
        sides = " and ".join(estimator.model.wants) or " or ".join(estimator.model.one_of)
        notes.append(f"{compared.rewrite.document.path}: {lacking} sentences have no {sides} and were not judged")
    cut = [estimate.cut for _, estimate in judged if estimate.cut]
    if cut:
        notes.append(
            f"{compared.rewrite.document.path}: {len(cut)} sentences did not fit the model's window; {sum(cut)} tokens"
            " were cut"
        )
    if not judged:
        return replace(compared, notes=tuple(notes))
    summary = summarise([estimate for _, estimate in judged], estimator.model.whole)
    sentences = tuple(Judged(sentence.span, estimate.score, estimate.cut) for sentence, estimate in judged)
    estimated = Estimated(
        summary.score, summary.low, summary.high, estimator.model.lower_is_better, estimator.signature, sentences
    )
    marks = [
        Mark(Span(sentence.span.start + mark.span.start, sentence.span.start + mark.span.end), mark.label, mark.weight)
        for sentence, estimate in judged
        for mark in estimate.marks
    ]
    found = findings(compared.rewrite.document.text, marks, rules, estimator.signature)
    return replace(
        compared,
        notes=tuple(notes),
        findings=tuple(settle([*compared.findings, *found])),
        estimates=(*compared.estimates, estimated),
    )


def findings(text: str, marks: Sequence[Mark], rules: Mapping[str, Rule], signature: str) -> list[Finding]:
    """Marks as findings: what a model labels, and words that surprise it far more than the text's others."""
    labelled = [mark for mark in marks if mark.label != "surprisal"]
    weights = [mark.weight for mark in marks if mark.label == "surprisal"]
    found = [(ERROR, mark, f"{mark.label}, {mark.weight:.0%}", mark.weight) for mark in labelled]
    if len(weights) >= FEWEST_WORDS:
        mean = sum(weights) / len(weights)
        deviation = math.sqrt(sum((weight - mean) ** 2 for weight in weights) / len(weights))
        why = f"nats of surprisal, where this text's words have {mean:.1f} ± {deviation:.1f}"
        found += [
            (SURPRISE, mark, f"{mark.weight:.1f} {why}", 0.0)
            for mark in marks
            if mark.label == "surprisal" and mark.weight >= mean + DEVIATIONS * deviation > mean
        ]
    return [
        finding
        for code, mark, why, sure in found
        if code in rules and (finding := _finding(text, mark, rules[code], why, sure, signature))
    ]


def _finding(text: str, mark: Mark, rule: Rule, why: str, sure: float, signature: str) -> Finding | None:
    """None where the mark is on no words."""
    span = trimmed(text, mark.span)
    if span.start >= span.end:
        return None
    words = text[span.start : span.end]
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        confidence=round(sure, 4) or rule.confidence,
        span=span,
        text=words,
        message=rule.message.format(text=short(words), why=why, right=""),
        evidence=(Evidence("model", f"{why} ({signature})"),),
        safety=rule.safety,
        mqm=rule.mqm,
    )
