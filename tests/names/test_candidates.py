"""What `resolve` falls back on where no form is found: endings and consonants, which suggest and never decide."""

from __future__ import annotations

import pytest

from normalize.index.cache import shipped
from normalize.names.lookup import Gazetteer
from normalize.tables.locate import tables_root

TABLE = """id\tname\tnative\tlanguage\tkind
putin\tVladimir Putin\tВладимир Путин\tru\tperson
ivanov\tAleksandr Ivanov\tАлександр Иванов\tru\tperson
zelensky\tVolodymyr Zelenskyy\tВолодимир Зеленський\tuk\tperson
gaddafi\tMuammar Gaddafi\tمعمر القذافي\tar\tperson
khamenei\tAli Khamenei\tعلی خامنه‌ای\tfa\tperson
hassan\tHassan Kamel\tحسن كامل\tar\tperson
pashinyan\tNikol Pashinyan\t\t\tperson
hussein\tHussein Kamel\tحسين كامل\tar\tperson
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    table = tmp_path_factory.mktemp("tables") / "rows.tsv"
    table.write_text(TABLE, encoding="utf-8")
    return Gazetteer(shipped(), [table], tables_root(), only_tables=True)


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("pl", "Władimira Putina", "putin"),
        ("cs", "Vladimiru Putinovi", "putin"),
        ("lv", "Vladimirs Putins", "putin"),
        ("lt", "Vladimiro Putino", "putin"),
        ("pl", "Wołodymyra Zełenskiego", "zelensky"),
        ("uk", "Володимира Зеленського", "zelensky"),
        ("ru", "Путин, Владимир Владимирович", "putin"),
        ("ru", "Путин Владимир Владимирович", "putin"),
        ("de", "Wladimir Wladimirowitsch Putin", "putin"),
        ("fr", "Mouammar Kadhafi", "gaddafi"),
        ("it", "Mu'ammar Gheddafi", "gaddafi"),
        ("", "Alí Jameneí", "khamenei"),
        ("de", "Ali Chamenei", "khamenei"),
    ],
)
def test_found_and_unsure(gazetteer: Gazetteer, language: str, query: str, found: str) -> None:
    answer = gazetteer.resolve(query, language)
    assert answer.candidates[0].id == found
    assert answer.verdict == "unsure"


def test_a_woman_is_not_surely_the_man_whose_genitive_her_name_could_be(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Aleksandra Iwanowa", "pl").verdict == "unsure"


def test_a_name_in_another_alphabet_is_read_as_english_spells_it(gazetteer: Gazetteer) -> None:
    """The table has no native form of an Armenian; Russian copy writes him in Cyrillic."""
    answer = gazetteer.resolve("Пашинян, Никол", "ru")
    assert (answer.verdict, answer.candidates[0].id) == ("unsure", "pashinyan")


def test_hassan_and_hussein_share_consonants_and_both_are_candidates(gazetteer: Gazetteer) -> None:
    answer = gazetteer.resolve("Hossin Kamil", "en")
    assert answer.verdict == "unsure"
    assert {candidate.id for candidate in answer.candidates} == {"hassan", "hussein"}


def test_consonants_count_for_scripts_without_vowels_alone(gazetteer: Gazetteer) -> None:
    """Vladimir Putin and "Veledomar Pateni" share consonants; Russian writes its vowels."""
    found = gazetteer.resolve("Veledomar Pateni", "en")
    assert found.verdict != "sure"
    assert not [answer for answer in found.candidates if "consonants" in answer.route]
