"""What every importer yields, what a user may choose from it, and how it is written down."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from normalize.record import Record

KINDS = ("person", "place", "organisation", "office")
COLUMNS = ("id", "name", "native", "language", "kind", "country", "aliases", "weak", "names", "offices", "source")
"""The columns of a user table as importers write it; the first five are enough."""


@dataclass(slots=True)
class Imported:
    """One thing of a foreign file. ``names`` are forms by language, ``offices`` id, first and last day each."""

    id: str
    name: str = ""
    native: str = ""
    language: str = ""
    kind: str = ""
    country: str = ""
    aliases: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    offices: list[tuple[str, str, str]] = field(default_factory=list)
    sitelinks: int = 0

    def row(self, source: str) -> str:
        """The line of a user table; TAB, line ends and the separators of a cell become spaces."""
        names = ";".join(f"{n}={_cell(form)}" for n, form in sorted(self.names.items()) if _cell(form))
        offices = ";".join(f"{_cell(office)}@{since}/{until}" for office, since, until in self.offices)
        cells = (self.id, self.name, self.native, self.language, self.kind, self.country)
        lists = (";".join(dict.fromkeys(filter(None, map(_cell, forms)))) for forms in (self.aliases, self.weak))
        return "\t".join((*map(_cell, cells), *lists, names, offices, _cell(source))) + "\n"


def _cell(text: str) -> str:
    """A text as it may stand in a cell: NFC, on one line, without the signs that part a cell's entries."""
    flat = "".join(" " if c in "\t\r\n;\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else c for c in text if c != "\0")
    return unicodedata.normalize("NFC", " ".join(flat.split()))


class Choice(Record):
    """What to take: kinds, countries and languages (all, if empty), and how many wiki pages a thing must have."""

    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    sitelinks: int = 0

    def takes(self, thing: Imported) -> bool:
        """Whether a thing is wanted; one whose country is not known is not of a wanted country."""
        return (
            (not self.kinds or thing.kind in self.kinds)
            and (not self.countries or thing.country in self.countries)
            and thing.sitelinks >= self.sitelinks
        )

    def trim(self, thing: Imported) -> Imported:
        """The thing with the forms of the wanted languages only."""
        if self.languages:
            thing.names = {n: form for n, form in thing.names.items() if n in self.languages}
        thing.names = {n: form for n, form in thing.names.items() if form != thing.name}
        return thing


class LineFaultError(Exception):
    """A line that cannot be read; its text says why. The line is counted and named, and the next one is read."""


def plain_language(tag: str) -> str:
    """The language of a tag as the tables write it.

    >>> plain_language("zh-hans"), plain_language("sr-EC"), plain_language("nb"), plain_language("be-tarask")
    ('zh', 'sr', 'no', 'be')
    """
    first = tag.replace("_", "-").split("-")[0].lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "mul": "", "cmn": "zh"}.get(first, first)


SCRIPTS = {
    "CJK": "zh", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he",
    "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
"""The language a script stands for where nothing better is known."""


def script_language(text: str) -> str:
    """The language that the script of a text suggests, or nothing for Latin letters and unknown scripts.

    >>> script_language("王毅"), script_language("Сергей"), script_language("Wang Yi")
    ('zh', 'ru', '')
    """
    found = {SCRIPTS.get(unicodedata.name(c, "").split(" ")[0].split("-")[0], "") for c in text if c.isalpha()}
    return "ja" if found == {"zh", "ja"} else found.pop() if len(found) == 1 else ""


def first_text(values: Iterable[object]) -> str:
    """The first value that is a text with something in it."""
    return next((value for value in values if isinstance(value, str) and value.strip()), "")
