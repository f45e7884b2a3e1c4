"""Ignore files mean what git makes of them: git itself is asked."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from normalize.text.ignored import FILES
from normalize.text.reading import find_files

PATTERNS = [
    "*.txt", "!a.txt", "/b", "b/", "sub", "sub/*.md", "**/c.md", "sub/**", "a?.md", "[ab].md", "[!a]*.md", "# no", "",
    "\\#x.md",
    "a b.md ", "**/sub/", "sub/**/d.md", "*/a.md", "!sub/", "/*.md", "x[", "\\!b.md",
]  # fmt: skip
NAMES = [
    "a.txt",
    "a.md",
    "b.md",
    "ab.md",
    "b/a.md",
    "b/c.md",
    "sub/a.md",
    "sub/b/d.md",
    "sub/sub/a.txt",
    "#x.md",
    "!b.md",
    "a b.md",
]


def tree(root: Path, lines: list[str], inner: list[str]) -> None:
    for name in NAMES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (root / ".gitignore").write_text("\n".join(lines) + "\n")
    (root / "sub" / ".gitignore").write_text("\n".join(inner) + "\n")


@pytest.mark.skipif(not shutil.which("git"), reason="git is asked")
def test_git_agrees(tmp_path: Path) -> None:
    chance = random.Random(1)
    for number in range(40):
        root = tmp_path / str(number)
        tree(root, chance.choices(PATTERNS, k=3), chance.choices(PATTERNS, k=chance.randint(0, 2)))
        subprocess.run(["git", "init", "-q", str(root)], check=True)
        asked = ["git", "-C", str(root), "ls-files", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(asked, capture_output=True, check=True).stdout.decode().split("\0")
        expected = sorted(f"{root}/{name}" for name in listed if name.endswith((".md", ".txt")))
        (root / "z.md").write_text("never ignored alone")
        rules = (root / ".gitignore").read_text(), (root / "sub/.gitignore").read_text()
        found = [path for path in find_files(str(root)) if not path.endswith("/z.md")] if expected else []
        assert found == expected, rules


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_read_outside_of_git_too(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("draft*\n")
    for one in ("a.md", "draft.md"):
        (tmp_path / one).write_text("x")
    assert find_files(str(tmp_path)) == [f"{tmp_path}/a.md"]


def test_rules_above_the_folder_hold(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("sub/a.md\n")
    (tmp_path / "sub").mkdir()
    for one in ("a.md", "b.md"):
        (tmp_path / "sub" / one).write_text("x")
    assert find_files(f"{tmp_path}/sub") == [f"{tmp_path}/sub/b.md"]
