"""How alike two sentences are: character n-grams weighed by rarity, words, and facts in common."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from sys import intern

from normalize.compare.records import Fact, Sentence, Side

SIZES = (3, 4, 5)
"""Lengths of the character n-grams; on hand links as good as chrF++ and better than words (docs/compare.md)."""

FACT_WEIGHT = {"number": 1.0, "month": 0.5, "weekday": 0.5, "name": 1.0, "quotation": 0.0, "negation": 0.0}


def grams(sentence: Sentence) -> Counter[str]:
    """The character n-grams of its words, padded by spaces."""
    found: Counter[str] = Counter()
    for word in sentence.words:
        padded = f" {word.folded} "
        for size in SIZES:
            found.update(intern(padded[at : at + size]) for at in range(max(1, len(padded) - size + 1)))
    return found


Vector = dict[str, float]


def vectors(*sides: tuple[Sentence, ...]) -> list[list[Vector]]:
    """Unit vectors of all sentences, n-grams weighed by how few sentences of all sides have them."""
    counted = [[grams(sentence) for sentence in side] for side in sides]
    frequency = Counter(gram for side in counted for one in side for gram in one)
    total = sum(len(side) for side in sides)
    return [[_unit(one, frequency, total) for one in side] for side in counted]


def _unit(counts: Counter[str], frequency: Counter[str], total: int) -> Vector:
    weighed = {g: (1 + math.log(n)) * math.log(1 + total / frequency[g]) for g, n in counts.items()}
    length = math.sqrt(sum(w * w for w in weighed.values())) or 1.0
    return {g: w / length for g, w in weighed.items()}


def cosines(left: list[Vector], right: list[Vector]) -> list[dict[int, float]]:
    """For each left vector, the cosine with each right one that shares anything.

    In long texts, n-grams that many sentences have are left out: they tell little and cost most.
    """
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(right):
        for gram, weight in vector.items():
            postings[gram].append((number, weight))
    limit = max(60, len(right) // 40) if len(right) > 200 else len(right)
    found = []
    for vector in left:
        dots: dict[int, float] = defaultdict(float)
        for gram, weight in vector.items():
            places = postings.get(gram, ())
            if len(places) <= limit:
                for number, other in places:
                    dots[number] += weight * other
        found.append(dict(dots))
    return found


def fact_vectors(*sides: Side) -> list[list[Vector]]:
    """Unit vectors of the sentences' names, numbers and dates; rare facts weigh more, weak ones little."""
    bags: list[list[dict[str, float]]] = []
    frequency: Counter[str] = Counter()
    for side in sides:
        bag: list[dict[str, float]] = [{} for _ in side.sentences]
        for fact in side.facts:
            for key, weight in _keys(fact):
                bag[fact.sentence][key] = max(weight, bag[fact.sentence].get(key, 0.0))
        bags.append(bag)
        frequency.update(key for one in bag for key in one)
    total = sum(len(side.sentences) for side in sides)
    return [[_weigh(one, frequency, total) for one in bag] for bag in bags]


def _keys(fact: Fact) -> Iterable[tuple[str, float]]:
    weight = FACT_WEIGHT[fact.kind] * (0.3 if fact.weak else 1.0)
    if not weight or fact.value.startswith("term/"):
        return ()
    if fact.value.startswith("“"):
        return [(f"word {word}", weight * 0.7) for word in fact.value[1:].split()]
    return [(f"{fact.kind} {fact.value}", weight)]


def _weigh(bag: dict[str, float], frequency: Counter[str], total: int) -> Vector:
    weighed = {key: weight * math.log(1 + total / frequency[key]) for key, weight in bag.items()}
    length = math.sqrt(sum(w * w for w in weighed.values())) or 1.0
    return {key: w / length for key, w in weighed.items()}
