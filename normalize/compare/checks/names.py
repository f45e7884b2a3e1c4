"""Names that no other text has, and names of the other texts that are missing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from normalize.compare.english import is_word, root_of
from normalize.compare.facts import is_capital
from normalize.compare.matching import Matching
from normalize.compare.records import Fact, Sentence, Side, Word
from normalize.compare.speech import Speech, speech
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Severity, Span
from normalize.names.lookup import script_of
from normalize.names.romanise import search_key
from normalize.text.fold import fold

ALIKE = 0.7
"""Likeness of letters from which on two spellings may be one name; "Kislov" and "Kislow", "Artem" and "Artjom"."""
CLOSE = 0.5
"""The share of a sentence's words that must agree before a missing name is taken for lost."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: what is known of it, and its words."""

    fact: Fact
    words: tuple[Word, ...]


class Known:
    """The capitalised words, entities and acronyms of some sides, for asking whether a name is among them."""

    def __init__(self, sides: tuple[Side, ...]) -> None:
        """Collect them."""
        sentences = [sentence.words for side in sides for sentence in side.sentences]
        words = [word for sentence in sentences for word in sentence]
        self.words = frozenset(word.folded for word in words)
        self.stems = frozenset(word.stem for word in words)
        self.folded = frozenset(form for word in words for form in (word.folded, word.stem, root_of(word.folded)))
        big = [[is_capital(word) for word in sentence] for sentence in sentences]
        capital = {
            w.folded for s, caps in zip(sentences, big, strict=True) for w, cap in zip(s, caps, strict=True) if cap
        }
        joined = {
            s[at].folded + s[at + 1].folded
            for s, caps in zip(sentences, big, strict=True)
            for at in range(len(s) - 1)
            if caps[at] and caps[at + 1]
        }
        self.capital = sorted(capital | joined)
        self.entities = frozenset(v for side in sides for fact in side.facts_of("name") for v in fact.values)
        self.initials = frozenset(
            run
            for s, caps in zip(sentences, big, strict=True)
            for at in range(len(s))
            for run in _initial_runs(s, caps, at)
        )

    @functools.cached_property
    def acronyms(self) -> frozenset[str]:
        """Words that may be initials."""
        return frozenset(word for word in self.capital if 2 <= len(word) <= 6)

    def has(self, word: Word) -> bool:
        """Whether a word, a form or relative of it, or another spelling of it is there."""
        folded = word.folded
        if folded in self.folded or word.stem in self.folded or root_of(folded) in self.folded:
            return True
        if word.text.isupper() and len(folded) > 1 and folded in self.initials:
            return True
        return any(is_spelling(folded, other) for other in self.capital)

    def spells(self, word: Word) -> bool:
        """Whether a word stands there in some spelling, capital or not."""
        return word.stem in self.stems or any(is_spelling(word.folded, other) for other in self.words)

    def has_name(self, name: Name) -> bool:
        """Whether the entity, what the name is short for, or a word of it that is no everyday word is there."""
        own = [value for value in name.fact.values if not value.startswith(("in/", "is/"))]
        turned = [_turned(value) for value in name.fact.values if value.startswith(("in/", "is/"))]
        if any(value in self.entities for value in (*own, *turned)):
            return True
        letters = initials(name.words)
        if len(letters) > 1 and letters in self.acronyms:
            return True
        words = [word for word in name.words if len(word.folded) > 1]
        telling = [word for word in words if not is_word(word.folded)]
        return any(self.has(word) for word in telling or words)


def _turned(value: str) -> str:
    """A place in a country answers for the country, and the country for it; two places of one country do not."""
    return ("is/" if value.startswith("in/") else "in/") + value[3:]


def _initial_runs(words: tuple[Word, ...], big: list[bool], at: int) -> Iterator[str]:
    """The initials of two to eight words from a capitalised one on, small words left out."""
    letters = ""
    for k in range(at, min(at + 8, len(words)) if big[at] else at):
        if big[k]:
            letters += words[k].folded[0]
            if len(letters) > 1:
                yield letters


def initials(words: tuple[Word, ...] | list[Word]) -> str:
    """The first letters of the capitalised words."""
    return "".join(word.folded[0] for word in words if is_capital(word))


@functools.lru_cache(maxsize=50_000)
def is_spelling(first: str, second: str) -> bool:
    """Whether two folded words may be spellings or relatives of one name.

    >>> is_spelling("artem", "artjom"), is_spelling("chinese", "china"), is_spelling("kyiv", "kiev")
    (True, True, True)
    >>> is_spelling("jones", "smith"), is_spelling("iran", "iraq")
    (False, False)
    """
    if first[:1] != second[:1] and first[1:3] != second[1:3]:
        return False
    short, long_ = sorted((len(first), len(second)))
    if short < 3:
        return False
    if first[:4] == second[:4] and short >= 4:
        return True
    if consonants(first) == consonants(second) and len(consonants(first)) >= 2:
        return True
    return short >= 5 and long_ <= 2 * short and SequenceMatcher(None, first, second).ratio() >= ALIKE


