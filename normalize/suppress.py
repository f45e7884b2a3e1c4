"""Suppressions: findings that a comment allows, with its reason, are set aside; comments that do nothing are found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from normalize.errors import nearest
from normalize.model import Document, Evidence, Finding
from normalize.record import Record, replace
from normalize.rules.suppression import VERBS, WORD, Comment, comments
from normalize.tables.records import Rule
from normalize.text.lines import Lines

WITHOUT_REASON, UNUSED, EXPIRED, UNREADABLE = "SUP001", "SUP002", "SUP003", "SUP004"


class Allowance(Record):
    """A comment, and the lines on which it allows its codes: from the first to the last, counted from 1."""

    comment: Comment
    first: int
    last: int


def apply_suppressions(
    document: Document, findings: Sequence[Finding], rules: Iterable[Rule], known: Collection[str]
) -> tuple[list[Finding], list[Finding]]:
    """The findings that stay, and those that a comment allows, each with its reason.

    ``rules`` are those that judge the document, ``known`` all codes there are. Comments without a reason, those that
    allow nothing (any more) and those that cannot be read stay as findings of their own.
    """
    judging = {rule.code: rule for rule in rules}
    lines = Lines(document.text)
    allowances, faults = _read(document, lines, judging, known)
    stay: list[Finding] = []
    allowed: list[Finding] = []
    used: set[tuple[Comment, str]] = set()
    for finding in findings:
        comment = _comment_for(finding, allowances, lines)
        if comment:
            used.add((comment, finding.code))
            allowed.append(replace(finding, allowed=comment.reason))
        else:
            stay.append(finding)
    for allowance in allowances:
        for code in allowance.comment.codes:
            if code in judging and (allowance.comment, code) not in used:
                faults.append((UNUSED, allowance.comment, f"nothing that {code} finds is there"))
    found = [_fault(document, judging[code], comment, why) for code, comment, why in faults if code in judging]
    return sorted([*stay, *found], key=lambda f: (f.span.start, f.span.end, f.code)), allowed


def speaks(text: str) -> bool:
    """Whether there may be a suppression in a text."""
    return WORD in text


def is_dated(text: str) -> bool:
    """Whether what is found in a text may change with the day: one of its suppressions ends at a date."""
    return WORD in text and "until" in text


Fault = tuple[str, Comment, str]
"""The code of the rule, the comment, and what is wrong with it."""


def _read(
    document: Document, lines: Lines, judging: Collection[str], known: Collection[str]
) -> tuple[list[Allowance], list[Fault]]:
    """What the comments allow, and what is wrong with them."""
    found: list[Allowance] = []
    faults: list[Fault] = []
    blocks: list[Allowance] = []
    for comment in comments(document.text, document.markup):
        if comment.verb == "end-allow":
            if blocks:
                found.append(replace(blocks.pop(), last=_line(lines, comment.span.end)))
            else:
                faults.append((UNREADABLE, comment, "it ends a block that nothing begins"))
        elif fault := _fault_of(comment, known):
            faults.append(fault)
        elif comment.verb == "allow-block":
            blocks.append(Allowance(comment, _line(lines, comment.span.start), lines.many))
        else:
            found.append(Allowance(comment, *_lines_of(comment, document.text, lines)))
    faults += [(UNREADABLE, block.comment, "no end-allow ends the block, so it does nothing") for block in blocks]
    return found, faults


def _fault_of(comment: Comment, known: Collection[str]) -> Fault | None:
    if not comment.verb:
        verbs = ", ".join(VERBS)
        return UNREADABLE, comment, f"after “calque:” stands one of {verbs}, then codes such as NAM001"
    for code in comment.codes:
        if code not in known:
            return UNREADABLE, comment, f"there is no rule {code}{nearest(code, known)}"
    if not comment.reason:
        return WITHOUT_REASON, comment, "the comment ends right after the code"
    if comment.until:
        from datetime import date

        try:
            if date.fromisoformat(comment.until) < date.today():
                return EXPIRED, comment, f"it held until {comment.until}"
        except ValueError:
            return UNREADABLE, comment, f"{comment.until} is no day"
    return None


def _lines_of(comment: Comment, text: str, lines: Lines) -> tuple[int, int]:
    here = _line(lines, comment.span.start)
    if comment.verb == "allow-file":
        return 1, lines.many
    if comment.verb == "allow" and not comment.fills_line:
        return here, here
    following = re.compile(r"\S").search(text, lines.end_of(_line(lines, comment.span.end)))
    there = _line(lines, following.start()) if following else here
    return there, there


def _comment_for(finding: Finding, allowances: list[Allowance], lines: Lines) -> Comment | None:
    first, last = _line(lines, finding.span.start), _line(lines, max(finding.span.start, finding.span.end - 1))
    for allowance in allowances:
        if finding.code in allowance.comment.codes and allowance.first <= last and first <= allowance.last:
            return allowance.comment
    return None


def _line(lines: Lines, at: int) -> int:
    return lines.place(at)[0]


def _fault(document: Document, rule: Rule, comment: Comment, why: str) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity if document.language_sure else "info",
        confidence=rule.confidence,
        span=comment.span,
        text=document.slice(comment.span),
        message=rule.message,
        evidence=(Evidence("comment", why),),
        safety="show",
        mqm=rule.mqm,
    )
