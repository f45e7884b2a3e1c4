"""Tables and channels become the bytes of one index."""

from __future__ import annotations

import dataclasses
import json
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import normalize
from normalize.channels import names, terms
from normalize.index.in_copy import forms_in_copy
from normalize.index.layout import HEADER, MAGIC, SECTIONS, VERSION, sequence_hash, slot_of
from normalize.index.lexicon import lexicon
from normalize.model import Entity, Form, Office, Organisation, Person, Place, Term
from normalize.tables.load import Tables
from normalize.text.fold import key

LEFT_IN_TABLES = {"said", "listed", "hit", "miss", "source", "places_of_entries"}
"""Keys that nothing asks for once the index stands."""


def compile_index(tables: Tables, digest: str) -> bytes:
    """The index of every form of every hub, and every record by name."""
    forms = [form for entity in tables.entities.values() for form in forms_of(entity, tables)]
    return write(forms, dict(records_of(tables)), digest)


def forms_of(entity: Entity, tables: Tables) -> Iterator[Form]:
    """The forms of one hub: its own, those that lead to it, and those its channels generate."""
    own = [entity.name, *([entity.prints] if entity.prints else []), *entity.aliases]
    yield from (Form(text, entity.id, "name" if n == 0 else "alias") for n, text in enumerate(dict.fromkeys(own)))
    yield from (Form(text, entity.id, "weak") for text in entity.weak)
    if entity.native:
        yield Form(entity.native, entity.id, "exonym", entity.language, f"native form ({entity.language})")
    for language, text in sorted(entity.names.items()):
        yield Form(text, entity.id, "exonym", language, f"{tables.languages[language].name} form")
    match entity:
        case Office():
            yield from (Form(text, entity.id, "title") for text in entity.titles)
        case Place(adjective=adjective) if adjective:
            yield Form(adjective, entity.id, "adjective")
        case Organisation(acronym=acronym) if acronym:
            yield Form(acronym, entity.id, "alias")
        case Term():
            yield from (Form(text, entity.id, "alias") for text in entity.accepted)
    yield from forms_in_copy(entity, tables.schemes.values(), tables.root, lexicon("en"))
    yield from terms.forms(entity, tables.glosses)


def records_of(tables: Tables) -> Iterator[tuple[str, Any]]:
    """Everything the checks ask for by name, as plain JSON."""
    for entity in tables.entities.values():
        yield entity.id, _plain(entity)
    for folder, group in (("rule", tables.rules), ("style", tables.styles), ("language", tables.languages)):
        for name, record in group.items():
            yield f"{folder}/{name}", _plain(record)
    yield "rules", sorted(tables.rules)
    yield "languages", sorted(tables.languages)
    yield "channels", {channel.id: channel.country for channel in tables.channels.values()}
    holders: dict[str, list[tuple[str, str, str]]] = {}
    for person in tables.entities.values():
        for holding in person.offices if isinstance(person, Person) else ():
            holders.setdefault(f"office/{holding.office}", []).append((person.id, holding.since, holding.until))
    yield "holders", holders
    yield "countries", {e.country: e.name for e in tables.entities.values() if isinstance(e, Place) and e.adjective}
    for scheme in tables.schemes.values():
        if scheme.steps[0].do == "characters":
            yield f"inverse/{scheme.id}", names.inverse(scheme, tables.root)
    yield "coinages", tables.coinages
    yield "suffixes", [[swap.wrong, swap.right, swap.after] for swap in tables.suffixes]
    yield "weights", tables.weights
    yield "profiles", {n: language.function_words for n, language in tables.languages.items()}


def _plain(record: Any) -> dict[str, Any]:
    """A record's fields that differ from their defaults."""
    return {
        field.name: dataclasses.asdict(value) if dataclasses.is_dataclass(value) else _listed(value)  # type: ignore[arg-type]
        for field in dataclasses.fields(record)
        if field.name not in LEFT_IN_TABLES and (value := getattr(record, field.name)) not in (field.default, {})
    }


def _listed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [list(dataclasses.astuple(v)) if dataclasses.is_dataclass(v) else _listed(v) for v in value]  # type: ignore[arg-type]
    return value


def write(forms: Iterable[Form], records: dict[str, Any], digest: str) -> bytes:
    """Lay out forms and records as layout.py describes."""
    heap, record_bytes = _Heap("<H"), _Heap("<I")
    by_key: dict[str, list[Form]] = {}
    for form in forms:
        if looked_up := key(form.text):
            by_key.setdefault(looked_up, []).append(form)
    longer = {words[:n] for words in by_key for n, char in enumerate(words) if char == " "}
    slots = _Slots(len(by_key) + len(longer))
    entries, form_quads = [0, 0, 0], list[int]()
    for number, looked_up in enumerate(sorted(by_key), 1):
        owned = list(dict.fromkeys(by_key[looked_up]))
        entries += [heap.add(looked_up), len(form_quads) // 4, len(owned)]
        for form in owned:
            form_quads += [
                heap.add(form.text), heap.add(form.owner),
                heap.add(f"{form.role} {form.channel}"), heap.add(form.route),
            ]  # fmt: skip
        slots.add(sequence_hash(looked_up), number << 1 | (looked_up in longer))
    for words in sorted(longer - by_key.keys()):
        slots.add(sequence_hash(words), 1)
    directory: list[int] = []
    for name in sorted(records):
        text = json.dumps(records[name], ensure_ascii=False, separators=(",", ":"))
        directory += [heap.add(name), record_bytes.add(text)]
    meta = {"version": normalize.__version__, "digest": digest, "keys": len(by_key), "forms": len(form_quads) // 4}
    return _joined(
        meta=json.dumps(meta).encode(),
        slots=_u32(slots.table),
        entries=_u32(entries),
        forms=_u32(form_quads),
        heap=bytes(heap.data),
        records=bytes(record_bytes.data),
        directory=_u32(directory),
    )


def _joined(**sections: bytes) -> bytes:
    """Header and sections, each at a multiple of eight bytes."""
    places: list[int] = []
    body = bytearray(b"\0" * HEADER.size)
    for name in SECTIONS:
        body += b"\0" * (-len(body) % 8)
        places += [len(body), len(sections[name])]
        body += sections[name]
    body[: HEADER.size] = HEADER.pack(MAGIC, VERSION, len(SECTIONS), *places)
    return bytes(body)


def _u32(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


class _Heap:
    """Length-prefixed strings, each stored once."""

    def __init__(self, prefix: str) -> None:
        self.data = bytearray(b"\0" * struct.calcsize(prefix))
        self._prefix = struct.Struct(prefix)
        self._at: dict[str, int] = {"": 0}

    def add(self, text: str) -> int:
        """Where ``text`` stands."""
        at = self._at.get(text)
        if at is None:
            at = self._at[text] = len(self.data)
            encoded = text.encode()
            self.data += self._prefix.pack(len(encoded)) + encoded
        return at


class _Slots:
    """The open-addressing table, at most half full."""

    def __init__(self, count: int) -> None:
        self.size = 1 << max(4, (2 * count).bit_length())
        self.table = [0] * (2 * self.size)

    def add(self, value: int, content: int) -> None:
        """Put ``content`` into the next free slot for a hash."""
        slot = slot_of(value, self.size)
        while self.table[2 * slot + 1]:
            slot = (slot + 1) & (self.size - 1)
        self.table[2 * slot : 2 * slot + 2] = [value, content]
