"""`calque score` and `calque rank`: metrics through sacrebleu, sentence against sentence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.commands import models
from normalize.commands.bar import bar
from normalize.errors import InputError, UsageError
from normalize.report.text import escape

if TYPE_CHECKING:
    from normalize.compare.neural.records import Estimate

SCORE = """examples:
  calque score system.txt --reference human.txt                 a sentence a line, as many lines in each
  calque score system.txt --reference a.txt --reference b.txt --metric chrf --format json
  calque score new.txt --reference human.txt --against old.txt  is the difference more than chance?
  calque score system.txt --source source.txt --model DIR       by a model in a folder of yours (docs/models.md)
"""
RANK = """examples:
  calque rank one.txt two.txt three.txt --reference human.txt   a sentence a line, as many lines in each
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the commands take."""
    one = commands.add_parser(
        "score",
        help="BLEU, chrF, chrF++ and TER, or a model of your own, with interval and signature",
        description="Score a system's sentences line by line: against references, or by a model.",
        epilog=SCORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    one.add_argument("system", type=Path, metavar="SYSTEM")
    one.add_argument("--against", type=Path, metavar="FILE", help="another system: test the difference")
    one.add_argument("--test", choices=("bs", "ar"), default="bs", help="bootstrap (default), or randomisation")
    one.add_argument("--source", type=Path, metavar="FILE", help="with --model: what was translated")
    models.add_options(one)
    one.set_defaults(run=_score)
    several = commands.add_parser(
        "rank",
        help="several systems by what calque finds in them, beside the metrics",
        description="Rank systems by what differs from the references for 1,000 words; metrics stand beside.",
        epilog=RANK,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    several.add_argument("systems", type=Path, nargs="+", metavar="SYSTEM")
    several.set_defaults(run=_rank)
    for parser in (one, several):
        parser.add_argument("--reference", type=Path, action="append", default=[], metavar="FILE", help="repeat")
        parser.add_argument("--metric", action="append", default=[], metavar="NAME", help="bleu, chrf, chrf++, ter")
        parser.add_argument("--tokenize", default="13a", metavar="NAME", help="BLEU's tokenizer (default: 13a)")
        parser.add_argument("--format", choices=("text", "json"), default="text")


def read_lines(paths: Sequence[Path]) -> list[list[str]]:
    """The lines of files that must have as many each."""
    found = []
    for path in paths:
        try:
            text = path.read_text("utf-8-sig")
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise InputError(f"{path}: not UTF-8; save it as UTF-8 and run again") from None
        lines = text.split("\n")
        found.append([line.rstrip("\r") for line in (lines[:-1] if lines[-1] == "" else lines)])
    for path, lines in zip(paths, found, strict=True):
        if len(lines) != len(found[0]):
            raise UsageError(
                f"{path}: {len(lines)} lines where {paths[0]} has {len(found[0])}; lines must stand against each other"
            )
    return found


@contextmanager
def _counted(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """A bar that moves when the next of ``total`` begins."""
    done = 0
    with bar(what) as show:

        def tick(name: str) -> None:
            nonlocal done
            show(done, total)
            done += 1

        yield tick


def _score(options: argparse.Namespace) -> int:
    if options.model:
        return _score_by_model(options)
    if options.source or options.encoder or options.family or options.device != "cpu":
        raise UsageError("--source, --encoder, --family and --device belong to a model; add --model DIR")
    from normalize.compare.scores import METRICS, differ, score

    _want_references(options)
    names = options.metric or METRICS
    extra = [options.against] if options.against else []
    system, *rest = read_lines([options.system, *options.reference, *extra])
    references = rest[: len(options.reference)]
    with _counted("metrics", len(names) * (1 + len(extra))) as tick:
        scores = score(system, references, names, options.tokenize, tick)
        others = score(rest[-1], references, names, options.tokenize, tick) if extra else []
    tested = differ(system, rest[-1], references, names, options.tokenize, options.test) if extra else []
    if options.format == "json":
        whole = {
            "version": 1,
            "scores": [asdict(one) for one in scores],
            **({"against": [asdict(one) for one in others]} if extra else {}),
            "differences": [asdict(one) for one in tested],
        }
        print(json.dumps(whole, ensure_ascii=False, indent=1))
        return 0
    for path, found in ((options.system, scores), (options.against, others)):
        for one in found:
            shown = f"  {escape(str(path))}" if extra else ""
            print(f"{one.metric:<7}{one.value:>7.2f}  {one.low:.2f} to {one.high:.2f}  {one.signature}{shown}")
    for two in tested:
        print(f"{two.metric:<7}{two.first:>7.2f} against {two.second:.2f}  p = {two.p:.4f} ({two.test})")
    return 0


def _want_references(options: argparse.Namespace) -> None:
    if not options.reference:
        raise UsageError("nothing to score against; add --reference FILE")


def _score_by_model(options: argparse.Namespace) -> int:
    from normalize.compare.neural.records import Item
    from normalize.compare.neural.summary import chance, summarise

    if len(options.reference) > 1:
        raise UsageError("a model takes one reference; give one --reference")
    if options.metric:
        raise UsageError("--metric and --model are two ways to score; take one of them")
    if options.tokenize != "13a" or options.test != "bs":
        raise UsageError("--tokenize and --test belong to metrics; leave them out beside --model")
    paths = {"source": options.source, "reference": next(iter(options.reference), None)}
    given = {name: path for name, path in paths.items() if path}
    extra = [options.against] if options.against else []
    system, *rest = read_lines([options.system, *given.values(), *extra])
    sides = [dict(zip(given, row, strict=False)) for row in zip(*rest, strict=True)] if rest else [{}] * len(system)
    estimator = models.open_model(options)

    def judge(lines: list[str]) -> list[Estimate]:
        items = [Item(text, **side) for text, side in zip(lines, sides, strict=True)]
        with bar("lines") as tick:
            return estimator.estimate(items, batch=options.batch, tick=tick, called="line")

    found = judge(system)
    whole = estimator.model.whole
    summary = summarise(found, whole)
    other = judge(rest[-1]) if extra else []
    p = chance(found, other, whole) if extra else None
    if options.format == "json":
        answer = {
            **asdict(summary),
            "lower_is_better": estimator.model.lower_is_better,
            "signature": estimator.signature,
            "items": [models.record(one, text) for one, text in zip(found, system, strict=True)],
            **({"against": whole(other), "p": p} if extra else {}),
        }
        print(
            json.dumps(
                {"version": 1, "scores": [], "differences": [], "estimate": answer}, ensure_ascii=False, indent=1
            )
        )
        return 0
    for line in models.cuts(found, "line"):
        print(f"calque: {line}", file=sys.stderr)
    interval = f"  {summary.low:.4f} to {summary.high:.4f}" if summary.low is not None else ""
    better = "lower is better" if estimator.model.lower_is_better else "higher is better"
    print(f"{summary.score:.4f}{interval}  ({better})  {estimator.signature}")
    if extra:
        print(f"{summary.score:.4f} against {whole(other):.4f}  p = {p:.4f} (bs)")
    return 0


def _rank(options: argparse.Namespace) -> int:
    _want_references(options)
    from normalize.compare.compare import Comparer
    from normalize.compare.rank import rank
    from normalize.compare.scores import METRICS
    from normalize.config import settings
    from normalize.project import checker_under

    names = options.metric or METRICS
    lines = read_lines([*options.systems, *options.reference])
    systems = {str(path): lines[number] for number, path in enumerate(options.systems)}
    references = lines[len(options.systems) :]
    with _counted("systems", len(systems)) as tick:
        comparer = Comparer(checker_under(settings()))
        ranked = rank(systems, references, comparer, names=names, tokenizer=options.tokenize, tick=tick)
    if options.format == "json":
        print(json.dumps({"version": 1, "systems": [asdict(one) for one in ranked]}, ensure_ascii=False, indent=1))
        return 0
    print(f"{'differs':>9}{'proved':>9}  " + "  ".join(f"{name:>22}" for name in names) + "  system")
    for one in ranked:
        scores = "  ".join(f"{s.value:>6.2f} ({s.low:.2f}–{s.high:.2f})".rjust(22) for s in one.scores)
        print(f"{one.density:>9.2f}{one.proved:>9.2f}  {scores}  {escape(one.system)}")
    return 0
