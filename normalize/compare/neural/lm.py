"""Language models: how surprising the words of a text are.

Masked: pseudo-perplexity (Salazar and others 2020, arxiv.org/abs/1910.14659): each token is hidden in turn and its
probability read where it was. Causal: perplexity, each token by those before it. Surprisal is -ln p, in nats; that of a
word is the sum of its tokens'.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import Any

from normalize.compare.neural import runtime
from normalize.compare.neural.records import Estimate, Folder, Item, Mark, Reading, Side
from normalize.compare.neural.tokens import Tokens
from normalize.model import Span
from normalize.text.fold import words

HIDDEN_ROWS = 8192
"""Numbers that a token takes in a masked model while it runs, on the safe side; rows are counted out by it."""
AFTER_PADDING = ("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet", "longformer")
"""Architectures that number their places from the padding token's id on, so that so many are lost."""
UNLIMITED = 1024
"""Tokens read at once where neither configuration nor tokenizer set a limit."""


class LanguageModel:
    """What the two have in common."""

    lower_is_better = True
    wants: tuple[Side, ...] = ()
    one_of: tuple[Side, ...] = ()
    uses: tuple[Side, ...] = ()
    kind = ""

    def __init__(self, folder: Folder, device: str) -> None:
        """Load it; UsageError where something is missing or does not fit."""
        self.device = device
        self.tokens = Tokens(folder.encoder)
        self.model = runtime.pretrained(self.kind, folder.path).to(device)
        self.window = window_of(folder.config, self.tokens)
        self.pad = self.tokens.id_of("pad") or 0
        self.width = int(self.model.config.vocab_size)

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The perplexity over the tokens of all."""
        tokens = max(1, sum(one.tokens for one in estimates))
        return math.exp(sum(one.tokens * math.log(one.score) for one in estimates) / tokens)


class MaskedLM(LanguageModel):
    """A model that fills gaps."""

    kind = "AutoModelForMaskedLM"

    def read(self, item: Item) -> Reading:
        """The text with the tokens that frame it."""
        return self.tokens.framed(item.text, self.window)

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """A row for each token of each text, with that token hidden."""
        mask_id = self.tokens.need("mask")
        rows, places = [], []
        for one in readings:
            ids = one.sequences[0]
            for at in range(one.first, one.first + len(one.offsets)):
                rows.append((*ids[:at], mask_id, *ids[at + 1 :]))
                places.append((at, ids[at]))
        found: list[float] = []
        step = runtime.rows_at_once(max(one.length for one in readings), HIDDEN_ROWS)
        for start in range(0, len(rows), step):
            found += self._hidden(rows[start : start + step], places[start : start + step])
        estimates = []
        for one, item in zip(readings, _parted(found, [len(one.offsets) for one in readings]), strict=True):
            estimates.append(surprised(one, item))
        return estimates

    def _hidden(self, rows: Sequence[tuple[int, ...]], places: Sequence[tuple[int, int]]) -> list[float]:
        """The surprisal of what is hidden in each row; the head, wide as the vocabulary, reads that place alone."""
        torch = runtime.torch()
        with torch.inference_mode():
            ids, mask = runtime.padded(rows, self.pad, self.device)
            line = torch.arange(len(rows), device=self.device)
            at = torch.tensor([place for place, _ in places], device=self.device)
            head = getattr(self.model, "lm_head", None) or getattr(self.model, "cls", None)
            if head is not None:
                logits = head(self.model.base_model(input_ids=ids, attention_mask=mask)[0][line, at])
            else:
                logits = self.model(input_ids=ids, attention_mask=mask).logits[line, at]
            truth = torch.tensor([true for _, true in places], device=self.device)
            surprisal: list[float] = torch.nn.functional.cross_entropy(logits, truth, reduction="none").tolist()
        return surprisal


class CausalLM(LanguageModel):
    """A model that goes on."""

    kind = "AutoModelForCausalLM"

    def read(self, item: Item) -> Reading:
        """The text after the token that begins one, where the tokenizer has such; else its first token has no score."""
        found = self.tokens.framed(item.text, self.window)
        begin = self.tokens.id_of("bos")
        if found.first or begin is None:
            return found
        ids = (begin, *found.sequences[0])[: self.window]
        cut = found.cut + (len(found.sequences[0]) + 1 > self.window)
        return Reading((ids,), cut, found.offsets[: len(ids) - 1], 1)

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """One pass; padding stands behind the text, where it changes nothing."""
        torch = runtime.torch()
        step = runtime.rows_at_once(max(one.length for one in readings), self.width)
        estimates = []
        for start in range(0, len(readings), step):
            chosen = readings[start : start + step]
            with torch.inference_mode():
                ids, mask = runtime.padded([one.sequences[0] for one in chosen], self.pad, self.device)
                logits = self.model(input_ids=ids, attention_mask=mask, use_cache=False).logits
                losses = torch.nn.functional.cross_entropy(
                    logits[:, :-1].transpose(1, 2), ids[:, 1:], reduction="none"
                ).tolist()
            for one, row in zip(chosen, losses, strict=True):
                skipped = 0 if one.first or not one.offsets else 1  # nothing stands before the first token
                values = row[max(0, one.first - 1) : max(0, one.first - 1 + len(one.offsets))]
                estimates.append(surprised(one, values, skipped))
        return estimates


def window_of(config: dict[str, Any], tokens: Tokens) -> int:
    """Tokens that a model reads at once."""
    names = ("max_position_embeddings", "n_positions", "n_ctx", "max_seq_len")
    places = next((int(config[name]) for name in names if isinstance(config.get(name), int)), UNLIMITED)
    if config.get("model_type") in AFTER_PADDING:
        places -= int(config.get("pad_token_id", 1)) + 1
    return min(places, tokens.longest or places)


def surprised(reading: Reading, surprisal: Sequence[float], skipped: int = 0) -> Estimate:
    """The perplexity of a text, and its tokens with their surprisal. Where no token could be judged it is 1, that of
    nothing, and counts nowhere.
    """
    score = math.exp(min(700.0, sum(surprisal) / max(1, len(surprisal))))
    places = zip(reading.offsets[skipped:], surprisal, strict=True)
    marks = tuple(Mark(Span(*place), "surprisal", value) for place, value in places)
    return Estimate(score, marks, tokens=len(surprisal), cut=reading.cut)


def by_word(text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks of tokens added up to marks of words; what is no word stays alone, and white space is left out.

    >>> tokens = ((0, 3, 1.0), (3, 6, 2.0), (6, 7, 0.5), (7, 8, 0.25), (9, 11, 4.0))
    >>> marks = [Mark(Span(start, end), "surprisal", weight) for start, end, weight in tokens]
    >>> [(mark.span.start, mark.span.end, mark.weight) for mark in by_word("The dog, 王毅", marks)]
    [(0, 3, 1.0), (4, 7, 2.5), (7, 8, 0.25), (9, 11, 4.0)]
    """
    places = [Span(*word.span()) for word in words(text)]
    found: list[Mark] = []
    at, last = 0, -1
    for mark in marks:
        span = trimmed(text, mark.span)
        if span.start >= span.end:
            continue
        while at < len(places) and places[at].end <= span.start:
            at += 1
        inside = at if at < len(places) and places[at].start < span.end else -1
        if found and ((inside >= 0 and inside == last) or found[-1].span.overlaps(span)):
            before = found.pop()
            span = Span(min(before.span.start, span.start), max(before.span.end, span.end))
            mark = Mark(span, mark.label, before.weight + mark.weight)
        found.append(Mark(span, mark.label, mark.weight))
        last = inside
    return tuple(found)


def trimmed(text: str, span: Span) -> Span:
    """A span without the white space at its ends, and with the marks that stand on its last character: a tokenizer that
    composes characters counts the first of each.

    >>> trimmed("an e\u0301, here", Span(2, 4))
    Span(start=3, end=5)
    """
    piece = text[span.start : span.end]
    start, end = span.start + len(piece) - len(piece.lstrip()), span.end - len(piece) + len(piece.rstrip())
    while start < end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return Span(start, end)


def _parted(values: Sequence[float], lengths: Sequence[int]) -> list[Sequence[float]]:
    """Values in a row as one list for each length.

    >>> _parted([1.0, 2.0, 3.0], [1, 2])
    [[1.0], [2.0, 3.0]]
    """
    found, at = [], 0
    for length in lengths:
        found.append(values[at : at + length])
        at += length
    return found
