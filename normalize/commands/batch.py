"""`calque normalize`, `calque verify` and `calque survey`: read, call, render."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.commands import manual
from normalize.config import settings
from normalize.errors import UsageError, nearest

if TYPE_CHECKING:
    from normalize.batch.job import Job
    from normalize.batch.runner import Result, Watch
    from normalize.check import Checker
    from normalize.config import Config


def add(commands: Any) -> None:
    """Add the commands to the parser's own."""
    normalize = commands.add_parser(
        "normalize",
        help="normalise the names of a corpus",
        description="Normalise the names of a corpus, shard by shard. OUT is a folder that mirrors the inputs; "
        "a run that was ended, however it was, goes on where it stood.",
        epilog=manual.NORMALIZE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    normalize.add_argument("inputs", nargs="+", metavar="IN", help="files, folders or globs")
    normalize.add_argument("out", metavar="OUT", type=Path, help="the folder to write to")
    normalize.add_argument(
        "--rewrite",
        action="append_const",
        dest="modes",
        const="rewrite",
        help="do the safe fixes of names (the default)",
    )
    normalize.add_argument(
        "--annotate", action="append_const", dest="modes", const="annotate", help="add a column of mentions"
    )
    normalize.add_argument(
        "--findings",
        action="append_const",
        dest="modes",
        const="findings",
        help="write what every rule finds beside the shards",
    )
    normalize.add_argument("--suggested", action="store_true", help="do the suggested fixes of names too")
    normalize.add_argument("--quotations", action="store_true", help="do fixes in quotations and bylines too")
    normalize.add_argument("--no-resume", dest="resume", action="store_false", help="make every shard anew")
    _add_choices(normalize)
    normalize.set_defaults(run=_normalize)

    verify = commands.add_parser(
        "verify", help="prove that a corpus was normalised whole",
        description="Count the rows and compare the hashes of an output folder. Exit 1 if anything is wrong.",
        epilog=manual.VERIFY, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verify.add_argument("out", metavar="OUT", type=Path)
    verify.set_defaults(run=_verify)

    survey = commands.add_parser(
        "survey", help="say what stands in a corpus",
        description="Which entities occur under which forms, where forms are mixed, which unknown readings recur.",
        epilog=manual.SURVEY, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    survey.add_argument("inputs", nargs="+", metavar="IN", help="files, folders or globs")
    survey.add_argument(
        "--format", choices=("text", "json", "html", "toml"), default="text", help="toml: stubs for the tables"
    )
    _add_choices(survey)
    survey.set_defaults(run=_survey)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--column", action="append", metavar="PATH", help="text column, or path to it (article.body); default: text"
    )
    parser.add_argument(
        "--language", default="", metavar="TAG", help="the texts' language (default: that of the settings, or detected)"
    )
    parser.add_argument(
        "--language-column", default="", metavar="PATH", help="the column that says each row's language"
    )
    parser.add_argument("--style", metavar="NAME", help="house style (default: that of the settings, or neutral)")
    parser.add_argument("--only", default="", metavar="KINDS", help="persons,places,organisations,offices,terms")
    parser.add_argument("--min-confidence", type=float, default=0.0, metavar="P", help="nothing less sure than this")
    parser.add_argument("--lines", action="store_true", help="in plain text every line is a document")
    parser.add_argument(
        "--table",
        action="append",
        default=[],
        metavar="FILE",
        type=Path,
        help="people, places … of your own, TSV or TOML, beside the shipped ones; may be given more than once",
    )
    parser.add_argument(
        "--index",
        default="",
        metavar="FILE",
        help="a compiled index in place of the shipped one, without the settings' tables",
    )
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="default: as many as there are cores")
    parser.add_argument(
        "--batch-size", type=int, default=128, metavar="ROWS", help="rows between two looks at the clock (default: 128)"
    )
    parser.add_argument(
        "--log-format", choices=("text", "json"), default="text", help="how to show the run on standard error"
    )


def _job(options: argparse.Namespace, **more: Any) -> Job:
    from normalize.batch.job import KINDS, Job

    only = [word.strip() for word in options.only.split(",") if word.strip()]
    for word in only:
        if word not in KINDS:
            raise UsageError(f'--only: no kind "{word}"{nearest(word, KINDS) or "; there is " + ", ".join(KINDS)}')
    config = settings()
    if not 0 <= options.min_confidence <= 1:
        raise UsageError("--min-confidence: a number from 0 to 1 is wanted")
    if options.batch_size < 1 or options.processes < 0:
        raise UsageError("--batch-size and --processes: a number above 0 is wanted")
    checker, index = _settled(options, config)
    return Job(
        columns=tuple(options.column or ["text"]),
        language=checker.language,
        language_column=options.language_column,
        style=checker.style,
        house=json.dumps(config.house, ensure_ascii=False, sort_keys=True) if config.house else "",
        ignore=checker.ignore,
        only=tuple(sorted(KINDS[word] for word in only)),
        min_confidence=options.min_confidence,
        document="line" if options.lines else "file",
        index=index,
        **more,
    )


def _settled(options: argparse.Namespace, config: Config) -> tuple[Checker, str]:
    """What the settings and the options come to, and the path of the index that the processes of the run open: empty
    for the shipped one alone.
    """
    from normalize.batch.rows import pack_of
    from normalize.project import checker_under

    if options.index and options.table:
        raise UsageError("--table and --index: give one of them; tables stand beside the shipped index")
    index = str(Path(options.index).resolve()) if options.index else ""
    pack = pack_of(index) if index else None
    checker = checker_under(config, style=options.style, language=options.language, tables=options.table, pack=pack)
    if checker.own_tables:
        index = checker.pack.where
        if not Path(index).is_file():
            raise UsageError("the compiled tables could not be kept; set XDG_CACHE_HOME to a writable folder")
    return checker, index


def _run(options: argparse.Namespace, job: Job, out: Path | None) -> Result:
    _need_arrow()
    from normalize.batch.runner import run

    return run(
        options.inputs, out, job, _watch(options),
        processes=options.processes, batch_size=options.batch_size, resume=out is None or options.resume,
    )  # fmt: skip


def _need_arrow() -> None:
    from importlib.util import find_spec

    if not find_spec("pyarrow"):
        raise UsageError('corpora need pyarrow, which is not installed; try: pip install "calque[batch]"')


def _watch(options: argparse.Namespace) -> Watch:
    from normalize.batch.progress import Logged, Shown

    return Logged(sys.stderr) if options.log_format == "json" else Shown(sys.stderr)


def _normalize(options: argparse.Namespace) -> int:
    from normalize.batch.job import Mode
    from normalize.batch.summary import as_json, lines, write

    order: tuple[Mode, ...] = ("rewrite", "annotate", "findings")
    chosen = options.modes or ["rewrite"]
    job = _job(
        options,
        modes=tuple(mode for mode in order if mode in chosen),
        suggested=options.suggested,
        quotations=options.quotations,
    )
    result = _run(options, job, options.out)
    result.errors += write(result, options.out, job.index)
    _say_errors(options, result)
    if options.log_format == "json":
        print(json.dumps({"event": "summary", **as_json(result, job.index)}, ensure_ascii=False), file=sys.stderr)
    else:
        for line in lines(result, job.index):
            print(line)
    return result.exit_code


def _say_errors(options: argparse.Namespace, result: Result) -> None:
    said = {outcome.why for outcome in result.outcomes if outcome.state == "failed"}
    for message in result.errors:
        if message not in said:
            print(f"calque: {message}", file=sys.stderr)
    if result.rows("dead"):
        what = "went through unchanged; the files *.dead.jsonl beside the shards say which and why"
        what = what if "out" in options else "were left out"
        print(f"calque: {result.rows('dead'):,} rows could not be checked and {what}", file=sys.stderr)
    if result.stopped:
        print("calque: ended before all was done; the same command goes on where it stood", file=sys.stderr)


def _verify(options: argparse.Namespace) -> int:
    _need_arrow()
    from normalize.batch.verify import verify

    faults, counts = verify(options.out)
    for fault in faults:
        print(f"calque: {fault}", file=sys.stderr)
    rows = f"{counts['in']:,} rows in, {counts['out']:,} out, {counts['dead']:,} of them unchecked"
    print(f"{counts['shards']:,} shards: {rows}; {f'{len(faults)} faults' if faults else 'nothing lost'}")
    return 1 if faults else 0


def _survey(options: argparse.Namespace) -> int:
    from normalize.batch.page import page
    from normalize.batch.summary import as_json
    from normalize.batch.survey import lines, stubs

    job = _job(options, modes=("findings",))
    result = _run(options, job, None)
    _say_errors(options, result)
    summary = as_json(result, job.index)
    match options.format:
        case "json":
            print(json.dumps(summary, ensure_ascii=False, indent=1))
        case "html":
            print(page(summary, "Survey"))
        case "toml":
            print(stubs(result.tally), end="")
        case _:
            for line in lines(result, job.index):
                print(line)
    return result.exit_code
