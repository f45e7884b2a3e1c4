"""No text can hold a check up: the time of each shipped pattern grows as the text does, whatever the text is."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from normalize.config import Config, named_files
from normalize.errors import TableError
from normalize.index.pack import Pack
from normalize.tables.user import read_user_table

PIECES = (" ", "\n", "A", "a ", "Aa ", "Aa Aa Aa, ", "a, ", "“ ", "“ a", "1", "&", "&#x", "\\", "\\$")
STEP = 4
LINEAR = 2 * STEP
"""Four times the text in less than eight times the time; a pattern that goes back over the text takes sixteen."""


def patterns(pack: Pack) -> dict[str, re.Pattern[str]]:
    return {code: re.compile(rule["pattern"]) for code, rule in pack.record("rules").items() if rule.get("pattern")}


def seconds(pattern: re.Pattern[str], text: str) -> float:
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - start)
    return best


def test_no_text_holds_a_pattern_up(pack: Pack) -> None:
    for code, pattern in patterns(pack).items():
        words = {word + " " for word in re.findall("[A-Za-z]{4,}", pattern.pattern)}
        for piece in sorted({*PIECES, *words}):
            short, long = ((piece * size)[:size] for size in (8_000, STEP * 8_000))
            assert seconds(pattern, long) < LINEAR * max(seconds(pattern, short), 0.001), (code, piece)


def test_the_measure_tells_a_catastrophic_pattern() -> None:
    pattern = re.compile(r"(?:\w+ ?)*:")
    short, long = ("a" * size for size in (9, 18))
    assert seconds(pattern, long) > 20 * seconds(pattern, short)


def test_a_table_of_ones_own_brings_no_pattern(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[[rule]]\ncode = 'X'\npattern = '(a+)+$'\n", "utf-8")
    with pytest.raises(TableError, match=r"own\.toml: \[\[rule\]\]: not a kind of entry"):
        list(read_user_table(tmp_path / "own.toml"))


def test_a_glob_that_would_go_back_and_forth_does_not(tmp_path: Path) -> None:
    """The one thing in a project's settings that is made into a pattern."""
    (tmp_path / ("a" * 200)).touch()
    assert not list(named_files(Config(files=("*a" * 30 + "b",), root=tmp_path)))
