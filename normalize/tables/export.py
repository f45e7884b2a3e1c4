"""The hubs as other programs read them: rows, JSON lines, FollowTheMoney entities."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from normalize.model import Entity, Organisation, Person
from normalize.tables.format import entry_of
from normalize.tables.importers.imported import COLUMNS, Imported
from normalize.tables.load import Tables

SCHEMATA = {"person": "Person", "organisation": "Organization", "place": "Address", "office": "Position"}


def as_tsv(tables: Tables) -> Iterator[str]:
    """A user table: it can be read back with `--table` or ``tables =``."""
    yield "\t".join(COLUMNS)
    for entity in _named(tables):
        row = Imported(
            entity.id, entity.name, entity.native, entity.language, entity.kind, entity.country,
            aliases=list(entity.aliases), weak=list(entity.weak), names=dict(entity.names),
        )  # fmt: skip
        if isinstance(entity, Person):
            row.offices = [(holding.office, holding.since, holding.until) for holding in entity.offices]
        if isinstance(entity, Organisation) and entity.acronym:
            row.aliases.append(entity.acronym)
        yield row.row(entity.source or "unverified").rstrip("\n")


def as_json_lines(tables: Tables) -> Iterator[str]:
    """Each hub with the keys of its entry, and its kind."""
    for entity in _named(tables):
        yield json.dumps({"kind": entity.kind, **entry_of(entity), "id": entity.id}, ensure_ascii=False)


def as_ftm(tables: Tables) -> Iterator[str]:
    """Entities of FollowTheMoney; forms that need a context are weak aliases."""
    for entity in _named(tables):
        properties: dict[str, list[str]] = {
            "name": [entity.name],
            "alias": list(dict.fromkeys(filter(None, (*entity.aliases, entity.native, *entity.names.values())))),
            "weakAlias": list(entity.weak),
            "country": [entity.country] if entity.country else [],
        }
        if isinstance(entity, Person) and entity.family:
            properties["lastName"] = [entity.family]
        raw: dict[str, Any] = {
            "id": entity.id.replace("/", "-"),
            "caption": entity.name,
            "schema": SCHEMATA[entity.kind],
            "properties": {name: values for name, values in properties.items() if values},
            "referents": [],
            "datasets": ["calque"],
        }
        yield json.dumps(raw, ensure_ascii=False)


def _named(tables: Tables) -> Iterator[Entity]:
    return (entity for entity in tables.entities.values() if entity.kind in SCHEMATA)


EXPORTS: dict[str, Callable[[Tables], Iterator[str]]] = {"tsv": as_tsv, "jsonl": as_json_lines, "ftm": as_ftm}
