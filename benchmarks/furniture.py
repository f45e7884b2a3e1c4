"""What is the article of a page? calque beside libraries that take the furniture away, on pages with known furniture.

    python -m benchmarks.furniture [--pages 200]

Whatever of trafilatura, resiliparse and jusText is installed reads pages made from the project's stories, with a
navigation before and a newsletter and related links behind. Counted are the words of the article that are left, the
pages on which furniture is left, and the blocks of the answer that stand in the page as they are: of what does not, no
library of these says where it stood, and without its place a finding cannot be shown nor a fix be written.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.html_readers import of_calque, pages
from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.text.reading import from_text
from normalize.text.segments import shown

BEFORE = '<nav><ul><li><a href="/a">Home</a><li><a href="/b">World news</a></ul></nav><article>'
BEHIND = (
    "</article><footer><p>Subscribe to our newsletter for more stories every morning.</p>"
    '<p>Related: <a href="/x">Ministers meet in Hanoi on Monday</a></p></footer>'
)
FURNITURE = ("World news", "Subscribe to our newsletter", "Ministers meet in Hanoi on Monday")


def main() -> None:
    """Make the pages, ask every reader, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    bare = pages(parser.parse_args().pages)
    words = sum(len(of_calque(page).split()) for page in bare)
    whole = [page.replace("<body>", f"<body>{BEFORE}").removesuffix("</html>") + BEHIND for page in bare]
    print(f"{len(whole)} pages, {words} words of articles")
    fastest = 0.0
    for name, read in readers():
        if read is None:
            print(f"{name:<12} skipped: not installed")
            continue
        read(whole[0])
        start = time.process_time()
        answers = [[block for block in read(page) if block.strip()] for page in whole]
        spent = time.process_time() - start
        fastest = fastest or spent
        blocks = [(block.strip(), page) for answer, page in zip(answers, whole, strict=True) for block in answer]
        placed = sum(block in page for block, page in blocks)
        kept = sum(len(block.split()) for block, _ in blocks) / words
        left = sum(any(said in " ".join(answer) for said in FURNITURE) for answer in answers)
        print(
            f"{name:<12} time {spent / fastest:5.2f}  words {kept:6.1%}  pages with furniture {left:4}"
            f"  blocks as they stand {placed} of {len(blocks)}"
        )


Reader = Callable[[str], Iterable[str]]


def readers() -> list[tuple[str, Reader | None]]:
    """Each with its name, calque first; None where it is not installed."""
    found: list[tuple[str, Reader | None]] = [("calque", _calque())]
    for name, module, make in (
        ("trafilatura", "trafilatura", _trafilatura),
        ("resiliparse", "resiliparse", _resiliparse),
        ("jusText", "justext", _justext),
    ):
        found.append((name, make() if importlib.util.find_spec(module) else None))
    return found


def _calque() -> Reader:
    checker = Checker(shipped())

    def read(page: str) -> Iterable[str]:
        document = from_text(page, "page.html")
        seen = shown(document, checker.cues)
        assert seen is not None
        words = checker.read_structure(checker.as_shown(seen, document))
        return [words.slice(one.span) for one in words.segments if one.kind != "furniture"]

    return read


def _trafilatura() -> Reader:
    library: Any = importlib.import_module("trafilatura")
    return lambda page: (library.extract(page) or "").splitlines()


def _resiliparse() -> Reader:
    library: Any = importlib.import_module("resiliparse.extract.html2text")
    return lambda page: library.extract_plain_text(page, main_content=True).splitlines()


def _justext() -> Reader:
    library: Any = importlib.import_module("justext")
    known = library.get_stoplist("English")
    return lambda page: [one.text for one in library.justext(page.encode(), known) if not one.is_boilerplate]


if __name__ == "__main__":
    main()
