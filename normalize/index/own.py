"""A newsroom's own tables compiled beside the shipped ones, and kept in the cache until any of them changes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from normalize.errors import TableError
from normalize.index.cache import content_digest, kept, shipped
from normalize.index.pack import Pack
from normalize.tables.locate import tables_root


def with_tables(own: Sequence[Path]) -> Pack:
    """The index of the shipped tables and the user's; TableError names file and line of a bad row."""
    if not own:
        return shipped()
    digest = _digest(own)
    return kept(f"own-{digest}", lambda: _compile(own, digest))


def _compile(own: Sequence[Path], digest: str) -> bytes:
    from normalize.index.compile import compile_index
    from normalize.tables.load import load

    print(f"calque: compiling {', '.join(p.name for p in own)} with the shipped tables, once …", file=sys.stderr)
    return compile_index(load(tables_root(), own), digest)


def _digest(own: Sequence[Path]) -> str:
    """A digest of the contents of the user's tables and of what the shipped index was made from."""
    import hashlib

    digest = hashlib.blake2b(f"{shipped().meta['version']} {content_digest(tables_root())}".encode(), digest_size=12)
    for path in own:
        try:
            digest.update(path.name.encode() + b"\0" + hashlib.blake2b(path.read_bytes()).digest())
        except OSError as error:
            raise TableError(f"{path}: {error.strerror}; check the path in your settings") from None
    return digest.hexdigest()
