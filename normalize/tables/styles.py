"""A project's own house style: the keys of a style file under ``[house]`` in its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from normalize.errors import UsageError, nearest
from normalize.tables.records import Style

FIXED = ("id", "name", "source")


def read_house(
    raw: Mapping[str, Any], is_known: Callable[[str], bool], known: Callable[[], Iterable[str]]
) -> dict[str, Any]:
    """The fields of Style that ``raw`` sets; UsageError names a key, a value or an entity that there is not."""
    if not raw:
        return {}
    from normalize.tables.read import FaultError, build

    for name in FIXED:
        if name in raw:
            raise UsageError(f"house: {name}: a project sets what is printed, not the {name} of a style")
    try:
        style = build(Style, {"id": "house", "name": "house", **raw})
    except FaultError as fault:
        raise UsageError(f"house: {fault.key}: {fault}") from None
    for entity in style.prints:
        if not is_known(entity):
            raise UsageError(f'house: prints: no "{entity}"{nearest(entity, known())}')
    return {name: getattr(style, name) for name in raw}
