"""The parts of the checks that want more than Python and make: each says `ran`, or `skipped` and why.

A part is skipped where its tool is not on the machine, or where pip cannot have what it wants.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A check, the tool it wants (a command on the path), how to run it, and what pip installs for it, in order."""

    name: str
    tool: str
    run: Callable[[], int]
    packages: tuple[tuple[str, ...], ...] = ()

    def lacks(self) -> str:
        """What is not there and cannot be had, or nothing."""
        if not shutil.which(self.tool):
            return f"{self.tool} is not on this machine"
        refused = next((wanted for wanted in self.packages if install(*wanted)), ())
        return f"pip cannot install {' '.join(refused)} here" if refused else ""


def install(*packages: str) -> int:
    """Put packages into this environment."""
    return call("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)()


def call(*command: str) -> Callable[[], int]:
    """A check that is a command of this environment's Python."""
    return lambda: subprocess.run([sys.executable, *command], check=False).returncode


PARTS: tuple[Part, ...] = (
    Part("source distribution builds a wheel", "git", call("-m", "build", "--no-isolation", "--outdir", "build/dist")),
    Part("pre-commit installs the hook from here", "git", call("-m", "tools.try_hooks")),
    Part("plugin on the oldest pytest", "git", call("-m", "tools.oldest_pytest")),
    Part(
        "models of every family give the official numbers",
        "git",
        call("-m", "pytest", "-q", "-n", "2", "tests/compare/neural"),
        (("torch==2.13.0",), ("--editable", ".[neural]")),  # torch first, or a newer build comes with its libraries
    ),
    Part(
        "Spark runs the same function",
        "java",
        call("-m", "pytest", "-q", "tests/batch/test_spark.py"),
        (("--editable", ".[spark]"),),
    ),
)


def main() -> int:
    """Run every part; 1 if any failed."""
    failed = False
    for part in PARTS:
        if lack := part.lacks():
            print(f"{part.name}: skipped: {lack}", flush=True)
            continue
        code = part.run()
        print(f"{part.name}: {'ran' if code == 0 else f'FAILED ({code})'}", flush=True)
        failed = failed or code != 0
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
