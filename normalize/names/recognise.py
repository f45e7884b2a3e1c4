"""Names in other scripts, found among English names alone: ranked by what their words may spell, never decided.

Each word of a query is looked for among the words of the table's names (``near``), and the names that hold the words
found are weighed as a whole: every word of the query is given to one word of the name, in any order, and what is left
over on either side costs. Scripts that set no spaces are compared with whole names as well.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from normalize.channels.han_spellings import Part, cut, han_spelling
from normalize.channels.name_parts import name_parts
from normalize.channels.spellings import Spelling, letters_of, script_of, signs_of, sounded
from normalize.names.words import Words, near

SLACKS = (250, 1000)
"""How much worse than its best a word may be spelt, in hundredths of a nat: at first, and where that finds no name."""
WINDOW = 500
"""How much worse than the best word found."""
MISSED = 1200
FLOOR = 40
TRANSLATED = 60
"""A part of a Han name that stands for the English word."""
PLAIN_HAN, PLAIN_PAIR, UNSURE_HAN = 150, 60, 0.9
"""What a Han name may cost a sign, and one of two characters, to be called likelier than the third."""
ENOUGH = 60
"""A sign: a name found at so much is not sought with more slack."""
LEFT_PARTICLE = 30
SHORTEST = 3
"""Letters; a shorter word of a name is a particle or an initial."""
EXACT = 4
"""Letters; a shorter Latin word is met by itself alone: Li is not Yi."""
INITIAL = 100
"""A letter that stands for a word."""
SAME = 120
"""Another form of a given name."""
COMMON = 400
"""A word that more names have adds to the names that other words found; alone it finds so many at most."""
WORST, WORST_ALONE, WORST_HAN = 250, 120, 400
"""A sign: what costs more is nobody. A word alone has nothing beside it to bear it out."""
MOST_SYLLABLES = 4
"""A Han name of so many characters may be a romanised one, with a word for each."""
JOINED = 500
"""Two words of a query that are one of a name."""
MOST_JOINED = 5
"""Words of a query of which neighbours may be one word of a name."""
WEIGHED = 60
"""Names that are weighed as a whole."""
MOST = 10
_Key = TypeVar("_Key", int, str)
_PARTS = re.compile("[\\s\\-\u2010-\u2015·・•･＝=゠/,.()、،\N{HEBREW PUNCTUATION MAQAF}\u200c\u2027]+")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A row that a query may name; ``cost`` in hundredths of a nat a sign, its place in the order of rows."""

    cost: int
    row: int
    score: float = 0.0


class Prices(NamedTuple):
    """What it costs when the words of a query and of a name do not fit, in hundredths of a nat."""

    missed: int
    """A word of the query that no word of the name spells; FLOOR a sign on top."""
    first_missed: int
    """The same of the first one."""
    left: int
    """A word of the name that the query does not have, as it has middle names and patronymics; of two words or more."""
    left_of_few: int
    """The same where the query has two words or fewer."""
    disorder: int
    """Each word that stands before the one that follows in the query, but a family name at the end."""


WORDS = Prices(MISSED, MISSED, 120, 120, 0)
"""Names in words."""
PARTS = Prices(500, 500, 120, 120, 0)
"""Names in Han characters, parted at what English translates: where it puts a part is its own affair."""
SYLLABLES = Prices(500, 1000, 120, 300, 400)
"""Names in Han characters, each a word: a bearer may have put another given name in place of his own, but bears the
family name, and it comes first.
"""


