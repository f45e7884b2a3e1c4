"""Reading back: a form in a spelling that keeps every Mandarin syllable apart becomes its syllables again.

Palladius, full Wade-Giles and pinyin lose nothing but the borders of syllables, which gaps and apostrophes show. Others
(Sino-Vietnamese, Sino-Korean, on readings) are not read back, for one form fits hundreds of names: they only suggest
(rules/possible_reading.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from normalize.channels.readings import syllables

REVERSIBLE = ("palladius", "pinyin", "wade_giles")
_GAP = re.compile(r"[\s\-‐]+")
_SEAM = re.compile("[’'ъ](?=[aoeаеёиоуэюя])")
"""An apostrophe or hard sign that only parts two syllables."""


def read_back(form: str, column: str, root: Path) -> list[tuple[str, ...]]:
    """The toneless Mandarin syllables that ``form`` may be, those of the fewest syllables first; empty if it is none.

    ``column`` is one of REVERSIBLE.
    """
    words = [word for word in _GAP.split(form.lower()) if word]
    table = _inverse(column, root)
    found: list[tuple[str, ...]] = [()]
    for word in words:
        cuts = sorted(_cuts(word if column == "wade_giles" else _SEAM.sub("|", word), table), key=len)
        found = [(*before, *cut) for before in found for cut in cuts[:1]]
    return found if words else []


def _cuts(word: str, table: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """The ways to cut a word into known syllables; ``|`` is a border."""
    if not word:
        yield ()
        return
    for length in range(min(len(word), 7), 0, -1):
        if syllable := table.get(word[:length]):
            for rest in _cuts(word[length:].removeprefix("|"), table):
                yield (syllable, *rest)


@functools.cache
def _inverse(column: str, root: Path) -> dict[str, str]:
    """The syllable of each spelling."""
    if column == "pinyin":
        return {syllable: syllable for syllable in syllables(root, "palladius")}
    return {spellings[0]: syllable for syllable, spellings in syllables(root, column).items()}
