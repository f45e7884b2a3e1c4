"""What English copy itself prints for a foreign name is never a variant there."""

from __future__ import annotations

import pytest

from normalize.index.compile import forms_of
from normalize.tables.load import load
from normalize.tables.locate import tables_root

TABLES = load(tables_root())


def roles(entity: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for form in forms_of(TABLES.entities[entity], TABLES):
        found.setdefault(form.text, set()).add(form.role)
    return found


@pytest.mark.parametrize("form", ["Andriy Yermak", "Andrii Yermak", "Andriy Ermak", "Andrei Yermak"])
def test_english_spellings_of_a_ukrainian_name_are_right(form: str) -> None:
    assert roles("person/andriy-yermak").get(form, set()) <= {"name", "alias"}


@pytest.mark.parametrize("form", ["Denys Schmyhal", "Denys Chmyhal", "Denys Szmyhal", "Denisz Smihal"])
def test_german_french_polish_and_hungarian_spellings_are_readings(form: str) -> None:
    assert roles("person/denys-shmyhal")[form] == {"reading"}
