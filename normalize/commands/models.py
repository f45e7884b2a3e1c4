"""`calque models`, and what `calque score` and `calque compare` share of models in folders."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normalize.compare.neural.load import Estimator
    from normalize.compare.neural.records import Estimate

SHOWN = 3
"""Items that did not fit and are named one by one."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that name a model."""
    parser.add_argument("--model", type=Path, metavar="DIR", help="estimate by the model in a folder of your own")
    parser.add_argument("--encoder", type=Path, metavar="DIR", help="with --model: the encoder's config and tokenizer")
    parser.add_argument(
        "--family", default="", metavar="NAME", help="with --model: what it is, if its files do not say"
    )
    parser.add_argument("--device", default="cpu", metavar="NAME", help="with --model: cpu (default), cuda or cuda:N")
    parser.add_argument(
        "--batch", type=int, default=16, metavar="N", help="with --model: so many at once (default: 16)"
    )


def open_model(options: argparse.Namespace) -> Estimator:
    """The model that the options name."""
    from normalize.compare.neural.load import load

    return load(options.model, encoder=options.encoder, family=options.family, device=options.device)


def tick(done: int, whole: int) -> None:
    """How far an estimate is, on a terminal; wiped at the end."""
    if sys.stderr.isatty():
        text = f"{done} of {whole} judged" if done < whole else ""
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


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
