"""Suppressions: a comment on a line that says which rule is silent there, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.model import Document, Evidence, Finding, Span

# <!-- calque: allow NAM001 – the name as the court record has it -->
_COMMENT = re.compile(
    r"<!--\s{0,9}calque:\s{0,9}allow\s{1,9}"
    r"(?P<codes>[A-Z]{3}\d{3}(?:\s{0,9},\s{0,9}[A-Z]{3}\d{3}){0,19})(?P<reason>[^\n>]{0,500}?)-->"
)
_DASHES = "-\N{EN DASH}\N{EM DASH}:, \t"


def apply_suppressions(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that no comment on their line allows, and one for each comment without a reason."""
    allowed: dict[int, set[str]] = {}
    unreasoned = []
    for match in _COMMENT.finditer(document.text):
        line = _line(document.text, match.start())
        if match["reason"].strip(_DASHES):
            allowed.setdefault(line, set()).update(re.findall(r"[A-Z]{3}\d{3}", match["codes"]))
        else:
            unreasoned.append(_unreasoned(document, Span(*match.span())))
    if not allowed:
        return [*findings, *unreasoned]
    kept = [f for f in findings if f.code not in allowed.get(_line(document.text, f.span.start), ())]
    return [*kept, *unreasoned]


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at)


def _unreasoned(document: Document, span: Span) -> Finding:
    return Finding(
        code="SUP001",
        name="suppression-without-reason",
        severity="warning",
        confidence=1.0,
        span=span,
        text=document.slice(span),
        message="this suppression gives no reason, so it does nothing; say why: allow CODE – the reason",
        evidence=(Evidence("comment", "the comment ends right after the code"),),
    )
