"""COMET, CometKiwi and xCOMET: an encoder of transformers with a small regression head, as unbabel-comet 2.2.7 scores.

Formulas from its code (github.com/Unbabel/COMET, Apache-2.0), sparsemax from Martins and Astudillo 2016
(arxiv.org/abs/1602.02068). Where the official package has a fault, the score has it too, or it would be another metric:
an error span still open at the last token is dropped, a span takes the severity of its first token and may begin before
the text, and scores below zero occur.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from normalize.compare.neural import runtime
from normalize.compare.neural.records import Estimate, Folder, Item, Mark, Reading, Side, mean
from normalize.compare.neural.tokens import Tokens
from normalize.errors import UsageError
from normalize.model import Span

CLASSES = {
    "regression_metric": "comet-regression",
    "referenceless_regression_metric": "comet-referenceless",
    "unified_metric": "comet-unified",
    "xcomet_metric": "xcomet",
}
"""``class_identifier`` in hparams.yaml."""
SEPARATORS = {"BERT": 1, "XLM-RoBERTa": 2, "XLM-RoBERTa-XL": 2}
"""``encoder_model`` in hparams.yaml, with the separators it sets between two texts."""
SEGMENTS: tuple[tuple[str, Side], ...] = (("src", "source"), ("ref", "reference"))
"""``input_segments`` in hparams.yaml, beside ``mt``."""
SPAN_SHARES = (0.1667, 0.3333, 0.5)
"""How much the labels from source, reference and both count."""
SCORE_SHARES = (0.12, 0.33, 0.33, 0.22)
"""How much the scores from source, reference and both, and the errors, count in xCOMET's score."""
PENALTIES = {"minor": 1, "major": 5, "critical": 10}
WORST = 25
"""Penalty points from which on a text is as bad as can be."""
DEFAULTS: dict[str, dict[str, Any]] = {
    "comet-regression": {"layer": "mix", "pool": "avg", "layer_transformation": "softmax", "layer_norm": True},
    "comet-referenceless": {"layer": "mix", "pool": "avg", "layer_transformation": "softmax", "layer_norm": True},
    "comet-unified": {"layer_transformation": "sparsemax", "layer_norm": True, "word_layer": 24,
                      "input_segments": ["mt", "src", "ref"], "error_labels": ["minor", "major"]},
    "xcomet": {"layer_transformation": "sparsemax", "layer_norm": False, "word_layer": 36, "word_level_training": True,
               "input_segments": ["mt", "src", "ref"], "error_labels": ["minor", "major", "critical"]},
}  # fmt: skip
"""What the official classes take where hparams say nothing."""


