"""Sentences that deny what the other text says, and words that stand for their contrary."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.compare.english import base_of, is_word, opposites, root_of, synonyms
from normalize.compare.matching import Matching
from normalize.compare.records import Fact, Sentence, Word
from normalize.compare.speech import Speech, speech
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Span

ALIKE = 0.4
"""The share of a sentence's words that must agree before a missing negator is held against it."""


def find(view: Comparison) -> Iterator[Finding]:
    """Negations added and lost, and opposites."""
    for sentence in view.rewrite.sentences:
        same = view.beside_same(sentence)
        if same:
            yield from _added(view, sentence, same)
            yield from _lost(view, sentence, same)
            yield from _opposites(view, sentence, same)
        else:
            yield from _added_across(view, sentence, view.beside(sentence))


def _strong(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if not fact.weak]


def _added(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """Negators that no other text has, nor a word that denies by itself."""
    here = _strong(list(view.rewrite.facts_in([sentence.number], "negation")))
    if not here:
        return
    for one in beside:
        there = one.facts("negation")
        if len(here) <= len(there) or _denying_words(one.words, view.said, sentence.words):
            return
    one = beside[0]
    fact = _unlikeliest(here, sentence, view.matching(sentence, one))
    if len(one.other.sentences) > 1 and not _is_said_there(fact, sentence, beside, view):
        return  # in an article, another sentence may be the one that denies it
    why = f"“{view.rewrite.slice(fact.span)}” here; the other text does not deny it"
    yield view.finding("NEG101", fact.span, other=one.other, there=_place(one), why=why)


def _is_said_there(fact: Fact, sentence: Sentence, beside: list[Beside], view: Comparison) -> bool:
    """Whether the word that is denied stands in every other text, in the same order as the words around it."""
    small = view.said.function_words
    denied = next((i for i, w in enumerate(sentence.words) if w.start >= fact.span.end and w.written not in small), -1)
    return all(denied in view.matching(sentence, one).exact for one in beside)


def _lost(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """A negator of every other text that has no answer here."""
    here = list(view.rewrite.facts_in([sentence.number], "negation"))
    places = []
    for one in beside:
        there = _strong(one.facts("negation"))
        matching = view.matching(sentence, one)
        if len(there) <= len(here) or matching.share < ALIKE or len(one.numbers) > 1:
            return
        if _denying_words(sentence.words, view.said, one.words):
            return
        place = _denied(there, matching)
        if place is None:
            return
        places.append((one, *place))
    if places:
        one, word, negator = places[0]
        right = one.other.slice(negator.span)
        why = f"the other text has “{right}” before “{word.text}”; here nothing denies it"
        yield view.finding("NEG101", word.span, other=one.other, there=_place(one), right=right, why=why)


def _denied(there: list[Fact], matching: Matching) -> tuple[Word, Fact] | None:
    """The word here that answers the one which the other text denies: one of the three behind the negator."""
    back = {j: i for i, j in matching.near.items()}
    for negator in there:
        behind = [j for j, word in enumerate(matching.right) if word.start >= negator.span.end][:3]
        for j in behind:
            if j in back and len(matching.left[back[j]].text) > 2:
                return matching.left[back[j]], negator
    return None


def _unlikeliest(here: list[Fact], sentence: Sentence, matching: Matching) -> Fact:
    """Of several negators the one whose word the other text has without."""
    for fact in here:
        at = next((i for i, word in enumerate(matching.left) if word.start >= fact.span.end), None)
        if at is not None and at in matching.exact:
            before = matching.right[matching.exact[at] - 1] if matching.exact[at] else None
            if before is None or before.folded != fact.value:
                return fact
    return here[-1]


def _denying_words(words: tuple[Word, ...], said: Speech, against: tuple[Word, ...]) -> list[Word]:
    """Words that deny without a negator and that the other text does not have: "refused", "impossible", "homeless"."""
    known = {word.stem for word in against}
    return [word for word in words if word.stem not in known and (said.denies(word) or _is_affixed(word, said))]


def _is_affixed(word: Word, said: Speech) -> bool:
    """Whether a prefix or suffix turns a word that there is into its contrary."""
    folded = word.stem
    bare = [folded[len(p) :] for p in said.prefixes if folded.startswith(p) and len(folded) - len(p) >= 4]
    bare += [folded[: -len(s)] for s in said.suffixes if folded.endswith(s)]
    contrary = opposites(folded)
    return any(is_word(rest) and (rest in contrary or base_of(rest) in contrary) for rest in bare)


def _place(beside: Beside) -> Span:
    return (
        Span(beside.sentences[0].span.start, beside.sentences[-1].span.end)
        if (beside.numbers[-1] - beside.numbers[0] < 3)
        else beside.sentences[0].span
    )


def _added_across(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """Negators where the source has no word that denies."""
    here = _strong(list(view.rewrite.facts_in([sentence.number], "negation")))
    for one in beside:
        source = speech(one.other.document.language)
        if not source.negators or one.facts("negation"):
            return
        if any(source.has_denial(s.words, one.other.document.text, s.span) for s in one.sentences):
            return
    if here and beside:
        why = f"“{view.rewrite.slice(here[-1].span)}” here; the source has no word that denies"
        yield view.finding("NEG101", here[-1].span, other=beside[0].other, there=_place(beside[0]), why=why)


def _opposites(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """Words here whose contrary stands in the other text: in the same slot, or without an answer of its own."""
    for at, word in enumerate(sentence.words):
        contrary = opposites(word.folded)
        if word.stem in view.vocabulary and word.written not in view.said.function_words:
            continue
        for one in beside:
            matching = view.matching(sentence, one)
            if at in matching.near:
                break
            found = _facing(at, matching, contrary, view.said.function_words)
            alone = len(one.other.sentences) == 1  # in an article, the contrary may belong to something else
            if found is None and alone and word.written not in view.said.function_words:
                free = matching.unmatched_right()
                known = contrary - view.said.function_words
                found = next((j for j in free if known & {matching.right[j].folded, matching.right[j].stem}), None)
            if found is None or _is_negated(sentence, at, view) or _right_negated(one, matching.right[found], view):
                continue
            there = matching.right[found]
            yield view.finding(
                "NEG102", word.span, other=one.other, there=one.sentence_at(there.start), right=there.text
            )
            break


def _facing(at: int, matching: Matching, contrary: frozenset[str], small: frozenset[str]) -> int | None:
    """The word of the other text in the same slot that is a contrary, or a synonym of one."""
    slot = next((s for s in matching.slots if at in range(*s.left)), None)
    if slot is None:
        return None
    taken = set(matching.near.values())
    alone = slot.left[1] - slot.left[0] == slot.right[1] - slot.right[0] == 1
    framed = at - 1 in matching.exact and at + 1 in matching.exact
    for j in range(*slot.right):
        there = matching.right[j]
        if j in taken or (there.written in small) != (matching.left[at].written in small):
            continue
        if contrary & {there.folded, there.stem} or (alone and framed and contrary & synonyms(there.folded)):
            return j
    return None


def _is_negated(sentence: Sentence, at: int, view: Comparison) -> bool:
    return _is_denied(sentence.words[max(0, at - 4) : at] + sentence.words[at + 1 : at + 2], view)


def _right_negated(one: Beside, word: Word, view: Comparison) -> bool:
    at = one.words.index(word)
    return _is_denied(one.words[max(0, at - 4) : at] + one.words[at + 1 : at + 2], view)


def _is_denied(words: tuple[Word, ...], view: Comparison) -> bool:
    """Whether a word among those around another denies it."""
    denying = view.said.negators | {"t"} | view.said.excuses
    roots = {root_of(word) for word in view.said.excuses if len(word) > 5}
    return any(w.written in denying or w.stem in denying or root_of(w.folded) in roots for w in words)
