"""The whole of ``aliases/`` as validated Tables, or one error that says where the fault is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from normalize.errors import TableError, nearest
from normalize.model import Entity, Office, Organisation, Person, Place, Term
from normalize.record import Record, replace
from normalize.tables import places, user
from normalize.tables.read import Source, entries, rows
from normalize.tables.read import one as _one
from normalize.tables.records import Channel, Gloss, Language, Rule, Scheme, Style, Swap
from normalize.text.fold import key

T = TypeVar("T")

SECTIONS: dict[str, type[Entity]] = {
    "office": Office,
    "organisation": Organisation,
    "person": Person,
    "place": Place,
    "term": Term,
}
FOLDERS = {
    "offices": "office",
    "organisations": "organisation",
    "people": "person",
    "places": "place",
    "terms": "term",
}
GLOSS_COLUMNS = ("native", "english", "sense", "source")
ORDERS = ("family-first", "given-first")
SECOND = ("family", "given", "full")


class Tables(Record):
    """Everything under ``aliases/``, by id, in a stable order."""

    root: Path
    entities: dict[str, Entity]
    rules: dict[str, Rule]
    styles: dict[str, Style]
    languages: dict[str, Language]
    schemes: dict[str, Scheme]
    channels: dict[str, Channel]
    glosses: dict[str, tuple[Gloss, ...]]
    suffixes: tuple[Swap, ...]
    coinages: dict[str, str]
    weights: dict[str, float]
    places_of_entries: dict[str, tuple[Source, str, int]]

    def fault(self, entry: str, key: str, what: str) -> TableError:
        """An error at a key of an entry that was read."""
        if entry not in self.places_of_entries:
            return TableError(f'{self.root}/places: "{entry.partition("/")[2]}": {key}: {what}')
        source, section, number = self.places_of_entries[entry]
        return source.fault(what, section=section, number=number, entry=entry.partition("/")[2] or entry, key=key)


def load(root: Path, own: Sequence[Path] = ()) -> Tables:
    """Read and check every table under ``root``, and stand a user's ``own`` tables beside them."""
    at: dict[str, tuple[Source, str, int]] = {}
    entities: dict[str, Entity] = {}
    for folder, section in FOLDERS.items():
        for source in _sources(root / folder):
            _only(source, section)
            for number, entity in entries(source, section, SECTIONS[section]):
                _add(entities, entity.id, entity, at, (source, section, number))
    for place in list(places.join(entities, _listed_places(root))):
        entities[place.id] = place
    rules: dict[str, Rule] = {}
    for source in _sources(root / "rules"):
        _only(source, "rule")
        for number, rule in entries(source, "rule", Rule):
            _add(rules, rule.code, rule, at, (source, "rule", number))
    tables = Tables(
        root=root,
        entities=dict(sorted(entities.items())),
        rules=dict(sorted(rules.items())),
        styles=dict(_singles(root / "styles", Style, lambda style: style.id)),
        languages=dict(_singles(root / "languages", Language, lambda language: language.id)),
        schemes=load_schemes(root),
        channels=dict(_channels(root)),
        glosses={p.parent.name: _glosses(Source(p)) for p in sorted(root.glob("channels/*/glosses.tsv"))},
        suffixes=tuple(swap for _, swap in entries(Source(root / "lexicon" / "suffixes.toml"), "swap", Swap)),
        coinages=dict(_coinages(Source(root / "lexicon" / "coinages.tsv"))),
        weights=_weights(root / "evidence.toml"),
        places_of_entries=at,
    )
    for check in (_check_entities, _check_references, _check_said, _check_rules, _check_owners):
        check(tables)
    if own:
        mine, written = user.read_user_tables(own)
        entities = {**tables.entities}
        for entity in user.join(tables.entities, mine, written, tables.languages):
            entities[entity.id] = entity
        tables = replace(tables, entities=dict(sorted(entities.items())))
    return tables


def load_schemes(root: Path) -> dict[str, Scheme]:
    """The transliteration schemes alone."""
    return dict(_singles(root / "schemes", Scheme, lambda scheme: scheme.id))


def _sources(folder: Path) -> Iterator[Source]:
    return (Source(path) for path in sorted(folder.glob("*.toml")))


def _listed_places(root: Path) -> Iterator[Place]:
    """The places of the large tables; an id stands in one row."""
    seen: dict[str, str] = {}
    for path in sorted(root.glob("places/*.tsv")):
        for number, place in places.read_places(path):
            first = seen.setdefault(place.id, f"{path}:{number}")
            if first != f"{path}:{number}":
                raise TableError(f'{path}:{number}: "{place.id}": this id stands already at {first}')
            yield place


def _only(source: Source, section: str) -> None:
    """Refuse a section that this folder does not hold."""
    for name in source.toml():
        if name != section:
            raise TableError(f"{source.path}: [[{name}]]: only [[{section}]] stands in this folder")


def _add(
    into: dict[str, T], name: str, record: T, at: dict[str, tuple[Source, str, int]], here: tuple[Source, str, int]
) -> None:
    source, section, number = here
    if name in into:
        first, _, n = at[name]
        where = f"{first.path}:{first.line_of(section, n)}"
        raise source.fault(f"this id stands already at {where}", section=section, number=number, entry=name, key="id")
    into[name] = record
    at[name] = here


