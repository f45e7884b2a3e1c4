"""What other packages say of the tiny models that are no COMET: writes tests/compare/neural/peers.json, once.

In an environment of its own:

    python -m venv peers && peers/bin/pip install minicons sentence-transformers 'transformers<5'
    peers/bin/python -m tools.neural_peers tests/compare/neural/peers.json

minicons computes surprisal, sentence-transformers vectors, the token classification pipeline of transformers labels; a
regressor is asked for its number, and a translator made to write token by token.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tools import tiny_models

TEXTS = [
    "the dog barks",
    "Wang Yi said that talks will not be held",
    "a dog “barks” in the house!",
    "x",
    "王毅 说 中国 的 会谈 ☃ 🐕 e\u0301 ﬁ",
    "on the hill in the house on the hill",
]
OTHERS = ["der hund bellt", "王毅 外长 说 会谈", "un chien aboie.", "haus", "中国 王毅", "auf dem hügel im haus"]


def masked(folder: Path) -> list[Any]:
    """Surprisal of every token, each hidden in turn."""
    from minicons import scorer

    model = scorer.MaskedLMScorer(str(folder), "cpu")
    return [[-float(value) for _, value in row] for row in model.token_score(TEXTS, PLL_metric="original")]


def causal(folder: Path) -> list[Any]:
    """Surprisal of every token after the token that begins a text."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    found = []
    for text in TEXTS:
        ids = tokenizer(text)["input_ids"]
        row = []
        for at in range(1, len(ids) - 1):  # one step at a time; the last token ends the text
            with torch.no_grad():
                logits = model(torch.tensor([ids[:at]])).logits[0, -1]
            row.append(-float(torch.log_softmax(logits, -1)[ids[at]]))
        found.append(row)
    return found


def embedding(folder: Path) -> list[Any]:
    """Cosine of each text with the other."""
    from sentence_transformers import SentenceTransformer, util

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    pairs = zip(model.encode(TEXTS), model.encode(OTHERS), strict=True)
    return [float(util.cos_sim(one, other)) for one, other in pairs]


def tagger(folder: Path) -> list[Any]:
    """The label of every token, its probability and place."""
    from transformers import pipeline

    run = pipeline("token-classification", model=str(folder), device="cpu", ignore_labels=[])
    return [[[one["start"], one["end"], one["entity"], float(one["score"])] for one in run(text)] for text in TEXTS]


def regressor(folder: Path) -> list[Any]:
    """The number for each text after the other."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    with torch.no_grad():
        return [
            float(model(**tokenizer(other, text, return_tensors="pt")).logits)
            for text, other in zip(TEXTS, OTHERS, strict=True)
        ]


def seq2seq(folder: Path) -> list[Any]:
    """Surprisal of every token written after the other's."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    model, tokenizer = AutoModelForSeq2SeqLM.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    found = []
    for text, other in zip(TEXTS, OTHERS, strict=True):
        source = tokenizer(other, return_tensors="pt")["input_ids"]
        target = tokenizer(text)["input_ids"]
        written = [int(model.config.decoder_start_token_id)]
        row = []
        for token in target:
            with torch.no_grad():
                logits = model(input_ids=source, decoder_input_ids=torch.tensor([written])).logits[0, -1]
            row.append(-float(torch.log_softmax(logits, -1)[token]))
            written.append(token)
        found.append(row[1:])  # the first begins the text and is given
    return found


JUDGES: dict[str, Callable[[Path], list[Any]]] = {
    "masked-lm": masked, "causal-lm": causal, "embedding": embedding, "tagger": tagger, "regressor": regressor,
    "seq2seq": seq2seq,
}  # fmt: skip


def main() -> int:
    """Make every model and have it judged."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    import torch
    from safetensors.torch import load_file

    torch.set_num_threads(1)
    names = ("minicons", "sentence-transformers", "transformers", "tokenizers", "torch")
    whole: dict[str, Any] = {
        "made_with": {name: version(name) for name in names},
        "seed": tiny_models.SEED,
        "texts": TEXTS,
        "others": OTHERS,
        "models": {},
    }
    for kind, judge in JUDGES.items():
        with tempfile.TemporaryDirectory() as where:
            folder = tiny_models.write_plain(Path(where) / kind, kind)
            stored = load_file(str(folder / "model.safetensors"))
            whole["models"][kind] = {"sha256": tiny_models.digest(stored), "found": judge(folder)}
    Path(sys.argv[1]).write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
