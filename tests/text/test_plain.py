"""Plain text falls into blocks that slice it exactly, and each block is what a reader takes it for."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.text.cues import Cues
from normalize.text.segments import segment

BODY = "The minister arrived in the capital on Monday for two days of talks on trade. Officials expected little."


def kinds(text: str, cues: Cues) -> list[tuple[str, str]]:
    return [(s.kind, text[s.span.start : s.span.end]) for s in segment(text, "plain", cues)]


def parts(text: str, cues: Cues) -> list[tuple[str, str]]:
    return [(p.kind, text[p.span.start : p.span.end]) for s in segment(text, "plain", cues) for p in s.parts]


LINES = [
    ("By Jane Doe", "byline", "a writer"),
    ("BY JANE DOE AND JOHN ROE", "byline", "in capitals"),
    ("By Jane Doe, Brussels correspondent", "byline", "with her post"),
    ("By Monday the ministers had left.", "prose", "a sentence that begins with By"),
    ("(Reporting by Jane Doe in Brussels; Editing by John Roe)", "byline", "the credit of a wire story"),
    ("Additional reporting by Jane Doe", "byline", "a credit without brackets"),
    ("Source: Xinhua", "byline", "where it comes from"),
    ("Image: Reuters/Jane Doe", "byline", "nothing but a picture's credit"),
    ("REUTERS/Jane Doe", "byline", "a photographer"),
    ("File photo: the minister at the summit. REUTERS/Jane Doe", "caption", "a caption"),
    ("The minister leaves the hall in Brussels, July 2, 2025. REUTERS/Jane Doe", "caption", "known by its credit"),
    ("The minister told Reuters/Ipsos pollsters that he would stay in office until the spring.", "prose", "no credit"),
    ("Advertisement", "furniture", "an advertisement's label"),
    ("Advertisement revenue fell by a third, the paper said.", "prose", "a sentence that begins like furniture"),
    ("Newsletter Signup Register / Login", "furniture", "navigation"),
    ("Share on Facebook", "furniture", "buttons"),
    ("Read more: Summit in doubt as talks stall", "furniture", "a link in the middle"),
    ("© Example News 2025. All rights reserved.", "furniture", "copyright"),
    ("Copyright law divides the two chambers, lawmakers said.", "prose", "a sentence about copyright"),
    ("* * *", "furniture", "a rule of asterisks"),
    ("Register to vote before Friday, officials urge", "headline", "not a login: voting is no furniture"),
    ("Foreign minister in talks on rare earths", "headline", "a line that is no sentence"),
]


@pytest.mark.parametrize(("line", "kind", "why"), LINES, ids=[case[0][:40] for case in LINES])
def test_a_line_between_paragraphs(line: str, kind: str, why: str, cues: Cues) -> None:
    assert kinds(f"{BODY}\n\n{line}\n\n{BODY}\n\n{BODY}", cues)[1] == (kind, line), why


def test_the_head_of_a_page(cues: Cues) -> None:
    text = f"2 July 2025  Example Daily\nworld\n\nTalks resume on rare earths\n\n12 Comments\nHANOI\n\n{BODY}"
    expected = ["dateline", "furniture", "headline", "furniture", "dateline", "prose"]
    assert [kind for kind, _ in kinds(text, cues)] == expected


def test_a_headline_may_ask(cues: Cues) -> None:
    assert kinds(f"Will the talks resume?\n\n{BODY}", cues)[0][0] == "headline"


def test_a_picture_text_above_its_caption_is_caption(cues: Cues) -> None:
    text = f"The minister meets the envoy in Hanoi\nThe minister meets the envoy in Hanoi. REUTERS/Jane Doe\n{BODY}"
    assert [kind for kind, _ in kinds(text, cues)] == ["caption", "caption", "prose"]
    assert ("byline", "REUTERS/Jane Doe") in parts(text, cues)


def test_a_single_line_is_prose(cues: Cues) -> None:
    assert kinds("Foreign Minister Vuong Nghi met the envoy", cues)[0][0] == "prose"


def test_all_after_the_copyright_line_is_furniture_where_it_is_little(cues: Cues) -> None:
    tail = "Travel with us this summer! Use code EXAMPLE for a discount. Stay connected wherever you go."
    text = "\n\n".join([BODY] * 6 + ["© Example 2025", tail, "Ten Best Beaches", "Example Blog"])
    assert [kind for kind, _ in kinds(text, cues)] == ["prose"] * 6 + ["furniture"] * 4


def test_a_copyright_line_at_the_top_ends_nothing(cues: Cues) -> None:
    assert [kind for kind, _ in kinds("© Example 2025\n\n" + BODY + "\n\n" + BODY, cues)][1:] == ["prose", "prose"]


def test_related_links_in_the_middle_end_nothing(cues: Cues) -> None:
    text = "\n\n".join([BODY, "Related stories", BODY, BODY, BODY])
    assert [kind for kind, _ in kinds(text, cues)].count("prose") == 4


def test_a_run_of_titles_behind_the_story_is_furniture(cues: Cues) -> None:
    text = "\n\n".join([BODY] * 4 + ["Ten Best Beaches Near the City", "Museum of Swords", "Water Parks This Summer"])
    assert [kind for kind, _ in kinds(text, cues)][4:] == ["furniture"] * 3


def test_a_file_of_headlines_is_no_furniture(cues: Cues) -> None:
    text = "Will the talks resume?\n" + "Minister visits southern port before summit\n" * 20
    assert "furniture" not in [kind for kind, _ in kinds(text, cues)]


def test_a_year_in_a_headline_is_no_dateline(cues: Cues) -> None:
    assert kinds(f"Top 10 Museums 2025\n\n{BODY}", cues)[0][0] == "headline"


def test_one_subheading_is_not(cues: Cues) -> None:
    assert kinds("\n\n".join([BODY, "What comes next", BODY]), cues)[1][0] == "headline"


def test_the_writer_below_the_story(cues: Cues) -> None:
    assert kinds(f"{BODY}\n{BODY}\nMinh Anh", cues)[-1] == ("byline", "Minh Anh")


def test_lists(cues: Cues) -> None:
    text = f"{BODY}\n- first demand\n- second demand\n{BODY}"
    assert [kind for kind, _ in kinds(text, cues)] == ["prose", "list", "list", "prose"]


def test_a_lone_dash_is_no_list(cues: Cues) -> None:
    assert kinds(f"{BODY}\n- We will not leave, the minister said.\n{BODY}", cues)[1][0] == "prose"


DATELINES = [
    ("BRUSSELS, July 2 (Reuters) - The Union urged talks.", "BRUSSELS, July 2 (Reuters) -", "Reuters"),
    ("BRUSSELS (AP) — The Union urged talks.", "BRUSSELS (AP) —", "AP"),
    ("BEIJING, July 2 (Xinhua) -- The minister spoke.", "BEIJING, July 2 (Xinhua) --", "Xinhua"),
    ("Hanoi (VNA) – The minister spoke.", "Hanoi (VNA) –", "VNA"),
    ("MOSCOW, July 2. /TASS/. The minister spoke.", "MOSCOW, July 2. /TASS/.", "TASS"),
    ("NEW YORK — The envoy spoke.", "NEW YORK —", "a place in capitals and a dash"),
    ("WASHINGTON/LONDON, July 2 - The envoys spoke.", "WASHINGTON/LONDON, July 2 -", "two places"),
    ("SEOUL, South Korea (AP) — The envoy spoke.", "SEOUL, South Korea (AP) —", "with its country"),
    ("Brussels– In a long exchange, the Union pressed on.", "Brussels–", "a place and a badly spaced dash"),
    ("China – the largest buyer – has left.", "", "an aside"),
    ("Germany - Europe's largest economy - has left.", "", "an aside with hyphens"),
    ("The Union (EU) – a bloc of 27 – has left.", "", "an acronym explained"),
    ("UNESCO said on Monday it would stay.", "", "an acronym"),
    ("EU-China talks resume on Monday.", "", "a compound"),
    ("Talks: the minister spoke.", "", "a colon"),
]


@pytest.mark.parametrize(("text", "dateline", "why"), DATELINES, ids=[case[2] for case in DATELINES])
def test_datelines(text: str, dateline: str, why: str, cues: Cues) -> None:
    found = [words for kind, words in parts(f"{text}\n{BODY}", cues) if kind == "dateline"]
    assert found == ([dateline] if dateline else [])


def test_only_the_first_paragraph_has_a_dateline(cues: Cues) -> None:
    assert parts(f"{BODY}\nBRUSSELS (AP) — The Union urged talks.", cues) == []


def test_a_credit_behind_the_last_sentence(cues: Cues) -> None:
    assert parts(f"{BODY} (Reporting by Jane Doe; Editing by John Roe)", cues) == [
        ("byline", "(Reporting by Jane Doe; Editing by John Roe)")
    ]


def test_a_quotation_over_several_paragraphs(cues: Cues) -> None:
    text = "“We came to talk.\n“We stayed to listen.\n“We leave with a plan,” he said."
    expected = ["“We came to talk.", "“We stayed to listen.", "“We leave with a plan,”"]
    assert parts(text, cues) == [("quotation", words) for words in expected]


def test_a_quotation_that_closes_in_the_next_paragraph(cues: Cues) -> None:
    text = '"We came to talk.\nWe leave with a plan," he said.'
    assert parts(text, cues) == [("quotation", '"We came to talk.'), ("quotation", 'We leave with a plan,"')]


def test_hard_wrapped_lines_are_one_paragraph(cues: Cues) -> None:
    text = (
        "The foreign minister arrived in the capital on Monday for talks that\n"
        "officials said would turn on rare earths, on fishing rights and on the\n"
        "long dispute over tariffs. Nobody expected a quick agreement, and the\n"
        "delegation planned to stay.\n"
        "\n"
        "It left on Friday.\n"
    )
    found = kinds(text, cues)
    assert [kind for kind, _ in found] == ["prose", "prose"]
    assert found[1][1] == "It left on Friday."


def test_one_line_a_paragraph(cues: Cues) -> None:
    assert len(kinds(f"{BODY}\n{BODY}\n{BODY}", cues)) == 3


def test_short_lines_of_one_width_stay_apart(cues: Cues) -> None:
    titles = "Minister Visits Southern Port Before Summit\nMinisters Visit Northern Ports After Summit"
    assert len(kinds(f"{BODY}\n\n{titles}\n\n{BODY}", cues)) == 4


def test_front_matter_is_code_and_its_title_a_headline(cues: Cues) -> None:
    text = f'---\nlang: en\ntitle: "Talks resume"\n---\n{BODY}'
    segments = segment(text, "plain", cues)
    assert [s.kind for s in segments] == ["code", "prose"]
    assert parts(text, cues)[0] == ("headline", "Talks resume")


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\N{NO-BREAK SPACE}\n"])
def test_nothing_has_no_blocks(text: str, cues: Cues) -> None:
    assert segment(text, "plain", cues) == ()


PIECES = [
    "BRUSSELS, July 2 (Reuters) - ", "By Jane Doe", "© 2025", "Related stories", "- ", "1. ", '"', "“", "”", "'", "‘",
    "’", "«", "»", "İ", "(Reporting by X)", "Photo: AFP", "\n", "\r\n", "\r", "\n\n", "\u2028", " ", "\t", "\u202e",
    "。", "王毅", "The minister spoke. ", "Example Blog", "---\n", "title: x\n", "+++\n", ".", "?", "\x0c", "Vu\u031b",
    "(", ")", "image: ",
]  # fmt: skip


@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_blocks_cover_everything_but_white_space(text: str, cues: Cues, covers: Callable[..., None]) -> None:
    covers(text, segment(text, "plain", cues))


def test_an_article_takes_under_a_millisecond_or_so(cues: Cues) -> None:
    text = "\n\n".join([BODY + ' "We will see," he said.'] * 38)
    assert len(text) > 4800
    best = min(_seconds(text, cues) for _ in range(20))
    assert best < 0.004, "1 ms is the aim; four times that only on a busy machine"


def _seconds(text: str, cues: Cues) -> float:
    start = time.perf_counter()
    segment(text, "plain", cues)
    return time.perf_counter() - start
