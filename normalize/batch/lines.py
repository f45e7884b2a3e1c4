"""Formats whose records are stretches of text: each record is taken apart, checked as Arrow, and put together again."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from normalize.batch import json_rows, table_rows
from normalize.batch.job import Job, mentions_column
from normalize.errors import InputError, nearest

Token = tuple[int, int, str]

LONGEST = 1 << 20
"""Bytes of a CSV record at most: a quotation mark that opens and never closes must not swallow the file."""
_HALF_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Record:
    """A record as it stood, the strings found in it by column, and why it was given up, if it was."""

    raw: bytes
    text: str = ""
    tokens: list[list[Token]] = field(default_factory=list)
    language: str = ""
    reason: str = ""


class Shape(Protocol):
    """How a format cuts records, finds strings in them and puts others in their place."""

    def records(self, source: BinaryIO) -> Iterator[bytes]:
        """The records with their line ends, the header first if the format has one."""

    def head(self, raw: bytes) -> bytes | None:
        """The first record as it is written if it is a header; None if it is a row."""

    def find(self, record: Record) -> None:
        """Fill in tokens and language; InputError if the record is no row of this format."""

    def put(self, record: Record, new: list[list[str]], mentions: list[list[dict[str, Any]]]) -> str:
        """The record's text with its strings replaced."""


def read_record(raw: bytes, shape: Shape) -> Record:
    """A record with its strings, or with the reason why it has none."""
    record = Record(raw)
    try:
        record.text = raw.decode("utf-8")
        shape.find(record)
        if any(_HALF_PAIR.search(text) for row in record.tokens for _, _, text in row):
            raise InputError("half a surrogate pair, which is no character")
    except UnicodeDecodeError as error:
        record.reason = f"not UTF-8 (byte {error.start}: 0x{raw[error.start]:02x})"
    except InputError as error:
        record.reason = str(error)
    if record.reason:
        record.tokens = []
    return record


@dataclass(frozen=True)
class JsonLines:
    """One JSON object a line."""

    job: Job

    def records(self, source: BinaryIO) -> Iterator[bytes]:
        """The lines."""
        return iter(source)

    def head(self, raw: bytes) -> bytes | None:
        """JSON lines have no header."""
        return None

    def find(self, record: Record) -> None:
        """The strings of the columns; in an empty line there are none."""
        if record.text.isspace():
            return
        own = self.job.language_column
        found = json_rows.find_strings(record.text, (*self.job.columns, *([own] if own else [])))
        record.tokens = found[: len(self.job.columns)]
        if own and found[-1]:
            record.language = found[-1][0][2]

    def put(self, record: Record, new: list[list[str]], mentions: list[list[dict[str, Any]]]) -> str:
        """The line; mentions become members behind its own."""
        line = json_rows.splice(record.text, record.tokens, new)
        annotated = "annotate" in self.job.modes and not record.text.isspace()
        return json_rows.append(line, self.job.columns, mentions) if annotated else line


class Table:
    """CSV or TSV with a header."""

    def __init__(self, job: Job, separator: str) -> None:
        """The columns are found when the header is read."""
        self._job, self._separator = job, separator
        self._at: list[int] = []
        self._language = -1

    def records(self, source: BinaryIO) -> Iterator[bytes]:
        """The records, which in CSV may go over several lines; one that never closes is given up alone."""
        if self._separator == "\t":
            yield from source
            return
        waiting: deque[bytes] = deque()
        lines = iter(source)
        while first := waiting.popleft() if waiting else next(lines, b""):
            more, size = [first], len(first)
            while more[-1].count(b'"') and not table_rows.is_whole(b"".join(more).decode("utf-8", "replace")):
                added = list(_through_quote(waiting, lines, LONGEST - size))
                if not added or b'"' not in added[-1]:
                    waiting.extendleft(reversed([*more[1:], *added]))
                    more = [first]
                    break
                more += added
                size += sum(map(len, added))
            yield b"".join(more)

    def head(self, raw: bytes) -> bytes | None:
        """Find the columns; InputError names what there is."""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise InputError("the header is not UTF-8; convert the file") from None
        names = [name for _, _, name in table_rows.fields_of(text.removeprefix("\ufeff"), self._separator)]
        for wanted in (*self._job.columns, *([self._job.language_column] if self._job.language_column else [])):
            if wanted not in names:
                raise InputError(f'no column "{wanted}"{nearest(wanted, names) or "; there is " + ", ".join(names)}')
        self._at = [names.index(column) for column in self._job.columns]
        self._language = names.index(self._job.language_column) if self._job.language_column else -1
        if "annotate" not in self._job.modes:
            return raw
        body = text.rstrip("\r\n")
        added = "".join(self._separator + mentions_column(column) for column in self._job.columns)
        return (body + added + text[len(body) :]).encode()

    def find(self, record: Record) -> None:
        """The fields of the columns."""
        if not record.text.strip("\r\n"):
            return
        if self._separator == "," and not table_rows.is_whole(record.text):
            raise InputError("a quotation mark opens a field and is never closed")
        fields = table_rows.fields_of(record.text, self._separator)
        if len(fields) <= max(*self._at, self._language, 0):
            raise InputError(f"only {len(fields)} fields, so the text column is missing")
        record.tokens = [[fields[at]] for at in self._at]
        if self._language >= 0:
            record.language = fields[self._language][2]

    def put(self, record: Record, new: list[list[str]], mentions: list[list[dict[str, Any]]]) -> str:
        """The record; mentions become fields of JSON behind its own."""
        import json

        edits = [(row[0], texts[0]) for row, texts in zip(record.tokens, new, strict=True) if row]
        text = table_rows.splice(record.text, edits, self._separator)
        if "annotate" not in self._job.modes or not record.text.strip("\r\n"):
            return text
        body = text.rstrip("\r\n")
        added = [table_rows.in_field(json.dumps(m, ensure_ascii=False), "", self._separator) for m in mentions]
        return body + "".join(self._separator + one for one in added) + text[len(body) :]


def _through_quote(waiting: deque[bytes], lines: Iterator[bytes], room: int) -> Iterator[bytes]:
    """The next lines up to one with a quotation mark, or as many as there is room for."""
    while room > 0 and (line := waiting.popleft() if waiting else next(lines, b"")):
        yield line
        room -= len(line)
        if b'"' in line:
            return


@dataclass(frozen=True)
class Lines:
    """Plain text: a line or the whole file is a document."""

    job: Job

    def records(self, source: BinaryIO) -> Iterator[bytes]:
        """The lines, or the file."""
        return iter(source) if self.job.document == "line" else iter([source.read()])

    def head(self, raw: bytes) -> bytes | None:
        """Plain text has no header, and no place for a column."""
        if "annotate" in self.job.modes:
            raise InputError("plain text has no columns for --annotate; use --findings, or make it JSON lines")
        return None

    def find(self, record: Record) -> None:
        """All but the line end, and a byte-order mark."""
        text = record.text.rstrip("\r\n") if self.job.document == "line" else record.text
        start = len(text) - len(text.removeprefix("\ufeff"))
        record.tokens = [[(start, len(text), text[start:])]] + [[] for _ in self.job.columns[1:]]

    def put(self, record: Record, new: list[list[str]], mentions: list[list[dict[str, Any]]]) -> str:
        """The new text with the old ends."""
        ((start, end, _),) = record.tokens[0]
        return record.text[:start] + new[0][0] + record.text[end:]
