"""Comments that silence a rule on their line: `<!-- calque: allow NAM001 – the name as the court record has it -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.record import Record
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_COMMENT = pattern(
    r"<!--\s{0,9}calque:\s{0,9}allow\s{1,9}"
    r"(?P<codes>[A-Z]{3}\d{3}(?:\s{0,9},\s{0,9}[A-Z]{3}\d{3}){0,19})(?P<reason>[^\n>]{0,500}?)-->"
)
_DASHES = "-\N{EN DASH}\N{EM DASH}:, \t"


class Comment(Record):
    """A suppression as it stands: the codes it names and the reason it gives, or an empty one."""

    span: Span
    codes: tuple[str, ...]
    reason: str


def comments(text: str) -> Iterator[Comment]:
    """The suppressions in a text.

    >>> [(c.codes, c.reason) for c in comments("Vuong <!-- calque: allow NAM001, TTL003 – as the record has it -->")]
    [(('NAM001', 'TTL003'), 'as the record has it')]
    """
    for match in _COMMENT.finditer(text) if "calque:" in text else ():
        codes = tuple(re.findall(r"[A-Z]{3}\d{3}", match["codes"]))
        yield Comment(Span(*match.span()), codes, match["reason"].strip(_DASHES))


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Suppressions without a reason, which suppress nothing."""
    for comment in comments(view.document.text):
        if not comment.reason:
            evidence = Evidence("comment", "the comment ends right after the code")
            yield view.finding(rule, comment.span, rule.message, [evidence])
