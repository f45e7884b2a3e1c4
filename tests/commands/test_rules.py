"""`calque rules` lists what there is; packs and `select` change what runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalize.cli import main
from normalize.explain import rules_page
from normalize.tables.load import load_rules
from normalize.tables.locate import tables_root


def lint(capsys: pytest.CaptureFixture[str], folder: Path, text: str) -> list[str]:
    path = folder / "story.txt"
    path.write_text(text, encoding="utf-8")
    main(["lint", "--config", str(folder / "calque.toml"), "--language", "en", "--format", "json", str(path)])
    return [finding["code"] for finding in json.loads(capsys.readouterr().out)["documents"][0]["findings"]]


def test_rules_are_listed_by_family(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--family", "num"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.strip().startswith("NUM") for line in lines)


def test_select_leaves_these_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "They met in the the town on February 30."
    (tmp_path / "calque.toml").write_text("", encoding="utf-8")
    assert lint(capsys, tmp_path, text) == ["TYP003", "NUM001"]
    (tmp_path / "calque.toml").write_text('select = ["NUM"]\n', encoding="utf-8")
    assert lint(capsys, tmp_path, text) == ["NUM001"]


def test_select_of_no_rule_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "calque.toml").write_text('select = ["NUX"]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    assert main(["lint", "--config", str(tmp_path / "calque.toml"), str(tmp_path / "a.txt")]) == 2
    assert 'select: no rule begins with "NUX"' in capsys.readouterr().err


def test_a_pack_is_a_folder_of_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path, own_pack: str) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "house.toml").write_text(own_pack, encoding="utf-8")
    (tmp_path / "calque.toml").write_text('packs = ["ours"]\n', encoding="utf-8")
    assert lint(capsys, tmp_path, "The town hall people were told to leave.") == ["CAL004"]
    assert main(["rules", "--examples", str(tmp_path / "ours")]) == 0


def test_the_sentences_of_a_pack_are_tried(capsys: pytest.CaptureFixture[str], tmp_path: Path, own_pack: str) -> None:
    wrong = own_pack.replace("The council staff were told.", "All town hall people were told.")
    (tmp_path / "house.toml").write_text(wrong, encoding="utf-8")
    assert main(["rules", "--examples", str(tmp_path)]) == 1
    assert "habit/house-town-hall-people: found in: All town hall people were told." in capsys.readouterr().out


def test_a_pack_that_is_nowhere_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "calque.toml").write_text('packs = ["nowhere"]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    assert main(["lint", "--config", str(tmp_path / "calque.toml"), str(tmp_path / "a.txt")]) == 2
    assert 'packs: no folder and no installed pack "nowhere"' in capsys.readouterr().err


def test_the_page_of_all_rules_is_the_one_in_docs(root: Path) -> None:
    tables = tables_root()
    page = "\n".join(rules_page(load_rules(tables), tables)) + "\n"
    assert (root / "docs" / "rules.md").read_text("utf-8") == page, "run: calque rules --page > docs/rules.md"
