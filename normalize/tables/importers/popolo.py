"""EveryPolitician's Popolo: persons with their names in many languages, and the areas and bodies beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.errors import InputError
from normalize.tables.importers.imported import Imported, first_text, plain_language
from normalize.tables.importers.stream import open_stream

MOST_BYTES = 512 << 20
"""One JSON text cannot be read in parts; the largest parliament has some 30 MB."""


def read_file(path: Path) -> Iterator[Imported]:
    """The persons and organisations of a file; ``popolo-m17n`` files, whose names are by language, are read too."""
    with open_stream(path) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"{path}: larger than {MOST_BYTES >> 20} MB; a Popolo file cannot be read in parts")
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON, or cut ({error}); fetch the file again") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("persons"), list):
        raise InputError(f'{path}: no Popolo file: it has no list of "persons"')
    for kind, key in (("person", "persons"), ("organisation", "organizations")):
        for entry in raw.get(key) or []:
            if isinstance(entry, dict) and (made := _thing(entry, kind)):
                yield made


def _thing(entry: dict[str, Any], kind: str) -> Imported | None:
    names = entry.get("name")
    by_language = (
        {plain_language(k.removeprefix("lang:")): v for k, v in names.items() if isinstance(v, str)}
        if isinstance(names, dict)
        else {}
    )
    name = by_language.pop("en", "") or (names if isinstance(names, str) else first_text(by_language.values()))
    identifiers = [i for i in entry.get("identifiers") or [] if isinstance(i, dict)]
    wikidata = first_text(i.get("identifier") for i in identifiers if i.get("scheme") == "wikidata")
    id_ = wikidata or entry.get("id")
    if not name or not isinstance(id_, str):
        return None
    thing = Imported(id_.rpartition("/")[2], name, kind=kind, names={n: v for n, v in by_language.items() if n})
    for other in entry.get("other_names") or []:
        form = other.get("name") if isinstance(other, dict) else None
        if not isinstance(form, str) or not form.strip() or form == name:
            continue
        language = plain_language(str(other.get("lang") or ""))
        if other.get("note") == "multilingual" and language and language != "en":
            thing.names.setdefault(language, form)
        else:
            thing.weak.append(form)
    return thing
