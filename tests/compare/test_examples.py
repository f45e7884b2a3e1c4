"""Every rule of comparison finds its bad examples and is silent on its good ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from normalize.compare.compare import Comparer
from normalize.compare.records import Compared
from normalize.tables.load import load
from normalize.tables.locate import tables_root
from normalize.text.reading import from_text

RULES = [rule for rule in load(tables_root()).rules.values() if rule.kind == "comparison"]


def compare(comparer: Comparer, example: str) -> Compared:
    """What is found in an example "rewrite ⇔ other text"; "⇔ fr: …" says that the other is a source in French."""
    text, _, other = example.partition(" ⇔ ")
    language, _, source = other.partition(": ")
    if len(language) == 2:
        side = comparer.read(from_text(source, "source", language), "source")[0]
    else:
        side = comparer.read(from_text(other, "other", "en"), "reference")[0]
    return comparer.compare(comparer.read(from_text(text, "rewrite", "en"), "rewrite"), [side])


def examples(which: str) -> Iterator[Any]:
    for rule in RULES:
        for text in getattr(rule, which):
            yield pytest.param(rule.code, text, id=f"{rule.code}-{text[:40]}")


@pytest.mark.parametrize(("code", "example"), list(examples("bad")))
def test_bad_examples_are_found(code: str, example: str, comparer: Comparer) -> None:
    assert code in {f.code for f in compare(comparer, example).findings}


@pytest.mark.parametrize(("code", "example"), list(examples("good")))
def test_good_examples_are_not(code: str, example: str, comparer: Comparer) -> None:
    assert code not in {f.code for f in compare(comparer, example).findings}


@pytest.mark.parametrize(("code", "example"), list(examples("bad")))
def test_what_is_quoted_stands_there(code: str, example: str, comparer: Comparer) -> None:
    compared = compare(comparer, example)
    others = {aligned.other.document.path: aligned.other for aligned in compared.aligned}
    for finding in compared.findings:
        assert compared.rewrite.slice(finding.span) == finding.text
        for evidence in finding.evidence:
            if evidence.span:
                assert others[evidence.path].slice(evidence.span)[:20].strip() in evidence.detail
