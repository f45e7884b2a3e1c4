"""A checked document to sentences and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.compare.english import base_of
from normalize.compare.records import Sentence, Word, written
from normalize.compare.speech import Speech
from normalize.model import Document, Span
from normalize.text.fold import fold, words

UNREAD = frozenset({"code", "markup", "furniture", "byline"})
"""Kinds of segment that say nothing of the story."""

_END = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=[\s\N{NO-BREAK SPACE}]+[\"'“‘„«(\[–—-]*(?P<next>\w))"  # Latin, Cyrillic
    r"|[。！？｡]+[”」』’）)]*(?=\S)"
    r"|[।॥]+[\"'”’]*(?=\s*\S)"
)
_BEFORE = re.compile(r"([\w.&]+)$")


def split_sentences(text: str, span: Span, speech: Speech) -> Iterator[Span]:
    """The sentences of a block, trimmed.

    >>> from normalize.compare.speech import speech
    >>> text = "Mr. Wu met J. R. Smith. “Go!” he said. It cost $3.5 in the U.S. on Monday."
    >>> [text[s.start:s.end] for s in split_sentences(text, Span(0, len(text)), speech("en"))]
    ['Mr. Wu met J. R. Smith.', '“Go!” he said.', 'It cost $3.5 in the U.S. on Monday.']
    """
    start = span.start
    for found in _END.finditer(text, span.start, span.end):
        if found["next"] and not _ends(text, start, found, speech):
            continue
        yield _trim(text, start, found.end())
        start = found.end()
    if text[start : span.end].strip():
        yield _trim(text, start, span.end)


def _ends(text: str, start: int, found: re.Match[str], speech: Speech) -> bool:
    """Whether a mark before white space ends the sentence: the next word is no small one, the last no abbreviation."""
    following = found["next"]
    if following.islower():
        return False
    if found.group().startswith("."):
        before = _BEFORE.search(text, max(start, found.start() - 20), found.start())
        word = before[1] if before else ""
        if word.lower() in speech.never_ends or (len(word) == 1 and word.isupper()):
            return False
        if word.isdigit() and len(word) <= 2 and speech.decimal == ",":
            return False  # "am 3. Juli": an ordinal
        if word.lower() in speech.abbreviations and not following.isupper():
            return False
    return True


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def read_sentences(document: Document, speech: Speech) -> tuple[Sentence, ...]:
    """The sentences of the story, headline and captions included, furniture and bylines left out."""
    spans = [
        (segment.kind, span)
        for segment in document.segments
        if segment.kind not in UNREAD
        for span in split_sentences(document.text, segment.span, speech)
    ]
    return tuple(
        Sentence(number, span, kind, tuple(read_words(document.text, span, speech)))
        for number, (kind, span) in enumerate(spans)
    )


def read_words(text: str, span: Span, speech: Speech) -> Iterator[Word]:
    """The words of a sentence; English ones with the base they are a form of, "'s" and "n't" told apart."""
    is_english = speech.language == "en"
    for word in words(text, span.start, span.end):
        shown, folded = word.group(), fold(word.group())
        stem = base_of(folded) if is_english else folded
        yield Word(shown, folded, stem, folded if shown.isascii() else written(shown), word.start(), word.end())
