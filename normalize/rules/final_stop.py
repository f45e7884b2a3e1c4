"""A paragraph without its final stop, in a text whose other paragraphs have theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_LEAST = 12
"""Words that a paragraph must have: shorter ones are headings and captions."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Long paragraphs of prose that end in a word, where most end in a mark."""
    prose = [s for s in view.document.segments if s.kind == "prose" and s.span.end - s.span.start > 60]
    ends = [view.document.text[s.span.start : s.span.end].rstrip('"”’»)*_ ')[-1:] for s in prose]
    bare = [n for n, end in enumerate(ends) if end.isalnum() or end == ","]
    if not bare or len(prose) < 4 or len(bare) > len(prose) / 4:
        return
    for number in bare:
        segment = prose[number]
        text = view.document.text[segment.span.start : segment.span.end]
        word = re.search(r"[\w'’-]+\W*$", text)
        if not word or len(text.split()) < _LEAST or not re.search(r"[.!?][\"”’]? ", text):
            continue
        span = Span(segment.span.start + word.start(), segment.span.end)
        if view.is_in_scope(rule, span):
            message = rule.message.format(text=word.group(), right="", why="")
            yield view.finding(rule, span, message, [Evidence("style", "the other paragraphs end in a mark")])
