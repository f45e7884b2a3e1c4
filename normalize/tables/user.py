"""A newsroom's own tables: TSV with a head, as importers write it, or TOML like the shipped files.

They stand beside the shipped hubs. A TSV row that is a shipped hub (same id; same native form, or same name and kind)
adds its forms to the hub; a TOML entry with a shipped id replaces it. A strong form that a shipped hub owns is weak in
a row, and what only one of two rows can own is weak in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from normalize.errors import TableError, nearest
from normalize.model import Entity, Habit, Holding, Office, Organisation, Person, Place, Term
from normalize.record import replace
from normalize.tables import sound
from normalize.tables.read import Source, entries
from normalize.text.fold import key

KINDS: dict[str, type[Entity]] = {
    "person": Person, "place": Place, "organisation": Organisation, "office": Office, "term": Term, "habit": Habit,
}  # fmt: skip
COLUMNS = ("id", "name", "native", "language", "kind", "country", "aliases", "weak", "names", "offices", "source")
"""The columns a row may have; id and name it must."""
_FORM = re.compile(r"([a-z]{2,3})=(.+)")


def read_user_tables(paths: Iterable[Path]) -> tuple[list[Entity], frozenset[str]]:
    """The entities of all tables, and the ids of those that TOML entries write out in full."""
    found: list[Entity] = []
    written: set[str] = set()
    for path in paths:
        for entity in read_user_table(path):
            found.append(entity)
            if path.suffix == ".toml":
                written.add(entity.id)
    return found, frozenset(written)


def read_user_table(path: Path) -> Iterator[Entity]:
    """The entities of one table; TableError names file, line and cause."""
    return (entity for _, entity in with_lines(path))


def with_lines(path: Path) -> Iterator[tuple[int, Entity]]:
    """The entities of one table, each with the line at which it begins."""
    return _read_toml(path) if path.suffix == ".toml" else _read_tsv(path)


def _read_toml(path: Path) -> Iterator[tuple[int, Entity]]:
    source = Source(path)
    for section in source.toml():
        if section not in KINDS:
            raise TableError(f"{path}: [[{section}]]: not a kind of entry{nearest(section, KINDS)}")
        lines = source.heads(section)
        for number, entity in entries(source, section, KINDS[section]):
            for name, what in sound.faults(entity):
                raise source.fault(what, section=section, number=number, entry=entity.id.partition("/")[2], key=name)
            line = lines[number] if number < len(lines) else 1
            yield line, entity if entity.source else replace(entity, source=path.name)


def _read_tsv(path: Path) -> Iterator[tuple[int, Entity]]:
    columns: list[str] = []
    for number, line in enumerate(Source(path).lines(), 1):
        cells = line.rstrip("\r").split("\t")
        if not line.strip() or (line.startswith("#") and not columns):
            continue
        if not columns:
            columns = cells
            if wrong := next((c for c in columns if c not in COLUMNS), ""):
                raise TableError(f'{path}:{number}: no column "{wrong}"{nearest(wrong, COLUMNS)}')
            if len(columns) > len(set(columns)):
                raise TableError(f"{path}:{number}: a column stands twice in the head")
            if "id" not in columns or "name" not in columns:
                raise TableError(f"{path}:{number}: the head needs the columns id and name, tab-separated")
            continue
        if len(cells) != len(columns):
            raise TableError(f"{path}:{number}: {len(cells)} cells where {len(columns)} are wanted")
        yield number, entity_of_cells(dict(zip(columns, cells, strict=True)), f"{path}:{number}")
    if not columns:
        raise TableError(f"{path}: the table is empty; it needs a head with the columns id and name, tab-separated")


def entity_of_cells(cells: dict[str, str], where: str) -> Entity:
    """The entity of one row. A row without a kind is taken for a person, whose names are read the most careful way."""
    id_, name, kind = cells["id"], cells["name"], cells.get("kind", "") or "person"
    if not id_ or not name:
        raise TableError(f"{where}: a row needs an id and a name")
    if kind not in KINDS:
        raise TableError(f'{where}: "{kind}" is no kind; {", ".join(KINDS)} or empty')
    values: dict[str, Any] = {
        "id": id_ if id_.startswith(kind + "/") else f"{kind}/{id_}",
        "name": name,
        "native": cells.get("native", ""),
        "language": cells.get("language", "") if cells.get("native") else "",
        "country": cells.get("country", ""),
        "aliases": tuple(filter(None, cells.get("aliases", "").split(";"))),
        "weak": tuple(filter(None, cells.get("weak", "").split(";"))),
        "names": dict(forms_of_cell(cells.get("names", ""), where)),
        "source": cells.get("source", "") or where.rpartition(":")[0],
    }
    if values["native"] and not values["language"]:
        raise TableError(f'{where}: the native form "{values["native"]}" needs its language')
    if kind == "person":
        values["offices"] = tuple(holdings_of_cell(cells.get("offices", ""), where))
    return KINDS[kind](**values)


def forms_of_cell(cell: str, where: str) -> Iterator[tuple[str, str]]:
    """The forms of a cell like ``fr=Pékin;vi=Bắc Kinh``, each behind its language."""
    for part in filter(None, cell.split(";")):
        match = _FORM.fullmatch(part)
        if not match:
            raise TableError(f'{where}: names: "{part}" is not like fr=Pékin')
        yield match[1], match[2]


def holdings_of_cell(cell: str, where: str) -> Iterator[Holding]:
    """The offices of a cell like ``cn-foreign-minister@2013-03-16/2022-12-30;…``."""
    for part in filter(None, cell.split(";")):
        office, _, dates = part.partition("@")
        since, _, until = dates.partition("/")
        if not office or not sound.is_date(since) or not sound.is_date(until):
            raise TableError(f'{where}: offices: "{part}" is not like foreign-minister@2013-03-16/2022-12-30')
        if until and since and until < since[: len(until)]:
            raise TableError(f'{where}: offices: "{part}" ends before it begins')
        yield Holding(office, since, until)


class Hubs(Protocol):
    """The shipped hubs, as far as a user's are held against them."""

    def get(self, name: str, /) -> Entity | None:
        """The hub of this id."""

    def of_native(self, native: str, kind: str) -> Entity | None:
        """The hub of a kind that has this native form."""

    def owner(self, form: str) -> str:
        """The id of the person, place or organisation whose name or alias this is, or nothing."""


