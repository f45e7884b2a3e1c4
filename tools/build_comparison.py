"""Build the word lists of ``aliases/compare/en/``: what calque compare knows of English words.

    python tools/build_comparison.py --wordnet /usr/share/wordnet --scowl /usr/share/dict/scowl --out aliases/compare/en

``dictionary.txt`` holds what SCOWL has up to size 60 in any variety of English; ``opposites.tsv``, ``synonyms.tsv`` and
``irregular.tsv`` come from WordNet 3.0 and keep words of that dictionary alone. Each line is a word, and behind a tab
what belongs to it; lines are sorted by bytes, so that a mapped file can be searched by halves.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

LARGEST = 60
"""SCOWL's size for a large desk dictionary; above it come words few readers know, and foreign ones."""
WORD = re.compile(r"[a-z]+")
CHECKED_INPUTS = {
    "wordnet": "1c067df0436402b8cddf90f6d98c8edd716cc661ed94399ec5a222669738f7c7",
    "scowl": "57e3ae195688282fb9c6686839ed389e7a1a7f4cbd5cb1b12b3df511ca54b378",
}
PARTS = ("adj", "adv", "noun", "verb")


class Synset(NamedTuple):
    """A line of a data file: its words, and where its pointers lead."""

    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str], ...]
    """Sign, address with part of speech, and from which word to which (hexadecimal, 00 for all)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read both sources, write four files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, required=True, help="the folder with data.noun and its like")
    parser.add_argument("--scowl", type=Path, required=True, help="the folder with english-words.10 and its like")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-input", action="store_true", help="build although an input is not the checked one")
    options = parser.parse_args(arguments)
    if not check_inputs(options.wordnet, options.scowl) and not options.any_input:
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    known = dictionary(options.scowl)
    synsets = {key: synset for part in PARTS for key, synset in read_synsets(options.wordnet / f"data.{part}", part)}
    write(options.out / "dictionary.txt", {word: set() for word in known})
    write(options.out / "opposites.tsv", only(known, opposites(synsets)))
    write(options.out / "synonyms.tsv", only(known, synonyms(synsets)))
    write(options.out / "irregular.tsv", only(known, irregular(options.wordnet)))
    return 0


def check_inputs(wordnet: Path, scowl: Path) -> bool:
    """Print one digest for each folder; false where one is not the checked one."""
    same = True
    for name, paths in (("wordnet", inputs_of_wordnet(wordnet)), ("scowl", inputs_of_scowl(scowl))):
        whole = hashlib.sha256()
        for path in paths:
            whole.update(path.name.encode() + b"\0" + path.read_bytes())
        print(f"{whole.hexdigest()}  {name}, {len(paths)} files")
        if whole.hexdigest() != CHECKED_INPUTS[name]:
            print(f"  not the checked input ({CHECKED_INPUTS[name]}); --any-input builds all the same", file=sys.stderr)
            same = False
    return same


def inputs_of_wordnet(folder: Path) -> list[Path]:
    """The files that are read."""
    return [folder / name for part in PARTS for name in (f"data.{part}", f"{part}.exc")]


def inputs_of_scowl(folder: Path) -> list[Path]:
    """The lists up to LARGEST."""
    found = sorted(folder.glob("*-words.*")) + sorted(folder.glob("*-contractions.*"))
    return [path for path in found if int(path.suffix[1:]) <= LARGEST]


def dictionary(folder: Path) -> set[str]:
    """The lower-case words of SCOWL up to LARGEST, the halves of hyphenated ones left out."""
    found: set[str] = set()
    for path in inputs_of_scowl(folder):
        found.update(w for w in path.read_text("latin-1").split() if WORD.fullmatch(w))
    return found


def read_synsets(path: Path, part: str) -> Iterator[tuple[str, Synset]]:
    """The synsets of a data file by address and part (``a``, ``r``, ``n``, ``v``)."""
    letter = {"adj": "a", "adv": "r", "noun": "n", "verb": "v"}[part]
    for line in path.read_text("latin-1").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split("|")[0].split()
        count = int(fields[3], 16)
        words = tuple(re.sub(r"\(.*\)", "", w).lower() for w in fields[4 : 4 + 2 * count : 2])
        at = 4 + 2 * count
        pointers = []
        for number in range(int(fields[at])):
            sign, address, target, ends = fields[at + 1 + 4 * number : at + 5 + 4 * number]
            pointers.append((sign, letter_of(target) + address, ends))
        yield letter + fields[0], Synset(words, tuple(pointers))


def letter_of(part: str) -> str:
    """Satellites stand among the adjectives."""
    return "a" if part == "s" else part


def opposites(synsets: dict[str, Synset]) -> Iterator[tuple[str, str]]:
    """Antonyms as WordNet has them, and those of the adjective that a satellite is similar to."""
    for synset in synsets.values():
        for sign, target, ends in synset.pointers:
            other = synsets[target]
            if sign == "!":
                yield synset.words[int(ends[:2], 16) - 1], other.words[int(ends[2:], 16) - 1]
            elif sign == "&":
                for far_sign, far, far_ends in other.pointers:
                    if far_sign == "!":
                        against = synsets[far].words[int(far_ends[2:], 16) - 1]
                        for word in synset.words:
                            yield word, against
                            yield against, word


def synonyms(synsets: dict[str, Synset]) -> Iterator[tuple[str, str]]:
    """Words that share a synset, and satellites with the adjective they are similar to."""
    for synset in synsets.values():
        yield from itertools.permutations(synset.words, 2)
        for sign, target, _ in synset.pointers:
            if sign == "&":
                yield from itertools.product(synset.words, synsets[target].words)


def irregular(folder: Path) -> Iterator[tuple[str, str]]:
    """Irregular forms and the words they are forms of."""
    for part in PARTS:
        for line in (folder / f"{part}.exc").read_text("latin-1").splitlines():
            form, *bases = line.split()
            yield from ((form, base) for base in bases)


def only(known: set[str], pairs: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    """The pairs of two different known words, by the first."""
    found: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        if first != second and first in known and second in known:
            found[first].add(second)
    return found


def write(path: Path, rows: dict[str, set[str]]) -> None:
    """One line a word."""
    lines = sorted("\t".join([word, " ".join(sorted(others))]).rstrip("\t") for word, others in rows.items())
    path.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="ascii", newline="\n")
    print(f"{path}: {len(rows)} words, {path.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(main())
