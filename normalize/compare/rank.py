"""Several systems side by side: metrics, and how many errors calque finds in each for a thousand words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from normalize.compare.compare import Comparer
from normalize.compare.records import Score
from normalize.compare.scores import METRICS, score
from normalize.model import Severity
from normalize.text.fold import words
from normalize.text.reading import from_text

WEIGHTS: dict[Severity, float] = {"error": 5.0, "warning": 1.0, "info": 0.0}
"""What a finding counts; a proven error as much as five, as MQM weighs major and minor ones."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A system: weighted findings for a thousand words (fewer are better), and its metrics."""

    system: str
    density: float
    findings: int
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
        count, weight, size = 0, 0.0, 0
        for number, line in enumerate(lines):
            rewrite = comparer.read(from_text(line, system, "en"), "rewrite")
            compared = comparer.compare(rewrite, [stream[number] for stream in others])
            loud = [finding for finding in compared.findings if WEIGHTS[finding.severity]]
            count += len(loud)
            weight += sum(WEIGHTS[finding.severity] for finding in loud)
            size += sum(1 for _ in words(line))
        scores = tuple(score(lines, references, names, tokenizer)) if names else ()
        found.append(Ranked(system, round(1000 * weight / max(1, size), 2), count, size, scores))
    return sorted(found, key=lambda one: (one.density, one.system))
