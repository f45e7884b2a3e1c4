"""What a model's folder is, what is missing, and what the model would cost, before it is loaded."""

from __future__ import annotations

import time
from pathlib import Path

from normalize.compare.neural import runtime
from normalize.compare.neural.folder import fingerprint, licences, memory_free, memory_wanted, recognise
from normalize.compare.neural.load import load
from normalize.compare.neural.records import Folder, Item
from normalize.errors import CalqueError
from normalize.record import Record

JUDGES_BY = {
    "comet-regression": "source and reference",
    "comet-referenceless": "source",
    "comet-unified": "what its hparams name of source and reference",
    "xcomet": "source, and reference if there is one",
    "metricx-23": "reference",
    "metricx-23-qe": "source",
    "metricx-24": "source, reference or both",
    "masked-lm": "nothing but the text",
    "causal-lm": "nothing but the text",
    "embedding": "source, reference or both",
    "tagger": "the text, and source if there is one",
    "regressor": "reference, else source, else nothing but the text",
    "seq2seq": "source",
}
PASSES = {
    "comet-regression": 3.0, "comet-referenceless": 2.0, "comet-unified": 2.0, "xcomet": 7.0, "metricx-23": 2.0,
    "metricx-23-qe": 2.0, "metricx-24": 3.0, "masked-lm": 37.0, "causal-lm": 1.0, "embedding": 2.0, "tagger": 1.0,
    "regressor": 2.0, "seq2seq": 2.0,
}  # fmt: skip
"""How often the text's length is computed, source and reference as long as it: xCOMET reads two, two and three sides; a
masked model each of a sentence's 37 tokens hidden.
"""
TOKENS = 1.45
"""Tokens to a word, for English in the vocabulary of XLM-RoBERTa; an assumption."""
SENTENCE = "The minister said on Monday that both sides would go on with talks about fish and steel after the holidays."
COUNT = 50
"""Sentences of 20 words: 1,000 words."""


class Report(Record):
    """What `calque models inspect` says."""

    folder: str
    family: str
    architecture: str
    judges_by: str
    problems: tuple[str, ...]
    licences: tuple[str, ...]
    bytes: int
    parameters: int
    memory: int
    """Bytes that it takes once loaded."""
    free: int | None
    """Bytes that are free now; None where it cannot be told."""
    seconds: float | None
    """Computing 1,000 words takes on this machine's processor; None where torch is missing."""
    measured: bool
    """Whether ``seconds`` was measured with the model, or worked out from its size and the speed of this machine."""
    fingerprint: str


def inspect(path: Path, encoder: Path | None = None, family: str = "", *, measure: bool = False) -> Report:
    """Everything told from the files; with ``measure``, the model is loaded and timed. UsageError where there is no
    folder, or the model that is to be timed cannot be loaded.
    """
    folder = recognise(path, encoder, family)
    seconds = timed(path, encoder, family) if measure else worked_out(folder)
    named = folder.config.get("architectures") or [folder.config.get("model_type", "")]
    return Report(
        str(path),
        folder.family,
        str(named[0]),
        JUDGES_BY.get(folder.family, ""),
        folder.problems,
        tuple(licences(path)),
        sum(one.stat().st_size for one in folder.weights),
        folder.parameters,
        memory_wanted(folder),
        memory_free(),
        seconds,
        measure,
        fingerprint(folder),
    )


def worked_out(folder: Folder) -> float | None:
    """Seconds for 1,000 words: two operations for each number outside the table of words and each token, at the speed
    at which this machine multiplies matrices. None where torch is missing or the family not known.
    """
    if folder.family not in PASSES:
        return None
    try:
        rate = operations_a_second()
    except CalqueError:
        return None
    config = folder.config
    width = int(config.get("hidden_size") or config.get("d_model") or config.get("n_embd") or 0)
    body = max(0, folder.parameters - width * int(config.get("vocab_size") or 0))
    return 2 * body * 1000 * TOKENS * PASSES[folder.family] / rate


def operations_a_second(size: int = 1024, seconds: float = 0.4) -> float:
    """Additions and multiplications a second in a product of two square matrices, float32, on the processor."""
    torch = runtime.torch()
    one = torch.ones((size, size))
    one @ one
    start, runs = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        one @ one
        runs += 1
    return 2 * float(size) ** 3 * runs / (time.perf_counter() - start)


def timed(path: Path, encoder: Path | None, family: str) -> float:
    """Seconds that the model takes for 1,000 words, once it is loaded."""
    estimator = load(path, encoder=encoder, family=family)
    item = Item(SENTENCE, SENTENCE, SENTENCE)
    estimator.estimate([item])
    start = time.perf_counter()
    estimator.estimate([item] * COUNT)
    return time.perf_counter() - start
