"""A newsroom's own tables: compiled beside the shipped index, which stays as it is, and kept until they change."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.index.cache import beside, shipped
from normalize.index.joined import REPLACED, Joined
from normalize.index.pack import Pack
from normalize.model import Entity, Form, Office, Person, Place
from normalize.record import replace
from normalize.tables.locate import tables_root
from normalize.text.fold import key

if TYPE_CHECKING:
    from normalize.tables.load import Tables

HUBS = ("person/", "place/", "organisation/")


def with_tables(own: Sequence[Path]) -> Pack:
    """The index of the shipped tables and the user's; TableError names file and line of a bad row."""
    pack = shipped()
    return Joined(beside(pack, own, lambda: _read(own, pack)), pack) if own else pack


def _read(own: Sequence[Path], pack: Pack) -> tuple[list[Form], dict[str, Any]]:
    """The forms and records that the user's tables add to the shipped index."""
    from normalize.index.compile import forms_of, plain
    from normalize.tables.load import load_without_hubs
    from normalize.tables.user import join, read_user_tables

    print(f"calque: compiling {', '.join(p.name for p in own)} beside the shipped tables, once …", file=sys.stderr)
    mine, written = read_user_tables(own)
    tables = load_without_hubs(tables_root())
    new: dict[str, Entity] = {}
    forms: list[Form] = []
    records: dict[str, Any] = {}
    for entity in join(_Shipped(pack), mine, written, pack.record("languages")):
        if pack.has(entity.id) and entity.id not in written:
            forms += _added(entity, pack.entity(entity.id), tables)
            before = records.get(entity.id, pack.record(entity.id))
            weak = dict.fromkeys((*before.get("weak", ()), *entity.weak))
            records[entity.id] = {**before, "weak": [*weak], "names": {**entity.names, **before.get("names", {})}}
        else:
            new[entity.id] = entity
    if any(isinstance(entity, Office) for entity in new.values()):
        tables = replace(tables, entities={name: pack.entity(name) for name in pack.names("place/")})
    for entity in new.values():
        forms += forms_of(entity, tables)
        records[entity.id] = plain(entity)
    replaced = sorted(name for name in new if pack.has(name))
    return forms, {**records, REPLACED: replaced, **_gathered(new, pack)}


def _added(entity: Entity, shipped: Entity, tables: Tables) -> Iterator[Form]:
    """The forms that a row adds to a shipped hub."""
    yield from (Form(text, entity.id, "weak") for text in entity.weak if text not in shipped.weak)
    for language, text in sorted(entity.names.items()):
        if language not in shipped.names:
            yield Form(text, entity.id, "exonym", language, f"{tables.languages[language].name} form")


def _gathered(new: dict[str, Entity], pack: Pack) -> dict[str, Any]:
    """The records that hold something of every hub, with the user's hubs in them."""
    holders = {
        office: [tuple(holder) for holder in holding if holder[0] not in new]
        for office, holding in pack.record("holders").items()
    }
    countries, offices = dict(pack.record("countries")), dict(pack.record("offices"))
    for entity in new.values():
        if isinstance(entity, Person):
            for holding in entity.offices:
                held = holders.setdefault(f"office/{holding.office}", [])
                held.append((entity.id, holding.since, holding.until))
        elif isinstance(entity, Place) and entity.adjective:
            countries[entity.country] = entity.name
        elif isinstance(entity, Office):
            offices[entity.id] = [entity.name, entity.country]
    by_person = {office: sorted(held, key=lambda holder: holder[0]) for office, held in holders.items()}
    return {"holders": by_person, "countries": countries, "offices": offices}


class _Shipped:
    """The shipped hubs, looked up in their index."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self.owner = cache(self._owner)

    def get(self, name: str) -> Entity | None:
        """The hub of this id."""
        return self._pack.entity(name) if name and self._pack.has(name) else None

    def of_native(self, native: str, kind: str) -> Entity | None:
        """The hub of a kind that has this native form."""
        owners = (form.owner for form in self._pack.forms(key(native)) if form.owner.startswith(kind + "/"))
        hubs = (self._pack.entity(owner) for owner in dict.fromkeys(owners))
        return next((hub for hub in hubs if hub.native == native), None)

    def _owner(self, form: str) -> str:
        """The id of the person, place or organisation whose name or alias this is, or nothing."""
        strong = (f for f in self._pack.forms(key(form)) if f.role in ("name", "alias") and not f.route)
        return next((f.owner for f in strong if f.owner.startswith(HUBS)), "")
