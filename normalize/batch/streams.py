"""Compressed files as plain streams of bytes; the last ending of the name says which compression."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO, cast

ENDINGS = (".gz", ".zst", ".bz2", ".xz")


def stem(name: str) -> str:
    """The name without the ending of its compression.

    >>> stem("a.jsonl.zst"), stem("a.csv")
    ('a.jsonl', 'a.csv')
    """
    return next((name[: -len(ending)] for ending in ENDINGS if name.lower().endswith(ending)), name)


def decompress(file: BinaryIO, name: str) -> BinaryIO:
    """The bytes that ``file`` holds compressed as ``name`` says; how far it has been read, ``file.tell()`` knows."""
    match Path(name).suffix.lower():
        case ".gz":
            return cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb"))
        case ".bz2":
            return cast(BinaryIO, bz2.BZ2File(file))
        case ".xz":
            return cast(BinaryIO, lzma.LZMAFile(file))
        case ".zst":
            import pyarrow as pa

            stream = pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd")
            return cast(BinaryIO, io.BufferedReader(stream, 1 << 20))
    return file


def compress_into(file: BinaryIO, name: str) -> AbstractContextManager[Any]:
    """A stream that compresses into ``file`` as ``name`` says; the same bytes in give the same bytes out."""
    match Path(name).suffix.lower():
        case ".gz":
            return gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0)
        case ".bz2":
            return bz2.BZ2File(file, "wb")
        case ".xz":
            return lzma.LZMAFile(file, "wb")
        case ".zst":
            import pyarrow as pa

            return cast(AbstractContextManager[Any], pa.CompressedOutputStream(pa.PythonFile(file, "w"), "zstd"))
    return _Plain(file)


class _Plain:
    """A stream that is left open for its owner."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __enter__(self) -> BinaryIO:
        return self._file

    def __exit__(self, *_: object) -> None:
        self._file.flush()
