"""What the words of names have in common across spellings: forms of one given name, and words that are no names."""

from __future__ import annotations

import functools
from collections import defaultdict
from pathlib import Path

from normalize.record import Record
from normalize.tables.read import Source


class NameParts(Record):
    """``aliases/spellings/names.toml``."""

    ranks: frozenset[str]
    """Words that may stand behind the comma of a name."""
    same: dict[str, tuple[str, ...]]
    """The other forms of a given name, in letters a to z."""


@functools.cache
def name_parts(root: Path) -> NameParts:
    """The table.

    >>> from normalize.tables.locate import tables_root
    >>> "bob" in name_parts(tables_root()).same["robert"]
    True
    """
    table = Source(root / "spellings" / "names.toml").toml()
    same: dict[str, dict[str, None]] = defaultdict(dict)
    for group in table["same"]:
        for word in group:
            same[word] |= dict.fromkeys(other for other in group if other != word)
    return NameParts(frozenset(table["ranks"]), {word: tuple(others) for word, others in same.items()})
