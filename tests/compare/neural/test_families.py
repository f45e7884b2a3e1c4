"""The other families: equal to what other packages say of the same tiny models (tools/neural_peers.py, metricx/)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.compare.neural.load import Estimator, load
from normalize.compare.neural.records import Item, Mark
from tools import tiny_models

HERE = Path(__file__).parent
PEERS: dict[str, Any] = json.loads((HERE / "peers.json").read_text("utf-8"))
TEXTS, OTHERS = PEERS["texts"], PEERS["others"]
ITEMS = [Item(text, source=other) for text, other in zip(TEXTS, OTHERS, strict=True)]
CLOSE = 1e-5


@pytest.fixture
def open_plain(make: Callable[..., Path]) -> Callable[[str], Estimator]:
    return lambda kind: load(make(tiny_models.write_plain, kind))


@pytest.fixture
def metricx(make: Callable[..., Path], library: Any) -> Callable[[], tuple[Any, dict[str, Any]]]:
    def run() -> tuple[Any, dict[str, Any]]:
        numpy = pytest.importorskip("numpy")
        config = json.loads((HERE / "metricx" / "config.json").read_text("utf-8"))
        weights = dict(numpy.load(HERE / "metricx" / "weights.npz"))
        made: Any = load(make(tiny_models.write_metricx, weights, config))
        return made, json.loads((HERE / "metricx" / "golden.json").read_text("utf-8"))

    return run


@pytest.mark.parametrize("kind", sorted(tiny_models.PLAIN))
def test_the_model_is_the_one_that_was_judged(kind: str, make: Callable[..., Path], library: Any) -> None:
    from safetensors.torch import load_file

    stored = load_file(str(make(tiny_models.write_plain, kind) / "model.safetensors"))
    assert tiny_models.digest(stored) == PEERS["models"][kind]["sha256"]


def found(kind: str) -> list[Any]:
    rows: list[Any] = PEERS["models"][kind]["found"]
    return rows


@pytest.mark.parametrize("batch", [1, 32])
@pytest.mark.parametrize("kind", ["masked-lm", "causal-lm"])
def test_perplexity(kind: str, batch: int, open_plain: Callable[[str], Estimator]) -> None:
    estimator = open_plain(kind)
    estimates = estimator.estimate(ITEMS, batch=batch)
    rows = found(kind)
    for one, row in zip(estimates, rows, strict=True):
        assert one.tokens == len(row)
        assert math.log(one.score) == pytest.approx(sum(row) / len(row), abs=CLOSE)
        assert sum(mark.weight for mark in one.marks) == pytest.approx(sum(row), abs=CLOSE * len(row))
    every = [value for row in rows for value in row]
    assert math.log(estimator.model.whole(estimates)) == pytest.approx(sum(every) / len(every), abs=CLOSE)


def test_surprisal_of_words_is_the_sum_of_their_tokens(open_plain: Callable[[str], Estimator]) -> None:
    (one,) = open_plain("masked-lm").estimate([ITEMS[0]])
    assert [TEXTS[0][mark.span.start : mark.span.end] for mark in one.marks] == ["the", "dog", "barks"]
    assert [mark.weight for mark in one.marks] == pytest.approx(found("masked-lm")[0], abs=CLOSE)


@pytest.mark.parametrize("batch", [1, 32])
def test_seq2seq(batch: int, open_plain: Callable[[str], Estimator]) -> None:
    for one, row in zip(open_plain("seq2seq").estimate(ITEMS, batch=batch), found("seq2seq"), strict=True):
        assert one.score == pytest.approx(-sum(row) / len(row), abs=CLOSE)
        assert sum(mark.weight for mark in one.marks) == pytest.approx(sum(row[:-1]), abs=CLOSE * len(row))


@pytest.mark.parametrize("batch", [1, 32])
def test_embedding(batch: int, open_plain: Callable[[str], Estimator]) -> None:
    scores = [one.score for one in open_plain("embedding").estimate(ITEMS, batch=batch)]
    assert scores == pytest.approx(found("embedding"), abs=CLOSE)


@pytest.mark.parametrize("batch", [1, 32])
def test_regressor(batch: int, open_plain: Callable[[str], Estimator]) -> None:
    scores = [one.score for one in open_plain("regressor").estimate(ITEMS, batch=batch)]
    assert scores == pytest.approx(found("regressor"), abs=CLOSE)


@pytest.mark.parametrize("batch", [1, 32])
def test_tagger(batch: int, open_plain: Callable[[str], Estimator]) -> None:
    alone = [Item(text) for text in TEXTS]
    for one, rows in zip(open_plain("tagger").estimate(alone, batch=batch), found("tagger"), strict=True):
        assert spans(one.marks) == merged(rows)


def spans(marks: tuple[Mark, ...]) -> list[tuple[int, int, float]]:
    return [(mark.span.start, mark.span.end, round(mark.weight, 4)) for mark in marks]


def merged(rows: list[tuple[int, int, str, float]]) -> list[tuple[int, int, float]]:
    """Tokens of the pipeline as spans, by the definition of B and I."""
    groups: list[list[tuple[int, int, str, float]]] = []
    before = "OK"
    for row in rows:
        if row[2] == "I-BAD" and before != "OK":
            groups[-1].append(row)
        elif row[2] != "OK":
            groups.append([row])
        before = row[2]
    return [(one[0][0], one[-1][1], round(sum(row[3] for row in one) / len(one), 4)) for one in groups]


def test_metricx_equals_googles_class(metricx: Callable[[], tuple[Any, dict[str, Any]]]) -> None:
    """Two values lie on the clamp, eight inside it."""
    estimator, golden = metricx()
    rows = [case["input_ids"] for case in golden["cases"]]
    single = [estimator.model.answers([row])[0] for row in rows]
    assert single == pytest.approx([case["score"] for case in golden["cases"]], abs=CLOSE)
    # As one padded batch, sums come in another order: of numbers up to 25, a hundred-thousandth of each.
    assert estimator.model.answers(rows) == pytest.approx(golden["batch_of_all"], rel=CLOSE, abs=CLOSE)
    assert sum(0 < score < 25 for score in single) == 8


def test_metricx_reads_its_sides_in_one_text(metricx: Callable[[], tuple[Any, dict[str, Any]]]) -> None:
    """The text is that of Google's scripts, and the token that ends it is left out."""
    estimator, _ = metricx()
    tokens = estimator.model.tokens
    with_both = estimator.model.read(Item("a dog", "der hund", "the dog"))
    assert with_both.sequences[0] == tokens.encode("source: der hund candidate: a dog reference: the dog", 99).ids[:-1]
    bare = estimator.model.read(Item("a dog", "der hund"))
    assert bare.sequences[0] == tokens.encode("source: der hund candidate: a dog", 99).ids[:-1]
    (one,) = estimator.estimate([Item("a dog", "der hund", "the dog")])
    assert estimator.model.lower_is_better
    assert one.score == estimator.model.answers([with_both.sequences[0]])[0]


