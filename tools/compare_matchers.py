"""Hold both matchers against the slow, obvious reference: `python -m tools.compare_matchers [CASES] [SEED]`.

A case is a text made of forms, broken, marked and put beside any Unicode there is, and some forms to look for in it.
The first difference ends the run.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from normalize.index.native import native
from normalize.index.pack import Pack
from normalize.index.plain import PlainScanner
from normalize.index.write import write
from normalize.model import Form
from tools.fuzz_index import FORMS, made_spans, made_text

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "index"))
from reference import reference  # type: ignore[import-not-found]

TEXTS_A_SET = 40
"""Texts that are searched for the same forms."""


def main() -> None:
    """Compare, and say how many texts and hits there were."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    choose = random.Random(seed)
    module = native()
    hits = 0
    for number in range(cases):
        if number % TEXTS_A_SET == 0:
            forms = made_forms(choose)
            pack = Pack(write([Form(form, "a", "name") for form in forms], {}, ""), "made")
            scanners = [PlainScanner(pack), *([module.Scanner(pack.data)] if module else [])]
        text = made_text(choose)
        spans = [(0, len(text))] if number % 2 else sorted(made_spans(choose, len(text)))
        wanted = []
        for low, high in spans:
            start, end = max(0, low), max(0, low, high)
            wanted += [(start + a, start + b, words) for a, b, words in reference(text[start:end], forms)]
        for scanner in scanners:
            found = [(start, end, pack.key(entry)) for start, end, entry in scanner.scan(text, spans)]
            assert found == wanted, (type(scanner), text, spans, forms, found, wanted)
        hits += len(wanted)
    print(f"{cases} texts, {hits} hits, seed {seed}: {'plain and native' if module else 'plain'} as the reference")


def made_forms(choose: random.Random) -> list[str]:
    """Some of the known forms, and pieces of texts like those to come."""
    forms = choose.sample(FORMS, choose.randrange(1, len(FORMS)))
    for _ in range(choose.randrange(6)):
        text = made_text(choose)
        start = choose.randrange(len(text) + 1)
        forms.append(text[start : start + choose.randrange(1, 12)])
    return [form for form in forms if not any("\ud800" <= char <= "\udfff" for char in form)]


if __name__ == "__main__":
    main()
