"""A new entry from the command line: what is missing is asked for, and the file it belongs to is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from normalize.errors import OutputError, TableError, UsageError, nearest
from normalize.tables.format import format_text, raw_lines
from normalize.tables.load import FOLDERS, SECTIONS, load
from normalize.tables.locate import tables_root
from normalize.tables.read import Source, entries
from normalize.tables.sound import ORDERS
from normalize.tables.user import forms_of_cell, holdings_of_cell
from normalize.text.fold import key

ASKED = {
    "person": ("name", "native", "language", "family", "order", "country", "source"),
    "place": ("name", "native", "language", "country", "source"),
    "organisation": ("name", "native", "language", "country", "source"),
    "office": ("name", "titles", "country", "source"),
}
NEEDED = {"name", "country"}
LISTS = frozenset({"aliases", "weak", "titles", "apart"})
CODE = re.compile("[a-z]{2,3}")
"""What a country may be; it names the file."""


def add_entry(kind: str, values: Sequence[str], into: Path | None, ask: Callable[[str], str] | None) -> str:
    """Write an entry and say where; nothing is written if the tables would not load with it."""
    root = tables_root() if into is None else into.parent.parent
    entry = _given(values)
    for wanted in ASKED[kind]:
        if wanted not in entry and (answer := ask(f"{wanted}: ").strip() if ask else ""):
            entry[wanted] = _value(wanted, answer)
    if missing := sorted(NEEDED - entry.keys()):
        raise UsageError(f"{', '.join(missing)} must be given: calque tables add {kind} name=… country=…")
    if not CODE.fullmatch(entry["country"]):
        raise UsageError(f'country: "{entry["country"]}" is no code; such as cn, eu or un is wanted')
    if into is not None and into.suffix != ".toml":
        raise UsageError(f"{into}: an entry is written as TOML; give a name that ends in .toml")
    if entry.get("order") not in (None, *ORDERS):
        raise UsageError(f'order: "{entry["order"]}" is none{nearest(str(entry["order"]), ORDERS)}')
    if "source" not in entry:
        entry["unverified"] = True
    entry.setdefault("id", re.sub("[^a-z0-9]+", "-", key(entry["name"])).strip("-"))
    if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", entry["id"]):
        raise UsageError(f'id: "{entry["id"]}" is none; give id=… in small Latin letters, figures and hyphens')
    folder = next(folder for folder, section in FOLDERS.items() if section == kind)
    path = into or root / folder / f"{entry['country']}.toml"
    _write(kind, entry, path)
    return f'{path}: "{entry["id"]}" added' + (
        "; it is unverified until it has a source" if "unverified" in entry else ""
    )


def _given(values: Sequence[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for part in values:
        name, sign, value = part.partition("=")
        if not sign or not name or not value:
            raise UsageError(f'"{part}": a key and its value are wanted here, such as name="Wang Yi"')
        entry[name] = _value(name, value)
    return entry


def _value(name: str, text: str) -> Any:
    if name == "names":
        return dict(forms_of_cell(text, name))
    if name == "offices":
        return [
            {"office": held.office, **{k: v for k, v in (("from", held.since), ("to", held.until)) if v}}
            for held in holdings_of_cell(text, name)
        ]
    return [part.strip() for part in text.split(";") if part.strip()] if name in LISTS else text


def _write(kind: str, entry: dict[str, Any], path: Path) -> None:
    """Put the entry into the file, if the file is right with it and, inside a folder of tables, all of them are."""
    before = Source(path).text if path.is_file() else ""
    text = format_text(
        before.rstrip("\n") + "\n\n" * bool(before) + "\n".join(raw_lines(kind, entry)) + "\n", str(path)
    )
    temporary = path.with_name(path.stem + ".new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        seen = [made.id for _, made in entries(Source(temporary), kind, SECTIONS[kind])]
        if len(seen) > len(set(seen)):
            raise TableError(f'{path}: "{entry["id"]}" stands there already; give another id=…')
        kept = before.encode() if path.is_file() else None
        temporary.replace(path)
        try:
            if (path.parent.parent / "TABLES.toml").is_file():
                load(path.parent.parent)
        except TableError:
            if kept is None:
                path.unlink()
            else:
                path.write_bytes(kept)
            raise
    except TableError as error:
        raise TableError(str(error).replace(str(temporary), str(path))) from None
    except OSError as error:
        raise OutputError(f"{path}: not written ({error.strerror}); it stands as it was") from None
    finally:
        temporary.unlink(missing_ok=True)
