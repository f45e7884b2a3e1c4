"""A form that may be a foreign reading of one or several known entities, with too little evidence to say so."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Evidence, Finding
from normalize.rules.variant_name import WARNED
from normalize.rules.view import View
from normalize.tables.records import Rule

LEAST = 0.3
"""Below this probability nothing is said: the form is more likely somebody's own name."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Names with candidates of which none is likely enough."""
    for resolution in view.resolutions:
        if resolution.right or resolution.best.score >= WARNED:
            continue
        if sum(candidate.score for candidate in resolution.candidates) < LEAST:
            continue
        if not view.is_in_scope(rule, resolution.span):
            continue
        names = " or ".join(f"{candidate.name}" for candidate in resolution.candidates)
        evidence = [
            Evidence("route", f"{c.name} ({c.score:.2f}): channel {c.form.channel}: {c.form.route}")
            for c in resolution.candidates
        ]
        yield view.finding(
            rule,
            resolution.span,
            rule.message.format(text=resolution.text, right=names, why=""),
            (*evidence, *resolution.evidence),
            replacements=[resolution.replacement] if len(resolution.candidates) == 1 else [],
            confidence=resolution.best.score,
            entity=resolution.best.entity,
            channel=resolution.best.form.channel,
        )
