"""Bad input gets one sentence or a report: no traceback, nothing half-written, no endless wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.check import Checker
from normalize.cli import main
from normalize.model import Checked
from normalize.text.reading import decode

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
    assert "more than 16 MiB" in out["errors"][0]["message"]


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


def test_ten_thousand_tiny_files(here: Path, capsys: Any) -> None:
    for number in range(10_000):
        Path(f"{number:05}.txt").write_text("They met.\n", "utf-8")
    Path("05000.txt").write_text(WRONG, "utf-8")
    code, out = lint(capsys, ".")
    assert code == 1
    assert len(out["documents"]) == 10_000
    assert [d["path"] for d in out["documents"] if d["findings"]] == ["./05000.txt"]


def test_a_long_line(here: Path, capsys: Any) -> None:
    Path("a.txt").write_text("They met in the town and spoke of it. " * 50_000 + WRONG.strip(), "utf-8")
    _, out = lint(capsys, "--language", "en", "a.txt")
    assert [f["text"] for f in out["documents"][0]["findings"] if f["severity"] == "error"] == ["Vuong Nghi"]


def test_a_line_of_fifty_megabytes_is_refused_with_the_next_step(here: Path, capsys: Any) -> None:
    Path("a.txt").write_text("They met in the town and spoke of it. " * (50_000_000 // 38), "utf-8")
    code, out = lint(capsys, "a.txt")
    assert code == 3
    assert out["errors"] == [
        {"path": "a.txt", "message": "a.txt: more than 16 MiB; split it, or use calque normalize for a corpus"}
    ]
    piped = subprocess.run(
        [sys.executable, "-m", "normalize", "lint", "-"],
        input=Path("a.txt").read_bytes(), capture_output=True, check=False,
    )  # fmt: skip
    assert piped.returncode == 3
    assert b"-: more than 16 MiB" in piped.stderr


def test_one_word_over_and_over_is_one_finding(here: Path, capsys: Any) -> None:
    text = "They met in the " + "the " * 100_000 + "town."
    Path("a.txt").write_text(text, "utf-8")
    _, out = lint(capsys, "--language", "en", "a.txt")
    (found,) = [f for f in out["documents"][0]["findings"] if f["code"] == "TYP003"]
    assert text[: found["start"]] + found["replacements"][0] + text[found["end"] :] == "They met in the town."


def test_a_name_over_and_over_takes_time_in_proportion(here: Path, check: Callable[..., Checked]) -> None:
    """Once, each place looked through all that stood before it in its paragraph."""

    def steps(count: int) -> int:
        text, looked = "Vuong Nghi said so. " * count, 0

        def count_calls(frame: Any, event: str, argument: Any) -> None:
            nonlocal looked
            looked += 1

        sys.setprofile(count_calls)
        try:
            check(text, language="en")
        finally:
            sys.setprofile(None)
        return looked

    steps(20)
    assert steps(800) < 5 * steps(200)


@pytest.mark.parametrize("new", [b"", b"Vuong", b"\xff\xfe", WRONG.encode() * 3], ids=["empty", "short", "odd", "long"])
def test_a_file_that_changes_while_it_is_read(
    here: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch, new: bytes
) -> None:
    page = Path("a.txt")
    page.write_text(WRONG * 1000, "utf-8")
    facts = os.fstat

    def change(descriptor: int) -> os.stat_result:
        known = facts(descriptor)
        if known.st_size == len(WRONG) * 1000:
            page.write_bytes(new)
        return known

    with monkeypatch.context() as changing:
        changing.setattr(os, "fstat", change)
        code, out = lint(capsys, "--language", "en", "a.txt")
    assert page.read_bytes() == new
    if code == 3:
        assert out["errors"][0]["message"].startswith("a.txt: ")
    else:
        text = decode(new, "a.txt").text
        assert all(text[f["start"] : f["end"]] == f["text"] for f in out["documents"][0]["findings"])


def test_a_file_that_changes_before_it_is_fixed_is_left_alone(
    here: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Path("a.txt")
    page.write_text(WRONG, "utf-8")
    first = Checker.check

    def check(self: Checker, document: Any) -> Checked:
        page.write_text("Somebody else wrote this.\n", "utf-8")
        return first(self, document)

    monkeypatch.setattr(Checker, "check", check)
    code, out = lint(capsys, "--fix", "a.txt")
    assert code == 3
    assert "changed while it was checked" in out["errors"][0]["message"]
    assert page.read_text("utf-8") == "Somebody else wrote this.\n"


def test_a_file_that_changes_is_not_remembered_as_it_was(
    here: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(WRONG, "utf-8")
    first = Checker.check

    def check(self: Checker, document: Any) -> Checked:
        Path(document.path).write_text("They met in the town.\n", "utf-8")
        return first(self, document)

    with monkeypatch.context() as changing:
        changing.setattr(Checker, "check", check)
        assert main(["lint", "a.txt", "b.txt"]) == 1
    assert main(["lint", "a.txt", "b.txt"]) == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk(here: Path) -> None:
    Path("a.txt").write_text(WRONG, "utf-8")
    command = [sys.executable, "-m", "normalize", "lint", "--no-cache", "a.txt"]
    to_file = subprocess.run([*command, "--output", "sarif=/dev/full"], capture_output=True, text=True, check=False)
    assert to_file.returncode == 3
    assert "/dev/full: the sarif report was not written: No space left on device" in to_file.stderr
    with open("/dev/full", "wb") as full:
        printed = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert printed.returncode == 3
    assert printed.stderr.splitlines()[-1] == "calque: the report could not be written: No space left on device"
    assert "Traceback" not in to_file.stderr + printed.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals there")
def test_a_long_run_on_a_terminal_says_how_far_it_is(here: Path) -> None:
    import pty

    for number in range(400):
        Path(f"{number:03}.txt").write_text(WRONG * 5, "utf-8")
    command = [sys.executable, "-m", "normalize", "lint", "--no-cache", "."]
    master, terminal = pty.openpty()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=terminal, check=False)
    os.close(terminal)
    said = os.read(master, 1 << 16).decode()
    os.close(master)
    assert " of 400 files" in said
    assert said.rpartition("\r\x1b[K")[2].startswith("400 checked"), "the bar is gone when the run ends"
    piped = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "\x1b" not in piped.stderr
