"""Two words of the source that came out as one and the same: “benevolence and benevolence”, “Beijing (Beijing)”."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_WORD_BEFORE = pattern(r"(?<![\w-])[^\W\d_]{5,}$")
_WORD_BEHIND = pattern(r"([^\W\d_]{5,})(?![\w'’-])(?: ([a-z]+))?")
_LONGEST = 40
"""Letters of a gloss in brackets, and of a word."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Nouns joined to themselves by “and”, and glosses that say nothing new.

    The rule's ``words`` are the endings of the nouns that are meant, ``allowed`` the words that may follow at once: any
    other goes on with the second noun (government and government officials) or tells the two apart.
    """
    text = view.document.text
    for at in _places(text, " ("):
        end = text.find(")", at, at + _LONGEST + 3)
        once = text[at + 2 : end]
        start = at - len(once)
        if end > at + 5 and start >= 0 and text[start:at] == once and not text[max(0, start - 1) : start].isalnum():
            yield from _found(view, rule, Span(start, end + 1), once)
    for at in _places(text, " and "):
        behind = _WORD_BEHIND.match(text, at + 5)
        if not behind or not behind[1].endswith(rule.words) or (behind[2] and behind[2] not in rule.allowed):
            continue
        before = _WORD_BEFORE.search(text, max(0, at - _LONGEST), at)
        if before and before.group() == behind[1]:
            yield from _found(view, rule, Span(before.start(), behind.end(1)), behind[1])


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _found(view: View, rule: Rule, span: Span, once: str) -> Iterator[Finding]:
    if view.is_in_scope(rule, span):
        message = rule.message.format(text=view.document.slice(span), right=once, why="")
        evidence = Evidence("repeated", "two words of the source came out as one")
        yield view.finding(rule, span, message, [evidence], replacements=[once])
