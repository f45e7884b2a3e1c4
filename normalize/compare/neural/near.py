"""Sentence embeddings as help for alignment: the pairs of sentences that a model holds for the same.

A pair helps where each sentence is the other's nearest, as in bitext mining (Artetxe and Schwenk 2019,
arxiv.org/abs/1811.01136, compare a cosine with those around it, too). It only ever brings sentences nearer. Not
measured: no pretrained model was at hand.
"""

from __future__ import annotations

from normalize.compare.align import Near
from normalize.compare.neural.embed import Embedder
from normalize.compare.neural.load import Estimator
from normalize.compare.records import Side
from normalize.errors import UsageError

SHARE = 0.5
"""Likeness of two sentences whose vectors are the same, where nothing else speaks for them."""


def nearness(estimator: Estimator) -> Near:
    """The function that alignment asks; UsageError where the model gives no vectors."""
    model = estimator.model
    if not isinstance(model, Embedder):
        raise UsageError(f"{estimator.folder.path}: is a {estimator.folder.family}; alignment wants an embedding model")
    return lambda left, right: mutual(cosines(model, left, right))


def cosines(model: Embedder, left: Side, right: Side) -> list[list[float]]:
    """Of each sentence with each; a sentence without words is like none."""
    texts = [side.slice(one.span) for side in (left, right) for one in side.sentences]
    vectors = model.vectors(texts)
    mine, theirs = vectors[: len(left.sentences)], vectors[len(left.sentences) :]
    return [[sum(a * b for a, b in zip(one, other, strict=True)) for other in theirs] for one in mine]


def mutual(rows: list[list[float]]) -> list[dict[int, float]]:
    """For each row the place of its highest number, if that is the highest of its column as well, with how far it
    stands out from the rest of the row.

    >>> mutual([[0.9, 0.1, 0.2], [0.3, 0.2, 0.7], [0.8, 0.1, 0.1]])
    [{0: 0.44}, {2: 0.3}, {}]
    """
    found: list[dict[int, float]] = []
    for row in rows:
        best = max(range(len(row)), key=row.__getitem__, default=-1)
        if best < 0 or any(other[best] > row[best] for other in rows):
            found.append({})
            continue
        rest = [value for there, value in enumerate(row) if there != best]
        usual = max(0.0, sum(rest) / len(rest)) if rest else 0.0
        found.append({best: round(SHARE * max(0.0, row[best] - usual) / (1 - min(usual, 0.99)), 2)})
    return found
