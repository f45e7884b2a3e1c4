"""Two words of the source that came out as one and the same: “benevolence and benevolence”, “Beijing (Beijing)”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_AND = r"(?<![\w-])(?P<once>[^\W\d_]{5,})(?P<joint> and )(?P=once)(?![\w'’-])(?P<after> [a-z]+)?"
_BRACKET = r"(?<![\w-])(?P<once>[^\W\d_](?:[\w-]| (?=\w)){3,40}) \((?P=once)\)"


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Nouns joined to themselves by “and”, unless what follows tells the two apart, and glosses that say nothing new.

    The rule's ``words`` are the endings of the nouns that are meant, ``allowed`` the words that tell two things apart.
    """
    text = view.document.text
    for match in re.finditer(_BRACKET, text):
        yield from _found(view, rule, Span(*match.span()), match["once"])
    if " and " not in text:
        return
    endings = rule.words
    for match in re.finditer(_AND, text):
        tells_apart = (match["after"] or "").strip() in rule.allowed
        if match["once"].endswith(endings) and not tells_apart:
            yield from _found(view, rule, Span(match.start(), match.end("joint") + len(match["once"])), match["once"])


def _found(view: View, rule: Rule, span: Span, once: str) -> Iterator[Finding]:
    if view.is_in_scope(rule, span):
        message = rule.message.format(text=view.document.slice(span), right=once, why="")
        evidence = Evidence("repeated", "two words of the source came out as one")
        yield view.finding(rule, span, message, [evidence], replacements=[once])
