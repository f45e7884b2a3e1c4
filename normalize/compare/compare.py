"""THE FLOW of a comparison, on one screen: a rewrite and other texts go in, what they prove about it comes out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from normalize.check import Checker
from normalize.compare.align import Near, align, is_across
from normalize.compare.checks.kinds import CHECKS
from normalize.compare.facts import read_side
from normalize.compare.records import Aligned, Compared, Role, Side
from normalize.compare.view import Comparison
from normalize.model import SEVERITIES, Document, Evidence, Finding, Span
from normalize.record import replace
from normalize.text.languages import detect


@dataclass(frozen=True)
class Comparer:
    """A checker and the rules of comparison; one is made and used for every rewrite."""

    checker: Checker
    near: Near | None = None
    """A model's help for alignment, if one was named."""

    def read(self, document: Document, role: Role) -> tuple[Side, tuple[Finding, ...]]:
        """A text as a side, and what lint finds in it."""
        checked = self.checker.check(document)
        return read_side(checked, role, self.checker.pack), checked.findings

    def compare(self, rewrite: tuple[Side, tuple[Finding, ...]], others: Sequence[Side]) -> Compared:
        """Everything found in ``rewrite``: what lint says, and what the others prove."""
        side, findings = rewrite
        aligned = tuple(align(side, other, self.near) for other in others)
        told = tuple(one for one in aligned if one.same_story)
        view = Comparison(side, told, {rule.code: rule for rule in self.checker.all_rules}, self.checker.pack)
        found = [finding for check in CHECKS for finding in check(view) if finding.code in view.rules] if told else []
        return Compared(side, aligned, tuple(settle([*findings, *found])), tuple(self._notes(side, aligned)))

    def _notes(self, side: Side, aligned: Sequence[Aligned]) -> Iterator[str]:
        """What stands in the way of a comparison, or makes it pointless."""
        yield from self._misread(side)
        if not side.sentences:
            yield f"{side.document.path}: holds no sentence; nothing was compared"
            return
        for one in aligned:
            path, language = one.other.document.path, one.other.document.language
            across = is_across(side, one.other)
            yield from self._misread(one.other)
            if not one.other.sentences:
                yield f"{path}: holds no sentence; nothing was concluded from it"
            elif one.other.document.text == side.document.text:
                yield f"{path}: the same text as the rewrite; nothing can differ"
            elif across and one.other.role != "source":
                yield f"{path}: is in “{language}”, the rewrite in “{side.document.language}”; it was read as a source"
            elif not one.same_story:
                yield f"{path}: tells another story than the rewrite; nothing was concluded from it"
            elif not across and one.other.role == "source":
                yield f"{path}: is in the rewrite's own language; it was read as a reference"
            elif across and language.startswith("en") and side.document.language:
                yield f"{path}: is in English, the rewrite in “{side.document.language}”; perhaps the two were swapped"

    def _misread(self, side: Side) -> Iterator[str]:
        """Whether a text is not in the language that it was said to be in."""
        said = side.document.language.split("-")[0].lower()
        guess = detect(side.document.text, self.checker.profiles)
        if guess.sure and guess.language.split("-")[0] != said:
            path, read = side.document.path, guess.language
            how = "--source-language" if side.role == "source" else "--language"
            yield f"{path}: was read as “{said}”, but its words are “{read}”; say which it is with {how}"


SAME_FAULT = {
    "CAL101": ("CAL0", "NEG0", "TTL", "OFF"),
    "LEX101": ("LEX0",),
    "NAM101": ("NAM0",),
    "RES101": ("LEX0", "RES0"),
    "TYP101": ("TYP0",),
    "TYP103": ("TYP0",),
}
"""Rules of lint that say the same of a place as a rule of comparison: one finding is enough, with both proofs."""


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the text, each fault once: what lint says too gets the other text's words as further proof, and a
    note on the same words as a warning is dropped.
    """
    ranked = sorted(findings, key=lambda f: (f.span, -SEVERITIES.index(f.severity), f.code))
    loud = [f for f in ranked if f.severity != "info"]
    starts = [f.span.start for f in loud]
    longest = max((f.span.end - f.span.start for f in loud), default=0)
    kept: dict[tuple[str, Span], Finding] = {}
    more: dict[tuple[str, Span], list[Evidence]] = defaultdict(list)
    for finding in ranked:
        first, last = bisect_left(starts, finding.span.start - longest), bisect_left(starts, finding.span.end)
        near = loud[first:last]
        same = next((f for f in near if _says_the_same(f, finding)), None) if finding.code in SAME_FAULT else None
        if same:
            more[same.code, same.span] += finding.evidence
        elif finding.severity != "info" or not any(finding.span.overlaps(f.span) for f in near):
            kept.setdefault((finding.code, finding.span), finding)
    return [replace(f, evidence=(*f.evidence, *more[key])) if key in more else f for key, f in kept.items()]


def _says_the_same(lint: Finding, finding: Finding) -> bool:
    return lint.code.startswith(SAME_FAULT[finding.code]) and lint.span.overlaps(finding.span)


__all__ = ["Comparer", "settle"]
