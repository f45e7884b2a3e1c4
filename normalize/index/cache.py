"""The compiled index of the shipped tables: made when they change, kept in the user's cache, mapped ever after."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from normalize.index.pack import Pack
from normalize.tables.locate import table_files, tables_root

CODE = ("channels/*.py", "index/*.py", "tables/*.py", "text/fold.py", "model.py")
"""The code that decides what an index holds."""


def shipped() -> Pack:
    """The index of the shipped tables, compiled first if they or the code that compiles them changed."""
    root = tables_root()
    fingerprint = _fingerprint(root)
    path = cache_folder() / f"index-{fingerprint}.calque"
    if path.is_file() and path.stat().st_uid == os.getuid():
        return Pack.open(path)
    data = _compile(root, fingerprint)
    if not _keep(path, data):
        return Pack(data, "the index in memory")
    return Pack.open(path)


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/calque``, by default ``~/.cache/calque``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "calque"


def _fingerprint(root: Path) -> str:
    """A digest of what the index is made from: name, size and time of every file."""
    package = Path(__file__).resolve().parents[1]
    files = [*table_files(root), *sorted(p for pattern in CODE for p in package.glob(pattern))]
    stats = ((path, path.stat()) for path in files)
    listing = "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
    return hashlib.blake2b(listing.encode(), digest_size=12).hexdigest()


def _compile(root: Path, fingerprint: str) -> bytes:
    from normalize.index.compile import compile_index
    from normalize.tables.load import load

    print("calque: compiling the tables, once …", file=sys.stderr)
    return compile_index(load(root), content_digest(root))


def content_digest(root: Path) -> str:
    """A digest of the tables' contents, the same on every machine."""
    digest = hashlib.blake2b(digest_size=8)
    for path in table_files(root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _keep(path: Path, data: bytes) -> bool:
    """Write the index beside its final name, rename it there and drop older ones; False where there can be no cache."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_bytes(data)
        temporary.replace(path)
        for old in path.parent.glob("index-*.calque"):
            if old != path:
                old.unlink(missing_ok=True)
        return True
    except OSError:
        return False
