"""Forms and records become the bytes of an index, as layout.py describes them."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import normalize
from normalize.errors import TableError
from normalize.index.layout import (
    BITS_A_PAIR,
    BITS_A_WORD,
    BLOCK,
    HEADER,
    LOAD,
    LONGEST_KEY,
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
    follow,
    slot_of,
    varint,
    word_hash,
)  # fmt: skip
from normalize.index.signs import write_signs
from normalize.model import Form
from normalize.text.fold import cut

INFLECTED = ("false", "near", "reversed", "listed")
"""Roles that are found in the plural too: phrases, never names."""


def write(forms: Iterable[Form], records: dict[str, Any], digest: str, signs: bytes = b"") -> bytes:
    """The index of ``forms`` and ``records``; ``signs`` is that section of another index where there is one already."""
    by_key = _by_key(forms)
    keys = sorted(by_key)
    natives = {name: r["native"] for name, r in records.items() if isinstance(r, dict) and r.get("native")}
    names = sorted(records.keys() | {form.owner for owned in by_key.values() for form in owned})
    kinds: dict[tuple[str, str, str], int] = {}
    payloads = _payloads(keys, by_key, names, natives, kinds)
    blocks, key_bytes = _blocks(keys, payloads)
    naming, name_bytes = _blocks(names, [b""] * len(names))
    table = _Sequences(keys)
    record_bytes, places = bytearray(8), array("Q")
    for name in names:
        places.append(len(record_bytes) if name in records else 0)
        if name in records:
            text = json.dumps(records[name], ensure_ascii=False, separators=(",", ":")).encode()
            record_bytes += zlib.crc32(text).to_bytes(4, "little") + len(text).to_bytes(4, "little") + text
    counted = sum(len(owned) for owned in by_key.values())
    meta = {"version": normalize.__version__, "digest": digest, "keys": len(keys), "forms": counted}
    return _joined(
        shape=SHAPE.pack(*table.shape(len(names))),
        meta=json.dumps(meta).encode(),
        signs=signs or write_signs(),
        firsts=_little(table.firsts),
        pairs=_little(table.pairs),
        slots=_little(table.slots),
        blocks=_little(blocks),
        keys=key_bytes,
        kinds=json.dumps(list(kinds), ensure_ascii=False, separators=(",", ":")).encode(),
        naming=_little(naming),
        names=name_bytes,
        places=_little(places) if records else b"",
        records=bytes(record_bytes),
    )


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
            native = natives.get(form.owner)
            route = form.route.replace(native, NATIVE) if native else form.route
            kind = form.role, form.channel, route
            number = kept.get(kind)
            if number is None:
                number = kept[kind] = varint(kinds.setdefault(kind, len(kinds)))
            payload += number + owners[form.owner] + _shaped(form.text, looked_up)
        yield payload


def _shaped(text: str, key: str) -> bytes:
    """How the text is made from its key, or the text."""
    if text == key:
        return b"\x01"
    if text.isascii():
        if text.lower() == key and TEXT_SHAPES[0](key) == text:
            return b"\x00"
    else:
        for number, shape in enumerate(TEXT_SHAPES):
            if shape(key) == text:
                return varint(number)
    encoded = text.encode()
    return varint(len(encoded) + len(TEXT_SHAPES)) + encoded


def _blocks(texts: list[str], payloads: Iterable[bytes]) -> tuple[array[int], bytes]:
    """Sorted texts in blocks, with where the blocks begin."""
    offsets, data, block, before = array("Q"), bytearray(), bytearray(), b""
    for number, (text, payload) in enumerate(zip(texts, payloads, strict=True)):
        if number % BLOCK == 0:
            _close(data, block)
            offsets.append(len(data))
            block, before = bytearray(4), b""
        encoded = text.encode()
        most = min(len(before), len(encoded))
        apart = int.from_bytes(before[:most], "big") ^ int.from_bytes(encoded[:most], "big")
        shared = most - (apart.bit_length() + 7) // 8
        rest, size = len(encoded) - shared, len(payload)
        if shared < 0x80 and rest < 0x80 and size < 0x80:  # nearly always
            block += b"%c%c%b%c%b" % (shared, rest, encoded[shared:], size, payload)
        else:
            block += varint(shared) + varint(rest) + encoded[shared:] + varint(size) + payload
        before = encoded
    _close(data, block)
    offsets.append(len(data))
    return offsets, bytes(data)


def _close(data: bytearray, block: bytearray) -> None:
    if block:
        block[:4] = zlib.crc32(memoryview(block)[4:]).to_bytes(4, "little")
        data += block


class _Sequences:
    """Every key and every beginning of one, hashed into slots."""

    def __init__(self, keys: list[str]) -> None:
        """Place the sequences of sorted keys."""
        self._entries, self._hashes = len(keys), dict[str, int]()
        self._key_bytes = max((len(key.encode()) for key in keys), default=1)
        self._key_words = 1
        sequences, contents = self._sequences(keys)
        self._entry_bits = (2 * len(keys) + 1).bit_length()
        self._probes = 1
        self.slots = self._placed(sequences, contents)

    def _sequences(self, keys: list[str]) -> tuple[array[int], array[int]]:
        """Hashes and slot contents of every sequence; fills the filters.

        A space sorts before every letter, so keys that begin with the same words stand together, the shortest first.
        """
        sequences, contents = array("Q"), array("I")
        firsts, pairs = array("Q"), array("Q")
        before: list[str] = []
        path: list[int] = []
        for number, key in enumerate(keys, 1):
            words = key.split(" ")
            count, common = len(words), 0
            while common < len(before) and common < count and words[common] == before[common]:
                common += 1
            del path[common:]
            if common:
                sequence = sequences[path[-1]]
                contents[path[-1]] |= 1
            else:
                sequence = 0
                firsts.append(len(sequences))
            for word in words[common:]:
                value = self._hashes.get(word)
                if value is None:
                    value = self._hashes[word] = word_hash(word.encode())
                sequence = follow(sequence, value)
                path.append(len(sequences))
                sequences.append(sequence)
                contents.append(1)
            contents[-1] = number << 1
            if common < 2 <= count:
                pairs.append(sequences[path[1]])
            if count > self._key_words:
                self._key_words = count
            before = words
        self.firsts = _filter(len(firsts) * BITS_A_WORD)
        for at in firsts:
            bits = begins_bits(sequences[at]) if contents[at] & 1 else 0
            bits |= alone_bits(sequences[at]) if contents[at] >> 1 else 0
            self.firsts[slot_of(sequences[at], len(self.firsts))] |= bits
        self.pairs = _filter(len(pairs) * BITS_A_PAIR)
        for pair in pairs:
            self.pairs[slot_of(pair, len(self.pairs))] |= begins_bits(pair)
        return sequences, contents

    def _placed(self, sequences: array[int], contents: array[int]) -> array[int]:
        size = max(8, int(len(sequences) / LOAD) + 1)
        slots, bits = array("I", bytes(4 * size)), self._entry_bits
        for sequence, content in zip(sequences, contents, strict=True):
            slot = (sequence >> 32) * size >> 32  # slot_of, a million times
            if slots[slot]:
                first = slot
                while slots[slot]:
                    slot = slot + 1 if slot + 1 < size else 0
                self._probes = max(self._probes, (slot - first) % size + 1)
            slots[slot] = sequence << bits & 0xFFFF_FFFF | content  # tag_of
        if self._probes > MOST_PROBES or 2 * self._entries >= 1 << 30:
            raise TableError(f"{self._entries} forms do not fit into one index; split the table")
        return slots

    def shape(self, names: int) -> Shape:
        """The numbers that this table is read by."""
        return Shape(
            entries=self._entries,
            names=names,
            slots=len(self.slots),
            entry_bits=self._entry_bits,
            probes=self._probes,
            firsts=len(self.firsts),
            pairs=len(self.pairs),
            key_bytes=self._key_bytes,
            key_words=self._key_words,
        )


def _filter(bits: int) -> array[int]:
    return array("Q", bytes(8 * (bits // 64 + 1)))


def _joined(**sections: bytes) -> bytes:
    """Header and sections, each at a multiple of eight bytes."""
    places: list[int] = []
    body = bytearray(HEADER.size)
    for name in SECTIONS:
        body += bytes(-len(body) % 8)
        places += [len(body), len(sections[name])]
        body += sections[name]
    head = (MAGIC, VERSION, len(SECTIONS), len(body))
    body[: HEADER.size] = HEADER.pack(*head, 0, 0, *places)
    body[: HEADER.size] = HEADER.pack(*head, check_sum(memoryview(body), places), 0, *places)
    return bytes(body)


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
