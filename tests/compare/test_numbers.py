"""What a number means, in the languages that the news comes from."""

from __future__ import annotations

import pytest

from normalize.compare.numbers import find_calendar, find_numbers
from normalize.compare.records import Fact, Sentence
from normalize.compare.sentences import read_words
from normalize.compare.speech import speech
from normalize.compare.units import same_quantity
from normalize.model import Span

CASES = [
    ("en", "two hundred and fifty thousand", ["250000"], "words and scales"),
    ("en", "14.2 billion or $14.2bn", ["14200000000", "14200000000"], "a scale apart, and one attached"),
    ("en", "14,2 billion USD", ["14200000000"], "a decimal comma that was left"),
    ("en", "3 lakh and 2.5 crore", ["300000", "25000000"], "Indian scales"),
    ("en", "twenty-five, forty two", ["25", "42"], "tens and ones"),
    ("en", "five ten", ["5", "10"], "no one number"),
    ("en", "1,234,567 and 1 234", ["1234567", "1", "234"], "groups; a bare space groups nothing in English"),
    ("de", "1.234.567 und 3,5 Millionen", ["1234567", "3500000"], "points group, a comma is decimal"),
    ("de", "2,6 Milliarden", ["2600000000"], "a milliard is an English billion"),
    ("fr", "16 000 et 2,5 milliards", ["16000", "2500000000"], "spaces group in French"),
    ("cs", "3,5 miliardy, dvacet pět", ["3500000000", "25"], "inflected scales"),
    ("ru", "14,2 млрд и 5 тыс", ["14200000000", "5000"], "abbreviated scales"),
    ("zh", "1亿4000万人", ["140000000"], "a scale inside a scale"),
    ("zh", "3.5万，两千三百万", ["35000", "23000000"], "figures and numerals with 万"),
    ("zh", "二十五人", ["25"], "numerals alone"),
    ("ja", "約1億2000万円", ["120000000"], "oku and man"),
    ("ko", "3만 명, 1억", ["30000", "100000000"], "man and eok"),
    ("hi", "५ लाख", ["500000"], "Devanagari figures"),
    ("vi", "14,2 tỷ USD", ["14200000000"], "tỷ is a billion"),
    ("vi", "hai trăm năm mươi người", ["250"], "năm counts before a scale"),
    ("vi", "2 triệu rưỡi", ["2500000"], "a half behind a scale"),
    ("en", "half a million", ["500000"], "a half before a scale"),
    ("en", "two dozen", ["24"], "a dozen multiplies"),
    ("en", "one and a half million", ["1500000"], "and a half"),
    ("en", "5½ and 2 1/2", ["5.5", "2.5"], "mixed fractions"),
    ("en", "two-thirds", ["0.6667"], "a fraction in words"),
    ("en", "14 July 1/2", ["14", "1", "2"], "a date is no mixed fraction"),
    ("zh", "三分之二", ["0.6667"], "the whole stands first"),
    ("ko", "3분의 2", ["0.6667"], "the whole stands first"),
    ("fr", "soixante-dix-sept", ["77"], "sixty and seventeen"),
    ("fr", "un demi-million", ["1", "500000"], "the article is a one"),
    ("es", "treinta y cinco mil", ["35000"], "joined by y"),
    ("de", "fünfundzwanzig Millionen", ["25000000"], "ones before tens"),
    ("ru", "два с половиной миллиона", ["2500000"], "two with a half"),
    ("it", "trentacinque", ["35"], "one word"),
]


def sentence(text: str, language: str) -> Sentence:
    span = Span(0, len(text))
    return Sentence(0, span, "prose", tuple(read_words(text, span, speech(language))))


@pytest.mark.parametrize(("language", "text", "values", "why"), CASES, ids=[case[3] for case in CASES])
def test_values(language: str, text: str, values: list[str], why: str) -> None:
    found = find_numbers(text, sentence(text, language), speech(language))
    assert [fact.value for fact in found] == values, why


def others(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.value, f.others) for f in find_numbers(text, sentence(text, "en"), speech("en"))]


def test_a_number_may_have_another_value_too() -> None:
    assert ("3", ("0.3333", "33", "33.3", "33.33")) in others("about a third is water")
    assert ("5", ("0.2", "20")) in others("one in five")
    assert others("at 11 pm") == [("11", ("23",))]
    assert ("19", ("1800",)) in others("the 19th century")
    assert ("4", ("4000000",)) in others("4 to 6 million")


def test_words_that_may_count_are_never_asked_for() -> None:
    facts = list(find_numbers("one of both", sentence("one of both", "en"), speech("en")))
    assert [fact.weak for fact in facts] == [True, True]


def test_may_and_march_are_months_beside_a_time_only() -> None:
    for text, months in (
        ("It may rain.", 0),
        ("May will decide.", 0),
        ("on May 5", 1),
        ("since March", 1),
        ("They march.", 0),
    ):
        facts = [f for f in find_calendar(text, sentence(text, "en"), speech("en")) if f.kind == "month"]
        assert len(facts) == months, text


UNITS = [
    ("en", "14 million US dollars", ("USD",)),
    ("en", "€5", ("EUR",)),
    ("en", "5 million Swedish crowns", ("SEK",)),
    ("en", "25 yards/metres", ("yard", "metre")),
    ("vi", "14,2 tỷ đồng", ("VND",)),
    ("vi", "14 tháng 7", ()),
    ("vi", "3 tháng", ("month",)),
    ("zh", "3.5万公里", ("kilometre",)),
    ("zh", "100亿元人民币", ("CNY",)),
    ("ko", "3만 달러", ("USD",)),
    ("ja", "3日間", ("day",)),
    ("ru", "5 млрд рублей", ("RUB",)),
    ("fr", "5 millions d'euros", ("EUR",)),
    ("es", "5 millones de euros", ("EUR",)),
    ("de", "25 Prozentpunkte", ("percentage-point",)),
]


@pytest.mark.parametrize(("language", "text", "wanted"), UNITS)
def test_units(language: str, text: str, wanted: tuple[str, ...]) -> None:
    found = [f for f in find_numbers(text, sentence(text, language), speech(language)) if not f.weak]
    assert found[-1].units == wanted or found[0].units == wanted


def test_converted_measures_are_the_same() -> None:
    def only(text: str) -> Fact:
        return next(find_numbers(text, sentence(text, "en"), speech("en")))

    same = [
        ("10 miles", "16 km"),
        ("100 degrees Fahrenheit", "38 degrees Celsius"),
        ("14 days", "two weeks"),
        ("50 basis points", "0.5 percent"),
    ]
    for first, second in same:
        assert same_quantity(only(first), only(second)), (first, second)
    for first, second in (("10 miles", "10 km"), ("3 days", "3 weeks"), ("10 dollars", "70 yuan")):
        assert not same_quantity(only(first), only(second)), (first, second)
