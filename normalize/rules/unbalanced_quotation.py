"""A quotation mark that opens and is never closed, or closes what nobody opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Segment, Span
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """The odd mark of a paragraph. A quotation that runs on opens again in the next paragraph, and is left alone."""
    prose = [s for s in view.document.segments if s.kind == "prose"]
    for number, segment in enumerate(prose):
        following = prose[number + 1] if number + 1 < len(prose) else None
        at, why = _odd_mark(view.document.text, segment, following)
        span = Span(at, at + 1)
        if why and view.is_in_scope(rule, span):
            message = rule.message.format(text=view.document.slice(span), right="", why=why)
            yield view.finding(rule, span, message, [Evidence("marks", why)])


def _odd_mark(text: str, segment: Segment, following: Segment | None) -> tuple[int, str]:
    start, end = segment.span.start, segment.span.end
    runs_on = following is not None and text[following.span.start] in "“\"‘'"
    opened = -1
    straight: list[int] = []
    for match in re.finditer('[“”"]', text[start:end]):
        at = start + match.start()
        if match.group() == '"':
            straight.append(at)
        elif match.group() == "“":
            if opened >= 0:
                return opened, "it is not closed before the next one opens"
            opened = at
        else:
            if opened < 0:
                return at, "nothing opened it"
            opened = -1
    if opened >= 0:
        return (0, "") if runs_on else (opened, "it is never closed")
    inches = any(at > start and text[at - 1].isdigit() for at in straight)
    if len(straight) % 2 and not inches and not runs_on and len(straight) < 12:
        return straight[-1], "it has no partner in its paragraph"
    return 0, ""
