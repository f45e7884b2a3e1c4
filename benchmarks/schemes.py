"""How many forms a hub has, how long they take, and how a user's table grows.

    python benchmarks/schemes.py                          # the shipped hubs, and tables of 100, 1,000 and 10,000 rows
    python benchmarks/schemes.py --rows 100 1000

The rows of the tables are made-up names: a frequent family name and one or two characters that all reading tables know,
drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from normalize.channels import names
from normalize.channels.readings import han
from normalize.index.cache import shipped
from normalize.index.compile import forms_of
from normalize.names.lookup import Gazetteer
from normalize.tables.load import load
from normalize.tables.locate import tables_root
from normalize.text.fold import fold

FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
LOOKUPS = 20_000
MOST_FORMS = 400


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[100, 1000, 10_000])
    options = parser.parse_args(arguments)
    hubs()
    with tempfile.TemporaryDirectory() as folder:
        for count in options.rows:
            table(count, Path(folder) / f"{count}.tsv")
    return 0


def hubs() -> None:
    """Forms of the shipped hubs that have a native form: of all schemes, and of those that texts are searched for."""
    tables = load(tables_root())
    schemes = list(tables.schemes.values())
    entities = [e for e in tables.entities.values() if e.native and e.kind in ("person", "place")]
    start = time.process_time()
    counts = {e.id: len({f.text for f in names.forms(e, schemes, tables.root)}) for e in entities}
    spent = time.process_time() - start
    over = sorted(((count, hub) for hub, count in counts.items() if count > MOST_FORMS), reverse=True)
    numbers = sorted(filter(None, counts.values()))
    each = spent / sum(numbers) * 1e6
    print(f"{len(schemes)} schemes, {len(numbers)} hubs with forms, {sum(numbers)} forms, {each:.1f} µs a form")
    middle = statistics.median(numbers)
    print(f"  forms a hub: median {middle:.0f}, max {numbers[-1]}; {len(over)} hubs above {MOST_FORMS}")
    for count, hub in over[:20]:
        print(f"    {count - MOST_FORMS} over: {hub}")
    start = time.process_time()
    searched = sorted(sum(f.role == "reading" for f in forms_of(e, tables)) for e in entities if counts[e.id])
    print(f"  searched for in copy: {sum(searched)}, median {statistics.median(searched):.0f}, max {searched[-1]}"
          f" ({time.process_time() - start:.1f} s)")  # fmt: skip


def table(count: int, path: Path) -> None:
    """Start and look-ups of a table of ``count`` rows."""
    random_ = random.Random(5)
    write_table(count, path, random_)
    for language, absent in (("vi", ""), ("ru", ""), ("", "Nobody Knows Him")):
        pack, start = shipped(), time.process_time()
        gazetteer = Gazetteer(pack, [path], tables_root(), only_tables=True)
        opened = time.process_time()
        gazetteer.resolve(absent or {"vi": "Vương Nghị", "ru": "Ван И"}[language], language)
        first = time.process_time()
        queries = gazetteer.some_forms(LOOKUPS, random_)
        begun = time.process_time()
        for query in queries:
            gazetteer.resolve(query, language)
        rate = len(queries) / (time.process_time() - begun)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count} rows, language {language or 'any'}: open {opened - start:.2f} s, first {first - opened:.2f} s, "
              f"{gazetteer.size} forms entered, {rate:,.0f} look-ups a second, {memory} MB at most")  # fmt: skip


def write_table(count: int, path: Path, random_: random.Random) -> None:
    """A user's table of made-up names."""
    readings = han(tables_root())
    known = [c for c in readings.columns["hanviet"] if readings.toned(c) and c in readings.columns["hangul"]]
    given, seen = known[:6000:3], dict[str, str]()
    while len(seen) < count:
        name = random_.choice(FAMILIES) + "".join(random_.choice(given) for _ in range(random_.choice((1, 2, 2, 2))))
        spelt = [fold(readings.toned(char)[0]) for char in name]
        seen[name] = f"{spelt[0].capitalize()} {''.join(spelt[1:]).capitalize()}"
    rows = [f"e{n}\t{english}\t{native}\tzh\tperson\n" for n, (native, english) in enumerate(seen.items())]
    path.write_text("id\tname\tnative\tlanguage\tkind\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
