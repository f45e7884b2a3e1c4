"""What was measured of each rule: `aliases/rules/measured.tsv`, which benchmarks/artifacts.py writes."""

from __future__ import annotations

from pathlib import Path

from normalize.record import Record
from normalize.tables.read import Source, rows

COLUMNS = ("code", "set", "date", "findings", "right", "words")


class Measure(Record):
    """Findings of a rule at warning and above on one set; ``words`` where the set is right English, else 0."""

    set: str
    date: str
    findings: int
    right: int
    words: int = 0

    def __str__(self) -> str:
        """The measure on one line."""
        if self.words:
            rate = 1000 * self.findings / self.words
            alarms = f"{self.findings} false alarm{'s' * (self.findings != 1)} in {self.words:,} words of right English"
            return f"{alarms} ({rate:.3f} per 1,000; {self.set}, {self.date})"
        share = f"{self.right} of {self.findings} findings touch a human error mark"
        return f"{share}: precision {self.right / self.findings:.2f} ({self.set}, {self.date}; a random span has 0.30)"


def measures(root: Path) -> dict[str, list[Measure]]:
    """The measures of every rule, by code."""
    found: dict[str, list[Measure]] = {}
    for _, (code, name, date, findings, right, words) in rows(Source(root / "rules" / "measured.tsv"), COLUMNS):
        found.setdefault(code, []).append(Measure(name, date, int(findings), int(right), int(words or 0)))
    return found
