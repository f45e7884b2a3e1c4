"""Count the people, offices and organisations of the tables: rows, share with a source, languages, files.

    python tools/count_tables.py [--aliases aliases] [--draw 200 --seed 1]

``--draw`` prints that many rows at random, without what is to be checked in them: native forms and dates.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from normalize.model import Entity, Person
from normalize.tables.load import load

KINDS = ("person", "office", "organisation")


def main(arguments: Sequence[str] | None = None) -> int:
    """Load the tables and print the counts, or the drawn rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aliases", type=Path, default=Path("aliases"), help="the folder of the tables")
    parser.add_argument("--draw", type=int, default=0, help="print this many rows drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)

    entities = [e for e in load(options.aliases).entities.values() if e.kind in KINDS]
    if options.draw:
        for entity in random.Random(options.seed).sample(entities, options.draw):
            print(shown(entity))
        return 0
    held = {holding.office for e in entities if isinstance(e, Person) for holding in e.offices}
    for kind in KINDS:
        rows = [e for e in entities if e.kind == kind]
        sourced, native = sum(bool(e.source) for e in rows), sum(bool(e.native) for e in rows)
        share = f"{sourced} with a source ({sourced / len(rows):.0%})"
        print(f"{kind:<13} {len(rows):>5} rows, {share}, {native} with a native form")
    people = [e for e in entities if isinstance(e, Person)]
    holdings = [holding for person in people for holding in person.offices]
    print(f"offices with holders {len(held)}; holdings {len(holdings)}, dated {sum(bool(h.since) for h in holdings)}")
    languages = Counter(e.language for e in entities if e.native)
    print("native forms by language:", ", ".join(f"{name} {count}" for name, count in languages.most_common()))
    countries = Counter(person.country for person in people)
    print("people by country:", ", ".join(f"{name or '-'} {count}" for name, count in countries.most_common(40)))
    return 0


def shown(entity: Entity) -> str:
    """A row without its native form and dates."""
    offices = " ".join(holding.office for holding in entity.offices) if isinstance(entity, Person) else ""
    return "\t".join([entity.id, entity.name, entity.country, entity.language, offices])


if __name__ == "__main__":
    sys.exit(main())
