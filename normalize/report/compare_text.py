"""What `calque compare` found, for a person: notes, findings with the other text's words, a line of counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalize.compare.records import Compared, Score
from normalize.model import Checked
from normalize.report.text import escape
from normalize.report.text import render as render_findings


def render(compared: Iterable[Compared], scores: Iterable[Score] = (), *, info: bool, colour: bool) -> Iterator[str]:
    """Lines of the report; ``info`` shows bare differences, too, ``scores`` are those of all texts together."""
    for one in compared:
        for note in one.notes:
            yield escape(f"note: {note}")
        findings = tuple(f for f in one.findings if info or f.severity != "info")
        yield from render_findings([Checked(one.rewrite.document, findings, ())], colour)
        for aligned in one.aligned:
            yield escape(
                f"{one.rewrite.document.path} ⇔ {aligned.other.document.path}: {aligned.linked} of"
                f" {len(one.rewrite.sentences)} sentences linked, {len(aligned.added)} added,"
                f" {len(aligned.omitted)} left out; {len(findings)} findings"
            )
        yield from (_line(score) for score in one.scores)
        for estimated in one.estimates:
            interval = f"  {estimated.low:.4f} to {estimated.high:.4f}" if estimated.low is not None else ""
            better = "lower" if estimated.lower_is_better else "higher"
            yield escape(f"  model  {estimated.score:.4f}{interval}  ({better} is better)  {estimated.signature}")
    together = [_line(score) for score in scores]
    if together:
        yield from ("all texts together:", *together)


def _line(score: Score) -> str:
    return f"  {score.metric:<7}{score.value:>7.2f}  {score.low:.2f} to {score.high:.2f}  {score.signature}"
