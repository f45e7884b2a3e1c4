"""What a check sees of a comparison, and the one way it makes a finding."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from normalize.compare.align import is_across
from normalize.compare.matching import Matching, match_words
from normalize.compare.records import Aligned, Fact, FactKind, Sentence, Side, Word
from normalize.compare.speech import Speech, speech
from normalize.index.pack import Pack
from normalize.model import Document, Evidence, Finding, Severity, Span
from normalize.tables.records import Rule

FIRM = 0.3
"""Likeness from which on a link proves that two sentences tell the same; below it they may be about the same only."""
WANT_FIRM_LINKS = frozenset(("GRA101", "NAM101", "NEG101", "NEG102", "NUM101", "NUM103", "NUM104"))


@dataclass(frozen=True)
class Beside:
    """The sentences of one other side that are linked to a sentence of the rewrite."""

    other: Side
    numbers: tuple[int, ...]
    across: bool
    """Whether the other side is in another language."""

    @property
    def sentences(self) -> list[Sentence]:
        """Them, in their order."""
        return [self.other.sentences[j] for j in self.numbers]

    @functools.cached_property
    def words(self) -> tuple[Word, ...]:
        """Their words in a row."""
        return tuple(word for sentence in self.sentences for word in sentence.words)

    def sentence_at(self, place: int) -> Span:
        """Where the one of them stands that holds a place of the other side's text."""
        return next(s.span for s in self.sentences if s.span.start <= place < s.span.end)

    def facts(self, kind: FactKind) -> list[Fact]:
        """Their facts of a kind."""
        return list(self.other.facts_in(self.numbers, kind))


@dataclass(frozen=True)
class Comparison:
    """A rewrite held against every other side; sides of another story have been left out."""

    rewrite: Side
    aligned: tuple[Aligned, ...]
    rules: dict[str, Rule]
    pack: Pack | None = None

    @property
    def document(self) -> Document:
        """The rewrite's document."""
        return self.rewrite.document

    @functools.cached_property
    def said(self) -> Speech:
        """What is known of the rewrite's language."""
        return speech(self.document.language)

    @functools.cached_property
    def same_language(self) -> tuple[Side, ...]:
        """The other sides in the rewrite's own language."""
        return tuple(a.other for a in self.aligned if not is_across(self.rewrite, a.other))

    @functools.cached_property
    def _beside(self) -> dict[int, list[Beside]]:
        found: dict[int, list[Beside]] = {sentence.number: [] for sentence in self.rewrite.sentences}
        for aligned in self.aligned:
            across = is_across(self.rewrite, aligned.other)
            for i, numbers in aligned.answers.items():
                found[i].append(Beside(aligned.other, numbers, across))
        return found

    def beside(self, sentence: Sentence) -> list[Beside]:
        """What the other sides have in the place of a sentence; sides without a linked sentence are left out."""
        return self._beside[sentence.number]

    def beside_same(self, sentence: Sentence) -> list[Beside]:
        """The same for sides in the rewrite's own language."""
        return [beside for beside in self.beside(sentence) if not beside.across]

    @functools.cached_property
    def _matchings(self) -> dict[tuple[int, int], Matching]:
        return {}

    def matching(self, sentence: Sentence, beside: Beside) -> Matching:
        """How the words of a sentence answer those beside it."""
        key = (sentence.number, id(beside.other))
        if key not in self._matchings:
            self._matchings[key] = match_words(sentence.words, beside.words, self.said.function_words)
        return self._matchings[key]

    @functools.cached_property
    def amounts(self) -> frozenset[str]:
        """Every number of every other side, with what else it may mean."""
        facts = (fact for aligned in self.aligned for fact in aligned.other.facts_of("number"))
        return frozenset(value for fact in facts for value in fact.values)

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """The folded words and stems of every other side in the rewrite's language."""
        words = (word for side in self.same_language for s in side.sentences for word in s.words)
        return frozenset(form for word in words for form in (word.folded, word.stem))

    @functools.cached_property
    def small_words(self) -> frozenset[str]:
        """The words that some other side in the rewrite's language writes without a capital."""
        words = (word for side in self.same_language for s in side.sentences for word in s.words)
        return frozenset(word.folded for word in words if word.text[0].islower())

    @functools.cached_property
    def _scores(self) -> dict[int, float]:
        """The likeness of each sentence to the best that is linked to it."""
        found: dict[int, float] = {}
        for aligned in self.aligned:
            alone = len(self.rewrite.sentences) == len(aligned.other.sentences) == 1
            for link in aligned.links:
                for i in link.left:
                    found[i] = max(found.get(i, 0.0), 1.0 if alone else link.score)
        return found

    def _firmness(self, span: Span) -> float:
        at = bisect_right(self.rewrite.sentences, span.start, key=lambda sentence: sentence.span.start) - 1
        return self._scores.get(at, 0.0)

    def finding(
        self,
        code: str,
        span: Span,
        *,
        other: Side | None = None,
        there: Span | None = None,
        right: str = "",
        why: str = "",
        evidence: Iterable[Evidence] = (),
        replacements: Iterable[str] = (),
        severity: Severity | None = None,
        confidence: float | None = None,
        entity: str = "",
    ) -> Finding:
        """A finding at ``span``; ``there`` is the place in ``other`` that proves it."""
        rule = self.rules[code]
        if code in WANT_FIRM_LINKS and self._firmness(span) < FIRM:
            severity = "info"
        text = self.document.slice(span)
        quoted = [quote(other, there)] if other and there else []
        return Finding(
            code=code,
            name=rule.name,
            severity=severity or rule.severity,
            confidence=rule.confidence if confidence is None else confidence,
            span=span,
            text=text,
            message=rule.message.format(text=short(text), right=short(right), why=why),
            evidence=(*quoted, *evidence),
            replacements=tuple(replacements),
            safety=rule.safety,
            entity=entity,
            mqm=rule.mqm,
        )


def quote(other: Side, there: Span) -> Evidence:
    """The words of another text as evidence, with their place."""
    detail = f"{other.document.path} {there.start}–{there.end}: “{short(other.slice(there), 160)}”"
    return Evidence(other.role, detail, other.document.path, there)


def short(text: str, length: int = 80) -> str:
    """A text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
