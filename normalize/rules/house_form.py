"""A right name in another form than the house prints: "Kiev" where the style says "Kyiv"."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Full names of one owner only, where the style or the project says what is printed."""
    allowed = {phrase.casefold() for phrase in rule.allowed}
    for resolution in view.resolutions:
        house = view.style.prints.get(resolution.best.entity, "")
        if not house or not resolution.right or resolution.part != "full" or len(resolution.candidates) > 1:
            continue
        text, role = resolution.text, resolution.best.form.role
        if role not in ("name", "alias", "weak") or text.casefold() == house.casefold() or text.isupper():
            continue
        before = view.document.text[: resolution.span.start].split()[-1:]
        if " ".join((*before, text)).casefold() in allowed or not view.is_in_scope(rule, resolution.span):
            continue
        if text.casefold() in house.casefold().split():
            continue  # a part of what the house prints, as on second reference
        why = f"the style “{view.style.id}” prints “{house}”"
        yield view.finding(
            rule,
            resolution.span,
            rule.message.format(text=text, right=house, why=why),
            [Evidence("style", why), Evidence("entity", resolution.best.entity)],
            replacements=[house],
            entity=resolution.best.entity,
        )
