"""The command `calque`: reads, calls, renders.

Exit codes: 0 clean, 1 findings, 2 could not run, 3 some input was not read or some output not written.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import normalize
from normalize.commands import manual
from normalize.errors import CalqueError, InputError, UsageError, nearest
from normalize.model import SEVERITIES
from normalize.record import replace
from normalize.report.formats import FORMATS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the return value is the exit code."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - closed from outside
    _speak_utf8()
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _silence()
        return 0
    except OSError as error:
        _silence()
        print(f"calque: the report could not be written: {error.strerror}", file=sys.stderr)
        return 3
    except CalqueError as error:
        from normalize.report.text import escape

        print(f"calque: {escape(str(error))}", file=sys.stderr)
        return 2


def _silence() -> None:
    """Let nothing more be written to a standard output that is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Print UTF-8 whatever the locale; file names that are not UTF-8 come out as escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"calque: {message}; see {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal. argparse makes one for each option, and would load all of shutil to measure it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


@functools.cache
def _columns() -> int:
    try:
        return int(os.environ.get("COLUMNS", 0)) or os.get_terminal_size().columns
    except (OSError, ValueError):
        return 80


Commands = Any
"""What argparse calls _SubParsersAction[ArgumentParser]."""


def _parser(asked: str = "") -> argparse.ArgumentParser:
    """The parser of the command ``asked`` for; of all of them where it is none, or wants to know them."""
    parser = _Parser(
        prog="calque",
        description="Checks translation quality and normalises names in foreign-origin news and other rewritten text.",
        epilog=manual.CALQUE,
        formatter_class=_Formatter,
    )
    parser.add_argument("--version", action=_Version, help="print version and tables, and warn of a clash")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="calque")
    wanted = ADDED_BY.get(asked)
    for add in dict.fromkeys(ADDED_BY.values()) if wanted in (None, "completion") else [wanted]:
        add = importlib.import_module(f"normalize.commands.{add}").add if isinstance(add, str) else add
        add(commands)
    return parser


def _add_lint(commands: Commands) -> None:
    lint = commands.add_parser(
        "lint",
        help="check texts",
        description="Check texts: files, folders, or - for standard input.",
        epilog=manual.LINT,
        formatter_class=_Formatter,
    )
    lint.add_argument("paths", nargs="*", metavar="PATH", help="files, folders or -; without any, the project's files")
    lint.add_argument(
        "--stdin-filename",
        default="-",
        metavar="NAME",
        help="what standard input is called; its ending says the format",
    )
    lint.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        metavar="FORMAT",
        help=f"how to report: {', '.join(FORMATS)} (default: text)",
    )
    lint.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="write a report to a file besides what is printed; may be given several times",
    )
    lint.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        metavar="LEVEL",
        help="exit 1 from this severity on: info, warning (default), error",
    )
    lint.add_argument(
        "--project-files",
        action="store_true",
        help="of the paths, check those alone that the settings name; hooks use it, since they pass every file",
    )
    lint.add_argument("--since", metavar="REV", help="only what stands on lines changed since a git revision")
    lint.add_argument(
        "--furniture", action="store_true", help="print only what was taken for the site's, not the article's"
    )
    lint.add_argument("--no-cache", action="store_true", help="check again what earlier runs remember")
    lint.add_argument("--no-baseline", action="store_true", help="report what the baseline knows, too")
    lint.add_argument("--fix", action="store_true", help="do the safe fixes")
    lint.add_argument("--diff", action="store_true", help="show what --fix would do, and change nothing")
    lint.add_argument("--suggested", action="store_true", help="with --fix or --diff, the suggested fixes too")
    lint.add_argument("--style", metavar="NAME", help="house style (default: neutral)")
    lint.add_argument("--language", metavar="TAG", help="the texts' language (default: front matter, else detected)")
    lint.add_argument(
        "--mentions",
        action="store_true",
        help="list every name in the json report, and what has two names over the texts in json and text",
    )
    lint.add_argument(
        "--date",
        type=_date,
        metavar="YYYY-MM-DD",
        help="of texts that do not give their own; who held which office is judged by it",
    )
    lint.add_argument(
        "--encoding", metavar="NAME", help="of files that are not UTF-8 (default: declared, else guessed)"
    )
    lint.add_argument(
        "--config", metavar="FILE", type=Path, help="settings (default: the nearest calque.toml or pyproject.toml)"
    )
    lint.add_argument(
        "--jobs", type=_count, default=1, metavar="N", help="check in so many processes (0: one for each processor)"
    )
    lint.set_defaults(run=_lint)


