"""What a comparison costs as texts grow: `python -m benchmarks.comparing`.

Texts are made of the project's own stories, told again and again with other names and figures; the time is that of the
processor, for reading both sides and comparing them, once the index is open.
"""

from __future__ import annotations

import time
from pathlib import Path

from normalize.check import Checker
from normalize.compare.compare import Comparer
from normalize.compare.records import Side
from normalize.index.cache import shipped
from normalize.model import Finding
from normalize.text.reading import from_text

Read = tuple[Side, tuple[Finding, ...]]
STORIES = Path("corpora/stories")


def told(name: str, times: int) -> str:
    """A story so many times, with a figure of its own in each sentence."""
    text = (STORIES / "harbour-and-ferries" / name).read_text("utf-8")
    return "\n\n".join(text.replace(".", f" in {year}.") for year in range(1000, 1000 + times))


def main() -> None:
    """Print words, sentences and seconds for each size."""
    comparer = Comparer(Checker(shipped()))
    rewrite, other = sides(comparer, 1)
    comparer.compare(rewrite, [other[0]])  # now the lists are mapped
    for times in (1, 4, 16, 64):
        start = time.process_time()
        rewrite, other = sides(comparer, times)
        compared = comparer.compare(rewrite, [other[0]])
        seconds = time.process_time() - start
        words = sum(len(sentence.words) for sentence in compared.rewrite.sentences)
        print(f"{words:>7} words, {len(compared.rewrite.sentences):>5} sentences a side: {seconds:.2f} s")


def sides(comparer: Comparer, times: int) -> tuple[Read, Read]:
    """A rewrite and its reference, read."""
    return (
        comparer.read(from_text(told("001-rewrite.txt", times), "rewrite", "en"), "rewrite"),
        comparer.read(from_text(told("000-original.txt", times), "reference", "en"), "reference"),
    )


if __name__ == "__main__":
    main()