@functools.lru_cache(maxsize=50_000)
def consonants(word: str) -> str:
    """The consonants of a word as transcriptions agree on them."""
    word = re.sub(r"[aeiouy]", "", re.sub(r"ph", "f", word).replace("w", "v").replace("c", "k"))
    return re.sub(r"(.)\1+", r"\1", word.replace("h", "").replace("z", "s").replace("j", "").replace("q", "k"))


def find(view: Comparison) -> Iterator[Finding]:
    """Names changed, left out and added, beside texts of the same language."""
    sides = view.same_language
    if not sides:
        yield from _other_person(view)
        yield from _unknown_to_source(view)
        return
    theirs, ours = Known(sides), Known((view.rewrite,))
    for sentence in view.rewrite.sentences:
        beside = view.beside_same(sentence)
        if beside:
            yield from _in_sentence(view, sentence, beside, theirs, ours)


def _other_person(view: Comparison) -> Iterator[Finding]:
    """Somebody whom the tables know, in the place of somebody else whom they know in the source."""
    named = {value for aligned in view.aligned for fact in aligned.other.facts_of("name") for value in fact.values}
    here = {value for fact in view.rewrite.facts_of("name") for value in fact.values}
    for sentence in view.rewrite.sentences:
        mine = [fact for fact in _known_persons(view.rewrite, [sentence]) if named.isdisjoint(fact.values)]
        for one in view.beside(sentence) if len(mine) == 1 else ():
            theirs = [fact for fact in _known_persons(one.other, one.sentences) if here.isdisjoint(fact.values)]
            if len(theirs) == 1:
                place, right = one.sentence_at(theirs[0].span.start), one.other.slice(theirs[0].span)
                yield view.finding("NAM101", mine[0].span, other=one.other, there=place, right=right)
                break


def _known_persons(side: Side, sentences: list[Sentence]) -> list[Fact]:
    """The persons in some sentences of whom the tables are sure."""
    facts = side.facts_in([s.number for s in sentences], "name")
    return [fact for fact in facts if fact.value.startswith("person/") and not fact.weak]


def _unknown_to_source(view: Comparison) -> Iterator[Finding]:
    """Names that no table knows, spelt like nothing in a source whose script shows how they are spelt."""
    sources = [aligned.other for aligned in view.aligned if _spells_names(aligned.other)]
    if not sources or len(sources) < len(view.aligned):
        return
    spelt = sorted({part for side in sources for part in search_key(side.document.text).split()})
    for sentence in view.rewrite.sentences:
        beside = view.beside(sentence)
        for name in names_in(view.rewrite, [sentence]) if beside else ():
            telling = [w for w in name.words if len(w.folded) > 3 and not is_word(w.folded)]
            unknown = telling and "/" not in name.fact.value and not name.fact.weak
            if unknown and not any(is_spelling(fold(w.text), part) for w in telling for part in spelt):
                one = beside[0]
                place = one.sentences[0].span
                sure: Severity = "warning" if len(telling) > 1 else "info"  # one word may be an exonym: "Falklands"
                yield view.finding("NAM103", name.fact.span, other=one.other, there=place, severity=sure)


def _spells_names(side: Side) -> bool:
    """Whether a text is in an alphabet: Latin or Cyrillic."""
    letter = next((c for c in side.document.text if c.isalpha()), "a")
    return script_of(letter) in ("LATIN", "CYRILLIC")


def _in_sentence(
    view: Comparison, sentence: Sentence, beside: list[Beside], theirs: Known, ours: Known
) -> Iterator[Finding]:
    unknown = [name for name in names_in(view.rewrite, [sentence]) if not theirs.has_name(name)]
    missing = [(one, name) for one in beside for name in names_in(one.other, one.sentences) if not ours.has_name(name)]
    for name in unknown:
        rival = _rival(view, sentence, name, unknown, missing, ours)
        if rival:
            one, there = rival
            yield view.finding(
                "NAM101",
                name.fact.span,
                other=one.other,
                there=one.sentence_at(there.start),
                right=one.other.slice(there),
            )
        elif not name.fact.weak:
            one = beside[0]
            yield view.finding("NAM103", name.fact.span, other=one.other, there=one.sentences[0].span)
    if not unknown:
        yield from _left_out(view, sentence, missing)


def persons_in(side: Side, sentences: list[Sentence]) -> list[Name]:
    """The persons of some sentences: those that tables know, in any script, and capitals that may be one."""
    return [
        Name(fact, side.words_at(fact))
        for fact in side.facts_in([s.number for s in sentences], "name")
        if fact.value.startswith("person/") or (fact.value.startswith("“") and not fact.weak)
    ]


def names_in(side: Side, sentences: list[Sentence]) -> list[Name]:
    """The names of some sentences; terms are none."""
    found, nameless = [], speech("en").nameless  # Ltd and Mr stand in texts of any language
    for fact in side.facts_in([s.number for s in sentences], "name"):
        kind = fact.value.partition("/")[0]
        words = side.words_at(fact)
        naming = [w for w in words if is_capital(w) and w.written not in nameless]
        if kind in ("term", "office") or not naming:
            continue
        found.append(Name(fact, words))
    return found


