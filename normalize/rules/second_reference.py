"""A given name where the family name stands for the person: "Mr. Jinping" for Xi Jinping."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Second references by the wrong part of a right name, a title or an honorific before them."""
    for mention in view.resolutions:
        if not mention.right or mention.part != "given" or not mention.replacement or mention.verdict != "sure":
            continue
        if view.is_in_scope(rule, mention.span):
            full = mention.best.name
            yield view.finding(
                rule,
                mention.span,
                rule.message.format(text=mention.text, right=mention.replacement, why=full),
                [Evidence("entity", mention.entity), *mention.evidence],
                replacements=[mention.replacement],
                confidence=mention.confidence,
                entity=mention.entity,
            )
