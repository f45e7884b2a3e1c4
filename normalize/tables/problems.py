"""Every problem of a set of tables: one error of reading stops a file, what is wrong between entries is all listed."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from normalize.errors import TableError, UsageError, nearest
from normalize.model import Entity, Holding, Office, Person, Place
from normalize.record import Record
from normalize.tables.importers.imported import script_language
from normalize.tables.load import Tables, load
from normalize.tables.locate import MARKER, tables_root
from normalize.tables.user import with_lines

ALPHABETS = {
    "zh": "zh", "ja": "ja zh", "ko": "ko zh", "ru": "ru", "uk": "ru", "be": "ru", "bg": "ru", "mk": "ru", "sr": "ru -",
    "kk": "ru -", "ar": "ar", "fa": "ar", "ur": "ar", "he": "he", "el": "el", "th": "th", "hi": "hi",
}  # fmt: skip
"""The scripts, named by their first language, in which a language's forms stand; ``-`` is Latin."""
ONE_AT_A_TIME = ("president", "prime-minister", "foreign-minister", "pope", "secretary-general", "general-secretary")
"""Endings of ids of offices that one person holds at a time."""
NAMED = 5
"""Names that nothing has which are said one by one, for each key of a table."""
_SEVERAL = re.compile(r"\b(?:vice|deputy|first|acting|former)\b")


class Problem(Record, order=True):
    """What is wrong, and what to do."""

    where: str
    what: str

    def __str__(self) -> str:
        """The problem on one line."""
        return f"{self.where}: {self.what}"


