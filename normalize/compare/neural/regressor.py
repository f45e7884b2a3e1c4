"""Sequence classification with one output: the model's number is the score (BLEURT conversions, MonoTransQuest …).

The text stands after the reference, or after the source where there is no reference, or alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.compare.neural import runtime
from normalize.compare.neural.lm import window_of
from normalize.compare.neural.records import Estimate, Folder, Item, Reading, Side, mean
from normalize.compare.neural.tokens import Tokens
from normalize.errors import UsageError


class Regressor:
    """A model that answers with one number."""

    lower_is_better = False
    wants: tuple[Side, ...] = ()
    one_of: tuple[Side, ...] = ()
    uses: tuple[Side, ...] = ("source", "reference")

    def __init__(self, folder: Folder, device: str) -> None:
        """Load it; UsageError where something is missing or does not fit."""
        self.device = device
        self.tokens = Tokens(folder.encoder)
        self.model = runtime.pretrained("AutoModelForSequenceClassification", folder.path).to(device)
        self.window = window_of(folder.config, self.tokens)
        self.pad = self.tokens.id_of("pad") or 0
        if int(self.model.config.num_labels) != 1:
            raise UsageError(
                f"{folder.path}: chooses among {self.model.config.num_labels} classes; a score is one number"
            )

    def read(self, item: Item) -> Reading:
        """The text, after what it is judged by."""
        beside = item.reference if item.reference.strip() else item.source
        if beside.strip():
            return self.tokens.framed(beside, self.window, item.text)
        return self.tokens.framed(item.text, self.window)

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """One pass."""
        torch = runtime.torch()
        with torch.inference_mode():
            ids, mask = runtime.padded([one.sequences[0] for one in readings], self.pad, self.device)
            types = runtime.types_of(readings, self.device)
            scores = self.model(input_ids=ids, attention_mask=mask, **types).logits[:, 0].tolist()
        return [Estimate(score, tokens=one.length, cut=one.cut) for score, one in zip(scores, readings, strict=True)]

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The mean."""
        return mean(estimates)
