"""The large tables of places: what is read, what is refused, who yields to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from normalize.errors import TableError
from normalize.index.pack import Pack
from normalize.model import Checked, Organisation, OtherName, Person, Place
from normalize.names.lookup import Gazetteer
from normalize.tables.load import Tables
from normalize.tables.places import COLUMNS, join, read_places
from normalize.text.fold import key

HEAD = "# source geo: a list, read 2026-11-22\n" + "\t".join(COLUMNS) + "\n"


def places(tmp_path: Path, *lines: str) -> list[Place]:
    path = tmp_path / "a.tsv"
    path.write_text(HEAD + "".join(line + "\n" for line in lines), "utf-8")
    return [place for _, place in read_places(path)]


def test_a_row_is_a_place(tmp_path: Path) -> None:
    (place,) = places(
        tmp_path, "moscow\tMoscow\tru\tru=Москва\t\t\tde=Moskau;cs~Moskva;vi=Mát-xcơ-va;vi=Mạc Tư Khoa\tgeo"
    )
    assert (place.id, place.native, place.language) == ("place/moscow", "Москва", "ru")
    assert place.names == {"de": "Moskau", "vi": "Mát-xcơ-va"}
    assert place.other_names == (OtherName("Moskva", "cs", weak=True), OtherName("Mạc Tư Khoa", "vi"))
    assert place.source == "a list, read 2026-11-22"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Moscow!\tMoscow\tru\t\t\t\t\tgeo", "small letters"),
        ("moscow\t\tru\t\t\t\t\tgeo", "and a name"),
        ("moscow\tMoscow\tru\t\t\tyes\t\tgeo", '"yes" where "common" or nothing'),
        ("moscow\tMoscow\tru\t\t\t\tde:Moskau\tgeo", "not like fr=Pékin"),
        ("moscow\tMoscow\tru\t\t\t\t\twiki", "# source wiki"),
        ("moscow\tMoscow\tru", "3 cells where 8 are wanted"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(TableError, match=r"a\.tsv:3: ") as error:
        places(tmp_path, row)
    assert said in str(error.value)


def test_what_people_wrote_wins(tmp_path: Path) -> None:
    listed = places(tmp_path, "moscow\tMoskva\tru\t\t\t\tvi=Mạc Tư Khoa;de=Moskau\tgeo")
    written = Place(id="place/moscow", name="Moscow", country="ru", names={"vi": "Mát-xcơ-va"})
    (joined,) = join({written.id: written}, listed)
    assert (joined.name, joined.names) == ("Moscow", {"vi": "Mát-xcơ-va", "de": "Moskau"})


def test_a_form_that_another_hub_owns_is_weak(tmp_path: Path) -> None:
    listed = places(tmp_path, "li\tLi\tcn\t\t\t\tvi=Vương Nghị\tgeo", "wang\tKallas\tee\t\t\t\t\tgeo")
    wang = Person(id="person/wang-yi", name="Wang Yi", names={"vi": "Vương Nghị"})
    kallas = Person(id="person/kaja-kallas", name="Kaja Kallas", family="Kallas", names={})
    li, town = join({wang.id: wang, kallas.id: kallas}, listed)
    assert li.other_names == (OtherName("Vương Nghị", "vi", weak=True),)
    assert town.common


def test_there_are_six_thousand_places_in_many_languages(tables: Tables) -> None:
    found = [entity for entity in tables.entities.values() if isinstance(entity, Place)]
    assert len(found) >= 6000
    counts: dict[str, int] = defaultdict(int)
    for place in found:
        for language in {*place.names, place.language}:
            counts[language] += 1
    assert all(counts[language] >= 300 for language in ("vi", "zh", "ru", "ja", "ko", "ar"))
    assert all(counts[language] >= 150 for language in ("fr", "de", "es"))


def test_no_listed_place_shares_a_strong_form_with_a_person_or_body(tables: Tables) -> None:
    """A place that is named like a person or a body names itself only with help from the context."""
    owners: dict[str, str] = {}
    for entity in tables.entities.values():
        if isinstance(entity, Person | Organisation):
            for form in filter(None, (entity.name, *entity.aliases, getattr(entity, "family", ""))):
                owners.setdefault(key(form), entity.id)
    clashes = [
        (place.id, owners[key(form)])
        for place in tables.entities.values()
        if isinstance(place, Place) and place.id not in tables.places_of_entries
        for form in (*(() if place.common else (place.name,)), *place.names.values())
        if key(form) in owners
    ]
    assert clashes == []


@pytest.mark.parametrize("name", ["Reading", "Nice", "Mobile", "Bath", "Bari", "Orange", "Split", "Lincoln"])
def test_a_name_that_is_a_word_or_a_family_is_never_sure(pack: Pack, root: Path, name: str) -> None:
    answer = Gazetteer(pack, [], root / "aliases", only_tables=False).resolve(name)
    assert answer.verdict != "sure"


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Bắc Kinh", "Beijing"), ("莫斯科", "Moscow"), ("Москва", "Moscow"), ("Moskau", "Moscow"),
        ("Varsovie", "Warsaw"),
        ("Thâm Quyến", "Shenzhen"), ("Kairo", "Cairo"), ("Нью-Йорк", "New York"),
        ("東京", "Tokyo"), ("华盛顿特区", "Washington"), ("Ác-mê-ni-a", "Armenia"), ("Tan-da-ni-a", "Tanzania"),
        ("Черкассы", "Cherkasy"), ("Витебск", "Vitebsk"),
    ],
)  # fmt: skip
def test_exonyms_resolve(pack: Pack, root: Path, form: str, name: str) -> None:
    answer = Gazetteer(pack, [], root / "aliases", only_tables=False).resolve(form)
    assert [candidate.name for candidate in answer.candidates][:1] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "She had to go home before noon. I ran to the station, he said, and Ma Li came by car.",
        "O man of the north, Pe Ru said, the sat phone is dead; li bang on the door.",
    ],
)
def test_short_syllables_of_a_vietnamese_name_say_nothing_in_english(text: str, check: Callable[..., Checked]) -> None:
    """Togo is “Tô-gô”, Iran “I-ran”, Mali “Ma-li” in Vietnamese print."""
    assert [f.entity for f in check(text, language="en").findings if f.entity.startswith("place/")] == []


BOTH = {"gibraltar", "luxembourg", "monaco", "panama-pa", "saint-helena", "san-marino"}
"""Countries, a province and a territory that share their name with their city, capital or island."""


def test_no_place_stands_twice_under_two_spellings(tables: Tables) -> None:
    """Two places of a country that share their names in four scripts are one (Beograd and Belgrade)."""
    countries = {e.name for e in tables.entities.values() if isinstance(e, Place) and e.adjective}
    shared: dict[tuple[str, str], int] = defaultdict(int)
    by_form: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for place in tables.entities.values():
        if isinstance(place, Place) and place.name not in countries:
            for language, form in place.names.items():
                if not key(form).isascii():
                    by_form[place.country, language, form].append(place.id.partition("/")[2])
    for ids in by_form.values():
        for number, first in enumerate(ids):
            for second in ids[number + 1 :]:
                shared[first, second] += 1
    assert [pair for pair, count in shared.items() if count >= 4 and not BOTH & set(pair)] == []
