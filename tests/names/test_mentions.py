"""Every name of a document is listed: right and wrong ones, known people and strangers, namesakes apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.mentions import FOLDER, paragraphs, score
from normalize.check import Checker
from normalize.index.pack import Pack
from normalize.model import Checked, Resolution
from normalize.text.reading import from_text

Check = Callable[..., Checked]


@pytest.fixture(scope="session")
def name_all(pack: Pack) -> Callable[[str], list[Resolution]]:
    checker = Checker(pack)
    return lambda text: checker.mentions(checker.check(from_text(text, "a.txt", "en")))


@pytest.mark.parametrize(
    ("text", "name", "verdict", "entity"),
    [
        pytest.param("Wang Yi spoke in Beijing.", "Wang Yi", "sure", "person/wang-yi", id="right as it stands"),
        pytest.param("Defender Li Qiang scored.", "Li Qiang", "unsure", "person/li-qiang", id="a footballer"),
        pytest.param("Li Qiang, a 30-year-old nurse, ran.", "Li Qiang", "unsure", "person/li-qiang", id="a nurse"),
        pytest.param(
            "Chinese Premier Li Qiang, 66, spoke.", "Li Qiang", "sure", "person/li-qiang", id="an age beside the office"
        ),
        pytest.param("By Le Hoai Trung\n\nThe harbour was quiet.", "Le Hoai Trung", "unsure", "person/le-hoai-trung",
                     id="a byline"),
        pytest.param("He lives in Ronald Reagan Street.", "Ronald Reagan", "unsure", "person/ronald-reagan",
                     id="a street"),
        pytest.param("A Mr P. J. Harrow kept bees.", "P. J. Harrow", "unknown", "", id="initials behind an honorific"),
        pytest.param("Researcher Vuong Nghia Hiep left.", "Vuong Nghia Hiep", "unknown", "", id="an occupation"),
        pytest.param("Ulla van der Horst, 51, left.", "Ulla van der Horst", "unknown", "", id="particles, an age"),
        pytest.param("“No,” said Jens Mikkelsen.", "Jens Mikkelsen", "unknown", "", id="a verb of speech"),
        pytest.param(
            "Ursula von der Leyen spoke. Von der Leyen left.", "Von der Leyen", "sure", "person/ursula-von-der-leyen",
            id="a family name of three words",
        ),
        pytest.param(
            "Volodymyr Zelenskyy spoke. Zelensky left.", "Zelensky", "sure", "person/volodymyr-zelenskyy",
            id="a family name in another spelling",
        ),
        pytest.param(
            "Russian President Wladimir Putin spoke. Putin left.", "Putin", "sure", "person/vladimir-putin",
            id="a right family name behind a foreign full name",
        ),
        pytest.param(
            "EU Commission President von der Leyen spoke.", "von der Leyen", "sure", "person/ursula-von-der-leyen",
            id="a title and the family name alone",
        ),
        pytest.param("Egyptian President Abdel Fattah el-Sisi spoke.", "Abdel Fattah el-Sisi", "sure",
                     "person/abdel-fattah-al-sisi", id="a particle in lower case"),
    ],
)  # fmt: skip
def test_who_is_named(
    text: str, name: str, verdict: str, entity: str, name_all: Callable[[str], list[Resolution]]
) -> None:
    (mention,) = [m for m in name_all(text) if m.text == name]
    assert (mention.verdict, mention.entity) == (verdict, entity)
    assert mention.evidence


def test_a_stranger_is_followed_through_the_text(name_all: Callable[[str], list[Resolution]]) -> None:
    found = name_all("Researcher Vuong Nghia Hiep counted herons. Later Hiep left.")
    assert [(m.text, m.verdict) for m in found] == [("Vuong Nghia Hiep", "unknown"), ("Hiep", "unknown")]


def test_headings_and_bodies_are_nobody(name_all: Callable[[str], list[Resolution]]) -> None:
    text = "Rising Prices Hurt Families\n\nThe Grand Harbour Committee said so. Slow Trains, a musical, opens."
    assert [m.text for m in name_all(text) if m.verdict == "unknown"] == []


def test_the_marked_paragraphs(pack: Pack) -> None:
    """Nobody is sure and wrong, nothing is reported where nothing is to report, and most names are found."""
    checker = Checker(pack)
    counts: dict[str, list[str]] = {}
    for paragraph in paragraphs(FOLDER):
        checked = checker.check(from_text(paragraph.text, "paragraph.txt", "en"))
        for what, text in score(paragraph, checked, checker.mentions(checked)):
            counts.setdefault(what, []).append(text)
    assert counts.get("sure and wrong", []) == []
    assert counts.get("false alarms", []) == []
    assert len(counts["found"]) >= 0.9 * len(counts["gold"])
