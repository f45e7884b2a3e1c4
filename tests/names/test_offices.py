"""Offices and dates: who could hold what when, and what is nearly a holder's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from normalize.model import Checked

Check = Callable[..., Checked]
HEAD = "BRUSSELS, 3 July 2025\n\n"


def codes(checked: Checked) -> list[tuple[str, str, str]]:
    return [(f.code, f.text, f.severity) for f in checked.findings if f.code in ("OFF001", "NAM004", "TTL004")]


@pytest.mark.parametrize(
    "text",
    [
        "European Commission President Ursula von der Leyen spoke.",
        "Former EU Internal Market Commissioner Thierry Breton spoke.",
        "Then-EU Internal Market Commissioner Thierry Breton spoke.",
        '"EU Internal Market Commissioner Thierry Breton was right," she said.',
        "Thierry Breton, once a commissioner, spoke.",
        "Chinese Premier Li Qiang met European Council President Antonio Costa.",
    ],
    ids=["the holder", "former", "then", "a quotation", "no title", "two holders"],
)
def test_what_is_right_is_silent(check: Check, text: str) -> None:
    assert codes(check(HEAD + text)) == []


def test_a_holder_of_the_past(check: Check) -> None:
    assert codes(check(HEAD + "EU Internal Market Commissioner Thierry Breton spoke.")) == [
        ("OFF001", "Thierry Breton", "warning")
    ]


def test_without_a_date_nothing_is_said(check: Check) -> None:
    assert codes(check("EU Internal Market Commissioner Thierry Breton spoke.")) == []


def test_somebody_elses_office(check: Check) -> None:
    found = codes(check(HEAD + "European Council President Ursula von der Leyen spoke."))
    assert found == [("OFF001", "Ursula von der Leyen", "warning")]


def test_nearly_the_holder(check: Check) -> None:
    checked = check("HANOI, 3 July 2025\n\nVietnamese Prime Minister Pham Minh Thanh spoke.")
    (finding,) = (f for f in checked.findings if f.code == "NAM004")
    assert finding.replacements == ("Pham Minh Chinh",)
    assert finding.severity == "warning"


def test_nearly_a_holder_without_the_office_is_nobody(check: Check) -> None:
    assert codes(check(HEAD + "The writer Pham Minh Thanh spoke.")) == []


def test_mrs_merz_may_be_his_wife(check: Check) -> None:
    assert [c for c in codes(check("Friedrich Merz spoke. Mrs Merz listened.")) if c[2] != "info"] == []
