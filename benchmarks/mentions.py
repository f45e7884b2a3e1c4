"""Who is meant in paragraphs with gold: `python -m benchmarks.mentions [FOLDER]` (corpora/mentions without one).

Prints, for the names of people: how well their spans are found (F1), whether the right person is meant, how many are
sure and wrong (there should be none), and how many wrong forms are reported with the right name. corpora/README.md
explains the marks.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.model import Checked, Resolution, Span
from normalize.text.reading import from_text

FOLDER = Path(__file__).resolve().parents[1] / "corpora" / "mentions"
_MARK = re.compile(r"\[\[(?P<text>[^|\]]+)\|(?P<entity>[^|\]]+)(?:\|(?P<wrong>!))?\]\]")
FAMILIES = ("NAM", "OFF", "CON", "TTL")


@dataclass(frozen=True, slots=True)
class Gold:
    """A name of a person as it stands: the entity, or "-" for somebody no table knows; ``wrong`` forms want a cure."""

    span: Span
    text: str
    entity: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with its names; ``clean`` says that nothing in it should be reported at warning and above."""

    why: str
    text: str
    gold: tuple[Gold, ...]
    clean: bool


def paragraphs(folder: Path) -> Iterator[Paragraph]:
    """The paragraphs of every file of a folder, without their marks."""
    for path in sorted(folder.glob("*.toml")):
        for raw in tomllib.loads(path.read_text("utf-8"))["paragraph"]:
            text, gold = unmark(raw["text"])
            yield Paragraph(raw["why"], text, gold, raw.get("clean", False))


def unmark(marked: str) -> tuple[str, tuple[Gold, ...]]:
    """A text without its marks, and what they say.

    >>> unmark("Mr. [[Vuong|person/wang-yi|!]] spoke.")[1][0].text
    'Vuong'
    """
    text, at, gold = "", 0, []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match["text"]))
        gold.append(Gold(span, match["text"], match["entity"], bool(match["wrong"])))
        text, at = text + match["text"], match.end()
    return text + marked[at:], tuple(gold)


def score(paragraph: Paragraph, checked: Checked, mentions: list[Resolution]) -> Iterator[tuple[str, str]]:
    """What is to be counted in one paragraph, each with the words that it is about."""
    gold = {one.span: one for one in paragraph.gold}
    found = {m.span: m for m in mentions if m.kind == "person"}
    for span, one in gold.items():
        yield "gold", one.text
        mention = found.get(span)
        if not mention:
            yield "missed", one.text
            continue
        yield "found", one.text
        if one.entity != "-":
            yield "known", one.text
            yield ("right" if mention.entity == one.entity else "other"), f"{one.text} as {mention.entity or 'nobody'}"
    for span, mention in found.items():
        if span not in gold:
            yield "extra", mention.text
        if mention.verdict == "sure" and (span not in gold or gold[span].entity != mention.entity):
            yield "sure and wrong", f"{mention.text} as {mention.entity}"
    loud = [f for f in checked.findings if f.severity != "info" and f.code.startswith(FAMILIES)]
    for one in paragraph.gold:
        if one.wrong:
            over = [f for f in loud if f.span.overlaps(one.span)]
            yield "wrong forms", one.text
            yield ("flagged" if any(f.entity == one.entity for f in over) else "not flagged"), one.text
    for finding in loud if paragraph.clean else []:
        yield "false alarms", f"{finding.code} {finding.text}"


def main() -> None:
    """Score a folder."""
    checker, counts = Checker(shipped()), Counter[str]()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for paragraph in paragraphs(folder):
        checked = checker.check(from_text(paragraph.text, "paragraph.txt", "en"))
        for what, text in score(paragraph, checked, checker.mentions(checked)):
            counts[what] += 1
            if what in ("missed", "other", "extra", "sure and wrong", "not flagged", "false alarms"):
                print(f"  {what}: {text}  ({paragraph.why})")
        counts["paragraphs"] += 1
    precision = counts["found"] / max(1, counts["found"] + counts["extra"])
    recall = counts["found"] / max(1, counts["gold"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{counts['paragraphs']} paragraphs, {counts['gold']} mentions of people")
    print(f"spans: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    print(f"right person, of the known people found: {counts['right']} of {counts['known']}")
    print(f"sure and wrong: {counts['sure and wrong']}")
    print(f"wrong forms reported with the right name: {counts['flagged']} of {counts['wrong forms']}")
    print(f"false alarms where nothing is to report: {counts['false alarms']}")


if __name__ == "__main__":
    main()
