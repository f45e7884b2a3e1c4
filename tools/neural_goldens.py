"""What unbabel-comet says of the tiny models: writes tests/compare/neural/comet.json, once.

In an environment of its own (it pins transformers < 5 and needs pkg_resources):

    python -m venv official && official/bin/pip install 'setuptools<80' 'unbabel-comet==2.2.7' 'transformers<5'
    official/bin/python -m tools.neural_goldens tests/compare/neural/comet.json

With --checkpoint it scores the same items by a checkpoint of your own, for `python -m benchmarks.neural own`.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tools import tiny_models

ITEMS: list[dict[str, str]] = [
    {"src": "der hund bellt", "mt": "the dog barks", "ref": "the dog barks on the hill"},
    {"src": "王毅 外长 说 会谈", "mt": "Wang Yi said that talks will not be held", "ref": "minister Wang Yi said"},
    {"src": "un chien aboie.", "mt": "a dog “barks” in the house!", "ref": "the dog in the house barks"},
    {"src": "haus", "mt": "x", "ref": "house"},
    {"src": "auf dem hügel im haus", "mt": "on the hill in the house on the hill in the house", "ref": "on the hill"},
    {"src": "中国 王毅", "mt": "王毅 说 中国 的 会谈 ☃ 🐕 e\u0301 ﬁ", "ref": "talks\r\ntrade"},
    {"src": "der hund " * 20, "mt": "the dog barks " * 30, "ref": "the dog in the house " * 25},
    {"src": "im haus", "mt": "Oslo on Monday 2025, $3.50 (50%)", "ref": "in Oslo, monday"},
]
"""Short, long, over the window, of other scripts; each with source and reference."""
XL = {"model_type": "xlm-roberta-xl"}
BERT = {"model_type": "bert", "type_vocab_size": 2}
LARGE: dict[str, tuple[str, dict[str, Any]]] = {
    "kiwi-xl": ("kiwi", XL), "xcomet-xl": ("xcomet", XL),
    "regression-bert": ("regression", BERT), "unite-bert": ("unite", BERT),
}  # fmt: skip
"""Kinds with an encoder of another class."""
DETAILS = ("src_scores", "ref_scores", "unified_scores", "mqm_scores", "error_spans")


def kinds() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every model by name: its kind and what is changed in its encoder."""
    return {**{kind: (kind, {}) for kind in tiny_models.COMET}, **LARGE}


def judge(model: Any, items: list[dict[str, str]], batch: int) -> list[dict[str, Any]]:
    """Scores of the official package, and its error spans."""
    found = model.predict(items, batch_size=batch, gpus=0, progress_bar=False, num_workers=1)
    rows: list[dict[str, Any]] = [{"score": score} for score in found.scores]
    details = found.metadata if "metadata" in found else {}
    for name in set(DETAILS) & set(details):
        for row, one in zip(rows, details[name], strict=True):
            row[name] = one
    return [{name: row[name] for name in ("score", *DETAILS) if name in row} for row in rows]


def answers(checkpoint: Path) -> dict[str, Any]:
    """What the official package says of the items, one by one and as one batch."""
    from comet import load_from_checkpoint

    model = load_from_checkpoint(str(checkpoint), local_files_only=True)
    found: dict[str, Any] = {"single": judge(model, ITEMS, 1), "batch": judge(model, ITEMS, len(ITEMS))}
    if "error_spans" in found["single"][0]:
        found["without_reference"] = judge(model, [{"src": one["src"], "mt": one["mt"]} for one in ITEMS], 1)
    return found


def tiny() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every tiny model by name, with the digest of its weights and the answers."""
    import torch

    for name, (kind, changed) in kinds().items():
        with tempfile.TemporaryDirectory() as where:
            folder = tiny_models.write_comet(Path(where) / name, kind, **changed)
            checkpoint = folder / "checkpoints" / "model.ckpt"
            stored = torch.load(checkpoint, weights_only=True)["state_dict"]
            yield name, {"sha256": tiny_models.digest(stored), "kind": kind, "changed": changed, **answers(checkpoint)}


def main() -> int:
    """Score every item by every model, or by a checkpoint of one's own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="checkpoints/model.ckpt of a model of your own")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    import torch

    torch.set_num_threads(1)
    whole: dict[str, Any] = {
        "made_with": {name: version(name) for name in ("unbabel-comet", "transformers", "tokenizers", "torch")},
        "seed": tiny_models.SEED,
        "items": ITEMS,
        "models": {"own": answers(options.checkpoint)} if options.checkpoint else dict(tiny()),
    }
    options.out.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
