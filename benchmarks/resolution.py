"""What deciding who is meant costs beside finding the forms: `python -m benchmarks.resolution`.

Prints, for a text that names nothing and for an article of 5 KB full of names, the least processor time of the scan
and of everything from there to the resolutions, and their ratio. Both are timed in turn in one process.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.mentions import FOLDER, paragraphs
from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.index.scan import scan
from normalize.model import Document, Hit, Span
from normalize.names.context import read_context
from normalize.names.resolve import resolve
from normalize.text.reading import from_text

ROUNDS = 200
SIZE = 5_000
CLEAN = Path(__file__).resolve().parents[1] / "corpora" / "clean"


def seconds(work: Callable[[], object]) -> float:
    """How long ``work`` took once."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def measure(name: str, text: str, checker: Checker) -> None:
    """Print the figures of one text."""
    document = checker.read_structure(from_text(text, "article.txt", "en"))
    spans = [segment.span for segment in document.segments]
    hits = scan(document.text, spans, checker.pack)
    scans, decisions = [], []
    for _ in range(ROUNDS):
        scans.append(seconds(lambda: scan(document.text, spans, checker.pack)))
        decisions.append(seconds(lambda: _decide(document, hits, checker)))
    scanned, decided = min(scans) * 1000, min(decisions) * 1000
    named = len(_decide(document, hits, checker))
    print(
        f"{name}: {len(text):,} characters, {len(hits)} hits, {named} names; scan {scanned:.2f} ms, "
        f"resolution {decided:.2f} ms ({decided / scanned:.1f} times the scan)"
    )


def _decide(document: Document, hits: list[Hit], checker: Checker) -> list[object]:
    context = read_context(document, hits, checker.pack)
    return list(resolve(document, hits, context, checker.pack, checker.house))


def main() -> None:
    """Measure both texts."""
    checker = Checker(shipped())
    recipe = (CLEAN / "recipe.txt").read_text("utf-8").splitlines()
    plain = "\n\n".join(line for line in recipe if line and not scan(line, [Span(0, len(line))], checker.pack))
    measure("nothing named", ((plain + "\n\n") * (SIZE // len(plain) + 1))[:SIZE], checker)
    article = ""
    for paragraph in paragraphs(FOLDER):
        if len(article) + len(paragraph.text) < SIZE:
            article += paragraph.text + "\n\n"
    measure("an article", article, checker)


if __name__ == "__main__":
    main()
