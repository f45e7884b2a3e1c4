"""Hold unverified rows against lists that others made, and write the list's name into the rows that agree with it.

    python tools/vouch.py wordnet /usr/share/wordnet/data.noun [--write] [--but organisation/pla]
    python tools/vouch.py ieee /usr/share/ieee-data/oui.csv …
    python tools/vouch.py exchanges pytickersymbols/indices_data.py
    python tools/vouch.py banks schwifty/bank_registry/*.json
    python tools/vouch.py operators /usr/share/mobile-broadband-provider-info/serviceproviders.xml
    python tools/vouch.py read tools/vouched.tsv

A body agrees where a name of it is the list's, legal forms and case aside, and the list has it in the same country; a
list without countries (WordNet) is printed with what it says, to be read by a person, and ``--but`` leaves out what
is another thing of that name. ``read`` holds offices against what was read on pages: a person agrees where every office
of the row was read with the same first year (and last year, where both have one), or as held on a day within it.
Without ``--write`` nothing is written.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from normalize.model import Holding, Person, Place
from normalize.names.offices import covers
from normalize.record import Record
from normalize.tables.load import FOLDERS, Tables, load
from normalize.text.fold import key
from normalize.whole import write_whole

NOTES = {
    "wordnet": "WordNet 3.0 in Debian wordnet-base 1:3.0-37, data.noun (the name)",
    "ieee": "IEEE's public list of assignments in Debian ieee-data 20220827.1 (the name)",
    "exchanges": "lists of indices in PyPI pytickersymbols 1.17.10 (the name)",
    "banks": "registers of banks in PyPI schwifty 2026.10.1 (the name)",
    "operators": "Debian mobile-broadband-provider-info, serviceproviders.xml (the name)",
}
LEGAL = frozenset({
    "ag", "co", "company", "corp", "corporation", "gmbh", "group", "holding", "holdings", "inc", "joint", "jsc",
    "limited", "llc", "ltd", "nv", "ooo", "pjsc", "plc", "public", "sa", "se", "spa", "stock", "technologies",
    "technology", "the",
})  # fmt: skip
"""Words of a company's name that lists add or leave out."""
GROUP = "14"
"""WordNet's file of nouns for groups of people."""


class Listed(Record):
    """A name of a list, the country it has there (empty: it has none), and what the list says of it."""

    name: str
    country: str
    says: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print what agrees and what does not, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=(*NOTES, "read"))
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--aliases", type=Path, default=Path("aliases"))
    parser.add_argument("--but", nargs="*", default=[], metavar="ID", help="rows that are another thing of that name")
    parser.add_argument("--read-on", default="2026-11-22", metavar="DAY")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)

    tables = load(options.aliases)
    if options.kind == "read":
        agreed, differs = by_office(tables, options.files[0])
    else:
        listed = [row for path in options.files for row in LISTS[options.kind](path, tables)]
        agreed, differs = by_name(tables, listed, f"{NOTES[options.kind]}, read {options.read_on}")
    agreed = {name: note for name, note in agreed.items() if name not in options.but}
    for line in differs:
        print("differs:", line)
    print(f"{len(agreed)} agree, {len(differs)} differ")
    if options.write:
        write(options.aliases, agreed)
    return 0


def by_name(tables: Tables, listed: Sequence[Listed], note: str) -> tuple[dict[str, str], list[str]]:
    """The unverified bodies whose name and country a list has, with the note; those it has elsewhere."""
    index: dict[str, list[Listed]] = defaultdict(list)
    for row in listed:
        index[core(row.name)].append(row)
    agreed: dict[str, str] = {}
    differs: list[str] = []
    for entity in tables.entities.values():
        names = (entity.name, entity.name.removeprefix("US "), *entity.aliases)
        found = [row for name in dict.fromkeys(map(core, names)) for row in index.get(name, [])]
        if entity.kind != "organisation" or not entity.unverified or not found:
            continue
        if any(row.country in ("", entity.country) for row in found):
            says = next((row.says for row in found if row.says), "")
            print("agrees:", entity.id, entity.country, says)
            agreed[entity.id] = note
        else:
            differs.append(f"{entity.id} is of {entity.country or '-'}, there of {found[0].country}: {found[0].name}")
    return agreed, differs


def core(name: str) -> str:
    """A name without legal forms, case and points.

    >>> core("Samsung Electronics Co., Ltd"), core("The Boeing Company")
    ('samsung electronics', 'boeing')
    """
    words = re.findall(r"[\w&]+", key(name))
    kept = [word for word in words if word not in LEGAL]
    return " ".join(kept or words)


