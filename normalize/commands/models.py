"""`calque models`, and what `calque score` and `calque compare` share of models in folders."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.errors import InputError, UsageError
from normalize.report.text import escape

if TYPE_CHECKING:
    from normalize.compare.align import Near
    from normalize.compare.neural.inspect import Report
    from normalize.compare.neural.load import Estimator
    from normalize.compare.neural.records import Estimate

EPILOG = """examples:
  calque models inspect wmt22-cometkiwi-da --encoder infoxlm-large     what it is, what is missing, what it costs
  calque models inspect my-model --measure                             load it, and time 1,000 words
  calque models judge corpus.parquet judged.parquet --model my-model   estimate_score, estimate_marks, estimate_cut
"""
GIB = 1024**3
ROWS = 4096
"""Rows of a corpus that are read, judged and written at once."""
SHOWN = 3
"""Items that did not fit and are named one by one."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "models",
        help="say what a model in a folder is",
        description="Work with models in folders of your own (docs/models.md).",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    one = verbs.add_parser("inspect", help="what it is, what is missing, its licence, size and cost")
    one.add_argument("folder", type=Path, metavar="DIR")
    one.add_argument("--encoder", type=Path, metavar="DIR", help="where the encoder's config and tokenizer are")
    one.add_argument("--family", default="", metavar="NAME", help="what it is, if its files do not say")
    one.add_argument("--measure", action="store_true", help="load the model and time it")
    one.add_argument("--format", choices=("text", "json"), default="text")
    one.set_defaults(run=_inspect)
    every = verbs.add_parser("judge", help="the rows of a Parquet file, with the model's columns beside their own")
    every.add_argument("corpus", type=Path, metavar="IN.parquet")
    every.add_argument("out", type=Path, metavar="OUT.parquet")
    add_options(every, required=True)
    for column in ("text", "source", "reference"):
        every.add_argument(f"--{column}", default=column, metavar="COLUMN", help=f"default: {column}")
    every.set_defaults(run=_judge)


def _inspect(options: argparse.Namespace) -> int:
    """Print it; exit 1 where the model cannot be used as it is."""
    import json
    from dataclasses import asdict

    from normalize.compare.neural.inspect import inspect

    found = inspect(options.folder, options.encoder, options.family, measure=options.measure)
    if options.format == "json":
        print(json.dumps({"version": 1, **asdict(found)}, ensure_ascii=False, indent=1))
        return 1 if found.problems else 0
    for name, value in _said(found):
        print(escape(f"{name:<12}{value}"))
    return 1 if found.problems else 0


def _said(found: Report) -> Iterator[tuple[str, str]]:
    """Lines of the text report; what stands in the folder's files is printed as it is, so it must be escaped."""
    yield "family", f"{found.family or 'unknown'} ({found.architecture or 'no architecture named'})"
    yield "judges by", found.judges_by or "unknown"
    yield "size", f"{found.parameters / 1e6:,.1f} million numbers, {found.bytes / 1e6:,.1f} MB on disk"
    free = f", {found.free / GIB:.1f} GiB are free" if found.free is not None else ""
    yield "memory", f"about {found.memory / GIB:.1f} GiB once loaded{free}"
    how = "measured" if found.measured else "worked out from its size and this machine's speed"
    cost = f"{found.seconds:,.2f} s for 1,000 words on the processor, {how}" if found.seconds is not None else "unknown"
    yield "cost", cost
    yield "licence", "; ".join(found.licences) or "no licence file; ask its maker before you publish what it says"
    yield "fingerprint", found.fingerprint
    for problem in found.problems:
        yield "missing", problem
    if not found.problems:
        yield "complete", "it can be used as it is"


def _judge(options: argparse.Namespace) -> int:
    """Write the file with the model's columns beside its own, whole or not at all."""
    from normalize.batch.atomic import Whole
    from normalize.commands.bar import bar
    from normalize.compare.neural.arrow import Judge

    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet wants pyarrow; install calque[batch] and run again") from None
    judge = Judge(
        options.model, options.encoder, options.family, options.device, options.text, options.source,
        options.reference, batch=options.batch,
    )  # fmt: skip
    try:
        file = pq.ParquetFile(options.corpus)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{options.corpus}: no Parquet file that can be read ({str(error).splitlines()[0]})") from None
    whole, done = file.metadata.num_rows, 0
    with bar("rows") as tick, Whole(options.out) as out:
        with pq.ParquetWriter(out.file, judge.schema(file.schema_arrow)) as writer:
            for batch in file.iter_batches(ROWS):
                writer.write_batch(judge(batch))
                done += len(batch)
                tick(done, whole)
        out.keep()
    return 0


def add_options(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """The options that name a model."""
    what = "estimate by the model in a folder of your own"
    parser.add_argument("--model", type=Path, metavar="DIR", required=required, help=what)
    parser.add_argument("--encoder", type=Path, metavar="DIR", help="with --model: the encoder's config and tokenizer")
    parser.add_argument(
        "--family", default="", metavar="NAME", help="with --model: what it is, if its files do not say"
    )
    parser.add_argument("--device", default="cpu", metavar="NAME", help="with --model: cpu (default), cuda or cuda:N")
    parser.add_argument(
        "--batch", type=_positive, default=16, metavar="N", help="with --model: so many at once (default: 16)"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f'"{text}": a positive number is wanted here')
    return int(text)


def open_model(options: argparse.Namespace) -> Estimator:
    """The model that the options name."""
    from normalize.compare.neural.load import load

    return load(options.model, encoder=options.encoder, family=options.family, device=options.device)


def open_nearness(options: argparse.Namespace) -> Near:
    """The help for alignment that the options name."""
    from normalize.compare.neural.load import load
    from normalize.compare.neural.near import nearness

    return nearness(load(options.align_by, device=options.device))


def cuts(estimates: Sequence[Estimate], called: str) -> Iterator[str]:
    """A line for each item that did not fit the model's window, the first few by number."""
    cut = [(number, one.cut) for number, one in enumerate(estimates, 1) if one.cut]
    for number, tokens in cut[:SHOWN]:
        yield f"{called} {number}: {tokens} tokens did not fit the model's window and were cut"
    if len(cut) > SHOWN:
        yield f"{len(cut) - SHOWN} more did not fit; --format json counts the tokens of each"


def record(estimate: Estimate, text: str) -> dict[str, Any]:
    """An estimate as the JSON reports write it; empty spans, which mark no word, are left out."""
    return {
        "score": estimate.score,
        "parts": dict(estimate.parts),
        "tokens": estimate.tokens,
        "cut": estimate.cut,
        "marks": [
            {
                "start": mark.span.start,
                "end": mark.span.end,
                "text": text[mark.span.start : mark.span.end],
                "label": mark.label,
                "weight": mark.weight,
            }
            for mark in estimate.marks
            if mark.span.start < mark.span.end
        ],
    }
