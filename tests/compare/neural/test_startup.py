"""What models need is imported when a model is named, and not before; these tests want no torch."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3] / "normalize"
HEAVY = frozenset(("torch", "transformers", "tokenizers", "safetensors", "sentencepiece"))

RUN = """
import sys
from normalize.cli import main
code = main(sys.argv[1:])
loaded = {name for name in sys.modules if name.startswith("normalize.compare.neural")}
loaded |= {"torch", "transformers", "tokenizers", "safetensors", "yaml"} & set(sys.modules)
print(sorted(loaded))
raise SystemExit(0)
"""


@pytest.mark.parametrize("command", ["lint", "compare", "score"])
def test_commands_without_a_model_load_nothing_of_models(command: str, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("The minister spoke in Oslo.\n" * 10, "utf-8")
    more = ["--reference", str(text)] if command != "lint" else []
    done = subprocess.run(
        [sys.executable, "-c", RUN, command, str(text), *more],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_that_quality_is_not_tested_is_said() -> None:
    """Tiny models with made-up weights prove plumbing, never quality; readers must be told where they look."""
    root = PACKAGE.parent
    readme = " ".join((root / "README.md").read_text("utf-8").split())
    page = " ".join((root / "docs" / "models.md").read_text("utf-8").split())
    assert "**no pretrained one was ever run here**" in readme
    assert "[docs/models.md](docs/models.md)" in readme
    assert "**No pretrained model was ever run here.**" in page
    assert "python -m benchmarks.neural own --golden golden.json --model" in page


def test_one_file_imports_the_heavy_libraries() -> None:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if HEAVY & {name.partition(".")[0] for name in names}:
                found.add(path.relative_to(PACKAGE).as_posix())
    assert found == {"compare/neural/runtime.py"}