class Recogniser:
    """The English names of a table, to be found from other scripts."""

    def __init__(self, names: Sequence[str], root: Path) -> None:
        """Take the names; what is looked up is made when the first query comes."""
        self._names, self._root = names, root

    @functools.cached_property
    def _words(self) -> list[tuple[str, ...]]:
        """The words of each name, as their letters alone."""
        ranks = name_parts(self._root).ranks
        return [tuple(filter(None, map(letters_of, _PARTS.split(_bare(name, ranks))))) for name in self._names]

    @functools.cached_property
    def _holders(self) -> dict[str, array[int]]:
        """For each distinct word the rows that hold it."""
        holders: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for row, words in enumerate(self._words):
            for word in dict.fromkeys(words):
                holders[word].append(row)
        return holders

    @functools.cached_property
    def _vocabulary(self) -> tuple[Words, list[array[int]]]:
        """The distinct words in order, and for each the rows that hold it."""
        return _in_order(self._holders)

    @functools.cached_property
    def _number(self) -> dict[str, int]:
        """The number of each word in the vocabulary."""
        return {word: number for number, word in enumerate(sorted(self._holders))}

    @functools.cached_property
    def _numbers(self) -> list[tuple[int, ...]]:
        """The words of each name as numbers in the vocabulary."""
        return [tuple(self._number[word] for word in words) for words in self._words]

    @functools.cached_property
    def _wholes(self) -> tuple[Words, list[array[int]]]:
        """Each name in one piece."""
        return self._glued(lambda words: {words})

    @functools.cached_property
    def _turned(self) -> tuple[Words, list[array[int]]]:
        """Each name in one piece, as it stands and with its last word first."""
        return self._glued(lambda words: {words, (*words[-1:], *words[:-1]), (*words[1:], *words[:1])})

    def _glued(self, orders: Callable[[tuple[str, ...]], set[tuple[str, ...]]]) -> tuple[Words, list[array[int]]]:
        holders: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for row, words in enumerate(self._words):
            for order in orders(words) if len(words) > 1 else ():
                holders["".join(order)].append(row)
        return _in_order(holders)

    def find(self, query: str) -> list[Match]:
        """The rows that ``query`` may name, the likeliest first; none for a script without a table."""
        script = next(filter(None, map(script_of, query)), "")
        query = _bare(query, name_parts(self._root).ranks)
        parts = [signs for part in _PARTS.split(query) if (signs := signs_of(part, script, self._root))]
        joined = "".join(parts)
        if script == "han" and len(joined) == 1:
            return []  # a family name, and whose?
        spelt = (
            han_spelling(joined, self._root, is_one_word=len(parts) == 1)
            if script == "han"
            else sounded([*parts, joined], script, self._root)
        )
        if not spelt or not parts:
            return []
        found = dict[int, int]()
        for pieces, prices in _pieces(joined, self._root) if script == "han" and len(parts) == 1 else ():
            rows = self._promising([self._near(spelt, piece, SLACKS[0]) for piece in pieces])
            _keep(found, self._weighed(spelt, pieces, rows, prices))
        size = sum(map(len, parts)) + 2
        for slack in SLACKS:
            for words in _joined(parts) if slack == SLACKS[-1] else [list(map(Part, parts))]:
                rows = self._promising([self._near(spelt, word, slack) for word in words])
                _keep(found, self._weighed(spelt, words, rows), JOINED if len(words) < len(parts) else 0)
            if script in UNSPACED or len(parts) == 1:
                wholes = self._wholes if script == "han" else self._turned  # Han keeps the order of a foreign name
                _keep(found, _whole(spelt, joined, slack, wholes))
            if found and min(found.values()) < ENOUGH * size:
                break
        worst = (WORST_HAN if script == "han" else WORST if len(parts) > 1 else WORST_ALONE) * size
        ranked = sorted((cost / size, row) for row, cost in found.items() if cost <= worst)[:MOST]
        plain = math.inf if script != "han" else PLAIN_HAN if len(joined) >= SHORTEST else PLAIN_PAIR
        most = UNSURE_HAN if ranked and ranked[0][0] > plain else 1.0
        scores = (min(most, _score(cost, n, ranked)) for n, (cost, _) in enumerate(ranked))
        return [Match(round(cost), row, score) for (cost, row), score in zip(ranked, scores, strict=True)]

    def _near(self, spelt: Spelling, part: Part, slack: int) -> dict[int, int]:
        words, _ = self._vocabulary
        found = {number: cost for cost, number in near(spelt, part.signs, words, slack, WINDOW)} if part.signs else {}
        for number, cost in list(found.items()):
            _keep(found, dict.fromkeys(self._same.get(number, ()), cost), SAME)
        return found | {self._number[word]: TRANSLATED for word in part.words if word in self._number}

    @functools.cached_property
    def _same(self) -> dict[int, tuple[int, ...]]:
        """The other forms of a given name in the vocabulary, by number."""
        found: dict[int, tuple[int, ...]] = {}
        for word, others in name_parts(self._root).same.items():
            if word in self._number:
                found[self._number[word]] = tuple(self._number[other] for other in others if other in self._number)
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

    def _priced(self, spelt: Spelling, part: Part, ordered: list[str], words: Words, most: int) -> dict[str, int]:
        """What it costs to take a part for each word, however dear: as it is spelt, an initial, another form."""
        found = {ordered[n]: cost for cost, n in near(spelt, part.signs, words, most, most)} if part.signs else {}
        if part.signs.isascii() and 1 < len(part.signs) < EXACT:
            found = {word: cost for word, cost in found.items() if word == part.signs}
        same = name_parts(self._root).same
        for word, cost in list(found.items()):
            _keep(found, dict.fromkeys(same.get(word, ()), cost), SAME)
        if len(part.signs) == 1 and script_of(part.signs) != "han":  # an initial
            letters = sorted({word[0] for word in ordered})
            for cost, n in near(spelt, part.signs, Words.of(letters), most, most):
                begun = (word for word in ordered if word[0] == letters[n] and word != part.signs)
                _keep(found, dict.fromkeys(begun, cost), INITIAL)
        return found | dict.fromkeys(part.words, TRANSLATED)

    def _weighed(self, spelt: Spelling, parts: list[Part], rows: list[int], prices: Prices = WORDS) -> dict[int, int]:
        """The cost of each row: of every part against every word, however dear."""
        ordered = sorted({word for row in rows for word in self._words[row]})
        if not ordered:
            return {}
        words = Words.of(ordered)
        priced = [self._priced(spelt, part, ordered, words, prices.missed) for part in parts]
        missed = [prices.missed + FLOOR * len(part.signs) for part in parts]
        missed[0] += prices.first_missed - prices.missed
        return {row: _cost(priced, missed, self._words[row], prices) for row in rows}


