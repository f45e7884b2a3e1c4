"""Names in other scripts among English names alone: who is found, and that nothing of it is ever sure."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from normalize.channels.spellings import SCRIPTS, spelling
from normalize.index.cache import shipped
from normalize.names.lookup import Gazetteer
from normalize.names.recognise import Recogniser
from normalize.names.words import Words, _native, _walk, near
from normalize.tables.locate import tables_root

NAMES = (
    "Vladimir Putin", "Ursula von der Leyen", "Joe Biden", "Angela Merkel", "Emmanuel Macron", "Recep Tayyip Erdoğan",
    "Benjamin Netanyahu", "Narendra Modi", "Volodymyr Zelenskyy", "Abbas Araghchi", "Shinzo Abe", "Tsang Yok-sing",
    "Olaf Scholz", "Alexander Lukashenko", "Viktor Orbán", "Hang Hau West", "Hang Hau East", "Artur Mikvabia",
    "Nick Clegg", "Dick Cheney", "Dick Gephardt", "Samuel Ichiye Hayakawa", "Sam Nunn", "Norman Lamont", "Norman Hogg",
    "Paul Reynaud", "François Mitterrand", "Teo Chee Hean", "Cheung Kwok-che", "Wan Azizah Wan Ismail",
    "Sha Tin District Council", "Kwun Tong District Council", "Hong Lok", "Lok Hong", "Necmettin Erbakan",
)  # fmt: skip


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(NAMES, tables_root())


@pytest.mark.parametrize(
    ("query", "name", "why"),
    [
        ("马克龙", "Emmanuel Macron", "Han by sound, the family name alone"),
        ("プーチン", "Vladimir Putin", "kana"),
        ("푸틴", "Vladimir Putin", "Hangul"),
        ("بوتين", "Vladimir Putin", "Arabic writes no short vowels"),
        ("Путін", "Vladimir Putin", "a Cyrillic other than Russian"),
        ("Владимир Владимирович Путин", "Vladimir Putin", "a patronymic that English leaves out"),
        ("Путин, Владимир", "Vladimir Putin", "the family name first, with a comma"),
        ("冯德莱恩", "Ursula von der Leyen", "particles and family name in one"),
        ("ウルズラ・フォン・デア・ライエン", "Ursula von der Leyen", "particles between the dots"),
        ("جو بايدن", "Joe Biden", "short words count beside a long one"),
        ("אנגלה מרקל", "Angela Merkel", "Hebrew"),
        ("Εμανουέλ Μακρόν", "Emmanuel Macron", "Greek"),
        ("रेसेप तैयिप एर्दोगन", "Recep Tayyip Erdoğan", "Devanagari"),
        ("ბენიამინ ნეთანიაჰუ", "Benjamin Netanyahu", "Georgian"),
        ("Վլադիմիր Պուտին", "Vladimir Putin", "Armenian"),
        ("Vladmir Putin", "Vladimir Putin", "a letter dropped"),
        ("Wolodymyr Selenskyj", "Volodymyr Zelenskyy", "German spelling"),
        ("曾鈺成", "Tsang Yok-sing", "a Hong Kong name is romanised from Cantonese"),
        ("坑口西", "Hang Hau West", "a word that English translates"),
        ("沙田區議會", "Sha Tin District Council", "words of a body that English translates, between them a name"),
        ("樂康", "Lok Hong", "syllables keep their order: Hong Lok is another place"),
        ("张志贤", "Teo Chee Hean", "Hokkien, as Singapore writes it, not Cantonese"),
        ("旺阿兹莎", "Wan Azizah Wan Ismail", "a Malay name, as the Chinese press of Malaysia writes it"),
        ("ฟร็องซัว มีแตร็อง", "François Mitterrand", "Thai by the sound of its letters"),
        ("பிரான்சுவா மித்தரான்", "François Mitterrand", "Tamil writes no difference between p and b, t and d"),
        ("Pols Reino", "Paul Reynaud", "Latvian writes by sound and declines"),
        ("Nicholas Clegg", "Nick Clegg", "a short form of a given name"),
        ("Richard Cheney", "Dick Cheney", "a short form that shares no letter with the full one"),
        ("S. I. Hayakawa", "Samuel Ichiye Hayakawa", "initials"),
        ("Norman Lamont, Baron Lamont of Lerwick", "Norman Lamont", "a peerage is no part of the name"),
        ("نجم الدین اربکان", "Necmettin Erbakan", "two words that are one in Turkish"),
    ],
)
def test_found_first(recogniser: Recogniser, query: str, name: str, why: str) -> None:
    assert [NAMES[match.row] for match in recogniser.find(query)][:1] == [name], why


@pytest.mark.parametrize("query", ["", "Нет", "こんにちは", "王 ", "123", "🙂", "ѷ"])
def test_nobody(recogniser: Recogniser, query: str) -> None:
    assert not recogniser.find(query)


def test_never_sure_however_close(tmp_path: Path) -> None:
    """Only a form is sure: what is learned ranks."""
    table = tmp_path / "table.tsv"
    table.write_text("id\tname\tnative\tlanguage\tkind\nq1\tVladimir Putin\t\t\tperson\n", "utf-8")
    answer = Gazetteer(shipped(), [table], tables_root(), only_tables=True).resolve("Владимир Путин", "ru")
    assert (answer.verdict, answer.candidates[0].id) == ("unsure", "q1")
    assert "learned spelling" in answer.candidates[0].route


@pytest.mark.parametrize(("native", "query"), [("王毅", "Ван Ли"), ("王毅", "Wang Yy"), ("王毅", "왕리")])
def test_near_syllables_are_somebody_else(tmp_path: Path, native: str, query: str) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(f"id\tname\tnative\tlanguage\tkind\nq1\tWang Yi\t{native}\tzh\tperson\n", "utf-8")
    assert not Gazetteer(shipped(), [table], tables_root(), only_tables=True).resolve(query).candidates


@pytest.mark.parametrize("script", sorted(set(SCRIPTS.values()) - {"han"}))
def test_both_walks_find_the_same(script: str) -> None:
    """The walk in C and the plain one, on words drawn from the script's own signs."""
    spelt = spelling(tables_root(), script)
    assert spelt
    random_ = random.Random(7)
    signs = sorted(run for run in spelt.runs if len(run) == 1 and run not in "^$?")
    words = Words.of(
        sorted({part for name in NAMES for part in name.lower().replace("-", " ").split() if part.isascii()})
    )
    for _ in range(12):
        word = "".join(random_.choices(signs, k=random_.randint(1, 9)))
        sizes, tables = (spelt.reach, spelt.stretch), (spelt.starts, spelt.pairs, spelt.inserts, spelt.floors)
        plain = _walk(spelt.rows(word), *sizes, *tables, words.letters, words.offsets, words.shared, 3000, 900)
        assert near(spelt, word, words, 3000, 900) == sorted(plain)


def test_the_walk_in_c_is_there_where_the_matcher_is() -> None:
    from normalize.index.native import native

    assert (_native() is None) == (native() is None)
