"""Set terms and official names of the other text that stand here in other words."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.compare.records import Fact, Sentence, Word
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Span

KINDS = ("term", "organisation")


def find(view: Comparison) -> Iterator[Finding]:
    """Terms that the tables know, rendered in half: one of the words agrees, another does not."""
    ours = {value for fact in view.rewrite.facts_of("name") for value in fact.values}
    for sentence in view.rewrite.sentences:
        seen: set[str] = set()
        for one in view.beside_same(sentence):
            for fact in one.facts("name"):
                if fact.value.partition("/")[0] not in KINDS or fact.weak or fact.value in ours | seen:
                    continue
                place = _place(view, sentence, one, fact)
                if place:
                    seen.add(fact.value)
                    right = one.other.slice(fact.span)
                    yield view.finding(
                        "CAL101", place, other=one.other, there=one.other.sentences[fact.sentence].span,
                        right=right, replacements=[right], entity=fact.value,
                    )  # fmt: skip


def _place(view: Comparison, sentence: Sentence, one: Beside, fact: Fact) -> Span | None:
    """The words here that answer a part of the term, with those that stand in the place of the rest."""
    matching = view.matching(sentence, one)
    term = [j for j, w in enumerate(matching.right) if fact.span.start <= w.start and w.end <= fact.span.end]
    content = [j for j in term if matching.right[j].written not in view.said.function_words]
    if len(content) < 2:
        return None
    back = {j: i for i, j in matching.exact.items()}
    agreed = [back[j] for j in content if j in back]
    if 2 * len(agreed) < len(content) or len(agreed) == len(content):
        return None
    instead: list[int] = []
    for slot in matching.slots:
        if set(range(*slot.right)) & set(content) and 0 < slot.left[1] - slot.left[0] <= 3:
            instead += _touching(view, matching.left, slot.left, agreed)
    other = [i for i in instead if matching.left[i].written not in view.said.function_words]
    if not other or any(i in matching.near for i in other):
        return None
    whole = sorted({*agreed, *instead})
    if whole[-1] - whole[0] > len(term) + 1:
        return None
    return Span(matching.left[whole[0]].start, matching.left[whole[-1]].end)


def _touching(view: Comparison, left: tuple[Word, ...], slot: tuple[int, int], agreed: list[int]) -> list[int]:
    """The words of a slot that no mark parts from the words that agree."""
    text = view.document.text
    found = []
    for i in range(*slot):
        near = min(agreed, key=lambda a: abs(a - i))
        first, last = (left[i], left[near]) if i < near else (left[near], left[i])
        if not any(sign in text[first.end : last.start] for sign in ',;:.!?()"“”'):
            found.append(i)
    return found
