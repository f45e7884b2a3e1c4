"""Suppressions: findings that a comment on their line allows, with its reason, are not reported."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.model import Document, Finding
from normalize.record import replace
from normalize.rules.suppression import comments


def apply_suppressions(document: Document, findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings that stay, and those that a comment on their line allows, each with its reason."""
    reasons: dict[tuple[int, str], str] = {}
    for comment in comments(document.text):
        if comment.reason:
            line = _line(document.text, comment.span.start)
            reasons.update({(line, code): comment.reason for code in comment.codes})
    if not reasons:
        return list(findings), []
    stay: list[Finding] = []
    allowed: list[Finding] = []
    for finding in findings:
        reason = reasons.get((_line(document.text, finding.span.start), finding.code))
        (allowed if reason else stay).append(replace(finding, allowed=reason or ""))
    return stay, allowed


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at)
