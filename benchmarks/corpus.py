"""A folder of Markdown beside codespell and typos: `python -m benchmarks.corpus [MB] [JOBS] [FOLDER]`.

Without a folder the Markdown is made up. Each tool runs once over all of it, the seconds are by the clock, and what it
finds is not compared: only calque reads names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.made import People


def main() -> None:
    """Print seconds and MB/s of each tool."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    jobs = sys.argv[2] if len(sys.argv) > 2 else "2"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[3]) if len(sys.argv) > 3 else _made(Path(scratch) / "content", size)
        files = list(folder.rglob("*.md"))
        total = sum(path.stat().st_size for path in files) / 1e6
        print(f"{len(files)} files, {total:.1f} MB, load {os.getloadavg()[0]:.1f}")
        python = Path(sys.executable).parent
        commands = {
            f"calque lint --jobs {jobs}": [
                str(python / "calque"),
                "lint",
                "--format",
                "json",
                "--jobs",
                jobs,
                str(folder),
            ],
            "codespell": [str(python / "codespell"), str(folder)],
            "typos": [str(python / "typos"), str(folder)],
        }
        subprocess.run([python / "calque", "--version"], check=True, capture_output=True)  # the index is there
        for name, command in commands.items():
            if not shutil.which(command[0]):
                print(f"{name}: not installed")
                continue
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=False)
            seconds = time.perf_counter() - start
            print(f"{name:<22} {seconds:6.2f} s {total / seconds:6.2f} MB/s")


def _made(folder: Path, size: float) -> Path:
    people = People()
    folder.mkdir()
    for number, article in enumerate(people.text(int(size * 1e6), people.forms(20_000), multilingual=False)):
        (folder / f"{number:05}.md").write_text(f"# Article {number}\n\n{article}\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
