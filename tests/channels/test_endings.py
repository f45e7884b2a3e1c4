"""Endings: what a language adds to a name comes off; what is the name itself stays."""

from __future__ import annotations

import pytest

from normalize.channels.endings import bases


@pytest.mark.parametrize(
    ("language", "inflected", "base"),
    [
        ("pl", "Władimira Putina", "Władimir Putin"),
        ("pl", "Wołodymyra Zełenskiego", "Wołodymyr Zełenski"),
        ("pl", "Aleksieja Nawalnego", "Aleksiej Nawalny"),
        ("pl", "Marii Zacharowej", "Marii Zacharowa"),
        ("pl", "Łukaszence", "Łukaszenka"),
        ("cs", "Putinovi", "Putin"),
        ("cs", "Zelenského", "Zelenskyj"),
        ("cs", "Angela Merkelová", "Angela Merkel"),
        ("sk", "Julia Gillardovej", "Julia Gillard"),
        ("lv", "Vladimirs Putins", "Vladimir Putin"),
        ("lv", "Zelenskim", "Zelenski"),
        ("lt", "Vladimiras Putinas", "Vladimir Putin"),
        ("hr", "Zelenskog", "Zelenski"),
        ("hu", "Putyinnak", "Putyin"),
        ("hu", "Merkelának", "Merkela"),
        ("fi", "Putinille", "Putin"),
        ("tr", "Zelenskiy’e", "Zelenskiy"),
        ("tr", "Putin'in", "Putin"),
        ("ru", "Владимиру Путину", "Владимир Путин"),
        ("ru", "Зеленского", "Зеленский"),
        ("uk", "Зеленського", "Зеленський"),
        ("uk", "Порошенка", "Порошенко"),
        ("el", "Μητσοτάκη", "Μητσοτάκης"),
        ("de", "Putins", "Putin"),
        ("en", "Putin's", "Putin"),
    ],
)
def test_bases(language: str, inflected: str, base: str) -> None:
    assert base in bases(inflected, language)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("pl", "Macron"),  # no ending
        ("zh", "Putina"),  # a language without endings
        ("", "Putina"),
        ("pl", "Ewa"),  # what would be left is too short to be a name
        ("lv", "Ās"),
    ],
)
def test_a_name_without_an_ending_has_no_base(language: str, name: str) -> None:
    assert bases(name, language) == []


def test_the_name_itself_is_never_among_its_bases_and_the_most_stripped_comes_first() -> None:
    found = bases("Władimira Putina", "pl")
    assert found[0] == "Władimir Putin"
    assert "Władimira Putina" not in found


def test_long_names_stay_bounded() -> None:
    assert len(bases(" ".join(["Putina"] * 12), "pl")) <= 24
