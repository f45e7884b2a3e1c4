"""pre-commit installs our hook from this repository and runs it on the content pages: `python -m tools.try_hooks`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    """0 if the installed hook checks the thirty pages and finds the faults; pip builds calque and needs its index."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        shutil.copytree(PROJECT / "tests/content/site", site)
        for command in (["git", "init", "-q"], ["git", "add", "."]):
            subprocess.run(command, cwd=site, check=True)
        command = [
            sys.executable,
            "-m",
            "pre_commit",
            "try-repo",
            str(PROJECT),
            "calque",
            "--all-files",
            "--color=never",
        ]
        result = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    if result.returncode == 1 and "30 checked" in result.stdout:
        return 0
    print(result.stdout[-2000:] + result.stderr[-2000:], file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