class Comet:
    """Any of the four classes; which one says ``family``."""

    lower_is_better = False
    one_of: tuple[Side, ...] = ()

    def __init__(self, folder: Folder, device: str) -> None:
        """Load it; UsageError where something is missing or does not fit."""
        self.family = folder.family
        self.device = device
        self.where = folder.path
        self.tokens = Tokens(folder.encoder)
        loaded = runtime.tensors(folder.weights)
        stored = loaded.pop("hyper_parameters", {})
        self.hparams = {**DEFAULTS[self.family], **folder.hparams, **stored}
        if folder.hparams.get("layer_transformation") == "sparsemax_patch":
            self.hparams["layer_transformation"] = "softmax"  # what the official loader does since its 2.2.4
        kind = str(self.hparams.get("encoder_model", "XLM-RoBERTa"))
        if kind not in SEPARATORS:
            raise UsageError(
                f"{folder.path}: its encoder is a {kind}, and only {', '.join(SEPARATORS)} are known of COMET models"
            )
        self.separators = SEPARATORS[kind]
        self.has_types = kind == "BERT"
        prefix = "encoder.model."
        own = {name: value for name, value in loaded.items() if not name.startswith(prefix)}
        inside = {name.removeprefix(prefix): value for name, value in loaded.items() if name.startswith(prefix)}
        self.encoder = runtime.assemble("AutoModel", folder.config, inside, folder.encoder, add_pooling_layer=False)
        self.encoder.to(device)
        self.head = Head(own, self.hparams, folder)
        self.head.to(device)
        self.window = int(self.encoder.config.max_position_embeddings) - 2
        segments = self.hparams.get("input_segments") or ()
        self.segments = tuple(side for name, side in SEGMENTS if name in segments)
        self.wants = self._wanted()
        self.uses: tuple[Side, ...] = self.segments if self.is_joint else self.wants

    @property
    def is_joint(self) -> bool:
        """Whether the texts are read as one sequence."""
        return self.family in ("comet-unified", "xcomet")

    def _wanted(self) -> tuple[Side, ...]:
        if self.family == "comet-regression":
            return ("source", "reference")
        if self.family == "comet-referenceless" or "source" in self.segments:
            return ("source",)
        return self.segments

    def read(self, item: Item) -> Reading:
        """Apart: the text, source and reference; joint: with source, with reference, with both."""
        alone = {"text": self.tokens.encode(item.text, self.window - 2)}
        for side in self.uses:
            if getattr(item, side).strip():
                alone[side] = self.tokens.encode(getattr(item, side), self.window - 2)
        cut = sum(one.cut for one in alone.values())
        if not self.is_joint:
            return Reading(tuple(one.ids for one in alone.values()), cut)
        mine, *others = (one.ids for one in alone.values())
        ways = [[other] for other in others] + ([others] if len(others) == 2 else [])
        joined = [self._join(mine, way) for way in ways]
        cut += sum(max(0, len(one) - self.window) for one in joined)
        return Reading(tuple(one[: self.window] for one in joined), cut, alone["text"].offsets)

    def _join(self, first: tuple[int, ...], others: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """One sequence, a separator or two between the texts and one at the end."""
        end = first[-1:]
        found = first[:-1]
        for other in others:
            found += end * self.separators + other[1:-1]
        return found + end

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """One forward pass for each way of reading."""
        return self._score_joint(readings) if self.is_joint else self._score_apart(readings)

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The mean, which the official package calls the system's score."""
        return mean(estimates)

    def _score_apart(self, readings: Sequence[Reading]) -> list[Estimate]:
        torch = runtime.torch()
        count = len(readings[0].sequences)
        with torch.inference_mode():
            pooled = []
            for n in range(count):
                layers, mask = self._encode([one.sequences[n] for one in readings])
                pooled.append(self.head.pool(layers, mask))
            mt, src, *ref = pooled
            if ref:
                one = ref[0]
                features = [mt, one, mt * one, abs(mt - one), mt * src, abs(mt - src)]
            else:
                features = [mt, src, mt * src, abs(mt - src)]
            scores = self.head.estimate(torch.cat(features, dim=1)).tolist()
        return [
            Estimate(score, tokens=len(one.sequences[0]), cut=one.cut)
            for score, one in zip(scores, readings, strict=True)
        ]

    def _score_joint(self, readings: Sequence[Reading]) -> list[Estimate]:
        """Readings of one item may differ in number, so each way is run for those that have it."""
        torch = runtime.torch()
        scores: list[list[float]] = [[] for _ in readings]
        labels: list[list[Any]] = [[] for _ in readings]
        for n in range(max(len(one.sequences) for one in readings)):
            chosen = [at for at, one in enumerate(readings) if n < len(one.sequences)]
            with torch.inference_mode():
                layers, mask = self._encode(
                    [readings[at].sequences[n] for at in chosen], [len(readings[at].offsets) for at in chosen]
                )
                found = self.head.estimate(self.head.mixed(layers, mask)[:, 0, :]).tolist()
                tagged = self.head.label(layers)
            for row, at in enumerate(chosen):
                scores[at].append(found[row])
                if tagged is not None:
                    labels[at].append(tagged[row, : len(readings[at].offsets)].cpu())
        return [self._judge(*one) for one in zip(readings, scores, labels, strict=True)]

    def _judge(self, reading: Reading, scores: list[float], labels: list[Any]) -> Estimate:
        shares = SPAN_SHARES if len(scores) == 3 else (1.0,)
        marks: tuple[Mark, ...] = ()
        if labels:
            probabilities: Any = sum(share * one for share, one in zip(shares, labels, strict=True))
            marks = decode(probabilities.tolist(), reading.offsets, self.hparams["error_labels"])
        names = ("source", "reference", "both") if len(scores) == 3 else self.wants
        parts = list(zip(names, scores, strict=True)) if len(scores) == 3 or self.family == "xcomet" else []
        if self.family != "xcomet":
            score = sum(scores) / len(scores)
        else:
            capped = [min(one, 1.0) for one in scores]
            points = min(WORST, sum(PENALTIES.get(mark.label, 0) for mark in marks))
            errors = (WORST - points) / WORST
            weighed = SCORE_SHARES[:3] if len(scores) == 3 else (sum(SCORE_SHARES[:3]),)
            score = sum(share * one for share, one in zip(weighed, capped, strict=True)) + SCORE_SHARES[3] * errors
            parts.append(("errors", errors))
        return Estimate(score, marks, tuple(parts), len(reading.sequences[0]), reading.cut)

    def _encode(self, sequences: Sequence[tuple[int, ...]], first: Sequence[int] = ()) -> tuple[Any, Any]:
        """All layers' states and the mask; ``first`` is how many tokens of each belong to the text itself."""
        ids, mask = runtime.padded(sequences, self.tokens.need("pad"), self.device)
        types = {}
        if self.has_types and first:
            rows = [[0] * min(n, ids.shape[1]) + [1] * (ids.shape[1] - n) for n in first]
            types["token_type_ids"] = runtime.torch().tensor(rows, device=self.device)
        found = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True, **types)
        return found.hidden_states, mask


