"""Courtesy titles before known names, where the house prints none or the text gives one now and then."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Person, Resolution, Span
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Every honorific where the style has none (a warning); those of a person who also stands without, else."""
    persons = [
        r
        for r in view.resolutions
        if r.right and not r.replacement and r.verdict == "sure" and isinstance(view.pack.entity(r.best.entity), Person)
    ]
    honorifics = view.pack.record(f"language/{view.document.language}").get("honorifics", ())
    if not persons or not honorifics:
        return
    before = _any_of(tuple(honorifics))
    polite = [(r, match) for r in persons if (match := _before(view, r, before))]
    plain = Counter(r.best.entity for r in persons) - Counter(r.best.entity for r, _ in polite)
    forbidden = view.style.honorifics == "none"
    for resolution, match in polite:
        span = Span(match.start(), resolution.span.end)
        if not view.is_in_scope(rule, span) or not (forbidden or plain[resolution.best.entity]):
            continue
        right = resolution.text
        why = f"the style “{view.style.id}” prints none" if forbidden else "the text also has the name without one"
        yield view.finding(
            rule,
            span,
            rule.message.format(text=view.document.slice(span), right=right, why=why),
            [Evidence("style", why), Evidence("entity", resolution.best.entity)],
            replacements=[right],
            severity="warning" if forbidden else "info",
            entity=resolution.best.entity,
        )


@functools.cache
def _any_of(honorifics: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, honorifics))})\s$")


def _before(view: View, resolution: Resolution, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The honorific right before a mention."""
    return pattern.search(view.document.text, max(0, resolution.span.start - 12), resolution.span.start)
