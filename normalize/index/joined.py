"""The index of a user's tables over the shipped one: to those who ask, they are one."""

from __future__ import annotations

from typing import Any

from normalize.index.pack import Pack
from normalize.index.signs import MappedSigns
from normalize.model import Form

REPLACED = "replaced"
"""The record that names the shipped hubs which a user's table writes out anew."""


class Joined(Pack):
    """A record of the user's stands for the shipped one of its name; forms are those of both."""

    def __init__(self, own: Pack, shipped: Pack) -> None:
        """Look things up in ``own`` first."""
        self.own, self.shipped = own, shipped
        self.meta = own.meta
        self._replaced = frozenset(own.record(REPLACED))
        self._known: dict[str, Any] = {}

    @property
    def where(self) -> str:
        """The path of the user's index; the shipped one is wherever calque is."""
        return self.own.where

    @property
    def signs(self) -> MappedSigns:
        """What code points fold to, which is the same in both."""
        return self.shipped.signs

    def section(self, name: str) -> memoryview:
        """A section of the shipped index."""
        return self.shipped.section(name)

    def has(self, name: str) -> bool:
        """Whether there is a record of this name."""
        return self.own.has(name) or self.shipped.has(name)

    def record(self, name: str) -> Any:
        """The record of this name as plain JSON; KeyError if there is none."""
        return self.own.record(name) if self.own.has(name) else self.shipped.record(name)

    def names(self, prefix: str = "") -> list[str]:
        """The names of all records that begin so, sorted."""
        return sorted({*self.own.names(prefix), *self.shipped.names(prefix)})

    def forms(self, words: str) -> tuple[Form, ...]:
        """The forms whose folded words are exactly these."""
        return self.both(self.shipped.forms(words), self.own.forms(words))

    def both(self, shipped: tuple[Form, ...], own: tuple[Form, ...]) -> tuple[Form, ...]:
        """The forms of the same words in both indexes, in the order of their owners, as in one index."""
        kept = tuple(form for form in shipped if form.owner not in self._replaced)
        return tuple(sorted(dict.fromkeys(kept + own), key=lambda form: form.owner)) if own else kept
