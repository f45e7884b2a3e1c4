"""Which files are read, and where under OUT each of them is written."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from pathlib import Path

from normalize.batch.formats import is_shard
from normalize.errors import InputError, UsageError
from normalize.record import Record


class Shard(Record, order=True):
    """A file to read and its place below OUT, with ``/`` between the parts."""

    place: str
    source: Path


def find_shards(inputs: Iterable[str]) -> tuple[list[Shard], list[tuple[str, str]]]:
    """The shards of files, folders and globs, sorted by place, and the inputs that could not be read with the reason.

    A folder's files keep their place below it, a glob's theirs below the folder before its first sign, a file its name.
    """
    shards: dict[str, Shard] = {}
    errors: list[tuple[str, str]] = []
    for given in inputs:
        try:
            for shard in _expand(given):
                other = shards.setdefault(shard.place, shard)
                if other.source.resolve() != shard.source.resolve():
                    raise UsageError(
                        f"{other.source} and {shard.source} would both be written to {shard.place}; "
                        "name the folder that holds both"
                    )
        except InputError as error:
            errors.append((given, str(error)))
    return sorted(shards.values()), errors


def _expand(given: str) -> list[Shard]:
    path = Path(given)
    if path.is_dir():
        return _in_folder(path, sorted(path.rglob("*")), given)
    if path.exists():
        if not is_shard(path.name):
            raise InputError(f"{given}: of no known format; {KNOWN}")
        return [Shard(path.name, path)]
    if glob.has_magic(given):
        root = Path(*_before_magic(path))
        return _in_folder(root, [Path(p) for p in sorted(glob.glob(given, recursive=True))], given)
    raise InputError(f"{given}: no such file; check the spelling of the path")


def _before_magic(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts[:-1]:
        if glob.has_magic(part):
            break
        parts.append(part)
    return parts


def _in_folder(root: Path, paths: list[Path], given: str) -> list[Shard]:
    if not os.access(root, os.R_OK | os.X_OK):
        raise InputError(f"{root}: permission denied; make the folder readable")
    found = [
        Shard(path.relative_to(root).as_posix(), path)
        for path in paths
        if is_shard(path.name) and path.is_file() and not _is_ours(path.relative_to(root))
    ]
    if not found:
        raise InputError(f"{given}: no file of a known format here; {KNOWN}")
    return found


def _is_ours(place: Path) -> bool:
    """Whether a file is hidden, or the bookkeeping of a run whose OUT is now read."""
    return any(part.startswith(".") for part in place.parts) or place.name.endswith(BOOKKEEPING)


KNOWN = ".parquet, .jsonl, .csv, .tsv, .txt and .md are read, all but the first also compressed"

BOOKKEEPING = (".dead.jsonl", ".findings.jsonl", ".manifest.json", ".manifest.html")
"""How the names of files end that a run writes beside the shards."""


def refuse_same(inputs: Iterable[str], shards: Iterable[Shard], out: Path) -> None:
    """UsageError where OUT is an input, lies in one or holds one: a run must not read what a run wrote."""
    there = out.resolve()
    for given in inputs:
        here = Path(given).resolve()
        if there == here or (here.is_dir() and here in there.parents):
            raise UsageError(f"{out}: lies in the input {given}, which would be read again; name another folder")
    for shard in shards:
        if there in shard.source.resolve().parents:
            raise UsageError(f"{shard.source}: lies in the output {out}; name another folder for the output")
