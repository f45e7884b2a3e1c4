"""Random texts for every reader: each word must stand where it says, and a fix must touch nothing else.

    python -m tools.fuzz_readers CASES [SEED]

deals so many cases out over the readers (HTML, reStructuredText, AsciiDoc, Markdown, encodings) and prints how many
cases and words were held against their sources; the first wrong one ends it with its source.
"""

from __future__ import annotations

import importlib
import random
import sys
from collections import Counter
from collections.abc import Callable

from normalize.text.asciidoc import read_asciidoc
from normalize.text.cues import Cues
from normalize.text.encodings import GUESSED
from normalize.text.markdown import segment_markdown
from normalize.text.rst import read_rst

LONGEST = 40
"""Pieces of a case."""


def main(cases: str, seed: str = "1") -> None:
    """Run the cases and print the counts."""
    html = importlib.import_module("tests.text.test_html")
    light = importlib.import_module("tests.text.test_light")
    coded = importlib.import_module("tests.text.test_encodings")
    chance = random.Random(int(seed))

    def pieces(of: list[str]) -> str:
        return "".join(chance.choices(of, k=chance.randint(1, LONGEST)))

    def markdown() -> int:
        source = pieces([*light.SIGNS, *html.PARTS])
        at = 0
        for segment in segment_markdown(source, Cues()):
            assert at <= segment.span.start < segment.span.end <= len(source), source
            at = segment.span.end
        return 1

    def bytes_() -> int:
        coded.assert_round_trip(
            chance.choice([*GUESSED, "utf-16le", "utf-16be"]), chance.randbytes(chance.randint(0, 60))
        )
        return 1

    readers: dict[str, Callable[[], int]] = {
        "html": lambda: int(html.assert_exact(pieces(html.PARTS))),
        "rst": lambda: int(light.assert_exact(read_rst, pieces(light.SIGNS))),
        "asciidoc": lambda: int(light.assert_exact(read_asciidoc, pieces(light.SIGNS))),
        "markdown": markdown,
        "encodings": bytes_,
    }
    names = list(readers)
    done: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for number in range(int(cases)):
        name = names[number % len(names)]
        before = chance.getstate()
        try:
            words[name] += readers[name]()
        except Exception:
            chance.setstate(before)
            print(f"{name}: case {number} of seed {seed} is wrong")
            raise
        done[name] += 1
    for name in names:
        print(f"{name}: {done[name]} cases, {words[name]} held against the source, 0 wrong")


if __name__ == "__main__":
    main(*sys.argv[1:])
