"""Generic words of places: 省, Tỉnh, провинция, 자치구 … stand beside a name and are no part of it."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

from normalize.record import Record
from normalize.tables.read import Source, rows
from normalize.text.fold import fold

COLUMNS = ("language", "place", "word")


class Generics(Record):
    """The generic words of each language, folded, the longest first; ``""`` holds those of all."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]

    def strip(self, text: str, language: str = "") -> str:
        """``text`` without the longest generic word beside it; as it is where it has none or is nothing else.

        Without a language, or where it has no words of its own, every language's are tried.
        """
        base = language.partition("-")[0]
        base = base if base in self.before else ""
        plain = shape(text)
        for word in self.before.get(base, ()):
            if plain.startswith(word) and _is_apart(word[-1], plain[len(word) :][:1]):
                return text[len(word) :].strip(" -‐–")
        for word in self.after.get(base, ()):
            if plain.endswith(word) and _is_apart(word[0], plain[: -len(word)][-1:]):
                return text[: -len(word)].strip(" -‐–")
        return text


def shape(text: str) -> str:
    """``text`` folded letter by letter, each to one letter, so that offsets stay."""
    return "".join(folded if len(folded := fold(char)) == 1 else char.lower() for char in text)


def _is_apart(edge: str, beside: str) -> bool:
    """Whether a generic word ends at ``edge``: there must be a rest, and in scripts with spaces a gap before it."""
    if not beside:
        return False
    return not beside.isalpha() or not edge.isalpha() or is_unspaced(edge)


def is_unspaced(char: str) -> bool:
    """Whether the script of a letter is written without spaces, or with few: Han, kana, Hangul, Thai."""
    return unicodedata.name(char, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI"))


@functools.cache
def generics(root: Path) -> Generics:
    """``aliases/readings/generic_words.tsv``."""
    before: dict[str, set[str]] = {"": set()}
    after: dict[str, set[str]] = {"": set()}
    for _, (language, place, word) in rows(Source(root / "readings" / "generic_words.tsv"), COLUMNS):
        folded = shape(word)
        for name in (language, ""):
            before.setdefault(name, set())
            after.setdefault(name, set())
            (before if place == "before" else after)[name].add(folded)
    longest = {n: tuple(sorted(w, key=lambda x: (-len(x), x))) for n, w in before.items()}
    return Generics(longest, {n: tuple(sorted(w, key=lambda x: (-len(x), x))) for n, w in after.items()})
