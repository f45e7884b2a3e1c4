"""A room imports only itself and rooms above it; the lint path starts on the standard library alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "normalize"

# From the roof down: what stands further down may import what stands above, never the other way round.
ROOMS: list[set[str]] = [
    {"__init__", "errors", "model", "record", "whole"},
    {"text", "config"},
    {"tables"},
    {"channels"},
    {"index"},
    {"names"},
    {"rules", "origin"},
    {"fixes", "suppress", "baseline", "consistency"},
    {"check", "project"},
    {"compare"},
    {"report"},
    {"explain", "lint", "jobs", "results", "since", "batch"},
    {"__main__", "cli", "clash", "commands", "pytest_plugin", "testing"},
]
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        if isinstance(node, ast.ImportFrom) and node.module == "normalize":
            modules = [f"normalize.{alias.name}" for alias in node.names]
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        found |= {m.split(".")[1] for m in modules if m.startswith("normalize.")}
    return {room for room in found if room in LEVEL}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_up(path: Path) -> None:
    room = room_of(path)
    assert room in LEVEL, f"{room} is no room of the house; add it to ROOMS and to docs/architecture.md"
    below = {other for other in imported_rooms(path) if LEVEL[other] > LEVEL[room]}
    assert not below, f"{room} may not import {sorted(below)}"


LINT_A_TEXT = """
import sys
before = set(sys.modules)
from normalize.cli import main
code = main(["lint", sys.argv[1]])
own = {name.partition(".")[0] for name in set(sys.modules) - before}
print(sorted(name for name in own if name not in sys.stdlib_module_names and name != "normalize"))
print(sorted({"dataclasses", "hashlib", "inspect", "shutil", "tomllib"} & own))
raise SystemExit(0)
"""


def test_linting_plain_text_imports_the_standard_library_and_our_own_module_only(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Chinese Foreign Minister Vuong Nghi spoke of “ market distortation”.\n", "utf-8")
    for _ in range(2):  # the first run may compile the tables
        done = subprocess.run(
            [sys.executable, "-c", LINT_A_TEXT, str(text)], capture_output=True, text=True, encoding="utf-8", check=True
        )
    assert "NAM001" in done.stdout
    assert done.stdout.splitlines()[-2:] == ["[]", "[]"], "another library; or a slow one that a lint can do without"


HEAVY = ("numpy", "pyarrow", "sacrebleu", "transformers", "torch", "markdown_it", "unidecode", "tomllib", "pytest")


def test_nothing_heavy_is_imported_at_the_top_of_a_module() -> None:
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in tree.body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            heavy = {n.partition(".")[0] for n in names} & set(HEAVY)
            allowed = (
                {"tomllib"}
                if "tables" in path.relative_to(PACKAGE).parts
                else {"pytest"}
                if path.name in ("pytest_plugin.py", "collect.py")
                else set()
            )
            assert heavy <= allowed, f"{path.name} imports {sorted(heavy)} at its top"
