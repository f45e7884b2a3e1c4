"""The step ``letters``: its notation, its traps, and that no scheme leaves a letter of its script in a Latin form."""

from __future__ import annotations

import unicodedata

import pytest

from normalize.channels.letters import rewrite, spelling
from normalize.channels.names import apply
from normalize.channels.native import part
from normalize.errors import TableError
from normalize.tables.load import load_schemes
from normalize.tables.locate import tables_root
from normalize.tables.records import Scheme

ROOT = tables_root()
SCHEMES = load_schemes(ROOT)
ALPHABETS = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’",
    "be": "абвгґдеёжзійклмнопрстуўфхцчшыьэюя’",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "mn": "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
}
"""The letters of each language as its own alphabet lists them, and the apostrophe where it is one."""

READERS = [
    pytest.param(scheme, language, id=f"{scheme.id} {language}")
    for scheme in SCHEMES.values()
    for language in scheme.reads
    if language in ALPHABETS and scheme.steps[0].do == "letters"
]


def scripts(text: str) -> set[str]:
    """The scripts of the letters of ``text``, by the first word of their Unicode names."""
    return {unicodedata.name(c).split()[0] for c in text if c.isalpha()} - {"MODIFIER"}


@pytest.mark.parametrize(("scheme", "language"), READERS)
def test_no_letter_is_left_of_any_alphabet(scheme: Scheme, language: str) -> None:
    """iuliia 0.13.0 leaves ``ё`` in three of its systems; a letter may stand first, between vowels, or last."""
    vowel = {"el": "α", "hy": "ա", "ka": "ა"}.get(language, "а")
    for letter in ALPHABETS[language]:
        for word in (f"{letter}{vowel}{vowel}", f"{vowel}{letter}{vowel}", f"{vowel}{letter}"):
            forms = apply(scheme, part(word.capitalize(), language, ROOT, kind="place"), ROOT)
            assert forms, (letter, word)
            assert all(scripts(form) <= {"LATIN"} for form in forms), (letter, word, forms)


def test_a_letter_that_no_rule_knows_gives_no_form() -> None:
    """Half a transliteration is worse than none: it would be printed."""
    assert rewrite("Хрущёв", spelling((), "х kh, р r, у u, щ shch, в v")) == []


def test_the_first_rule_that_fits_is_used_and_context_is_native() -> None:
    rules = spelling(("е > je / [#а]_", "е > ie"), "а a, н n, р r")
    assert rewrite("Ена", rules) == ["Jena"]
    assert rewrite("Наен", rules) == ["Najen"]
    assert rewrite("Нера", rules) == ["Niera"]


def test_edges_are_those_of_each_word_and_of_each_part_of_a_double_name() -> None:
    rules = spelling(("є > ye / #_", "є > ie"), "н n, а a")
    assert rewrite("Єна-Єна єна", rules) == ["Yena-Yena yena"]


def test_a_choice_is_the_same_throughout_a_word_and_the_likeliest_comes_first() -> None:
    rules = spelling(("г > h | g",), "о o, л l, а a")
    assert rewrite("Голога", rules) == ["Holoha", "Gologa"]


@pytest.mark.parametrize(
    ("native", "spelt"),
    [
        ("Зеле\N{COMBINING ACUTE ACCENT}н", "Zelen"),  # stress marks are not letters
        ("и\N{COMBINING BREVE}", "j"),  # й written decomposed is й
    ],
)
def test_marks(native: str, spelt: str) -> None:
    assert rewrite(native, spelling((), "з z, е e, л l, н n, и i, й j")) == [spelt]


def test_every_apostrophe_is_the_same_letter() -> None:
    rules = spelling(("’ > j / _я",), "я ja, в v")
    assert {tuple(rewrite(f"в{mark}я", rules)) for mark in "'’ʼ`′"} == {("vjja",)}


def test_dotless_and_dotted_i_are_two_letters_where_the_rules_know_both() -> None:
    turkish = spelling((), "ı y, i i")
    assert rewrite("Işık", turkish) == ["Yşyk"]
    assert rewrite("İzmir", turkish) == ["Izmir"]


@pytest.mark.parametrize("rule", ["а", "а = b", "а > b / (в)_", "а > b / [в_"])
def test_a_rule_that_cannot_be_read_is_refused_with_the_notation(rule: str) -> None:
    with pytest.raises(TableError, match=r"spelling rule|context"):
        spelling((rule,))


def test_a_family_name_before_a_comma_is_the_family_name() -> None:
    """Wikidata and library lists hold Russian names so."""
    listed = part("Отунбаева, Роза Исаковна", "ru", ROOT)
    assert [(p.text, p.role) for p in listed.parts] == [
        ("Роза", "given"), ("Исаковна", "middle"), ("Отунбаева", "family"),
    ]  # fmt: skip
    assert "Roza Otunbayeva" in apply(SCHEMES["ru-en"], listed, ROOT)
