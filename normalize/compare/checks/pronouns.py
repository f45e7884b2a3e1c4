"""Pronouns whose form or gender the other text contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.compare.records import Sentence
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding


def find(view: Comparison) -> Iterator[Finding]:
    """He for she, and him for his."""
    for sentence in view.rewrite.sentences:
        beside = view.beside_same(sentence)
        if beside:
            yield from _genders(view, sentence, beside)
            yield from _forms(view, sentence, beside)


def _genders(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """The other texts have one gender alone, and this sentence the other alone."""
    here = {word.folded for word in sentence.words}
    there = {word.folded for one in beside for word in one.words}
    said = view.said
    for mine, other in ((said.feminine, said.masculine), (said.masculine, said.feminine)):
        pronouns = mine & frozenset(said.person_of)
        if not here & pronouns or here & other or there & mine or not there & other & frozenset(said.person_of):
            continue
        word = next(w for w in sentence.words if w.folded in pronouns)
        one, right = next((o, w) for o in beside for w in o.words if w.folded in other & frozenset(said.person_of))
        yield view.finding("GRA101", word.span, other=one.other, there=one.sentences[0].span, right=right.text)


def _forms(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """The same person in another case, between words that agree."""
    person = view.said.person_of
    for one in beside:
        matching = view.matching(sentence, one)
        for slot in matching.slots:
            (i, i2), (j, j2) = slot.left, slot.right
            if i2 - i != 1 or j2 - j != 1:
                continue
            mine, theirs = matching.left[i], matching.right[j]
            row = person.get(mine.folded)
            if row is None or row != person.get(theirs.folded) or mine.folded == theirs.folded:
                continue
            if i + 1 in matching.exact and matching.exact[i + 1] == j + 1:
                yield view.finding(
                    "GRA101", mine.span, other=one.other, there=one.sentences[0].span,
                    right=theirs.text, replacements=[theirs.text],
                )  # fmt: skip
