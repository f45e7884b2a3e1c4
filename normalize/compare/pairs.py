"""`--pairs FILE.tsv`: many rewrites, each with its own reference, source or both, a row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from normalize.errors import InputError

COLUMNS = ("id", "text", "reference", "source", "source_language")


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: the rewrite and what it is held against; empty where not given."""

    id: str
    text: str
    reference: str
    source: str
    source_language: str


def read_pairs(path: Path) -> Iterator[Pair]:
    """The rows of a file: UTF-8, tab-separated, no quoting, with the header ``id text reference source
    source_language``; columns may stand in any order, and more may stand beside them. Faults name the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    header = _decode(lines[0], path, 1).split("\t")
    missing = [name for name in ("id", "text") if name not in header]
    if missing or not {"reference", "source"} & set(header):
        raise InputError(f"{path}: line 1: the header must be “{' '.join(COLUMNS)}”, tab-separated")
    places = [header.index(name) if name in header else -1 for name in COLUMNS]
    for number, raw in enumerate(lines[1:], 2):
        line = _decode(raw, path, number)
        if not line:
            continue
        fields = line.split("\t")
        if len(fields) != len(header):
            raise InputError(f"{path}: line {number}: {len(fields)} fields where the header has {len(header)}")
        yield Pair(*(fields[at] if at >= 0 else "" for at in places))


def _decode(raw: bytes, path: Path, number: int) -> str:
    try:
        return raw.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        raise InputError(f"{path}: line {number}: not UTF-8; save it as UTF-8 and run again") from None
