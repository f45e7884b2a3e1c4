"""House styles and what a project prints otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalize.cli import main
from normalize.tables.load import Tables


def lint(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, text: str
) -> tuple[int, list[tuple[str, str, list[str]]], str]:
    (tmp_path / "calque.toml").write_text(settings, "utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text("Nothing here.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    code = main(["lint", "a.txt", "b.txt", "--format", "json", "--language", "en"])
    out = capsys.readouterr()
    documents = json.loads(out.out)["documents"] if out.out else []
    return code, [(f["code"], f["text"], f["replacements"]) for d in documents for f in d["findings"]], out.err


TEXT = "The delegation flew to Kiev on Monday, then on to Saigon.\n"


def test_every_style_says_where_it_was_read(tables: Tables) -> None:
    assert {"ap", "bbc", "eu", "neutral", "reuters", "un"} <= set(tables.styles)
    assert all(style.source for style in tables.styles.values() if style.prints)


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ("", []),
        ('style = "ap"\n', [("CON002", "Kiev", ["Kyiv"])]),
        ('style = "ap"\n[house.prints]\n"place/kyiv" = "Kiev"\n', []),
        ('[house.prints]\n"place/kyiv" = "Kyiv"\n', [("CON002", "Kiev", ["Kyiv"])]),
    ],
)
def test_a_project_prints_what_it_wants(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
    wanted: list[tuple[str, str, list[str]]],
) -> None:
    assert lint(capsys, tmp_path, monkeypatch, settings, TEXT)[1] == wanted


OTHERS = {
    "the family name first in Japanese names": (
        '[house.order]\nja = "family-first"\n',
        "Japan's former prime minister Shinzo Abe spoke.\n",
        [("CON002", "Shinzo Abe", ["Abe Shinzo"])],
    ),
    "a foreign form is put to the house's order": (
        '[house.order]\nja = "family-first"\n',
        "Japan's former Prime Minister Sindzo Abe spoke.\n",
        [("NAM001", "Sindzo Abe", ["Abe Shinzo"])],
    ),
    "names of other languages stay": (
        '[house.order]\nhu = "family-first"\n',
        "Japan's former prime minister Shinzo Abe spoke.\n",
        [],
    ),
    "marks as the language has them": (
        '[house]\ndiacritics = "native"\n',
        "Turkish President Recep Tayyip Erdogan met reporters.\n",
        [("CON002", "Recep Tayyip Erdogan", ["Recep Tayyip Erdoğan"])],
    ),
    "no marks": (
        '[house]\ndiacritics = "none"\n',
        "The ship left Côte d’Ivoire on Monday.\n",
        [("CON002", "Côte d’Ivoire", ["Cote d’Ivoire"])],
    ),
    "the list wins over marks": (
        '[house]\ndiacritics = "none"\n[house.prints]\n"place/cote-d-ivoire" = "Côte d’Ivoire"\n',
        "The ship left Côte d’Ivoire on Monday.\n",
        [],
    ),
    "a second reference of the house's own": (
        '[house.second]\n"person/wang-yi" = "Wang Yi"\n',
        "Chinese Foreign Minister Vuong Nghi flew to Madrid. Mr. Vuong then left.\n",
        [("NAM001", "Vuong Nghi", ["Wang Yi"]), ("NAM001", "Vuong", ["Wang Yi"])],
    ),
    "the institutions' short name": (
        'style = "eu"\n',
        "The summit in the Czech Republic ended.\n",
        [("CON002", "Czech Republic", ["Czechia"])],
    ),
    "no courtesy titles at Reuters": (
        'style = "reuters"\n',
        "Mr. Wang Yi spoke in Munich.\n",
        [("TTL003", "Mr. Wang Yi", ["Wang Yi"])],
    ),
}


ONE_TEXT = "Mr. Wang Yi flew to Kiev on 3 July, and on July 4 said trade with Vietnam had grown by 5 percent.\n"
HOUSES = {
    "neutral": [("NUM010", "July 4", [])],
    "reuters": [("TTL003", "Mr. Wang Yi", ["Wang Yi"]), ("NUM010", "3 July", [])],
    "ap": [
        ("TTL003", "Mr. Wang Yi", ["Wang Yi"]),
        ("CON002", "Kiev", ["Kyiv"]),
        ("NUM010", "3 July", []),
        ("NUM012", "5 percent", ["5%"]),
    ],
    "bbc": [("CON002", "Kiev", ["Kyiv"]), ("NUM010", "July 4", []), ("NUM012", "5 percent", ["5%"])],
    "eu": [("NUM010", "July 4", [])],
    "un": [
        ("NUM010", "July 4", []),
        ("CON002", "Vietnam", ["Viet Nam"]),
        ("NUM012", "5 percent", ["5 per cent"]),
    ],
}


@pytest.mark.parametrize(("house", "wanted"), HOUSES.items(), ids=HOUSES)
def test_one_text_is_read_by_each_house_in_its_own_way(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    house: str,
    wanted: list[tuple[str, str, list[str]]],
) -> None:
    assert lint(capsys, tmp_path, monkeypatch, f'style = "{house}"\n', ONE_TEXT)[1] == wanted


FORMS = {
    "a text in the house's order": ("dates", "day-first", "NUM010", "They met on 3 July and parted on 4 July.\n", []),
    "the other order alone": ("dates", "day-first", "NUM010", "They met on July 3.\n", [("July 3",)]),
    "figures alone have no order": ("dates", "day-first", "NUM010", "They met on 2025-07-03.\n", []),
    "figures beside the house's order": (
        "dates", "month-first", "NUM010", "They met on July 3, not 2025-07-04.\n", [("2025-07-04",)],
    ),
    "an ending is no other order": ("dates", "month-first", "NUM010", "They met on July 3rd.\n", []),
    "a house that says nothing of dates": ("dates", "keep", "NUM010", "They met on July 3.\n", []),
    "a quotation is the speaker's": ("dates", "day-first", "NUM010", "“We met on July 3,” he said.\n", []),
    "the word for the sign": (
        "percent", "percent", "NUM012", "It rose 5%, then 6.5 %.\n", [("5%", "5 percent"), ("6.5 %", "6.5 percent")],
    ),
    "points are no share": ("percent", "%", "NUM012", "It fell by 4 percentage points.\n", []),
    "what is right already": ("percent", "per cent", "NUM012", "It rose 5 per cent.\n", []),
    "a house that says nothing of shares": ("percent", "keep", "NUM012", "It rose 5 per cent and 5%.\n", []),
    "an American spelling in a British house": (
        "spelling", "uk", "LEX004", "The color of the harbour wall.\n", [("color", "colour")],
    ),
    "a British spelling alone in an American house": (
        "spelling", "us", "LEX004", "The harbour wall fell.\n", [("harbour", "harbor")],
    ),
    "what is right in Britain too": ("spelling", "uk", "LEX004", "They organized the harbour.\n", []),
    "a quotation keeps its spelling": ("spelling", "uk", "LEX004", "“The color is right,” she said.\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("key", "form", "rule", "text", "wanted"), FORMS.values(), ids=FORMS)
def test_the_form_is_the_houses(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    form: str,
    rule: str,
    text: str,
    wanted: list[tuple[str, ...]],
) -> None:
    code, found, _ = lint(capsys, tmp_path, monkeypatch, f'[house]\n{key} = "{form}"\n', text)
    assert (code, [(quoted, *cures) for name, quoted, cures in found if name == rule]) == (0, wanted)


@pytest.mark.parametrize(("settings", "text", "wanted"), OTHERS.values(), ids=OTHERS)
def test_what_a_house_may_say(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
    text: str,
    wanted: list[tuple[str, str, list[str]]],
) -> None:
    assert lint(capsys, tmp_path, monkeypatch, settings, text)[1] == wanted


def test_a_project_may_print_no_courtesy_titles(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Mr. Wang Yi spoke in Munich.\n"
    assert lint(capsys, tmp_path, monkeypatch, "", text)[0] == 0
    _, found, _ = lint(capsys, tmp_path, monkeypatch, '[house]\nhonorifics = "none"\n', text)
    assert [(code, cure) for code, _, cure in found] == [("TTL003", ["Wang Yi"])]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("[house]\nprnts = {}\n", 'unknown key; did you mean "prints"?'),
        ('[house]\nhonorifics = "some"\n', '"some" is not one of none, keep'),
        ('[house.prints]\n"place/kyv" = "Kyiv"\n', 'no "place/kyv"; did you mean "place/kyiv"?'),
        ('[house]\nid = "mine"\n', "a project sets what is printed"),
        ('[house.second]\n"person/wang-yy" = "Wang"\n', 'second: no "person/wang-yy"; did you mean "person/wang-yi"?'),
        ('[house.second]\n"place/kyiv" = "Kyiv"\n', "only people have a second reference"),
        ('[house.order]\njp = "family-first"\n', 'order: no language "jp"'),
        ('[house.order]\nja = "famly-first"\n', '"famly-first" is not one of family-first, given-first'),
        ('[house]\ndiacritics = "no"\n', '"no" is not one of listed, native, none'),
        ('[house]\ndates = "day first"\n', '"day first" is not one of keep, day-first, month-first'),
        ('[house]\npercent = "pct"\n', '"pct" is not one of keep, %, percent, per cent'),
        ("house = 3\n", "house: a table is wanted here"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, said: str
) -> None:
    code, _, err = lint(capsys, tmp_path, monkeypatch, settings, TEXT)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
