"""Consonant skeletons of Arabic, Persian, Urdu and Hebrew names: a key to search candidates by, never a decision.

These scripts leave short vowels out, so no rule can write such a name in Latin letters; but the consonants of a Latin
spelling, read as its own language spells them (German ``ch`` is the ``kh`` of English, the ``j`` of Spanish), meet
those of the native form. ``aliases/readings/skeleton.tsv`` says what each language writes for each consonant.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

from normalize.record import Record
from normalize.tables.locate import tables_root
from normalize.tables.read import Source, rows

COLUMNS = ("language", "letters", "key")
EVERY, ARTICLE = "*", "article"
"""Rows for every language; rows whose letters are words that fall away."""
VOWEL = "a"
"""The key of a vowel or a glottal stop."""
_IGNORED = re.compile("['’ʼʻ‘`´ʿʾʹ\N{ARABIC TATWEEL}.,׳״]")
_PARTS = re.compile("[\\s\\-\u2010-\u2015\N{HEBREW PUNCTUATION MAQAF}\N{ZERO WIDTH NON-JOINER}]+")
_KEPT_MARKS = frozenset(
    "\N{COMBINING CARON}\N{COMBINING CEDILLA}\N{COMBINING BREVE}\N{COMBINING DOT ABOVE}\N{COMBINING COMMA BELOW}"
    "\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}\N{HEBREW POINT SIN DOT}"
)
_TWICE = re.compile(r"([a-z]|[a-z]h)\1")


class Keys(Record):
    """A pattern whose n-th group is the n-th spelling of a consonant, the longest first, and the key of each."""

    pattern: re.Pattern[str]
    keys: tuple[str, ...]


def skeleton(name: str, language: str) -> str:
    """The consonants of ``name`` as ``language`` (that of the spelling, or of the native form) writes them.

    Two names with one key may be the same and may not: Hassan and Hussein have one. Empty where nothing is left.

    >>> skeleton("Muammar al-Gaddafi", "en") == skeleton("معمر القذافي", "ar") == skeleton("Mouammar Kadhafi", "fr")
    True
    >>> skeleton("Chamenei", "de"), skeleton("Jameneí", "es"), skeleton("Khamenei", "en"), skeleton("خامنه‌ای", "fa")
    ('hmn', 'hmn', 'hmn', 'hmn')
    >>> skeleton("Hassan", "en") == skeleton("Hussein", "en")
    True
    """
    keys = _keys(tables_root(), language.partition("-")[0].lower())
    articles = _articles(tables_root())
    text = _IGNORED.sub("", _plain(name))
    parts = [part for part in _PARTS.split(text) if part]
    named = [part for part in parts if part not in articles] or parts
    return "".join(_key(part, keys, is_head=n == 0) for n, part in enumerate(named))


def _key(word: str, keys: Keys, *, is_head: bool) -> str:
    """The key of one word; a doubled Latin letter is one consonant, and a vowel counts at the name's head only."""
    edged = f"#{_TWICE.sub(lambda m: m[1], word)}#"
    found = (keys.keys[(match.lastindex or 1) - 1] for match in keys.pattern.finditer(edged))
    return "".join(key for key in found if is_head or key != VOWEL)


def _plain(name: str) -> str:
    """Lower case; of the marks only those stay that make another consonant (č, ş, ż)."""
    text = unicodedata.normalize("NFD", name.replace("İ", "i").replace("ı", "i").casefold())
    kept = (c for c in text if not unicodedata.combining(c) or c in _KEPT_MARKS)
    return unicodedata.normalize("NFC", "".join(kept))


@functools.cache
def _rows(root: Path) -> tuple[tuple[str, str, str], ...]:
    source = Source(root / "readings" / "skeleton.tsv")
    return tuple((language, letters, key) for _, (language, letters, key) in rows(source, COLUMNS))


@functools.cache
def _keys(root: Path, language: str) -> Keys:
    """The rows for every language, and over them those of ``language``."""
    found: dict[str, str] = {}
    for wanted in (EVERY, language):
        for of, letters, key in _rows(root):
            if wanted in of.split():
                found |= dict.fromkeys(letters.split(), key)
    longest = sorted(found, key=lambda letters: (-len(letters), letters))
    pattern = re.compile("|".join(f"({_edged(letters)})" for letters in longest) or "(?!)")
    return Keys(pattern, tuple(found[letters] for letters in longest))


def _edged(letters: str) -> str:
    """Letters as a pattern; ``#`` is the edge of a word, which is looked at and not used up."""
    body = re.escape(letters.strip("#"))
    return ("(?<=#)" if letters.startswith("#") else "") + body + ("(?=#)" if letters.endswith("#") else "")


@functools.cache
def _articles(root: Path) -> frozenset[str]:
    return frozenset(word for of, letters, _ in _rows(root) if of == ARTICLE for word in letters.split())
