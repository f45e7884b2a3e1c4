"""Sentence embeddings: how near a text lies to its source or reference, as the cosine of two vectors.

Reads the folder of a sentence-transformers model: the encoder, the pooling in 1_Pooling/config.json, a dense layer and
the norm where modules.json names them. LaBSE (Feng and others 2022, arxiv.org/abs/2007.01852) is one for 109 languages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from normalize.compare.neural import runtime
from normalize.compare.neural.lm import window_of
from normalize.compare.neural.records import Estimate, Folder, Item, Reading, Side, mean
from normalize.compare.neural.tokens import Tokens
from normalize.errors import UsageError

POOLINGS = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt_len",
}
"""Keys of 1_Pooling/config.json; newer files say ``pooling_mode`` instead."""


class Embedder:
    """An encoder with its pooling."""

    lower_is_better = False
    wants: tuple[Side, ...] = ()
    one_of: tuple[Side, ...] = ("source", "reference")
    uses: tuple[Side, ...] = ("source", "reference")

    def __init__(self, folder: Folder, device: str) -> None:
        """Load it; UsageError where something is missing or does not fit."""
        self.device = device
        self.tokens = Tokens(folder.encoder)
        self.model = runtime.pretrained("AutoModel", folder.path, lacks_pooler=True).to(device)
        self.pad = self.tokens.id_of("pad") or 0
        self.pooling = pooling(folder.path)
        self.dense = [dense(path, device) for path in modules(folder.path, "Dense")]
        limit = _json(folder.path / "sentence_bert_config.json").get("max_seq_length")
        self.window = min(window_of(folder.config, self.tokens), int(limit or 10**9))

    def read(self, item: Item) -> Reading:
        """The text, then source and reference as far as they are there."""
        sides = tuple(side for side in self.uses if getattr(item, side).strip())
        found = [self.tokens.encode(one, self.window) for one in (item.text, *(getattr(item, side) for side in sides))]
        return Reading(tuple(one.ids for one in found), sum(one.cut for one in found), sides=sides)

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """The cosine with each other side, and their mean."""
        rows = [sequence for one in readings for sequence in one.sequences]
        vectors = iter(self.embed(rows))
        found = []
        for one in readings:
            mine = next(vectors)
            near = [float(mine @ next(vectors)) for _ in one.sequences[1:]]
            parts = tuple(zip(one.sides, near, strict=True))
            found.append(Estimate(sum(near) / len(near), (), parts, len(one.sequences[0]), one.cut))
        return found

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The mean."""
        return mean(estimates)

    def vectors(self, texts: Sequence[str], batch: int = 32) -> list[list[float]]:
        """Vectors of length 1, one for each text; for aligning sentences."""
        rows = [self.tokens.encode(text, self.window).ids for text in texts]
        order = sorted(range(len(rows)), key=lambda at: (len(rows[at]), at))
        found: list[list[float]] = [[] for _ in rows]
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            for at, vector in zip(chosen, self.embed([rows[at] for at in chosen]).tolist(), strict=True):
                found[at] = vector
        return found

    def embed(self, rows: Sequence[Sequence[int]]) -> Any:
        """Vectors of length 1 for texts that are token ids already."""
        torch = runtime.torch()
        with torch.inference_mode():
            ids, mask = runtime.padded(rows, self.pad, self.device)
            states = self.model(input_ids=ids, attention_mask=mask)[0]
            vectors = pooled(states, mask, self.pooling)
            for weight, bias, activation in self.dense:
                vectors = activation(torch.nn.functional.linear(vectors, weight, bias))
            return torch.nn.functional.normalize(vectors, dim=1)


def pooled(states: Any, mask: Any, how: str) -> Any:
    """One vector a text from those of its tokens."""
    wide = mask.unsqueeze(-1).to(states.dtype)
    count = wide.sum(1).clamp(min=1e-9)
    if how == "cls":
        return states[:, 0]
    if how == "max":
        return states.masked_fill(wide == 0, -1e9).max(1)[0]
    if how == "lasttoken":
        return states[range(len(states)), mask.sum(1) - 1]
    total = (states * wide).sum(1)
    return total / count.sqrt() if how == "mean_sqrt_len" else total / count


def pooling(folder: Path) -> str:
    """How the model pools; by the mean where it does not say."""
    path = next(iter(modules(folder, "Pooling")), folder / "1_Pooling") / "config.json"
    settings = _json(path)
    named = [name for key, name in POOLINGS.items() if settings.get(key)]
    if isinstance(settings.get("pooling_mode"), str):
        named = [settings["pooling_mode"]]
    if settings.get("pooling_mode_lasttoken"):
        named.append("lasttoken")
    if len(named) > 1 or (named and named[0] not in (*POOLINGS.values(), "lasttoken")):
        raise UsageError(
            f"{path}: pools by {' and '.join(named)}; {', '.join(POOLINGS.values())} or lasttoken is known"
        )
    return named[0] if named else "mean"


def modules(folder: Path, kind: str) -> list[Path]:
    """The folders of the modules of a kind, in the order of modules.json."""
    try:
        listed = json.loads((folder / "modules.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    named = [one for one in listed if str(one.get("type", "")).endswith(f".{kind}")]
    return [folder / Path(str(one.get("path", ""))).name for one in named]


def dense(folder: Path, device: str) -> tuple[Any, Any, Any]:
    """The weights and activation of a dense layer."""
    torch = runtime.torch()
    settings = _json(folder / "config.json")
    files = [path for name in ("model.safetensors", "pytorch_model.bin") if (path := folder / name).is_file()]
    if not files:
        raise UsageError(f"{folder}: the dense layer has no weights; get the folder again")
    found = runtime.tensors(files[:1])
    name = str(settings.get("activation_function", "torch.nn.modules.activation.Tanh")).rpartition(".")[2]
    known = {"Tanh": torch.tanh, "Identity": lambda x: x, "ReLU": torch.relu, "GELU": torch.nn.functional.gelu}
    if name not in known or "linear.weight" not in found:
        raise UsageError(f"{folder}: a dense layer with the activation {name}; known: {', '.join(known)}")
    bias = found.get("linear.bias")
    return found["linear.weight"].to(device), bias.to(device) if bias is not None else None, known[name]


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
