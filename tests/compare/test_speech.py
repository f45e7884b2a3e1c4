"""The language files of a comparison: every word in them is found in a sentence, and faults in them are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from normalize.compare.facts import find_negations
from normalize.compare.numbers import find_calendar, find_numbers
from normalize.compare.records import Sentence, written
from normalize.compare.sentences import read_words
from normalize.compare.speech import Speech, read_speech, speech
from normalize.compare.titles import find_titles, read_titles, titles
from normalize.compare.units import find_units, read_units, units
from normalize.errors import TableError
from normalize.model import Span
from normalize.tables.locate import tables_root

LANGUAGES = sorted(path.stem for path in (tables_root() / "compare").glob("??.toml"))


def sentence(text: str, said: Speech) -> Sentence:
    span = Span(0, len(text))
    return Sentence(0, span, "prose", tuple(read_words(text, span, said)))


def raw(language: str) -> dict[str, list[str] | dict[str, float]]:
    import tomllib

    return tomllib.loads((tables_root() / "compare" / f"{language}.toml").read_text("utf-8"))


def unfound(language: str) -> Iterator[tuple[str, str]]:
    said, table = speech(language), raw(language)
    space = "" if said.within_words else " "

    def holds(kind: str, find: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        return ((kind, word) for word in table.get(kind, ()) if not find(str(word)))

    def counts(word: str, value: float) -> bool:
        text = f"{word}"
        return any(float(f.value) == value for f in find_numbers(text, sentence(text, said), said))

    def dates(word: str, kind: str) -> bool:
        text = f"5 {word[0].upper()}{word[1:]}" if language == "en" else word
        return kind in {f.kind for f in find_calendar(text, sentence(text, said), said)}

    numbers = {**table.get("numbers", {}), **table.get("weak_numbers", {})}  # type: ignore[dict-item]
    yield from (("numbers", word) for word, value in numbers.items() if not counts(word, float(value)))
    scales: dict[str, float] = table.get("scales", {})  # type: ignore[assignment]
    yield from (("scales", word) for word, value in scales.items() if not counts(f"3{space}{word}", 3 * float(value)))
    yield from holds("months", lambda word: dates(word, "month"))
    yield from holds("weekdays", lambda word: dates(word, "weekday"))
    yield from holds(
        "negators", lambda word: word == "n't" or bool([*find_negations(word, sentence(word, said), said)])
    )
    yield from holds("excuses", lambda word: denies(word.rstrip("*"), said))
    yield from holds(
        "saying", lambda word: bool([*said.find(word, Span(0, len(word)), sentence(word, said).words, "saying")])
    )
    for kind in ("hedges", "leads", "hours", "nameless", "function_words", "short_words", "masculine", "feminine"):
        yield from holds(kind, lambda word, kind=kind: said.within_words or written(word) in getattr(said, kind))


def denies(word: str, said: Speech) -> bool:
    return said.has_denial(sentence(word, said).words, word, Span(0, len(word)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_language_file_is_found(language: str) -> None:
    assert list(unfound(language)) == []


def test_every_unit_is_found() -> None:
    for language, words in units().words.items():
        said = speech(language)
        for word, ids in words.items():
            text = f"5{'' if said.within_words else ' '}{word}"
            assert set(find_units(text, Span(0, 1), said)) >= set(ids), (language, word)


def test_every_title_is_found() -> None:
    for language, words in titles().words.items():
        for word, ids in words.items():
            assert [t.ids for t in find_titles(word, Span(0, len(word)), speech(language))] == [ids], (language, word)


MARKS = [
    ("vi", "Sau đó, ông bay sang Triều Tiên.", "words without the marks of a number are other words"),
    ("vi", "Ông ba mươi tuổi năm nay.", "năm is a year as often as five"),
    ("fr", "Il est parti en ete.", "a word that lost its marks is not guessed at"),
    ("pl", "Sto lat! Piec jest gorący.", "an oven is not five"),
]


@pytest.mark.parametrize(("language", "text", "why"), MARKS[:1] + MARKS[2:], ids=[m[2] for m in MARKS[:1] + MARKS[2:]])
def test_marks_tell_words_apart(language: str, text: str, why: str) -> None:
    said = speech(language)
    assert not [f for f in find_numbers(text, sentence(text, said), said) if not f.weak and f.value != "100"], why


FAULTS = [
    ('negator = ["no"]', 'unknown key "negator"; did you mean "negators"?'),
    ("negators = 3", '"negators" must be a list'),
    ("[numbers]\ndozen = 12\n[scales]\ndozen = 12", '"dozen" stands in both numbers and scales'),
    ("[numbers", "aliases/compare/xx.toml: "),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_faults_are_named(text: str, message: str) -> None:
    with pytest.raises(TableError) as error:
        read_speech("xx", text, "aliases/compare/xx.toml")
    assert message in str(error.value)


def test_faults_of_units_and_titles_are_named() -> None:
    with pytest.raises(TableError, match='"mile": unknown key "sise"; did you mean "size"'):
        read_units('[[unit]]\nid = "mile"\nmeasures = "length"\nsise = 3', "units.toml")
    with pytest.raises(TableError, match='"mayor": unknown key "word"'):
        read_titles('[[title]]\nid = "mayor"\nword = {}', "titles.toml")
