"""A word list that is never loaded: a word is found by a binary search in the mapped, sorted file."""

from __future__ import annotations

import functools
import mmap
from pathlib import Path

from normalize.tables.locate import tables_root

MOST_KEPT = 100_000
"""Answers remembered: a text says the same words again and again, a corpus has no end of them."""


class Lexicon:
    """The words of a file that holds one a line, sorted by bytes; behind a tab may stand what belongs to a word."""

    def __init__(self, path: Path) -> None:
        """Map ``path``."""
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._end = len(self._map)
        self._asked: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        """Whether ``word`` stands in the list.

        >>> "distortion" in lexicon("en"), "distortation" in lexicon("en")
        (True, False)
        """
        known = self._asked.get(word)
        if known is None:
            if len(self._asked) >= MOST_KEPT:
                self._asked.clear()
            known = self._asked[word] = self.behind(word) is not None
        return known

    def behind(self, word: str) -> str | None:
        """What belongs to a word; None if it is not listed."""
        wanted = word.encode()
        low, high = 0, self._end
        while low < high:
            middle = (low + high) // 2
            start = self._map.rfind(b"\n", low, middle) + 1 or low
            end = self._map.find(b"\n", start)
            end = self._end if end < 0 else end
            key, _, rest = self._map[start:end].partition(b"\t")
            if key == wanted:
                return rest.decode()
            if key < wanted:
                low = end + 1
            else:
                high = start
        return None


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, ``aliases/lexicon/<language>.txt``."""
    return Lexicon(tables_root() / "lexicon" / f"{language}.txt")
