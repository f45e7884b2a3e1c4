"""The Vietnamese channel: what its schemes and glosses yield."""

from __future__ import annotations

import pytest

from normalize.channels import terms
from normalize.channels.names import apply
from normalize.channels.native import part
from normalize.channels.readings import align_pinyin
from normalize.model import Said, Term
from normalize.tables.load import Tables
from normalize.tables.records import Gloss

GLOSSES = (
    Gloss("sân chơi", "playing field", "right"),
    Gloss("sân chơi", "playground", "false"),
    Gloss("bình đẳng", "level", "right"),
    Gloss("bình đẳng", "equal", "near"),
    Gloss("không", "non-", "right"),
    Gloss("phổ biến", "proliferation", "right"),
    Gloss("phổ biến", "dissemination", "false"),
)


def term(said: Said) -> Term:
    return Term(id="term/x", name="level playing field", names={}, said=(said,))


def test_the_canonical_form_settles_a_polyphone(tables: Tables) -> None:
    assert align_pinyin(tables.root, "单霁翔", "Shan Jixiang", 1) == [("shàn",), ("jì",), ("xiáng",)]
    assert align_pinyin(tables.root, "单霁翔", "", 1)[0] == ("shàn",)
    name = part("重庆", "zh", tables.root, kind="place", canonical="Chongqing")
    assert apply(tables.schemes["hanviet"], name, tables.root) == ["Trùng Khánh"]


@pytest.mark.parametrize("native", ["", "Wang", "王A", "𠀀"])
def test_what_is_no_readable_name_has_no_form(tables: Tables, native: str) -> None:
    assert apply(tables.schemes["hanviet"], part(native, "zh", tables.root), tables.root) == []


def test_products_by_sense() -> None:
    said = Said("vi", ("sân chơi", "bình đẳng"), (2, 1), {})
    forms = {form.text: form.role for form in terms.forms(term(said), {"vi": GLOSSES})}
    assert forms == {
        "level playground": "false",
        "equal playing field": "near",
        "equal playground": "false",
    }


def test_a_lost_negation_reverses_the_sense() -> None:
    said = Said("vi", ("không", "phổ biến"), (1, 2), {}, negator=1)
    forms = {form.text: form.role for form in terms.forms(term(said), {"vi": GLOSSES})}
    assert forms == {"non-dissemination": "false", "dissemination": "reversed"}
    impossible = Said("vi", ("không", "phổ biến"), (1, 2), {}, negator=1, impossible=True)
    assert {f.text for f in terms.forms(term(impossible), {"vi": GLOSSES}) if f.role == "reversed"} == {
        "proliferation",
        "dissemination",
    }


def test_a_sense_may_be_overridden_or_switched_off() -> None:
    said = Said("vi", ("sân chơi", "bình đẳng"), (2, 1), {"playground": "none", "equal": "right"})
    assert list(terms.forms(term(said), {"vi": GLOSSES})) == []
