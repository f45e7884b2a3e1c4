"""Persons whom the other text gives another title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from normalize.compare.checks.names import Name, is_spelling, persons_in
from normalize.compare.records import Sentence, Side
from normalize.compare.speech import Speech, speech
from normalize.compare.titles import Title, find_titles
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Person

_SPACE = re.compile(r"[\s\N{NO-BREAK SPACE}]*")
_APPOSITION = re.compile(r", (?:[\w'’-]+ ){0,3}")


def find(view: Comparison) -> Iterator[Finding]:
    """Titles right beside a name that another text gives the same person otherwise, and none gives so."""
    theirs: dict[int, list[tuple[Name, Title]]] = {}
    for sentence in view.rewrite.sentences:
        for name, title in titled(view.rewrite, [sentence]):
            differing = None
            for one in view.beside(sentence):
                if id(one.other) not in theirs:
                    theirs[id(one.other)] = list(titled(one.other, one.other.sentences))
                same = [(n, t) for n, t in theirs[id(one.other)] if _is_same(name, n, across=one.across)]
                if any(set(t.ids) & set(title.ids) for t in (*_near(one), *(t for _, t in same))):
                    break  # somebody says the same
                if same and not differing:
                    differing = one.other, *same[0]
            else:
                if differing:
                    yield _finding(view, name, title, *differing)


def _finding(view: Comparison, name: Name, title: Title, side: Side, other: Name, right: Title) -> Finding:
    return view.finding(
        "OFF101", title.span, other=side, there=side.sentences[other.fact.sentence].span,
        right=side.slice(right.span), why=view.rewrite.slice(name.fact.span),
        severity="info" if _may_hold(view, name, title) else None,
    )  # fmt: skip


def _near(one: Beside) -> Iterator[Title]:
    """The titles in the linked sentences, whoever has them."""
    said = speech(one.other.document.language)
    return (title for s in one.sentences for title in find_titles(one.other.document.text, s.span, said))


def titled(side: Side, sentences: Iterable[Sentence]) -> Iterator[tuple[Name, Title]]:
    """The persons of some sentences that have a title right before or behind their name."""
    said = speech(side.document.language)
    for sentence in sentences:
        titles = list(find_titles(side.document.text, sentence.span, said))
        names = persons_in(side, [sentence]) if titles else []
        for name in names:
            for title in titles:
                words = tuple(word for word in name.words if word.start >= title.span.end)
                if _leads(name, title) and words:  # "Mayor Petra Hollmann" is one run of capitals
                    yield Name(name.fact, words), title
                    break
                if _beside(side.document.text, name, title, said):
                    yield name, title
                    break


def _leads(name: Name, title: Title) -> bool:
    return name.fact.span.start <= title.span.start and title.span.end < name.fact.span.end


def _beside(text: str, name: Name, title: Title, said: Speech) -> bool:
    if title.span.end <= name.fact.span.start:
        return bool(_SPACE.fullmatch(text, title.span.end, name.fact.span.start))
    if name.fact.span.end <= title.span.start:
        between = _SPACE if said.within_words else _APPOSITION
        return bool(between.fullmatch(text, name.fact.span.end, title.span.start))
    return False


def _is_same(first: Name, second: Name, *, across: bool) -> bool:
    if set(first.fact.values) & set(second.fact.values):
        return True
    pairs = ((a.folded, b.folded) for a in first.words[-1:] for b in second.words[-1:])
    return not across and any(a == b or is_spelling(a, b) for a, b in pairs)


def _may_hold(view: Comparison, name: Name, title: Title) -> bool:
    """Whether the tables give the person an office of that title: both texts may be right."""
    pack = view.pack
    person = pack.entity(name.fact.value) if pack and "/" in name.fact.value else None
    if not isinstance(person, Person):
        return False
    word = view.rewrite.slice(title.span).lower()
    held = (
        [pack.entity(f"office/{holding.office.removeprefix('office/')}") for holding in person.offices] if pack else []
    )
    return any(word in " ".join((office.name, *getattr(office, "titles", ()))).lower() for office in held)


__all__ = ["find", "titled"]
