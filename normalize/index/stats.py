"""How much the tables hold: rows, sources, languages, forms, collisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from normalize.index.collisions import collisions, tally
from normalize.index.compile import forms_of
from normalize.model import Person, Place
from normalize.tables.load import Tables


def stats(tables: Tables) -> Iterator[str]:
    """The lines that `calque tables stats` prints."""
    entities = list(tables.entities.values())
    kinds = Counter(entity.kind for entity in entities)
    sourced = Counter(entity.kind for entity in entities if entity.source and not entity.unverified)
    yield "rows              all  with a source"
    for kind, count in sorted(kinds.items()):
        yield f"  {kind:<14}{count:>5}  {sourced[kind]:>5} ({100 * sourced[kind] / count:.0f} %)"
    held = {h.office for e in entities if isinstance(e, Person) for h in e.offices}
    dated = sum(1 for e in entities if isinstance(e, Person) for h in e.offices if h.since)
    yield f"  offices with holders {len(held)}, holdings with dates {dated}"
    yield "languages: hubs with a form of their own in it (places in brackets)"
    languages, places = Counter[str](), Counter[str]()
    for entity in entities:
        own = {*entity.names, entity.language.split("-")[0]} - {""}
        own |= {other.language for other in entity.other_names} if isinstance(entity, Place) else set()
        languages.update(own)
        places.update(own if isinstance(entity, Place) else ())
    yield "  " + ", ".join(
        f"{n} {count} ({places[n]})" for n, count in sorted(languages.items(), key=lambda p: (-p[1], p[0]))
    )
    roles = Counter(form.role for entity in entities for form in forms_of(entity, tables))
    yield "forms: " + ", ".join(f"{role} {count}" for role, count in sorted(roles.items()))
    yield "collisions"
    for handling, count in tally(collisions(tables)):
        yield f"  {count:>6}  {handling}"
