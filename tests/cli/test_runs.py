"""Runs over many files: what changed, what is remembered, what is furniture."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from normalize.cli import main

WRONG = "Chinese Foreign Minister Vuong Nghi spoke of trade in the town.\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: object) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    for name in ("a.md", "b.html", "c.txt"):
        Path(name).write_text(WRONG, "utf-8")
    return tmp_path


def found(capsys: Capture, *arguments: str) -> dict[str, list[tuple[str, int]]]:
    capsys.readouterr()
    main(["lint", "--format", "json", *arguments])
    documents = json.loads(capsys.readouterr().out)["documents"]
    return {d["path"]: [(f["code"], f["line"]) for f in d["findings"]] for d in documents}


def test_a_second_run_remembers_and_says_the_same(here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(capsys, "a.md", "b.html", "c.txt")
    monkeypatch.setattr("normalize.check.Checker.check", lambda *_: pytest.fail("it was checked again"))
    assert found(capsys, "a.md", "b.html", "c.txt") == first
    main(["lint", "a.md", "b.html", "c.txt"])
    assert "3 remembered" in capsys.readouterr().err


def test_what_changed_is_checked_again(here: Path, capsys: Capture) -> None:
    found(capsys, "a.md", "c.txt")
    Path("a.md").write_text("All is well in the town, he said.\n", "utf-8")
    assert found(capsys, "a.md", "c.txt") == {"a.md": [], "c.txt": [("NAM001", 1)]}
    Path("calque.toml").write_text('ignore = ["NAM"]\n', "utf-8")
    assert found(capsys, "a.md", "c.txt") == {"a.md": [], "c.txt": []}, "other settings are another question"


def test_a_damaged_memory_is_no_harm(here: Path, capsys: Capture) -> None:
    first = found(capsys, "a.md", "c.txt")
    [store] = (here / ".cache/calque/pages").iterdir()
    for content in ("", "{", '{"version": 3, "pages": {"a.md": {"key": 1}}}', "[]"):
        store.write_text(content)
        assert found(capsys, "a.md", "c.txt") == first
    assert store.stat().st_mode & 0o077 == 0 or store.parent.stat().st_mode & 0o077 == 0


def test_no_cache_leaves_no_trace(here: Path, capsys: Capture) -> None:
    found(capsys, "--no-cache", "a.md", "c.txt")
    assert not (here / ".cache/calque/pages").exists()


@pytest.mark.skipif(not shutil.which("git"), reason="git is asked")
def test_since_a_revision_only_changed_lines_count(here: Path, capsys: Capture) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "a.md", "c.txt"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    Path("a.md").write_text(WRONG + "\nThey met.\n\n" + WRONG, "utf-8")
    Path('odd "name\n.md').write_text(WRONG, "utf-8")
    assert found(capsys, "--since", "HEAD", ".") == {
        "./a.md": [("NAM001", 5)],
        "./b.html": [("NAM001", 1)],
        './odd "name\n.md': [("NAM001", 1)],
    }
    assert main(["lint", "--since=--output=x", "a.md"]) == 2
    assert main(["lint", "--since", "no-such", "a.md"]) == 2
    assert 'git knows no revision "no-such"' in capsys.readouterr().err


def test_since_outside_of_a_work_tree_is_refused(here: Path, capsys: Capture) -> None:
    assert main(["lint", "--since", "HEAD", "a.md"]) == 2
    assert "--since: git says" in capsys.readouterr().err


def test_furniture_is_shown_and_not_checked(here: Path, capsys: Capture) -> None:
    story = "<p>They met on Monday and spoke of trade for an hour.</p>" * 3
    Path("p.html").write_text(f"<nav><p>Vuong Nghi, China</p></nav>{story}<footer>Cookies</footer>", "utf-8")
    assert found(capsys, "p.html") == {"p.html": []}
    assert main(["lint", "--furniture", "p.html"]) == 0
    assert capsys.readouterr().out == "p.html:1:9: Vuong Nghi, China\np.html:1:215: Cookies\n"
