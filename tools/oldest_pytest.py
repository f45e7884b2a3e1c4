"""The plugin's tests on the oldest pytest supported, in an environment of its own: `python -m tools.oldest_pytest`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OLDEST = "7.4.0"
"""What Ubuntu 24.04 ships (7.4.4) begins here, and it is the last of the 7 series; docs/pytest.md promises it."""
BESIDE = (
    "hypothesis",
    "junitparser",
    "pre-commit",
    "pytest-json-report",
    "pytest-random-order",
    "pytest-xdist",
    "pyyaml",
)
PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Make the environment if there is none yet, and run the tests; the exit code is pytest's, or pip's."""
    folder = PROJECT / "build/oldest-pytest"
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    installed = subprocess.run([*install, f"pytest=={OLDEST}", *BESIDE, "--editable", str(PROJECT)], check=False)
    if installed.returncode:
        return installed.returncode
    tests = [str(python), "-m", "pytest", "-q", "tests/plugin", "tests/content"]
    return subprocess.run(tests, cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
