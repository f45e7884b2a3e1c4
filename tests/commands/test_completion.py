"""Shells complete what the parser takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from normalize.cli import main

Capture = pytest.CaptureFixture[str]


def script(shell: str, capsys: Capture) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not on this machine")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("calque ", {"lint", "baseline", "init", "explain", "--version"}),
        ("calque li", {"lint"}),
        ("calque lint --fo", {"--format"}),
        ("calque lint --format ", {"text", "json", "github"}),
        ("calque lint a.md --fail-on ", {"info", "warning", "error"}),
        ("calque baseline ", {"create", "update", "check"}),
        ("calque baseline create --re", {"--reason"}),
    ],
)
def test_bash(line: str, expected: set[str], capsys: Capture) -> None:
    words = line.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    ask = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _calque; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    run = ["bash", "--norc", "-c", script("bash", capsys) + ask]
    answers = set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())
    assert expected <= answers
    if words[-1]:
        assert answers == expected


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_others_parse(shell: str, capsys: Capture, tmp_path: Path) -> None:
    text = script(shell, capsys)
    for word in ("lint", "baseline", "create", "github"):
        assert word in text
    if shutil.which(shell):
        path = tmp_path / "script"
        path.write_text(text, "utf-8")
        subprocess.run([shell, "-n", str(path)], check=True)
