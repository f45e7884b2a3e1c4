"""The sections of an index that take long to write, in plain Python; `_scan.c` writes the same bytes."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from itertools import groupby

from normalize.index.layout import BLOCK, begins_bits, follow, slot_of, varint, word_hash
from normalize.index.signs import MappedSigns
from normalize.text.fold import Cuts, close


def keys(signs: bytes, texts: list[str]) -> list[bytes]:
    """What each text is looked up by, folded as the table of code points says."""
    cuts = Cuts(MappedSigns(memoryview(signs), "the table of code points"))
    return [" ".join(close(text.translate(cuts)).split()).encode() for text in texts]


def entries(
    keys: list[bytes], texts: list[str], kinds: bytes, owners: bytes, shaped: Callable[[str, str], bytes]
) -> tuple[list[bytes], list[bytes], int]:
    """The distinct keys, sorted, the forms of each as layout.py describes them, and how many forms that are.

    Of each form there are its key (an empty one is left out), text, kind and owner (u32 each); a form that is there
    twice stands once, and those of one key stand in their order.
    """
    kind_of, owner_of = numbers("I", kinds), numbers("I", owners)
    found, payloads, counted = list[bytes](), list[bytes](), 0
    places = sorted((n for n, key in enumerate(keys) if key), key=keys.__getitem__)
    for key, group in groupby(places, key=keys.__getitem__):
        forms = dict.fromkeys((kind_of[n], owner_of[n], texts[n]) for n in group)
        name = key.decode()
        found.append(key)
        payloads.append(b"".join(varint(kind) + varint(who) + shaped(text, name) for kind, who, text in forms))
        counted += len(forms)
    return found, payloads, counted


def filled(hashes: bytes, words: int) -> bytes:
    """A blocked Bloom filter of so many u64, with two bits for each hash."""
    found = array("Q", bytes(8 * words))
    for value in numbers("Q", hashes):
        found[slot_of(value, words)] |= begins_bits(value)
    return little(found)


def blocks(texts: list[bytes], payloads: list[bytes]) -> tuple[bytes, bytes]:
    """Sorted texts in blocks: where each block begins (u64) and where the last ends, and the blocks."""
    offsets, data, before = array("Q"), bytearray(), b""
    for number, (text, payload) in enumerate(zip(texts, payloads, strict=True)):
        if number % BLOCK == 0:
            offsets.append(len(data))
            before = b""
        most = min(len(before), len(text))
        apart = int.from_bytes(before[:most], "big") ^ int.from_bytes(text[:most], "big")
        shared = most - (apart.bit_length() + 7) // 8
        rest, size = len(text) - shared, len(payload)
        if shared < 0x80 and rest < 0x80 and size < 0x80:  # nearly always
            data += b"%c%c%b%c%b" % (shared, rest, text[shared:], size, payload)
        else:
            data += varint(shared) + varint(rest) + text[shared:] + varint(size) + payload
        before = text
    offsets.append(len(data))
    return little(offsets), bytes(data)


def sequences(keys: list[bytes]) -> tuple[bytes, bytes, bytes, bytes, int]:
    """What the table of slots and the filters are made of, from sorted keys.

    Hash (u64) and slot content (u32) of each sequence of words that is a key or begins one, which of them are first
    words (u32), the hashes of the first two words of longer keys (u64), and how many words the longest key has.
    A space sorts before every letter, so keys that begin with the same words stand together, the shortest first.
    """
    hashes, contents, firsts, pairs = array("Q"), array("I"), array("I"), array("Q")
    known: dict[bytes, int] = {}
    before: list[bytes] = []
    path: list[int] = []
    most = 1
    for number, key in enumerate(keys, 1):
        words = key.split(b" ")
        count, common = len(words), 0
        while common < len(before) and common < count and words[common] == before[common]:
            common += 1
        del path[common:]
        sequence = 0
        if common:
            sequence = hashes[path[-1]]
            contents[path[-1]] |= 1
        else:
            firsts.append(len(hashes))
        for word in words[common:]:
            value = known.get(word)
            if value is None:
                value = known[word] = word_hash(word)
            sequence = follow(sequence, value)
            path.append(len(hashes))
            hashes.append(sequence)
            contents.append(1)
        contents[-1] = number << 1
        if common < 2 <= count:
            pairs.append(hashes[path[1]])
        most = max(most, count)
        before = words
    return little(hashes), little(contents), little(firsts), little(pairs), most


def slots(hashes: bytes, contents: bytes, size: int, entry_bits: int) -> tuple[bytes, int]:
    """The table of so many slots (u32), and the longest run of slots that was needed."""
    table, probes = array("I", bytes(4 * size)), 1
    for sequence, content in zip(numbers("Q", hashes), numbers("I", contents), strict=True):
        slot = (sequence >> 32) * size >> 32  # slot_of, a million times
        if table[slot]:
            first = slot
            while table[slot]:
                slot = slot + 1 if slot + 1 < size else 0
            probes = max(probes, (slot - first) % size + 1)
        table[slot] = sequence << entry_bits & 0xFFFF_FFFF | content  # tag_of
    return little(table), probes


def numbers(width: str, data: bytes) -> array[int]:
    """Little-endian numbers as an array."""
    found: array[int] = array(width)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def little(numbers: array[int]) -> bytes:
    """An array as little-endian numbers."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
