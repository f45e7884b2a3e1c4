"""An office is stale only where something dates the story, and nothing says that it looks back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from normalize.check import Checker
from normalize.index.pack import Pack
from normalize.model import Checked
from normalize.text.reading import from_text

Check = Callable[..., Checked]
HEAD = "BRUSSELS, 3 July 2025\n\n"
BRETON = "EU Internal Market Commissioner Thierry Breton"


def offices(checked: Checked) -> list[tuple[str, str, str]]:
    return [(f.code, f.text, f.severity) for f in checked.findings if f.code in ("OFF001", "OFF002", "NAM004")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(f"{BRETON} spoke.", [], id="nothing dates it"),
        pytest.param(f"{BRETON} spoke in 2023.", [], id="a year of the term"),
        pytest.param(f"{BRETON} spoke. A vote is due by 2030.", [], id="a year to come"),
        pytest.param(f"{BRETON} spoke. So was 2025.", [("OFF001", "Thierry Breton", "info")], id="a later year"),
        pytest.param(f"{HEAD}{BRETON} spoke.", [("OFF001", "Thierry Breton", "warning")], id="a dateline"),
        pytest.param(f"{HEAD}In 2021 {BRETON} spoke.", [], id="a year of the term in the paragraph"),
        pytest.param(f"{HEAD}She recalled how {BRETON} spoke.", [], id="a sentence that looks back"),
        pytest.param(
            "BRUSSELS, 3 December 2024\n\nEuropean Council President Charles Michel spoke.", [], id="days later"
        ),
        pytest.param(
            "The President of the European Council Ursula von der Leyen spoke.",
            [("OFF001", "Ursula von der Leyen", "warning")],
            id="another body's office, undated",
        ),
        pytest.param(
            "HANOI, 3 July 2023\n\nVietnamese Prime Minister Van Minggang spoke.",
            [("OFF002", "Van Minggang", "warning")],
            id="nobody's name under a known holder's title",
        ),
        pytest.param("Vietnamese Prime Minister Van Minggang spoke.", [], id="the same, undated"),
    ],
)  # fmt: skip
def test_offices(text: str, found: list[tuple[str, str, str]], check: Check) -> None:
    assert offices(check(text)) == found


def test_a_date_for_undated_texts(pack: Pack) -> None:
    checked = Checker(pack, date="2025-07-03").check(from_text(f"{BRETON} spoke.", "a.txt", "en"))
    assert offices(checked) == [("OFF001", "Thierry Breton", "warning")]


@pytest.mark.parametrize(
    ("text", "name", "right"),
    [
        ("Vietnamese Prime Minister Pham Minh Thanh spoke.", "Pham Minh Thanh", "Pham Minh Chinh"),
        ("Vietnamese Prime Minister Pham Thanh Minh spoke.", "Pham Thanh Minh", "Pham Minh Chinh"),
        ("North Korean leader Kim Lord Love spoke.", "Kim Lord Love", "Kim Jong Un"),
    ],
    ids=["a syllable", "a syllable, and the order", "half of it translated"],
)
def test_near_misses(text: str, name: str, right: str, check: Check) -> None:
    assert [(f.text, f.replacements, f.severity) for f in check(text).findings if f.code == "NAM004"] == [
        (name, (right,), "warning")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chinese President Xi Jinping spoke. Mr. Jinping left.", ["Jinping"]),
        ("North Korean leader Kim Jong Un spoke. Chairman Un left.", ["Un"]),
        ("Chinese President Xi Jinping spoke. Jinping left.", []),
        ("Chinese President Xi Jinping spoke. Mr. Jinping Lee left.", []),
        ("Vietnamese President To Lam spoke. Mr. Lam left.", []),
    ],
    ids=["an honorific", "a title", "no title", "a longer name", "a people called by the given name"],
)
def test_given_names_alone(text: str, found: list[str], check: Check) -> None:
    assert [f.text for f in check(text).findings if f.code == "TTL005"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kaja Kallas and his team arrived.", ["Kaja Kallas and his"]),
        ("Kaja Kallas himself arrived.", ["Kaja Kallas himself"]),
        ("Kaja Kallas and her team arrived.", []),
        ("Then Emmanuel Macron met Kaja Kallas and his team left.", []),
        ("He met Kaja Kallas and his team left.", []),
    ],
)
def test_pronouns(text: str, found: list[str], check: Check) -> None:
    assert [f.text for f in check(text).findings if f.code == "TTL006"] == found
