"""COMET, CometKiwi, UniTE and xCOMET: equal to what unbabel-comet 2.2.7 says of the same tiny checkpoints."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.compare.neural.load import Estimator, load
from normalize.compare.neural.records import Estimate, Item
from tools import tiny_models

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "comet.json").read_text("utf-8"))
ITEMS = [Item(one["mt"], one["src"], one["ref"]) for one in GOLDEN["items"]]
CLOSE = 1e-5
NAMES = sorted(GOLDEN["models"])


@pytest.fixture
def judge(make: Callable[..., Path]) -> Callable[[str], tuple[Estimator, dict[str, Any]]]:
    def run(name: str) -> tuple[Estimator, dict[str, Any]]:
        golden = GOLDEN["models"][name]
        return load(make(tiny_models.write_comet, golden["kind"], **golden["changed"])), golden

    return run


def spans(one: Estimate) -> list[tuple[int, int, str]]:
    return [(mark.span.start, mark.span.end, mark.label) for mark in one.marks]


def official_spans(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(span["start"], span["end"], span["severity"]) for span in row.get("error_spans", ())]


def assert_equal(found: list[Estimate], rows: list[dict[str, Any]]) -> None:
    for one, row in zip(found, rows, strict=True):
        assert one.score == pytest.approx(row["score"], abs=CLOSE)
        assert spans(one) == official_spans(row)
        confidences = [span["confidence"] for span in row.get("error_spans", ())]
        assert [mark.weight for mark in one.marks] == pytest.approx(confidences, abs=CLOSE)
        parts = dict(one.parts)
        for ours, theirs in (("source", "src_scores"), ("reference", "ref_scores"), ("both", "unified_scores")):
            if ours in parts and theirs in row:
                assert parts[ours] == pytest.approx(row[theirs], abs=CLOSE)
        if "errors" in parts:
            assert parts["errors"] == pytest.approx(row["mqm_scores"], abs=CLOSE)


@pytest.mark.parametrize("name", NAMES)
def test_the_checkpoint_is_the_one_that_was_scored(name: str, make: Callable[..., Path], library: Any) -> None:
    golden = GOLDEN["models"][name]
    folder = make(tiny_models.write_comet, golden["kind"], **golden["changed"])
    stored = library.load(folder / "checkpoints" / "model.ckpt", weights_only=True)["state_dict"]
    assert tiny_models.digest(stored) == golden["sha256"]


@pytest.mark.parametrize("name", NAMES)
def test_equal_to_the_official_package(name: str, judge: Callable[[str], Any]) -> None:
    estimator, golden = judge(name)
    assert_equal(estimator.estimate(ITEMS, batch=1), golden["single"])
    assert_equal(estimator.estimate(ITEMS, batch=len(ITEMS)), golden["batch"])
    if "without_reference" in golden:
        bare = [Item(item.text, item.source) for item in ITEMS]
        assert_equal(estimator.estimate(bare), golden["without_reference"])


def test_the_goldens_say_something() -> None:
    """Equal constants or equal clamps would prove nothing."""
    for name, golden in GOLDEN["models"].items():
        scores = [row["score"] for row in golden["single"]]
        assert len({round(score, 4) for score in scores}) == len(scores), name
    errors = [row["mqm_scores"] for row in GOLDEN["models"]["xcomet"]["single"]]
    assert any(0 < one < 1 for one in errors)
    rows = [row for golden in GOLDEN["models"].values() for row in golden["single"]]
    labels = {span["severity"] for row in rows for span in row.get("error_spans", ())}
    assert labels == {"minor", "major", "critical"}
