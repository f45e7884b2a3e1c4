"""How many places of a list from elsewhere the tables know: `places.tsv`, drawn before any of it was looked up.

    python -m benchmarks.places [FILE.tsv]

Prints every row that was not resolved to the place named, then the counts by language. A row counts as known where the
likeliest place bears the English name, whatever its marks; "sure" where nothing else comes near.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from normalize.index.cache import shipped
from normalize.names.lookup import Gazetteer
from normalize.tables.locate import tables_root
from normalize.text.fold import key


def main() -> int:
    """Look every form up in its language and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", nargs="?", type=Path, default=Path(__file__).with_name("places.tsv"))
    options = parser.parse_args()
    pack = shipped()
    gazetteer = Gazetteer(pack, [], tables_root(), only_tables=False)
    asked: Counter[str] = Counter()
    known: Counter[str] = Counter()
    sure = 0
    for line in options.list.read_text("utf-8").splitlines():
        form, language, english, where = line.split("\t") if not line.startswith("#") else ("form", "", "", "")
        if form == "form":
            continue
        asked[language] += 1
        found = gazetteer.resolve(form, language)
        best = pack.entity(found.candidates[0].id) if found.candidates else None
        if best and key(english) in {key(name) for name in (best.name, *best.aliases, *best.weak)}:
            known[language] += 1
            sure += found.verdict == "sure"
        else:
            print(f"{form} ({language}): {english} in {where}; here {best.name if best else 'unknown'}")
    print(f"{known.total()} of {asked.total()} known, {sure} of them sure: ", end="")
    print(", ".join(f"{language} {known[language]} of {count}" for language, count in sorted(asked.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
