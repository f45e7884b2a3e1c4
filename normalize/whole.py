"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Put the pieces into the file at ``path``: all of them or, on any fault (OSError), nothing.

    They are synced to a file beside it, which is given the mode of what stood there and renamed over it. A link is
    followed: the file that it leads to is written, and it stays a link.
    """
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.calque")
    try:
        with temporary.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


__all__ = ["write_whole"]