class Loaded:
    """The hubs of tables that were read."""

    def __init__(self, entities: dict[str, Entity]) -> None:
        """The first of two that have a form in common owns it."""
        self.get = entities.get
        self._natives = {(e.kind, e.native): e for e in entities.values() if e.native}
        self._owners: dict[str, str] = {}
        for entity in entities.values():
            if entity.kind in ("person", "place", "organisation"):
                common = isinstance(entity, Place) and entity.common
                for form in (*(() if common else (entity.name,)), *entity.aliases):
                    self._owners.setdefault(key(form), entity.id)

    def of_native(self, native: str, kind: str) -> Entity | None:
        """The hub of a kind that has this native form."""
        return self._natives.get((kind, native))

    def owner(self, form: str) -> str:
        """The id of the person, place or organisation whose name or alias this is, or nothing."""
        return self._owners.get(key(form), "")


def join(shipped: Hubs, own: Iterable[Entity], written: frozenset[str], languages: Iterable[str]) -> Iterator[Entity]:
    """The user's entities as they stand beside the shipped ones; offices nobody knows and forms in languages that have
    no file are left out.
    """
    known = frozenset(languages)
    owners: dict[str, str] = {}
    mine = list(own)
    offices = {e.id.partition("/")[2] for e in mine if e.kind == "office"}

    def owner(form: str, heir: str) -> str:
        """Whose a form is: a shipped hub's, or the first own hub's that claims it."""
        folded = key(form)
        return owners.get(folded) or owners.setdefault(folded, shipped.owner(form) or heir)

    for entity in mine:
        entity = _fit(entity, known, lambda office: office in offices or shipped.get(f"office/{office}") is not None)
        twin = shipped.get(entity.id)
        if not twin and entity.native:
            twin = shipped.of_native(entity.native, entity.kind)
        elif not twin:
            named = shipped.owner(entity.name)
            twin = shipped.get(named) if named.startswith(entity.kind + "/") else None
        if twin and entity.id == twin.id and entity.id in written:
            yield entity
        elif twin:
            extra = [entity.name, *entity.aliases, *entity.weak]
            own_forms = {key(form) for form in (twin.name, *twin.aliases, *twin.weak)}
            weak = tuple(form for form in dict.fromkeys(extra) if key(form) not in own_forms)
            yield replace(twin, names={**entity.names, **twin.names}, weak=(*twin.weak, *weak))
        else:
            forms = (entity.name, *entity.aliases)
            strong = [form for form in forms if owner(form, entity.id) == entity.id]
            weak = tuple(form for form in entity.aliases if form not in strong)
            aliases = tuple(form for form in entity.aliases if form in strong)
            yield replace(entity, aliases=aliases, weak=(*entity.weak, *weak)) if weak else entity


def _fit(entity: Entity, languages: frozenset[str], is_office: Callable[[str], bool]) -> Entity:
    """The entity without what the index could not say."""
    if not languages.issuperset(entity.names):
        entity = replace(entity, names={n: form for n, form in entity.names.items() if n in languages})
    if isinstance(entity, Person) and entity.offices:
        entity = replace(entity, offices=tuple(h for h in entity.offices if is_office(h.office)))
    return entity
