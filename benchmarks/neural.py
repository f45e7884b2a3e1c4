"""Models in folders: equality with the official packages, places in odd texts, speed and memory.

    python -m benchmarks.neural equality                     largest difference for each family, on this transformers
    python -m benchmarks.neural own --golden FILE --model DIR --encoder DIR     the same for a model of one's own
    python -m benchmarks.neural offsets 10000                places of marks in random Unicode strings
    python -m benchmarks.neural speed --official PYTHON      beside unbabel-comet in the environment of that Python
    python -m benchmarks.neural cost                         what `calque models inspect` works out, and what it takes

Models are made up (tools/tiny_models.py), the large one too: XLM-RoBERTa-large with random weights, 2.2 GB on disk.
None of it says how well a model judges.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from normalize.compare.neural import runtime
from normalize.compare.neural.lm import trimmed
from normalize.compare.neural.load import Estimator, load
from normalize.compare.neural.records import Item
from tools import tiny_models

HERE = Path(__file__).resolve().parents[1]
GOLDEN = HERE / "tests" / "compare" / "neural"
LARGE = {"hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096,
         "max_position_embeddings": 514}  # fmt: skip
VOCABULARY = 250_002
"""What makes the small encoder XLM-RoBERTa-large."""
BATCHES = (1, 32)
RANGES = (
    (0x20, 0x7F), (0xA0, 0x17F), (0x300, 0x36F), (0x400, 0x52F), (0x5D0, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F),
    (0x1100, 0x11FF), (0x2000, 0x206F), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xD800, 0xDFFF),
    (0xFB00, 0xFB06), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0, 0x10FFFF),
)  # fmt: skip
"""What random strings are drawn from."""


def equality() -> None:
    """Print the largest difference from the golden scores, and whether spans are the same."""
    print(runtime.versions())
    with tempfile.TemporaryDirectory() as where:
        golden = json.loads((GOLDEN / "comet.json").read_text("utf-8"))
        items = [Item(one["mt"], one["src"], one["ref"]) for one in golden["items"]]
        for name, one in golden["models"].items():
            _beside(name, load(tiny_models.write_comet(Path(where) / name, one["kind"], **one["changed"])), items, one)
        _others(Path(where))
        _metricx(Path(where))


def own(golden: Path, model: Path, encoder: Path | None) -> None:
    """Print the same for a model of one's own, of which tools/neural_goldens.py --checkpoint made ``golden``."""
    found = json.loads(golden.read_text("utf-8"))
    items = [Item(one["mt"], one["src"], one["ref"]) for one in found["items"]]
    _beside(model.name, load(model, encoder=encoder), items, found["models"]["own"])


def _beside(name: str, estimator: Estimator, items: Sequence[Item], golden: dict[str, Any]) -> None:
    """A line: the largest difference from golden scores, one by one and as a batch, and whether spans are the same."""
    runs = [(items, "single", 1), (items, "batch", 32)]
    if "without_reference" in golden:
        runs.append(([Item(item.text, item.source) for item in items], "without_reference", 1))
    most, same = 0.0, True
    for chosen, key, batch in runs:
        for found, row in zip(estimator.estimate(chosen, batch=batch), golden[key], strict=True):
            most = max(most, abs(found.score - row["score"]))
            spans = [(span["start"], span["end"], span["severity"]) for span in row.get("error_spans", ())]
            same = same and spans == [(m.span.start, m.span.end, m.label) for m in found.marks]
    print(f"{name:<20}{most:9.1e}  spans {'the same' if same else 'DIFFER'}")


def _others(where: Path) -> None:
    peers = json.loads((GOLDEN / "peers.json").read_text("utf-8"))
    pairs = list(zip(peers["texts"], peers["others"], strict=True))
    for name, one in peers["models"].items():
        estimator = load(tiny_models.write_plain(where / name, name))
        items = [Item(text, "" if name == "tagger" else other) for text, other in pairs]
        found, most = estimator.estimate(items), 0.0
        for estimate, row in zip(found, one["found"], strict=True):
            wanted = row
            if name.endswith("-lm"):
                wanted, estimate_score = sum(row) / len(row), math.log(estimate.score)
            elif name == "seq2seq":
                wanted, estimate_score = -sum(row) / len(row), estimate.score
            elif name == "tagger":
                continue
            else:
                estimate_score = estimate.score
            most = max(most, abs(estimate_score - wanted))
        print(f"{name:<20}" + ("labels and places: tests" if name == "tagger" else f"{most:9.1e}"))


def _metricx(where: Path) -> None:
    import numpy

    folder = GOLDEN / "metricx"
    golden = json.loads((folder / "golden.json").read_text("utf-8"))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    weights = dict(numpy.load(folder / "weights.npz"))
    model: Any = load(tiny_models.write_metricx(where / "metricx", weights, config)).model
    rows = [case["input_ids"] for case in golden["cases"]]
    single = [abs(model.answers([row])[0] - case["score"]) for row, case in zip(rows, golden["cases"], strict=True)]
    batch = [abs(one - other) for one, other in zip(model.answers(rows), golden["batch_of_all"], strict=True)]
    print(f"{'metricx':<20}{max(single):9.1e}  as one batch {max(batch):.1e}")


