"""A name in a form that another language gives it: "Vuong Nghi" is Wang Yi read the Vietnamese way."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding, Resolution, Safety, Severity
from normalize.rules.view import View
from normalize.tables.records import Rule

WARNED = 0.75
"""From this probability on a form is worth a warning; below it, it is at most a possible reading (NAM002)."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Names that are surely or probably foreign forms of a known entity."""
    for resolution in view.resolutions:
        if resolution.right or resolution.best.score < WARNED or not view.is_in_scope(rule, resolution.span):
            continue
        if resolution.text == resolution.replacement:
            continue
        severity, safety = _weigh(resolution, is_unverified=view.pack.entity(resolution.best.entity).unverified)
        right, route = resolution.replacement, resolution.best.form.route
        yield view.finding(
            rule,
            resolution.span,
            rule.message.format(text=resolution.text, right=right, why=route),
            (Evidence("route", f"channel {resolution.best.form.channel}: {route}"), *_beside_the_form(resolution)),
            replacements=[right],
            severity=severity,
            safety=safety,
            confidence=resolution.best.score,
            entity=resolution.best.entity,
            channel=resolution.best.form.channel,
        )


def _beside_the_form(resolution: Resolution) -> list[Evidence]:
    """What speaks for the decision besides the form, whose route is told anyway."""
    return [evidence for evidence in resolution.evidence if evidence.kind not in ("reading", "misreading", "exonym")]


def _weigh(resolution: Resolution, is_unverified: bool) -> tuple[Severity, Safety]:
    """Severity and safety follow the evidence: with context an error that is safe to fix, alone a warning."""
    if resolution.settled:
        return "error", "suggest" if is_unverified else "safe"
    return "warning", "suggest"
