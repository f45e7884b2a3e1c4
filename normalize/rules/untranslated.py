"""A sentence left in another language that writes Latin letters."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from normalize.index.pack import Pack
from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_SENTENCE = r"[^\s.!?][^.!?\n]{30,}[.!?]?"
_LEAST = 5
"""Different function words of the other language that a sentence must have, and twice as many as English ones."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Sentences of prose whose small words are another language's; short ones and quoted ones say too little."""
    own, others, any_other = _small_words(view.pack, view.document.language.split("-")[0])
    if len(any_other.intersection(view.document.text.lower().split())) < _LEAST:
        return
    for segment in view.document.segments:
        if segment.kind != "prose":
            continue
        for match in re.finditer(_SENTENCE, view.document.text[segment.span.start : segment.span.end]):
            said = set(match.group().lower().split())
            if len(said & any_other) < _LEAST or len(said & own) > len(said & any_other) / 2:
                continue
            name = max(sorted(others), key=lambda other: len(said & others[other]))
            span = Span(segment.span.start + match.start(), segment.span.start + match.end())
            if len(said & others[name]) >= _LEAST and view.is_in_scope(rule, span):
                why = view.pack.record(f"language/{name}")["name"]
                message = rule.message.format(text=match.group(), right="", why=why)
                yield view.finding(rule, span, message, [Evidence("language", f"function words of {why}")])


@functools.lru_cache(maxsize=8)
def _small_words(pack: Pack, language: str) -> tuple[frozenset[str], dict[str, frozenset[str]], frozenset[str]]:
    """The function words of a language, those of each other one that it has not, and these together."""
    profiles = {name: frozenset(words) for name, words in pack.record("profiles").items()}
    own = profiles[language]
    others = {name: words - own for name, words in profiles.items() if words and words != own}
    return own, others, frozenset().union(*others.values())
