"""Marks that the language of the text does not use, each with what it uses: “。” for “.”, «…» for “…”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Every mark among the pairs of the rule's ``words``, “mark=its English”, outside a stretch of foreign letters."""
    text = view.document.text
    if text.isascii():
        return
    marks = dict(pair.split("=", 1) for pair in rule.words)
    if not any(mark in text for mark in marks):
        return
    for match in re.finditer(f"[{re.escape(''.join(marks))}]+", text):
        span = Span(*match.span())
        around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
        if not all(char.isascii() or char in "“”‘’–—…" for char in around) or not view.is_in_scope(rule, span):
            continue
        right = "".join(marks[mark] for mark in match.group())
        if text[span.end : span.end + 1].isspace():
            right = right.rstrip()
        if text[max(0, span.start - 1) : span.start].isspace():
            right = right.lstrip()
        message = rule.message.format(text=match.group(), right=right.strip(), why="")
        yield view.finding(rule, span, message, [Evidence("mark", rule.what)], replacements=[right])
