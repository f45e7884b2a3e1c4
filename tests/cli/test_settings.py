"""Every door reads the settings of a project alike, and refuses the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from normalize.cli import main

pytestmark = pytest.mark.usefixtures("pack")

Capture = pytest.CaptureFixture[str]

STORY = "The minister met the town hall people on February 30 in the the capital, and Vuong Nghi spoke there.\n"

DOORS: dict[str, Sequence[str]] = {
    "lint": ["lint", "a.txt"],
    "compare": ["compare", "a.txt", "--reference", "b.txt"],
    "rank": ["rank", "a.txt", "--reference", "b.txt", "--metric", "chrf"],
    "normalize": ["normalize", "a.txt", "out"],
    "survey": ["survey", "a.txt"],
    "baseline": ["baseline", "create", "a.txt"],
    "resolve": ["resolve", "Wang Yi"],
    "explain": ["explain", "NAM001"],
    "rules": ["rules"],
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY, "utf-8")
    return tmp_path


@pytest.mark.parametrize("door", DOORS)
def test_broken_settings_stop_every_door(capsys: Capture, project: Path, door: str) -> None:
    (project / "calque.toml").write_text("files = [\n", "utf-8")
    assert main(DOORS[door]) == 2
    assert "calque.toml" in capsys.readouterr().err
    assert not (project / "out").exists()


@pytest.mark.parametrize("door", [door for door in DOORS if door not in ("resolve", "explain", "rules")])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('language = "zz"', 'no language "zz"'),
        ('style = "ap-wire"', 'no house style "ap-wire"'),
        ('select = ["NUX"]', 'select: no rule begins with "NUX"'),
        ('packs = ["nowhere"]', 'packs: no folder and no installed pack "nowhere"'),
        ('[house.prints]\n"person/nobody-known" = "No Body"', 'prints: no "person/nobody-known"'),
    ],
)
def test_what_does_not_exist_is_refused_alike(capsys: Capture, project: Path, door: str, wrong: str, said: str) -> None:
    (project / "calque.toml").write_text(wrong + "\n", "utf-8")
    assert main(DOORS[door]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("door", ["lint", "compare", "normalize", "survey"])
def test_an_unknown_language_of_the_command_line_is_refused_alike(capsys: Capture, project: Path, door: str) -> None:
    assert main([*DOORS[door], "--language", "zz"]) == 2
    assert 'no language "zz"' in capsys.readouterr().err


def found(capsys: Capture, project: Path) -> dict[str, list[str]]:
    """The codes that each door finds in the story, but for those of comparisons themselves."""
    capsys.readouterr()
    codes = {}
    for door in ("lint", "compare"):
        main([*DOORS[door], "--format", "json"])
        whole = json.loads(capsys.readouterr().out)
        (one,) = whole["documents"]
        codes[door] = sorted(f["code"] for f in one["findings"])
    main([*DOORS["normalize"], "--findings", "--no-resume"])
    capsys.readouterr()
    rows = (project / "out" / "findings" / "a.txt.findings.jsonl").read_text("utf-8").splitlines()
    codes["normalize"] = sorted(json.loads(row)["code"] for row in rows)
    return codes


@pytest.mark.parametrize(
    ("settings", "has", "lacks"),
    [
        ("", ["NUM001", "TYP003"], ["CAL004"]),
        ('select = ["NUM"]', ["NUM001"], ["TYP003", "CAL004"]),
        ('ignore = ["NUM"]', ["TYP003"], ["NUM001"]),
        ('packs = ["ours"]', ["CAL004", "NUM001"], []),
        ('tables = ["ours/house.toml"]', ["CAL004", "NUM001"], []),
    ],
)
def test_the_same_rules_and_tables_everywhere(
    capsys: Capture, project: Path, own_pack: str, settings: str, has: list[str], lacks: list[str]
) -> None:
    (project / "ours").mkdir()
    (project / "ours" / "house.toml").write_text(own_pack, "utf-8")
    (project / "calque.toml").write_text(f'language = "en"\n{settings}\n', "utf-8")
    for door, codes in found(capsys, project).items():
        assert {*has} <= {*codes}, door
        assert not {*lacks} & {*codes}, door


def test_the_severity_that_fails_is_the_settings_for_comparisons_too(capsys: Capture, project: Path) -> None:
    (project / "calque.toml").write_text('language = "en"\nselect = ["TYP003"]\nfail-on = "error"\n', "utf-8")
    assert main(DOORS["compare"]) == 0
    assert main([*DOORS["compare"], "--fail-on", "warning"]) == 1


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("calque.toml", 'style = "ap"\nfail-on = "eror"\n', 2),
        ("calque.toml", 'files = [\n "fail-on.md",\n]\n# fail-on = "error"\nfail-on = "eror"\n', 5),
        ("pyproject.toml", '[tool.other]\nfail-on = 3\n\n[tool.calque]\nstyle = "ap"\nfail-on = "eror"\n', 6),
        ("pyproject.toml", '[tool.calque]\n"fail-on" = "eror"\n', 2),
        ("calque.toml", 'style = "ap"\nfail-ons = "error"\nfail-on = "error"\n', 2),
        ("calque.toml", 'style = "ap"\n[fail-on]\nx = 1\n', 2),
        ("pyproject.toml", '[tool.calque]\nstyle = "ap"\n[tool.calque.fail-on]\nx = 1\n', 3),
    ],
)
def test_a_wrong_setting_is_named_by_its_line(capsys: Capture, project: Path, name: str, text: str, line: int) -> None:
    (project / name).write_text(text, "utf-8")
    assert main(["lint", "a.txt"]) == 2
    assert f"{name}:{line}: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--diff", "--format", "json"], "--diff is a text of its own"),
        (["--suggested"], "--suggested widens --fix and --diff"),
    ],
)
def test_options_that_would_do_nothing_are_refused(
    capsys: Capture, project: Path, options: list[str], said: str
) -> None:
    assert main(["lint", "a.txt", *options]) == 2
    assert said in capsys.readouterr().err


def test_an_entry_found_no_more_is_counted_once_when_something_is_fixed(capsys: Capture, project: Path) -> None:
    page = project / "a.txt"
    gone = "The market distortation lasted until March.\n\n"
    page.write_text(gone, "utf-8")
    assert main(["baseline", "create", "a.txt"]) == 0
    page.write_text("They left the the town.\n", "utf-8")
    main(["lint", "--fix", "--language", "en", "a.txt"])
    assert "1 baseline entries found no more" in capsys.readouterr().err
