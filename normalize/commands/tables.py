"""`calque tables`: check, count, format, extend, compare, export and import the tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EPILOG = """examples:
  calque tables check                      every problem of the tables, with file, line, cause and cure
  calque tables stats                      rows by kind, sources, languages, forms, collisions
  calque tables import wikidata dump.json.gz people.tsv --kind person --sitelinks 20
  calque tables export tsv > hubs.tsv      every hub as a row; or jsonl, ftm
  calque tables diff old/aliases aliases   what a change does to forms and collisions
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "tables",
        help="check, count, format, extend, import and export the tables",
        description="Work with the tables: the shipped ones, a folder like aliases/, or your own files.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)

    check = verbs.add_parser("check", help="every problem, with file, line, cause and cure")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a folder like aliases/, or your own tables")
    check.add_argument(
        "--collisions", action="store_true", help="list every form with two owners, and how it is handled"
    )
    check.set_defaults(run=_check)

    stats = verbs.add_parser("stats", help="rows by kind, sources, languages, forms, collisions")
    stats.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a folder like aliases/, or your own tables")
    stats.set_defaults(run=_stats)

    form = verbs.add_parser("format", help="bring TOML tables into their normal form")
    form.add_argument("paths", nargs="+", type=Path, metavar="FILE.toml")
    form.add_argument("--check", action="store_true", help="change nothing; exit 1 if a file is not in normal form")
    form.set_defaults(run=_format)

    new = verbs.add_parser("add", help="write a new entry where it belongs; asks for what is missing")
    new.add_argument("kind", choices=("person", "place", "organisation", "office"))
    new.add_argument("values", nargs="*", metavar="KEY=VALUE", help='such as name="Wang Yi" native=王毅 language=zh')
    new.add_argument("--into", type=Path, metavar="FILE.toml", help="the file (default: by kind and country)")
    new.set_defaults(run=_add)

    diff = verbs.add_parser("diff", help="what a change does to forms and collisions")
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, metavar="NEW", nargs="?")
    diff.set_defaults(run=_diff)

    export = verbs.add_parser("export", help="every hub as TSV, JSON lines or FollowTheMoney entities")
    export.add_argument("format", choices=("tsv", "jsonl", "ftm"))
    export.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a folder like aliases/, or your own tables"
    )
    export.set_defaults(run=_export)

    _add_import(verbs)


def _add_import(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    imported = verbs.add_parser(
        "import",
        help="make a user table of a foreign file",
        description="Stream a foreign file into a user table; a stopped import goes on when it is given again.",
    )
    imported.add_argument(
        "format",
        metavar="FORMAT",
        help="wikidata, ftm, statements, geonames, paranames, jrc-names, cldr, popolo, variants",
    )
    imported.add_argument("source", type=Path, metavar="IN", help="may be packed with gzip, bzip2, xz or zstd")
    imported.add_argument("out", type=Path, metavar="OUT", help="OUT.tsv or OUT.toml")
    for name, what in (
        ("kind", "person, place, organisation, office"),
        ("country", "a code like cn"),
        ("language", "of forms"),
    ):
        imported.add_argument(
            f"--{name}", action="append", default=[], metavar=name.upper(), help=f"only these: {what}"
        )
    imported.add_argument("--sitelinks", type=int, default=0, metavar="N", help="only what has N wiki pages or more")
    imported.add_argument("--columns", metavar="A,B,…", help="jrc-names: which column is id, kind, language, form")
    imported.add_argument("--names", type=Path, metavar="FILE", help="geonames: alternateNamesV2.txt")
    imported.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    """Stream; 3 if lines were broken, as with any input of which a part could not be read."""
    from normalize.tables.importers import run as importer

    columns = tuple(options.columns.split(",")) if options.columns else importer.Job.columns
    choice = importer.Choice(
        frozenset(options.kind),
        frozenset(country.lower() for country in options.country),
        frozenset(options.language),
        options.sitelinks,
    )
    job = importer.Job(options.format, options.source, options.out, choice, columns, options.names)
    count = importer.run(job, sys.stderr if sys.stderr.isatty() else None)
    for line in importer.summary(job, count):
        print(f"calque: {line}", file=sys.stderr)
    return 3 if count.broken else 0


def _check(options: argparse.Namespace) -> int:
    """Print every problem; exit 1 if there is one."""
    from normalize.index.collisions import collisions
    from normalize.tables.problems import problems

    found, tables = problems(options.paths)
    lines = [str(problem) for problem in found]
    if tables:
        listed = collisions(tables) if options.collisions or not options.paths else []
        lines += [collision.line() for collision in listed if not collision.handling]
        if options.collisions:
            print("\n".join(collision.line() for collision in listed))
    for line in lines:
        print(line)
    print(f"calque: {len(lines)} problem{'s' * (len(lines) != 1)}", file=sys.stderr)
    return 1 if lines else 0


def _stats(options: argparse.Namespace) -> int:
    from normalize.index.stats import stats
    from normalize.tables.problems import read

    for line in stats(read(options.paths)):
        print(line)
    return 0


def _format(options: argparse.Namespace) -> int:
    from normalize.errors import OutputError
    from normalize.tables.format import format_text
    from normalize.tables.read import Source
    from normalize.whole import write_whole

    changed = 0
    for path in options.paths:
        text = Source(path).text
        formatted = format_text(text, str(path))
        if formatted == text:
            continue
        changed += 1
        if options.check:
            print(f"{path}: not in normal form; calque tables format {path}")
            continue
        try:
            write_whole(path, [formatted.encode()])
        except OSError as error:
            raise OutputError(f"{path}: not written ({error.strerror}); it stands as it was") from None
        print(f"{path}: formatted")
    return 1 if changed and options.check else 0


def _add(options: argparse.Namespace) -> int:
    from normalize.tables.add import add_entry

    ask = _ask if sys.stdin.isatty() else None
    print(add_entry(options.kind, options.values, options.into, ask))
    return 0


def _ask(question: str) -> str:
    """An answer typed in; whoever ends the questions ends the command."""
    from normalize.errors import UsageError

    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        print()
        raise UsageError("stopped at a question; nothing was written") from None


def _diff(options: argparse.Namespace) -> int:
    from normalize.index.collisions import difference
    from normalize.tables.problems import read

    lines = list(difference(read([options.old]), read([options.new] if options.new else [])))
    for line in lines:
        print(line)
    return 1 if lines else 0


def _export(options: argparse.Namespace) -> int:
    from normalize.tables.export import EXPORTS
    from normalize.tables.problems import read

    for line in EXPORTS[options.format](read(options.paths)):
        print(line)
    return 0
