"""The whole document decides who is meant; what is not plain is not decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from normalize.model import Checked, Resolution

Check = Callable[..., Checked]


def mention(checked: Checked, text: str, nth: int = 1) -> Resolution:
    return [r for r in checked.resolutions if r.text == text][nth - 1]


def loud(checked: Checked) -> list[tuple[str, str]]:
    return [(f.text, f.replacements[0]) for f in checked.findings if f.code == "NAM001"]


def test_a_second_reference_follows_the_full_name(check: Check) -> None:
    text = "Foreign Minister Vuong Nghi of China landed. Mr. Vuong then spoke, and Mr. Nghi left."
    assert loud(check(text)) == [("Vuong Nghi", "Wang Yi"), ("Vuong", "Wang"), ("Nghi", "Wang")]


def test_a_family_name_alone_says_nothing(check: Check) -> None:
    assert loud(check("Mr. Vuong called on both sides to talk. China agreed.")) == []


def test_two_people_of_one_family_stay_apart(check: Check) -> None:
    text = (
        "China's Vuong Nghi met Vuong Van Dao, the Chinese minister, and Vuong Dinh Hue of Vietnam's National Assembly."
    )
    checked = check(text)
    assert mention(checked, "Vuong Nghi").best.entity == "person/wang-yi"
    assert mention(checked, "Vuong Van Dao").best.entity == "person/wang-wentao"
    assert mention(checked, "Vuong Dinh Hue").best.entity == "person/vuong-dinh-hue"
    assert mention(checked, "Vuong Dinh Hue").right


def test_a_shared_family_name_beside_a_vietnamese_is_left(check: Check) -> None:
    text = "Chinese Foreign Minister Vuong Nghi met Vuong Dinh Hue. Mr. Vuong spoke first."
    assert ("Vuong", "Wang") not in loud(check(text))


def test_toneless_tan_cuong_is_two_things(check: Check) -> None:
    resolution = mention(check("The report mentioned Tan Cuong twice."), "Tan Cuong")
    assert resolution.verdict == "unsure"
    assert {c.entity for c in resolution.candidates} == {"person/qin-gang", "place/xinjiang"}


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("Ông Tần Cương: former Chinese Foreign Minister Tần Cương has gone.", "Tần Cương", "person/qin-gang"),
        ("Cotton from Tân Cương, in China, was banned.", "Tân Cương", "place/xinjiang"),
        ("Chinese Foreign Minister Tan Cuong has gone.", "Tan Cuong", "person/qin-gang"),
    ],
    ids=["marks of the person", "marks of the place", "a title needs a person"],
)
def test_marks_and_titles_settle_it(check: Check, text: str, name: str, entity: str) -> None:
    assert mention(check(text, language="en"), name).best.entity == entity


@pytest.mark.parametrize(
    "text",
    [
        "Vietnamese singer Ly Cuong sang in Hanoi.",
        "Vietnam's Ly Cuong, a farmer from Can Tho, won the prize.",
    ],
)
def test_a_vietnamese_context_speaks_against(check: Check, text: str) -> None:
    assert loud(check(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chinese Foreign Minister VUONG NGHI spoke.",
        "Chinese Foreign Minister Vuong\nNghi spoke.",
        "Chinese Foreign Minister Vuong Nghi's plane landed.",
        "Chinese Foreign Minister Vương Nghị spoke.",
        "Chinese Foreign Minister Vu\u031bo\u031bng Nghi\u0323 spoke.",
        "Chinese Foreign Minister **Vuong Nghi** spoke.",
    ],
    ids=["capitals", "a line break", "a possessive", "diacritics", "NFD", "emphasis"],
)
def test_however_it_is_printed(check: Check, text: str) -> None:
    (finding,) = (f for f in check(text, "a.md", language="en").findings if f.code == "NAM001")
    assert finding.replacements == ("WANG YI" if finding.text.isupper() else "Wang Yi",)


def test_lower_case_is_no_name(check: Check) -> None:
    assert check("The tan cuong and the ly cuong were vuong nghi.").resolutions == ()


def test_the_same_form_is_sure_once_it_was(check: Check) -> None:
    text = "Ha Lap Phong arrived. Chinese Vice Premier Ha Lap Phong will lead the talks."
    first, second = (f for f in check(text).findings if f.code == "NAM001")
    assert first.severity == second.severity == "error"


def test_an_unverified_row_is_never_a_safe_fix(check: Check, pack: object) -> None:
    from normalize.index.pack import Pack

    assert isinstance(pack, Pack)
    for finding in check(
        "Chinese diplomat Phó Thông met Chinese Vice Premier Trương Quốc Thanh.", language="en"
    ).findings:
        if finding.entity and pack.entity(finding.entity).unverified:
            assert finding.safety != "safe"


def test_readings_are_right_in_their_own_language(check: Check) -> None:
    assert check("Bộ trưởng Ngoại giao Trung Quốc Vương Nghị đã gặp bà Kallas.", language="vi").findings == ()


def test_another_reading_of_the_characters_is_a_suggestion_beside_the_office(check: Check) -> None:
    (finding,) = [
        f for f in check("Japanese trade minister Nishimura Yasuminoru spoke.").findings if f.code == "NAM001"
    ]
    assert (finding.replacements, finding.severity, finding.safety) == (("Yasutoshi Nishimura",), "warning", "suggest")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Japanese baker Nishimura Yasuminoru opened a shop.", id="a nation is not enough"),
        pytest.param("Nishimura Yasuminoru opened a shop in Osaka.", id="a form is not enough"),
    ],
)
def test_another_reading_of_the_characters_may_be_somebody_else(check: Check, text: str) -> None:
    assert loud(check(text)) == []


@pytest.mark.parametrize(
    "lead",
    [
        "Republic of Korea Minister of Foreign Affairs",
        "Foreign Minister of the Republic of Korea",
        "South Korea's Minister for Foreign Affairs",
    ],
)
def test_a_title_with_its_field_or_country_behind_it_leads_to_the_name(check: Check, lead: str) -> None:
    checked = check(f"{lead} Cho Tkhe Yol arrived.")
    assert loud(checked) == [("Cho Tkhe Yol", "Cho Tae-yul")]
    assert "nationality" in {e.kind for e in mention(checked, "Cho Tkhe Yol").evidence}


def test_a_capital_that_no_title_leads_to_is_a_part_of_a_longer_name(check: Check) -> None:
    checked = check("South Korea's Lotte Cho Tkhe Yol arrived.")
    assert "inside" in {e.kind for e in mention(checked, "Cho Tkhe Yol").evidence}


def test_what_was_made_sure_by_another_name_is_evidence_too(check: Check) -> None:
    """Ly Cuong is sure by his title, Ha Lap Phong with him in company, and so is the second mention of that name."""
    text = (
        "Chinese Premier Ly Cuong opened the forum in Hanoi, Vietnam. Deputy Prime Minister of China Ha Lap Phong came "
        "with him. Mr. Ha Lap Phong also read a message."
    )
    assert {mention(check(text), "Ha Lap Phong", nth).settled for nth in (1, 2)} == {True}
