"""`calque compare`: a rewrite held against references, its source or its siblings."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from normalize.errors import UsageError
from normalize.model import SEVERITIES

EPILOG = """examples:
  calque compare rewrite.txt --reference wire.txt         what changed against the wire's text
  calque compare rewrite.txt --reference a.txt --reference b.txt --info
  calque compare rewrite.txt --source original.txt --source-language vi
  calque compare --pairs pairs.tsv --format json          many pairs: id text reference source source_language
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "compare",
        help="hold a text against a reference, its source or its siblings",
        description="Hold a rewrite against other texts of the same story: numbers, names, negations, quotations.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rewrite", nargs="?", metavar="REWRITE")
    parser.add_argument("--reference", action="append", default=[], metavar="FILE", help="another telling; repeat")
    parser.add_argument("--source", default="", metavar="FILE", help="the text it was translated from")
    parser.add_argument("--source-language", default="", metavar="TAG", help="default: detected")
    parser.add_argument("--pairs", type=Path, metavar="FILE.tsv", help="many pairs, a row each")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--info", action="store_true", help="in text output, show bare differences, too")
    parser.add_argument("--language", default="", metavar="TAG", help="the rewrite's language (default: detected)")
    parser.add_argument("--fail-on", choices=SEVERITIES, default="warning", metavar="LEVEL")
    parser.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    from normalize.check import Checker
    from normalize.compare.run import Run
    from normalize.index.cache import shipped

    run = Run(Checker(shipped(), language=options.language))
    if options.pairs and (options.rewrite or options.reference or options.source):
        raise UsageError("--pairs names the texts itself; give it alone")
    if options.pairs:
        run.pairs(options.pairs)
    elif not options.rewrite:
        raise UsageError("name a text to check, or --pairs FILE.tsv")
    elif not options.reference and not options.source:
        raise UsageError("nothing to compare with; add --reference FILE or --source FILE")
    else:
        run.files(options.rewrite, options.reference, options.source, options.source_language)
    if options.format == "json":
        from normalize.report import compare_json

        print(compare_json.render(run.compared, run.errors, run.signature))
    else:
        from normalize.report import compare_text

        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for line in compare_text.render(run.compared, info=options.info, colour=colour):
            print(line)
    for _, message in run.errors:
        print(f"calque: {message}", file=sys.stderr)
    return run.exit_code(options.fail_on)
