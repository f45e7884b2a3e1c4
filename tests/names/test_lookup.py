"""`calque resolve`: what is sure, what is not, and what a table of one's own changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from normalize.errors import TableError
from normalize.index.cache import shipped
from normalize.names.lookup import Gazetteer
from normalize.tables.locate import tables_root

HEAD = "id\tname\tnative\tlanguage\tkind\n"
ROWS = """\
wy\tWang Yi\t王毅\tzh\tperson
wyi\tWang Yi the engineer\t王仪\tzh\tperson
lq\tLi Qiang\t李强\tzh\tperson
hlf\tHe Lifeng\t何立峰\tzh\tperson
szy\tShi Zongyuan\t石宗源\tzh\tperson
nm\tInner Mongolia\t内蒙古自治区\tzh\tplace
sx\tShanxi\t山西省\tzh\tplace
sn\tShaanxi\t陕西省\tzh\tplace
jx\tJiangxi\t江西省\tzh\tplace
pmc\tPham Minh Chinh\tPhạm Minh Chính\tvi\tperson
dts\tDo Tien Sy\tĐỗ Tiến Sĩ\tvi\tperson
fk\tFumio Kishida\t岸田文雄\tja\tperson
nobody\tNo Native Form\t\t\tperson
"""

KEPT: dict[str, Gazetteer] = {}
"""The table of ROWS, whose forms are generated once."""
Make = Callable[..., Gazetteer]


@pytest.fixture
def gazetteer(tmp_path: Path) -> Make:
    def make(rows: str = ROWS, *, only_tables: bool = True) -> Gazetteer:
        if rows == ROWS and only_tables and ROWS in KEPT:
            return KEPT[ROWS]
        path = tmp_path / "table.tsv"
        path.write_text(HEAD + rows, encoding="utf-8")
        made = Gazetteer(shipped(), [path], tables_root(), only_tables=only_tables)
        KEPT.setdefault(rows, made)
        return made

    return make


@pytest.mark.parametrize(
    ("query", "language", "id_", "why"),
    [
        ("Lý Cường", "vi", "lq", "Sino-Vietnamese with its marks"),
        ("Ly Cuong", "vi", "lq", "and without"),
        ("Lí Cường", "vi", "lq", "i for y"),
        ("Ли Цян", "ru", "lq", "Palladius"),
        ("리창", "ko", "lq", "Korean spelling of Mandarin"),
        ("이강", "ko", "lq", "Sino-Korean with the initial-sound law"),
        ("리강", "ko", "lq", "Sino-Korean without it, as in the North"),
        ("李強", "zh", "lq", "traditional characters"),
        ("He Li Feng", "", "hlf", "syllables parted"),
        ("Helifeng", "", "hlf", "glued"),
        ("Lifeng He", "", "hlf", "Western order"),
        ("HE, Lifeng", "", "hlf", "with a comma, in capitals"),
        ("Ши Цзунъюань", "ru", "szy", "the hard sign between two syllables"),
        ("Shih Tsung-yüan", "en", "szy", "Wade-Giles"),
        ("Nội Mông", "vi", "nm", "what usage made of a place"),
        ("내몽골 자치구", "ko", "nm", "with its generic word"),
        ("Tỉnh Giang Tây", "vi", "jx", "a generic word before the name"),
        ("장시 성", "ko", "jx", "a name that ends like the generic word for a city"),
        ("江西", "ja", "jx", "the name alone"),
        ("Fan Mingzheng", "", "pmc", "a Vietnamese name read in pinyin"),
        ("范明政", "zh", "pmc", "and in Han"),
        ("An Tian Wenxiong", "", "fk", "a Japanese name read in pinyin"),
        ("Trương Lifeng", "vi", "", "a half-converted name of somebody else"),
        ("Ha Lifeng", "vi", "hlf", "a half-converted name"),
    ],
)
def test_sure(gazetteer: Make, query: str, language: str, id_: str, why: str) -> None:
    found = gazetteer().resolve(query, language)
    assert [c.id for c in found.candidates[:1]] == ([id_] if id_ else []), why
    assert found.verdict == ("sure" if id_ else "unknown"), why
    if id_:
        assert found.candidates[0].route, "every answer says how it was found"


@pytest.mark.parametrize(
    ("query", "language", "ids", "why"),
    [
        ("Vuong Nghi", "vi", ["wy", "wyi"], "two people of one reading without marks"),
        ("Ван И", "ru", ["wy", "wyi"], "and in Palladius"),
        ("산시 성", "ko", ["sn", "sx"], "Shanxi and Shaanxi are one in Korean"),
        ("杜进士", "zh", ["dts"], "characters that a Vietnamese name might have"),
    ],
)
def test_unsure(gazetteer: Make, query: str, language: str, ids: list[str], why: str) -> None:
    found = gazetteer().resolve(query, language)
    assert found.verdict == "unsure", why
    assert sorted(c.id for c in found.candidates) == ids, why


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "·",
        "?!",
        "1945",
        "Vương",
        "Wang",
        "Li",
        "Van",
        "Si",
        "Vương Đình Huệ",
        "Wang Li",
        "Wang Ying",
        "Нет",
        "ไม่",
    ],
)
def test_unknown(gazetteer: Make, query: str) -> None:
    """A family name alone, a near-namesake and what is no name at all name nobody."""
    assert gazetteer().resolve(query).verdict == "unknown"


def test_marks_tell_two_apart(gazetteer: Make) -> None:
    rows = "a\tQin Gang\t秦刚\tzh\tperson\nb\tXinjiang\t新疆\tzh\tplace\n"
    table = gazetteer(rows)
    assert table.resolve("Tần Cương", "vi").candidates[0].id == "a"
    assert table.resolve("Tân Cương", "vi").candidates[0].id == "b"
    assert table.resolve("Tan Cuong", "vi").verdict == "unsure"


def test_a_language_falls_back(gazetteer: Make) -> None:
    for tag in ("vi", "VI", "vi-VN", "zz", "yue-Hans", ""):
        assert gazetteer().resolve("Lý Cường", tag).candidates[0].id == "lq", tag


def test_a_row_that_equals_a_shipped_hub_gives_it_its_id(gazetteer: Make) -> None:
    table = gazetteer("mine\tMr Wang\t王毅\tzh\tperson\n", only_tables=False)
    found = table.resolve("Wang Yi")
    assert [(c.id, c.name) for c in found.candidates[:1]] == [("mine", "Mr Wang")]
    traditional = gazetteer("mine\tXi\t習近平\tzh-Hant\tperson\n", only_tables=False)
    assert traditional.resolve("Tap Can Binh", "vi").candidates[0].id == "mine"


def test_a_known_person_of_the_source_country_makes_a_reading_unsure(gazetteer: Make) -> None:
    """梁强 is read Lương Cường, and that is the name of Vietnam's president."""
    table = gazetteer("x\tLiang Qiang\t梁强\tzh\tperson\n", only_tables=False)
    found = table.resolve("Lương Cường", "vi")
    assert found.candidates[0].id == "person/luong-cuong"
    assert found.verdict == "unsure" or found.candidates[0].id != "x"


@pytest.mark.parametrize("row", ["\tWang Yi\t王毅\tzh\tperson", "x\t\t王毅\tzh\tperson", "x\tWang Yi\t王毅\tzh\thero"])
def test_a_bad_row_is_refused_where_it_stands(gazetteer: Make, row: str) -> None:
    with pytest.raises(TableError, match=r"table\.tsv:2: "):
        gazetteer(row + "\n")
