"""One person or place under two right names in one text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Resolution
from normalize.rules.view import View
from normalize.tables.records import Rule

KINDS = ("person/", "place/")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """The mentions that differ from the form the house prints, or else from the first one."""
    by_entity: dict[str, list[Resolution]] = defaultdict(list)
    for resolution in view.resolutions:
        names_it = resolution.right and resolution.verdict == "sure" and resolution.part == "full"
        if names_it and resolution.best.entity.startswith(KINDS) and resolution.best.form.role in ("name", "alias"):
            by_entity[resolution.best.entity].append(resolution)
    for entity, mentions in by_entity.items():
        house = view.style.prints.get(entity)
        right = next((m for m in mentions if m.text == house), mentions[0])
        for mention in mentions:
            if _is_other_name(mention.text, right.text) and view.is_in_scope(rule, mention.span):
                line = view.document.text.count("\n", 0, right.span.start) + 1
                yield view.finding(
                    rule,
                    mention.span,
                    rule.message.format(text=mention.text, right=right.text, why=""),
                    [Evidence("other-mention", f"line {line} has “{right.text}”")],
                    replacements=[right.text],
                    entity=entity,
                )


def _is_other_name(text: str, right: str) -> bool:
    """Whether two forms are two names, not one written in capitals or shortened."""
    a, b = set(text.casefold().split()), set(right.casefold().split())
    return not a <= b and not b <= a and not text.isupper() and not right.isupper()
