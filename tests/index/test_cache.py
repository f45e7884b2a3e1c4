"""The cache: made once, shared by all, mended where it is damaged, done without where it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from normalize.index.cache import MOST_KEPT, beside, cache_folder, kept
from normalize.index.compile import forms_of
from normalize.index.generated import Generated, generators_digest
from normalize.index.pack import Pack
from normalize.index.signs import write_signs
from normalize.index.write import write
from normalize.model import Form
from normalize.tables.load import Tables


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def one_form(text: str = "Wang Yi") -> bytes:
    return write([Form(text, "person/wang-yi", "name")], {}, "")


def never() -> bytes:
    raise AssertionError("made again")


def test_an_index_is_made_once() -> None:
    kept("a", one_form)
    assert kept("a", never).forms("wang yi")


def test_the_folder_is_private() -> None:
    kept("a", one_form)
    assert cache_folder().stat().st_mode & 0o077 == 0
    assert [p.name for p in cache_folder().iterdir()] == ["a.calque"], "nothing half-written stays"


@pytest.mark.parametrize("damage", [b"", b"hello", one_form()[:2000], one_form()[:-1]])
def test_a_damaged_index_is_made_again(damage: bytes) -> None:
    kept("a", one_form)
    (cache_folder() / "a.calque").write_bytes(damage)
    assert kept("a", one_form).forms("wang yi")
    assert kept("a", never).forms("wang yi")


def test_without_a_place_for_it_the_index_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert kept("a", one_form).forms("wang yi")


def test_the_oldest_go() -> None:
    for number in range(MOST_KEPT + 3):
        kept(f"index-{number}", one_form)
        os.utime(cache_folder() / f"index-{number}.calque", (number, number))
    assert len(list(cache_folder().iterdir())) == MOST_KEPT
    assert kept(f"index-{MOST_KEPT + 2}", never)


def test_many_first_runs_at_once(tmp_path: Path) -> None:
    program = (
        "from normalize.index.cache import kept\n"
        "from normalize.index.write import write\n"
        "from normalize.model import Form\n"
        "forms = [Form(f'Name {n}', f'person/{n}', 'name') for n in range(3000)]\n"
        "for _ in range(5): assert kept('a', lambda: write(forms, {}, '')).forms('name 7')\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", program], env={**os.environ}) for _ in range(4)]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert [p.name for p in cache_folder().iterdir()] == ["a.calque"]


def test_a_users_table_is_compiled_when_it_changes(tmp_path: Path, pack: Pack) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("id\tname\n1\tEstrella Quispe\n")
    asked = []

    def read() -> tuple[list[Form], dict[str, object]]:
        asked.append(1)
        return [Form("Estrella Quispe", "1", "name")], {"1": {"name": "Estrella Quispe"}}

    beside(pack, [table], read)
    assert beside(pack, [table], read).record("1") == {"name": "Estrella Quispe"}
    assert len(asked) == 1
    table.write_text("id\tname\n1\tEstrella Quispe Mamani\n")
    beside(pack, [table], read)
    assert len(asked) == 2, "other contents are compiled"


def test_after_an_edit_only_what_changed_is_generated_again(tables: Tables) -> None:
    hubs = [tables.entities[name] for name in ("person/wang-yi", "person/xi-jinping", "place/beijing")]
    first = Generated(b"")
    wanted = [list(first.forms(hub, tables)) for hub in hubs]
    assert wanted == [list(forms_of(hub, tables)) for hub in hubs]
    second = Generated(first.data())
    assert [list(second.forms(hub, tables)) for hub in hubs] == wanted
    assert second.anew == 0
    edited = replace(hubs[0], weak=("Old Wang",))
    assert Form("Old Wang", "person/wang-yi", "weak") in second.forms(edited, tables)
    assert second.anew == 1
    assert second.signs == first.signs == write_signs()


@pytest.mark.parametrize("damage", [b"", b"hello", b"hello\n{}", Generated(b"").data()[:-9]])
def test_damaged_forms_are_generated_again(damage: bytes, tables: Tables) -> None:
    again = Generated(damage)
    assert list(again.forms(tables.entities["person/wang-yi"], tables))
    assert again.anew == 1


def test_what_generates_forms_is_told_from_what_does_not(tmp_path: Path) -> None:
    for name in ("people/cn.toml", "schemes/pinyin.toml", "lexicon/en.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("a", "utf-8")
    before = generators_digest(tmp_path, [])
    (tmp_path / "people/cn.toml").write_text("b", "utf-8")
    assert generators_digest(tmp_path, []) == before, "a hub's own entry decides"
    for name in ("schemes/pinyin.toml", "lexicon/en.txt"):
        (tmp_path / name).write_text("b", "utf-8")
        assert generators_digest(tmp_path, []) != before
        (tmp_path / name).write_text("a", "utf-8")
