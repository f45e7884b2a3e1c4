"""Every scheme's own examples, and what no scheme may do."""

from __future__ import annotations

import pytest

from normalize.channels.names import example_forms
from normalize.tables.load import load_schemes
from normalize.tables.locate import tables_root
from normalize.tables.records import Example, Scheme

ROOT = tables_root()
SCHEMES = load_schemes(ROOT)
EXAMPLES = [
    pytest.param(scheme, example, id=f"{scheme.id} {example.form}")
    for scheme in SCHEMES.values()
    for example in scheme.examples
]


@pytest.mark.parametrize(("scheme", "example"), EXAMPLES)
def test_examples(scheme: Scheme, example: Example) -> None:
    assert example.form in example_forms(scheme, example, ROOT)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda scheme: scheme.id)
def test_every_scheme_has_examples_and_a_source(scheme: Scheme) -> None:
    assert scheme.examples
    assert scheme.source
