"""Tables with a row for each variant: ParaNames, JRC-Names, calque's own. Rows of one id gather while they adjoin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.tables.importers.imported import Imported, LineFaultError, plain_language, script_language

PARANAMES = ("id", "name", "form", "language", "kind")
JRC = ("id", "kind", "language", "form")
OWN = ("id", "name", "form", "language", "script", "source")
KINDS = {
    "PER": "person", "P": "person", "LOC": "place", "L": "place", "ORG": "organisation", "O": "organisation",
    "E": "", "T": "",
}  # fmt: skip
HEADS = frozenset({"wikidata_id", "entity_id", "id", "#id"})


class Variants:
    """A reader of rows with these columns; ``plus`` says that '+' stands for a space, as JRC-Names has it."""

    def __init__(self, columns: Sequence[str], *, plus: bool = False) -> None:
        """``columns`` are among id, kind, language, form, name; others are passed over."""
        self.columns, self.plus = tuple(columns), plus
        self.thing = Imported("")

    def read(self, text: str) -> Iterator[Imported]:
        """The thing that ends before this line, if one does."""
        line = text.rstrip("\r\n")
        if not line.strip() or line.startswith("#"):
            return
        cells = line.split("\t")
        if cells[0] in HEADS:
            return
        if len(cells) < len(self.columns):
            raise LineFaultError(f"{len(cells)} cells where {len(self.columns)} are wanted")
        row = dict(zip(self.columns, cells, strict=False))
        if not row["id"] or not row["form"]:
            raise LineFaultError("a row needs an id and a form")
        if row["id"] != self.thing.id:
            yield from self.finish()
            self.thing = Imported(row["id"])
        self._add(row)

    def _add(self, row: dict[str, str]) -> None:
        thing, form = self.thing, row["form"].replace("+", " ") if self.plus else row["form"]
        thing.kind = thing.kind or KINDS.get(row.get("kind", ""), row.get("kind", "").lower())
        thing.name = thing.name or row.get("name", "") or form
        language = plain_language(row.get("language", ""))
        language = script_language(form) if language in ("", "u") else language
        if form == thing.name or language == "en":
            if form != thing.name:
                thing.aliases.append(form)
        elif language and len(language) <= 3:
            thing.names.setdefault(language, form)
        else:
            thing.weak.append(form)

    def finish(self) -> Iterator[Imported]:
        """The last thing."""
        thing, self.thing = self.thing, Imported("")
        if thing.id and thing.name:
            yield thing
