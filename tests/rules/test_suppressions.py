"""Suppressions: where they hold, how long, and that none is left behind unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from normalize.model import Checked

NAME = "Chinese Foreign Minister Vuong Nghi spoke."
WHY = "– as the court record has it"

BEGIN = f"<!-- calque: allow-block NAM001 {WHY} -->"

HOLDS = [
    (f"{NAME} <!-- calque: allow NAM001 {WHY} -->", "a.txt", 1, "on its line"),
    (f"<!-- calque: allow NAM001 {WHY} -->\n{NAME}", "a.txt", 0, "and on no other"),
    (f"<!-- calque: allow-next-line NAM001 {WHY} -->\n\n{NAME}\n\n{NAME}", "a.md", 1, "the next line"),
    (f"{NAME}\n{BEGIN}\n{NAME}\n\n{NAME}\n<!-- calque: end-allow -->\n{NAME}", "a.txt", 2, "block"),
    (f"{NAME}\n\n{NAME}\n<!-- calque: allow-file NAM001 {WHY} -->\n", "a.txt", 2, "in the whole file, before it too"),
    (f"<p>{NAME} <!-- calque: allow NAM001 {WHY} --></p>\n<p>{NAME}</p>", "a.html", 1, "in HTML"),
    (f"<!-- calque: allow-next-line NAM001 {WHY} -->\n<p>{NAME}</p>\n<p>{NAME}</p>", "a.html", 1, "next line"),
    (f".. calque: allow NAM001 {WHY}\n\n{NAME}\n\n{NAME}", "a.rst", 1, "the next line of rST"),
    (f"// calque: allow-file NAM001 {WHY}\n\n{NAME}\n\n{NAME}", "a.adoc", 2, "a file of AsciiDoc"),
    (f"{NAME} <!-- calque: allow NAM001, CAL001 {WHY} -->", "a.txt", 1, "one of two codes"),
    (f"Chinese Foreign Minister Vuong\nNghi spoke. <!-- calque: allow NAM001 {WHY} -->", "a.md", 1, "two lines"),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(("text", "path", "count", "why"), HOLDS, ids=[why for *_, why in HOLDS])
def test_where_they_hold(text: str, path: str, count: int, why: str, end: str, check: Callable[..., Checked]) -> None:
    if end == "\r" and why == "two lines":
        pytest.xfail("a name is not looked for across a line end of old Macs")
    checked = check(text.replace("\n", end), path, language="en")
    assert [f.allowed for f in checked.allowed] == ["as the court record has it"] * count
    assert sum(f.code == "NAM001" for f in (*checked.findings, *checked.allowed)) == text.replace("\n", " ").count(
        "Vuong Nghi"
    )


FAULTS = [
    ("allow NAM001", ["SUP001"], "no reason"),
    (f"allow NAM001 {WHY}", [], "all is well"),
    (f"allow NAM001, CAL001 {WHY}", ["SUP002"], "half of it does nothing"),
    (f"allow CAL001 {WHY}", ["SUP002"], "it does nothing"),
    (f"allow NAM001 until {date.today() - timedelta(1)} {WHY}", ["SUP003"], "it held until yesterday"),
    (f"allow NAM001 until {date.today()} {WHY}", [], "it holds today"),
    (f"allow NAM001 until 2026-02-30 {WHY}", ["SUP004"], "no day of any year"),
    (f"alow NAM001 {WHY}", ["SUP004"], "a misspelt verb"),
    (f"allow {WHY}", ["SUP004"], "no code"),
    (f"allow NAM999 {WHY}", ["SUP004"], "no such rule"),
    (f"allow-block NAM001 {WHY}", ["SUP004"], "a block that nothing ends"),
    ("end-allow", ["SUP004"], "a block that nothing begins"),
]


HOLDING = ("all is well", "half of it does nothing", "it holds today")


@pytest.mark.parametrize(("said", "codes", "why"), FAULTS, ids=[why for *_, why in FAULTS])
def test_those_that_do_nothing_are_found(said: str, codes: list[str], why: str, check: Callable[..., Checked]) -> None:
    found = check(f"{NAME} <!-- calque: {said} -->", language="en").findings
    assert [f.code for f in found if f.code.startswith("SUP")] == codes
    assert any(f.code == "NAM001" for f in found) == (
        why not in ("all is well", "half of it does nothing", "it holds today")
    )


def test_a_rule_that_is_off_is_not_missed(check: Callable[..., Checked]) -> None:
    text = f"They spoke. <!-- calque: allow NAM001 {WHY} -->"
    assert [f.code for f in check(text, language="en").findings] == ["SUP002"]
    assert check(text, language="en", ignore=("NAM",)).findings == ()  # type: ignore[arg-type]
    assert check(text, language="vi").findings == (), "nothing is judged in that language"