def _rival(
    view: Comparison,
    sentence: Sentence,
    name: Name,
    unknown: list[Name],
    missing: list[tuple[Beside, Name]],
    ours: Known,
) -> tuple[Beside, Span] | None:
    """What the other text has in the place of a name: a missing name or unanswered capitals in the same slot; for a
    name that is no dictionary word also the only missing one, or one between the same words.
    """
    for one in view.beside_same(sentence):
        matching = view.matching(sentence, one)
        at = {i for i, w in enumerate(matching.left) if w in name.words}
        facing = [
            j
            for slot in matching.slots
            if at & set(range(*slot.left))
            for j in range(*slot.right)
            if is_capital(matching.right[j]) and j not in set(matching.near.values())
        ]
        facing = [j for j in facing if not ours.spells(matching.right[j])]
        if name.fact.weak and len(one.other.sentences) > 1:  # in an article, such words are titles as often as names
            facing = [j for j in facing if not is_word(matching.right[j].folded)]
        if facing:
            return one, Span(matching.right[facing[0]].start, matching.right[facing[-1]].end)
    ranked = sorted(missing, key=lambda pair: (pair[1].fact.weak, not _between_same(view, sentence, name, *pair)))
    if name.fact.weak:
        first = ranked[0] if ranked and len(name.words) > 1 else None
        if first and not first[1].fact.weak and _between_same(view, sentence, name, *first):
            return first[0], first[1].fact.span
        return None
    if ranked and (len(unknown) == 1 or _between_same(view, sentence, name, *ranked[0])):
        one, there = ranked[0]
        if not there.fact.weak or _between_same(view, sentence, name, one, there):
            return one, there.fact.span
    return None


def _between_same(view: Comparison, sentence: Sentence, name: Name, one: Beside, there: Name) -> bool:
    """Whether the words before or behind two names answer each other."""
    matching = view.matching(sentence, one)
    left = [i for i, w in enumerate(matching.left) if w in name.words]
    right = [j for j, w in enumerate(matching.right) if w in there.words]
    if not left or not right:
        return False
    return matching.near.get(left[0] - 1, -2) == right[0] - 1 or matching.near.get(left[-1] + 1, -2) == right[-1] + 1


def _left_out(view: Comparison, sentence: Sentence, missing: list[tuple[Beside, Name]]) -> Iterator[Finding]:
    """Where a name stood: a warning if the words on both sides of it are here and the sentence shows the gap."""
    for one, there in missing:
        matching = view.matching(sentence, one)
        if there.fact.weak or matching.share < CLOSE or len(one.numbers) > 1:
            continue
        if _is_pronoun_there(view, matching, there):
            continue
        place = _gap(matching_left=matching.left, exact=matching.near, right=matching.right, words=there.words)
        if place is None:
            continue
        right = one.other.slice(there.fact.span)
        cut_off = _shows_gap(view.document.text, sentence, place, view.said)
        yield view.finding(
            "NAM102",
            place,
            other=one.other,
            there=one.other.sentences[there.fact.sentence].span,
            right=right,
            severity="warning" if cut_off else None,
        )
        return


def _is_pronoun_there(view: Comparison, matching: Matching, there: Name) -> bool:
    """Whether a pronoun stands for the name: in its slot here."""
    facing = {j for j, w in enumerate(matching.right) if w in there.words}
    return any(
        matching.left[i].written in view.said.person_of
        for slot in matching.slots
        if facing & set(range(*slot.right))
        for i in range(*slot.left)
    )


def _shows_gap(text: str, sentence: Sentence, place: Span, said: Speech) -> bool:
    """Whether the words around a place cannot stand together: "the capital of.", "followed by with"."""
    words = sentence.words
    for before, behind in zip(words, (*words[1:], None), strict=True):
        if before.end < place.start or before.start > place.end or before.written not in said.wants_name:
            continue
        gap = text[before.end : behind.start if behind else sentence.span.end].strip()
        if gap.startswith(tuple(".,;:!?)")):
            return True
        if behind and behind.written in said.begins_nothing and before.folded != "and":
            return True
    return False


def _gap(
    *, matching_left: tuple[Word, ...], exact: dict[int, int], right: tuple[Word, ...], words: tuple[Word, ...]
) -> Span | None:
    """The words here between which the other text has ``words``."""
    places = [j for j, word in enumerate(right) if word in words]
    if not places:
        return None
    back = {j: i for i, j in exact.items()}
    behind = next((back[j] for j in range(places[-1] + 1, min(len(right), places[-1] + 4)) if j in back), None)
    before = next((back[j] for j in range(places[0] - 1, max(-1, places[0] - 4), -1) if j in back), None)
    if behind is None and before is None:
        return None
    first = matching_left[before if before is not None else max(0, behind - 1) if behind is not None else 0]
    last = matching_left[behind] if behind is not None else first
    if behind is not None and before is not None and not 0 < behind - before <= 3:
        return Span(last.start, last.end)
    return Span(min(first.start, last.start), max(first.end, last.end))
