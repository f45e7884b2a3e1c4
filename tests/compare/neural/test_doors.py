"""calque score --model, calque compare --model and calque models from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.cli import main
from tools import tiny_models


@pytest.fixture
def texts(tmp_path: Path, golden: dict[str, Any]) -> dict[str, str]:
    """The golden items that stand in one line, as three files."""
    items = [item for item in golden["items"] if "\n" not in item["ref"]]
    for name in ("src", "mt", "ref"):
        (tmp_path / f"{name}.txt").write_text("".join(f"{item[name]}\n" for item in items), "utf-8")
    return {name: str(tmp_path / f"{name}.txt") for name in ("src", "mt", "ref")}


def test_score_by_a_model(
    texts: dict[str, str],
    golden: dict[str, Any],
    make: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    offline: None,
) -> None:
    folder = make(tiny_models.write_comet, "regression")
    line = ["score", texts["mt"], "--source", texts["src"], "--reference", texts["ref"], "--model", str(folder)]
    assert main([*line, "--format", "json"]) == 0
    estimate = json.loads(capsys.readouterr().out)["estimate"]
    rows = zip(golden["items"], golden["models"]["regression"]["single"], strict=True)
    wanted = [row["score"] for item, row in rows if "\n" not in item["ref"]]
    assert [item["score"] for item in estimate["items"]] == pytest.approx(wanted, abs=1e-5)
    assert estimate["score"] == pytest.approx(sum(wanted) / len(wanted), abs=1e-5)
    assert estimate["signature"].startswith("comet-regression | ")
    assert main(line) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{estimate['score']:.4f}  (higher is better)")
    assert "line 6: " in err
    assert "tokens did not fit the model's window and were cut" in err


def test_a_side_that_is_wanted_and_not_given_is_named(
    texts: dict[str, str], make: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make(tiny_models.write_comet, "regression")
    assert main(["score", texts["mt"], "--source", texts["src"], "--model", str(folder)]) == 2
    assert "line 1: the reference is empty, and this model judges by it" in capsys.readouterr().err
