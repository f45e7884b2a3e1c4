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


def test_compare_by_a_model(tmp_path: Path, make: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = make(tiny_models.write_plain, "masked-lm")
    (tmp_path / "a.txt").write_text("The dog barks. The minister said that talks will not be held.\n", "utf-8")
    line = ["compare", str(tmp_path / "a.txt"), "--reference", str(tmp_path / "a.txt"), "--model", str(folder)]
    assert main([*line, "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    (estimate,) = whole["documents"][0]["estimates"]
    assert [(one["start"], one["end"]) for one in estimate["sentences"]] == [(0, 14), (15, 61)]
    assert estimate["lower_is_better"]
    assert f"model {estimate['signature']}" in whole["signature"]
    for wanted in ("text", "html"):
        assert main([*line, "--format", wanted]) == 0
        assert f"{estimate['score']:.4f}" in capsys.readouterr().out


def test_the_difference_of_two_systems(
    tmp_path: Path, make: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make(tiny_models.write_plain, "masked-lm")
    for name, text in (("one", "the dog barks"), ("two", "un hund aboie x")):
        (tmp_path / name).write_text("".join(f"{text} {at}\n" for at in range(30)), "utf-8")
    line = ["score", str(tmp_path / "one"), "--against", str(tmp_path / "two"), "--model", str(folder)]
    assert main([*line, "--format", "json"]) == 0
    estimate = json.loads(capsys.readouterr().out)["estimate"]
    assert estimate["low"] < estimate["score"] < estimate["high"]
    assert 0 < estimate["p"] <= 1
    assert main([*line, "--metric", "bleu"]) == 2
    assert "--metric and --model are two ways to score" in capsys.readouterr().err


def test_inspect_says_what_it_is_and_what_is_missing(
    make: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make(tiny_models.write_comet, "xcomet")
    (folder / "LICENSE").write_text("The user's own business.\n", "utf-8")
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-sa-4.0 \x1b[31m\n---\n", "utf-8")
    assert main(["models", "inspect", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "family      xcomet" in out
    assert "licence     LICENSE; README.md: license: cc-by-nc-sa-4.0 \\x1b[31m" in out
    assert "worked out from its size and this machine's speed" in out
    assert main(["models", "inspect", str(folder), "--measure", "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["measured"]
    assert whole["seconds"] > 0
    assert main(["models", "inspect", str(tmp_path)]) == 1
    assert "missing     " in capsys.readouterr().out
