"""Files that are there whole or not at all: written beside their final name, synced, renamed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

SUFFIX = ".calque-part"
"""How the name of an unfinished file ends; it begins with a dot and carries the number of its process."""


class Whole:
    """An unfinished file; it takes its final name at `keep`, and without that leaves nothing."""

    def __init__(self, path: Path) -> None:
        """Open a file beside ``path``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.temporary = path.with_name(f".{path.name}.{os.getpid()}{SUFFIX}")
        self.file: BinaryIO = self.temporary.open("wb")

    def __enter__(self) -> Whole:
        """Itself."""
        return self

    def sync(self) -> None:
        """Have every byte on the disk; what does not fit is noticed here, before anything is renamed."""
        if not self.file.closed:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()

    def keep(self) -> None:
        """Take the final name."""
        self.sync()
        self.temporary.replace(self.path)
        sync_folder(self.path.parent)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not kept."""
        with contextlib.suppress(OSError):  # closing flushes once more, and the disk may still be full
            self.file.close()
        self.temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have a rename in ``folder`` on the disk, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_json(path: Path, value: Any) -> None:
    """Put ``value`` into the file at ``path``, whole or not at all."""
    with Whole(path) as whole:
        whole.file.write((json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
        whole.keep()


def sweep(folder: Path) -> None:
    """Remove the unfinished files that a killed run left."""
    for path in folder.rglob(f".*{SUFFIX}"):
        path.unlink(missing_ok=True)


def sha256(path: Path) -> tuple[str, int]:
    """The hash and the size of a file, as ``sha256sum`` and ``stat`` give them."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()
