"""House styles: what is checked in a style file, and in the same keys under ``[house]`` in a project's settings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from normalize.errors import UsageError, nearest
from normalize.tables.records import Style

FIXED = ("id", "name", "source")


def fault(
    style: Style, is_known: Callable[[str], bool], known: Callable[[], Iterable[str]], languages: Collection[str]
) -> str:
    """What a style names that there is not, or nothing."""
    for name in ("prints", "second"):
        for entity in getattr(style, name):
            if not is_known(entity):
                return f'{name}: no "{entity}"{nearest(entity, known())}'
    for entity in style.second:
        if not entity.startswith("person/"):
            return f'second: "{entity}" is no person; only people have a second reference'
    for language in style.order:
        if language not in languages:
            return f'order: no language "{language}"{nearest(language, languages)}; a tag such as ja or hu is wanted'
    return ""


def read_house(
    raw: Mapping[str, Any],
    is_known: Callable[[str], bool],
    known: Callable[[], Iterable[str]],
    languages: Collection[str],
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
    except FaultError as error:
        raise UsageError(f"house: {error.key}: {error}") from None
    if wrong := fault(style, is_known, known, languages):
        raise UsageError(f"house: {wrong}")
    return {name: getattr(style, name) for name in raw}
