"""What flows through an estimate: small, frozen; offsets in code points of the item's own text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from normalize.model import Span
from normalize.record import NOTHING, Record

FAMILIES = (
    "comet-regression", "comet-referenceless", "comet-unified", "xcomet", "metricx-23", "metricx-23-qe", "metricx-24",
    "masked-lm", "causal-lm", "embedding", "tagger", "regressor", "seq2seq",
)  # fmt: skip
"""What a model can be."""
Side = Literal["source", "reference"]


class Item(Record):
    """What is judged, with what it is judged by; empty where there is none."""

    text: str
    source: str = ""
    reference: str = ""


class Mark(Record):
    """Words of the text that the model singles out.

    ``label`` is the model's own (``minor``, ``BAD`` …) with its probability as ``weight``; the label ``surprisal`` has
    the words' surprisal in nats. A span is empty where only a token before the text is labelled.
    """

    span: Span
    label: str
    weight: float


class Estimate(Record):
    """What a model says of one item. ``tokens`` went into the score, ``cut`` more did not fit the model's window."""

    score: float
    marks: tuple[Mark, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()
    """Scores that the score was made from, by name."""
    tokens: int = 0
    cut: int = 0


class Reading(Record):
    """An item as token ids: one or several sequences, how long the longest is, and how many tokens did not fit."""

    sequences: tuple[tuple[int, ...], ...]
    cut: int = 0
    offsets: tuple[tuple[int, int], ...] = ()
    """Where each token of the first sequence that stands for the text itself lies in the text."""
    first: int = 0
    """The position in the first sequence of the token that the first offset belongs to."""
    types: tuple[int, ...] = ()
    """Of the first sequence's tokens, where a pair of texts is told apart by them."""
    sides: tuple[Side, ...] = ()
    """What the further sequences are, where that differs from item to item."""

    @property
    def length(self) -> int:
        """Tokens of the longest sequence."""
        return max(map(len, self.sequences))


class Model(Protocol):
    """A family: reads items one by one, scores readings in batches of about equal length."""

    wants: tuple[Side, ...]
    """Sides without which it cannot judge."""
    one_of: tuple[Side, ...]
    """Sides of which it needs at least one."""
    uses: tuple[Side, ...]
    """Every side it takes into account."""
    lower_is_better: bool

    def read(self, item: Item) -> Reading:
        """The item as token ids."""

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """Estimates of one batch, in its order."""

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The score of a text from those of its sentences."""


def mean(estimates: Sequence[Estimate]) -> float:
    """The mean of scores, which most families take for that of a whole text."""
    return sum(one.score for one in estimates) / len(estimates)


class Folder(Record):
    """A model's folder, as its files describe it before anything is loaded."""

    path: Path
    family: str
    """One of FAMILIES, or empty where the files name none."""
    config: dict[str, Any]
    """config.json, of the encoder where that is apart."""
    hparams: dict[str, Any] = NOTHING  # type: ignore[assignment]
    """hparams.yaml of a COMET model."""
    encoder: Path = Path()
    """Where the tokenizer is, and of a COMET model the encoder's config.json."""
    weights: tuple[Path, ...] = ()
    parameters: int = 0
    """Numbers in the weights; of pickles, whose insides are not read, as many as their bytes can hold."""
    problems: tuple[str, ...] = ()
    """What keeps it from being loaded, a sentence each."""


Tick = Callable[[int, int], None]
"""Told how many items of how many are done."""
