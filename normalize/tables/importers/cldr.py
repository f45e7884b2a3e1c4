"""CLDR's XML: the territories, subdivisions and time zone cities of one language a file, joined over a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from normalize.errors import InputError
from normalize.tables.importers.imported import Imported

MOST_BYTES = 64 << 20


def read_folder(path: Path) -> Iterator[Imported]:
    """Every place that ``en.xml`` names, with its names in the other files; a single file gives its own."""
    files = sorted(path.rglob("*.xml")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path}: holds no .xml file of CLDR; give a folder like common/main or common/subdivisions")
    found: dict[str, dict[str, str]] = {}
    for file in files:
        for language, id_, form in read_file(file):
            found.setdefault(id_, {}).setdefault(language, form)
    for id_, names in sorted(found.items()):
        name = names.pop("en", "") or next(iter(names.values()))
        country = re.sub(r"^cldr-(?:subdivision-)?|-.*", "", id_)[:2] if not id_.startswith("cldr-zone") else ""
        yield Imported(id_, name, kind="place", country=country.lower(), names=names)


def read_file(path: Path) -> Iterator[tuple[str, str, str]]:
    """Language, id and name of each place; no alternatives, inherited values, files of regions."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path and its permissions") from None
    if len(raw) > MOST_BYTES or b"<!ENTITY" in raw:
        raise InputError(f"{path}: no CLDR file: it is too large or defines entities of its own")
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise InputError(f"{path}: not XML, or cut ({error}); unpack CLDR again") from None
    identity = {e.tag: e.get("type", "") for e in root.findall("identity/*")}
    language = identity.get("language", "")
    if not language or "territory" in identity or "script" in identity:
        return
    for tag, prefix in (("territory", ""), ("subdivision", "subdivision-")):
        for element in root.iterfind(f"localeDisplayNames//{tag}"):
            type_, form = element.get("type", ""), (element.text or "").strip()
            if form and "↑" not in form and not element.get("alt") and re.fullmatch(r"[A-Za-z]{2}\w*", type_):
                yield language, f"cldr-{prefix}{type_.lower()}", form
    for zone in root.iter("zone"):
        city = zone.findtext("exemplarCity", "").strip()
        if city and "↑" not in city:
            yield language, "cldr-zone-" + zone.get("type", "").lower().replace("/", "-").replace("_", "-"), city
