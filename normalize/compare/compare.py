"""THE FLOW of a comparison, on one screen: a rewrite and other texts go in, what they prove about it comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalize.check import Checker
from normalize.compare.align import align
from normalize.compare.checks.kinds import CHECKS
from normalize.compare.facts import read_side
from normalize.compare.records import Aligned, Compared, Role, Side
from normalize.compare.view import Comparison
from normalize.model import SEVERITIES, Document, Finding


@dataclass(frozen=True)
class Comparer:
    """A checker and the rules of comparison; one is made and used for every rewrite."""

    checker: Checker

    def read(self, document: Document, role: Role) -> tuple[Side, tuple[Finding, ...]]:
        """A text as a side, and what lint finds in it."""
        checked = self.checker.check(document)
        return read_side(checked, role), checked.findings

    def compare(self, rewrite: tuple[Side, tuple[Finding, ...]], others: Sequence[Side]) -> Compared:
        """Everything found in ``rewrite``: what lint says, and what the others prove."""
        side, findings = rewrite
        aligned = tuple(align(side, other) for other in others)
        told = tuple(one for one in aligned if one.same_story)
        view = Comparison(side, told, {rule.code: rule for rule in self.checker.all_rules})
        found = [finding for check in CHECKS for finding in check(view) if finding.code in view.rules] if told else []
        return Compared(side, aligned, tuple(settle([*findings, *found])), tuple(_notes(side, aligned)))


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the text, each place once: a note beside a warning on the same words is dropped."""
    ranked = sorted(findings, key=lambda f: (f.span, -SEVERITIES.index(f.severity), f.code))
    loud = [f for f in ranked if f.severity != "info"]
    kept = [
        f
        for f in ranked
        if f.severity != "info" or not any(f.span.overlaps(other.span) for other in loud if other is not f)
    ]
    return list({(f.code, f.span): f for f in reversed(kept)}.values())[::-1]


def _notes(side: Side, aligned: Sequence[Aligned]) -> Iterable[str]:
    for one in aligned:
        path = one.other.document.path
        if one.other.document.text == side.document.text:
            yield f"{path}: the same text as the rewrite; nothing can differ"
        elif not one.same_story:
            yield f"{path}: tells another story than the rewrite; nothing was concluded from it"


__all__ = ["Comparer", "settle"]
