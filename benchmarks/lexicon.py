"""How often the English lexicon calls a right word unknown, and what the suffix rules make of the unknown ones.

    python benchmarks/lexicon.py BENCH_FOLDER [--lexicon aliases/lexicon/en.txt] [--show]

``BENCH_FOLDER`` holds ``native_english.dev.tsv``: English written in English, whose words are right but for its own
typing errors. Two counts matter there: unknown words in 1,000, and how many of them a suffix rule would "cure" (a false
alarm, unless the writer really erred). ``benchmarks/coinages.tsv`` holds coinages of our own with the word they stand
for: how many are unknown, and how many are cured rightly.
"""

from __future__ import annotations

import argparse
import collections
import csv
import re
import sys
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
PLAIN = re.compile(r"[a-z]{4,}")
GLUED = re.compile(r"[\w@#/.'’\-]")
"""A neighbour that makes a run of letters part of something else: an address, a handle, a hyphenated word."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path, help="folder of native_english.dev.tsv")
    parser.add_argument("--lexicon", type=Path, default=ROOT / "aliases/lexicon/en.txt")
    parser.add_argument("--suffixes", type=Path, default=ROOT / "aliases/lexicon/suffixes.toml")
    parser.add_argument("--coinages", type=Path, default=ROOT / "benchmarks/coinages.tsv")
    parser.add_argument("--show", action="store_true", help="print the words too")
    options = parser.parse_args(arguments)

    words = options.lexicon.read_text(encoding="ascii").split()
    listed = [row[0] for row in read_tsv(ROOT / "aliases/lexicon/coinages.tsv") if row[2] == "strong"]
    swaps = read_swaps(options.suffixes)
    report_native(options.bench / "native_english.dev.tsv", words, listed, swaps, show=options.show)
    report_coinages(options.coinages, words, swaps, show=options.show)
    return 0


def report_native(
    path: Path, words: Sequence[str], listed: Sequence[str], swaps: Sequence[Mapping[str, str]], *, show: bool
) -> None:
    """What native text has that the lexicon has not."""
    total = 0
    unknown: collections.Counter[str] = collections.Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            total += len(TOKEN.findall(row["text"]))
            unknown.update(word for word in plain_words(row["text"]) if not contains(words, word))
    count = sum(unknown.values())
    cured = {word: cures for word in sorted(unknown) if (cures := cure(word, words, swaps))}
    coined = sorted(word for word in unknown if word in listed)
    print(f"native English: {total} words, {count} unknown = {1000 * count / total:.2f} in 1,000; {len(unknown)} kinds")
    print(f"  cured by a suffix rule: {len(cured)} {cured}")
    print(f"  listed in coinages.tsv: {len(coined)} {coined}")
    if show:
        print("  " + " ".join(sorted(unknown)))


def report_coinages(path: Path, words: Sequence[str], swaps: Sequence[Mapping[str, str]], *, show: bool) -> None:
    """What the rules make of coinages whose cure is known."""
    rows = read_tsv(path)
    unknown = [row for row in rows if not contains(words, row[0])]
    right = [row for row in unknown if row[1] in cure(row[0], words, swaps)[:1]]
    wrong = [(row[0], cure(row[0], words, swaps)) for row in unknown if row not in right and cure(row[0], words, swaps)]
    print(f"coinages: {len(rows)}, unknown {len(unknown)}, cured rightly {len(right)}, otherwise {len(wrong)} {wrong}")
    if show:
        print("  known:", " ".join(row[0] for row in rows if row not in unknown))
        print("  not cured:", " ".join(row[0] for row in unknown if not cure(row[0], words, swaps)))


def plain_words(text: str) -> Iterator[str]:
    """The lower-case words of four letters or more that stand alone."""
    for match in TOKEN.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        glued = GLUED.match(before) or (GLUED.match(after) and text[match.end() + 1 :][:1].isalnum())
        if PLAIN.fullmatch(match[0]) and not glued:
            yield match[0]


def cure(word: str, words: Sequence[str], swaps: Iterable[Mapping[str, str]]) -> list[str]:
    """The known words that a suffix rule makes of ``word``, in the order of the rules."""
    found: list[str] = []
    for swap in swaps:
        wrong, right = swap["wrong"], swap["right"]
        stem = word.removesuffix(wrong)
        if stem == word or len(stem) < int(swap.get("stem", 3)) or not re.search(swap.get("after", ""), stem):
            continue
        made = stem + right
        if contains(words, made) and made not in found:
            found.append(made)
    return found


def contains(words: Sequence[str], word: str) -> bool:
    """Whether the sorted ``words`` hold ``word``."""
    place = bisect_left(words, word)
    return place < len(words) and words[place] == word


def read_swaps(path: Path) -> list[Mapping[str, str]]:
    """The ``[[swap]]`` entries in their order."""
    entries: list[Mapping[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["swap"]
    return entries


def read_tsv(path: Path) -> list[list[str]]:
    """Rows without comments and the header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return rows[1:]


if __name__ == "__main__":
    sys.exit(main())
