"""One thing under two words: a text that begins with a summit and goes on with “the conference”."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_BEFORE = pattern(r"\b([A-Za-z]+)[ -]$")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """The looser word of a pair in ``rule.words``, behind an article, where the set one stands before it.

    A text that has the looser word otherwise (a conference, news conference, the Conference) speaks of another thing.
    """
    text = view.document.text
    for set_word, loose in (pair.split() for pair in rule.words):
        if loose not in text or set_word not in text or loose + "s" in view.vocabulary:
            continue
        firsts, places = view.vocabulary.get(set_word, []), view.vocabulary.get(loose, [])
        if not all(_is_told(text, at) and text[at].islower() for at in places):
            continue
        for at in places:
            span = Span(at, at + len(loose))
            if not firsts or at < firsts[0] or not view.is_in_scope(rule, span):
                continue
            message = rule.message.format(text=loose, right=f"“{set_word}”", why="")
            reason = Evidence("set term", f"“{set_word}” stands before")
            yield view.finding(rule, span, message, [reason], replacements=[set_word])


def _is_told(text: str, at: int) -> bool:
    """Whether an article or a pointing word says that the thing is known."""
    before = _BEFORE.search(text, max(0, at - 20), at)
    return before is not None and before[1].lower() in ("the", "this")
