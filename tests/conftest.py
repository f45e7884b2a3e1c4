"""What every test may use: the shipped tables, compiled once, and a checker."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.index.pack import Pack
from normalize.model import Checked
from normalize.tables.load import Tables, load
from normalize.tables.locate import tables_root
from normalize.text.reading import decode


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither read nor fill the cache of the person who runs them."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def own_pack() -> str:
    """A pack of a house's own with one habit."""
    return """
[[habit]]
id = "house-town-hall-people"
name = "council staff"
group = "phrase"
forms = ["town hall people"]
hit = ["The town hall people were told."]
miss = ["The council staff were told."]
unverified = true
"""


@pytest.fixture(scope="session")
def pack(_own_cache: None) -> Pack:
    return shipped()


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load(tables_root())


@pytest.fixture(scope="session")
def check(pack: Pack) -> Callable[..., Checked]:
    """Check a text as a file of this name, in this style and language."""

    def run(text: str, path: str = "a.txt", **choices: str) -> Checked:
        return Checker(pack, **choices).check(decode(text.encode("utf-8", "surrogatepass"), path))

    return run
