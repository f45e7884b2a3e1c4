"""Names in other scripts, found among English names alone: ranked by what their words may spell, never decided.

Each word of a query is looked for among the words of the table's names (``near``), and the names that hold the words
found are weighed as a whole: every word of the query is given to one word of the name, in any order, and what is left
over on either side costs. Scripts that set no spaces are compared with whole names as well.
"""

from __future__ import annotations

import functools
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize.channels.han_spellings import han_spelling
from normalize.channels.spellings import Spelling, letters_of, script_of, signs_of, spelling
from normalize.names.words import Words, near

SLACKS = (250, 1000)
"""How much worse than its best a word may be spelt, in hundredths of a nat: at first, and where that finds no name."""
WINDOW = 500
"""How much worse than the best word found."""
MISSED = 1200
"""A word of the query that no word of the name spells costs so much, and FLOOR a sign."""
FLOOR = 40
MISSED_SYLLABLE = 500
"""The same of a character of a romanised name: a bearer may have put another given name in its place."""
ENOUGH = 60
"""A sign: a name found at so much is not sought with more slack."""
LEFT = 120
"""A word of the name that the query does not have: middle names and patronymics come and go."""
LEFT_PARTICLE = 30
SHORTEST = 3
"""Letters; a shorter word of a name is a particle or an initial."""
EXACT = 4
"""Letters; a shorter Latin word is met by itself alone: Li is not Yi."""
COMMON = 400
"""A word that more names have adds to the names that other words found; alone it finds so many at most."""
WORST, WORST_ALONE, WORST_HAN = 250, 120, 400
"""A sign: what costs more is nobody. A word alone has nothing beside it to bear it out."""
MOST_SYLLABLES = 4
"""A Han name of so many characters may be a romanised one, with a word for each."""
WEIGHED = 60
"""Names that are weighed as a whole."""
MOST = 10
_PARTS = re.compile("[\\s\\-\u2010-\u2015·・•･＝=゠/,.()、،\N{HEBREW PUNCTUATION MAQAF}\u200c\u2027]+")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A row that a query may name; ``cost`` in hundredths of a nat a sign, its place in the order of rows."""

    cost: int
    row: int
    score: float = 0.0


class Recogniser:
    """The English names of a table, to be found from other scripts."""

    def __init__(self, names: Sequence[str], root: Path) -> None:
        """Take the names; what is looked up is made when the first query comes."""
        self._names, self._root = names, root

    @functools.cached_property
    def _words(self) -> list[tuple[str, ...]]:
        """The words of each name, as their letters alone."""
        return [tuple(filter(None, map(letters_of, _PARTS.split(name)))) for name in self._names]

    @functools.cached_property
    def _vocabulary(self) -> tuple[Words, list[array[int]]]:
        """The distinct words in order, and for each the rows that hold it."""
        holders: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for row, words in enumerate(self._words):
            for word in dict.fromkeys(words):
                holders[word].append(row)
        ordered = sorted(holders)
        return Words.of(ordered), [holders[word] for word in ordered]

    @functools.cached_property
    def _numbers(self) -> list[tuple[int, ...]]:
        """The words of each name as numbers in the vocabulary."""
        number = {word: n for n, word in enumerate(sorted({w for words in self._words for w in words}))}
        return [tuple(number[word] for word in words) for words in self._words]

    @functools.cached_property
    def _wholes(self) -> tuple[Words, list[array[int]]]:
        """Each name in one piece, as it stands and with its last word first."""
        holders: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for row, words in enumerate(self._words):
            for order in {words, (*words[-1:], *words[:-1]), (*words[1:], *words[:1])} if len(words) > 1 else ():
                holders["".join(order)].append(row)
        ordered = sorted(holders)
        return Words.of(ordered), [holders[word] for word in ordered]

    def find(self, query: str) -> list[Match]:
        """The rows that ``query`` may name, the likeliest first; none for a script without a table."""
        script = next(filter(None, map(script_of, query)), "")
        parts = [signs for part in _PARTS.split(query) if (signs := signs_of(part, script, self._root))]
        joined = "".join(parts)
        spelt = (
            han_spelling(joined, self._root, is_one_word=len(parts) == 1)
            if script == "han"
            else spelling(self._root, script)
        )
        if not spelt or not parts:
            return []
        found = dict[int, int]()
        if script == "han" and len(parts) == 1 and len(joined) <= MOST_SYLLABLES:
            rows = self._promising([self._near(spelt, sign, SLACKS[0]) for sign in joined])
            found = self._weighed(spelt, list(joined), rows, MISSED_SYLLABLE)
        size = sum(map(len, parts)) + 2
        for slack in SLACKS:
            rows = self._promising([self._near(spelt, part, slack) for part in parts])
            for row, cost in self._weighed(spelt, parts, rows).items():
                found[row] = min(cost, found.get(row, cost))
            if script in UNSPACED or len(parts) == 1:
                for row, cost in self._whole(spelt, joined, slack).items():
                    found[row] = min(cost, found.get(row, cost))
            if found and min(found.values()) < ENOUGH * size:
                break
        worst = (WORST_HAN if script == "han" else WORST if len(parts) > 1 else WORST_ALONE) * size
        ranked = sorted((cost / size, row) for row, cost in found.items() if cost <= worst)[:MOST]
        return [Match(round(cost), row, _score(cost, n, ranked)) for n, (cost, row) in enumerate(ranked)]

    def _near(self, spelt: Spelling, signs: str, slack: int) -> dict[int, int]:
        words, _ = self._vocabulary
        return {number: cost for cost, number in near(spelt, signs, words, slack, WINDOW)}

    def _whole(self, spelt: Spelling, signs: str, slack: int) -> dict[int, int]:
        words, holders = self._wholes
        found = dict[int, int]()
        for cost, number in near(spelt, signs, words, slack, WINDOW):
            for row in holders[number]:
                found.setdefault(row, cost)
        return found

    def _promising(self, parts: list[dict[int, int]]) -> list[int]:
        """The most promising of the rows that hold a word of a part."""
        _, holders = self._vocabulary
        gains: dict[int, int] = defaultdict(int)
        spreads = [sum(len(holders[n]) for n in part) for part in parts]
        for part, spread in sorted(zip(parts, spreads, strict=True), key=lambda one: one[1]):
            best: dict[int, int] = {}
            if spread > COMMON and gains:
                for row in gains:
                    best[row] = max((MISSED - part[n] for n in self._numbers[row] if n in part), default=0)
            else:
                for number, cost in part.items():
                    gain = max(MISSED - cost, 1)
                    for row in holders[number]:
                        if best.get(row, 0) < gain:
                            best[row] = gain
            for row, gain in best.items():
                gains[row] += gain
        return sorted(gains, key=lambda row: (-gains[row], len(self._numbers[row]), row))[:WEIGHED]

    def _weighed(self, spelt: Spelling, parts: list[str], rows: list[int], most: int = MISSED) -> dict[int, int]:
        """The cost of each row: of every part against every word, however dear."""
        ordered = sorted({word for row in rows for word in self._words[row]})
        if not ordered:
            return {}
        words = Words.of(ordered)
        priced = [{ordered[n]: cost for cost, n in near(spelt, part, words, most, most)} for part in parts]
        for part, prices in zip(parts, priced, strict=True):
            if part.isascii() and len(part) < EXACT:
                for word in [word for word in prices if word != part]:
                    del prices[word]
        missed = [most + FLOOR * len(part) for part in parts]
        return {row: _cost(priced, missed, self._words[row]) for row in rows}


def _score(cost: float, place: int, ranked: list[tuple[float, int]]) -> float:
    """How likely a candidate is right, by its cost a sign and its lead before the next one.

    The weights are those of a logistic regression on 902 made-up people, two held-out tokens each, among 1,900 names
    that a fifth of them were not among (docs/names.md).
    """
    others = [other for n, (other, _) in enumerate(ranked) if n != place]
    lead = min(120.0, others[0] - cost) if others else 45.0
    return round(min(0.99, 1 / (1 + math.exp(-(1.6 - 0.0243 * cost + 0.0548 * max(lead, -120))))), 3)


def _cost(parts: list[dict[str, int]], missed: list[int], words: tuple[str, ...]) -> int:
    """What it costs to give every part one of the words, at its cheapest."""
    pairs = sorted((part[word], p, w) for p, part in enumerate(parts) for w, word in enumerate(words) if word in part)
    cost, given, taken = 0, set[int](), set[int]()
    for price, part, place in pairs:
        if part not in given and place not in taken:
            cost += price
            given.add(part)
            taken.add(place)
    cost += sum(missed[p] for p in range(len(parts)) if p not in given)
    return cost + sum(LEFT if len(w) >= SHORTEST else LEFT_PARTICLE for n, w in enumerate(words) if n not in taken)


UNSPACED = frozenset({"han", "hangul", "kana", "thai"})

__all__ = ["Match", "Recogniser"]