def strings(count: int) -> list[str]:
    """Random texts of every plane, with marks, joiners, emoji, line ends, lone surrogates, names of special tokens."""
    source = random.Random(tiny_models.SEED)
    pieces = ("\r\n", "\n", "\t", " ", "\N{ZERO WIDTH JOINER}", "e\u0301", "the dog ", "</s>", "<mask>", "王毅")
    found = []
    for _ in range(count):
        text = "x"
        for _ in range(source.randint(1, 24)):
            is_piece = source.random() < 0.3
            text += source.choice(pieces) if is_piece else chr(source.randint(*source.choice(RANGES)))
        found.append(text)
    return found


def offsets(count: int) -> int:
    """Judge random strings by every family that marks words, and count the marks whose places are wrong."""
    texts = strings(count)
    items = [Item(text, "der hund", "a dog") for text in texts]
    wrong = 0
    with tempfile.TemporaryDirectory() as where:
        for name in ("xcomet", "unite", "tagger", "causal-lm", "seq2seq", "masked-lm"):
            write = tiny_models.write_comet if name in tiny_models.COMET else tiny_models.write_plain
            estimator = load(write(Path(where) / name, name))
            marks = bad = 0
            for text, one in zip(texts, estimator.estimate(items, batch=64), strict=True):
                spans = [mark.span for mark in one.marks]
                shown = [trimmed(text, span) for span in spans]
                marks += len(spans)
                bad += sum(not 0 <= span.start <= span.end <= len(text) for span in [*spans, *shown])
                bad += spans != sorted(spans)
                pieces = [text[span.start : span.end] for span in shown if span.start < span.end]
                bad += sum(piece != piece.strip() for piece in pieces)
                if name not in ("xcomet", "unite", "tagger"):
                    bad += sum(one.end > other.start for one, other in pairwise(spans))
            print(f"{name:<12}{count} strings, {marks} marks, {bad} wrong", flush=True)
            wrong += bad
    return int(wrong > 0)


def write_large(folder: Path) -> Path:
    """A COMET regression model of XLM-RoBERTa-large's size."""
    import torch
    import transformers

    config = tiny_models.write_encoder(folder / "encoder", **LARGE)
    config["vocab_size"] = VOCABULARY
    tiny_models.write_json(folder / "encoder" / "config.json", config)
    torch.manual_seed(tiny_models.SEED)
    encoder = transformers.AutoModel.from_config(transformers.AutoConfig.for_model(**config), add_pooling_layer=False)
    weights = {f"encoder.model.{name}": value for name, value in encoder.state_dict().items()}
    layers = LARGE["num_hidden_layers"] + 1
    weights |= {f"layerwise_attention.scalar_parameters.{at}": torch.zeros(1) for at in range(layers)}
    weights["layerwise_attention.gamma"] = torch.ones(1)
    weights["layerwise_attention.dropout_mask"] = torch.zeros(layers)
    weights["layerwise_attention.dropout_fill"] = torch.full((layers,), -1e20)
    sizes = [6 * LARGE["hidden_size"], 3072, 1024, 1]
    for at in range(3):
        weights[f"estimator.ff.{3 * at}.weight"] = torch.randn(sizes[at + 1], sizes[at]) / math.sqrt(sizes[at])
        weights[f"estimator.ff.{3 * at}.bias"] = torch.zeros(sizes[at + 1])
    hparams = {
        **tiny_models.COMET["regression"],
        "hidden_sizes": sizes[1:3],
        "encoder_model": "XLM-RoBERTa",
        "pretrained_model": str(folder / "encoder"),
        "activations": "Tanh",
        "dropout": 0.1,
        "batch_size": 4,
        "nr_frozen_epochs": 0.3,
        "keep_embeddings_frozen": True,
        "train_data": [],
        "validation_data": [],
    }
    stored = {name: one for name, one in hparams.items() if name != "class_identifier"}
    (folder / "checkpoints").mkdir(parents=True)
    whole = {"state_dict": weights, "hyper_parameters": stored, "pytorch-lightning_version": "2.0.0", "epoch": 1}
    torch.save(whole, folder / "checkpoints" / "model.ckpt")
    tiny_models.write_json(folder / "hparams.yaml", hparams)
    return folder


def rows(count: int) -> list[dict[str, str]]:
    """Sentences of 15 to 40 words that the small tokenizer knows, with source and reference as long."""
    source = random.Random(tiny_models.SEED)
    known = [word for word in tiny_models.WORDS if word.isascii()]

    def sentence(length: int) -> str:
        return " ".join(source.choices(known, k=length))

    return [
        {name: sentence(length) for name in ("src", "mt", "ref")} for length in source.choices(range(15, 40), k=count)
    ]


