"""What is wrong with one entry by itself, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.errors import nearest
from normalize.model import Entity, Person, Term

ORDERS = ("family-first", "given-first")
SECOND = ("family", "given", "full")
GENDERS = ("", "f", "m")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")


def is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year as ISO 8601 writes them, or nothing.

    >>> [is_date(text) for text in ("2013-03-16", "2013-03", "2013", "", "2013-13", "16 March 2013")]
    [True, True, True, True, False, False]
    """
    return _DATE.fullmatch(text) is not None


def faults(entity: Entity) -> Iterator[tuple[str, str]]:
    """The keys that are wrong, each with what is wrong with it."""
    if entity.native and not entity.language:
        yield "native", 'a native form needs its "language"'
    if entity.language and not _TAG.fullmatch(entity.language):
        yield "language", f'"{entity.language}" is no language tag; such as zh, uk or zh-Hant is wanted'
    if entity.id.endswith("/"):
        yield "id", "an entry needs an id, such as wang-yi"
    for name, forms in (("name", (entity.name,)), ("aliases", entity.aliases), ("weak", entity.weak)):
        for form in forms:
            if not form.strip() or any(c < " " for c in form):
                yield name, f"{form!r} is no form; it is empty or has a control character"
    if isinstance(entity, Person):
        if entity.order not in ORDERS:
            yield "order", f"not an order{nearest(entity.order, ORDERS)}"
        if entity.second not in SECOND:
            yield "second", f"not a second reference{nearest(entity.second, SECOND)}"
        if entity.family and entity.family not in entity.name:
            yield "family", f'"{entity.family}" does not stand in "{entity.name}"'
        if entity.gender not in GENDERS:
            yield "gender", f'"{entity.gender}" is neither f nor m'
        for holding in entity.offices:
            if not is_date(holding.since) or not is_date(holding.until):
                yield "offices", f'"{holding.office}": dates are written like 2013-03-16, 2013-03 or 2013'
            if holding.until and holding.until < holding.since[: len(holding.until)]:
                yield "offices", f'"{holding.office}" ends before it begins'
    is_flagged = isinstance(entity, Term) and (entity.said or entity.listed or entity.kind == "habit")
    if isinstance(entity, Term) and is_flagged and not (entity.hit and entity.miss):
        yield "hit", "a term that can be flagged needs a good and a bad sentence (hit, miss)"
