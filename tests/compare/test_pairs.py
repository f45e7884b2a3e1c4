"""Pairs of our own writing: what must be found in a rewrite beside another text, and what must not."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.compare.records import Compared

PAIRS = tomllib.loads((Path(__file__).resolve().parents[2] / "corpora" / "compare" / "pairs.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", PAIRS["case"], ids=lambda case: f"{case['why']}: {case['text'][:40]}")
def test_pair(case: dict[str, Any], compare: Callable[..., Compared]) -> None:
    if "language" in case:
        compared = compare(case["text"], source=case["other"], language=case["language"])
    else:
        compared = compare(case["text"], case["other"])
    loud = sorted({finding.code for finding in compared.findings if finding.severity != "info"})
    assert loud == case["find"], case["why"]
