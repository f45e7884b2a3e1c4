"""What the findings say together raises what fits it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from normalize.model import Checked

Check = Callable[..., Checked]
NEAR = "Both called for a just and sustainable peace."


def test_several_traces_name_the_source_language(check: Check) -> None:
    checked = check(f"Chinese Foreign Minister Vuong Nghi wants an equal playground. {NEAR}")
    assert checked.origin[0].language == "vi"
    assert checked.origin[0].probability > 0.9
    assert len(checked.origin[0].evidence) >= 2


def test_a_near_calque_alone_is_a_note_and_with_others_a_warning(check: Check) -> None:
    severities = {
        text: next(f.severity for f in check(text).findings if f.code == "CAL002")
        for text in (NEAR, f"Chinese Foreign Minister Vuong Nghi wants an equal playground. {NEAR}")
    }
    assert list(severities.values()) == ["info", "warning"]


def test_a_text_without_traces_has_no_origin(check: Check) -> None:
    assert check("The council met on Monday and agreed on the budget.").origin == ()


def test_repeating_one_trace_says_no_more(check: Check) -> None:
    once = check("Brussels wants an equal playground.").origin[0].probability
    thrice = check("Brussels wants an equal playground. " * 3).origin[0].probability
    assert once == thrice
