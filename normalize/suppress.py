"""Suppressions: findings that a comment on their line allows, with its reason, are not reported."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.model import Document, Finding
from normalize.rules.suppression import comments


def apply_suppressions(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that no comment with a reason allows on their line."""
    allowed: dict[int, set[str]] = {}
    for comment in comments(document.text):
        if comment.reason:
            allowed.setdefault(_line(document.text, comment.span.start), set()).update(comment.codes)
    if not allowed:
        return list(findings)
    return [f for f in findings if f.code not in allowed.get(_line(document.text, f.span.start), ())]


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at)