def test_weights_of_metricx_are_not_tied(metricx: Callable[[], tuple[Any, dict[str, Any]]]) -> None:
    """transformers 5 may call them tied; the answer's row must be the checkpoint's own."""
    numpy = pytest.importorskip("numpy")
    estimator, _ = metricx()
    stored = numpy.load(HERE / "metricx" / "weights.npz")["lm_head.weight"]
    assert (estimator.model.model.lm_head.weight.detach().numpy() == stored).all()


def test_a_tokenizer_of_sentencepiece_alone(tmp_path: Path, library: Any) -> None:
    """mT5, and so MetricX, is published with spiece.model and no tokenizer.json."""
    import io

    from normalize.compare.neural.tokens import Tokens

    sentencepiece = pytest.importorskip("sentencepiece")
    pytest.importorskip("google.protobuf")
    made = io.BytesIO()
    lines = [
        f"{text} {other} source: candidate: reference: {at}" for at in range(20) for text in TEXTS for other in OTHERS
    ]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=made, vocab_size=120, pad_id=0, eos_id=1, unk_id=2, bos_id=-1,
        character_coverage=1.0, hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    (tmp_path / "spiece.model").write_bytes(made.getvalue())
    names = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    tiny_models.write_json(tmp_path / "config.json", {"model_type": "mt5"})
    tiny_models.write_json(
        tmp_path / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", "extra_ids": 0, **names}
    )
    official = sentencepiece.SentencePieceProcessor(model_proto=made.getvalue())
    for text in ("source: 王毅 说 candidate: the dog barks", "Wang Yi said  that", "x"):
        assert list(Tokens(tmp_path).encode(text, 99).ids) == [*official.encode(text), 1]
