"""MetricX-23 and -24: mT5 that answers with a number, from 0 (right) to 25.

Its weights fit the stock class: the score is the logit of <extra_id_10> at the first step of the decoder, held between
0 and 25 (github.com/google-research/metricx, Apache-2.0, at fc4978e).
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.compare.neural import runtime
from normalize.compare.neural.records import Estimate, Folder, Item, Reading, Side, mean
from normalize.compare.neural.tokens import Tokens
from normalize.errors import UsageError

ANSWER = 250089
"""The token <extra_id_10>."""
LEAST, MOST = 0.0, 25.0
WINDOWS = {"metricx-23": 1024, "metricx-23-qe": 1024, "metricx-24": 1536}
"""Tokens that the models were trained with, as their README says."""
WANTS: dict[str, tuple[Side, ...]] = {"metricx-23": ("reference",), "metricx-23-qe": ("source",), "metricx-24": ()}


class MetricX:
    """Any of the three forms of input; which one says ``family``."""

    lower_is_better = True

    def __init__(self, folder: Folder, device: str) -> None:
        """Load it; UsageError where something is missing or does not fit."""
        self.family = folder.family
        self.device = device
        self.tokens = Tokens(folder.encoder)
        self.model = runtime.pretrained("AutoModelForSeq2SeqLM", folder.path).to(device)
        if int(self.model.config.vocab_size) <= ANSWER:
            raise UsageError(f"{folder.path}: its vocabulary has no token {ANSWER}, with which MetricX answers")
        self.window = WINDOWS[self.family]
        self.wants = WANTS[self.family]
        self.one_of: tuple[Side, ...] = () if self.wants else ("source", "reference")
        self.uses: tuple[Side, ...] = self.wants or self.one_of

    def read(self, item: Item) -> Reading:
        """The sides in one text, without the token that ends it."""
        found = self.tokens.encode(spelt(self.family, item), self.window)
        return Reading((found.ids[:-1],), found.cut)

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """One step of the decoder."""
        return [
            Estimate(score, tokens=one.length, cut=one.cut)
            for score, one in zip(self.answers([one.sequences[0] for one in readings]), readings, strict=True)
        ]

    def answers(self, sequences: Sequence[Sequence[int]]) -> list[float]:
        """The scores of texts that are token ids already."""
        torch = runtime.torch()
        with torch.inference_mode():
            ids, mask = runtime.padded(sequences, 0, self.device)
            start = torch.zeros((len(sequences), 1), dtype=torch.long, device=self.device)
            found = self.model(input_ids=ids, attention_mask=mask, decoder_input_ids=start, use_cache=False)
            scores: list[float] = found.logits[:, 0, ANSWER].clamp(LEAST, MOST).tolist()
        return scores

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The mean."""
        return mean(estimates)


def spelt(family: str, item: Item) -> str:
    """The sides as the family's training texts had them.

    >>> spelt("metricx-24", Item("Hello.", "Hallo."))
    'source: Hallo. candidate: Hello.'
    """
    if family == "metricx-23":
        return f"candidate: {item.text} reference: {item.reference}"
    if family == "metricx-23-qe":
        return f"candidate: {item.text} source: {item.source}"
    found = f"source: {item.source} candidate: {item.text}"
    return f"{found} reference: {item.reference}" if item.reference else found
