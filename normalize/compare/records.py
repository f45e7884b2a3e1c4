"""What flows through a comparison: small, frozen, offsets in code points of the side's own text."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from normalize.model import Document, Finding, SegmentKind, Span
from normalize.text.fold import fold

Role = Literal["rewrite", "reference", "source", "sibling"]
FactKind = Literal["number", "month", "weekday", "name", "quotation", "negation"]


class Word(NamedTuple):
    """A word of a sentence: as it stands, folded, its stem, as language files are asked for it, and where it is."""

    text: str
    folded: str
    stem: str
    written: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it is."""
        return Span(self.start, self.end)


@functools.lru_cache(maxsize=100_000)
def written(word: str) -> str:
    """A word, or a phrase, as language files are asked for it: without case, with its marks, wherever they stand.

    >>> written("Sáu") == written("SÁU"), written("sau") == written("sáu"), written("hoà") == written("hòa")
    (True, False, True)
    """
    if word.isascii():
        return word.lower()
    parted = unicodedata.normalize("NFD", word.lower())
    marks = "".join(sorted(c for c in parted if c == "đ" or unicodedata.combining(c) >= 200))
    return fold(word) + marks


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one side, by its number in that side."""

    number: int
    span: Span
    kind: SegmentKind
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said that another text can bear out or contradict.

    ``value`` is what two languages would agree on: a plain decimal, a month's or weekday's number, the id of an entity
    or the folded words of an unknown name, the words of a quotation. ``others`` are values that the same words may
    also have. A ``weak`` fact bears others out and is never held against anyone.
    """

    kind: FactKind
    value: str
    span: Span
    sentence: int
    others: tuple[str, ...] = ()
    weak: bool = False
    units: tuple[str, ...] = ()
    """What a number may count, ids of ``aliases/compare/units.toml``; nothing where that is not said."""

    @property
    def values(self) -> tuple[str, ...]:
        """Every value that the words may have, the likeliest first."""
        return (self.value, *self.others)

    @property
    def amount(self) -> Decimal:
        """The value of a number."""
        return Decimal(self.value)


@dataclass(frozen=True)
class Side:
    """One text of the comparison, read: its sentences, and the facts in each, both in the order of the text."""

    role: Role
    document: Document
    sentences: tuple[Sentence, ...]
    facts: tuple[Fact, ...]

    def facts_in(self, sentences: Iterable[int], kind: FactKind) -> Iterator[Fact]:
        """The facts of a kind in these sentences."""
        return (fact for number in sorted(set(sentences)) for fact in self._by_place.get((number, kind), ()))

    @functools.cached_property
    def _by_place(self) -> dict[tuple[int, FactKind], list[Fact]]:
        found: dict[tuple[int, FactKind], list[Fact]] = {}
        for fact in self.facts:
            found.setdefault((fact.sentence, fact.kind), []).append(fact)
        return found

    def facts_of(self, kind: FactKind) -> Iterator[Fact]:
        """The facts of a kind in the whole text."""
        return (fact for fact in self.facts if fact.kind == kind)

    def words_at(self, fact: Fact) -> tuple[Word, ...]:
        """The words of a fact."""
        words = self.sentences[fact.sentence].words
        return tuple(w for w in words if fact.span.start <= w.start and w.end <= fact.span.end)

    def slice(self, span: Span) -> str:
        """The text at ``span``."""
        return self.document.slice(span)


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences of the rewrite (``left``) that tell what sentences of the other side (``right``) tell; m to n, in no
    order. ``score`` is the similarity of the best pair among them, from 0 to 1.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Aligned:
    """The rewrite held against one other side; sentences that no link names were added or left out."""

    other: Side
    links: tuple[Link, ...]
    added: tuple[int, ...]
    omitted: tuple[int, ...]
    same_story: bool
    """False where the two have so little in common that nothing can be proved by the other."""

    @property
    def answers(self) -> dict[int, tuple[int, ...]]:
        """For each sentence of the rewrite that is linked, those of the other side that it is linked to."""
        found: dict[int, set[int]] = {}
        for link in self.links:
            for i in link.left:
                found.setdefault(i, set()).update(link.right)
        return {i: tuple(sorted(found[i])) for i in sorted(found)}

    @property
    def linked(self) -> int:
        """How many sentences of the rewrite are linked."""
        return len({i for link in self.links for i in link.left})


@dataclass(frozen=True, slots=True)
class Score:
    """A metric over some sentences; ``low`` and ``high`` bound its interval. TER is better where it is lower."""

    metric: str
    value: float
    low: float
    high: float
    sentences: int
    signature: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of the rewrite with a model's score; ``cut`` of its tokens did not fit the model's window."""

    span: Span
    score: float
    cut: int


@dataclass(frozen=True, slots=True)
class Estimated:
    """What a model of the user's own says of a rewrite; ``low`` and ``high`` bound the score's interval, None where
    there are too few sentences for one.
    """

    score: float
    low: float | None
    high: float | None
    lower_is_better: bool
    signature: str
    sentences: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A rewrite with everything that was found in it: by lint, and by holding it against the others."""

    rewrite: Side
    aligned: tuple[Aligned, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    """What a person should know of the comparison as a whole, a sentence each."""
    scores: tuple[Score, ...] = ()
    """Metrics of the linked sentences, if they were asked for."""
    estimates: tuple[Estimated, ...] = ()
    """What a model says, if one was named."""
