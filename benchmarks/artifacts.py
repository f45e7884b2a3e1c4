"""The precision of each rule on texts that people marked, and its false alarms in right English.

    python -m benchmarks.artifacts BENCH_FOLDER [--show CODE] [--level warning] [--write]
    python -m benchmarks.artifacts --peers FOLDER
    python -m benchmarks.artifacts --routes FOLDER [FOLDER…]
    python -m benchmarks.artifacts --cost FOLDER [FOLDER…]

BENCH_FOLDER holds ``mqm_wmt23_zh-en.dev.tsv`` (machine translation with the marks of three raters) and
``native_english.dev.tsv`` (English written in English). A finding that touches a mark of any rater counts as right; a
random span does so with probability 0.30. In right English every finding is a false alarm. ``--write`` puts the figures
into ``aliases/rules/measured.tsv``, which `calque explain` and docs/rules.md read. ``--peers`` runs whatever other
checkers are installed (codespell, typos, proselint) and calque on the texts of a folder with gold, side by side.
``--routes`` says by source language how each calque that gold wants is found: as a form generated from glosses, as a
listed rendering, as a habit, only because of the text's origin, or not at all. ``--cost`` says how many times longer a
check takes with the rules for artifacts than without them, and what each rule takes.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.gold import place
from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.model import SEVERITIES, Document, Finding, Span
from normalize.rules.kinds import KINDS
from normalize.rules.view import View
from normalize.tables.load import load_rules
from normalize.tables.locate import tables_root
from normalize.tables.records import Rule

csv.field_size_limit(10**8)
ROOT = Path(__file__).resolve().parents[1]
GROUP = 15
"""Paragraphs of right English that make one article."""
PEERS = {
    "codespell": ["codespell"],
    "typos": ["typos", "--format", "brief"],
    "proselint": ["proselint", "check"],
    "hunspell": ["hunspell", "-l", "-d", "en_US"],
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", nargs="?", type=Path)
    parser.add_argument("--level", choices=SEVERITIES, default="warning")
    parser.add_argument("--show", default="", metavar="CODE", help="print the findings of one rule")
    parser.add_argument("--write", action="store_true", help="keep the figures in aliases/rules/measured.tsv")
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="compare with other checkers on its texts")
    parser.add_argument("--routes", type=Path, nargs="+", metavar="FOLDER", help="how wanted calques are found")
    parser.add_argument("--cost", type=Path, nargs="+", metavar="FOLDER", help="what the rules for artifacts cost")
    options = parser.parse_args(arguments)
    if options.cost:
        measure_cost(options.cost)
    if options.routes:
        count_routes(options.routes)
    if options.peers:
        compare_peers(options.peers)
    if options.bench:
        measure(options.bench, options.level, options.show, write=options.write)
    return 0


def measure(bench: Path, level: str, show: str, *, write: bool) -> None:
    """Both sets, rule by rule."""
    checker = Checker(shipped())
    marked, right, words, pools = Counter[str](), Counter[str](), 0, Counter[str]()
    origins = Counter[str]()
    for text, union in marked_articles(bench / "mqm_wmt23_zh-en.dev.tsv"):
        words += len(text.split())
        pools["all"] += sum(union)
        checked = checker.check(Document("article", text))
        origins[checked.origin[0].language if checked.origin and checked.origin[0].probability >= 0.5 else "none"] += 1
        flagged = bytearray(len(text))
        for finding in loud(checked.findings, level):
            touches = any(union[finding.span.start : finding.span.end])
            marked[finding.code] += 1
            right[finding.code] += touches
            flagged[finding.span.start : finding.span.end] = b"\1" * (finding.span.end - finding.span.start)
            if finding.code == show:
                print(
                    "marked  " if touches else "unmarked", repr(text[finding.span.start - 30 : finding.span.end + 30])
                )
        pools["flagged"] += sum(flagged)
        pools["both"] += sum(a & b for a, b in zip(flagged, union, strict=True))
    false, native, called = Counter[str](), 0, 0
    for text in right_articles(bench / "native_english.dev.tsv"):
        native += len(text.split())
        checked = checker.check(Document("article", text))
        called += bool(checked.origin and checked.origin[0].probability >= 0.5)
        for finding in loud(checked.findings, level):
            false[finding.code] += 1
            if finding.code == show:
                print("false   ", repr(text[max(0, finding.span.start - 30) : finding.span.end + 30]), finding.text)
    print(f"{'rule':<32}{'marked text':>12}{'right':>7}{'precision':>11}{'native':>8}{'per 1,000':>11}")
    rules = load_rules(tables_root())
    for code in sorted(marked | false):
        n, name = marked[code], f"{code} {rules[code].name}"
        precision = f"{right[code] / n:.2f}" if n else "-"
        print(f"{name:<32}{n:>12}{right[code]:>7}{precision:>11}{false[code]:>8}{1000 * false[code] / native:>11.3f}")
    print(f"marked: {words} words, {marked.total()} findings, {right.total()} touch a mark (random span: 0.30)")
    of_flagged, of_marked = pools["both"] / max(pools["flagged"], 1), pools["both"] / pools["all"]
    print(f"  characters: precision {of_flagged:.3f}, recall {of_marked:.4f}")
    print(f"  origin named: {dict(origins)}")
    print(
        f"native: {native} words, {false.total()} false alarms, {1000 * false.total() / native:.3f} per 1,000 words; "
    )
    print(f"  texts called translated: {called}")
    if write:
        keep(marked, right, false, native)


def loud(findings: Sequence[Finding], level: str) -> Iterator[Finding]:
    """Those at ``level`` and above."""
    rank = SEVERITIES.index(level)
    return (finding for finding in findings if SEVERITIES.index(finding.severity) >= rank)


def marked_articles(path: Path) -> Iterator[tuple[str, bytearray]]:
    """Each system's version of each article, with 1 where any rater marked the character."""
    articles: dict[tuple[str, str], dict[int, tuple[str, list[tuple[int, int]]]]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            _, spans = articles[row["system"], row["doc"]].setdefault(int(row["seg"]), (row["target"], []))
            if row["side"] == "target" and row["severity"].lower() not in ("no-error", "") and row["start"].isdigit():
                spans.append((int(row["start"]), int(row["end"])))
    for segments in articles.values():
        texts = [segments[number] for number in sorted(segments)]
        union, at = bytearray(sum(len(text) + 2 for text, _ in texts) - 1), 0
        for text, spans in texts:
            for start, end in spans:
                union[at + start : at + min(end, len(text))] = b"\1" * (min(end, len(text)) - start)
            at += len(text) + 2
        yield "\n\n".join(text for text, _ in texts) + "\n", union


def right_articles(path: Path) -> Iterator[str]:
    """Consecutive paragraphs, ``GROUP`` to an article."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["text"]]
    return ("\n\n".join(rows[n : n + GROUP]) + "\n" for n in range(0, len(rows), GROUP))


def keep(marked: Counter[str], right: Counter[str], false: Counter[str], native: int) -> None:
    """Write the table that the pages of the rules quote."""
    day = datetime.date.today().isoformat()
    lines = [
        "# Made by benchmarks/artifacts.py --write: findings at warning and above, how many touch a mark by one",
        "# of three raters (mqm-wmt23-zh-en); or false alarms in so many words of right English (native-english).",
        "code\tset\tdate\tfindings\tright\twords",
    ]
    for code, rule in load_rules(tables_root()).items():
        if rule.kind in ("comparison", "estimate"):
            continue
        if marked[code]:
            lines.append(f"{code}\tmqm-wmt23-zh-en\t{day}\t{marked[code]}\t{right[code]}\t")
        lines.append(f"{code}\tnative-english\t{day}\t{false[code]}\t0\t{native}")
    (ROOT / "aliases" / "rules" / "measured.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare_peers(folder: Path) -> None:
    """What each checker flags in the texts of a folder, and how much of it the folder's gold explains."""
    gold = read_gold(folder)
    checker = Checker(shipped())
    paths = sorted(folder.glob("*.txt"))
    print(f"{'checker':<12}{'flags':>7}{'wanted places found':>21}{'of':>5}{'elsewhere':>11}")
    wants = [(want["doc"], want) for want in gold if want.get("level", "must") == "must"]
    for peer in ("calque", *PEERS):
        if peer != "calque" and not shutil.which(peer):
            print(f"{peer:<12}  not installed here")
            continue
        flags, found, elsewhere = 0, 0, 0
        for path in paths:
            text = path.read_text("utf-8")
            places = [anchor(text, want) for doc, want in wants if is_of(doc, path)]
            every = [anchor(text, want) for want in gold if is_of(want["doc"], path)]
            lines = flagged_lines(peer, path, checker, text)
            flags += len(lines)
            hits = [(start, end) for start, end in lines]
            found += sum(any(start < p.end and p.start < end for start, end in hits) for p in places)
            elsewhere += sum(not any(start < p.end and p.start < end for p in every) for start, end in hits)
        print(f"{peer:<12}{flags:>7}{found:>21}{len(wants):>5}{elsewhere:>11}")


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """The wants of a folder: gold.toml, or gold.json with offsets."""
    if (folder / "gold.toml").is_file():
        wants: list[dict[str, Any]] = tomllib.loads((folder / "gold.toml").read_text("utf-8"))["want"]
    else:
        wants = json.loads((folder / "gold.json").read_text("utf-8"))
    return wants


def is_of(doc: str, path: Path) -> bool:
    """Whether a want's document is the file: by its name, or by the name's first part."""
    return doc in (path.stem, path.name.split("_")[0])


def anchor(text: str, want: dict[str, Any]) -> Span:
    """Where a want stands, by offsets or by its quoted words."""
    if "start" in want:
        return Span(want["start"], want["end"])
    return place(text, want["quote"], want.get("nth", 1))


KEPT = ("CAL001", "CAL002", "CON001", "CON002", "LEX001", "NEG001", "TYP001", "TYP003")
ARTIFACTS = ("CAL", "CON", "EST", "LEX", "NEG", "NUM", "RES", "TYP")
"""Families of the rules for artifacts; those KEPT were there before them."""


def measure_cost(folders: Sequence[Path]) -> None:
    """Processor time of a warm check with and without the rules for artifacts, in turns, and of each rule."""
    texts = [path.read_text("utf-8")[:1400] for folder in folders for path in sorted(folder.glob("**/*.txt"))][:64]
    rules = load_rules(tables_root())
    whole = Checker(shipped(), language="en")
    bare = Checker(shipped(), language="en", ignore=tuple(c for c in rules if c[:3] in ARTIFACTS and c not in KEPT))
    spent(whole, texts), spent(bare, texts)
    ratios = sorted(spent(whole, texts) / spent(bare, texts) for _ in range(5))
    print(f"{len(texts)} texts, 5 turns: {ratios[0]:.2f} to {ratios[-1]:.2f} times, median {ratios[2]:.2f}")
    by_rule: Counter[str] = Counter()

    def timed(find: Callable[[View, Rule], Iterator[Finding]]) -> Callable[[View, Rule], Iterator[Finding]]:
        def run(view: View, rule: Rule) -> Iterator[Finding]:
            start = time.process_time_ns()
            found = list(find(view, rule))
            by_rule[f"{rule.code} {rule.name}"] += time.process_time_ns() - start
            return iter(found)

        return run

    before = dict(KINDS)
    KINDS.update({kind: timed(find) for kind, find in before.items()})
    spent(whole, texts)
    KINDS.update(before)
    for name, took in by_rule.most_common(12):
        print(f"  {name:<28}{took / 1000 / len(texts):>8.0f} µs a text")


def spent(checker: Checker, texts: Sequence[str]) -> float:
    """Seconds of processor time for checking ``texts``."""
    start = time.process_time()
    for number, text in enumerate(texts):
        checker.check(Document(str(number), text))
    return time.process_time() - start


ROUTES = ("generated", "listed", "habit", "origin", "missed")
CALQUES = ("calque", "negation-lost")
"""The categories of gold that a term or a habit is for."""


def count_routes(folders: Sequence[Path]) -> None:
    """How each wanted calque is found, and how right the calques are that nobody wanted."""
    checker = Checker(shipped())
    found: dict[str, Counter[str]] = defaultdict(Counter)
    loud_ones, right = 0, 0
    for folder in folders:
        gold = tomllib.loads((folder / "gold.toml").read_text("utf-8"))["want"]
        for path in sorted(folder.glob("*.txt")):
            text = path.read_text("utf-8")
            calques = [
                f for f in loud(checker.check(Document(str(path), text)).findings, "warning") if route_of(f) != "missed"
            ]
            wants = [
                (want, place(text, want["quote"], want.get("nth", 1))) for want in gold if want["doc"] == path.stem
            ]
            loud_ones += len(calques)
            right += sum(any(f.span.overlaps(span) for _, span in wants) for f in calques)
            for want, span in wants:
                if want["level"] == "must" and want["category"] in CALQUES:
                    routes = {route_of(f) for f in calques if f.span.overlaps(span)}
                    found[want.get("channel") or "any"][min(routes, key=ROUTES.index, default="missed")] += 1
    print(f"{'channel':<9}{'wanted':>8}{'recall':>8}" + "".join(f"{route:>11}" for route in ROUTES))
    for channel in sorted(found):
        count = found[channel]
        recall = 1 - count["missed"] / count.total()
        print(f"{channel:<9}{count.total():>8}{recall:>8.2f}" + "".join(f"{count[route]:>11}" for route in ROUTES))
    print(f"calques at warning and above: {loud_ones}, in a wanted place: {right}")


def route_of(finding: Finding) -> str:
    """By which route a calque was found; ``missed`` for other findings."""
    if any(evidence.kind == "origin" for evidence in finding.evidence):
        return "origin"
    if finding.entity.startswith("habit/"):
        return "habit"
    route = next((e.detail for e in finding.evidence if e.kind == "route"), "") if finding.name in TERM_RULES else ""
    return "generated" if "word by word" in route else "listed" if route else "missed"


TERM_RULES = ("calque", "near-calque", "reversed-sense")


def flagged_lines(peer: str, path: Path, checker: Checker, text: str) -> list[tuple[int, int]]:
    """Where a checker flags something: our spans; of the others, the word they name in the line they name."""
    if peer == "calque":
        found = checker.check(Document(str(path), text)).findings
        return [(f.span.start, f.span.end) for f in loud(found, "warning")]
    out = subprocess.run([*PEERS[peer], str(path)], capture_output=True, text=True, check=False).stdout
    if peer == "hunspell":  # says the words alone, in the order of the text
        return words_in_order(out.split(), text)
    starts = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]
    spans = []
    for line in out.splitlines():
        rest = line.removeprefix(f"{path}:")
        number, _, what = rest.partition(":")
        if rest == line or not number.isdigit():
            continue
        column, _, message = what.partition(":")
        start = starts[min(int(number), len(starts)) - 1]
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if column.strip().isdigit():
            at = start + int(column) - 1
            stop = next((n for n in range(at + 1, end) if not text[n].isalnum()), end)
            spans.append((at, stop))
        else:
            word = what.strip().split(" ")[0]
            at = text.find(word, start, end)
            spans.append((at, at + len(word)) if at >= 0 else (start, end))
        del message
    return spans


def words_in_order(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where each word stands that was named in the order of the text."""
    spans, at = [], 0
    for word in words:
        at = text.find(word, at)
        if at < 0:
            break
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


if __name__ == "__main__":
    sys.exit(main())
