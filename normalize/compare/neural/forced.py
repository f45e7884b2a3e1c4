"""Translators: how likely a model that translates would have written the text, given its source.

The score is the mean log probability of the text's tokens, its end included (Thompson and Post 2020, Prism,
arxiv.org/abs/2004.14564); the words come with their surprisal, in nats.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.compare.neural import runtime
from normalize.compare.neural.lm import window_of
from normalize.compare.neural.records import Estimate, Folder, Item, Mark, Reading, Side
from normalize.compare.neural.tokens import Tokens
from normalize.errors import UsageError
from normalize.model import Span

MANY = ("m2m_100", "mbart", "nllb-moe", "seamless_m4t", "seamless_m4t_v2")
"""Architectures that must be told the languages by tokens of their own."""
IGNORED = -100
"""What transformers takes for no label."""


class Translator:
    """An encoder and a decoder, whose decoder is made to write the text."""

    lower_is_better = False
    wants: tuple[Side, ...] = ("source",)
    one_of: tuple[Side, ...] = ()
    uses: tuple[Side, ...] = ("source",)

    def __init__(self, folder: Folder, device: str) -> None:
        """Load it; UsageError where something is missing or does not fit."""
        self.device = device
        if folder.config.get("model_type") in MANY:
            raise UsageError(
                f"{folder.path}: translates between many languages, and calque cannot tell it which; take a translator"
                " of one pair"
            )
        self.tokens = Tokens(folder.encoder)
        self.model = runtime.pretrained("AutoModelForSeq2SeqLM", folder.path).to(device)
        self.window = window_of(folder.config, self.tokens)
        self.pad = self.tokens.id_of("pad") or 0
        self.width = int(self.model.config.vocab_size)
        if self.tokens.largest >= self.width:
            raise UsageError(
                f"{folder.path}: the tokenizer has more tokens than the model; one belongs to another model"
            )

    def read(self, item: Item) -> Reading:
        """The source, and the text as it is to be written."""
        source = self.tokens.encode(item.source, self.window)
        text = self.tokens.framed(item.text, self.window)
        return Reading((text.sequences[0], source.ids), text.cut + source.cut, text.offsets, text.first)

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """One pass of both."""
        torch = runtime.torch()
        step = runtime.rows_at_once(max(one.length for one in readings), self.width)
        estimates = []
        for start in range(0, len(readings), step):
            chosen = readings[start : start + step]
            with torch.inference_mode():
                ids, mask = runtime.padded([one.sequences[1] for one in chosen], self.pad, self.device)
                labels, _ = runtime.padded([one.sequences[0] for one in chosen], IGNORED, self.device)
                logits = self.model(input_ids=ids, attention_mask=mask, labels=labels, use_cache=False).logits
                losses = torch.nn.functional.cross_entropy(
                    logits.transpose(1, 2), labels, reduction="none", ignore_index=IGNORED
                ).tolist()
            estimates += [self._judge(one, row) for one, row in zip(chosen, losses, strict=True)]
        return estimates

    def _judge(self, reading: Reading, losses: Sequence[float]) -> Estimate:
        """From the first token of the text on: what stands before it was given, not written."""
        length = len(reading.sequences[0])
        counted = losses[reading.first : length]
        own = losses[reading.first : reading.first + len(reading.offsets)]
        marks = (Mark(Span(*place), "surprisal", value) for place, value in zip(reading.offsets, own, strict=True))
        return Estimate(-sum(counted) / len(counted), tuple(marks), tokens=len(counted), cut=reading.cut)

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The mean over the tokens of all."""
        return sum(one.tokens * one.score for one in estimates) / sum(one.tokens for one in estimates)
