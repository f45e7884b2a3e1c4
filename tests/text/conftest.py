"""The languages as they are shipped."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.model import Segment
from normalize.text.cues import Cues

FOLDER = Path(__file__).parents[2] / "aliases" / "languages"


@pytest.fixture(scope="session")
def languages() -> dict[str, dict[str, Any]]:
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))}


@pytest.fixture(scope="session")
def profiles(languages: dict[str, dict[str, Any]]) -> dict[str, frozenset[str]]:
    return {tag: frozenset(raw["function_words"]) for tag, raw in languages.items() if "function_words" in raw}


@pytest.fixture(scope="session")
def cues(languages: dict[str, dict[str, Any]]) -> Cues:
    structure = languages["en"]["structure"]
    return Cues(**{key: type(getattr(Cues(), key))(words) for key, words in structure.items()})


def _check_parts(segment: Segment, start: int, end: int) -> None:
    at = start
    for part in segment.parts:
        assert at <= part.span.start < part.span.end <= end
        _check_parts(part, part.span.start, part.span.end)
        at = part.span.end


def _check_cover(text: str, segments: tuple[Segment, ...]) -> None:
    at = 0
    for found in segments:
        assert at <= found.span.start < found.span.end <= len(text)
        assert not text[at : found.span.start].strip()
        _check_parts(found, found.span.start, found.span.end)
        at = found.span.end
    assert not text[at:].strip()


@pytest.fixture(scope="session")
def covers() -> Callable[[str, tuple[Segment, ...]], None]:
    """Fails unless the segments are disjoint, in order, in range, and leave out nothing but white space."""
    return _check_cover
