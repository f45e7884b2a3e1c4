"""Rows with Arabic, Persian, Urdu or Hebrew native forms, found by their consonants: candidates, never a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from normalize.channels.skeleton import skeleton
from normalize.model import Entity
from normalize.text.fold import fold

LANGUAGES = frozenset({"ar", "fa", "ur", "he", "ps", "ckb", "sd", "arz"})
"""Languages whose script leaves vowels out."""
FEWEST = 3
"""A shorter key is anybody's."""
SPELLED_BY = ("en", "fr", "de", "es", "it", "nl", "pl", "cs", "hu", "tr", "pt", "sv")
"""Whose spelling a query may follow where its language is not said, the likeliest first."""
WRITTEN_IN = ("ar", "fa", "ur", "he")
"""The same for a query in one of these scripts."""


class Consonants:
    """The rows by the key of their native and their English form."""

    def __init__(self, rows: Iterable[Entity]) -> None:
        """Read the rows of a table; those of other languages have no part in it."""
        self._rows: dict[str, dict[int, str]] = defaultdict(dict)
        for number, row in enumerate(rows):
            base = row.language.partition("-")[0].lower()
            if row.native and base in LANGUAGES:
                for form, language in ((row.name, "en"), (row.native, base)):
                    if len(key := skeleton(form, language)) >= FEWEST:
                        self._rows[key].setdefault(number, key)

    def find(self, query: str, language: str) -> Iterator[tuple[int, str]]:
        """Number and key of each row that shares the consonants of ``query`` as ``language`` spells them."""
        if not self._rows:
            return
        unsaid = SPELLED_BY if fold(query[:1]).isascii() else WRITTEN_IN
        for said in (language,) if language else unsaid:
            if found := self._rows.get(skeleton(query, said)):
                yield from found.items()
                return
