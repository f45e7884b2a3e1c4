"""Score the rules on articles with gold: `python -m benchmarks.gold FOLDER…`, each with *.txt and gold.toml.

Prints, for findings at warning and above, how many wanted places were found and rightly cured, by level and channel,
and every finding that no gold explains. Gold anchors are quoted text and its occurrence (corpora/README.md).
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.model import Finding, Span
from normalize.text.reading import read


def place(text: str, quote: str, nth: int) -> Span:
    """The ``nth`` occurrence of ``quote``, counted from one."""
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return Span(at, at + len(quote))


def is_cured(text: str, want: Span, finding: Finding, accept: list[str]) -> bool:
    """Whether a replacement, put in place, turns the wanted span into an accepted reading."""
    start, end = min(want.start, finding.span.start), max(want.end, finding.span.end)
    for replacement in finding.replacements:
        new = (text[start : finding.span.start] + replacement + text[finding.span.end : end]).lower()
        if text[want.start : want.end].lower() not in new and any(a.lower() in new for a in accept):
            return True
    return False


def score(folder: Path, checker: Checker) -> Counter[str]:
    """Counts of one folder; prints the misses and false alarms."""
    counts: Counter[str] = Counter()
    gold: list[dict[str, Any]] = tomllib.loads((folder / "gold.toml").read_text("utf-8"))["want"]
    for path in sorted(folder.glob("*.txt")):
        document = read(str(path))
        loud = [f for f in checker.check(document).findings if f.severity != "info"]
        wanted = [
            (want, place(document.text, want["quote"], want.get("nth", 1))) for want in gold if want["doc"] == path.stem
        ]
        for want, span in wanted:
            name = f"{want['level']} {want.get('channel') or 'any'}"
            over = [f for f in loud if f.span.overlaps(span)]
            counts[f"{name} wanted"] += 1
            counts[f"{name} found"] += bool(over)
            counts[f"{name} cured"] += any(is_cured(document.text, span, f, want["accept"]) for f in over)
            if not over and want["level"] == "must":
                print(f"  missed {path.name}: {want['quote']!r} -> {want['accept'][:1]}")
        for finding in loud:
            right = any(finding.span.overlaps(span) for _, span in wanted)
            counts["findings"] += 1
            counts[f"rule {finding.code} {'right' if right else 'in no gold'}"] += 1
            counts["findings in no gold"] += not right
            if not right:
                print(f"  not in gold {path.name}: {finding.code} {finding.text!r} -> {finding.replacements}")
    return counts


def main() -> None:
    """Score every folder of the command line."""
    if len(sys.argv) < 2:
        raise SystemExit("usage: python -m benchmarks.gold FOLDER…")
    checker = Checker(shipped())
    for folder in map(Path, sys.argv[1:]):
        if not (folder / "gold.toml").is_file():
            print(f"{folder}: no gold.toml; left out")
            continue
        print(folder)
        for name, count in sorted(score(folder, checker).items()):
            print(f"    {name}: {count}")


if __name__ == "__main__":
    main()
