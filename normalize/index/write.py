"""Forms and records become the bytes of an index, as layout.py describes them."""

from __future__ import annotations

import gc
import json
from array import array
from collections.abc import Callable, Iterable
from typing import Any, Protocol
from zlib import crc32

import normalize
from normalize.errors import TableError
from normalize.index import sections
from normalize.index.layout import (
    BITS_A_PAIR,
    BITS_A_WORD,
    HEADER,
    LOAD,
    LONGEST_KEY,
    MAGIC,
    MOST_PROBES,
    NATIVE,
    PAGE,
    SECTIONS,
    SHAPE,
    TEXT_SHAPES,
    VERSION,
    Shape,
    alone_bits,
    begins_bits,
    page_sums,
    slot_of,
    varint,
)  # fmt: skip
from normalize.index.native import native
from normalize.index.sections import little, numbers
from normalize.index.signs import write_signs
from normalize.model import Form

INFLECTED = ("false", "near", "reversed", "listed")
"""Roles that are found in the plural too: phrases, never names."""


def write(forms: Iterable[Form], records: dict[str, Any], digest: str, signs: bytes = b"") -> bytes:
    """The index of ``forms`` and ``records``; ``signs`` is that section of another index where there is one already."""
    collecting = gc.isenabled()
    gc.disable()  # nothing here is garbage, and looking for it among a million forms takes a fifth of the time
    try:
        return _written(list(forms), records, digest, signs or write_signs())
    finally:
        if collecting:
            gc.enable()


def _written(forms: list[Form], records: dict[str, Any], digest: str, signs: bytes) -> bytes:
    parts = _sections()
    texts, owners = [form.text for form in forms], [form.owner for form in forms]
    keys = parts.keys(signs, texts)
    if max(map(len, keys), default=0) > LONGEST_KEY:
        form = next(form for form, key in zip(forms, keys, strict=True) if len(key) > LONGEST_KEY)
        raise TableError(f'{form.owner}: "{form.text[:40]}…": a form of more than {LONGEST_KEY} bytes; shorten it')
    of_forms = _kinds(forms, records)
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(of_forms))}
    kind_of = array("I", map(kinds.__getitem__, of_forms))
    for number, plural in _plurals(forms, keys):
        keys.append(plural)
        texts.append(texts[number])
        owners.append(owners[number])
        kind_of.append(kind_of[number])
    names = sorted({*records, *owners})
    number_of = {name: number for number, name in enumerate(names)}
    owner_of = array("I", map(number_of.__getitem__, owners))
    entries, payloads, counted = parts.entries(keys, texts, little(kind_of), little(owner_of), shaped)
    blocks, key_bytes = parts.blocks(entries, payloads)
    naming, name_bytes = parts.blocks([name.encode() for name in names], [b""] * len(names))
    table = _Table(entries, parts)
    record_bytes, places = bytearray(8), array("Q")
    for name in names if records else ():
        places.append(len(record_bytes) if name in records else 0)
        if name in records:
            text = json.dumps(records[name], ensure_ascii=False, separators=(",", ":")).encode()
            record_bytes += len(text).to_bytes(4, "little") + text
    meta = {"version": normalize.__version__, "digest": digest, "keys": len(entries), "forms": counted}
    return _joined(
        shape=SHAPE.pack(*table.shape._replace(names=len(names))),
        meta=json.dumps(meta).encode(),
        signs=signs,
        firsts=table.firsts,
        pairs=table.pairs,
        slots=table.slots,
        blocks=blocks,
        keys=key_bytes,
        kinds=json.dumps(list(kinds), ensure_ascii=False, separators=(",", ":")).encode(),
        naming=naming,
        names=name_bytes,
        places=little(places),
        records=bytes(record_bytes),
    )


class Sections(Protocol):
    """What writes the sections that take long: the module `sections`, or the one in C."""

    def keys(self, signs: bytes, texts: list[str], /) -> list[bytes]:
        """See sections.py."""

    def entries(
        self, keys: list[bytes], texts: list[str], kinds: bytes, owners: bytes, shaped: Callable[[str, str], bytes], /
    ) -> tuple[list[bytes], list[bytes], int]:
        """See sections.py."""

    def filled(self, hashes: bytes, words: int, /) -> bytes:
        """See sections.py."""

    def blocks(self, texts: list[bytes], payloads: list[bytes], /) -> tuple[bytes, bytes]:
        """See sections.py."""

    def sequences(self, keys: list[bytes], /) -> tuple[bytes, bytes, bytes, bytes, int]:
        """See sections.py."""

    def slots(self, hashes: bytes, contents: bytes, size: int, entry_bits: int, /) -> tuple[bytes, int]:
        """See sections.py."""


