"""Build ``aliases/lexicon/en.txt``: what English words are, for the rule that looks for words that are none.

    python tools/build_lexicon.py --scowl /usr/share/dict/american-english-huge \\
        --scowl /usr/share/dict/british-english-huge --wordfreq wordfreq-3.1.1-py3-none-any.whl \\
        --coinages aliases/lexicon/coinages.tsv --added aliases/lexicon/added.txt --out aliases/lexicon/en.txt

A word is a run of at least three letters a to z. Taken are the lower-case words of SCOWL "huge" (American and British)
and what wordfreq has seen at Zipf 1.5 or more, then ``added.txt``; taken out is every wrong form in ``coinages.tsv``.
The result is sorted by bytes, so that a mapped file can be searched by halves.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

LEAST_ZIPF = 1.5
"""Where joined to SCOWL this leaves about 0.7 unknown words in 1,000; see aliases/lexicon/README.md."""
WORD = re.compile(r"[a-z]{3,}")

CHECKED_INPUTS = {
    "american-english-huge": "ffd71db7e021907dbe4cbac17959d3504ff0594ae35c686ab7016b9a6b755fbb",
    "british-english-huge": "06825e06b319d7808bf36e711373e80c5b247535679754270ea24b2e501b1a2d",
    "wordfreq-3.1.1-py3-none-any.whl": "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Join the sources, take the coinages out, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scowl", type=Path, action="append", required=True, help="a SCOWL word list; repeat")
    parser.add_argument("--wordfreq", type=Path, required=True, help="the wordfreq wheel")
    parser.add_argument("--coinages", type=Path, required=True)
    parser.add_argument("--added", type=Path, required=True)
    parser.add_argument("--least-zipf", type=float, default=LEAST_ZIPF)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-input", action="store_true", help="build although an input is not the checked one")
    options = parser.parse_args(arguments)

    if not check_inputs([*options.scowl, options.wordfreq]) and not options.any_input:
        return 2
    listed = {word for path in options.scowl for word in scowl_words(path)}
    frequent = set(frequent_words(options.wordfreq, options.least_zipf))
    added = set(added_words(options.added))
    coinages = set(wrong_forms(options.coinages))
    words = sorted((listed | frequent | added) - coinages)
    options.out.write_text("".join(f"{word}\n" for word in words), encoding="ascii", newline="\n")
    print(f"SCOWL {len(listed)}, wordfreq {len(frequent)}, added {len(added - listed - frequent)}, ", end="")
    print(f"coinages taken out {len((listed | frequent) & coinages)} of {len(coinages)}")
    print(f"{options.out}: {len(words)} words, {options.out.stat().st_size} bytes")
    return 0


def check_inputs(paths: Iterable[Path]) -> bool:
    """Print each input's digest; false where one is not the checked one."""
    same = True
    for path in paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        expected = CHECKED_INPUTS.get(path.name)
        print(f"{digest}  {path.name}")
        if digest != expected:
            print(f"  not the checked input ({expected}); --any-input builds all the same", file=sys.stderr)
            same = False
    return same


def scowl_words(path: Path) -> list[str]:
    """The words that stand in lower case: what only stands capitalised is a name."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if WORD.fullmatch(line)]


def frequent_words(wheel: Path, least_zipf: float) -> list[str]:
    """wordfreq's large English list, cut: bucket *n* holds the words of frequency 10 to the power of -n/100."""
    with zipfile.ZipFile(wheel) as archive:
        packed = gzip.decompress(archive.read("wordfreq/data/large_en.msgpack.gz"))
    content, _ = unpack(packed, 0)
    assert isinstance(content, list)
    last = round((9 - least_zipf) * 100)  # Zipf 9 is every word
    return [word for bucket in content[1 : last + 2] for word in bucket if WORD.fullmatch(word)]


def unpack(data: bytes, at: int) -> tuple[object, int]:
    """The part of MessagePack that wordfreq's files use: one value and where the next begins."""
    tag, at = data[at], at + 1
    if tag < 0x80:
        return tag, at
    if tag < 0x90:
        return unpack_map(data, at, tag & 15)
    if tag < 0xA0:
        return unpack_list(data, at, tag & 15)
    if tag < 0xC0:
        return data[at : at + (tag & 31)].decode("utf-8"), at + (tag & 31)
    width = {0xD9: 1, 0xDC: 2, 0xDD: 4}.get(tag)
    if width is None:
        raise ValueError(f"MessagePack tag {tag:#x} at {at - 1}")
    size, at = int.from_bytes(data[at : at + width], "big"), at + width
    return (data[at : at + size].decode("utf-8"), at + size) if tag == 0xD9 else unpack_list(data, at, size)


def unpack_list(data: bytes, at: int, size: int) -> tuple[list[object], int]:
    """``size`` values."""
    values = []
    for _ in range(size):
        value, at = unpack(data, at)
        values.append(value)
    return values, at


def unpack_map(data: bytes, at: int, size: int) -> tuple[dict[object, object], int]:
    """``size`` pairs."""
    flat, at = unpack_list(data, at, 2 * size)
    return dict(zip(flat[::2], flat[1::2], strict=True)), at


def added_words(path: Path) -> list[str]:
    """One word a line; ``#`` starts a comment."""
    lines = [line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if WORD.fullmatch(line)]


def wrong_forms(path: Path) -> list[str]:
    """The first column of the coinages, the weak ones left out: they are words, only rarely the right ones."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [row[0] for row in rows if len(row) >= 4 and row[2] == "strong"]


if __name__ == "__main__":
    sys.exit(main())
