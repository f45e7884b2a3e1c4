"""Names in texts of other scripts: whom the recogniser is asked about, and that nothing it says is sure."""

from __future__ import annotations

import subprocess
import sys

import pytest

from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.model import Document


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(shipped())


def mentions(checker: Checker, text: str) -> dict[str, tuple[str, str]]:
    found = checker.mentions(checker.check(Document("story.txt", text)))
    return {mention.text: (mention.verdict, mention.entity) for mention in found}


@pytest.mark.parametrize(
    ("text", "name", "expected", "why"),
    [
        (
            "Вчера Эммануэль Макрон вернулся в Париж.",
            "Эммануэль Макрон",
            ("unsure", "person/emmanuel-macron"),
            "Cyrillic",
        ),
        ("Потом Президент Путин улетел домой.", "Путин", ("unsure", "person/vladimir-putin"), "a capital before it"),
        ("Рядом сидел Эндрю Кларксон с собакой.", "Эндрю Кларксон", ("unknown", ""), "nobody known"),
        ("Ο Εμανουέλ Μακρόν έφτασε στην Αθήνα χθες.", "Εμανουέλ Μακρόν", ("unsure", "person/emmanuel-macron"), "Greek"),
        ("昨日、ヘルムート・コールは会議に出た。", "ヘルムート・コール", ("unsure", "person/helmut-kohl"), "katakana"),
    ],
)
def test_who_is_asked_for(checker: Checker, text: str, name: str, expected: tuple[str, str], why: str) -> None:
    assert mentions(checker, text).get(name) == expected, why


def test_a_text_without_such_names_loads_nothing() -> None:
    script = (
        "import sys\nfrom normalize.check import Checker\nfrom normalize.index.cache import shipped\n"
        "from normalize.model import Document\nchecker = Checker(shipped())\n"
        "checker.mentions(checker.check(Document('a.txt', 'Ann Lee met the mayor of Lyon.')))\n"
        "assert 'normalize.names.recognise' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
