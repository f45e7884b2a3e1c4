"""The story's date is a line of its own at the head of the page, or stands in the dateline; other dates are news."""

from typing import Any

import pytest

from normalize.text.dates import story_date

BODY = "The minister arrived on Monday. He said that the treaty of July 1, 1997 was still in force."

CASES = [
    ("date 2025-07-03  Example Today\n" + BODY, "2025-07-03", "ISO with the site's name"),
    ("July 2, 2025\n" + BODY, "2025-07-02", "American"),
    ("2 July 2025\n" + BODY, "2025-07-02", "British"),
    ("Feb. 8, 2024\n" + BODY, "2024-02-08", "shortened"),
    ("Sept 8, 2024\n" + BODY, "2024-09-08", "the other short September"),
    ("Wednesday, July 2nd, 2025 at 10:30 am GMT\n" + BODY, "2025-07-02", "weekday and time"),
    ("Published 2 July 2025\nUpdated 3 July 2025\n" + BODY, "2025-07-02", "the first"),
    ("Talks resume\nBy Jane Doe | July 2, 2025\n" + BODY, "2025-07-02", "beside a name"),
    ("BRUSSELS, July 2, 2025 (Reuters) - " + BODY, "2025-07-02", "in the dateline"),
    ("BRUSSELS, July 2 (Reuters) - " + BODY, "", "a dateline without a year"),
    (BODY, "", "in running text"),
    ("What happened on July 2, 2025\n" + BODY, "", "in a headline"),
    ("February 30, 2025\n" + BODY, "", "no such day"),
    ("02/07/2025\n" + BODY, "", "day or month first: nobody knows"),
    ("Julember 2, 2025\n" + BODY, "", "no such month"),
    ("", "", "nothing"),
    ("x\n" * 50 + "July 2, 2025", "", "far from the head"),
]


@pytest.mark.parametrize(("text", "date", "why"), CASES, ids=[case[2] for case in CASES])
def test_story_date(text: str, date: str, why: str, languages: dict[str, dict[str, Any]]) -> None:
    english = languages["en"]
    assert story_date(text, english["months"], frozenset(english["structure"]["date_words"])) == date
