"""Bad input gets one sentence or a report: no traceback, nothing half-written, no endless wait."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from normalize.check import Checker
from normalize.cli import main
from normalize.model import Checked

WRONG = "Chinese Foreign Minister Vuong Nghi spoke of trade in the town.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: object) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(capsys: Any, *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["lint", "--no-cache", "--format", "json", *arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, json.loads(out)


BOMB = "<?xml version='1.0'?><!DOCTYPE a [" + "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 30))


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("deep.html", "<div>" * 100_000 + WRONG, 1),
        ("wide.html", f"<p title='{'of it and so ' * 80_000}'>{WRONG}", 1),
        ("entity.html", f"<p>&{'a' * 1_000_000} {WRONG}", 1),
        ("bomb.xhtml", f"{BOMB}]><html lang='en'><p>{WRONG}</p>&e29;</html>", 1),
        ("homoglyphs.txt", WRONG.replace("o", "\N{CYRILLIC SMALL LETTER O}"), 0),
        ("bidi.txt", "\N{RIGHT-TO-LEFT OVERRIDE}" + WRONG, 1),
    ],
)
def test_odd_texts_are_checked(here: Path, capsys: Any, name: str, text: str, count: int) -> None:
    Path(name).write_text(text, "utf-8")
    _, out = lint(capsys, "--language", "en", name)
    assert out["errors"] == []
    found = [f for f in out["documents"][0]["findings"] if f["code"] == "NAM001"]
    assert len(found) == count
    assert all(text[f["start"] : f["end"]] == f["text"] for f in found)


def test_a_sparse_file_of_two_gigabytes_is_refused_unread(here: Path, capsys: Any) -> None:
    with Path("big.txt").open("wb") as file:
        file.truncate(2 << 30)
    code, out = lint(capsys, "big.txt")
    assert code == 3
    assert "more than 256 MiB" in out["errors"][0]["message"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_odd_names(here: Path, capsys: Any) -> None:
    odd = ["new\nline.txt", "\N{RIGHT-TO-LEFT OVERRIDE}txt.txt", os.fsdecode(b"caf\xe9.txt"), "::error::.txt", "-x.txt"]
    for name in odd:
        Path(name).write_text(WRONG, "utf-8")
    for report in ("text", "github", "sarif", "junit", "rdjson", "jsonl", "html", "json"):
        assert main(["lint", "--no-cache", "--format", report, "."]) == 1, report
    for line in capsys.readouterr().out.splitlines():
        assert not line.startswith("::error::")
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in line or "\\u202e" not in line


def test_a_file_that_goes_while_the_run_lasts(here: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        Path(name).write_text(WRONG, "utf-8")
    first = Checker.check

    def check(self: Checker, document: Any) -> Checked:
        Path("b.txt").unlink(missing_ok=True)
        return first(self, document)

    monkeypatch.setattr(Checker, "check", check)
    code, out = lint(capsys, ".")
    assert code == 3
    assert [d["path"] for d in out["documents"]] == ["./a.txt", "./c.txt"]
    assert "no such file" in out["errors"][0]["message"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_and_a_device_are_not_waited_for(here: Path, capsys: Any) -> None:
    os.mkfifo("pipe.txt")
    code, out = lint(capsys, "pipe.txt", "/dev/zero")
    assert code == 3
    assert all("a pipe or a device" in e["message"] for e in out["errors"])


def test_many_tiny_files(here: Path, capsys: Any) -> None:
    for number in range(1000):
        Path(f"{number:04}.txt").write_text("They met.\n", "utf-8")
    _, out = lint(capsys, ".")
    assert len(out["documents"]) == 1000


def test_a_long_line(here: Path, capsys: Any) -> None:
    Path("a.txt").write_text("They met in the town and spoke of it. " * 50_000 + WRONG.strip(), "utf-8")
    _, out = lint(capsys, "--language", "en", "a.txt")
    assert [f["text"] for f in out["documents"][0]["findings"] if f["severity"] == "error"] == ["Vuong Nghi"]
