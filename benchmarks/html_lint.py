"""Linting HTML beside peers that read HTML: the processor time of each on the same pages, as a multiple of calque's.

    python -m benchmarks.html_lint [--pages 1000] [--peers FOLDER]…

FOLDER is put on the path that commands are looked for on (a virtual environment's ``bin``, ``node_modules/.bin``).
What is not found is said. Of the peers, vale, alex and textlint judge prose; aspell, hunspell and codespell look words
up, codespell and proselint in text that was stripped before and is not timed. No two of them find the same things:
the numbers say what a run costs, not what it is worth.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.html_readers import of_calque, pages

AT_ONCE = 200
"""Files on one command line, for peers that take lists of files."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A command, and how it is given the pages: as a folder, as lists of files, or one file on standard input."""

    name: str
    command: tuple[str, ...]
    takes: str
    reads: str = "html"


PEERS = (
    Peer("vale", ("vale", "--output=JSON", "--no-exit"), "folder"),
    Peer("alex", ("alex", "--html", "--quiet"), "files"),
    Peer("textlint, html, write-good", ("textlint", "--plugin", "html", "--rule", "write-good"), "files"),
    Peer("aspell", ("aspell", "--mode=html", "--lang=en", "list"), "input"),
    Peer("hunspell", ("hunspell", "-H", "-d", "en_US", "-l"), "files"),
    Peer("codespell, on stripped text", ("codespell",), "folder", "txt"),
    Peer("proselint, on stripped text", ("proselint", "check"), "files", "txt"),
)


def main() -> None:
    """Make the pages, run everybody on them, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--peers", action="append", default=[], metavar="FOLDER")
    options = parser.parse_args()
    folders = [str(Path(folder).resolve()) for folder in options.peers]
    path = os.pathsep.join([*folders, os.environ.get("PATH", "")])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = write(root, pages(options.pages))
        (root / ".vale.ini").write_text("MinAlertLevel = suggestion\n[*.html]\nBasedOnStyles = Vale\n", "utf-8")
        print(f"{options.pages} pages of HTML, {size / 1e6:.1f} MB; processor seconds")
        lint = (sys.executable, "-m", "normalize", "lint", "--no-cache", "--language", "en", "--format", "json")
        measure(root, (*lint, "html/00000.html"), path)  # compiles the tables
        ours, out = measure(root, (*lint, "html"), path)
        documents = json.loads(out)["documents"]
        found = sum(len(document["findings"]) for document in documents)
        print(f"{'calque':<30} {ours:8.2f} s     1.00  {len(documents)} pages, {found} findings")
        for peer in PEERS:
            command = shutil.which(peer.command[0], path=path)
            if command is None or subprocess.run([command, "--help"], capture_output=True, check=False).returncode:
                print(f"{peer.name:<30} skipped: {'does not run here' if command else 'not installed'}")
                continue
            seconds, lines = run(root, peer, (command, *peer.command[1:]), path)
            print(f"{peer.name:<30} {seconds:8.2f} s {seconds / ours:8.2f}  {lines} lines of output", flush=True)


def write(root: Path, made: Sequence[str]) -> int:
    """The pages as files, and the words of each as text; how many bytes the pages have."""
    for name in ("html", "txt"):
        (root / name).mkdir()
    for number, page in enumerate(made):
        (root / f"html/{number:05}.html").write_text(page, "utf-8")
        (root / f"txt/{number:05}.txt").write_text(of_calque(page), "utf-8")
    return sum(len(page.encode()) for page in made)


def run(root: Path, peer: Peer, command: tuple[str, ...], path: str) -> tuple[float, int]:
    """Processor seconds, and lines that were printed."""
    files = sorted(f"{peer.reads}/{file.name}" for file in (root / peer.reads).iterdir())
    if peer.takes == "folder":
        results = [measure(root, (*command, peer.reads), path)]
    elif peer.takes == "files":
        lists = [files[at : at + AT_ONCE] for at in range(0, len(files), AT_ONCE)]
        results = [measure(root, (*command, *some), path) for some in lists]
    else:  # a page a process: in one stream, a comment without an end would swallow the pages behind it
        results = [measure(root, command, path, (root / file).read_bytes()) for file in files]
    return sum(seconds for seconds, _ in results), sum(len(out.splitlines()) for _, out in results)


def measure(root: Path, command: Sequence[str], path: str, given: bytes = b"") -> tuple[float, bytes]:
    """Processor seconds (user and system, with those of children), and what was printed."""
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    before = getrusage(RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=root, input=given, capture_output=True, check=False, env=environment)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout or done.stderr


if __name__ == "__main__":
    main()
