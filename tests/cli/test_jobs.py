"""--jobs changes how long a run takes and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def lint(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "normalize", "lint", "--format", "json", *arguments]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, env={**os.environ}, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(12):
        name = "Vuong Nghi" if number % 3 else "Wang Yi"
        (tmp_path / f"{number:02}.txt").write_text(f"Chinese Foreign Minister {name} met {number} envoys.\n", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00 no text")
    return tmp_path


def test_the_same_bytes_whatever_the_number_of_processes(folder: Path) -> None:
    paths = ["05.txt", "bad.txt", "-", ".", "gone.txt", "01.txt"]
    runs = [lint(folder, "--jobs", jobs, *paths, stdin=b"Mr. Tan Cuong spoke.") for jobs in ("1", "2", "5")]
    assert runs[0].returncode == 3
    assert b'"05.txt"' in runs[0].stdout
    assert runs[0].stdout.count(b"bad.txt") >= 2
    for run in runs[1:]:
        assert (run.returncode, run.stdout, run.stderr) == (runs[0].returncode, runs[0].stdout, runs[0].stderr)


@pytest.mark.parametrize("jobs", ["-1", "x", "1.5"])
def test_what_is_no_number_of_processes_is_refused(folder: Path, jobs: str) -> None:
    run = lint(folder, "01.txt", f"--jobs={jobs}")
    assert run.returncode == 2
    assert b"0 or a positive number is wanted here" in run.stderr