def _in_order(holders: dict[str, array[int]]) -> tuple[Words, list[array[int]]]:
    """Words in order, and for each the rows that hold it."""
    ordered = sorted(holders)
    return Words.of(ordered), [holders[word] for word in ordered]


def _bare(name: str, ranks: frozenset[str]) -> str:
    """A name without the peerage or the generation behind its comma: "Norman Lamont, Baron Lamont of Lerwick"."""
    head, comma, tail = name.partition(",")
    return head if comma and not ranks.isdisjoint(letters_of(word) for word in tail.split()[:2]) else name


def _keep(found: dict[_Key, int], costs: dict[_Key, int], more: int = 0) -> None:
    """Put in the costs, ``more`` added, where they are less than what is there."""
    for key, cost in costs.items():
        found[key] = min(cost + more, found.get(key, cost + more))


def _whole(spelt: Spelling, signs: str, slack: int, names: tuple[Words, list[array[int]]]) -> dict[int, int]:
    """The rows whose names in one piece ``signs`` may spell."""
    words, holders = names
    found = dict[int, int]()
    for cost, number in near(spelt, signs, words, slack, WINDOW):
        for row in holders[number]:
            found.setdefault(row, cost)
    return found


def _score(cost: float, place: int, ranked: list[tuple[float, int]]) -> float:
    """How likely a candidate is right, by its cost a sign and its lead before the next one.

    The weights are those of a logistic regression on 902 made-up people, two held-out tokens each, among 1,900 names
    that a fifth of them were not among (docs/names.md).
    """
    others = [other for n, (other, _) in enumerate(ranked) if n != place]
    lead = min(120.0, others[0] - cost) if others else 45.0
    return round(min(0.99, 1 / (1 + math.exp(-(1.6 - 0.0243 * cost + 0.0548 * max(lead, -120))))), 3)


def _cost(parts: list[dict[str, int]], missed: list[int], words: tuple[str, ...], prices: Prices) -> int:
    """What it costs to give every part one of the words, at its cheapest."""
    pairs = sorted((part[word], p, w) for p, part in enumerate(parts) for w, word in enumerate(words) if word in part)
    cost, given, taken = 0, dict[int, int](), set[int]()
    for price, part, place in pairs:
        if part not in given and place not in taken:
            cost += price
            given[part] = place
            taken.add(place)
    cost += sum(missed[p] for p in range(len(parts)) if p not in given)
    left = prices.left if len(parts) > 2 else prices.left_of_few
    cost += sum(left if len(w) >= SHORTEST else LEFT_PARTICLE for n, w in enumerate(words) if n not in taken)
    if prices.disorder:
        places = [given[part] for part in sorted(given)]
        if len(places) > 2 and places[0] == max(places):
            del places[0]
        cost += prices.disorder * sum(one > other for one, other in itertools.pairwise(places))
    return cost


def _joined(parts: list[str]) -> Iterator[list[Part]]:
    """The words of a query as they stand, then with two neighbours as one: Mac Cain, Burhan ud-Din."""
    yield list(map(Part, parts))
    for place in range(1, len(parts) if len(parts) <= MOST_JOINED else 1):
        yield list(map(Part, [*parts[: place - 1], parts[place - 1] + parts[place], *parts[place + 1 :]]))


def _pieces(signs: str, root: Path) -> list[tuple[list[Part], Prices]]:
    """How a Han name without dots may be parted: by characters, where they are few, and at what English translates."""
    parts = cut(signs, root)
    rest = sum(len(part.signs) for part in parts if not part.words)
    found = [([Part(sign) for sign in signs], SYLLABLES)] if len(signs) <= MOST_SYLLABLES else []
    if any(part.words for part in parts):
        found.append((parts, PARTS))
        if rest <= MOST_SYLLABLES:
            found.append(([one for part in parts for one in ([part] if part.words else map(Part, part.signs))], PARTS))
    return found


UNSPACED = frozenset({"han", "hangul", "kana", "thai"})

__all__ = ["Match", "Recogniser"]
