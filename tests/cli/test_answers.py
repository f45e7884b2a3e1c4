"""`resolve`, `forms` and `explain` answer to the contract."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from normalize.cli import main

pytestmark = pytest.mark.usefixtures("pack")  # compiled before, so that nothing is said of it here

Capture = pytest.CaptureFixture[str]


def resolve(capsys: Capture, *arguments: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["resolve", "--format", "jsonl", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("query", "verdict", "first"),
    [
        ("Vuong Nghi", "sure", "person/wang-yi"),
        ("Vương Nghị", "sure", "person/wang-yi"),
        ("王毅", "sure", "person/wang-yi"),
        ("Wang Yi", "sure", "person/wang-yi"),
        ("Vuong Dinh Hue", "sure", "person/vuong-dinh-hue"),
        ("Tan Cuong", "unsure", None),
        ("Марк Рутте", "unsure", "person/mark-rutte"),
        ("Nobody Anyone", "unknown", None),
    ],
)
def test_verdicts(capsys: Capture, query: str, verdict: str, first: str | None) -> None:
    (answer,) = resolve(capsys, query)
    assert answer["query"] == query
    assert answer["verdict"] == verdict
    if first:
        assert answer["candidates"][0]["id"] == first
        assert answer["candidates"][0]["route"]


def test_tan_cuong_has_two_owners(capsys: Capture) -> None:
    (answer,) = resolve(capsys, "Tan Cuong")
    assert {c["id"] for c in answer["candidates"]} == {"person/qin-gang", "place/xinjiang"}


def test_one_line_out_for_each_line_in(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Vuong Nghi\n\n  \nxyz\n"), "utf-8"))
    answers = resolve(capsys)
    assert [a["verdict"] for a in answers] == ["sure", "unknown", "unknown", "unknown"]
    assert [a["query"] for a in answers] == ["Vuong Nghi", "", "  ", "xyz"]


def table(path: Path, *rows: str) -> str:
    path.write_text("id\tname\tnative\tlanguage\tkind\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    return str(path)


def test_a_users_row_is_read_like_a_hub(capsys: Capture, tmp_path: Path) -> None:
    own = table(tmp_path / "t.tsv", "x7\tJiang Qiaowei\t蒋巧薇\tzh\tperson")
    (answer,) = resolve(capsys, "--table", own, "--only-tables", "Tuong Xao Vi")
    assert (answer["verdict"], answer["candidates"][0]["id"]) == ("sure", "x7")


def test_a_row_that_equals_a_shipped_hub_gives_it_its_id(capsys: Capture, tmp_path: Path) -> None:
    own = table(tmp_path / "t.tsv", "Q1\tWang Yi (minister)\t王毅\tzh\tperson")
    (answer,) = resolve(capsys, "--table", own, "Vuong Nghi")
    assert [(c["id"], c["name"]) for c in answer["candidates"]] == [("Q1", "Wang Yi (minister)")]


def test_only_tables_leaves_the_shipped_hubs_out(capsys: Capture, tmp_path: Path) -> None:
    own = table(tmp_path / "t.tsv", "x7\tJiang Qiaowei\t蒋巧薇\tzh\tperson")
    (answer,) = resolve(capsys, "--table", own, "--only-tables", "Wang Yi")
    assert answer["verdict"] == "unknown"


def test_two_rows_of_one_form_are_unsure(capsys: Capture, tmp_path: Path) -> None:
    own = table(tmp_path / "t.tsv", "a\tZhang Wei\t张伟\tzh\tperson", "b\tZhang Wei\t张薇\tzh\tperson")
    (answer,) = resolve(capsys, "--table", own, "--only-tables", "Zhang Wei")
    assert answer["verdict"] == "unsure"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["x7\tJiang\t蒋"], "3 cells where 5 are wanted"),
        (["\tJiang\t\t\tperson"], "needs an id and a name"),
        (["x\tJiang\t\t\tpersn"], '"persn" is no kind'),
    ],
)
def test_a_broken_table_is_one_sentence(capsys: Capture, tmp_path: Path, rows: list[str], said: str) -> None:
    own = table(tmp_path / "t.tsv", *rows)
    assert main(["resolve", "--table", own, "x"]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "t.tsv:2" in err
    assert err.count("\n") == 1


def test_forms_print_each_form_with_its_route(capsys: Capture) -> None:
    assert main(["forms", "王毅", "--language", "zh"]) == 0
    assert "Vương Nghị\tvi\tSino-Vietnamese reading of 王毅" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("NAM001", "Why it matters"),
        ("wang-yi", "王毅"),
        ("person/wang-yi", "王毅"),
        ("Wang Yi", "王毅"),
        ("王毅", "Wang Yi"),
        ("SUP001", "Why it matters"),
        ("level-playing-field", "equal playground"),
    ],
)
def test_explain(capsys: Capture, name: str, said: str) -> None:
    assert main(["explain", name]) == 0
    assert said in capsys.readouterr().out


def test_explain_offers_the_near_miss(capsys: Capture) -> None:
    assert main(["explain", "wang-yii"]) == 2
    assert 'did you mean "wang-yi"?' in capsys.readouterr().err
