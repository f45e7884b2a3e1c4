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


def table_files(root: Path) -> list[Path]:
    """Every file that takes part in the compiled index, in a stable order."""
    found = (os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names)
    wanted = (path for path in found if path.endswith((".toml", ".tsv")))
    return [Path(path) for path in sorted(wanted, key=lambda path: path.split(os.sep))]
