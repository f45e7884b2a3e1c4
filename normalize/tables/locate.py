"""Where the tables are: inside the wheel as ``normalize/aliases``, beside the package in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

from normalize.errors import TableError

MARKER = "TABLES.toml"


def tables_root() -> Path:
    """The folder of the shipped tables, known by its marker file."""
    package = Path(__file__).resolve().parents[1]
    for root in (package / "aliases", package.parent / "aliases"):
        if (root / MARKER).is_file():
            return root
    raise TableError(
        f"{package}: no aliases/{MARKER} inside the package or beside it; reinstall calque, its tables are missing"
    )


BESIDE = ("compare", "spellings")
"""Folders whose tables are read as they are, where they are needed."""


def table_files(root: Path) -> list[Path]:
    """Every file that takes part in the compiled index, in a stable order."""
    return [Path(path) for path in table_paths(root)]


def table_paths(root: Path) -> list[str]:
    """The same as strings: a start looks at their times and has no time to make paths of them."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in BESIDE]
        found += [f"{folder}{os.sep}{name}" for name in names if name.endswith((".toml", ".tsv"))]
    return sorted(found)
