"""The same word twice in a row, or more often."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.find import whole
from normalize.text.pattern import pattern

_AGAIN = pattern(r"\b([^\W\d_]+)(?:(?:[ \t]+|[ \t]*\r?\n[ \t]*)\1\b(?![-'’]))++")
"""All of a run at once: a text of nothing but one word holds one finding, not one for every second word."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Doubled lower-case function words, which no writer doubles on purpose: the rule's ``words``."""
    squeezed, doubled = " ".join(view.document.text.split()), frozenset(rule.words)
    if not any(next(whole(squeezed, f"{word} {word}"), -1) >= 0 for word in rule.words):
        return
    for match in _AGAIN.finditer(view.document.text):
        span = Span(*match.span())
        if match[1] in doubled and view.is_in_scope(rule, span):
            count = match[0].count(match[1])
            often = "twice" if count == 2 else f"{count} times"
            message = rule.message.format(text=match[1], right=match[1], why=often)
            evidence = Evidence("pattern", f"“{match[1]}” stands {often} in a row")
            yield view.finding(rule, span, message, [evidence], replacements=[match[1]])
