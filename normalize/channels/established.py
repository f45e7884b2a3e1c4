"""Forms that usage fixed: exonyms of places and their parts, names that history knows a person by."""

from __future__ import annotations

import functools
from collections import defaultdict
from pathlib import Path

from normalize.channels.generic import generics
from normalize.channels.readings import is_han, plain_han
from normalize.tables.read import Source, rows

COLUMNS = ("native", "language", "form")


def established(native: str, language: str, root: Path) -> tuple[tuple[str, str], ...]:
    """``(language, form)`` of every fixed form of a native name, with or without its generic word."""
    table = _table(root)
    bare = generics(root).strip(native, language)
    keys = dict.fromkeys(plain_han(text, root) for text in (native, bare))
    return tuple(pair for key in keys for pair in table.get(key, ()))


def han_form(native: str, language: str, root: Path) -> str:
    """How Chinese writes a name of Vietnam, Korea or Singapore in Han characters; empty where it is not known."""
    if language.partition("-")[0] == "zh":
        return ""
    return next((form for other, form in established(native, language, root) if other == "zh" and is_han(form)), "")


@functools.cache
def by_form(root: Path) -> tuple[tuple[str, str, str], ...]:
    """Every row: form, language, native."""
    return tuple((form, language, native) for native, forms in _table(root).items() for language, form in forms)


@functools.cache
def _table(root: Path) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, (native, language, form) in rows(Source(root / "readings" / "established.tsv"), COLUMNS):
        found[plain_han(native, root)].append((language, form))
    return {native: tuple(forms) for native, forms in found.items()}