def _singles(folder: Path, record: type[T], name: Callable[[T], str]) -> Iterator[tuple[str, T]]:
    """Files that hold one record each and are named after it."""
    for source in _sources(folder):
        made = _one(source, record)
        if name(made) != source.path.stem:
            raise TableError(f'{source.path}: the id "{name(made)}" is not the name of the file')
        yield name(made), made


def _channels(root: Path) -> Iterator[tuple[str, Channel]]:
    for path in sorted(root.glob("channels/*/channel.toml")):
        source = Source(path)
        channel = _one(source, Channel)
        if channel.id != path.parent.name:
            raise TableError(f'{path}: the id "{channel.id}" is not the name of the folder')
        yield channel.id, channel


def _glosses(source: Source) -> tuple[Gloss, ...]:
    found = []
    for number, (native, english, sense, _source) in rows(source, GLOSS_COLUMNS):
        if sense not in ("right", "near", "false"):
            raise TableError(f'{source.path}:{number}: "{sense}" is no sense; right, near or false')
        found.append(Gloss(native, english, sense))  # type: ignore[arg-type]
    return tuple(found)


def _coinages(source: Source) -> Iterator[tuple[str, str]]:
    for _, (wrong, right, strength, _reason) in rows(source, ("wrong", "right", "strength", "reason")):
        if strength == "strong":
            yield wrong, right


def _weights(path: Path) -> dict[str, float]:
    return {name: float(value) for name, value in Source(path).toml()["weights"].items()}


def _check_entities(tables: Tables) -> None:
    for entity in tables.entities.values():
        if not entity.source and not entity.unverified:
            raise tables.fault(entity.id, "source", 'say where it was checked, or "unverified = true"')
        if entity.native and not entity.language:
            raise tables.fault(entity.id, "native", 'a native form needs its "language"')
        if isinstance(entity, Person):
            if entity.order not in ORDERS:
                raise tables.fault(entity.id, "order", f"not an order{nearest(entity.order, ORDERS)}")
            if entity.second not in SECOND:
                raise tables.fault(entity.id, "second", f"not a second reference{nearest(entity.second, SECOND)}")
            if entity.family and entity.family not in entity.name:
                raise tables.fault(entity.id, "family", f'"{entity.family}" does not stand in "{entity.name}"')
        if isinstance(entity, Term) and (entity.said or entity.listed) and not (entity.hit and entity.miss):
            raise tables.fault(
                entity.id, "hit", "a term that can be flagged needs a good and a bad sentence (hit, miss)"
            )
        for holding in entity.offices if isinstance(entity, Person) else ():
            if holding.until and holding.until < holding.since:
                raise tables.fault(entity.id, "offices", f'"{holding.office}" ends before it begins')


def _check_references(tables: Tables) -> None:
    def want(entity: Entity, key: str, kind: str, ids: Iterable[str]) -> None:
        for name in ids:
            if name and f"{kind}/{name}" not in tables.entities:
                known = (e.partition("/")[2] for e in tables.entities if e.startswith(kind + "/"))
                raise tables.fault(entity.id, key, f'no {kind} "{name}"{nearest(name, known)}')

    for entity in tables.entities.values():
        if isinstance(entity, Person):
            want(entity, "offices", "office", (h.office for h in entity.offices))
            want(entity, "apart", "person", entity.apart)
        if isinstance(entity, Office):
            want(entity, "body", "organisation", [entity.body])
        if isinstance(entity, Place):
            want(entity, "part_of", "place", [entity.part_of])
    for style in tables.styles.values():
        for name in style.prints:
            if name not in tables.entities:
                raise TableError(f'{tables.root}/styles/{style.id}.toml: no "{name}"{nearest(name, tables.entities)}')


def _check_said(tables: Tables) -> None:
    for entity in tables.entities.values():
        for said in entity.said:
            known = {gloss.native for gloss in tables.glosses.get(said.language, ())}
            for word in said.words:
                if word not in known:
                    raise tables.fault(
                        entity.id, "said", f'no gloss for "{word}" in channel {said.language}{nearest(word, known)}'
                    )
            for place in said.english:
                if isinstance(place, int) and not 1 <= place <= len(said.words):
                    raise tables.fault(entity.id, "said", f"english: there is no word {place}")


def _check_rules(tables: Tables) -> None:
    for rule in tables.rules.values():
        if not (rule.bad and rule.good):
            raise tables.fault(rule.code, "bad" if not rule.bad else "good", "a rule needs good and bad examples")
        if rule.pattern:
            try:
                re.compile(rule.pattern)
            except re.error as error:
                raise tables.fault(rule.code, "pattern", f"not a pattern: {error}") from None


def _check_owners(tables: Tables) -> None:
    """A strong form has one owner; what two share must be weak in one of them."""
    owners: dict[str, str] = {}
    for entity in tables.entities.values():
        if entity.kind in ("office", "term"):
            continue
        name = () if isinstance(entity, Place) and entity.common else (entity.name,)
        for form in (*name, *entity.aliases):
            first = owners.setdefault(key(form), entity.id)
            if first != entity.id:
                raise tables.fault(
                    entity.id, "aliases", f'"{form}" belongs to {first} too; make it weak in one of them'
                )
