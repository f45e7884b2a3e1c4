"""Every door reads the tables that the project's settings name, as `calque lint` does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalize.cli import main

TEXT = "Chinese envoy Dang Tung Ba met reporters.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose settings name a table with one envoy that no shipped table knows."""
    (tmp_path / "mine.tsv").write_text(
        "id\tname\tnative\tlanguage\tkind\tcountry\nq1\tDeng Songbo\t邓松柏\tzh\tperson\tcn\n", "utf-8"
    )
    (tmp_path / "calque.toml").write_text('tables = ["mine.tsv"]\n', "utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_resolve_knows_the_projects_people(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "--format", "jsonl", "Dang Tung Ba"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], [c["id"] for c in found["candidates"]]) == ("sure", ["person/q1"])


def test_resolve_with_only_tables_asks_the_given_ones_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "--only-tables", "--format", "jsonl", "Dang Tung Ba"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "unknown"


def test_explain_has_a_card_of_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Deng Songbo"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("person/q1  Deng Songbo  邓松柏 (zh)")
    assert "Đặng Tùng Bá  [vi: Sino-Vietnamese reading of 邓松柏]" in out


def test_normalize_rewrites_them(project: Path) -> None:
    assert main(["normalize", "in", "out", "--suggested", "--processes", "1"]) == 0
    assert (project / "out" / "a.txt").read_text("utf-8") == TEXT.replace("Dang Tung Ba", "Deng Songbo")


def test_survey_counts_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survey", "in", "--processes", "1"]) == 0
    assert "Deng Songbo (person/q1): Dang Tung Ba 1" in capsys.readouterr().out


def test_normalize_prints_what_the_house_prints(project: Path) -> None:
    (project / "calque.toml").write_text('[house.prints]\n"person/wang-yi" = "Wang Yi (CN)"\n', "utf-8")
    (project / "in" / "a.txt").write_text("Chinese Foreign Minister Vuong Nghi flew to Madrid.\n", "utf-8")
    assert main(["normalize", "in", "out", "--processes", "1"]) == 0
    assert "Foreign Minister Wang Yi (CN) flew" in (project / "out" / "a.txt").read_text("utf-8")


def test_normalize_leaves_what_the_settings_ignore(project: Path) -> None:
    text = "Chinese Foreign Minister Vuong Nghi flew to Madrid.\n"
    (project / "calque.toml").write_text('ignore = ["NAM001"]\n', "utf-8")
    (project / "in" / "a.txt").write_text(text, "utf-8")
    assert main(["normalize", "in", "out", "--processes", "1"]) == 0
    assert (project / "out" / "a.txt").read_text("utf-8") == text


def test_a_table_that_is_not_there_stops_every_door(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "mine.tsv").unlink()
    for command in (["resolve", "X"], ["explain", "NAM001"], ["normalize", "in", "out"], ["survey", "in"]):
        assert main(command) == 2
        assert "mine.tsv: No such file or directory; check the path" in capsys.readouterr().err
