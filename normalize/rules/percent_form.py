"""A percentage in another form than the house prints: “5 percent” where the style has “5%”."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

_SHARE = pattern(r"(?<![\w.,$€£])(?P<figure>\d[\d.,]*)(?P<form> ?%| per ?cent\b)(?![-\w%])")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Shares in figures, where the style or the project says how they are printed; shares in words stay."""
    house = view.style.percent
    text = view.document.text
    if house == "keep" or not ("%" in text or " per" in text):
        return
    for match in _SHARE.finditer(text):
        span = Span(*match.span())
        if match["form"].strip() == house or not view.is_in_scope(rule, span):
            continue
        right = match["figure"] + ("%" if house == "%" else f" {house}")
        why = f"the style “{view.style.id}” prints “{right}”"
        message = rule.message.format(text=match.group(), right=right, why=why)
        yield view.finding(rule, span, message, [Evidence("style", why)], replacements=[right])
