"""English words: which there are, what form of what they are, their opposites and synonyms.

The lists stand sorted in ``aliases/compare/en/`` and are mapped, never loaded.
"""

from __future__ import annotations

import functools

from normalize.index.lexicon import Lexicon
from normalize.tables.locate import tables_root


@functools.cache
def _table(name: str) -> Lexicon:
    return Lexicon(tables_root() / "compare" / "en" / name)


def _listed(name: str, word: str) -> tuple[str, ...]:
    """What a table has behind a word."""
    return tuple((_table(name).behind(word) or "").split()) if word.isascii() else ()


@functools.lru_cache(maxsize=100_000)
def is_word(word: str) -> bool:
    """Whether a large desk dictionary has the lower-case word or one it is a form of.

    >>> is_word("distortion"), is_word("distortation"), is_word("avec")
    (True, False, False)
    """
    return word.isascii() and _table("dictionary.txt").behind(word) is not None


ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("iest", "y"), ("ier", "y"), ("sses", "ss"), ("es", "e"), ("es", ""), ("s", ""),
    ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("est", "e"), ("est", ""), ("er", "e"), ("er", ""),
)  # fmt: skip
"""English inflections: what a form ends in, and what its base has there instead."""

DERIVED = (
    "ations", "ation", "ments", "ment", "ities", "ity", "ically", "ical", "ively", "ive", "ness", "ional", "ions",
    "ion", "ally", "ly", "able", "ible", "ance", "ence", "ist", "ism", "ic", "al", "or", "er", "y", "e",
)  # fmt: skip
"""Endings of words that are made of others."""


@functools.lru_cache(maxsize=100_000)
def base_of(word: str) -> str:
    """The word a form is a form of; a word itself where the dictionary knows no other.

    >>> [base_of(w) for w in ("ships", "countries", "went", "larger", "stopped", "making", "bus", "led")]
    ['ship', 'country', 'go', 'large', 'stop', 'make', 'bus', 'lead']
    """
    if len(word) < 4 or not word.isascii():
        return (irregular_bases(word) or (word,))[0] if len(word) > 1 else word
    if bases := irregular_bases(word):
        return bases[0]
    for ending, instead in ENDINGS:
        stem = word[: -len(ending)]
        if not word.endswith(ending) or len(stem) < 2:
            continue
        if ending in ("er", "est") and not _has_degrees(word, stem + instead):
            continue
        if ending == "s" and stem.endswith(("s", "u", "i")):
            continue
        if is_word(stem + instead) and len(stem + instead) > 2:
            return stem + instead
        if ending in ("ed", "ing", "er", "est") and len(stem) > 3 and stem[-1] == stem[-2] and is_word(stem[:-1]):
            return stem[:-1]
    return word


def _has_degrees(word: str, base: str) -> bool:
    """Whether "-er" makes a comparative here, not the one who does it: the superlative is a word too."""
    return is_word(word) and is_word(base + "st" if base.endswith("e") else base + "est")


def irregular_bases(word: str) -> tuple[str, ...]:
    """What an irregular form is a form of."""
    return _listed("irregular.tsv", word)


@functools.lru_cache(maxsize=100_000)
def root_of(word: str) -> str:
    """What is left of a base without the ending by which it was made of another word: for likeness, never for print.

    >>> root_of("production"), root_of("product"), root_of("peacefully")
    ('product', 'product', 'peaceful')
    """
    base = base_of(word)
    for ending in DERIVED:
        if base.endswith(ending) and len(base) - len(ending) >= 4:
            return base[: -len(ending)]
    return base


@functools.lru_cache(maxsize=20_000)
def opposites(word: str) -> frozenset[str]:
    """The words that WordNet calls the contrary of ``word`` or of its base.

    >>> "small" in opposites("large"), "minorities" in opposites("majority"), "minority" in opposites("majorities")
    (True, False, True)
    """
    forms = dict.fromkeys((word, base_of(word), *irregular_bases(word)))
    return frozenset(other for form in forms for other in _listed("opposites.tsv", form))


@functools.lru_cache(maxsize=20_000)
def synonyms(word: str) -> frozenset[str]:
    """The words that share a sense with ``word`` or with its base, each as a base."""
    found = _listed("synonyms.tsv", word) + _listed("synonyms.tsv", base_of(word))
    return frozenset(base_of(other) for other in found)
