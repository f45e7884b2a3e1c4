"""The corpora hold: what should be found is found with its cure, what is right stays silent, known misses miss."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold import is_cured, place
from normalize.model import Checked, Finding

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
CHANNELS = {"ru", "vi", "zh", ""}
"""Channels that have their tables; what waits for another is a known failure."""


def cases(*parts: str) -> Iterator[Any]:
    raw = tomllib.loads(CORPORA.joinpath(*parts).read_text("utf-8"))
    for number, case in enumerate(raw["case"]):
        yield pytest.param(case, id=f"{number}-{case['why'][:50]}")


def loud(checked: Checked) -> list[Finding]:
    return [f for f in checked.findings if f.severity != "info"]


def hold(case: dict[str, Any], check: Callable[..., Checked]) -> None:
    text = case["text"]
    found = check(text, language=case.get("language", "")).findings
    wanted = []
    for want in case["find"]:
        span = place(text, want["text"], want.get("nth", 1))
        wanted.append(span)
        over = [f for f in found if f.span.overlaps(span)]
        assert over, f"nothing was found at {want['text']!r}"
        assert any(is_cured(text, span, f, [want["cure"]]) for f in over), [f.replacements for f in over]
        assert want["code"] in {f.code for f in over}
    false = [f for f in found if f.severity != "info" and not any(f.span.overlaps(w) for w in wanted)]
    assert not false, [(f.code, f.text, f.message) for f in false]


@pytest.mark.parametrize("case", list(cases("wild", "cases.toml")))
def test_wild(case: dict[str, Any], check: Callable[..., Checked]) -> None:
    hold(case, check)


@pytest.mark.parametrize("case", list(cases("clean", "cases.toml")))
def test_clean_sentences_stay_silent(case: dict[str, Any], check: Callable[..., Checked]) -> None:
    hold(case, check)


@pytest.mark.parametrize("case", list(cases("known-failures", "cases.toml")))
@pytest.mark.xfail(strict=True, reason="known failure; when it passes, move the case to wild/")
def test_known_failures(case: dict[str, Any], check: Callable[..., Checked]) -> None:
    hold(case, check)


@pytest.mark.parametrize("path", sorted((CORPORA / "clean").glob("*.*")), ids=lambda p: p.name)
def test_clean_texts_stay_silent(path: Path, check: Callable[..., Checked]) -> None:
    if path.suffix in {".txt", ".md"}:
        assert [(f.code, f.text, f.message) for f in loud(check(path.read_text("utf-8"), path.name))] == []


def stories() -> Iterator[Any]:
    misses = set(tomllib.loads((CORPORA / "known-failures" / "stories.toml").read_text("utf-8"))["misses"])
    for gold in sorted(CORPORA.glob("stories/*/gold.toml")):
        for want in tomllib.loads(gold.read_text("utf-8"))["want"]:
            name = f"{gold.parent.name}/{want['doc']}/{want['quote']}/{want.get('nth', 1)}"
            if want["level"] != "must":
                continue
            misses_it = want.get("channel", "") not in CHANNELS or name in misses
            marks = [pytest.mark.xfail(strict=True, reason="known miss")] if misses_it else []
            yield pytest.param(gold.parent / f"{want['doc']}.txt", want, id=name, marks=marks)


@pytest.mark.parametrize(("path", "want"), list(stories()))
def test_stories(path: Path, want: dict[str, Any], check: Callable[..., Checked]) -> None:
    text = path.read_text("utf-8")
    span = place(text, want["quote"], want.get("nth", 1))
    over = [f for f in loud(check(text)) if f.span.overlaps(span)]
    assert any(is_cured(text, span, f, want["accept"]) for f in over)


@pytest.mark.parametrize("path", sorted(CORPORA.glob("stories/*/00[0-2]-*.txt")), ids=lambda p: p.name)
def test_original_and_faithful_rewrites_stay_silent(path: Path, check: Callable[..., Checked]) -> None:
    assert [(f.code, f.text) for f in loud(check(path.read_text("utf-8")))] == []
