"""`calque explain`: the page of a rule, the card of an entity or a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from normalize.channels.terms import native_phrase, word_glosses
from normalize.errors import UsageError, nearest
from normalize.index.compile import forms_of
from normalize.model import Entity, Person, Term
from normalize.tables.load import Tables
from normalize.tables.measured import Measure, measures
from normalize.tables.records import Rule


def explain(name: str, tables: Tables) -> Iterator[str]:
    """The lines that explain a rule (code or name) or a hub (id with or without its kind, or a name of its own)."""
    for rule in tables.rules.values():
        if name.upper() == rule.code or name == rule.name:
            yield from _rule_page(rule, measures(tables.root).get(rule.code, []))
            return
    found = [e for e in tables.entities.values() if name in (e.id, e.id.partition("/")[2])]
    found = found or [e for e in tables.entities.values() if name in (e.name, e.native, *e.aliases)]
    if not found:
        known = [*tables.rules, *(e.id.partition("/")[2] for e in tables.entities.values())]
        raise UsageError(f'no rule, entity or term "{name}"{nearest(name, known)}')
    for entity in found:
        yield from _card(entity, tables)


def rules_page(rules: Mapping[str, Rule], root: Path) -> Iterator[str]:
    """docs/rules.md: every rule's page in Markdown."""
    measured = measures(root)
    yield "# Rules\n\nMade by `calque rules --page`; what was measured comes from `python -m benchmarks.artifacts`.\n"
    yield "| code | name | severity | fix | MQM | measured |\n|---|---|---|---|---|---|"
    for rule in rules.values():
        short = "; ".join(_short(one) for one in measured.get(rule.code, []))
        yield f"| {rule.code} | {rule.name} | {rule.severity} | {rule.safety} | {rule.mqm} | {short or '–'} |"
    for rule in rules.values():
        yield f"\n## {rule.code} {rule.name}\n"
        yield f"{rule.what} {rule.why}\n"
        raised = "; a warning where the text reads as translated from its channel" if rule.raised_by_origin else ""
        yield f"Severity {rule.severity}{raised}; fix {rule.safety}; {rule.mqm}."
        yield "\nExample:\n"
        yield from (f"    {line}" for text in rule.bad for line in text.splitlines())
        yield "\nUse instead, or right as it stands:\n"
        yield from (f"    {line}" for text in rule.good for line in text.splitlines())
        yield f"\nMeasured: {'; '.join(_measured(rule, measured.get(rule.code, []))) or 'not yet'}."


def _short(measure: Measure) -> str:
    if measure.words:
        return f"{1000 * measure.findings / measure.words:.3f} findings per 1,000 words of right English"
    return f"{measure.right} of {measure.findings}"


def _measured(rule: Rule, found: list[Measure]) -> list[str]:
    return [*([rule.measured] if rule.measured else []), *map(str, found)]


def _rule_page(rule: Rule, measured: list[Measure]) -> Iterator[str]:
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
    yield from (f"  {line}" for line in _measured(rule, measured) or ["not measured yet"])


RENDERING = ("reversed", "false", "listed", "near")
"""Roles of renderings, the gravest first."""


def _tree(entity: Entity, tables: Tables) -> Iterator[str]:
    """A family tree: right forms, then the words of each language with their glosses, and what grows out of them."""
    forms = list(forms_of(entity, tables))
    yield from (f"  {form.role:<10}{form.text}" for form in forms if form.role not in RENDERING)
    if isinstance(entity, Term) and entity.excused_by:
        yield f"  innocent beside {', '.join(entity.excused_by)}"
    languages = [*(said.language for said in entity.said), *(listed.language for listed in entity.listed)]
    for language in dict.fromkeys(languages):
        natives = dict.fromkeys(
            [native_phrase(said) for said in entity.said if said.language == language]
            + [listed.native for listed in entity.listed if listed.language == language and listed.native]
        )
        yield f"  {tables.languages[language].name} ({language}) {', '.join(natives)}".rstrip()
        words = {word: said for said in entity.said if said.language == language for word in said.words}
        for word, said in words.items():
            meant = (f"{g.english} ({g.sense})" for g in word_glosses(word, said, tables.glosses[language]))
            yield f"    {word} → {', '.join(meant)}"
        grown = {(f.role, f.text): None for f in forms if f.channel == language and f.role in RENDERING}
        for role, text in sorted(grown, key=lambda one: RENDERING.index(one[0])):
            yield f"      {role:<10}{text}"


def _card(entity: Entity, tables: Tables) -> Iterator[str]:
    yield f"{entity.id}  {entity.name}" + (f"  {entity.native} ({entity.language})" if entity.native else "")
    if isinstance(entity, Person):
        yield f"  family name {entity.family or '–'}, {entity.order}; second reference: {entity.second_reference}"
        for holding in entity.offices:
            office = tables.entities[f"office/{holding.office}"].name
            yield f"  {office}: {holding.since or '?'} – {holding.until}"
    yield f"  source: {entity.source or 'unverified'}"
    if entity.said or entity.listed:
        yield from _tree(entity, tables)
        return
    for form in forms_of(entity, tables):
        channel = f"{form.channel}: " if form.channel else ""
        yield f"  {form.role:<10}{form.text}" + (f"  [{channel}{form.route}]" if form.route else "")
