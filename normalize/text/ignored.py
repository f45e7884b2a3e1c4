"""What `.gitignore`, `.ignore` and `.calqueignore` leave out of a folder; the rules are git's."""

from __future__ import annotations

import os
import re

FILES = (".gitignore", ".ignore", ".calqueignore")
"""Read in this order in each folder: what a later one says goes before."""
LONGEST = 1 << 20
"""Bytes of such a file that are read."""

Rule = tuple[re.Pattern[str], bool, bool]
"""A pattern for paths relative to the folder, whether it takes back, and whether it is for folders alone."""


class Ignored:
    """The rules that hold in a folder: its own, and those of the folders above it."""

    def __init__(self, folder: str, above: Ignored | None = None) -> None:
        """Read the files in ``folder``."""
        self.folder, self.above = folder, above
        self.rules = [rule for name in FILES for line in _lines(os.path.join(folder, name)) if (rule := _rule(line))]

    @classmethod
    def around(cls, folder: str) -> Ignored:
        """The rules in ``folder``, with those above it as far as the work tree reaches."""
        whole = os.path.realpath(folder)
        chain = [whole]
        while not os.path.exists(os.path.join(chain[-1], ".git")):
            parent = os.path.dirname(chain[-1])
            if parent == chain[-1]:
                return cls(whole)  # no work tree
            chain.append(parent)
        found: Ignored | None = None
        for one in reversed(chain):
            found = cls(one, found)
        assert found is not None
        return found

    def below(self, name: str) -> Ignored:
        """The rules in the folder ``name`` within this one."""
        return Ignored(os.path.join(self.folder, name), self)

    def has(self, name: str, *, is_folder: bool) -> bool:
        """Whether the entry ``name`` of this folder is left out: of all rules that match, the last decides."""
        path = name
        here: Ignored | None = self
        while here is not None:
            for pattern, takes_back, folders_alone in reversed(here.rules):
                if (is_folder or not folders_alone) and pattern.fullmatch(path):
                    return not takes_back
            path = f"{os.path.basename(here.folder)}/{path}"
            here = here.above
        return False


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read(LONGEST).split("\n")
    except OSError:
        return []


def _rule(line: str) -> Rule | None:
    line = line.rstrip("\r")
    while line.endswith(" ") and not line.endswith("\\ "):
        line = line[:-1]
    if not line or line.startswith("#"):
        return None
    takes_back = line.startswith("!")
    line = line[takes_back:]
    folders_alone = line.endswith("/")
    line = line.rstrip("/") if folders_alone else line
    anchored = "/" in line
    try:
        pattern = re.compile(("" if anchored else "(?:.*/)?") + _regex(line.removeprefix("/")), re.S)
    except re.error:
        return None
    return (pattern, takes_back, folders_alone) if line else None


def _regex(glob: str) -> str:
    """A glob as a regular expression: ``**`` crosses folders, ``*`` and ``?`` do not.

    >>> bool(re.fullmatch(_regex("docs/**/*.md"), "docs/a/b/c.md"))
    True
    """
    out, at = [], 0
    while at < len(glob):
        sign = glob[at]
        if glob.startswith("**/", at) and (at == 0 or glob[at - 1] == "/"):
            out.append("(?:.*/)?")
            at += 3
        elif glob[at:] == "**" and at and glob[at - 1] == "/":
            out.append(".+")
            at += 2
        elif sign == "*":
            while glob[at : at + 1] == "*":
                at += 1
            out.append("[^/]*")
        elif sign == "?":
            out.append("[^/]")
            at += 1
        elif sign == "[" and (end := glob.find("]", at + 2)) > 0:
            inside = glob[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            out.append(f"(?!/)[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            at = end + 1
        else:
            at += sign == "\\" and at + 1 < len(glob)
            out.append(re.escape(glob[at]))
            at += 1
    return "".join(out)
