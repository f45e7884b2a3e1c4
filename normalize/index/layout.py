"""The layout of a compiled index: one little-endian file, mapped and read in place.

    header     magic, version, then (offset, length) of each section in the order of SECTIONS, in bytes
    meta       JSON: counts, digest of the sources, version of calque
    slots      open-addressing table of u32 pairs (hash, value); value 0 = free, else entry << 1 | has_longer, where
               entry 0 marks a word sequence that only begins longer forms
    entries    u32 triples (offset of the key in heap, first form, number of forms), entry 0 unused
    forms      u32 quads (text, owner, role and channel, route): offsets in heap
    heap       strings, each a u16 length and UTF-8 bytes
    records    JSON texts, each a u32 length and UTF-8 bytes
    directory  u32 pairs (name in heap, record in records), sorted by name

A word sequence hashes to the CRC-32 of its folded words joined by single spaces, so that a longer sequence extends the
hash of a shorter one. A hash is a hint: every hit is compared with its key.
"""

from __future__ import annotations

import struct
from zlib import crc32

MAGIC = b"CALQUEIX"
VERSION = 1
SECTIONS = ("meta", "slots", "entries", "forms", "heap", "records", "directory")
HEADER = struct.Struct(f"<8sII{2 * len(SECTIONS)}Q")


def slot_of(value: int, size: int) -> int:
    """Where to begin looking for a hash in a table of ``size`` slots, a power of two."""
    return (value * 0x9E3779B1 & 0xFFFFFFFF) >> 7 & (size - 1)


def sequence_hash(words: str, before: int = 0) -> int:
    """The hash of folded words, or of what they make when they follow a sequence that hashed to ``before``."""
    return crc32(words.encode(), before)
