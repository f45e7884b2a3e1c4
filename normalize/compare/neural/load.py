"""A folder to an estimator, and items to estimates: batched, sorted by length, in the order given."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from normalize.compare.neural import runtime
from normalize.compare.neural.folder import (
    fingerprint,
    memory_free,
    memory_wanted,
    recognise,
    refuse_too_large,
)
from normalize.compare.neural.lm import by_word
from normalize.compare.neural.records import Estimate, Folder, Item, Model, Tick
from normalize.errors import InputError, UsageError
from normalize.record import Record, replace

BATCH = 16
"""Items computed at once where nothing else is said."""


class Estimator(Record):
    """A loaded model.

    >>> from normalize.compare.neural.load import load
    >>> estimator = load("models/wmt22-comet-da", encoder="models/xlm-roberta-large")   # doctest: +SKIP
    >>> estimator.estimate([Item("The dog barks.", "Der Hund bellt.", "The dog is barking.")])[0].score # doctest: +SKIP
    0.93
    """

    folder: Folder
    model: Model
    signature: str
    """What makes a score reproducible: family, fingerprint, versions."""

    def estimate(
        self,
        items: Sequence[Item],
        *,
        batch: int = BATCH,
        tick: Tick = lambda done, whole: None,
        called: str = "item",
    ) -> list[Estimate]:
        """An estimate for each item, in their order; InputError, which names the item, where a side is empty.

        Items of about equal length are computed together, ``batch`` at a time; ``called`` is what errors call an item.
        """
        self.refuse_empty(items, called)
        readings = [self.model.read(item) for item in items]
        order = sorted(range(len(items)), key=lambda at: (readings[at].length, at))
        found: list[Estimate | None] = [None] * len(items)
        batch = max(1, batch)
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            for at, one in zip(chosen, self.model.score([readings[at] for at in chosen]), strict=True):
                if not math.isfinite(one.score):
                    raise InputError(f"{called} {at + 1}: the model gives no finite number for it; leave it out")
                if one.marks and one.marks[0].label == "surprisal":
                    one = replace(one, marks=by_word(items[at].text, one.marks))
                found[at] = one
            tick(min(start + batch, len(order)), len(order))
        return [one for one in found if one]

    def lacks(self, item: Item) -> str:
        """What an item has not that the model judges, or judges by; empty where nothing is missing."""
        if not item.text.strip():
            return "there is no text to judge; leave the empty one out"
        for side in self.model.wants:
            if not getattr(item, side).strip():
                return f"the {side} is empty, and this model judges by it"
        if self.model.one_of and not any(getattr(item, side).strip() for side in self.model.one_of):
            return f"this model judges by a {' or a '.join(self.model.one_of)}, and none is there"
        return ""

    def refuse_empty(self, items: Sequence[Item], called: str) -> None:
        """InputError where an item lacks what the model judges, or what it judges by."""
        for number, item in enumerate(items, 1):
            if lack := self.lacks(item):
                raise InputError(f"{called} {number}: {lack}")


def load(folder: str | Path, *, encoder: str | Path | None = None, family: str = "", device: str = "cpu") -> Estimator:
    """The model in a folder. ``encoder`` is a folder with tokenizer and encoder configuration where they stand apart,
    ``family`` overrules what the files say, ``device`` is ``cpu``, ``cuda`` or ``cuda:N``.

    UsageError, in one sentence, where it cannot be loaded, before memory is taken for it where that can be told.
    """
    found = recognise(Path(folder), Path(encoder) if encoder else None, family)
    if found.problems:
        raise UsageError(found.problems[0])
    refuse_too_large(found, memory_wanted(found), memory_free())
    runtime.transformers()
    model = _build(found, runtime.device(device))
    return Estimator(found, model, f"{found.family} | {fingerprint(found)} | {runtime.versions()}")


def _build(folder: Folder, device: str) -> Model:
    """The family's own class."""
    from normalize.compare.neural.comet import CLASSES

    if folder.family in CLASSES.values():
        from normalize.compare.neural.comet import Comet

        return Comet(folder, device)
    if folder.family.startswith("metricx"):
        from normalize.compare.neural.metricx import MetricX

        return MetricX(folder, device)
    if folder.family.endswith("-lm"):
        from normalize.compare.neural.lm import CausalLM, MaskedLM

        return MaskedLM(folder, device) if folder.family == "masked-lm" else CausalLM(folder, device)
    if folder.family == "embedding":
        from normalize.compare.neural.embed import Embedder

        return Embedder(folder, device)
    if folder.family == "tagger":
        from normalize.compare.neural.tagger import Tagger

        return Tagger(folder, device)
    if folder.family == "regressor":
        from normalize.compare.neural.regressor import Regressor

        return Regressor(folder, device)
    from normalize.compare.neural.forced import Translator

    return Translator(folder, device)
