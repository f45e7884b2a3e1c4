"""GeoNames: the main table (allCountries, cities15000 …) and, beside it, alternateNamesV2, which says the languages.

Both are tab-separated without a head. The names of alternateNamesV2 are gathered first, for the places that were chosen
from the main table only; so memory grows with what is chosen, not with the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from normalize.tables.importers.imported import Imported, LineFaultError, plain_language
from normalize.tables.importers.stream import read_lines

CLASSES = frozenset("APHTL")
"""Feature classes that wire copy names: countries and regions, towns, waters, mountains, areas; not roads and spots."""
CODES = frozenset({"post", "link", "iata", "icao", "faac", "abbr", "wkdt", "unlc", "phon", "piny", "tcid", "fr_1793"})
"""What stands in the language column of alternateNamesV2 and is no language."""


def read(text: str) -> Iterator[Imported]:
    """The place of one line of the main table; its name, and where the ASCII name differs, that as a weak form."""
    if not text.strip() or text.startswith("#"):
        return
    cells = text.rstrip("\r\n").split("\t")
    if len(cells) != 19:
        raise LineFaultError(f"{len(cells)} cells where 19 are wanted")
    id_, name, ascii_name, feature, country, people = (cells[n] for n in (0, 1, 2, 6, 8, 14))
    if not id_.isdigit() or not name:
        raise LineFaultError("no geonameid or no name")
    if people and not people.lstrip("-").isdigit():
        raise LineFaultError(f'population: "{people[:20]}" is no number')
    if feature in CLASSES:
        thing = Imported(f"geonames-{id_}", name, kind="place", country=country.lower())
        if ascii_name and ascii_name != name:
            thing.weak.append(ascii_name)
        yield thing


def alternate(text: str) -> tuple[str, str, str, bool] | None:
    """Id, language, form and whether it is preferred of a line of alternateNamesV2; None for what is no name in use."""
    cells = text.rstrip("\r\n").split("\t")
    if len(cells) < 4:
        raise LineFaultError(f"{len(cells)} cells where at least 4 are wanted")
    cells += [""] * (10 - len(cells))
    _, id_, tag, form, preferred, _, colloquial, historic, _, _ = cells[:10]
    language = plain_language(tag)
    if tag in CODES or not language or len(language) > 3 or colloquial == "1" or historic == "1" or not form.strip():
        return None
    return f"geonames-{id_}", language, form, preferred == "1"


def gather_names(path: Path, chosen: dict[str, dict[str, str]], faults: list[tuple[int, str]]) -> None:
    """Put the names in alternateNamesV2 into ``chosen``: id to forms by language, where the preferred one wins."""
    preferred: set[tuple[str, str]] = set()
    for line in read_lines(path):
        try:
            if line.fault:
                raise LineFaultError(line.fault)
            found = alternate(line.text)
        except LineFaultError as fault:
            faults.append((line.number, str(fault)))
            continue
        if found and found[0] in chosen:
            id_, language, form, is_preferred = found
            if language not in chosen[id_] or (is_preferred and (id_, language) not in preferred):
                chosen[id_][language] = form
            if is_preferred:
                preferred.add((id_, language))
