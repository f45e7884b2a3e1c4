"""One entity under several names over a set of texts."""

from __future__ import annotations

from collections.abc import Callable

from normalize.consistency import across
from normalize.model import Checked


def test_two_spellings_in_two_texts(check: Callable[..., Checked]) -> None:
    texts = ("He flew to Macao. Macao was calm.", "He flew to Macau.", "Hong Kong was calm. HONG KONG")
    checked = [check(text, f"{n}.txt", language="en") for n, text in enumerate(texts)]
    (divided,) = across(checked, {})
    assert (divided.entity, divided.right) == ("place/macao", "Macao")
    assert [(u.text, u.mentions, u.paths) for u in divided.forms] == [
        ("Macao", 2, ("0.txt",)),
        ("Macau", 1, ("1.txt",)),
    ]


def test_the_house_decides(check: Callable[..., Checked]) -> None:
    checked = [check("He flew to Macao.", "a.txt", language="en"), check("He flew to Macau.", "b.txt", language="en")]
    assert across(checked, {"place/macao": "Macau"})[0].right == "Macau"


def test_a_second_reference_is_no_other_name(check: Callable[..., Checked]) -> None:
    checked = [check("Angela Merkel spoke. Merkel left.", "a.txt"), check("Angela Merkel left.", "b.txt")]
    assert across(checked, {}) == []
