"""TOML and TSV files become records; every fault names file, entry, key, line and the near-miss."""

from __future__ import annotations

import dataclasses
import functools
import re
import tomllib
import types
import typing
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from normalize.errors import TableError, nearest

T = TypeVar("T")

RENAMED = {"from": "since", "to": "until"}
"""Keys that are words of Python."""


class Source:
    """An opened table file that can say where something in it stands."""

    def __init__(self, path: Path) -> None:
        """Read ``path``; it must be UTF-8 and NFC."""
        self.path = path
        try:
            self.text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise TableError(f"{path}: byte {error.start} is not UTF-8; save the table as UTF-8") from None
        except OSError as error:
            raise TableError(f"{path}: {error.strerror}; check the path and its permissions") from None
        if not unicodedata.is_normalized("NFC", self.text):
            bad = next(n for n, line in enumerate(self.lines(), 1) if not unicodedata.is_normalized("NFC", line))
            raise TableError(f"{path}:{bad}: the line is not NFC; write its letters composed")

    def lines(self) -> list[str]:
        """The file's lines without their ends."""
        return self.text.split("\n")

    def toml(self) -> dict[str, Any]:
        """The file as TOML."""
        return parse(self.text, self.path)

    def heads(self, section: str) -> list[int]:
        """The lines, counted from 1, at which the ``[[section]]`` entries begin."""
        pattern = re.compile(rf"\s*\[\[{re.escape(section)}\]\]")
        return [n for n, line in enumerate(self.lines(), 1) if pattern.match(line)]

    def line_of(self, section: str, number: int, key: str = "") -> int:
        """The line of the ``number``-th ``[[section]]``, or of ``key`` inside it."""
        heads = self.heads(section)
        start = heads[number] - 1 if number < len(heads) else 0
        end = heads[number + 1] - 1 if number + 1 < len(heads) else len(self.lines())
        pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
        return next((n for n in range(start, end) if key and pattern.match(self.lines()[n])), start) + 1

    def fault(self, what: str, *, section: str = "", number: int = 0, entry: str = "", key: str = "") -> TableError:
        """An error at the line of ``key`` in an entry."""
        line = self.line_of(section, number, key) if section else 1
        where = "".join(f": {part}" for part in (f'"{entry}"' if entry else "", key) if part)
        return TableError(f"{self.path}:{line}{where}: {what}")


def parse(text: str, path: Path | str) -> dict[str, Any]:
    """A text as TOML; TableError where it is none, or has lists or figures that no table needs."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TableError(f"{path}: lists within lists, hundreds deep; a table has two or three") from None
    except ValueError as error:
        line = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        where, what = (f":{line[1]}", str(error)[: line.start()]) if line else ("", str(error))
        raise TableError(f"{path}{where}: not TOML: {what}") from None


def entries(source: Source, section: str, record: type[T], **fixed: Any) -> Iterator[tuple[int, T]]:
    """The ``[[section]]`` entries of a file as records, numbered; ``id`` becomes ``section/id``."""
    listed = source.toml().get(section, [])
    if not isinstance(listed, list) or not all(isinstance(raw, dict) for raw in listed):
        raise TableError(f"{source.path}: {section}: each entry begins with [[{section}]], in two brackets")
    for number, raw in enumerate(listed):
        entry = str(raw.get("id", raw.get("code", f"entry {number + 1}")))
        try:
            yield number, build(record, raw, section, **fixed)
        except FaultError as fault:
            raise source.fault(str(fault), section=section, number=number, entry=entry, key=fault.key) from None


def one(source: Source, record: type[T]) -> T:
    """The record that a whole file holds."""
    try:
        return build(record, source.toml())
    except FaultError as fault:
        line = next((n for n, s in enumerate(source.lines(), 1) if re.match(rf"\s*{fault.key}\b", s)), 1)
        where = f": {fault.key}" if fault.key else ""
        raise TableError(f"{source.path}:{line}{where}: {fault}") from None


@functools.cache
def _hints(record: Any) -> dict[str, Any]:
    """The types of a record's fields, which take long to work out."""
    return typing.get_type_hints(record)


class FaultError(Exception):
    """What is wrong with a key of an entry; who knows the file adds where it stands."""

    def __init__(self, key: str, what: str) -> None:
        """``key`` is empty where one is missing."""
        super().__init__(what)
        self.key = key


def build(record: type[T], raw: dict[str, Any], section: str = "", **fixed: Any) -> T:
    """Make a record from a TOML table, checking every key and type against the record's own fields."""
    hints = _hints(typing.cast(Any, record))
    fields = {f.name: f for f in dataclasses.fields(record)}  # type: ignore[arg-type]
    values: dict[str, Any] = dict(fixed)
    for key, value in raw.items():
        name = RENAMED.get(key, key)
        if name not in fields or key in RENAMED.values():
            known = [{v: k for k, v in RENAMED.items()}.get(f, f) for f in fields]
            raise FaultError(key, f"unknown key{nearest(key, known) or '; see aliases/README.md for the keys'}")
        values[name] = _convert(value, hints[name], key)
    for name, field in fields.items():
        if name in values:
            continue
        if typing.get_origin(hints[name]) is dict:
            values[name] = {}
        elif field.default is dataclasses.MISSING:
            raise FaultError("", f'the key "{name}" is missing')
    if section and "id" in values:
        values["id"] = f"{section}/{values['id']}"
    return record(**values)


def _convert(value: Any, hint: Any, key: str) -> Any:
    """``value`` as the type ``hint`` asks for; lists become tuples, tables become records."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        if not isinstance(value, list):
            raise FaultError(key, f"a list is wanted here, not {_shown(value)}")
        return tuple(_convert(v, arguments[0], key) for v in value)
    if origin is dict:
        if not isinstance(value, dict):
            raise FaultError(key, f"a table is wanted here, not {_shown(value)}")
        return {str(k): _convert(v, arguments[1], key) for k, v in value.items()}
    if origin in (types.UnionType, typing.Union):
        if not isinstance(value, arguments):
            raise FaultError(key, f"{_shown(value)} does not fit here")
        return value
    if origin is typing.Literal:
        if value not in arguments:
            raise FaultError(key, f'"{value}" is not one of {", ".join(arguments)}{nearest(str(value), arguments)}')
        return value
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise FaultError(key, f"a table is wanted here, not {_shown(value)}")
        return build(hint, value)  # type: ignore[arg-type]
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        wanted = {str: "a string", int: "a whole number", bool: "true or false", float: "a number"}[hint]
        raise FaultError(key, f"{wanted} is wanted here, not {_shown(value)}")
    return value


def _shown(value: Any) -> str:
    return f"{str(value)[:40]!r}"


def rows(source: Source, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a TSV file with exactly these columns, by line number; ``#`` lines are comments."""
    seen_head = False
    for number, line in enumerate(source.lines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        if not seen_head:
            seen_head = True
            if cells != list(columns):
                raise TableError(f"{source.path}:{number}: the head must read {' '.join(columns)}, tab-separated")
            continue
        if len(cells) != len(columns):
            raise TableError(f"{source.path}:{number}: {len(cells)} cells where {len(columns)} are wanted")
        yield number, cells
