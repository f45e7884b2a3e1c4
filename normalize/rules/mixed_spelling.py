"""Words spelt as in America among words spelt as in Britain, or either where the house spells the other way."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_WORDS = pattern(r"\b[a-z]{4,}\b")
NAMES = {"us": "American", "uk": "British"}


class Pairs:
    """The words of a rule: each British one's American spelling, the reverse, and American ones right in both."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Read pairs, the American word first, behind a star where British copy spells so too."""
        pairs = [pair.split() for pair in words]
        self.british = {uk: us.lstrip("*") for us, uk in pairs}
        self.american = {us.lstrip("*"): uk for us, uk in pairs}
        self.shared = {us.lstrip("*") for us, _ in pairs if us.startswith("*")}
        self.all = frozenset(self.british | self.american)


_pairs = functools.cache(Pairs)


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Every word of the prose in the spelling that fewer words have, the first one's where they are as many.

    An American word that is right in British copy too is never held against it and has no voice.
    """
    pairs = _pairs(rule.words)
    if pairs.all.isdisjoint(_WORDS.findall(view.document.text)):
        return
    found: list[tuple[Span, str]] = []
    for match in _WORDS.finditer(view.document.text):
        span = Span(*match.span())
        if match.group() in pairs.all and view.is_in_scope(rule, span):
            found.append((span, "uk" if match.group() in pairs.british else "us"))
    voices = [variety for span, variety in found if view.document.slice(span) not in pairs.shared]
    house: str = view.style.spelling if view.style.spelling in NAMES else ""
    if not voices or not (house or len(set(voices)) > 1):
        return
    wanted = house or max(voices, key=lambda variety: (voices.count(variety), variety == voices[0]))
    first = next((view.document.slice(span) for span, variety in found if variety == wanted), "")
    why = f"the style “{view.style.id}” spells the {NAMES[house]} way" if house else f"the text has “{first}”"
    for span, variety in found:
        text = view.document.slice(span)
        if variety == wanted or (wanted == "uk" and text in pairs.shared):
            continue
        right = (pairs.british if variety == "uk" else pairs.american)[text]
        message = rule.message.format(text=text, right=f"“{right}”", why=why)
        reason = Evidence("spelling", f"{NAMES[variety]}; {why}")
        yield view.finding(rule, span, message, [reason], replacements=[right])
