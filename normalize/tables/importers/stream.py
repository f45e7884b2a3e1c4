"""Large files, read line by line: packed or not, with places to begin again, and a cut end that is told apart."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from normalize.errors import InputError
from normalize.record import Record

LONGEST_LINE = 64 << 20
"""Bytes; the longest entities of Wikidata have some 5 MB, so a longer line is no record but damage or an attack."""


class Line(Record):
    """A line, its number (from 1), the byte after it in the unpacked stream, and whether the file was cut inside it."""

    number: int
    text: str
    end: int
    fault: str = ""


def open_stream(path: Path) -> IO[bytes]:
    """The unpacked bytes of a file: gzip, bzip2, xz, zstandard (wants the package zstandard), else as it is."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path and its permissions") from None
    start = raw.read(6)
    raw.seek(0)
    if start.startswith(b"\x1f\x8b"):
        import gzip

        return cast(IO[bytes], gzip.GzipFile(fileobj=raw))
    if start.startswith(b"BZh"):
        import bz2

        return bz2.BZ2File(raw)
    if start.startswith(b"\xfd7zXZ"):
        import lzma

        return lzma.LZMAFile(raw)
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        try:
            zstandard: Any = __import__("zstandard")
        except ImportError:
            raise InputError(
                f"{path}: is packed with zstd; pip install zstandard, or unpack it with: zstd -d"
            ) from None
        return cast(IO[bytes], io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(raw, closefd=True)))
    return raw


def read_lines(path: Path, skip: int = 0, number: int = 0) -> Iterator[Line]:
    """The lines of a file from byte ``skip`` of its unpacked content on, after line ``number``; a line that is not
    UTF-8, too long or cut has a fault. What is wrong with the packing ends the stream with a fault.
    """
    at = skip
    with open_stream(path) as stream:
        if skip:
            _pass_over(stream, skip)
        while True:
            number += 1
            try:
                raw = stream.readline(LONGEST_LINE)
            except (EOFError, OSError, zlib.error, ValueError) as error:
                yield Line(number, "", at, f"the packed file ends here or is damaged ({error})")
                return
            if not raw:
                return
            at += len(raw)
            fault = ""
            if not raw.endswith(b"\n") and len(raw) == LONGEST_LINE:
                fault = f"longer than {LONGEST_LINE >> 20} MB"
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(LONGEST_LINE)
                    at += len(raw)
            text = ""
            if not fault:
                try:
                    text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    fault = f"byte {error.start} is not UTF-8"
            yield Line(number, text, at, fault)


def _pass_over(stream: IO[bytes], count: int) -> None:
    if stream.seekable() and isinstance(stream, io.BufferedReader):
        stream.seek(count)
        return
    while count > 0 and (piece := stream.read(min(count, 1 << 20))):
        count -= len(piece)
