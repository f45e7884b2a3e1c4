"""A checked text becomes a Side: its sentences, and what each of them says that another text can bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.compare.english import is_word
from normalize.compare.numbers import find_calendar, find_numbers
from normalize.compare.records import Fact, Role, Sentence, Side, Word
from normalize.compare.sentences import read_sentences
from normalize.compare.speech import Speech, speech
from normalize.compare.units import unit_span
from normalize.index.pack import Pack
from normalize.model import Checked, Place, Resolution, Span
from normalize.text.fold import fold
from normalize.text.quotations import quotations

_TOGETHER = re.compile(r"[ \N{NO-BREAK SPACE}]|[-‐–'’]|\. ?|’s |'s ")
_OPENS = re.compile(r"[\"“„«‘(:;—–-]\s*$")
_NOT = re.compile(r"n[’']t$", re.I)


def read_side(checked: Checked, role: Role, pack: Pack | None = None) -> Side:
    """The sentences and facts of a text; with the index, places know their country."""
    document = checked.document
    said = speech(document.language)
    sentences = read_sentences(document, said)
    facts: list[Fact] = []
    resolved = list(checked.resolutions)
    for sentence in sentences:
        numbers = list(find_numbers(document.text, sentence, said))
        facts += numbers
        facts += find_calendar(document.text, sentence, said)
        facts += _entities(sentence, resolved, pack)
        units = [unit_span(document.text, fact.span, said) for fact in numbers if fact.units]
        named = _capitals(document.text, sentence, said, resolved)
        facts += (name for name in named if not any(unit.overlaps(name.span) for unit in units))  # "Fahrenheit"
        facts += find_negations(document.text, sentence, said)
    facts += _quotations(document.text, sentences)
    return Side(role, document, sentences, tuple(sorted(facts, key=lambda f: (f.span, f.kind))))


def _entities(sentence: Sentence, resolved: list[Resolution], pack: Pack | None) -> Iterator[Fact]:
    """Who and what is named in a sentence, as far as the tables know."""
    for resolution in resolved:
        if sentence.span.start <= resolution.span.start and resolution.span.end <= sentence.span.end:
            owners = [candidate.entity for candidate in resolution.candidates]
            others = (*owners[1:], *(_country(owners[0], pack) if pack else ()))
            yield Fact("name", owners[0], resolution.span, sentence.number, others, resolution.verdict != "sure")


def _country(entity: str, pack: Pack) -> tuple[str, ...]:
    """That a place is a country, or lies in one: "Washington" may stand for the United States, and the other way."""
    place = pack.entity(entity) if entity.startswith("place/") else None
    if not isinstance(place, Place) or not place.country:
        return ()
    return (f"{'is' if place.adjective and not place.part_of else 'in'}/{place.country}",)


def _capitals(text: str, sentence: Sentence, said: Speech, resolved: list[Resolution]) -> Iterator[Fact]:
    """Runs of capitalised words that no table knows. Those made of dictionary words alone are weak."""
    words = sentence.words
    big = [is_capital(word) for word in words]
    if words and sum(big) > 0.6 * len(words) and len(words) > 3:
        big = [b and not is_word(word.folded) for b, word in zip(big, words, strict=True)]  # a headline in capitals
    run: list[Word] = []
    for at, word in enumerate(words):
        starts = at == 0 or bool(_OPENS.search(text, max(0, word.start - 3), word.start))
        alone = starts and (at + 1 == len(words) or not big[at + 1]) and is_word(word.folded)
        goes_on = bool(run) and bool(_TOGETHER.fullmatch(text[run[-1].end : word.start]))
        if run and not (big[at] and goes_on):
            yield from _run(run, sentence, said, resolved)
            run = []
        if starts and word.written in said.function_words:
            continue
        if big[at] and not alone and word.written not in said.months and word.written not in said.weekdays:
            run.append(word)
    if run:
        yield from _run(run, sentence, said, resolved)


def _run(run: list[Word], sentence: Sentence, said: Speech, resolved: list[Resolution]) -> Iterator[Fact]:
    """A run without what the tables know of it."""
    left = [w for w in run if not any(r.span.start <= w.start and w.end <= r.span.end for r in resolved)]
    if len(left) == 1 and left[0] == sentence.words[0] and is_word(left[0].folded):
        return  # "Minister" in "Minister Wang Yi": it may have its capital from the sentence
    if left and len("".join(w.folded for w in left)) > 1:
        weak = all(is_word(w.folded) or w.written in said.function_words for w in left)
        span = Span(left[0].start, left[-1].end)
        yield Fact("name", "“" + " ".join(w.folded for w in left), span, sentence.number, weak=weak)


def is_capital(word: Word) -> bool:
    """Whether a word is written like a name: a capital first, or one inside ("iPhone"); "I" is none."""
    return word.text != "I" and any(c.isupper() for c in word.text) and not any(c.isdigit() for c in word.text)


def find_negations(text: str, sentence: Sentence, said: Speech) -> Iterator[Fact]:
    """The words that deny; those in phrases that deny nothing ("not only") are weak."""
    if said.within_words:
        for sign, span in said.find(text, sentence.span, sentence.words, "negators"):
            yield Fact("negation", sign, span, sentence.number)
        return
    forms = [word.written for word in sentence.words]
    for at, word in enumerate(sentence.words):
        short = word.folded == "t" and at > 0 and _NOT.search(text, sentence.span.start, word.end)
        if short:
            before = sentence.words[at - 1]
            yield Fact("negation", "not", Span(before.start, word.end), sentence.number)
        elif word.written in said.negators:
            yield Fact("negation", word.folded, word.span, sentence.number, weak=_is_idiom(forms, at, said))
        elif said.negating_prefix and _is_negated_verb(word, said):
            yield Fact("negation", word.folded, word.span, sentence.number)


def _is_idiom(forms: list[str], at: int, said: Speech) -> bool:
    return any(
        forms[at - k : at - k + len(phrase)] == list(phrase)
        for phrase in said.idioms
        for k, part in enumerate(phrase)
        if part == forms[at] and at - k >= 0
    )


def _is_negated_verb(word: Word, said: Speech) -> bool:
    """Czech writes the negator and its verb as one word; which words those are, no table here says."""
    return word.written.startswith(said.negating_prefix) and len(word.folded) > 5 and word.text[0].islower()


def _quotations(text: str, sentences: tuple[Sentence, ...]) -> Iterator[Fact]:
    """What stands between quotation marks, by the sentence in which it begins; one that runs on counts in each."""
    paragraphs: list[tuple[int, int]] = []
    for sentence in sentences:
        start = text.rfind("\n", 0, sentence.span.start) + 1
        if not paragraphs or paragraphs[-1][0] != start:
            end = text.find("\n", sentence.span.start)
            paragraphs.append((start, len(text) if end < 0 else end))
    for start, end in paragraphs:
        for first, last in quotations(text[start:end]):
            span = Span(start + first, start + last)
            holder = next((s for s in sentences if s.span.start <= span.start < s.span.end), None)
            if holder:
                words = fold(text[span.start : span.end])
                yield Fact("quotation", words, span, holder.number)


__all__ = ["find_negations", "is_capital", "read_side"]
