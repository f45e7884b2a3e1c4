"""`calque compare`: a rewrite held against references, its source or its siblings."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from normalize.commands import models
from normalize.errors import UsageError
from normalize.model import SEVERITIES

EPILOG = """examples:
  calque compare rewrite.txt --reference wire.txt         what changed against the wire's text
  calque compare rewrite.txt --reference a.txt b.txt --info
  calque compare rewrite.txt --source original.txt --source-language vi
  calque compare --siblings story/                        who says what none of the others say
  calque compare rewrite.txt --reference wire.txt --format html > side-by-side.html
  calque compare --pairs pairs.tsv --format json          many pairs: id text reference source source_language
  calque compare rewrite.txt --source original.txt --model DIR --info    what a model of yours marks (docs/models.md)
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
    parser.add_argument(
        "--reference",
        action="extend",
        nargs="+",
        default=[],
        metavar="FILE",
        help="one or several other tellings; REWRITE stands before",
    )
    parser.add_argument("--source", default="", metavar="FILE", help="the text it was translated from")
    parser.add_argument("--source-language", default="", metavar="TAG", help="default: detected")
    parser.add_argument("--pairs", type=Path, metavar="FILE.tsv", help="many pairs, a row each")
    parser.add_argument(
        "--siblings",
        nargs="+",
        default=[],
        metavar="PATH",
        help="texts of one story, or a folder of them: who deviates",
    )
    parser.add_argument("--scores", action="store_true", help="BLEU, chrF, chrF++ and TER of what is linked")
    models.add_options(parser)
    parser.add_argument("--align-by", type=Path, metavar="DIR", help="link sentences with help of an embedding model")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text")
    parser.add_argument("--info", action="store_true", help="in text output, show bare differences, too")
    parser.add_argument("--language", default="", metavar="TAG", help="the rewrite's language (default: detected)")
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        metavar="LEVEL",
        help="exit 1 from this severity on: info, warning (default), error",
    )
    parser.add_argument("--style", metavar="NAME", help="house style (default: that of the settings, or neutral)")
    parser.add_argument(
        "--config", metavar="FILE", type=Path, help="settings (default: the nearest calque.toml or pyproject.toml)"
    )
    parser.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    from normalize.commands.bar import bar
    from normalize.compare.run import Run
    from normalize.config import settings
    from normalize.project import checker_under, refuse_unknown

    config = settings(options.config)
    run = Run(checker_under(config, style=options.style, language=options.language))
    if options.source_language:
        refuse_unknown(options.source_language, run.checker.pack)
    if options.align_by:
        run.near = models.open_nearness(options)
    given = bool(options.rewrite or options.reference or options.source)
    if ((options.pairs or options.siblings) and given) or (options.pairs and options.siblings):
        raise UsageError("--pairs and --siblings name all texts themselves; give one of them alone")
    if options.pairs:
        with bar("pairs") as tick:
            run.pairs(options.pairs, tick)
    elif options.siblings:
        run.siblings(options.siblings)
    elif not options.rewrite:
        raise UsageError("name a text to check, before --reference; or --pairs FILE.tsv")
    elif not options.reference and not options.source:
        raise UsageError("nothing to compare with; add --reference FILE or --source FILE")
    else:
        run.files(options.rewrite, options.reference, options.source, options.source_language)
    if options.scores:
        run.score()
    if options.model:
        estimator = models.open_model(options)
        with bar("sentences") as tick:
            run.estimate(estimator, batch=options.batch, tick=tick)
    if options.format == "html":
        from normalize.report import compare_html

        print(compare_html.render(run.compared, run.signature), end="")
    elif options.format == "json":
        from normalize.report import compare_json

        print(compare_json.render(run.compared, run.errors, run.signature, run.scores))
    else:
        from normalize.report import compare_text

        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for line in compare_text.render(run.compared, run.scores, info=options.info, colour=colour):
            print(line)
    for _, message in run.errors:
        print(f"calque: {message}", file=sys.stderr)
    return run.exit_code(options.fail_on or config.fail_on)
