"""The score of a text from those of its sentences, with its interval, and whether two texts differ."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from normalize.compare.neural.records import Estimate
from normalize.errors import UsageError
from normalize.record import Record

RESAMPLES = 1000
SEED = 12345
"""As many resamples, and the seed, as the metrics of sacrebleu take."""
FEWEST = 10
"""Sentences below which no interval is given."""
FEWEST_TO_TEST = 30
"""Sentences below which no difference is tested."""

Whole = Callable[[Sequence[Estimate]], float]


class Summary(Record):
    """A text's score; ``low`` and ``high`` bound its 95 % interval over sentences, None where they are too few."""

    score: float
    low: float | None
    high: float | None
    sentences: int


def summarise(estimates: Sequence[Estimate], whole: Whole) -> Summary:
    """The score and its bootstrap interval; UsageError where there is no sentence."""
    if not estimates:
        raise UsageError("no sentence was left to judge")
    if len(estimates) < FEWEST:
        return Summary(whole(estimates), None, None, len(estimates))
    draw = random.Random(SEED)
    found = sorted(whole(draw.choices(estimates, k=len(estimates))) for _ in range(RESAMPLES))
    return Summary(whole(estimates), found[RESAMPLES // 40], found[-1 - RESAMPLES // 40], len(estimates))


def chance(first: Sequence[Estimate], second: Sequence[Estimate], whole: Whole) -> float:
    """The chance of such a difference between equals: paired bootstrap over sentences (Koehn 2004, as sacrebleu
    computes it); UsageError below FEWEST_TO_TEST sentences.
    """
    if len(first) < FEWEST_TO_TEST:
        raise UsageError(f"{len(first)} sentences are too few to test a difference; {FEWEST_TO_TEST} are the least")
    draw = random.Random(SEED)
    places = range(len(first))
    differences = []
    for _ in range(RESAMPLES):
        chosen = draw.choices(places, k=len(first))
        differences.append(whole([first[at] for at in chosen]) - whole([second[at] for at in chosen]))
    middle = sum(differences) / RESAMPLES
    seen = abs(whole(first) - whole(second))
    return (1 + sum(abs(one - middle) >= seen for one in differences)) / (1 + RESAMPLES)
