"""Fixes are values: planned once, disjoint, replayed exactly."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from normalize import fixes
from normalize.model import Edit, Evidence, Finding, Safety, Span


def finding(start: int, end: int, new: str, confidence: float = 0.9, safety: Safety = "safe") -> Finding:
    return Finding(
        "NAM001", "variant-name", "error", confidence, Span(start, end), "x" * (end - start), "", (Evidence("a", "b"),),
        (new,), safety,
    )  # fmt: skip


def test_of_two_that_overlap_the_surer_is_done_and_the_other_left() -> None:
    assert fixes.plan([finding(0, 5, "A", 0.8), finding(3, 8, "B", 0.95)]) == [Edit(Span(3, 8), "B")]


def test_touching_is_not_overlapping() -> None:
    plan = fixes.plan([finding(0, 3, "A"), finding(3, 6, "B")])
    assert fixes.apply("abcdef", plan) == "AB"


def test_only_the_wanted_safety_is_planned() -> None:
    both = [finding(0, 1, "A"), finding(2, 3, "B", safety="suggest"), finding(4, 5, "C", safety="show")]
    assert len(fixes.plan(both)) == 1
    assert len(fixes.plan(both, fixes.SUGGESTED)) == 2


def test_a_finding_without_a_cure_is_no_edit() -> None:
    bare = Finding("NAM002", "n", "info", 0.5, Span(0, 1), "x", "", (Evidence("a", "b"),), (), "safe")
    assert fixes.plan([bare]) == []


spans = st.tuples(st.integers(0, 40), st.integers(0, 10), st.text(max_size=5), st.floats(0, 1))


@given(st.text(min_size=50, max_size=60), st.lists(spans, max_size=8))
def test_everything_outside_the_edits_stands_as_it_was(text: str, raw: list[tuple[int, int, str, float]]) -> None:
    plan = fixes.plan([finding(start, start + length, new, sure) for start, length, new, sure in raw])
    fixed, at = fixes.apply(text, plan), 0
    assert all(a.span.end <= b.span.start for a, b in pairwise(plan))
    for edit in plan:
        before = text[at : edit.span.start]
        assert fixed.startswith(before + edit.new)
        fixed, at = fixed.removeprefix(before + edit.new), edit.span.end
    assert fixed == text[at:]
