"""How long an import takes and how much memory: a stream in the shape of Wikidata's dump, made here.

    python -m benchmarks.importers [--entities 100000] [--packed]

Prints entities, size, seconds of wall clock and of processor time, and the highest resident size of the process. The
entities are invented: a person with labels in eight languages, aliases, claims with qualifiers, sitelinks.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.tables.importers import run as importer

LANGUAGES = ("en", "de", "fr", "vi", "ru", "zh-hans", "ja", "ar")
FILLER = 60
"""Statements beside those that are read: an item of the dump has some dozens, which must be parsed as well."""


def entities(count: int) -> Iterator[str]:
    """The lines of a dump."""
    yield "[\n"
    for number in range(1, count + 1):
        yield json.dumps(entity(number), ensure_ascii=False) + (",\n" if number < count else "\n")
    yield "]\n"


def entity(number: int) -> dict[str, Any]:
    """One invented person; every thousandth is cut short by `entities`' caller if it wants broken lines."""
    name = f"Name{number % 9973} Family{number}"
    filler = {
        f"P{1000 + n}": [_claim({"id": f"Q{number + n}"}, hash=f"{number:032x}", references=[{"snaks": {}}])]
        for n in range(FILLER)
    }
    held = _claim({"id": f"Q{number % 500}"}, qualifiers={"P580": [_time("2019-03-01")], "P582": [_time("2023-03-01")]})
    return {
        "type": "item",
        "id": f"Q{number}",
        "labels": {n: {"language": n, "value": f"{name} {n}" if n != "en" else name} for n in LANGUAGES},
        "descriptions": {n: {"language": n, "value": f"a person of the benchmark in {n}"} for n in LANGUAGES},
        "aliases": {"en": [{"language": "en", "value": f"N. Family{number}"}]},
        "claims": {"P31": [_claim({"id": "Q5"})], "P27": [_claim({"id": "Q148"})], "P39": [held], **filler},
        "sitelinks": {f"{n}wiki": {"site": f"{n}wiki", "title": name, "badges": []} for n in LANGUAGES},
    }


def _claim(value: dict[str, Any], **more: Any) -> dict[str, Any]:
    snak = {"snaktype": "value", "property": "P1", "datavalue": {"value": value, "type": "wikibase-entityid"}}
    return {"mainsnak": snak, "type": "statement", "id": "Q1$0", "rank": "normal", **more}


def _time(day: str) -> dict[str, Any]:
    value = {"time": f"+{day}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": 11}
    return {"snaktype": "value", "property": "P580", "datavalue": {"value": value, "type": "time"}}


def main() -> int:
    """Make the stream, import it, say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--packed", action="store_true", help="gzip the stream, as dumps come")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "dump.json.gz" if options.packed else "dump.json")
        with (
            gzip.open(source, "wt", compresslevel=1, encoding="utf-8")
            if options.packed
            else source.open("w", encoding="utf-8") as out
        ):
            out.writelines(entities(options.entities))
        job = importer.Job("wikidata", source, Path(folder, "out.tsv"))
        wall, cpu = time.perf_counter(), time.process_time()
        count = importer.run(job)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count.taken} entities, {source.stat().st_size / 1e6:.0f} MB: {wall:.1f} s, processor {cpu:.1f} s, ",
            end="",
        )
        print(f"at most {memory:.0f} MB resident")
    return 0


if __name__ == "__main__":
    sys.exit(main())
