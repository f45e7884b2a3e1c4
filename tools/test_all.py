"""The parts of the checks that want more than Python and make: each says `ran`, or `skipped` and why.

A part that is skipped although its tool is there fails the run.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class Part:
    """A check, the tool it wants (a command on the path), how to run it, and libraries without which it is skipped."""

    name: str
    tool: str
    run: Callable[[], int]
    libraries: tuple[str, ...] = ()

    def lacks(self) -> str:
        """What is not there, or nothing."""
        if not shutil.which(self.tool):
            return f"{self.tool} is not on this machine"
        missing = [name for name in self.libraries if find_spec(name) is None]
        return f"{missing[0]} is not installed; {sys.executable} -m pip install -e '.[neural]'" if missing else ""


def call(*command: str) -> Callable[[], int]:
    """A check that is a command of this environment's Python."""
    return lambda: subprocess.run([sys.executable, *command], check=False).returncode


def calls(*commands: tuple[str, ...]) -> Callable[[], int]:
    """A check that is several commands, each of which must end well before the next begins."""
    return lambda: next((code for command in commands if (code := call(*command)())), 0)


PARTS: tuple[Part, ...] = (
    Part("source distribution builds a wheel", "git", call("-m", "build", "--no-isolation", "--outdir", "build/dist")),
    Part("pre-commit installs the hook from here", "git", call("-m", "tools.try_hooks")),
    Part("plugin on the oldest pytest", "git", call("-m", "tools.oldest_pytest")),
    Part(
        "models of every family give the official numbers",
        "git",
        call("-m", "pytest", "-q", "tests/compare/neural"),
        ("torch", "transformers"),
    ),
    Part(
        "Spark runs the same function",
        "java",
        calls(
            ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", ".[spark]"),
            ("-m", "pytest", "-q", "tests/batch/test_spark.py"),
        ),
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
