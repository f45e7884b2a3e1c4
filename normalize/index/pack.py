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
from zlib import crc32

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
    check_sum,
    read_varint,
    sequence_hash,
    slot_of,
    tag_of,
)  # fmt: skip
from normalize.index.signs import MappedSigns
from normalize.model import Entity, Form, Holding, Office, Organisation, Person, Place, Term

if TYPE_CHECKING:
    from normalize.index.scan import Scanner

KINDS: dict[str, type[Entity]] = {
    "office": Office, "organisation": Organisation, "person": Person, "place": Place, "term": Term,
}  # fmt: skip


class Pack:
    """An open index. Records and forms are decoded when they are asked for, and kept."""

    def __init__(self, data: bytes | mmap.mmap, where: str) -> None:
        """Check the layout of ``data``; a cut, damaged or foreign file is refused with a TableError."""
        self._where = where
        view = memoryview(data)
        if len(view) < HEADER.size or view[: len(MAGIC)] != MAGIC:
            raise TableError(f"{where}: not an index of calque; delete it and run again")
        _, version, count, length, crc, _, *places = HEADER.unpack_from(view)
        starts, sizes = places[::2], places[1::2]
        if version != VERSION or count != len(SECTIONS):
            raise TableError(f"{where}: the compiled index is another version's; delete it and run again")
        if length != len(view):
            raise TableError(f"{where}: the compiled index is cut short; delete it and run again")
        if any(start % 8 or start + size > length for start, size in zip(starts, sizes, strict=True)):
            raise self._damaged()
        if check_sum(view, places) != crc:
            raise self._damaged()
        self.data = view
        self._sections = {
            name: view[start : start + size] for name, start, size in zip(SECTIONS, starts, sizes, strict=True)
        }
        try:
            self.shape = Shape(*SHAPE.unpack(self._sections["shape"]))
            self.meta: dict[str, Any] = json.loads(bytes(self._sections["meta"]))
            self._kinds: list[list[str]] = json.loads(bytes(self._sections["kinds"]))
            self._slots = self._sections["slots"].cast("I")
            self._firsts = self._sections["firsts"].cast("Q")
            self._pairs = self._sections["pairs"].cast("Q")
            self._blocks = self._sections["blocks"].cast("Q")
            self._naming = self._sections["naming"].cast("Q")
            self._places = self._sections["places"].cast("Q")
        except (TypeError, ValueError, struct.error):
            raise self._damaged() from None
        if not self._is_sound():
            raise self._damaged()
        self.scanner: Scanner | None = None
        """What scans texts for its forms (index/scan.py), once a text has come."""
        self._known: dict[str, Any] = {}
        self._named: dict[int, list[str]] = {}
        self._found: dict[int, tuple[str, tuple[Form, ...]]] = {}

    def _is_sound(self) -> bool:
        """Whether the numbers of the shape agree with the lengths of the sections."""
        shape = self.shape
        return (
            shape.slots == len(self._slots) > 0
            and shape.firsts == len(self._firsts) > 0
            and shape.pairs == len(self._pairs) > 0
            and len(self._blocks) == -(-shape.entries // BLOCK) + 1
            and len(self._naming) == -(-shape.names // BLOCK) + 1
            and len(self._places) in (0, shape.names)
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

    def _damaged(self) -> TableError:
        return TableError(f"{self._where}: the compiled index is damaged; delete it and run again")

    @cached_property
    def signs(self) -> MappedSigns:
        """What code points fold to, as this index has it."""
        return MappedSigns(self._sections["signs"], self._where)

    def section(self, name: str) -> memoryview:
        """The bytes of a section of layout.py."""
        return self._sections[name]

    def may_begin(self, word: int) -> bool:
        """Whether a form may begin with a word of this hash."""
        found, begins, alone = self._firsts[slot_of(word, self.shape.firsts)], begins_bits(word), alone_bits(word)
        return found & begins == begins or found & alone == alone

    def may_go_on(self, pair: int) -> bool:
        """Whether a form may begin with two words of this hash."""
        bits = begins_bits(pair)
        return self._pairs[slot_of(pair, self.shape.pairs)] & bits == bits

    def probe(self, sequence: int) -> list[int]:
        """What the slots hold that may be this sequence's: ``entry << 1 | has_longer`` each."""
        found = []
        slots, bits = self._slots, self.shape.entry_bits
        tag, low = tag_of(sequence, bits), (1 << bits) - 1
        slot = slot_of(sequence, self.shape.slots)
        for _ in range(self.shape.probes):
            content = slots[slot]
            if not content:
                break
            if content & ~low == tag:
                found.append(content & low)
            slot = slot + 1 if slot + 1 < len(slots) else 0
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
                raise self._damaged() from None
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
            raise self._damaged() from None

    def _key_block(self, number: int) -> memoryview:
        if not 0 < number <= self.shape.entries:
            raise IndexError
        return self._block(self._blocks, self._sections["keys"], (number - 1) // BLOCK)

    def _block(self, offsets: memoryview, data: memoryview, number: int) -> memoryview:
        start, end = offsets[number], offsets[number + 1]
        block = data[start:end]
        if end - start < 4 or len(block) != end - start or crc32(block[4:]) != int.from_bytes(block[:4], "little"):
            raise ValueError
        return block[4:]

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
        return self._names(number // BLOCK)[number % BLOCK]

    def _names(self, number: int) -> list[str]:
        """The names in a block of them."""
        kept = self._named.get(number)
        if kept is None:
            block = self._block(self._naming, self._sections["names"], number)
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
                crc, length = struct.unpack_from("<II", self._sections["records"], found)
                text = self._sections["records"][found + 8 : found + 8 + length]
                if crc32(text) != crc:
                    raise ValueError
                self._known[name] = json.loads(bytes(text))
            except (ValueError, struct.error):
                raise self._damaged() from None
        return self._known[name]

    def names(self, prefix: str = "") -> list[str]:
        """The names of all records that begin so, sorted."""
        try:
            every = (self._name(number) for number, place in enumerate(self._places) if place)
            return [name for name in every if name.startswith(prefix)]
        except (IndexError, ValueError):
            raise self._damaged() from None

    def _record(self, name: str) -> int | None:
        """Where the record of this name stands."""
        if not self._places:
            return None
        wanted, low, high = name.encode(), 0, len(self._naming) - 1
        try:
            while high - low > 1:  # the block whose first name is the last that does not sort behind the wanted one
                middle = (low + high) // 2
                start = self._naming[middle]
                first, _ = next(walk(self._sections["names"][start + 4 :]))
                low, high = (middle, high) if first <= wanted else (low, middle)
            names = self._names(low) if high else []
            return self._places[low * BLOCK + names.index(name)] or None if name in names else None
        except (IndexError, ValueError):
            raise self._damaged() from None

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