OURS = """
import json, sys, time
start = time.perf_counter()
import torch
torch.set_num_threads(1)
from normalize.compare.neural.load import load
from normalize.compare.neural.records import Item
folder, batch, path = sys.argv[1:]
items = [Item(one["mt"], one["src"], one["ref"]) for one in json.load(open(path))]
estimator = load(folder)
loaded, spent = time.perf_counter(), time.process_time()
scores = [one.score for one in estimator.estimate(items, batch=int(batch))]
"""
THEIRS = """
import json, logging, sys, time, warnings
warnings.simplefilter("ignore"); logging.disable(logging.WARNING)
start = time.perf_counter()
import torch
torch.set_num_threads(1)
from comet import load_from_checkpoint
folder, batch, path = sys.argv[1:]
items = json.load(open(path))
model = load_from_checkpoint(folder + "/checkpoints/model.ckpt", local_files_only=True)
loaded, spent = time.perf_counter(), time.process_time()
scores = model.predict(items, batch_size=int(batch), gpus=0, progress_bar=False, num_workers=0).scores
"""
TOLD = """
done = time.perf_counter()
lines = open("/proc/self/status").read().splitlines()  # ru_maxrss would be that of the process that started this one
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
cpu = time.process_time() - spent
found = {"load": loaded - start, "run": done - loaded, "cpu": cpu, "peak": peak, "scores": list(scores)}
print(json.dumps(found))
"""


def told(python: str, code: str, arguments: Sequence[str]) -> dict[str, Any]:
    """What one process measured of itself."""
    done = subprocess.run(
        [python, "-c", code + TOLD, *arguments], capture_output=True, text=True, encoding="utf-8", check=True, cwd=HERE
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def speed(official: str, large: Path | None) -> None:
    """Print seconds to load, items a second and peak memory, of both packages, on one thread."""
    with tempfile.TemporaryDirectory() as where:
        models = [("tiny", tiny_models.write_comet(Path(where) / "tiny", "regression"), 256)]
        models.append(
            ("559 million", large if large and large.exists() else write_large(large or Path(where) / "large"), 16)
        )
        print(f"{'model':<13}{'batch':>5}  {'':<10}{'load s':>8}{'items/s':>9}{'per CPU s':>10}{'peak MB':>9}")
        for name, folder, count in models:
            path = Path(where) / "items.json"
            path.write_text(json.dumps(rows(count)), "utf-8")
            for batch in BATCHES:
                arguments = [str(folder), str(batch), str(path)]
                ours, theirs = told(sys.executable, OURS, arguments), told(official, THEIRS, arguments)
                for who, one in (("calque", ours), ("official", theirs)):
                    rates = f"{count / one['run']:>9.2f}{count / one['cpu']:>10.2f}"
                    print(f"{name:<13}{batch:>5}  {who:<10}{one['load']:>8.1f}{rates}{one['peak']:>9.0f}")
                most = max(abs(one - other) for one, other in zip(ours["scores"], theirs["scores"], strict=True))
                print(f"{name:<13}{batch:>5}  differ by at most {most:.1e}", flush=True)


def cost(large: Path | None) -> None:
    """What is worked out of a model's cost, against what it takes."""
    from normalize.compare.neural.folder import recognise
    from normalize.compare.neural.inspect import COUNT, SENTENCE, TOKENS, worked_out

    runtime.torch().set_num_threads(1)
    with tempfile.TemporaryDirectory() as where:
        folder = large if large and large.exists() else write_large(large or Path(where) / "large")
        guess = worked_out(recognise(folder))
        estimator: Estimator = load(folder)
        item = Item(SENTENCE, SENTENCE, SENTENCE)
        start = time.perf_counter()
        estimator.estimate([item] * (COUNT // 5))
        took = 5 * (time.perf_counter() - start)
        tokens = len(estimator.model.read(item).sequences[0])
        told = guess or 0.0
        fair = told * tokens / (TOKENS * 1000 / COUNT) / took
        print(f"1,000 words: worked out {told:.0f} s, took {took:.0f} s; {tokens} tokens to a sentence of 20 words,")
        print(f"{TOKENS * 1000 / COUNT:.0f} assumed; for as many tokens, {fair:.2f} times what it took")


def main() -> int:
    """Run one of the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("equality", "own", "offsets", "speed", "cost"))
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="of strings")
    parser.add_argument("--official", default="", metavar="PYTHON", help="one that has unbabel-comet 2.2.7")
    parser.add_argument("--large", type=Path, metavar="DIR", help="keep the large model here, or find it here")
    parser.add_argument("--golden", type=Path, metavar="FILE", help="own: what the official package says")
    parser.add_argument("--model", type=Path, metavar="DIR", help="own: the model")
    parser.add_argument("--encoder", type=Path, metavar="DIR", help="own: its encoder's configuration and tokenizer")
    options = parser.parse_args()
    if options.what == "equality":
        equality()
    elif options.what == "own":
        own(options.golden, options.model, options.encoder)
    elif options.what == "offsets":
        return offsets(options.count)
    elif options.what == "speed":
        speed(options.official, options.large)
    else:
        cost(options.large)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
