"""What transliteration libraries get wrong, and no scheme here may: each trap was seen in one of them."""

from __future__ import annotations

import unicodedata

import pytest

from normalize.channels.backward import read_back
from normalize.channels.names import apply, suits
from normalize.channels.native import Name, part
from normalize.channels.readings import plain_han, same_characters, syllables
from normalize.tables.load import load_schemes
from normalize.tables.locate import tables_root
from normalize.tables.records import Scheme

ROOT = tables_root()
SCHEMES = load_schemes(ROOT)
NATIVE = {
    "王毅": "zh", "习近平": "zh", "呂秀蓮": "zh-Hant", "安倍晋三": "ja", "박근혜": "ko", "Никита Хрущёв": "ru",
    "Володимир Зеленський": "uk", "Сяргей Ціханоўскі": "be", "Αλέξης Τσίπρας": "el", "Đặng Hòa": "vi",
    "Recep Tayyip Erdoğan": "tr", "Ilham Əliyev": "az",
}  # fmt: skip


def scripts(text: str) -> set[str]:
    letters = (unicodedata.name(char).split()[0] for char in text if char.isalpha())
    return {script for script in letters if script != "MODIFIER"}


def names_for(scheme: Scheme) -> list[Name]:
    kana = {"安倍晋三": "あべ しんぞう"}
    names = (part(native, tag, ROOT, kana=kana.get(native, "")) for native, tag in NATIVE.items())
    return [name for name in names if suits(scheme, name)]


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda scheme: scheme.id)
def test_no_form_mixes_scripts_or_is_empty(scheme: Scheme) -> None:
    for name in names_for(scheme):
        for form in apply(scheme, name, ROOT):
            assert form.strip(), "an empty form names everybody"
            found = scripts(form) - {"KATAKANA-HIRAGANA"}
            assert len(found) == 1, f"{form!r} has letters of {found}"
            assert unicodedata.is_normalized("NFC", form)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda scheme: scheme.id)
def test_numerals_in_han_are_syllables_not_digits(scheme: Scheme) -> None:
    """One library reads 安倍晋三 as "anbeijin3"."""
    name = part("陈一三", "zh", ROOT)
    if suits(scheme, name) and scheme.id != "jyutping":
        assert not any(char.isdigit() for form in apply(scheme, name, ROOT) for char in form)


@pytest.mark.parametrize("native", ["王\N{CJK UNIFIED IDEOGRAPH-20000}", "王A", "", "·"])
def test_what_a_table_does_not_know_has_no_form(native: str) -> None:
    for scheme in SCHEMES.values():
        name = part(native, "zh", ROOT)
        if suits(scheme, name):
            assert apply(scheme, name, ROOT) == [], scheme.id


def test_a_decomposed_name_is_read_like_a_composed_one() -> None:
    """ICU's Korean transform returns composed Hangul unchanged, and wants NFD."""
    for native, tag in (("박근혜", "ko"), ("Никита Хрущёв", "ru"), ("Phạm Minh Chính", "vi")):
        for scheme in SCHEMES.values():
            composed, decomposed = (part(unicodedata.normalize(f, native), tag, ROOT) for f in ("NFC", "NFD"))
            if suits(scheme, composed):
                assert apply(scheme, composed, ROOT) == apply(scheme, decomposed, ROOT), scheme.id


@pytest.mark.parametrize(
    ("syllable", "column", "spelling", "why"),
    [
        ("hai", "wade_giles", "hai", "one library has hei"),
        ("lai", "wade_giles", "lai", "one library has lei"),
        ("jun", "wade_giles", "chün", "one library has chvn"),
        ("lü", "palladius", "люй", "not лу"),
        ("lu", "palladius", "лу", "not люй"),
        ("yi", "wade_giles", "i", "王毅 is Wang I"),
    ],
)
def test_spellings_that_are_often_wrong(syllable: str, column: str, spelling: str, why: str) -> None:
    assert spelling in syllables(ROOT, column)[syllable], why


@pytest.mark.parametrize("column", ["palladius", "wade_giles"])
def test_reversible_spellings_come_back(column: str) -> None:
    table = syllables(ROOT, column)
    for syllable, (spelling, *_) in table.items():
        assert read_back(spelling, column, ROOT) == [(syllable,)], spelling


@pytest.mark.parametrize(
    ("form", "column", "readings"),
    [
        ("Си Цзиньпин", "palladius", ["xi jin ping"]),
        ("Ван И", "palladius", ["wang yi"]),
        ("Цзунъюань", "palladius", ["zong yuan"]),
        ("Mao Tse-tung", "wade_giles", ["mao ze dong"]),
        ("Teng Hsiao-p'ing", "wade_giles", ["deng xiao ping"]),
        ("Xi'an", "pinyin", ["xi an"]),
        ("Helifeng", "pinyin", ["he li feng"]),
        ("Smith", "pinyin", []),
    ],
)
def test_backward(form: str, column: str, readings: list[str]) -> None:
    assert [" ".join(reading) for reading in read_back(form, column, ROOT)] == readings


@pytest.mark.parametrize(
    ("one", "other"),
    [("習近平", "习近平"), ("黒竜江", "黑龙江"), ("岸田文雄", "岸田文雄"), ("臺灣", "台湾"), ("沢", "澤")],
)
def test_characters_of_all_countries_are_compared_as_one(one: str, other: str) -> None:
    assert same_characters(one, other, ROOT)
    assert plain_han(one, ROOT) == plain_han(other, ROOT)


def test_characters_that_differ_stay_apart() -> None:
    assert not same_characters("王毅", "王仪", ROOT)
    assert not same_characters("山西", "陕西", ROOT)
