"""What persons are called before and behind their names: president, mayor, 外长 (aliases/compare/titles.toml)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from normalize.compare.speech import Speech
from normalize.errors import TableError, nearest
from normalize.model import Span
from normalize.tables.locate import tables_root


class Title(NamedTuple):
    """A title where it stands, and the ids of what it may mean."""

    ids: tuple[str, ...]
    span: Span


class Titles(NamedTuple):
    """For each language, what its words may mean, and the words that make another office of a title."""

    words: dict[str, dict[str, tuple[str, ...]]]
    lesser: dict[str, tuple[str, ...]]


@functools.cache
def titles() -> Titles:
    """The table, read once."""
    path = tables_root() / "compare" / "titles.toml"
    return read_titles(path.read_text("utf-8"), f"aliases/compare/{path.name}")


def read_titles(text: str, name: str) -> Titles:
    """The table; TableError names the entry that is wrong."""
    import tomllib

    try:
        raw: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{name}: {error}") from None
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry in raw.get("title", ()):
        for key in entry:
            if key not in ("id", "words"):
                raise TableError(f'{name}: "{entry.get("id")}": unknown key "{key}"{nearest(key, ("id", "words"))}')
        for language, said in entry["words"].items():
            table = words.setdefault(language, {})
            for word in said:
                table[word.lower()] = (*table.get(word.lower(), ()), entry["id"])
    return Titles(words, {language: tuple(said) for language, said in raw.get("lesser", {}).items()})


def find_titles(text: str, span: Span, speech: Speech) -> Iterator[Title]:
    """The titles in a stretch, the longest at each place; what another word lessens ("deputy") is none.

    >>> from normalize.compare.speech import speech
    >>> text = "Mayor Dahl met the deputy mayor and the vice president."
    >>> [title.ids for title in find_titles(text, Span(0, len(text)), speech("en"))]
    [('mayor',), ('vice-president',)]
    """
    known = titles()
    table = known.words.get(speech.language, {})
    if not table:
        return
    lesser = tuple(word.lower() for word in known.lesser.get(speech.language, ()))
    for found in _pattern(speech).finditer(text, span.start, span.end):
        before = text[max(0, found.start() - 30) : found.start()].lower().rstrip(" ")
        if not before.endswith(lesser or ("\0",)):
            yield Title(table[found.group().lower()], Span(*found.span()))


@functools.cache
def _pattern(speech: Speech) -> re.Pattern[str]:
    words = sorted(titles().words[speech.language], key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word) for word in words)
    return re.compile(either if speech.within_words else rf"(?<!\w)(?:{either})(?!\w)", re.I)


__all__ = ["Title", "Titles", "find_titles", "read_titles", "titles"]
