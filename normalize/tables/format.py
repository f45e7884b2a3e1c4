"""The normal form of a table file: entries by id, keys in one order, one way to write each value."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from normalize.errors import TableError
from normalize.model import Entity
from normalize.tables.read import parse

ORDER = (
    "id", "name", "prints", "titles", "acronym", "native", "language", "family", "order", "second", "gender", "kana",
    "aliases", "weak", "names", "accepted", "adjective", "common", "other_names", "part_of", "country", "body",
    "offices", "apart", "excused_by", "said", "listed", "hit", "miss", "source", "unverified",
)  # fmt: skip
"""The order of keys in an entry; a key that is not among them follows in the order it had."""
BY_LINE = frozenset({"offices", "said", "listed", "hit", "miss", "other_names"})
"""Lists that stand an item a line where they have more than one, or where their items are tables."""
KEYS = {"since": "from", "until": "to"}


def format_text(text: str, path: str) -> str:
    """A table file in normal form. Comments stay: the head where it is, those of an entry above it."""
    if not path.endswith(".toml"):
        raise TableError(f"{path}: only TOML has a normal form; the rows of a TSV stay as they are")
    raw = parse(text, path)
    sections = [name for name, value in raw.items() if isinstance(value, list)]
    if len(sections) != 1 or len(raw) != 1 or not all(isinstance(entry, dict) for entry in raw[sections[0]]):
        raise TableError(f"{path}: only files of one kind of [[entry]] have a normal form; leave it as it is")
    head, comments = _comments(text, sections[0])
    entries = sorted(zip(raw[sections[0]], comments, strict=True), key=lambda pair: str(pair[0].get("id", "")))
    blocks = [[*note, *raw_lines(sections[0], entry)] for entry, note in entries]
    return "\n\n".join("\n".join(block) for block in ([head] if head else []) + blocks) + "\n"


def _comments(text: str, section: str) -> tuple[list[str], list[list[str]]]:
    """The head of the file, and the comment lines before and inside each entry."""
    head: list[str] = []
    notes: list[list[str]] = []
    waiting: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if re.match(rf"\[\[{re.escape(section)}\]\]", bare):
            notes.append(waiting)
            waiting = []
        elif bare.startswith("#") and (notes or bare.lstrip("# ")):
            waiting.append(bare)
        elif not bare and not notes and waiting:
            head, waiting = [*head, *waiting], []
        elif bare and waiting and notes:  # inside an entry, or above another one's keys
            notes[-1] = [*notes[-1], *waiting]
            waiting = []
    return head, notes


def raw_lines(section: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """The lines of one entry."""
    yield f"[[{section}]]"
    known = [key for key in ORDER if key in entry]
    for key in (*known, *(key for key in entry if key not in ORDER)):
        value = entry[key]
        if key in BY_LINE and isinstance(value, list) and value and (len(value) > 1 or key in ("said", "hit", "miss")):
            yield f"{key} = ["
            yield from (f"  {_value(item)}," for item in value)
            yield "]"
        else:
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    """A value as TOML writes it, on one line.

    >>> _value({"fr": "Pékin", "x y": ["a", True, 1.5]})
    '{ fr = "Pékin", "x y" = ["a", true, 1.5] }'
    """
    if isinstance(value, dict):
        keys = (key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False) for key in value)
        inside = ", ".join(f"{key} = {_value(item)}" for key, item in zip(keys, value.values(), strict=True))
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return str(value)


def entry_lines(entity: Entity) -> Iterator[str]:
    """The lines of the entry that an entity was, or would have been, read from; defaults are left out."""
    return raw_lines(entity.kind, entry_of(entity))


def entry_of(entity: Entity) -> dict[str, Any]:
    """The keys and values of an entity's entry."""
    entry: dict[str, Any] = {}
    for field in dataclasses.fields(entity):
        value = getattr(entity, field.name)
        if value in (field.default, {}, ()) and field.name not in ("id", "name"):
            continue
        entry[field.name] = _plain(value)
    entry["id"] = entity.id.partition("/")[2] or entity.id
    return entry


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name), f.default) for f in dataclasses.fields(value))
        return {KEYS.get(name, name): _plain(item) for name, item, default in pairs if item not in (default, {}, "")}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
