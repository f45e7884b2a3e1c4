"""In whatever order and however many processes: the same items, the same outcomes."""

from __future__ import annotations

import re
from typing import Any

import pytest

Repository = Any


def outcomes(result: pytest.RunResult) -> list[str]:
    """Each item with its outcome, sorted: the order of reports is xdist's own affair."""
    lines = [re.sub(r"^\[gw\d\] \[ *\d+%\] ", "", line) for line in result.outlines]
    found = [re.match(r"(PASSED|FAILED|XFAIL) (\S.*?::\S+)|(\S.*?::\S+) (PASSED|FAILED|XFAIL)", line) for line in lines]
    return sorted({f"{m[2] or m[3]} {m[1] or m[4]}" for m in found if m})


@pytest.fixture
def many(repository: Repository) -> Repository:
    for number in range(12):
        repository.write(f"content/{number:02}.md", repository.WRONG if number % 3 == 0 else repository.RIGHT)
    return repository


@pytest.mark.parametrize(
    ("distribution", "granularity"),
    [("load", "file"), ("loadfile", "file"), ("worksteal", "file"), ("load", "rule"), ("worksteal", "finding")],
)
def test_under_xdist(many: Repository, distribution: str, granularity: str) -> None:
    which = (
        "-v",
        f"--calque-granularity={granularity}",
        *(("-k", "NAM001 or NAM002") if granularity == "rule" else ()),
    )
    alone = outcomes(many.run(*which, "-p", "no:cacheprovider"))
    assert sum("FAILED" in line for line in alone) == 6
    assert outcomes(many.run_apart(*which, "-n", "2", "--dist", distribution)) == alone


def test_in_random_order(many: Repository) -> None:
    straight = outcomes(many.run("-v"))
    for seed in ("1", "2"):
        assert outcomes(many.run("-v", "--random-order", f"--random-order-seed={seed}")) == straight
    shuffled = many.run_apart("-v", "--random-order", "--random-order-seed=3", "-n", "2", "--cache-clear")
    assert outcomes(shuffled) == straight