class Head:
    """What stands on the encoder: a mix of its layers, a pool, a small network, and labels for tokens where trained."""

    def __init__(self, weights: Mapping[str, Any], hparams: Mapping[str, Any], folder: Folder) -> None:
        """From the weights outside the encoder; UsageError where they are not all there."""
        self.hparams = hparams
        layer = hparams.get("sent_layer", "mix") if "sent_layer" in hparams else hparams.get("layer", "mix")
        self.layer: int | None = None if layer == "mix" else int(layer)
        mix = sorted((n for n in weights if n.startswith("layerwise_attention.scalar_parameters.")), key=_number)
        linear = sorted((n for n in weights if n.startswith("estimator.ff.") and n.endswith(".weight")), key=_number)
        if self.layer is None and not (mix and "layerwise_attention.gamma" in weights):
            raise UsageError(f"{folder.path}: the checkpoint holds no weights of the layers' mix; it is not whole")
        if not linear:
            raise UsageError(f"{folder.path}: the checkpoint holds no regression head; it is not whole")
        self.mix = runtime.torch().cat([weights[name] for name in mix]) if mix else None
        self.gamma = weights.get("layerwise_attention.gamma")
        self.linear = [(weights[name], weights[name.removesuffix("weight") + "bias"]) for name in linear]
        self.activation = _activation(hparams.get("activations") or "Tanh", folder)
        final = hparams.get("final_activation")
        self.final = _activation(final, folder) if final else None
        tag = "hidden2tag.weight" in weights
        self.tag = (weights["hidden2tag.weight"], weights["hidden2tag.bias"]) if tag else None

    def to(self, device: str) -> None:
        """Move the weights."""
        self.mix = self.mix.to(device) if self.mix is not None else None
        self.gamma = self.gamma.to(device) if self.gamma is not None else None
        self.linear = [(weight.to(device), bias.to(device)) for weight, bias in self.linear]
        self.tag = (self.tag[0].to(device), self.tag[1].to(device)) if self.tag else None

    def mixed(self, layers: Sequence[Any], mask: Any) -> Any:
        """One state a token: a layer's, or the weighted sum of all."""
        if self.layer is not None:
            return layers[self.layer]
        torch = runtime.torch()
        if self.mix is None or len(self.mix) != len(layers):
            raise UsageError("the checkpoint mixes another number of layers than the encoder's config.json says")
        transform = sparsemax if self.hparams["layer_transformation"] == "sparsemax" else torch.softmax
        shares = transform(self.mix, dim=0)
        if self.hparams["layer_norm"]:
            layers = [normed(layer, mask) for layer in layers]
        return self.gamma * sum(share * layer for share, layer in zip(shares, layers, strict=True))

    def pool(self, layers: Sequence[Any], mask: Any) -> Any:
        """One vector a text: the mean of its tokens, the first, or their maximum."""
        states = self.mixed(layers, mask)
        how = self.hparams.get("pool", "avg")
        if how == "cls":
            return states[:, 0, :]
        wide = mask.unsqueeze(-1)
        if how == "max":
            return states.masked_fill(wide == 0, float("-inf")).max(dim=1)[0]
        if how == "avg":
            return states.masked_fill(wide == 0, 0.0).sum(1) / wide.expand(states.size()).float().sum(1)
        raise UsageError(f'the model pools by "{how}"; avg, cls and max are known')

    def estimate(self, features: Any) -> Any:
        """The scores."""
        linear = runtime.torch().nn.functional.linear
        *hidden, last = self.linear
        for weight, bias in hidden:
            features = self.activation(linear(features, weight, bias))
        found = linear(features, *last)
        return (self.final(found) if self.final else found).view(-1)

    def label(self, layers: Sequence[Any]) -> Any:
        """The probabilities of the labels of every token; None where the model has none."""
        if self.tag is None or not self.hparams.get("word_level_training"):
            return None
        torch = runtime.torch()
        at = int(self.hparams["word_layer"])
        if at >= len(layers):
            raise UsageError(f"the checkpoint labels words at layer {at}, and the encoder has {len(layers) - 1}")
        return torch.softmax(torch.nn.functional.linear(layers[at], *self.tag), dim=2)


