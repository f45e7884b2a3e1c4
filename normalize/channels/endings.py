"""Names with the endings of a language taken off: Polish *Putina*, Czech *Putinovi*, Latvian *Putins* are Putin.

``aliases/readings/endings.tsv`` says what each language adds. An ending may be part of the name itself (Ivanova is a
woman, not the genitive of Ivanov), so a name is looked up as it stands first, and by its bases only where that fails.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from pathlib import Path

from normalize.tables.locate import tables_root
from normalize.tables.read import Source, rows
from normalize.text.fold import fold

COLUMNS = ("language", "ending", "base", "example")
SHORTEST_STEM = 3
"""Letters that must be left of a word; shorter ones are names and particles by themselves."""
MOST_BASES = 24
_VOWELS = frozenset("aeiouyаеиоуыэюяієοαεηιυω")
_WORD = re.compile(r"[^\s\-]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("'`‘ʼ", "’"))


def bases(name: str, language: str) -> list[str]:
    """What ``name`` may be without the endings of ``language``, those with most endings taken off first; never itself.

    >>> bases("Putina", "pl"), "Volodymyr Zelenskyj" in bases("Volodymyra Zelenského", "cs")
    (['Putin'], True)
    >>> bases("Putin", "en"), bases("Putin’s", "en")
    ([], ['Putin'])
    """
    endings = _endings(tables_root(), language.partition("-")[0].lower())
    if not endings:
        return []
    spans = list(_WORD.finditer(name))
    choices = [(*_stems(word.group(), endings), word.group()) for word in spans]
    found: dict[str, int] = {}
    for pick in itertools.islice(itertools.product(*choices), MOST_BASES * MOST_BASES):
        text, at = "", 0
        for span, word in zip(spans, pick, strict=True):
            text += name[at : span.start()] + word
            at = span.end()
        left = sum(word == span.group() for span, word in zip(spans, pick, strict=True))
        found.setdefault(text + name[at:], left)
    found.pop(name, None)
    return sorted(found, key=found.__getitem__)[:MOST_BASES]


def without_patronymic(name: str) -> str:
    """``name`` in the order given, family and without its patronymic, or nothing where it has none and no comma.

    >>> without_patronymic("Миквабия, Артур Артёмович"), without_patronymic("Wladimir Wladimirowitsch Putin")
    ('Артур Миквабия', 'Wladimir Putin')
    >>> without_patronymic("Путин Владимир Владимирович"), without_patronymic("Slobodan Milošević")
    ('Владимир Путин', '')
    """
    family, comma, given = (half.strip() for half in name.partition(","))
    words = given.split() if comma else name.split()
    marked = [n for n, word in enumerate(words) if n and _is_patronymic(word)]
    if comma:
        kept = [word for n, word in enumerate(words) if n not in marked]
        return " ".join((*kept, family)) if kept and family else ""
    if len(words) != 3 or not marked:
        return ""
    if marked[0] == 1:
        return f"{words[0]} {words[2]}"
    return f"{words[1]} {words[0]}" if fold(words[2])[:1] > "z" else ""  # Latin -ović is a family name


def _is_patronymic(word: str) -> bool:
    return fold(word).endswith(_patronymics(tables_root()))


@functools.cache
def _patronymics(root: Path) -> tuple[str, ...]:
    """The endings, folded as words are."""
    table = rows(Source(root / "readings" / "patronymics.tsv"), ("script", "ending", "example"))
    return tuple(fold(ending) for _, (_script, ending, _example) in table)


def _stems(word: str, endings: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The word without an ending, the longest ending first."""
    plain = word.translate(_APOSTROPHES)
    found = []
    for length in range(min(len(plain) - 1, max(map(len, endings))), 0, -1):
        stem, ending = plain[:-length], plain[-length:].lower()
        if len(stem) >= SHORTEST_STEM:
            found += [stem + base for base in endings.get(ending, ()) if base or not _clash(stem[-1], ending[0])]
    return tuple(dict.fromkeys(found))


def _clash(before: str, after: str) -> bool:
    """Whether two vowels would meet: then the ending is not one."""
    return fold(before) in _VOWELS and fold(after) in _VOWELS


@functools.cache
def _endings(root: Path, language: str) -> dict[str, tuple[str, ...]]:
    """For each ending of a language what may stand without it."""
    found: dict[str, list[str]] = defaultdict(list)
    for _, (of, ending, base, _example) in rows(Source(root / "readings" / "endings.tsv"), COLUMNS):
        if of == language:
            found[ending].append(base)
    return {ending: tuple(bases) for ending, bases in found.items()}
