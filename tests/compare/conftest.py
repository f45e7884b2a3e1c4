"""Texts side by side, checked once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from normalize.check import Checker
from normalize.compare.compare import Comparer
from normalize.compare.records import Compared, Role
from normalize.index.cache import shipped
from normalize.text.reading import from_text


@pytest.fixture(scope="session")
def comparer() -> Comparer:
    return Comparer(Checker(shipped()))


@pytest.fixture(scope="session")
def compare(comparer: Comparer) -> Callable[..., Compared]:
    """Hold a text against others of its language, and against a source if one is given with its language."""

    def run(text: str, *references: str, source: str = "", language: str = "") -> Compared:
        def side(other: str, name: str, role: Role, tag: str) -> object:
            return comparer.read(from_text(other, name, tag), role)[0]

        others = [side(other, f"reference {n}", "reference", "en") for n, other in enumerate(references, 1)]
        if source:
            others.append(side(source, "source", "source", language))
        return comparer.compare(comparer.read(from_text(text, "rewrite", "en"), "rewrite"), others)  # type: ignore[arg-type]

    return run
