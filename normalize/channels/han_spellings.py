"""What a name in Han characters may be in Latin letters: the learned pairs of its characters and all their readings.

A foreign name is written by sound (普京, Putin) and its pairs are learned; a name of the Chinese world is romanised by
the convention of its place (林鄭月娥, Lam Cheng Yuet-ngor), and its pairs are the readings that the schemes give each
character. Which one a query is, nobody says: so both stand in one small table, made for the query.
"""

from __future__ import annotations

import functools
import itertools
from pathlib import Path
from typing import NamedTuple

from normalize.channels import names as engine
from normalize.channels.native import part
from normalize.channels.readings import hokkien, plain_han
from normalize.channels.spellings import LONGEST_LETTERS, Spelling, letters_of, pack, pairs
from normalize.tables.load import load_schemes
from normalize.tables.read import Source, rows
from normalize.tables.records import Scheme

CONVENTIONS = {
    "pinyin": 60, "wade-giles": 100, "taiwan": 100, "hong-kong": 80, "jyutping": 160, "tongyong": 160,
    "hanja-roman": 140, "hanja-mccune-reischauer": 140, "hanviet": 220,
}  # fmt: skip
"""The schemes whose readings are tried, and what each costs a character, in hundredths of a nat."""
HOKKIEN = 110
"""The same of the readings of Hokkien, which are written as `hokkien_syllables.tsv` says."""
MOST_READ = 8
"""A longer name is a foreign one, or a body's."""
LATER = 25
"""What each alternative costs more than the one before."""


def han_spelling(signs: str, root: Path, *, is_one_word: bool) -> Spelling:
    """The table for a name of Han ``signs`` (one character for each group of variants, plain_han).

    A name of several words, which a dot or a space parts, is a foreign one: its characters are not read.
    """
    learned, found = pairs(root, "han"), dict[str, dict[str, int]]()
    for char in dict.fromkeys("^$" + signs):
        found[char] = dict(learned.get(char, {}))
    for place, spelt in enumerate(_read(signs, root) if is_one_word else ()):
        for letters, cost in spelt.items():
            known = found[signs[place]]
            known[letters] = min(cost, known.get(letters, cost))
    return pack({"": learned.get("", {}), **_edged(found, learned, signs)})


def _edged(
    found: dict[str, dict[str, int]], learned: dict[str, dict[str, int]], signs: str
) -> dict[str, dict[str, int]]:
    """The learned pairs that span an edge as well."""
    return found | {run: learned[run] for run in ("^" + signs[:1], signs[-1:] + "$") if run in learned}


@functools.lru_cache(4096)
def _read(signs: str, root: Path) -> list[dict[str, int]]:
    """For each character its readings as a name, with their costs."""
    read: list[dict[str, int]] = [{} for _ in signs]
    if len(signs) > MOST_READ:
        return read
    name = part(signs, "zh", root)
    for scheme, dearer in _conventions(root):
        done = engine.steps(scheme, name, root)
        units = [unit for one in done.parts for unit in one.units] if done else []
        if len(units) != len(signs):
            continue
        for spelt, alternatives in zip(read, units, strict=True):
            for place, text in enumerate(alternatives):
                letters = letters_of(text)
                if 0 < len(letters) <= LONGEST_LETTERS:
                    cost = dearer + min(place, 4) * LATER
                    spelt[letters] = min(cost, spelt.get(letters, cost))
    for spelt, char in zip(read, signs, strict=True):
        for letters, cost in _hokkien(char, root).items():
            spelt[letters] = min(HOKKIEN + cost, spelt.get(letters, HOKKIEN + cost))
    return read


@functools.lru_cache(4096)
def _hokkien(char: str, root: Path) -> dict[str, int]:
    """What the readings of a character in Hokkien are written as abroad, with what each costs."""
    parts, written = pairs(root, "hokkien_syllables"), dict[str, int]()
    for place, syllable in enumerate(hokkien(root).get(char, ())):
        size = next((n for n in (3, 2, 1) if f"{syllable[:n]}-" in parts and f"-{syllable[n:]}" in parts), 0)
        begun, ended = parts.get(f"{syllable[:size]}-", {}), parts.get(f"-{syllable[size:]}", {})
        for (first, cost), (last, more) in itertools.product(begun.items(), ended.items()):
            if len(first + last) <= LONGEST_LETTERS:
                dear = cost + more + min(place, 4) * LATER
                written[first + last] = min(dear, written.get(first + last, dear))
    return written


class Part(NamedTuple):
    """A stretch of a name in Han ``signs``, and the English ``words`` one of which may stand for it."""

    signs: str
    words: tuple[str, ...] = ()


def cut(signs: str, root: Path) -> list[Part]:
    """A name cut at the parts that English translates (`han_terms.tsv`), the longest first; the rest stays whole.

    >>> from normalize.tables.locate import tables_root
    >>> [part.words for part in cut(plain_han("沙田區議會", tables_root()), tables_root())]
    [(), ('district',), ('council',)]
    """
    terms = han_terms(root)
    longest = max(map(len, terms), default=0)
    found, between, place = list[Part](), "", 0
    while place < len(signs):
        sizes = range(min(longest, len(signs) - place), 0, -1)
        term = next((signs[place : place + size] for size in sizes if signs[place : place + size] in terms), "")
        if term:
            found += [Part(between)] if between else []
            words = terms[term]
            found += [Part(term if len(words) == 1 else "", alternatives) for alternatives in words]
            between = ""
        else:
            between += signs[place]
        place += len(term) or 1
    return [*found, Part(between)] if between else found


@functools.cache
def han_terms(root: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The words that English has for parts of names, by their signs: alternatives for each word of it."""
    found = {}
    for _, (signs, words) in rows(Source(root / "spellings" / "han_terms.tsv"), ("signs", "words")):
        found[plain_han(signs, root)] = tuple(tuple(word.split("|")) for word in words.split())
    return found


@functools.cache
def _conventions(root: Path) -> list[tuple[Scheme, int]]:
    schemes = load_schemes(root)
    return [(schemes[id_], cost) for id_, cost in CONVENTIONS.items()]


__all__ = ["Part", "cut", "han_spelling", "han_terms"]
