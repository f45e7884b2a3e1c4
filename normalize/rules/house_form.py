"""A right name in another form than the house prints: "Kiev" where the style says "Kyiv"."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Resolution
from normalize.names.house import printed, speaks_of
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import fold


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Full names of one owner only, where the style or the project says what is printed."""
    allowed = {phrase.casefold() for phrase in rule.allowed}
    for resolution in view.resolutions:
        if not resolution.right or resolution.part != "full" or len(resolution.candidates) > 1:
            continue
        if not speaks_of(resolution.best.entity, view.style):
            continue
        house, text = printed(view.pack.entity(resolution.best.entity), view.style), resolution.text
        if not _is_other(text, house, resolution, view) or text.isupper():
            continue
        before = view.document.text[: resolution.span.start].split()[-1:]
        if " ".join((*before, text)).casefold() in allowed or not view.is_in_scope(rule, resolution.span):
            continue
        why = f"the style “{view.style.id}” prints “{house}”"
        yield view.finding(
            rule,
            resolution.span,
            rule.message.format(text=text, right=house, why=why),
            [Evidence("style", why), Evidence("entity", resolution.best.entity)],
            replacements=[house],
            entity=resolution.best.entity,
        )


def _is_other(text: str, house: str, resolution: Resolution, view: View) -> bool:
    """Whether the house prints the entity otherwise: by its list, or the same words in its own order and marks."""
    if resolution.best.entity in view.style.prints:
        is_own = resolution.best.form.role in ("name", "alias", "weak")
        # A part of what the house prints may stand, as on second reference.
        return is_own and text.casefold() != house.casefold() and text.casefold() not in house.casefold().split()
    return text != house and sorted(fold(text).split()) == sorted(fold(house).split())
