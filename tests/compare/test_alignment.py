"""Sentences of two tellings find each other, whatever their order."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.alignment import both_ways, count, linked, own_cases
from normalize.check import Checker
from normalize.compare.align import align, likeness
from normalize.compare.compare import Comparer
from normalize.compare.records import Side
from normalize.text.reading import from_text

HARBOUR = Path(__file__).resolve().parents[2] / "corpora" / "stories" / "harbour-and-ferries"


def side(text: str, comparer: Comparer) -> Side:
    return comparer.read(from_text(text, "text", "en"), "reference")[0]


def test_hand_links(comparer: Comparer, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/compare.md has the figures; fewer right ones are a loss that someone should decide on."""
    monkeypatch.chdir(HARBOUR.parents[2])
    counts: Counter[str] = Counter()
    areas: list[tuple[float, int]] = []
    checker: Checker = comparer.checker
    for left, right, gold in own_cases(checker):
        count(likeness(left, right), gold, linked(left, right), len(right.sentences), counts, areas)
    assert counts["top"] >= 0.93 * counts["sentences"]
    assert sum(value * weight for value, weight in areas) / sum(weight for _, weight in areas) >= 0.97
    assert counts["m:n right"] / counts["m:n found"] >= 0.75


def test_two_sentences_in_one_are_linked_to_it(comparer: Comparer) -> None:
    rewrite = side(
        "The storm sank two boats in Tallmouth, and Mayor Karin Dahl asked the county for 900,000 crowns.", comparer
    )
    other = side(
        "Two boats sank in the storm at Tallmouth. Dahl, the mayor, asked the county for 900,000 crowns.", comparer
    )
    (link,) = align(rewrite, other).links
    assert (link.left, link.right) == ((0,), (0, 1))


def test_order_does_not_matter(comparer: Comparer) -> None:
    original = side((HARBOUR / "000-original.txt").read_text("utf-8"), comparer)
    lines = (HARBOUR / "001-rewrite.txt").read_text("utf-8").split("\n\n")
    random.Random(3).shuffle(lines)
    rewrite, shuffled = (
        side(text, comparer) for text in ((HARBOUR / "001-rewrite.txt").read_text("utf-8"), "\n\n".join(lines))
    )

    def told(one: Side) -> set[tuple[str, str]]:
        return {
            (one.slice(one.sentences[i].span), original.slice(original.sentences[j].span))
            for link in align(one, original).links
            for i in link.left
            for j in link.right
        }

    assert told(rewrite) == told(shuffled)


def test_what_only_one_side_has_is_added_or_left_out(comparer: Comparer) -> None:
    rewrite = side("Two boats sank at Tallmouth on Tuesday.\n\nThe bakery sells cakes.", comparer)
    other = side("On Tuesday two boats sank at Tallmouth.\n\nWolves were seen near farms.", comparer)
    found = align(rewrite, other)
    assert (found.added, found.omitted) == ((1,), (1,))


def test_another_story_is_known_as_one(comparer: Comparer) -> None:
    sea = (HARBOUR.parent / "seas-and-minerals" / "000-original.txt").read_text("utf-8")
    harbour = (HARBOUR / "000-original.txt").read_text("utf-8")
    assert not align(side(sea, comparer), side(harbour, comparer)).same_story


def test_the_baseline_of_the_benchmark_goes_both_ways() -> None:
    assert both_ways([{0: 0.5, 1: 0.4}, {0: 0.9}]) == {(0, 0), (1, 0), (0, 1)}
