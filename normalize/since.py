"""Which lines of which files changed since a revision, as git tells it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from normalize.errors import UsageError
from normalize.model import Checked, Finding
from normalize.record import replace

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.M)
_FILE = re.compile(rb"^diff --git ", re.M)

Lines = list[tuple[int, int]]
"""First lines, and how many follow on; no list stands for the whole file."""


class Changes:
    """What changed since a revision in the work tree around a folder."""

    def __init__(self, revision: str, folder: Path) -> None:
        """Ask git; UsageError if it is not there, this is no work tree, or it does not know the revision."""
        self.root = Path(os.path.realpath(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n"))))
        asked_for = f"{revision}^{{commit}}"
        known = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", asked_for, fails=True)
        if not known:
            raise UsageError(f'--since: git knows no revision "{revision}" here; try HEAD or origin/main')
        commit = os.fsdecode(known.strip())
        asked = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--diff-filter=d")
        names = _git(self.root, *asked, "--name-only", "-z", commit).split(b"\0")[:-1]
        parts = _FILE.split(_git(self.root, *asked, "--unified=0", commit))[1:]
        self._lines: dict[str, Lines | None] = {}
        for name, part in zip(names, parts, strict=False):
            hunks = [(int(h[1]), int(h[2]) if h[2] is not None else 1) for h in _HUNK.finditer(part)]
            self._lines[os.fsdecode(name)] = hunks or None
        for name in _git(self.root, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0")[:-1]:
            self._lines[os.fsdecode(name)] = None

    def has(self, path: str) -> bool:
        """Whether the file at ``path`` changed."""
        return self._name(path) in self._lines

    def only_changed(self, checked: Checked) -> Checked:
        """What was found on changed lines."""
        lines = self._lines.get(self._name(checked.document.path))
        if lines is None:
            return checked
        text = checked.document.text

        def touches(finding: Finding) -> bool:
            first = text.count("\n", 0, finding.span.start) + 1
            last = first + finding.text.count("\n")
            return any(first < start + count and start <= last for start, count in lines)

        return replace(
            checked,
            findings=tuple(filter(touches, checked.findings)),
            allowed=tuple(filter(touches, checked.allowed)),
        )

    def _name(self, path: str) -> str:
        folder, name = os.path.split(os.path.abspath(path))
        return os.path.relpath(os.path.join(os.path.realpath(folder), name), self.root).replace(os.sep, "/")


def _git(folder: Path, *arguments: str, fails: bool = False) -> bytes:
    """What git prints; ``fails`` lets it fail and print nothing."""
    # Settings of the work tree start no program of theirs: no pager, no monitor, no hooks.
    command = ["git", "-C", str(folder), "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]
    try:
        done = subprocess.run([*command, *arguments], capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise UsageError("--since: git is not installed; leave --since out to check everything") from None
    if done.returncode and not fails:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[0] if said else f"exit {done.returncode}"
        raise UsageError(f"--since: git says: {why}; leave --since out to check everything")
    return done.stdout