def split(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    """The folder of tables and the user's own files among ``paths``; the shipped folder where none is given."""
    roots = [path for path in paths if path.is_dir()]
    for root in roots:
        if not (root / MARKER).is_file():
            raise UsageError(f"{root}: no folder of tables: it has no {MARKER}")
    if len(roots) > 1:
        raise UsageError("give one folder of tables, and files of your own")
    return (roots[0] if roots else tables_root()), [path for path in paths if not path.is_dir()]


def read(paths: Sequence[Path]) -> Tables:
    """The tables at ``paths``; TableError where they are wrong."""
    root, own = split(paths)
    return load(root, own)


def problems(paths: Sequence[Path]) -> tuple[list[Problem], Tables | None]:
    """Everything that is wrong, and the tables if they could be read at all."""
    root, own = split(paths)
    found: list[Problem] = []
    good: list[Path] = []
    for path in own:
        try:
            found += _own_problems(path)
            good.append(path)
        except TableError as error:
            found.append(_problem(error))
    try:
        tables = load(root, good)
    except TableError as error:
        return [*found, _problem(error)], None
    mine = {entity.id: f"{path}:{line}" for path in good for line, entity in with_lines(path)}
    strays = (problem for path in good for problem in _strays(path, tables))
    return [*found, *between(tables, mine), *strays], tables


def _problem(error: TableError) -> Problem:
    where, _, what = str(error).partition(": ")
    return Problem(where, what)


def _own_problems(path: Path) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for line, entity in with_lines(path):
        if entity.id in seen:
            yield Problem(f'{path}:{line}: "{entity.id}"', f"stands already at line {seen[entity.id]}; join them")
        seen.setdefault(entity.id, line)


def _strays(path: Path, tables: Tables) -> Iterator[Problem]:
    """What the entries of a table name and nothing has: it is left out when the table is read. The first of each kind
    are said one by one, the rest of a big import is counted.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line, entity in with_lines(path):
        for key, name in _named(entity):
            if name not in tables.entities and name not in tables.languages:
                found[key, name].append(f'{path}:{line}: "{entity.id}"')
    for kind, group in itertools.groupby(sorted(found.items(), key=_key), _key):
        listed = list(group)
        for (_, name), places in listed[:NAMED]:
            known = tables.languages if kind == "names" else tables.entities
            more = f" (and in {len(places) - 1} more entries)" if len(places) > 1 else ""
            yield Problem(f"{places[0]}: {kind}", f'no "{name}"{nearest(name, known) or "; it is left out"}{more}')
        if len(listed) > NAMED:
            yield Problem(f"{path}: {kind}", f"{len(listed) - NAMED} more that nothing has; they are left out")


def _key(item: tuple[tuple[str, str], list[str]]) -> str:
    return item[0][0]


def _named(entity: Entity) -> Iterator[tuple[str, str]]:
    """The keys of an entry that name another one or a language, and what they name."""
    yield from (("names", language) for language in entity.names)
    if isinstance(entity, Person):
        for holding in entity.offices:
            yield "offices", f"office/{holding.office}"
            if holding.beside:
                yield "beside", f"person/{holding.beside}"
        yield from (("apart", f"person/{other}") for other in entity.apart)
    if isinstance(entity, Place) and entity.part_of:
        yield "part_of", f"place/{entity.part_of}"
    if isinstance(entity, Office) and entity.body:
        yield "body", f"organisation/{entity.body}"


def between(tables: Tables, mine: Mapping[str, str]) -> Iterator[Problem]:
    """What no single entry shows: forms in a foreign script, overlapping holders, circles of places. Where there are
    entries of ``mine``, by id with file and line, only they are judged.
    """
    for entity in tables.entities.values():
        if mine and entity.id not in mine:
            continue
        for key, what in (*_wrong_scripts(entity), *_circle(entity, tables)):
            yield Problem(_where(entity, key, tables, mine), what)
    for second, what in _overlaps(tables):
        if not mine or second.id in mine:
            yield Problem(_where(second, "offices", tables, mine), what)


def _where(entity: Entity, key: str, tables: Tables, mine: Mapping[str, str]) -> str:
    if entity.id in mine:
        return f'{mine[entity.id]}: "{entity.id}": {key}'
    text = str(tables.fault(entity.id, key, ""))
    return text.removesuffix(": ")


def _wrong_scripts(entity: Entity) -> Iterator[tuple[str, str]]:
    forms: list[tuple[str, str, str]] = [("names", n, form) for n, form in entity.names.items()]
    if entity.native:
        forms.append(("native", entity.language.split("-")[0], entity.native))
    for key, language, form in forms:
        script = script_language(form) or "-"
        allowed = ALPHABETS.get(language, "- zh ja ko ru ar he el th hi" if language not in LATIN else "-").split()
        if script not in allowed and any(c.isalpha() for c in form) and not _mixed(form):
            yield key, f'"{form}" is not in the script of {language}; check the language'


LATIN = frozenset("en vi fr de es it pt pl cs sk nl sv da no fi hu tr id ms ro hr".split())  # noqa: SIM905


def _mixed(form: str) -> bool:
    """Whether a form has letters of several scripts, as "TikTok 抖音" or "Shinzō の" may."""
    return len({script_language(c) or "-" for c in form if c.isalpha()}) > 1


def _circle(place: Entity, tables: Tables) -> Iterator[tuple[str, str]]:
    seen = [place.id]
    above: Any = place
    while isinstance(above, Place) and above.part_of:
        name = f"place/{above.part_of}"
        if name in seen:
            yield "part_of", f"a circle: {' → '.join([*seen, name])}; cut it at one of them"
            return
        seen.append(name)
        above = tables.entities.get(name)


def _overlaps(tables: Tables) -> Iterator[tuple[Person, str]]:
    """Two holders of an office of one at the same time, where both dates are known and neither stands ``beside``."""
    holders: dict[str, list[tuple[str, str, Person]]] = defaultdict(list)
    beside: set[tuple[str, str, str]] = set()
    for entity in tables.entities.values():
        if not isinstance(entity, Person):
            continue
        for holding in entity.offices:
            if holding.beside:
                other = f"person/{holding.beside}"
                beside |= {(holding.office, entity.id, other), (holding.office, other, entity.id)}
            if holding.since and holding.office.endswith(ONE_AT_A_TIME) and not _SEVERAL.search(holding.office):
                holders[holding.office].append((holding.since, _end(holding), entity))
    for office, held in sorted(holders.items()):
        ordered = sorted(held, key=lambda h: h[:2])
        for (_, until, first), (since, _, second) in itertools.pairwise(ordered):
            least = min(len(since), len(until))
            apart = first.id != second.id and (office, first.id, second.id) not in beside
            if apart and since[:least] < until[:least]:
                till = "today" if until == "9999" else until
                yield (
                    second,
                    f'"{office}" is held by {first.id} until {till} and by {second.id} from {since}; mend the '
                    f'dates, or write beside = "{first.id.partition("/")[2]}" in the holding if both are right',
                )


def _end(holding: Holding) -> str:
    return holding.until or "9999"