def decode(
    probabilities: Sequence[Sequence[float]], offsets: Sequence[tuple[int, int]], labels: Sequence[str]
) -> tuple[Mark, ...]:
    """Runs of tokens labelled as errors; the first label is that of right ones.

    >>> decode([[.9, .1], [.2, .8], [.4, .6], [.7, .3]], [(0, 0), (0, 2), (3, 5), (6, 7)], ["minor"])
    (Mark(span=Span(start=0, end=5), label='minor', weight=0.7),)
    """
    marks: list[Mark] = []
    label, start, end, sure = "", 0, 0, []
    for row, place in zip(probabilities, offsets, strict=True):
        best = max(range(len(row)), key=row.__getitem__)
        if best and label:
            sure.append(row[best])
            end = place[1]
        elif best:
            label, sure = labels[best - 1], [row[best]]
            start, end = place
        elif label:
            marks.append(Mark(Span(start, end), label, sum(sure) / len(sure)))
            label = ""
    return tuple(marks)


def sparsemax(values: Any, dim: int) -> Any:
    """The nearest point of the simplex: softmax with true zeros."""
    torch = runtime.torch()
    ranked = torch.sort(values, dim=dim, descending=True)[0]
    sums = ranked.cumsum(dim)
    counts = torch.arange(1, len(values) + 1, dtype=values.dtype, device=values.device)
    support = int((1 + counts * ranked > sums).sum())
    threshold = (sums[support - 1] - 1) / support
    return torch.clamp(values - threshold, min=0)


def normed(states: Any, mask: Any) -> Any:
    """States less their mean, by their deviation, both over all numbers of a text's tokens."""
    wide = mask.float().unsqueeze(-1)
    count = (mask.float().sum(1) * states.size(2)).view(-1, 1, 1)
    mean = (states * wide).sum((1, 2), keepdim=True) / count
    variance = (((states * wide - mean) * wide) ** 2).sum((1, 2), keepdim=True) / count
    return (states - mean) / (variance + 1e-12).sqrt()


def _activation(name: str, folder: Folder) -> Any:
    torch = runtime.torch()
    known = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "softplus": torch.nn.functional.softplus}
    if name.lower() not in known:
        raise UsageError(f'{folder.path}: its head wants the activation "{name}"; known: {", ".join(known)}')
    return known[name.lower()]


def _number(name: str) -> int:
    return next(int(part) for part in reversed(name.split(".")) if part.isdigit())
