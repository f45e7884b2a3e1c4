"""A broken table is one sentence: file, line, entry, key, and the near-miss."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from normalize.errors import TableError
from normalize.tables.load import load
from normalize.tables.locate import tables_root

PERSON = """[[person]]
id = "{id}"
name = "{name}"
family = "Testova"
source = "a test"
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped tables, to break."""
    return Path(shutil.copytree(tables_root(), tmp_path / "aliases", ignore=shutil.ignore_patterns("en.txt")))


def person(copy: Path, extra: str = "", id: str = "zz-testova", name: str = "Anna Testova") -> None:
    (copy / "people" / "zz.toml").write_text(PERSON.format(id=id, name=name) + extra, "utf-8")


FAULTS = {
    "an unknown key": ('famly = "X"\n', 'zz.toml:6: "zz-testova": famly: unknown key; did you mean "family"?'),
    "a wrong type": ("aliases = 'A. Testova'\n", 'zz.toml:6: "zz-testova": aliases: a list is wanted here'),
    "a wrong order": ('order = "famly-first"\n', 'order: not an order; did you mean "family-first"?'),
    "a dangling office": ('offices = [{ office = "cn-foreign-ministr" }]\n', 'did you mean "cn-foreign-minister"?'),
    "an office that ends before it begins": (
        'offices = [{ office = "cn-foreign-minister", from = "2020", to = "2019" }]\n',
        "ends before it begins",
    ),
    "a native form without its language": ('native = "Анна Тестова"\n', 'native: a native form needs its "language"'),
    "a strong form with two owners": (
        'aliases = ["Wang Yi"]\n',
        '"Wang Yi" belongs to person/wang-yi too',
    ),
    "a dangling namesake": ('apart = ["wang-yii"]\n', 'did you mean "wang-yi"?'),
}


@pytest.mark.parametrize(("extra", "said"), FAULTS.values(), ids=FAULTS)
def test_a_broken_entry(copy: Path, extra: str, said: str) -> None:
    person(copy, extra)
    with pytest.raises(TableError) as fault:
        load(copy)
    assert said in str(fault.value)
    assert "people/zz.toml:" in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_sound_entry_loads(copy: Path) -> None:
    person(copy)
    assert load(copy).entities["person/zz-testova"].name == "Anna Testova"


def test_an_entry_says_where_it_was_checked(copy: Path) -> None:
    (copy / "people" / "zz.toml").write_text('[[person]]\nid = "a"\nname = "Anna Testova"\n', "utf-8")
    with pytest.raises(TableError, match="say where it was checked"):
        load(copy)


def test_a_duplicate_id_names_both_places(copy: Path) -> None:
    person(copy, id="wang-yi")
    with pytest.raises(TableError, match=r"zz\.toml:2.*stands already at .*cn\.toml:\d+"):
        load(copy)


def test_a_section_in_the_wrong_folder(copy: Path) -> None:
    (copy / "people" / "zz.toml").write_text("[[persn]]\nid = 'a'\n", "utf-8")
    with pytest.raises(TableError, match=r"\[\[persn\]\]: only \[\[person\]\] stands in this folder"):
        load(copy)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name = 'Séjourné'".encode("latin-1"), "is not UTF-8"),
        ("name = 'Se\u0301journe\u0301'".encode(), "not NFC"),
        (b"[[person]\n", "zz.toml"),
    ],
    ids=["another encoding", "NFD", "no TOML"],
)
def test_a_broken_file(copy: Path, content: bytes, said: str) -> None:
    (copy / "people" / "zz.toml").write_bytes(content)
    with pytest.raises(TableError, match=said):
        load(copy)


def test_a_rule_needs_examples(copy: Path) -> None:
    path = copy / "rules" / "names.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('bad = ["The report mentioned Tan Cuong twice."]', "bad = []"), "utf-8")
    with pytest.raises(TableError, match="a rule needs good and bad examples"):
        load(copy)


def test_a_pattern_must_be_one(copy: Path) -> None:
    path = copy / "rules" / "words.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("pattern = '&(?:amp", "pattern = '&((?:amp"), "utf-8")
    with pytest.raises(TableError, match=r"RES002.*pattern: not a pattern"):
        load(copy)


def test_a_term_needs_a_sentence_to_miss(copy: Path) -> None:
    term = '[[term]]\nid = "t"\nname = "t t"\nunverified = true\nlisted = [{ form = "x y", language = "vi" }]\n'
    (copy / "terms" / "zz.toml").write_text(term, "utf-8")
    with pytest.raises(TableError, match="needs a good and a bad sentence"):
        load(copy)


def test_a_gloss_needs_a_sense(copy: Path) -> None:
    path = copy / "channels" / "vi" / "glosses.tsv"
    path.write_text(path.read_text("utf-8") + "mèo\tcat\tgood\town\n", "utf-8")
    with pytest.raises(TableError, match='"good" is no sense'):
        load(copy)


def test_a_said_word_needs_a_gloss(copy: Path) -> None:
    path = copy / "terms" / "trade.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('words = ["sân chơi", "bình đẳng"]', 'words = ["sân chới", "bình đẳng"]'), "utf-8")
    with pytest.raises(TableError, match='no gloss for "sân chới" in channel vi; did you mean "sân chơi"'):
        load(copy)
