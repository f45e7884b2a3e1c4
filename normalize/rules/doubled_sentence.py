"""The same sentence twice in a row, or one that is cut off and said again whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_SENTENCE = r"[^\s.!?][^.!?\n]*(?:[.!?](?=[\w,;])[^.!?\n]*)*[.!?]?[\"”’»)]*"
_LEAST = 30
"""Letters: shorter sentences are said twice on purpose."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """A long sentence of prose that equals the one before it."""
    for segment in view.document.segments:
        if segment.kind != "prose":
            continue
        before = ""
        for match in re.finditer(_SENTENCE, view.document.text[segment.span.start : segment.span.end]):
            sentence = match.group().strip()
            same = sentence == before and len(sentence) >= _LEAST
            before = sentence
            span = Span(segment.span.start + match.start(), segment.span.start + match.end())
            if same and view.is_in_scope(rule, span):
                evidence = Evidence("repeated", "the sentence before it reads the same")
                yield view.finding(rule, span, rule.message.format(text=sentence, right="", why=""), [evidence])
