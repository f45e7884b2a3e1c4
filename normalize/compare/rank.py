"""Several systems side by side: metrics, and how many errors calque finds in each for a thousand words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from normalize.compare.compare import Comparer
from normalize.compare.records import Score
from normalize.compare.scores import METRICS, score
from normalize.model import Finding
from normalize.record import Record
from normalize.text.fold import words
from normalize.text.reading import from_text


class Ranked(Record):
    """A system: what differs from the references for a thousand words, notes and all (fewer is better; docs/compare.md
    says why notes count), what of that is proved, and its metrics.
    """

    system: str
    density: float
    proved: float
    words: int
    scores: tuple[Score, ...]


def rank(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[Sequence[str]],
    comparer: Comparer,
    *,
    names: Sequence[str] = METRICS,
    tokenizer: str = "13a",
    tick: Callable[[str], None] = lambda name: None,
) -> list[Ranked]:
    """The systems by density of findings, the best first; sentences stand line against line."""
    others = [
        [comparer.read(from_text(line, f"reference {number}", "en"), "reference")[0] for line in stream]
        for number, stream in enumerate(references, 1)
    ]
    found = []
    for system, lines in systems.items():
        tick(system)
        findings: list[Finding] = []
        size = 0
        for number, line in enumerate(lines):
            rewrite = comparer.read(from_text(line, system, "en"), "rewrite")
            findings += comparer.compare(rewrite, [stream[number] for stream in others]).findings
            size += sum(1 for _ in words(line))
        loud = sum(finding.severity != "info" for finding in findings)
        scores = tuple(score(lines, references, names, tokenizer)) if names else ()
        thousands = max(1, size) / 1000
        found.append(Ranked(system, round(len(findings) / thousands, 2), round(loud / thousands, 2), size, scores))
    return sorted(found, key=lambda one: (one.density, one.system))
