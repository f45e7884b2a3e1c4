"""`calque explain`: the page of a rule, the card of an entity or a term."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.errors import UsageError, nearest
from normalize.index.compile import forms_of
from normalize.model import Entity, Person
from normalize.tables.load import Tables
from normalize.tables.records import Rule


def explain(name: str, tables: Tables) -> Iterator[str]:
    """The lines that explain a rule (code or name) or a hub (id with or without its kind, or a name of its own)."""
    for rule in tables.rules.values():
        if name.upper() == rule.code or name == rule.name:
            yield from _rule_page(rule)
            return
    found = [e for e in tables.entities.values() if name in (e.id, e.id.partition("/")[2])]
    found = found or [e for e in tables.entities.values() if name in (e.name, e.native, *e.aliases)]
    if not found:
        known = [*tables.rules, *(e.id.partition("/")[2] for e in tables.entities.values())]
        raise UsageError(f'no rule, entity or term "{name}"{nearest(name, known)}')
    for entity in found:
        yield from _card(entity, tables)


def _rule_page(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name}"
    yield f"  severity {rule.severity}, fix {rule.safety}, MQM {rule.mqm}"
    yield f"  where    {', '.join(rule.scope)}"
    yield "What it does"
    yield f"  {rule.what}"
    yield "Why it matters"
    yield f"  {rule.why}"
    yield "Example"
    yield from (f"  {line}" for line in rule.bad)
    yield "Use instead"
    yield from (f"  {line}" for line in rule.good)
    yield "Measured precision"
    yield f"  {rule.measured or 'not measured yet'}"


def _card(entity: Entity, tables: Tables) -> Iterator[str]:
    yield f"{entity.id}  {entity.name}" + (f"  {entity.native} ({entity.language})" if entity.native else "")
    if isinstance(entity, Person):
        yield f"  family name {entity.family or '–'}, {entity.order}; second reference: {entity.second_reference}"
        for holding in entity.offices:
            office = tables.entities[f"office/{holding.office}"].name
            yield f"  {office}: {holding.since or '?'} – {holding.until}"
    yield f"  source: {entity.source or 'unverified'}"
    for form in forms_of(entity, tables):
        channel = f"{form.channel}: " if form.channel else ""
        yield f"  {form.role:<10}{form.text}" + (f"  [{channel}{form.route}]" if form.route else "")
