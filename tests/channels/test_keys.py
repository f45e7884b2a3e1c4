"""The quick way to many names' forms and the plain way to one name's agree."""

from __future__ import annotations

import pytest

from normalize.channels.keys import Keys
from normalize.channels.names import apply, suits
from normalize.channels.native import part
from normalize.names.lookup import squeeze
from normalize.tables.load import load_schemes
from normalize.tables.locate import tables_root
from normalize.tables.records import Scheme

ROOT = tables_root()
MANY = 400
NATIVE = [
    ("王毅", "zh", "person", "Wang Yi"),
    ("石宗源", "zh", "person", "Shi Zongyuan"),
    ("欧阳玉靖", "zh", "person", "Ouyang Yujing"),
    ("李克强", "zh", "person", ""),
    ("呂秀蓮", "zh-Hant", "person", "Annette Lu"),
    ("内蒙古自治区", "zh", "place", "Inner Mongolia"),
    ("巴音㑇", "zh", "person", ""),
    ("艾斯海提·克里木拜", "zh", "person", "Ashat Kerimbay"),
    ("王A", "zh", "person", ""),
    ("박근혜", "ko", "person", "Park Geun-hye"),
    ("남궁민", "ko", "person", ""),
    ("평양", "ko", "place", "Pyongyang"),
    ("Володимир Зеленський", "uk", "person", "Volodymyr Zelenskyy"),
]


@pytest.mark.parametrize("scheme", load_schemes(ROOT).values(), ids=lambda scheme: scheme.id)
def test_keys_are_those_of_the_forms(scheme: Scheme) -> None:
    keys = Keys(scheme, ROOT, squeeze, MANY)
    for native, language, kind, canonical in NATIVE:
        name = part(native, language, ROOT, kind=kind, canonical=canonical)
        if suits(scheme, name):
            forms = apply(scheme, name, ROOT)
            if len(forms) < MANY:
                assert {squeezed for squeezed, _ in keys.of(name)} == {squeeze(form) for form in forms}
