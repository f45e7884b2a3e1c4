"""A compiled index, mapped: records by name, forms by the words they are made of."""

from __future__ import annotations

import json
import mmap
import struct
from pathlib import Path
from typing import Any

from normalize.errors import TableError
from normalize.index.layout import HEADER, MAGIC, SECTIONS, VERSION, sequence_hash, slot_of
from normalize.model import Entity, Form, Holding, Office, Organisation, Person, Place, Term

KINDS: dict[str, type[Entity]] = {
    "office": Office, "organisation": Organisation, "person": Person, "place": Place, "term": Term,
}  # fmt: skip


class Pack:
    """An open index. Records and forms are decoded when they are asked for, and kept."""

    def __init__(self, data: bytes | mmap.mmap, where: str) -> None:
        """Check the layout of ``data``; a cut, damaged or foreign file is refused with a TableError."""
        self._where = where
        view = memoryview(data)
        if len(view) < HEADER.size:
            raise self._damaged("is cut short")
        magic, version, count, *places = HEADER.unpack_from(view)
        if magic != MAGIC or version != VERSION or count != len(SECTIONS):
            raise self._damaged("is not an index of this version")
        sections = {}
        for name, offset, length in zip(SECTIONS, places[::2], places[1::2], strict=True):
            if offset % 8 or offset + length > len(view):
                raise self._damaged("is cut short")
            sections[name] = view[offset : offset + length]
        self._heap, self._record_bytes = sections["heap"], sections["records"]
        try:
            self._slots, self._entries, self._forms, self._directory = (
                sections[name].cast("I") for name in ("slots", "entries", "forms", "directory")
            )
            self.meta: dict[str, Any] = json.loads(bytes(sections["meta"]))
        except (TypeError, ValueError):
            raise self._damaged("is damaged") from None
        self._size = len(self._slots) // 2
        if not self._size or self._size & (self._size - 1):
            raise self._damaged("is damaged")
        self._known: dict[str, Any] = {}
        self._found: dict[int, tuple[str, tuple[Form, ...]]] = {}

    @classmethod
    def open(cls, path: Path) -> Pack:
        """Map the index at ``path``."""
        with path.open("rb") as file:
            try:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), str(path))
            except ValueError:
                raise TableError(f"{path}: is empty; delete it and run again") from None

    def _damaged(self, how: str) -> TableError:
        return TableError(f"{self._where}: the compiled index {how}; delete it and run again")

    def _string(self, heap: memoryview, at: int, prefix: str = "<H") -> str:
        try:
            (length,) = struct.unpack_from(prefix, heap, at)
            start = at + struct.calcsize(prefix)
            if start + length > len(heap):
                raise ValueError
            return str(heap[start : start + length], "utf-8")
        except (struct.error, ValueError):
            raise self._damaged("is damaged") from None

    def probe(self, value: int) -> list[int]:
        """The values of the slots that hold this hash: ``entry << 1 | has_longer`` each."""
        found = []
        slot = slot_of(value, self._size)
        for _ in range(self._size):
            content = self._slots[2 * slot + 1]
            if not content:
                break
            if self._slots[2 * slot] == value:
                found.append(content)
            slot = (slot + 1) & (self._size - 1)
        return found

    def entry(self, number: int) -> tuple[str, tuple[Form, ...]]:
        """The key of an entry and its forms."""
        if number not in self._found:
            try:
                at, first, count = self._entries[3 * number : 3 * number + 3]
                forms = tuple(self._form(n) for n in range(first, first + count))
            except (IndexError, ValueError):
                raise self._damaged("is damaged") from None
            self._found[number] = self._string(self._heap, at), forms
        return self._found[number]

    def forms(self, words: str) -> tuple[Form, ...]:
        """The forms whose folded words are exactly these (`normalize.text.fold.key`)."""
        for content in self.probe(sequence_hash(words)):
            if content >> 1:
                found, forms = self.entry(content >> 1)
                if found == words:
                    return forms
        return ()

    def _form(self, number: int) -> Form:
        text, owner, role, route = (self._string(self._heap, at) for at in self._forms[4 * number : 4 * number + 4])
        name, _, channel = role.partition(" ")
        return Form(text, owner, name, channel, route)  # type: ignore[arg-type]

    def has(self, name: str) -> bool:
        """Whether there is a record of this name."""
        return name in self._known or self._place(name) is not None

    def record(self, name: str) -> Any:
        """The record of this name as plain JSON; KeyError if there is none."""
        if name not in self._known:
            place = self._place(name)
            if place is None:
                raise KeyError(name)
            self._known[name] = json.loads(self._string(self._record_bytes, place, "<I"))
        return self._known[name]

    def names(self, prefix: str = "") -> list[str]:
        """The names of all records that begin so, sorted."""
        every = (self._string(self._heap, at) for at in self._directory[::2])
        return [name for name in every if name.startswith(prefix)]

    def _place(self, name: str) -> int | None:
        low, high = 0, len(self._directory) // 2
        while low < high:
            middle = (low + high) // 2
            found = self._string(self._heap, self._directory[2 * middle])
            if found == name:
                return self._directory[2 * middle + 1]
            low, high = (middle + 1, high) if found < name else (low, middle)
        return None

    def entity(self, name: str) -> Entity:
        """The hub of this id."""
        kept = self._known.get("=" + name)
        if kept is None:
            raw: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in self.record(name).items()}
            if "offices" in raw:
                raw["offices"] = tuple(Holding(*holding) for holding in raw["offices"])
            raw.setdefault("names", {})
            kept = self._known["=" + name] = KINDS[name.partition("/")[0]](**raw)
        entity: Entity = kept
        return entity
