"""Every rule finds its bad examples and is silent on its good ones; every term on its own sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from normalize.model import Checked, Habit, Term
from normalize.rules.kinds import KINDS
from normalize.tables.load import load
from normalize.tables.locate import tables_root

TABLES = load(tables_root())
WANT_MORE = ("comparison", "estimate")
"""Kinds of rules that want another text beside the first, or a model."""


def rule_examples(which: str) -> Iterator[Any]:
    for rule in TABLES.rules.values():
        for text in getattr(rule, which) if rule.kind not in WANT_MORE else ():
            yield pytest.param(rule.code, rule.style, text, id=f"{rule.code}-{text[:40]}")


@pytest.mark.parametrize(("code", "style", "text"), list(rule_examples("bad")))
def test_bad_examples_are_found(code: str, style: str, text: str, check: Callable[..., Checked]) -> None:
    assert code in {f.code for f in check(text, style=style).findings}


@pytest.mark.parametrize(("code", "style", "text"), list(rule_examples("good")))
def test_good_examples_are_not(code: str, style: str, text: str, check: Callable[..., Checked]) -> None:
    assert code not in {f.code for f in check(text, style=style).findings}


def test_every_kind_is_used_and_known() -> None:
    assert {rule.kind for rule in TABLES.rules.values()} == set(KINDS)


def term_sentences(which: str) -> Iterator[Any]:
    for term in TABLES.entities.values():
        if isinstance(term, Term) and not (isinstance(term, Habit) and term.group == "spun"):
            for text in getattr(term, which):
                yield pytest.param(term.id, text, id=f"{term.id}-{text[:40]}")


@pytest.mark.parametrize(("term", "text"), list(term_sentences("hit")))
def test_terms_hit(term: str, text: str, check: Callable[..., Checked]) -> None:
    assert term in {f.entity for f in check(text, language="en").findings}


@pytest.mark.parametrize(("term", "text"), list(term_sentences("miss")))
def test_terms_miss(term: str, text: str, check: Callable[..., Checked]) -> None:
    assert [f.text for f in check(text, language="en").findings if f.entity == term and f.severity != "info"] == []
