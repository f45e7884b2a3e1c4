"""Forms and records become the bytes of an index, as layout.py describes them."""

from __future__ import annotations

import gc
import json
from array import array
from collections.abc import Iterable, Iterator
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
from normalize.text.fold import cut

INFLECTED = ("false", "near", "reversed", "listed")
"""Roles that are found in the plural too: phrases, never names."""


def write(forms: Iterable[Form], records: dict[str, Any], digest: str, signs: bytes = b"") -> bytes:
    """The index of ``forms`` and ``records``; ``signs`` is that section of another index where there is one already."""
    collecting = gc.isenabled()
    gc.disable()  # nothing here is garbage, and looking for it among a million forms takes a fifth of the time
    try:
        return _written(_by_key(forms), records, digest, signs)
    finally:
        if collecting:
            gc.enable()


def _written(by_key: dict[str, list[Form]], records: dict[str, Any], digest: str, signs: bytes) -> bytes:
    keys = sorted(by_key)
    natives = {name: r["native"] for name, r in records.items() if isinstance(r, dict) and r.get("native")}
    names = sorted(records.keys() | {form.owner for owned in by_key.values() for form in owned})
    kinds: dict[tuple[str, str, str], int] = {}
    payloads = list(_payloads(keys, by_key, names, natives, kinds))
    encoded, parts = [key.encode() for key in keys], _sections()
    blocks, key_bytes = parts.blocks(encoded, payloads)
    naming, name_bytes = parts.blocks([name.encode() for name in names], [b""] * len(names))
    table = _Table(encoded, parts)
    record_bytes, places = bytearray(8), array("Q")
    for name in names:
        places.append(len(record_bytes) if name in records else 0)
        if name in records:
            text = json.dumps(records[name], ensure_ascii=False, separators=(",", ":")).encode()
            record_bytes += len(text).to_bytes(4, "little") + text
    counted = sum(len(owned) for owned in by_key.values())
    meta = {"version": normalize.__version__, "digest": digest, "keys": len(keys), "forms": counted}
    return _joined(
        shape=SHAPE.pack(*table.shape._replace(names=len(names))),
        meta=json.dumps(meta).encode(),
        signs=signs or write_signs(),
        firsts=table.firsts,
        pairs=table.pairs,
        slots=table.slots,
        blocks=blocks,
        keys=key_bytes,
        kinds=json.dumps(list(kinds), ensure_ascii=False, separators=(",", ":")).encode(),
        naming=naming,
        names=name_bytes,
        places=little(places) if records else b"",
        records=bytes(record_bytes),
    )


class Sections(Protocol):
    """What writes the sections that take long: the module `sections`, or the one in C."""

    def blocks(self, texts: list[bytes], payloads: list[bytes], /) -> tuple[bytes, bytes]:
        """See sections.py."""

    def sequences(self, keys: list[bytes], /) -> tuple[bytes, bytes, bytes, bytes, int]:
        """See sections.py."""

    def slots(self, hashes: bytes, contents: bytes, size: int, entry_bits: int, /) -> tuple[bytes, int]:
        """See sections.py."""


def _sections() -> Sections:
    return native() or sections


def _by_key(forms: Iterable[Form]) -> dict[str, list[Form]]:
    """The forms by what they are looked up by, each once; phrases by their plural too."""
    by_key: dict[str, list[Form]] = {}
    plurals: dict[str, list[Form]] = {}
    for form in forms:
        looked_up = " ".join(cut(form.text))
        if not looked_up:
            continue
        if len(looked_up) > LONGEST_KEY // 4 and len(looked_up.encode()) > LONGEST_KEY:
            raise TableError(f'{form.owner}: "{form.text[:40]}…": a form of more than {LONGEST_KEY} bytes; shorten it')
        owned = by_key.get(looked_up)
        if owned is None:
            by_key[looked_up] = [form]
        elif form not in owned:
            owned.append(form)
        is_phrase = form.role in INFLECTED and not form.owner.startswith("office/")
        if is_phrase and (plural := _plural(looked_up)):
            plurals.setdefault(plural, []).append(form)
    for plural, owned in plurals.items():
        by_key.setdefault(plural, list(dict.fromkeys(owned)))
    return by_key


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


def _payloads(
    keys: list[str],
    by_key: dict[str, list[Form]],
    names: list[str],
    natives: dict[str, str],
    kinds: dict[tuple[str, str, str], int],
) -> Iterator[bytes]:
    """The forms of each key as bytes; fills ``kinds``."""
    owners = {name: varint(number) for number, name in enumerate(names)}
    kept: dict[tuple[str, str, str], bytes] = {}
    for looked_up in keys:
        payload = b""
        for form in by_key[looked_up]:
            native = natives.get(form.owner) if natives else None
            route = form.route.replace(native, NATIVE) if native else form.route
            kind = form.role, form.channel, route
            number = kept.get(kind)
            if number is None:
                number = kept[kind] = varint(kinds.setdefault(kind, len(kinds)))
            payload += number + owners[form.owner] + _shaped(form.text, looked_up)
        yield payload


def _shaped(text: str, key: str) -> bytes:
    """How the text is made from its key, or the text."""
    capitalised, as_it_is, joined = TEXT_SHAPES
    if text.lower() == key:
        if text == as_it_is(key):
            return b"\x01"
        if text == capitalised(key):
            return b"\x00"
    elif not text.isascii() and " " not in text and text == joined(key):
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
        self.firsts, self.pairs = _firsts(hashes, contents, firsts), _pairs(pairs)
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
    found = _filter(len(firsts) // 4 * BITS_A_WORD)
    sequences, what = numbers("Q", hashes), numbers("I", contents)
    for at in numbers("I", firsts):
        bits = begins_bits(sequences[at]) if what[at] & 1 else 0
        bits |= alone_bits(sequences[at]) if what[at] >> 1 else 0
        found[slot_of(sequences[at], len(found))] |= bits
    return little(found)


def _pairs(pairs: bytes) -> bytes:
    """The filter of the first two words."""
    found = _filter(len(pairs) // 8 * BITS_A_PAIR)
    size = len(found)
    for pair in numbers("Q", pairs):
        found[(pair >> 32) * size >> 32] |= 1 << (pair & 63) | 1 << (pair >> 6 & 63)  # slot_of, begins_bits
    return little(found)


def _filter(bits: int) -> array[int]:
    return array("Q", bytes(8 * (bits // 64 + 1)))


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
