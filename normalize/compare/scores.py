"""BLEU, chrF, chrF++ and TER through sacrebleu, with signature and interval: the one file that imports it.

Intervals are 95 % bootstrap intervals over sentences (1,000 resamples, sacrebleu's seed 12345, so that the same input
gives the same numbers).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from normalize.compare.align import is_across
from normalize.compare.records import Compared, Score
from normalize.errors import UsageError, nearest

FEWEST = 10
"""Sentences below which no score is given: with fewer, its interval is wider than any difference worth knowing."""
FEWEST_TO_TEST = 30
"""Sentences below which no difference between two systems is tested."""
RESAMPLES = 1000
OWN_NAMES = {"bleu": "BLEU", "chrf": "chrF2", "chrf++": "chrF2++", "ter": "TER"}
"""What sacrebleu calls each metric."""
METRICS = tuple(OWN_NAMES)
TOKENIZERS = ("13a", "intl", "zh", "char", "none", "ja-mecab", "ko-mecab")
DOWNLOADING = ("flores101", "flores200", "spm", "spBLEU-1K")
"""Tokenizers of sacrebleu that fetch a model when they are first used."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Whether two systems differ by a metric: ``p`` is the chance of such a difference between equals."""

    metric: str
    first: float
    second: float
    p: float
    test: str
    signature: str


def check_metrics(names: Sequence[str], tokenizer: str) -> None:
    """Refuse what does not exist, and what would use the network."""
    for name in names:
        if name not in METRICS:
            raise UsageError(f'no metric "{name}"{nearest(name, METRICS)}; known: {", ".join(METRICS)}')
    if tokenizer in DOWNLOADING:
        raise UsageError(
            f'the tokenizer "{tokenizer}" fetches a model when it is used, and calque uses no network; take one of '
            + ", ".join(TOKENIZERS)
        )
    if tokenizer not in TOKENIZERS:
        raise UsageError(f'no tokenizer "{tokenizer}"{nearest(tokenizer, TOKENIZERS)}; known: {", ".join(TOKENIZERS)}')


def score(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str | None]],
    names: Sequence[str] = METRICS,
    tokenizer: str = "13a",
    tick: Callable[[str], None] = lambda name: None,
) -> list[Score]:
    """The metrics of sentences against one or several references each (a list per reference text, as long as the
    hypotheses, None where it has none). UsageError below FEWEST sentences.
    """
    check_metrics(names, tokenizer)
    if len(hypotheses) < FEWEST:
        raise UsageError(f"{len(hypotheses)} sentences are too few for a score; {FEWEST} are the least")
    found = []
    for name in names:
        tick(name)
        metric = _metric(name, tokenizer, references)
        result = metric.corpus_score(list(hypotheses), None, n_bootstrap=RESAMPLES)
        low, high = float(result._mean - result._ci), float(result._mean + result._ci)
        signature = metric.get_signature().format(short=False)
        found.append(
            Score(
                name,
                round(float(result.score), 2),
                round(low, 2),
                round(high, 2),
                len(hypotheses),
                f"{name}|{signature}",
            )
        )
    return found


def differ(
    first: Sequence[str],
    second: Sequence[str],
    references: Sequence[Sequence[str | None]],
    names: Sequence[str] = METRICS,
    tokenizer: str = "13a",
    test: str = "bs",
) -> list[Difference]:
    """Paired bootstrap (``bs``) or approximate randomisation (``ar``) of two systems on the same sentences."""
    check_metrics(names, tokenizer)
    if len(first) < FEWEST_TO_TEST:
        raise UsageError(f"{len(first)} sentences are too few to test a difference; {FEWEST_TO_TEST} are the least")
    _sacrebleu()
    from sacrebleu.significance import PairedTest

    metrics = {name: _metric(name, tokenizer, references) for name in names}
    tested = PairedTest(
        [("first", list(first)), ("second", list(second))],
        metrics,
        None,
        test_type=test,
        n_samples=RESAMPLES if test == "bs" else 10_000,
    )
    signatures, results = tested()
    found = []
    for name in names:
        key = OWN_NAMES[name] if OWN_NAMES[name] in results else name
        one, two = (cast("Any", result) for result in results[key])
        signature = f"{name}|{signatures[key].format(short=False)}"
        p = round(float(two.p_value), 4)
        found.append(Difference(name, round(float(one.score), 2), round(float(two.score), 2), p, test, signature))
    return found


def with_scores(compared: Compared) -> Compared:
    """The metrics of the rewrite's sentences against what is linked to them, each text of its language a reference:
    what was added or left out counts nowhere. Where that is too little, a note says so.
    """
    hypotheses, references = linked_sentences(compared)
    if not references:
        return compared
    if len(hypotheses) < FEWEST:
        note = f"{len(hypotheses)} linked sentences are too few for a score; {FEWEST} are the least"
        return replace(compared, notes=(*compared.notes, note))
    return replace(compared, scores=tuple(score(hypotheses, references)))


def corpus_scores(compared: Sequence[Compared]) -> tuple[Score, ...]:
    """The metrics of all rewrites' linked sentences together; nothing where they are too few."""
    hypotheses: list[str] = []
    rows: list[tuple[str | None, ...]] = []
    for one in compared:
        mine, references = linked_sentences(one)
        hypotheses += mine
        rows += zip(*references, strict=True)
    if len(hypotheses) < FEWEST:
        return ()
    return tuple(score(hypotheses, [list(stream) for stream in zip(*_padded(rows), strict=True)]))


def _padded(rows: list[tuple[str | None, ...]]) -> Iterator[tuple[str | None, ...]]:
    """Rows of one length: a rewrite may have fewer references than another."""
    width = max(map(len, rows))
    return ((*row, *[None] * (width - len(row))) for row in rows)


def linked_sentences(compared: Compared) -> tuple[list[str], list[list[str | None]]]:
    """The rewrite's linked sentences, and for each other text of its language what is linked to them, or None."""
    same = [a for a in compared.aligned if a.same_story and not is_across(compared.rewrite, a.other)]
    answers = [one.answers for one in same]
    numbers = sorted({i for found in answers for i in found})
    hypotheses = [compared.rewrite.slice(compared.rewrite.sentences[i].span) for i in numbers]
    references: list[list[str | None]] = [
        [
            " ".join(one.other.slice(one.other.sentences[j].span) for j in found[i]) if i in found else None
            for i in numbers
        ]
        for one, found in zip(same, answers, strict=True)
    ]
    return hypotheses, references


def _metric(name: str, tokenizer: str, references: Sequence[Sequence[str | None]]) -> Any:
    sacrebleu = _sacrebleu()
    streams = [list(stream) for stream in references]
    if name == "bleu":
        try:
            return sacrebleu.metrics.BLEU(tokenize=tokenizer, references=streams)
        except (ImportError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0]
            raise UsageError(f'the tokenizer "{tokenizer}" cannot be used here: {reason}') from None
    if name == "ter":
        return sacrebleu.metrics.TER(references=streams)
    return sacrebleu.metrics.CHRF(word_order=2 if name == "chrf++" else 0, references=streams)


def _sacrebleu() -> Any:
    """The library, kept off the network and at its default seed."""
    os.environ.pop("SACREBLEU_SEED", None)
    try:
        import sacrebleu
        import sacrebleu.metrics
    except ImportError:
        raise UsageError("scores want sacrebleu; install calque[score] and run again") from None
    return sacrebleu