def _sections() -> Sections:
    return native() or sections


def _kinds(forms: list[Form], records: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Role, channel and route of each form."""
    natives = {name: r["native"] for name, r in records.items() if isinstance(r, dict) and r.get("native")}
    if not natives:
        return [(form.role, form.channel, form.route) for form in forms]
    hubs = [(form, natives.get(form.owner)) for form in forms]
    return [(f.role, f.channel, f.route.replace(native, NATIVE) if native else f.route) for f, native in hubs]


def _plurals(forms: list[Form], keys: list[bytes]) -> list[tuple[int, bytes]]:
    """The numbers of phrases and what their plural is looked up by, where that is no form by itself."""
    phrases = [n for n, form in enumerate(forms) if form.role in INFLECTED and not form.owner.startswith("office/")]
    known = {*keys} if phrases else set()
    plurals = ((number, _plural(keys[number].decode()).encode()) for number in phrases)
    return [(number, plural) for number, plural in plurals if plural and plural not in known]


def _plural(words: str) -> str:
    """The regular English plural of a phrase; empty where its last word has none.

    >>> _plural("equal playground"), _plural("nuclear treaty"), _plural("head of x"), _plural("great wish")
    ('equal playgrounds', 'nuclear treaties', '', 'great wishes')
    """
    last = words.rpartition(" ")[2]
    if len(last) < 3 or not last.isascii() or not last.isalpha():
        return ""
    if last.endswith("y") and last[-2] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s")


def shaped(text: str, key: str) -> bytes:
    """How the text of a form is made from its key, or the text: see TEXT_SHAPES."""
    capitalised, _, joined = TEXT_SHAPES
    if text == key:
        return b"\x01"
    if text == capitalised(key):
        return b"\x00"
    if not text.isascii() and text == joined(key):
        return b"\x02"
    encoded = text.encode()
    return varint(len(encoded) + len(TEXT_SHAPES)) + encoded


class _Table:
    """Every key and every beginning of one in slots, and the filters before them."""

    def __init__(self, keys: list[bytes], parts: Sections) -> None:
        """Place the sequences of sorted keys."""
        hashes, contents, firsts, pairs, words = parts.sequences(keys)
        size = max(8, int(len(contents) // 4 / LOAD) + 1)
        entry_bits = (2 * len(keys) + 1).bit_length()
        if entry_bits > 31:
            raise TableError(f"{len(keys)} forms do not fit into one index; split the table")
        self.slots, probes = parts.slots(hashes, contents, size, entry_bits)
        if probes > MOST_PROBES:
            raise TableError("the forms do not fit into one index: too many of one hash; split the table")
        self.firsts = _firsts(hashes, contents, firsts)
        self.pairs = parts.filled(pairs, len(pairs) // 8 * BITS_A_PAIR // 64 + 1)
        self.shape = Shape(
            entries=len(keys),
            names=0,
            slots=size,
            entry_bits=entry_bits,
            probes=probes,
            firsts=len(self.firsts) // 8,
            pairs=len(self.pairs) // 8,
            key_bytes=max(map(len, keys), default=1),
            key_words=words,
        )


def _firsts(hashes: bytes, contents: bytes, firsts: bytes) -> bytes:
    """The filter of first words."""
    found = array("Q", bytes(8 * (len(firsts) // 4 * BITS_A_WORD // 64 + 1)))
    sequences, what = numbers("Q", hashes), numbers("I", contents)
    for at in numbers("I", firsts):
        bits = begins_bits(sequences[at]) if what[at] & 1 else 0
        bits |= alone_bits(sequences[at]) if what[at] >> 1 else 0
        found[slot_of(sequences[at], len(found))] |= bits
    return little(found)


def _joined(**parts: bytes) -> bytes:
    """Header and sections, each at a multiple of eight bytes, and the sums of all that."""
    places: list[int] = []
    body = bytearray(HEADER.size)
    for name in SECTIONS[:-1]:
        body += bytes(-len(body) % 8)
        places += [len(body), len(parts[name])]
        body += parts[name]
    body += bytes(-len(body) % 8)
    size = 4 * (-(-len(body) // PAGE) + 1)
    places += [len(body), size]
    body[: HEADER.size] = HEADER.pack(MAGIC, VERSION, len(SECTIONS), len(body) + size, *places)
    sums = little(array("I", page_sums(body)))
    return bytes(body) + sums + crc32(sums).to_bytes(4, "little")
