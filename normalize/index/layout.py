"""The layout of a compiled index: one little-endian file, mapped and read in place.

    header     magic, version, number of sections, length of the file, then (offset, length) of each section, ordered as
               SECTIONS is
    shape      numbers the rest is read by: see Shape
    meta       JSON: counts, digest of the sources, version of calque
    signs      what each code point folds to (index/signs.py), so that every reader of the file folds as its writer did
    firsts     blocked Bloom filter of first words: u64 words, two bits for one that begins longer forms, two others for
               one that is a form by itself
    pairs      blocked Bloom filter of the first two words of longer forms: u64 words, two bits a pair
    slots      open-addressing table of word sequences: u32 each, 0 = free, else
               tag | entry << 1 | has_longer; entry 0 marks a sequence that only begins longer forms
    blocks     u64 offsets in keys, one a block and the end
    keys       the entries, sorted by key, BLOCK a block; each has four parts: how many bytes it shares with the key
               before in its block, the rest of the key, the length of its forms, and for each form: kind, owner, shape
               (TEXT_SHAPES: the text is made from the key, or 3 + its length and the text)
    kinds      the distinct (role, channel, route) of forms, as JSON; NATIVE in a route stands for the owner's native
               form
    naming     u64 offsets in names, one a block and the end
    names      the names of owners and records, sorted, in blocks as keys have them, without forms
    places     for each name a u64: offset in records, 0 = a name without record; nothing where there are no records
    records    JSON texts, each behind its length, u32
    sums       u32 CRC-32 of each PAGE bytes of the file before this section, and of these numbers

A page is checked before anything on it is believed, when something on it is first read (index/pages.py, and `_scan.c`
by itself): to open an index takes as long whatever it holds.

Numbers in keys, names and forms are varints: seven bits a byte, the lowest first, the top bit set where more follow.
A hash is a hint: every hit is compared with its key, byte by byte.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from zlib import crc32

MAGIC = b"CALQUEIX"
VERSION = 3
SECTIONS = (
    "shape", "meta", "signs", "firsts", "pairs", "slots", "blocks", "keys", "kinds", "naming", "names", "places",
    "records", "sums",
)  # fmt: skip
PAGE = 4096
HEADER = struct.Struct(f"<8sIIQ{2 * len(SECTIONS)}Q")
SHAPE = struct.Struct("<9I")
BLOCK = 16
NATIVE = "\x01"
LONGEST_KEY = 1000
"""Bytes of a key at most; what is longer is no name."""
LOAD = 0.75
"""How full the table of slots is: 2.5 probes for a sequence it holds (Knuth, 6.4); others seldom come so far."""
BITS_A_WORD, BITS_A_PAIR = 16, 10
"""Bits of the filters for each word and pair in them: about 1 % and 4 % of others pass."""
MOST_PROBES = 4096
"""A longer run of slots is a damaged table."""


class Shape(NamedTuple):
    """The section of that name."""

    entries: int
    names: int
    slots: int
    entry_bits: int
    """How many low bits of a slot hold ``entry << 1 | has_longer``; the rest is the tag."""
    probes: int
    """The longest run of slots that was needed to place a sequence."""
    firsts: int
    pairs: int
    """Words of the two filters."""
    key_bytes: int
    key_words: int


M64 = 0xFFFF_FFFF_FFFF_FFFF
_WORD_FACTOR = 0x9E37_79B9_7F4A_7C15
_SEQUENCE_FACTOR = 0xD6E8_FEB8_6659_FD93


def word_hash(word: bytes) -> int:
    """The hash of a folded word in UTF-8: eight bytes at a time, multiplied and mixed."""
    value = 0
    for at in range(0, len(word), 8):
        value = (value ^ int.from_bytes(word[at : at + 8], "big")) * _WORD_FACTOR & M64
        value ^= value >> 32
    return value


def follow(sequence: int, word: int) -> int:
    """The hash of a sequence (0 if it is empty) that goes on with a word."""
    return (sequence * _SEQUENCE_FACTOR + word) & M64


def sequence_hash(words: str) -> int:
    """The hash of folded words parted by single spaces."""
    sequence = 0
    for word in words.split(" "):
        sequence = follow(sequence, word_hash(word.encode()))
    return sequence


def slot_of(sequence: int, slots: int) -> int:
    """Where in a table of slots or a filter to begin looking for a sequence."""
    return (sequence >> 32) * slots >> 32


def tag_of(sequence: int, entry_bits: int) -> int:
    """What the top bits of its slot hold."""
    return sequence << entry_bits & 0xFFFF_FFFF


def begins_bits(sequence: int) -> int:
    """The bits that a word which begins longer forms sets in the filter of first words, and a pair in that of pairs."""
    return 1 << (sequence & 63) | 1 << (sequence >> 6 & 63)


def alone_bits(word: int) -> int:
    """The bits that a word which is a form by itself sets in the filter of first words."""
    return 1 << (word >> 12 & 63) | 1 << (word >> 18 & 63)


def varint(number: int) -> bytes:
    """``number`` as it stands in keys and names."""
    if number < 0x80:
        return bytes((number,))
    parts = bytearray()
    while number >= 0x80:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def read_varint(data: bytes | memoryview, at: int) -> tuple[int, int]:
    """The number at ``at`` and where the next part begins; IndexError behind the end, ValueError if it is too long."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
        shift += 7
        if shift > 28:
            raise ValueError("a number of more than 35 bits")


TEXT_SHAPES: tuple[Callable[[str], str], ...] = (
    lambda key: " ".join([word.capitalize() for word in key.split(" ")]),
    lambda key: key,
    lambda key: unicodedata.normalize("NFC", key.replace(" ", "")),
)
"""How a form's text is made from its key: capitalised, as it is, or composed and without spaces."""


def page_sums(data: bytes | bytearray | memoryview) -> list[int]:
    """The CRC-32 of each page of ``data``."""
    view = memoryview(data)
    return [crc32(view[start : start + PAGE]) for start in range(0, len(view), PAGE)]
