"""The large tables of places: one line a place, ``aliases/places/*.tsv``, beside the TOML files that people write.

    id  name  country  native  adjective  common  names  source

``native`` is ``zh=杭州``; ``names`` is ``de=Moskau;fr~Roma``, where ``~`` marks a form that English text may print for
something else; a language's second form names the place too. ``source`` is one of those that the head defines with
``# source KEY: text``. What people wrote wins: a row with the id of a TOML entry only adds names to it, and a form that
another hub owns becomes weak here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalize.errors import TableError
from normalize.model import Entity, OtherName, Place
from normalize.record import replace
from normalize.tables.read import Source, rows
from normalize.text.fold import key

COLUMNS = ("id", "name", "country", "native", "adjective", "common", "names", "source")
_NAME = re.compile(r"([a-z]{2,3})([=~])(.+)")
_SOURCE = re.compile(r"# source (\w+): (.+)")


def read_places(path: Path) -> Iterator[tuple[int, Place]]:
    """The places of one table, by line."""
    source = Source(path)
    sources = {m[1]: m[2].strip() for line in source.lines() if (m := _SOURCE.match(line))}
    for number, (id_, name, country, native, adjective, common, names, origin) in rows(source, COLUMNS):
        where = f'{path}:{number}: "{id_}"'
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_) or not name:
            raise TableError(f"{where}: a row needs an id (small letters, digits, hyphens) and a name")
        if common not in ("", "common"):
            raise TableError(f'{where}: common: "{common}" where "common" or nothing is wanted')
        if origin not in sources:
            raise TableError(f'{where}: source: no line "# source {origin}: …" at the head of the file')
        language, _, own = native.partition("=")
        yield (
            number,
            _with_names(
                Place(
                    id=f"place/{id_}",
                    name=name,
                    country=country,
                    native=own,
                    language=language if own else "",
                    adjective=adjective,
                    common=bool(common),
                    names={},
                    source=sources[origin],
                ),
                names,
                where,
            ),
        )


def _with_names(place: Place, column: str, where: str) -> Place:
    names: dict[str, str] = {}
    others: list[OtherName] = []
    for part in filter(None, column.split(";")):
        match = _NAME.fullmatch(part)
        if not match:
            raise TableError(f'{where}: names: "{part}" is not like fr=Pékin or fr~Rome')
        language, strength, form = match.groups()
        if strength == "~" or language in names:
            others.append(OtherName(form, language, weak=strength == "~"))
        else:
            names[language] = form
    return replace(place, names=names, other_names=tuple(others))


def join(curated: dict[str, Entity], listed: Iterable[Place]) -> Iterator[Place]:
    """The listed places as they stand beside the curated hubs: their own, or a curated place with names added. A form
    that a hub of another id owns is weak.
    """
    owners = _owners(curated.values())

    def is_free(form: str, place: Place) -> bool:
        return owners.get(key(form), place.id) == place.id

    for place in listed:
        names = {language: form for language, form in place.names.items() if is_free(form, place)}
        others = tuple(replace(o, weak=o.weak or not is_free(o.form, place)) for o in place.other_names)
        others += tuple(OtherName(form, n, weak=True) for n, form in place.names.items() if n not in names)
        here = curated.get(place.id)
        if isinstance(here, Place):
            own = {key(form) for form in (here.name, *here.aliases, *here.weak, *here.names.values())}
            yield replace(
                here,
                names={**{n: form for n, form in names.items() if key(form) not in own}, **here.names},
                other_names=(*here.other_names, *(o for o in others if key(o.form) not in own)),
                adjective=here.adjective or place.adjective,
            )
        else:
            common = place.common or not is_free(place.name, place)
            yield replace(place, names=names, other_names=others, common=common)


def _owners(curated: Iterable[Entity]) -> dict[str, str]:
    """Each form of the curated hubs, in any language, to its first owner; what it says in lower case is no name."""
    owners: dict[str, str] = {}
    for entity in curated:
        own = (entity.name, *entity.aliases, *entity.weak, *entity.names.values(), getattr(entity, "family", ""))
        for form in filter(None, (*own, getattr(entity, "acronym", ""), getattr(entity, "adjective", ""))):
            owners.setdefault(key(form), entity.id)
    return owners