def by_office(tables: Tables, path: Path) -> tuple[dict[str, str], list[str]]:
    """The unverified people all of whose offices were read on a page, with the pages; what differs in a year."""
    read: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            read[row["person"], row["office"]].append(row)
    agreed: dict[str, str] = {}
    differs: list[str] = []
    held = {(e.id.partition("/")[2], holding.office) for e in people(tables) for holding in e.offices}
    differs += [f"{person} has no {office}" for person, office in read if (person, office) not in held]
    for entity in people(tables):
        name = entity.id.partition("/")[2]
        notes = []
        for holding in entity.offices:
            rows = read.get((name, holding.office), [])
            note = next((row["source"] for row in rows if is_read(holding, row)), "")
            if rows and not note:
                differs.append(f"{name}: {holding.office} {holding.since or '-'}/{holding.until}: other days were read")
            notes.append(note)
        if entity.unverified and entity.offices and all(notes):
            agreed[entity.id] = "; ".join(dict.fromkeys(notes))
    return agreed, differs


def is_read(holding: Holding, row: Mapping[str, str]) -> bool:
    """Whether a holding is the one that was read: the same years where the page has them, else held on the day that the
    page speaks of.

    >>> held = Holding("sa-foreign-minister", "2019-10-23", "")
    >>> is_read(held, {"from": "", "to": "", "seen": "2022-09-27"})
    True
    >>> is_read(held, {"from": "2018", "to": "", "seen": ""})
    False
    >>> is_read(Holding("sa-foreign-minister", "2018", "2019-10-20"), {"from": "", "to": "", "seen": "2019-10-25"})
    False
    """
    seen = row["seen"]
    if seen:
        return bool(holding.since) and covers(holding, seen)
    ends = not (row["to"] and holding.until) or row["to"][:4] == holding.until[:4]
    return row["from"][:4] == holding.since[:4] and ends


def people(tables: Tables) -> Iterator[Person]:
    """The people of the tables."""
    yield from (entity for entity in tables.entities.values() if isinstance(entity, Person))


def wordnet(path: Path, tables: Tables) -> Iterator[Listed]:
    """The groups of people among WordNet's nouns."""
    for line in path.read_text("utf-8").splitlines():
        head, _, gloss = line.partition(" | ")
        cells = head.split()
        if line.startswith("  ") or cells[1] != GROUP:
            continue
        for word in cells[4 : 4 + 2 * int(cells[3], 16) : 2]:
            if word[0].isupper():
                yield Listed(word.replace("_", " "), "", gloss.strip()[:90])


def ieee(path: Path, tables: Tables) -> Iterator[Listed]:
    """The bodies of an IEEE list; an address ends in country and post code."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if found := re.search(r".* ([A-Z]{2})(?: [\w -]*\d[\w -]*)?$", row["Organization Address"].strip()):
                yield Listed(row["Organization Name"], found[1].lower())


def exchanges(path: Path, tables: Tables) -> Iterator[Listed]:
    """The companies of an index; a country is given by its name, or by a city and a state of the Union."""
    places = [e for e in tables.entities.values() if isinstance(e, Place)]
    codes = {core(e.name): e.country for e in sorted(places, key=lambda place: bool(place.adjective))}
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            for index in ast.literal_eval(node.value).values():
                for company in index["companies"]:
                    country = company.get("country") or ""
                    yield Listed(company["name"], codes.get(core(country.rpartition(", ")[2]), country or "?"))


def banks(path: Path, tables: Tables) -> Iterator[Listed]:
    """The banks of a register."""
    raw = json.loads(path.read_text("utf-8"))
    for row in raw if isinstance(raw, list) else raw.get("entries", []):
        for name in dict.fromkeys((row["name"], row["short_name"])):
            yield Listed(name, row["country_code"].lower())


def operators(path: Path, tables: Tables) -> Iterator[Listed]:
    """The operators of mobile networks, by country."""
    for country in ET.parse(path).getroot():
        for provider in country.findall("provider"):
            yield Listed(provider.findtext("name") or "", country.get("code", ""))


LISTS = {"wordnet": wordnet, "ieee": ieee, "exchanges": exchanges, "banks": banks, "operators": operators}


def write(aliases: Path, agreed: dict[str, str]) -> None:
    """Put the note in the place of ``unverified`` in every row that agrees."""
    for folder, kind in FOLDERS.items():
        for path in sorted((aliases / folder).glob("*.toml")):
            blocks = re.split(rf"(?m)^(?=\[\[{kind}\]\])", path.read_text("utf-8"))
            changed = [_sourced(block, kind, agreed) for block in blocks]
            if changed != blocks:
                write_whole(path, [block.encode() for block in changed])


def _sourced(block: str, kind: str, agreed: dict[str, str]) -> str:
    name = re.search(r'(?m)^id = "([^"]+)"', block)
    note = agreed.get(f"{kind}/{name[1]}") if name else None
    return block.replace("unverified = true", f"source = {json.dumps(note, ensure_ascii=False)}") if note else block


if __name__ == "__main__":
    raise SystemExit(main())
