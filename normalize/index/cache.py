"""Compiled indexes on disk: the shipped one, carried in the wheel or made from a checkout, and those of users' tables.

The cache is a private folder of the user's, and optional: what cannot be kept there is made in memory. A file appears
there whole under its final name or not at all, so any number of processes may run for the first time at once. A
damaged one is made again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import normalize
from normalize.errors import TableError
from normalize.index.pack import Pack
from normalize.tables.locate import table_files, table_paths, tables_root

CODE = ("channels", "index", "tables", "text/fold.py", "model.py")
"""The code that decides what an index holds: folders and files of the package."""

CARRIED = "shipped.calque"
"""The index that a wheel carries inside the package."""

MOST_KEPT = 8
"""Files of a kind in the cache at most: a few checkouts, versions and tables; the oldest go first."""


def shipped() -> Pack:
    """The index of the shipped tables, compiled first if they or the code that compiles them changed."""
    carried = Path(__file__).resolve().parents[1] / CARRIED
    if carried.is_file():
        pack = Pack.open(carried)
        if pack.meta["version"] == normalize.__version__:
            return pack
    root = tables_root()
    return kept(f"index-{_fingerprint(root)}", lambda: _compile(root))


def beside(pack: Pack, paths: Iterable[Path], read: Callable[[], tuple[Iterable[Any], dict[str, Any]]]) -> Pack:
    """An index of a user's tables, to be joined with ``pack`` (the shipped one), which is not compiled again.

    ``read`` gives the forms and records; it is called only where no index of the same names and contents of ``paths``
    and the same ``pack`` was kept before.
    """
    import hashlib

    made_with = f"{pack.meta['version']} {pack.meta['digest']} {Path(pack.where).name}"
    digest = hashlib.blake2b(made_with.encode(), digest_size=12)
    for path in paths:
        try:
            digest.update(path.name.encode() + b"\0" + hashlib.blake2b(path.read_bytes()).digest())
        except OSError as error:
            raise TableError(f"{path}: {error.strerror}; check the path") from None

    def make() -> bytes:
        from normalize.index.write import write

        forms, records = read()
        return write(forms, records, digest.hexdigest(), bytes(pack.section("signs")))

    return kept(f"user-{digest.hexdigest()}", make)


def kept(name: str, make: Callable[[], bytes]) -> Pack:
    """The index of this name from the cache, made and put there if it is not there or no good."""
    path = cache_folder() / f"{name}.calque"
    try:
        if _is_ours(path):
            return Pack.open(path)
    except (OSError, TableError):
        pass  # made again
    data = make()
    return Pack.open(path) if _keep(path, data) else Pack(data, "the index in memory")


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/calque``, by default ``~/.cache/calque``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "calque"


def content_digest(root: Path) -> str:
    """A digest of the tables' contents, the same on every machine."""
    import hashlib

    digest = hashlib.blake2b(digest_size=8)
    for path in table_files(root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def compile_shipped(root: Path) -> bytes:
    """The index of the tables under ``root``."""
    from normalize.index.compile import compile_index
    from normalize.tables.load import load

    return compile_index(load(root), content_digest(root))


def _fingerprint(root: Path) -> str:
    """A digest of what the index is made from: name, size and time of every file."""
    from importlib.util import source_hash  # 64 bits, and hashlib takes three milliseconds to load

    stats = ((path, os.stat(path)) for path in [*table_paths(root), *_code()])
    listing = "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
    return source_hash(f"{sys.version_info[:2]} {listing}".encode()).hex()


def _code() -> list[str]:
    """The files of CODE."""
    package, files = Path(__file__).resolve().parents[1], list[str]()
    for place in CODE:
        path = f"{package}/{place}"
        files += sorted(entry.path for entry in os.scandir(path)) if os.path.isdir(path) else [path]
    return [path for path in files if path.endswith(".py")]


def _compile(root: Path) -> bytes:
    """The index of the tables in a checkout; forms of hubs that are as they were are taken from the last time."""
    from normalize.index.compile import compile_index
    from normalize.index.generated import Generated, generators_digest
    from normalize.tables.load import load

    print("calque: compiling the tables, once …", file=sys.stderr)
    path = cache_folder() / f"forms-{generators_digest(root, [Path(path) for path in _code()])}.json"
    generated = Generated(path.read_bytes() if _is_ours(path) else b"")
    data = compile_index(load(root), content_digest(root), generated.forms, generated.signs)
    if generated.anew:
        _keep(path, generated.data())
    return data


def _is_ours(path: Path) -> bool:
    """Whether there is such a file and nobody else could have put it there."""
    if not path.is_file():
        return False
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


def _keep(path: Path, data: bytes) -> bool:
    """Write the index beside its final name, rename it there and drop the oldest; False where there can be no cache."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
        _drop_oldest(path)
    except OSError:
        return False
    return True


def _drop_oldest(path: Path) -> None:
    """Leave the newest files; one that a process still has open stays readable to it."""
    files = sorted(path.parent.glob(f"*{path.suffix}"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
    for old in files[MOST_KEPT:]:
        if old != path:
            old.unlink(missing_ok=True)
