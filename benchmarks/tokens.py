"""Single words of names in other scripts among English ones: `python -m benchmarks.tokens PAIRS [--only kana han]`.

PAIRS is the folder that `tools/learn_spellings.py` learns from. The candidates are the English tokens of a fifth of the
pairs, by the hash by which that script leaves them out (``--hold-out 5``): the shipped tables were learned without.
Right means that the first choice is an English token that the pairs give for the query.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from normalize.channels.spellings import letters_of
from normalize.names.recognise import Recogniser
from normalize.tables.locate import tables_root
from tools.learn_spellings import TOKENS, is_held_out

HELD = 5
DRAWN = 1500


def main(arguments: Sequence[str] | None = None) -> None:
    """Print candidates, queries and the share of right first choices by script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--only", nargs="*", default=sorted(TOKENS.values()))
    parser.add_argument("--drawn", type=int, default=DRAWN)
    options = parser.parse_args(arguments)
    print("script", "candidates", "queries", "right", sep="\t")
    for name, script in TOKENS.items():
        if script not in options.only:
            continue
        wanted = defaultdict[str, set[str]](set)
        for line in (options.pairs / f"wd_{name}_80.tsv").read_text("utf-8").splitlines():
            english, other, _ = line.split("\t")
            if (letters := letters_of(english)) and is_held_out(letters, HELD):
                wanted[other.replace(" ", "")].add(letters)
        names = sorted(set().union(*wanted.values()))
        recogniser = Recogniser(names, tables_root())
        drawn = random.Random(7).sample(sorted(wanted), min(options.drawn, len(wanted)))
        found = {signs: recogniser.find(signs)[:1] for signs in drawn}
        right = sum(names[match.row] in wanted[signs] for signs, first in found.items() for match in first)
        print(script, len(names), len(drawn), f"{right / len(drawn):.2f}", sep="\t")


if __name__ == "__main__":
    main()
