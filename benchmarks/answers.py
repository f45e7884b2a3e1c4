"""Everything the flow says of many texts, a line each: what is made faster may not answer otherwise.

    python -m benchmarks.answers FOLDER… > after.txt       # and the same with PYTHONPATH on another checkout
    cmp before.txt after.txt

Texts are the .txt and .md files of the folders, and every cell of their .tsv and string of their .toml files that holds
a few words: by itself, and a dozen after each other as an article, plain and as Markdown.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.check import Checker
from normalize.errors import InputError
from normalize.index.cache import shipped
from normalize.model import Checked, Segment
from normalize.report.json import render
from normalize.text.reading import from_text, read

SHORTEST = 20
"""Code points of a cell that may be a text."""
TOGETHER = 12
"""Cells that make an article."""


def main() -> None:
    """Print a line for each text."""
    checker = Checker(shipped())
    for folder in sys.argv[1:]:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in (".txt", ".md"):
                try:
                    print(answer(checker.check(read(str(path)))))
                except InputError as error:
                    print(repr(str(error)))
            elif path.suffix in (".tsv", ".toml"):
                for name, text in texts(path):
                    print(answer(checker.check(from_text(text, name))))


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a table: name and words."""
    whole = path.read_text("utf-8")
    cells = whole.replace("\n", "\t").split("\t") if path.suffix == ".tsv" else _strings(tomllib.loads(whole))
    cells = list(dict.fromkeys(cell for cell in cells if len(cell) >= SHORTEST and " " in cell))
    for number, cell in enumerate(cells):
        yield f"{path.name}-{number}.txt", cell
    for at in range(0, len(cells), TOGETHER):
        article = cells[at : at + TOGETHER]
        yield f"{path.name}-from-{at}.txt", "\n\n".join(article)
        yield f"{path.name}-from-{at}.md", "# " + "\n\n".join(article)


def _strings(value: Any) -> list[str]:
    """Every string in a tree of tables and lists."""
    if isinstance(value, (dict, list)):
        return [s for one in (value.values() if isinstance(value, dict) else value) for s in _strings(one)]
    return [value] if isinstance(value, str) else []


def answer(checked: Checked) -> str:
    """Everything in a line: what the report says, and the parts and names that rules saw."""
    document = checked.document
    names = [
        (
            (r.span.start, r.span.end, r.verdict, r.part, r.right, r.replacement, r.settled),
            [(c.entity, c.name, c.score, c.form.text, c.form.role, c.form.route) for c in r.candidates],
            [(e.kind, e.detail) for e in r.evidence],
        )
        for r in checked.resolutions
    ]
    parts = [_part(segment) for segment in document.segments]
    report = render([checked], [], "").replace("\n", "")
    return f"{report} {document.language_sure} {document.date} {parts} {names}"


def _part(segment: Segment) -> tuple[str, int, int, list[object]]:
    return segment.kind, segment.span.start, segment.span.end, [_part(part) for part in segment.parts]


if __name__ == "__main__":
    main()
