"""Tables and channels become the bytes of one index."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from typing import Any

from normalize.channels import names, terms
from normalize.channels.readings import pinyin_syllables
from normalize.index.in_copy import forms_in_copy
from normalize.index.lexicon import lexicon
from normalize.index.write import write
from normalize.model import Entity, Form, Habit, Office, Organisation, Person, Place, Role, Term
from normalize.tables.load import Tables

LEFT_IN_TABLES = {"said", "listed", "hit", "miss", "source", "places_of_entries", "other_names"}
"""Keys that nothing asks for once the index stands."""


def forms_of(entity: Entity, tables: Tables) -> Iterator[Form]:
    """The forms of one hub: its own, those that lead to it, and those its channels generate."""
    if isinstance(entity, Habit):
        yield from habit_forms(entity, tables)
        return
    own = [entity.name, *([entity.prints] if entity.prints else []), *entity.aliases]
    first: Role = "weak" if isinstance(entity, Place) and entity.common else "name"
    for n, text in enumerate(dict.fromkeys(own)):
        yield Form(text, entity.id, "right" if is_plain_word(entity, text) else first if n == 0 else "alias")
    yield from (Form(text, entity.id, "weak") for text in entity.weak)
    if entity.native:
        yield Form(entity.native, entity.id, "exonym", entity.language, f"native form ({entity.language})")
    for language, text in sorted(entity.names.items()):
        if language == "en":
            yield Form(text, entity.id, "alias")
        else:
            yield Form(text, entity.id, "exonym", language, f"{tables.languages[language].name} form")
    match entity:
        case Office():
            yield from (Form(text, entity.id, "title") for text in (*entity.titles, *_without_country(entity, tables)))
        case Place(adjective=adjective, other_names=others):
            if adjective:
                yield Form(adjective, entity.id, "adjective")
            for other in others:
                role: Role = "weak" if other.weak else "exonym"
                yield Form(other.form, entity.id, role, other.language, f"{tables.languages[other.language].name} form")
        case Organisation(acronym=acronym) if acronym:
            yield Form(acronym, entity.id, "alias")
        case Term():
            for text in entity.accepted:
                yield Form(text, entity.id, "right" if is_plain_word(entity, text) else "alias")
    yield from forms_in_copy(entity, tables.schemes.values(), tables.root, lexicon("en"))
    yield from terms.forms(entity, tables.glosses)


def is_plain_word(entity: Entity, text: str) -> bool:
    """Whether a term's right form is one ordinary word, as *mayor* is: it stands in every text and leads to nothing."""
    return isinstance(entity, Term) and text.isalpha() and text.islower()


def habit_forms(habit: Habit, tables: Tables) -> Iterator[Form]:
    """The wrong forms of a habit alone: what English says instead are plain words, which lead to nothing."""
    role: Role = habit.group if habit.sure else "weak-habit"
    languages = [tables.languages[language].name for language in (habit.language, *habit.same) if language]
    route = (
        f"usual in copy from {' or '.join(languages)}" if languages else "put in place of a set phrase, word by word"
    )
    for text in habit.forms:
        yield Form(text, habit.id, role, "" if habit.same else habit.language, route)
    yield from (Form(text, habit.id, "right") for text in habit.but)


def _without_country(office: Office, tables: Tables) -> Iterator[str]:
    """A title as countries share it: "Minister of Finance" for "Minister of Finance of Japan"; others are listed."""
    title, _, land = office.name.rpartition(" of ")
    place = tables.entities.get("place/" + land.removeprefix("the ").lower().replace(" ", "-"))
    is_own = isinstance(place, Place) and place.country == office.country
    if is_own and title not in office.titles and re.search(" (of|for) ", title):
        yield title


def compile_index(
    tables: Tables,
    digest: str,
    forms: Callable[[Entity, Tables], Iterator[Form]] = forms_of,
    signs: bytes = b"",
) -> bytes:
    """The index of every form of every hub, and every record by name; ``signs`` as for `write`."""
    every = [form for entity in tables.entities.values() for form in forms(entity, tables)]
    return write(every, dict(records_of(tables)), digest, signs)


def records_of(tables: Tables) -> Iterator[tuple[str, Any]]:
    """Everything the checks ask for by name, as plain JSON."""
    for entity in tables.entities.values():
        yield entity.id, plain(entity)
    for folder, group in (("style", tables.styles), ("language", tables.languages)):
        for name, record in group.items():
            yield f"{folder}/{name}", plain(record)
    # What every check asks for stands together, so that it is looked up and decoded once: all rules, and of the
    # hundreds of offices that a title may mean, what decides between them.
    yield "rules", {code: plain(rule) for code, rule in sorted(tables.rules.items())}
    yield "offices", {e.id: [e.name, e.country] for e in tables.entities.values() if isinstance(e, Office)}
    yield "languages", sorted(tables.languages)
    yield "surnames", {channel.id: channel.surnames for channel in tables.channels.values()}
    yield "channels", {channel.id: channel.country for channel in tables.channels.values()}
    holders: dict[str, list[tuple[str, str, str]]] = {}
    for person in tables.entities.values():
        for holding in person.offices if isinstance(person, Person) else ():
            holders.setdefault(f"office/{holding.office}", []).append((person.id, holding.since, holding.until))
    yield "holders", holders
    yield "countries", {e.country: e.name for e in tables.entities.values() if isinstance(e, Place) and e.adjective}
    suggesting = {scheme for rule in tables.rules.values() for scheme in rule.scheme.split()}
    for scheme in tables.schemes.values():
        if scheme.id in suggesting:
            yield f"inverse/{scheme.id}", names.inverse(scheme, tables.root)
    yield "pinyin", dict.fromkeys(pinyin_syllables(tables.root), 1)
    yield "channel_names", {channel.id: channel.name for channel in tables.channels.values()}
    yield "scheme_names", {scheme.id: scheme.name for scheme in tables.schemes.values() if scheme.id in suggesting}
    yield "coinages", tables.coinages
    yield "suffixes", [[swap.wrong, swap.right, swap.after] for swap in tables.suffixes]
    yield "weights", tables.weights
    yield "profiles", {n: language.function_words for n, language in tables.languages.items()}


def plain(record: Any) -> dict[str, Any]:
    """A record's fields that differ from their defaults."""
    return {
        field.name: dataclasses.asdict(value) if dataclasses.is_dataclass(value) else _listed(value)  # type: ignore[arg-type]
        for field in dataclasses.fields(record)
        if field.name not in LEFT_IN_TABLES and (value := getattr(record, field.name)) not in (field.default, {})
    }


def _listed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [list(dataclasses.astuple(v)) if dataclasses.is_dataclass(v) else _listed(v) for v in value]  # type: ignore[arg-type]
    return value
