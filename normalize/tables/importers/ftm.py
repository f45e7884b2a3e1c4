"""OpenSanctions' FollowTheMoney entities as JSON lines, and the same as a CSV of statements, which knows languages."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from normalize.tables.importers.imported import Imported, LineFaultError, first_text, plain_language, script_language

SCHEMATA = {
    "Person": "person", "PublicBody": "organisation", "Organization": "organisation", "Company": "organisation",
    "LegalEntity": "", "Position": "office", "Address": "place",
}  # fmt: skip
"""What a schema is to calque; things of other schemata (Occupancy, Sanction, Vessel …) have no name to check."""
NAMES, WEAK = ("name", "alias", "previousName"), ("weakAlias",)
THREE = {
    "zho": "zh", "rus": "ru", "ukr": "uk", "kor": "ko", "jpn": "ja", "ara": "ar", "fas": "fa", "heb": "he", "vie": "vi",
    "deu": "de", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "pol": "pl", "eng": "en", "tur": "tr", "ell": "el",
    "bel": "be", "bul": "bg", "srp": "sr", "hun": "hu", "ces": "cs", "nld": "nl", "hin": "hi", "tha": "th", "urd": "ur",
}  # fmt: skip
STATEMENTS = ("canonical_id", "entity_id", "prop", "schema", "value", "lang")


def read(text: str) -> Iterator[Imported]:
    """The entity of one line."""
    if not text.strip():
        return
    try:
        raw: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise LineFaultError("not JSON, or cut") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str) or not isinstance(raw.get("properties"), dict):
        raise LineFaultError("no entity with id and properties")
    if raw.get("schema") not in SCHEMATA:
        return
    properties: dict[str, list[str]] = {
        name: [v for v in values if isinstance(v, str)]
        for name, values in raw["properties"].items()
        if isinstance(values, list)
    }
    thing = Imported(raw["id"], kind=SCHEMATA[raw["schema"]])
    caption = raw.get("caption")
    names = [*properties.get("name", []), *(v for n in NAMES[1:] for v in properties.get(n, []))]
    latin = [v for v in names if not script_language(v)]
    thing.name = first_text(
        [caption if isinstance(caption, str) and not script_language(caption) else "", *latin, *names]
    )
    countries = [*properties.get("country", []), *properties.get("nationality", [])]
    thing.country = first_text(countries).lower()[:2]
    for value in names:
        language = script_language(value)
        if language:
            thing.names.setdefault(language, value)
        elif value != thing.name:
            thing.aliases.append(value)
    thing.weak = list(properties.get("weakAlias", []))
    _settle_native(thing)
    if thing.name:
        yield thing


def _settle_native(thing: Imported) -> None:
    """Where the names have one foreign script, that form is the native one."""
    if len(thing.names) == 1 and not thing.native:
        ((thing.language, thing.native),) = thing.names.items()
        thing.names = {}


class Statements:
    """The CSV of statements, sorted by entity as it is published: rows gather until the entity changes."""

    def __init__(self) -> None:
        """Begin before the head."""
        self.columns: dict[str, int] = {}
        self.thing = Imported("")

    def read(self, text: str) -> Iterator[Imported]:
        """The entity that ends before this line, if one does."""
        try:
            cells = next(csv.reader([text.rstrip("\r\n")], strict=True), [])
        except csv.Error:
            raise LineFaultError("not a row of CSV, or cut") from None
        if not self.columns:
            self.columns = {name: n for n, name in enumerate(cells)}
            if missing := [name for name in STATEMENTS if name not in self.columns]:
                self.columns = {}
                raise LineFaultError(f"the head lacks the columns {', '.join(missing)}")
            return
        if len(cells) < len(self.columns):
            raise LineFaultError(f"{len(cells)} cells where {len(self.columns)} are wanted")
        row = {name: cells[at] for name, at in self.columns.items()}
        id_ = row["canonical_id"] or row["entity_id"]
        if id_ != self.thing.id:
            yield from self.finish()
            self.thing = Imported(id_)
        self._add(row)

    def _add(self, row: dict[str, str]) -> None:
        thing, value = self.thing, row["value"].strip()
        thing.kind = thing.kind or SCHEMATA.get(row["schema"], "-")
        if row["prop"] in ("country", "nationality") and not thing.country:
            thing.country = value.lower()[:2]
        if row["prop"] in WEAK:
            thing.weak.append(value)
        if row["prop"] not in NAMES or not value:
            return
        language = THREE.get(row["lang"], plain_language(row["lang"]) if len(row["lang"]) == 2 else "")
        language = language if language and language != "en" else script_language(value)
        if language:
            thing.names.setdefault(language, value)
        elif not thing.name:
            thing.name = value
        else:
            thing.aliases.append(value)

    def finish(self) -> Iterator[Imported]:
        """The last entity."""
        thing, self.thing = self.thing, Imported("")
        if thing.id and thing.kind != "-":
            _settle_native(thing)
            thing.name = thing.name or thing.native or first_text(thing.names.values())
            if thing.name:
                yield thing
