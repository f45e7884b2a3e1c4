"""Workflow commands: no text of a document can become one, and GitHub finds the place."""

from __future__ import annotations

import pytest

from normalize.model import Checked, Document, Evidence, Finding, Span
from normalize.report.github import render


def lines(text: str, fault: str, *, path: str = "a.md", message: str = "wrong", known: str = "") -> list[str]:
    at = text.index(fault)
    span = Span(at, at + len(fault))
    finding = Finding(
        "X001", "fault", "warning", 1.0, span, fault, message, (Evidence("k", "d"),), ("right",), known=known
    )
    return list(render([Checked(Document(path, text), (finding,), ())]))


def test_a_finding_is_one_line_with_its_place() -> None:
    text = "One.\nTwo fault here.\n"
    place = "file=a.md,line=2,endLine=2,col=5,endColumn=10"
    assert lines(text, "fault") == [f"::warning {place},title=X001 fault::wrong → right"]


def test_a_span_over_lines_has_no_columns() -> None:
    [line] = lines("One fault\nhere.\n", "fault\nhere")
    assert line.startswith("::warning file=a.md,line=1,endLine=2,title=")


@pytest.mark.parametrize(
    ("message", "printed"),
    [
        ("50% off", "50%25 off → right"),
        ("a\n::set-output name=x::y", "a%0A: :set-output name=x: :y → right"),
        ("a\r\n::error::b", "a%0D%0A: :error: :b → right"),
        ("\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}", "\\x1b[31m\\u202e → right"),
        ("%0A::stop", "%250A: :stop → right"),
        ("says “right”", "says “right”"),
    ],
)
def test_what_a_document_says_stays_text(message: str, printed: str) -> None:
    [line] = lines("A fault.\n", "fault", message=message)
    assert line.split("title=X001 fault::", 1)[1] == printed
    assert "\n" not in line
    assert "\r" not in line


def test_a_path_cannot_add_a_property() -> None:
    [line] = lines("A fault.\n", "fault", path="a,line=9::b%\n.md")
    assert line.startswith("::warning file=a%2Cline=9%3A%3Ab%25%0A.md,line=1,")


def test_what_the_baseline_knows_is_left_out() -> None:
    assert lines("A fault.\n", "fault", known="printed in 1998") == []
