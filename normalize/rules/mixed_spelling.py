"""Words spelt as in America among words spelt as in Britain, or either where the house spells the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_WORDS = re.compile(r"\b[a-z]{4,}\b")
NAMES = {"us": "American", "uk": "British"}


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Every word of the prose in the spelling that fewer words have, the first one's where they are as many.

    ``rule.words`` are pairs, American and British; an American one behind a star is right in British copy too, so that
    it is never held against it and has no voice.
    """
    pairs = [pair.split() for pair in rule.words]
    british = {uk: us.lstrip("*") for us, uk in pairs}
    american = {us.lstrip("*"): uk for us, uk in pairs}
    shared = {us.lstrip("*") for us, _ in pairs if us.startswith("*")}
    found: list[tuple[Span, str]] = []
    for match in _WORDS.finditer(view.document.text):
        variety = "uk" if match.group() in british else "us" if match.group() in american else ""
        span = Span(*match.span())
        if variety and view.is_in_scope(rule, span):
            found.append((span, variety))
    voices: list[str] = [variety for span, variety in found if view.document.slice(span) not in shared]
    house: str = view.style.spelling if view.style.spelling in NAMES else ""
    if not voices or not (house or len(set(voices)) > 1):
        return
    wanted: str = house or max(voices, key=lambda variety: (voices.count(variety), variety == voices[0]))
    first = next((view.document.slice(span) for span, variety in found if variety == wanted), "")
    why = f"the style “{view.style.id}” spells the {NAMES[house]} way" if house else f"the text has “{first}”"
    for span, variety in found:
        text = view.document.slice(span)
        if variety == wanted or (wanted == "uk" and text in shared):
            continue
        right = (british if variety == "uk" else american)[text]
        message = rule.message.format(text=text, right=f"“{right}”", why=why)
        yield view.finding(
            rule, span, message, [Evidence("spelling", f"{NAMES[variety]}; {why}")], replacements=[right]
        )
