"""Bare differences, for a look: words, sentences added, sentences left out."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.compare.facts import is_capital
from normalize.compare.matching import Matching
from normalize.compare.records import Sentence
from normalize.compare.view import Comparison
from normalize.model import Finding, Span


def find(view: Comparison) -> Iterator[Finding]:
    """Notes only: a difference proves nothing."""
    for sentence in view.rewrite.sentences:
        yield from _differing(view, sentence)
        yield from _inserted(view, sentence)
    yield from _added(view)
    yield from _left_out(view)


def _differing(view: Comparison, sentence: Sentence) -> Iterator[Finding]:
    """Runs of words that no linked sentence of any other text answers."""
    beside = view.beside_same(sentence)
    if not beside:
        return
    answered = {i for one in beside for i in view.matching(sentence, one).near}
    run: list[int] = []
    for at, word in enumerate((*sentence.words, None)):
        open_ = word is not None and at not in answered and word.written not in view.said.function_words
        small = word is not None and word.written in view.said.function_words and at not in answered
        if open_ or (run and small):
            run.append(at)
            continue
        while run and sentence.words[run[-1]].written in view.said.function_words:
            run.pop()
        if run:
            span = Span(sentence.words[run[0]].start, sentence.words[run[-1]].end)
            yield view.finding("WRD101", span, other=beside[0].other, there=beside[0].sentences[0].span)
        run = []


def _inserted(view: Comparison, sentence: Sentence) -> Iterator[Finding]:
    """One word more between two that stand side by side in every other text."""
    for at in range(1, len(sentence.words) - 1):
        word = sentence.words[at]
        if word.written in view.said.function_words or is_capital(word) or word.folded[0].isdigit():
            continue
        beside = view.beside_same(sentence)
        if beside and all(_is_between(view.matching(sentence, one), at) for one in beside):
            yield view.finding("ADD102", word.span, other=beside[0].other, there=beside[0].sentences[0].span)


def _is_between(matching: Matching, at: int) -> bool:
    before, behind = matching.exact.get(at - 1), matching.exact.get(at + 1)
    return before is not None and behind == before + 1 and at not in matching.near


def _added(view: Comparison) -> Iterator[Finding]:
    """Sentences that no other text answers."""
    if not view.aligned:
        return
    added = set.intersection(*(set(aligned.added) for aligned in view.aligned))
    for number in sorted(added):
        yield view.finding("ADD101", view.rewrite.sentences[number].span)


def _left_out(view: Comparison) -> Iterator[Finding]:
    """Sentences of the one other text, at the end of the sentence here that is linked to the one before."""
    if len(view.aligned) != 1:
        return
    aligned = view.aligned[0]
    by_right = {j: link.left[-1] for link in aligned.links for j in link.right}
    for number in aligned.omitted:
        sentence = aligned.other.sentences[number]
        before = next((by_right[j] for j in range(number - 1, -1, -1) if j in by_right), None)
        if before is None or not sentence.words:
            continue
        end = view.rewrite.sentences[before].span.end
        last = view.rewrite.sentences[before].words[-1:]
        span = last[0].span if last else Span(end - 1, end)
        yield view.finding(
            "OMI101", span, other=aligned.other, there=sentence.span, right=aligned.other.slice(sentence.span)
        )
