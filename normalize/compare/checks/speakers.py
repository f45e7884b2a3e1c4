"""Quotations that the other text puts into somebody else's mouth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from normalize.compare.checks.names import Known, Name, is_spelling, persons_in
from normalize.compare.checks.quotations import FEWEST, SAME, quoted
from normalize.compare.records import Fact, Sentence, Side
from normalize.compare.speech import speech
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Span

_BEFORE = re.compile(r"[\s\N{NO-BREAK SPACE}]*")
_BEHIND = re.compile(r"[\s\N{NO-BREAK SPACE}]*(?:[^\W\d_]+[’'\s\N{NO-BREAK SPACE}-]+){0,4}")
"""What may stand between a word of saying and the name behind it: a title without a mark."""


def find(view: Comparison) -> Iterator[Finding]:
    """Sayings with another speaker, where both texts name one right beside the word of saying, and know both; a text
    that has the same speaker bears the rewrite out.
    """
    for sentence in view.rewrite.sentences:
        for fact in view.rewrite.facts_in([sentence.number], "quotation"):
            mine = speaker(view.rewrite, fact)
            differing = None
            for one in view.beside(sentence) if mine else ():
                there = _same_saying(view, fact, one)
                theirs = speaker(one.other, there) if there else None
                if not mine or not theirs:
                    continue
                if not _differ(mine, theirs, one):
                    break
                if not differing and Known((one.other,)).has_name(mine):
                    differing = one.other, theirs
            else:
                if mine and differing:
                    side, theirs = differing
                    yield view.finding(
                        "QUO102", mine.fact.span, other=side, there=_sentence(side, theirs.fact).span,
                        right=side.slice(theirs.fact.span),
                    )  # fmt: skip


def _same_saying(view: Comparison, fact: Fact, one: Beside) -> Fact | None:
    """The quotation of the other text that these words are: by its words or, across languages, the only one there."""
    theirs = one.facts("quotation")
    if one.across:
        mine = list(view.rewrite.facts_in([fact.sentence], "quotation"))
        return theirs[0] if len(theirs) == len(mine) == 1 else None
    here = [w.folded for w in quoted(view.rewrite, fact)]
    if len(here) < FEWEST:
        return None
    for there in theirs:
        words = [w.folded for w in quoted(one.other, there)]
        blocks = SequenceMatcher(None, here, words, autojunk=False).get_matching_blocks()
        if sum(block.size for block in blocks) >= SAME * len(here):
            return there
    return None


def speaker(side: Side, fact: Fact) -> Name | None:
    """Who said a quotation: the person named right beside a word of saying that stands outside of every quotation."""
    said = speech(side.document.language)
    holder = _sentence(side, fact)
    spans = [one.span for one in side.facts_in([holder.number], "quotation")]
    names = [name for name in persons_in(side, [holder]) if not _within(name.fact.span, spans)]
    text = side.document.text
    before: dict[Span, Name] = {}
    behind: dict[Span, Name] = {}
    for word, place in said.find(text, holder.span, holder.words, "saying"):
        if _within(place, spans):
            continue
        for name in names:
            span = name.fact.span
            if span.end <= place.start and _BEFORE.fullmatch(text, span.end, place.start):
                before[span] = name
            elif place.end <= span.start and word not in said.addressing:
                between = text[place.end : span.start]
                if _BEHIND.fullmatch(between) and not any(w in said.function_words for w in between.lower().split()):
                    behind[span] = name
    found = before or behind
    return next(iter(found.values())) if len(found) == 1 else None


def _within(span: Span, spans: list[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def _differ(mine: Name, theirs: Name, one: Beside) -> bool:
    """Whether two names are of two persons; across languages, tables must know both."""
    if set(mine.fact.values) & set(theirs.fact.values):
        return False
    if mine.fact.value.startswith("person/") and theirs.fact.value.startswith("person/"):
        return True
    alike = any(is_spelling(a.folded, b.folded) or a.folded == b.folded for a in mine.words for b in theirs.words)
    return not one.across and not alike


def _sentence(side: Side, fact: Fact) -> Sentence:
    return side.sentences[fact.sentence]


__all__ = ["find", "speaker"]
