"""Quotations whose words differ a little from those the other text quotes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from normalize.compare.records import Fact, Side, Word
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Severity, Span

SAME = 0.72
"""The share of its words, in order, that a quotation must have in common with another to be held for the same."""
FEWEST = 3
"""Words below which a quotation is a label, not a saying."""
LONGEST = 12
"""Sentences of one quotation that are looked at."""
VERBATIM = 10
"""Quoted words that must stand in both texts before one is taken to copy its quotations from where the other does."""


def find(view: Comparison) -> Iterator[Finding]:
    """Quotations that drifted. Where some other text quotes the very words, nothing is said.

    Two translators never quote a foreigner in the same words. It is a warning, then, only where the texts share the
    words of some other quotation, or where words are left out and all that stays is the other text's.
    """
    pairs = [
        (sentence, fact, words)
        for sentence in view.rewrite.sentences
        for fact in view.rewrite.facts_in([sentence.number], "quotation")
        if len(words := quoted(view.rewrite, fact)) >= FEWEST
    ]
    theirs = [
        f" {' '.join(w.folded for w in quoted(side, fact))} "
        for side in view.same_language
        for fact in side.facts_of("quotation")
    ]
    said = [f" {' '.join(w.folded for w in words)} " for _, _, words in pairs]
    verbatim = {mine for mine in said if any(mine in other for other in theirs)}
    shared = sum(len(mine.split()) for mine in verbatim) >= VERBATIM
    for sentence, fact, words in pairs:
        beside = view.beside_same(sentence)
        if beside:
            yield from _drift(view, fact, words, beside, shared)


def quoted(side: Side, fact: Fact) -> list[Word]:
    """The words between the marks."""
    near = side.sentences[fact.sentence : fact.sentence + LONGEST]
    return [w for s in near for w in s.words if fact.span.start <= w.start and w.end <= fact.span.end]


def _drift(view: Comparison, fact: Fact, words: list[Word], beside: list[Beside], shared: bool) -> Iterator[Finding]:
    here = [w.folded for w in words]
    near: list[tuple[float, Beside, Fact]] = []
    for one in beside:
        for there in one.facts("quotation"):
            theirs = [w.folded for w in quoted(one.other, there)]
            if f" {' '.join(here)} " in f" {' '.join(theirs)} ":
                return
            blocks = SequenceMatcher(None, here, theirs, autojunk=False).get_matching_blocks()
            share = sum(block.size for block in blocks) / len(here)
            if share >= SAME and len(theirs) >= FEWEST:
                near.append((share, one, there))
    if near:
        _, one, there = max(near, key=lambda found: found[0])
        yield from _changes(view, words, one, there, shared)


def _changes(view: Comparison, words: list[Word], one: Beside, there: Fact, shared: bool) -> Iterator[Finding]:
    """The words that are others, and the places where words are missing, each a finding."""
    theirs = quoted(one.other, there)
    matcher = SequenceMatcher(None, [w.folded for w in words], [w.folded for w in theirs], autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    inside = [step for step in steps if step[0] != "insert" or step[1] not in (0, len(words))]
    shortened = all(step[0] == "insert" for step in inside) and "…" not in view.rewrite.slice(_around(words))
    for tag, i1, i2, j1, j2 in inside:
        if tag == "insert":
            first, last, j1, j2 = words[i1 - 1], words[i1], j1 - 1, j2 + 1
        else:
            first, last = words[i1], words[i2 - 1]
        right = one.other.slice(_around(theirs[j1:j2])) if j2 > j1 else "–"
        severity: Severity = "warning" if shared or shortened else "info"
        yield view.finding(
            "QUO101",
            Span(first.start, last.end),
            other=one.other,
            there=there.span,
            right=right,
            severity=severity,
        )


def _around(words: list[Word]) -> Span:
    return Span(words[0].start, words[-1].end)