def _add_resolve(commands: Commands) -> None:
    resolve = commands.add_parser(
        "resolve",
        help="say whom a name names",
        description="Say whom names name: arguments, or lines of standard input.",
        epilog=manual.RESOLVE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    resolve.add_argument("names", nargs="*", metavar="NAME")
    resolve.add_argument(
        "--table",
        action="append",
        default=[],
        type=Path,
        metavar="FILE.tsv",
        help="your own rows: id name native language kind",
    )
    resolve.add_argument(
        "--only-tables",
        action="store_true",
        help="only the rows of --table: leave the shipped people and places, and the settings' tables, out",
    )
    resolve.add_argument("--language", default="", metavar="TAG", help="the language the names are written in")
    resolve.add_argument("--format", choices=("text", "jsonl"), default="text")
    resolve.set_defaults(run=_resolve)


def _add_forms(commands: Commands) -> None:
    forms = commands.add_parser(
        "forms",
        help="list the forms of a native name",
        description="Every form the schemes make of a native name, with its route.",
        epilog=manual.FORMS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    forms.add_argument("native", metavar="NATIVE")
    forms.add_argument("--language", default="zh", metavar="TAG", help="that of the native form (default: zh)")
    forms.add_argument("--kana", default="", help="of a Japanese name, family and given parted by a space")
    forms.add_argument("--back", action="store_true", help="read a form in Palladius, Wade-Giles or pinyin back")
    forms.add_argument("--name", default="", help="how English spells it, which settles ambiguous readings")
    forms.add_argument("--kind", default="person", choices=("person", "place", "organisation"), help="default: person")
    forms.add_argument("--scheme", metavar="ID", help="one scheme only")
    forms.set_defaults(run=_forms)


def _add_explain(commands: Commands) -> None:
    explain = commands.add_parser(
        "explain",
        help="explain a rule, an entity or a term",
        description="Explain a rule by its code, or an entity or term by its id.",
        epilog=manual.EXPLAIN,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    explain.add_argument("name", metavar="CODE|ENTITY|TERM")
    explain.set_defaults(run=_explain)


ADDED_BY: dict[str, str | Callable[[Commands], None]] = {
    "lint": _add_lint,
    "resolve": _add_resolve,
    "forms": _add_forms,
    "baseline": "baseline",
    "normalize": "batch",
    "verify": "batch",
    "survey": "batch",
    "compare": "compare",
    "score": "score",
    "models": "models",
    "rank": "score",
    "init": "init",
    "rules": "rules",
    "tables": "tables",
    "completion": "completion",
    "explain": _add_explain,
}
"""Every command, and the module under commands/ that adds it to the parser, or the function here that does."""


def _count(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f'"{text}": 0 or a positive number is wanted here')
    return int(text) or os.cpu_count() or 1


def _date(text: str) -> str:
    """A day."""
    from normalize.text.dates import iso_date

    if not (day := iso_date(text)):
        raise argparse.ArgumentTypeError(f'"{text}": a day such as 2025-07-03 is wanted here')
    return day


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from normalize.clash import clashes
        from normalize.index.cache import shipped
        from normalize.index.scan import engine

        print(f"calque {normalize.__version__}, tables {shipped().meta['digest']}, {engine()} matcher")
        for line in clashes():
            print(line)
        raise SystemExit(0)


def _lint(options: argparse.Namespace) -> int:
    from normalize import lint
    from normalize.commands.bar import bar
    from normalize.config import settings
    from normalize.report import formats

    outputs = [formats.wanted(value) for value in options.output]
    if options.diff and options.format != "text":
        raise UsageError(f"--diff is a text of its own; leave out --format {options.format}, or give it as --output")
    if options.suggested and not (options.fix or options.diff):
        raise UsageError("--suggested widens --fix and --diff; give one of them, too")
    config = settings(options.config)
    if options.no_baseline:
        config = replace(config, baseline="")
    fail_on = options.fail_on or config.fail_on
    stdin = (options.stdin_filename, _stdin()) if "-" in options.paths else None
    run = lint.Run.start(
        config, style=options.style, language=options.language, encoding=options.encoding, date=options.date or ""
    )
    paths = options.paths or run.project_files()
    if options.since:
        from normalize.since import Changes

        run.changes = Changes(options.since, Path.cwd())
    # What is remembered are findings alone.
    if not (options.no_cache or options.furniture or options.mentions) and (
        len(paths) > 1 or any(os.path.isdir(path) for path in paths)
    ):
        run.remember()
    with bar("files") as progress:
        named = run.named_by_settings(paths) if options.project_files else paths
        run.read(named, stdin, jobs=options.jobs, progress=progress)
    if options.furniture:
        from normalize.report import furniture

        for line in furniture.render(run.checked):
            print(line)
        return 3 if run.errors else 0
    if options.fix or options.diff:
        run.fix(suggested=options.suggested, only_show=options.diff)
    if options.mentions:
        run.name_everyone()
    for name, path in outputs:
        run.write_report(name, path, fail_on)
    if options.diff:
        from normalize.report.text import escape_lines

        for line in run.diffs:
            print(escape_lines(line), end="")
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for line in formats.render(options.format, run.material(), fail_on=fail_on, colour=colour):
            print(line.removesuffix("\n"))
    for note in run.guesses():
        print(f"calque: {note}", file=sys.stderr)
    if options.format == "text":
        print(run.summary(), file=sys.stderr)
    for _, message in run.errors:
        print(f"calque: {message}", file=sys.stderr)
    return run.exit_code(fail_on)


def _resolve(options: argparse.Namespace) -> int:
    import json

    from normalize.config import settings
    from normalize.index.own import with_tables
    from normalize.names.lookup import Gazetteer
    from normalize.project import own_tables
    from normalize.tables.locate import tables_root

    own = () if options.only_tables else own_tables(settings())
    gazetteer = Gazetteer(with_tables(own), options.table, tables_root(), only_tables=options.only_tables)
    for query in options.names or _stdin_lines():
        found = gazetteer.resolve(query, options.language)
        if options.format == "jsonl":
            candidates = [{"id": c.id, "name": c.name, "score": c.score, "route": c.route} for c in found.candidates]
            print(json.dumps({"query": query, "verdict": found.verdict, "candidates": candidates}, ensure_ascii=False))
        else:
            likely = [c for c in found.candidates if c.score >= found.candidates[0].score / 10]
            answers = "; ".join(f"{c.name} ({c.id}, {c.score:.2f}: {c.route})" for c in likely)
            print(f"{query}: {found.verdict}{': ' + answers if answers else ''}")
    return 0


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("standard input is closed; give a file, or pipe a text in")
    return sys.stdin.buffer


def _stdin_lines() -> Iterator[str]:
    for number, line in enumerate(_stdin(), 1):
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError(f"standard input, line {number}: not UTF-8; convert it and run again") from None


def _forms(options: argparse.Namespace) -> int:
    from normalize.channels.backward import REVERSIBLE, read_back
    from normalize.channels.names import listing, shorten
    from normalize.channels.native import part
    from normalize.channels.write import MOST_FORMS
    from normalize.tables.load import load_schemes
    from normalize.tables.locate import tables_root

    if options.back:
        for column in REVERSIBLE:
            for reading in read_back(options.native, column, tables_root()):
                print(f"{' '.join(reading)}\tread back from {column}")
        return 0
    schemes = load_schemes(tables_root())
    if options.scheme and options.scheme not in schemes:
        raise UsageError(f'no scheme "{options.scheme}"{nearest(options.scheme, schemes)}')
    name = part(
        options.native, options.language, tables_root(), kind=options.kind, canonical=options.name, kana=options.kana
    )
    wanted = [schemes[options.scheme]] if options.scheme else schemes.values()
    found = (form for form in listing(name, wanted, tables_root()) if form.role != "exonym" or not options.scheme)
    shown, left = shorten(dict.fromkeys(found), MOST_FORMS)
    for form in shown:
        print(f"{form.text}\t{form.channel}\t{form.route}")
    for way, count in left.items():
        print(f"calque: {count} more by {way}; --scheme shows them", file=sys.stderr)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from normalize.config import settings
    from normalize.explain import explain
    from normalize.project import own_tables
    from normalize.tables.load import load
    from normalize.tables.locate import tables_root

    for line in explain(options.name, load(tables_root(), own_tables(settings()))):
        print(line)
    return 0


__all__ = ["main"]
