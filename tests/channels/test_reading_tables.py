"""The tables that schemes and look-ups read by name: no row twice, no form without use."""

from __future__ import annotations

import pytest

from normalize.channels.established import COLUMNS as ESTABLISHED
from normalize.channels.established import established, han_form
from normalize.channels.generic import COLUMNS as GENERIC
from normalize.channels.generic import generics
from normalize.tables.locate import tables_root
from normalize.tables.read import Source, rows

ROOT = tables_root()
LANGUAGES = {path.stem for path in (ROOT / "languages").glob("*.toml")} | {"la", "lt", "lv", "sk", "sl", "yue"}


@pytest.mark.parametrize(("table", "columns"), [("established", ESTABLISHED), ("generic_words", GENERIC)])
def test_rows_stand_once_and_their_languages_exist(table: str, columns: tuple[str, ...]) -> None:
    found = [tuple(cells) for _, cells in rows(Source(ROOT / "readings" / f"{table}.tsv"), columns)]
    assert len(found) == len(set(found))
    used = {dict(zip(columns, cells, strict=True))["language"] for cells in found}
    assert used <= LANGUAGES, used - LANGUAGES
    assert all(cell == cell.strip() and cell for cells in found for cell in cells)


@pytest.mark.parametrize(
    ("text", "language", "bare"),
    [
        ("江西省", "zh", "江西"),
        ("新疆维吾尔自治区", "zh", "新疆"),
        ("Tỉnh Giang Tây", "vi", "Giang Tây"),
        ("Khu tự trị dân tộc Choang Quảng Tây", "vi", "Quảng Tây"),
        ("장시 성", "ko", "장시"),
        ("베이징시", "ko", "베이징"),
        ("Синьцзян-Уйгурский автономный район", "ru", "Синьцзян"),
        ("провинция Хэнань", "RU", "Хэнань"),
        ("มณฑลเหอหนาน", "th", "เหอหนาน"),
        ("Tỉnh", "vi", "Tỉnh"),
        ("省", "zh", "省"),
        ("Tỉnhgiang", "vi", "Tỉnhgiang"),
        ("Смешанный край", "ru", "Смешанный"),
        ("Городец", "ru", "Городец"),
    ],
)
def test_generic_words_come_off_at_a_gap(text: str, language: str, bare: str) -> None:
    assert generics(ROOT).strip(text, language.lower()) == bare


def test_established_forms_are_found_in_any_characters_and_with_the_generic_word() -> None:
    for native in ("内蒙古", "内蒙古自治区", "內蒙古"):
        assert ("vi", "Nội Mông") in established(native, "zh", ROOT)
    assert established("王毅", "zh", ROOT) == ()
    assert han_form("Phạm Minh Chính", "vi", ROOT) == "范明政"
    assert han_form("王毅", "zh", ROOT) == ""
