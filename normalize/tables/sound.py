"""What is wrong with one entry by itself, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.errors import nearest
from normalize.model import Entity, Person, Term

ORDERS = ("family-first", "given-first")
SECOND = ("family", "given", "full")


def faults(entity: Entity) -> Iterator[tuple[str, str]]:
    """The keys that are wrong, each with what is wrong with it."""
    if entity.native and not entity.language:
        yield "native", 'a native form needs its "language"'
    if isinstance(entity, Person):
        if entity.order not in ORDERS:
            yield "order", f"not an order{nearest(entity.order, ORDERS)}"
        if entity.second not in SECOND:
            yield "second", f"not a second reference{nearest(entity.second, SECOND)}"
        if entity.family and entity.family not in entity.name:
            yield "family", f'"{entity.family}" does not stand in "{entity.name}"'
        for holding in entity.offices:
            if holding.until and holding.until < holding.since[: len(holding.until)]:
                yield "offices", f'"{holding.office}" ends before it begins'
    is_flagged = isinstance(entity, Term) and (entity.said or entity.listed or entity.kind == "habit")
    if isinstance(entity, Term) and is_flagged and not (entity.hit and entity.miss):
        yield "hit", "a term that can be flagged needs a good and a bad sentence (hit, miss)"
