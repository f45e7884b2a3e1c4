"""A compiled index, mapped: records by name, forms by the words they are made of."""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.errors import TableError
from normalize.index.layout import (
    BLOCK,
    HEADER,
    MAGIC,
    MOST_PROBES,
    NATIVE,
    SECTIONS,
    SHAPE,
    TEXT_SHAPES,
    VERSION,
    Shape,
    alone_bits,
    begins_bits,
    read_varint,
    sequence_hash,
    slot_of,
    tag_of,
)  # fmt: skip
from normalize.index.pages import Pages, Section
from normalize.index.signs import MappedSigns
from normalize.model import Entity, Form, Habit, Holding, Office, Organisation, Person, Place, Term

if TYPE_CHECKING:
    from normalize.index.scan import Scanner

KINDS: dict[str, type[Entity]] = {
    "habit": Habit, "office": Office, "organisation": Organisation, "person": Person, "place": Place, "term": Term,
}  # fmt: skip


class Pack:
    """An open index. Records and forms are decoded when they are asked for, and kept."""

    def __init__(self, data: bytes | mmap.mmap, where: str) -> None:
        """Check the layout of ``data``; a cut, damaged or foreign file is refused with a TableError."""
        self._where = where
        view = memoryview(data)
        if len(view) < HEADER.size or view[: len(MAGIC)] != MAGIC:
            raise TableError(f"{where}: not an index of calque; delete it and run again")
        _, version, count, length, *places = HEADER.unpack_from(view)
        if version != VERSION or count != len(SECTIONS):
            raise TableError(f"{where}: the compiled index is another version's; delete it and run again")
        if length != len(view):
            raise TableError(f"{where}: the compiled index is cut short; delete it and run again")
        if places[-2] > length:
            raise self.damaged()
        pages = Pages(view, places[-2], where)
        pages.read(0, HEADER.size)
        self.data = view
        self._sections = {
            name: Section(pages, start, size)
            for name, start, size in zip(SECTIONS, places[::2], places[1::2], strict=True)
        }
        try:
            self.shape = Shape(*SHAPE.unpack(self.section("shape")))
            self.meta: dict[str, Any] = json.loads(bytes(self.section("meta")))
        except (ValueError, struct.error):
            raise self.damaged() from None
        self._firsts, self._pairs, self._slots = (self._sections[name] for name in ("firsts", "pairs", "slots"))
        self._blocks, self._keys = self._sections["blocks"], self._sections["keys"]
        self._naming, self._names = self._sections["naming"], self._sections["names"]
        self._places, self._records = self._sections["places"], self._sections["records"]
        if not self._is_sound():
            raise self.damaged()
        self.scanner: Scanner | None = None
        """What scans texts for its forms (index/scan.py), once a text has come."""
        self._known: dict[str, Any] = {}
        self._named: dict[int, list[str]] = {}
        self._first_names: dict[int, bytes] = {}
        self._found: dict[int, tuple[str, tuple[Form, ...]]] = {}

    def _is_sound(self) -> bool:
        """Whether the numbers of the shape agree with the lengths of the sections."""
        shape = self.shape
        return (
            self._slots.size == 4 * shape.slots > 0
            and self._firsts.size == 8 * shape.firsts > 0
            and self._pairs.size == 8 * shape.pairs > 0
            and self._blocks.size == 8 * (-(-shape.entries // BLOCK) + 1)
            and self._naming.size == 8 * (-(-shape.names // BLOCK) + 1)
            and self._places.size in (0, 8 * shape.names)
            and (2 * shape.entries + 1).bit_length() <= shape.entry_bits <= 31
            and 0 < shape.probes <= MOST_PROBES
        )

    @classmethod
    def open(cls, path: Path) -> Pack:
        """Map the index at ``path``."""
        with path.open("rb") as file:
            try:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), str(path))
            except ValueError:
                raise TableError(f"{path}: is empty; delete it and run again") from None

    @property
    def where(self) -> str:
        """The path of the index, or a phrase where it is in memory only."""
        return self._where

    def damaged(self) -> TableError:
        """What is raised where something is not as it was written."""
        return TableError(f"{self._where}: the compiled index is damaged; delete it and run again")

    @cached_property
    def signs(self) -> MappedSigns:
        """What code points fold to, as this index has it."""
        return MappedSigns(self.section("signs"), self._where)

    @cached_property
    def _kinds(self) -> list[list[str]]:
        """Role, channel and route of each kind of form."""
        kinds: list[list[str]] = json.loads(bytes(self.section("kinds")))
        return kinds

    def section(self, name: str) -> memoryview:
        """The bytes of a section of layout.py."""
        return self._sections[name].whole()

    def may_begin(self, word: int) -> bool:
        """Whether a form may begin with a word of this hash."""
        found, begins, alone = self._firsts.u64(slot_of(word, self.shape.firsts)), begins_bits(word), alone_bits(word)
        return found & begins == begins or found & alone == alone

    def may_go_on(self, pair: int) -> bool:
        """Whether a form may begin with two words of this hash."""
        bits = begins_bits(pair)
        return self._pairs.u64(slot_of(pair, self.shape.pairs)) & bits == bits

    def probe(self, sequence: int) -> list[int]:
        """What the slots hold that may be this sequence's: ``entry << 1 | has_longer`` each."""
        found = []
        count, bits = self.shape.slots, self.shape.entry_bits
        tag, low = tag_of(sequence, bits), (1 << bits) - 1
        slot = slot_of(sequence, count)
        for _ in range(self.shape.probes):
            content = self._slots.u32(slot)
            if not content:
                break
            if content & ~low == tag:
                found.append(content & low)
            slot = slot + 1 if slot + 1 < count else 0
        return found

    def find(self, words: str, sequence: int) -> int:
        """The entry whose key is exactly ``words``, which hash to ``sequence``; 0 if there is none."""
        for content in self.probe(sequence):
            if content >> 1 and self.entry(content >> 1)[0] == words:
                return content >> 1
        return 0

    def forms(self, words: str) -> tuple[Form, ...]:
        """The forms whose folded words are exactly these (`normalize.text.fold.key`)."""
        number = self.find(words, sequence_hash(words)) if words else 0
        return self.entry(number)[1] if number else ()

    def entry(self, number: int) -> tuple[str, tuple[Form, ...]]:
        """The key of an entry and its forms; entries count from 1."""
        kept = self._found.get(number)
        if kept is None:
            try:
                kept = self._found[number] = self._entry(number)
            except (IndexError, ValueError, KeyError, StopIteration):
                raise self.damaged() from None
        return kept

    def _entry(self, number: int) -> tuple[str, tuple[Form, ...]]:
        block = self._key_block(number)
        encoded, payload = next(islice(walk(block), (number - 1) % BLOCK, None))
        key = str(encoded, "utf-8")
        return key, tuple(self._forms(key, payload))

    def key(self, number: int) -> str:
        """The key of an entry; its forms are not looked at."""
        try:
            block = bytes(self._key_block(number))
            text, at = b"", 0
            for _ in range((number - 1) % BLOCK + 1):
                shared, length = block[at], block[at + 1]
                if shared < 0x80 and length < 0x80:  # nearly always, and three times as fast
                    at += 2
                else:
                    shared, at = read_varint(block, at)
                    length, at = read_varint(block, at)
                text = text[:shared] + block[at : at + length]
                at += length
                size = block[at]
                size, at = (size, at + 1) if size < 0x80 else read_varint(block, at)
                at += size
            return str(text, "utf-8")
        except (IndexError, ValueError):
            raise self.damaged() from None

    def _key_block(self, number: int) -> memoryview:
        if not 0 < number <= self.shape.entries:
            raise IndexError
        return _block(self._blocks, self._keys, (number - 1) // BLOCK)

    def _forms(self, key: str, payload: memoryview) -> Iterator[Form]:
        at = 0
        while at < len(payload):
            kind, at = read_varint(payload, at)
            owner, at = read_varint(payload, at)
            shape, at = read_varint(payload, at)
            if shape < len(TEXT_SHAPES):
                text = TEXT_SHAPES[shape](key)
            else:
                end = at + shape - len(TEXT_SHAPES)
                if end > len(payload):
                    raise IndexError
                text, at = str(payload[at:end], "utf-8"), end
            role, channel, route = self._kinds[kind]
            name = self._name(owner)
            if NATIVE in route:
                route = route.replace(NATIVE, self.record(name)["native"])
            yield Form(text, name, role, channel, route)  # type: ignore[arg-type]

    def _name(self, number: int) -> str:
        return self._name_block(number // BLOCK)[number % BLOCK]

    def _name_block(self, number: int) -> list[str]:
        """The names in a block of them."""
        kept = self._named.get(number)
        if kept is None:
            block = _block(self._naming, self._names, number)
            kept = self._named[number] = [str(text, "utf-8") for text, _ in walk(block)]
        return kept

    def has(self, name: str) -> bool:
        """Whether there is a record of this name."""
        return name in self._known or self._record(name) is not None

    def record(self, name: str) -> Any:
        """The record of this name as plain JSON; KeyError if there is none."""
        if name not in self._known:
            found = self._record(name)
            if found is None:
                raise KeyError(name)
            try:
                start = found + 4
                length = int.from_bytes(self._records.read(found, start), "little")
                self._known[name] = json.loads(bytes(self._records.read(start, start + length)))
            except ValueError:
                raise self.damaged() from None
        return self._known[name]

    def names(self, prefix: str = "") -> list[str]:
        """The names of all records that begin so, sorted."""
        try:
            places = struct.iter_unpack("<Q", self._places.whole())
            every = (self._name(number) for number, (place,) in enumerate(places) if place)
            return [name for name in every if name.startswith(prefix)]
        except (IndexError, ValueError):
            raise self.damaged() from None

    def _record(self, name: str) -> int | None:
        """Where the record of this name stands."""
        if not self._places.size:
            return None
        wanted, low, high = name.encode(), 0, self._naming.size // 8 - 1
        try:
            while high - low > 1:  # the block whose first name is the last that does not sort behind the wanted one
                middle = (low + high) // 2
                first = self._first_names.get(middle)
                if first is None:
                    first, _ = next(walk(_block(self._naming, self._names, middle)))
                    self._first_names[middle] = first
                low, high = (middle, high) if first <= wanted else (low, middle)
            names = self._name_block(low) if high else []
            return self._places.u64(low * BLOCK + names.index(name)) or None if name in names else None
        except (IndexError, ValueError, StopIteration):
            raise self.damaged() from None

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


def _block(offsets: Section, data: Section, number: int) -> memoryview:
    return data.read(offsets.u64(number), offsets.u64(number + 1))


def walk(block: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """The texts of a block in order, each with its payload; IndexError or ValueError where it is damaged."""
    text, at = b"", 0
    while at < len(block):
        shared, at = read_varint(block, at)
        length, at = read_varint(block, at)
        if shared > len(text) or at + length > len(block):
            raise ValueError
        text = text[:shared] + block[at : at + length]
        size, start = read_varint(block, at + length)
        at = start + size
        if at > len(block):
            raise ValueError
        yield text, block[start:at]
