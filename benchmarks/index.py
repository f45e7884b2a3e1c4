"""The index beside its peers, in one run: `python -m benchmarks.index --help` says how.

Forms and text are made up (benchmarks/made.py); --text takes .txt and .md files of yours instead, with forms put in.
One text serves every size: it mentions forms of the smallest index, which all hold, so that what changes from one size
to the next is the index alone. A second text, for the largest size, mentions forms of all of that ("rare"): no two
mentions are of the same, which is harder than news. Rates are MB of raw UTF-8 per second of process time, one article
a call, the best of five rounds in which all take turns. Needs the extra `bench`; a peer that is not installed is left
out.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.made import People
from normalize.index.pack import Pack
from normalize.index.plain import PlainScanner
from normalize.index.scan import engine, matches
from normalize.index.signs import write_signs
from normalize.index.write import write
from normalize.model import Form
from normalize.text.fold import cut, fold, key, words

Forms = list[tuple[str, int]]
Scan = Callable[[str], object]
ROUNDS = 5

SECOND_PROCESS = """
import sys, time
from pathlib import Path
def private():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
from normalize.index.pack import Pack
from normalize.index.scan import matches
path, text = Path(sys.argv[1]), open(sys.argv[2], encoding="utf-8").read()
matches("a", [(0, 1)], Pack.open(Path(sys.argv[3])))
before, start = private(), time.perf_counter()
pack = Pack.open(path)
pack.forms("wang yi")
matches("Wang Yi", [(0, 7)], pack)
loaded = time.perf_counter() - start
matches(text, [(0, len(text))], pack)
print(loaded * 1000, (private() - before) / 1024)
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that scans: its name, how long it took to make, and what it does with a text."""

    name: str
    seconds: float
    scan: Scan
    wants_folded: bool = False


def main() -> None:
    """Measure and print."""
    options = _options()
    people = People()
    forms = people.forms(max(options.forms))
    texts = _texts(options, people, forms[: min(options.forms)])
    python, load = sys.version.split()[0], os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, load {load:.1f} before, Python {python}, matcher: {engine()}")
    for name, articles in texts.items():
        size = sum(len(a.encode()) for a in articles) / 1e6
        bars = f"memchr {_bar(articles, _memchr)}, decode {_bar(articles, _decode)} MB/s"
        print(f"{name}: {len(articles)} articles, {size:.1f} MB; {bars}")
    match options.what:
        case "rates":
            rare = {f"{name} rare": articles for name, articles in _texts(options, people, forms).items()}
            _rates(options, forms, texts, rare)
        case "differences":
            for name, articles in texts.items():
                _explain(name, forms, articles)
        case "growth":
            _growth(options.plot, options.forms, forms, next(iter(texts.values())))
    print(f"load {os.getloadavg()[0]:.1f} after")


def _rates(options: argparse.Namespace, forms: Forms, texts: dict[str, list[str]], rare: dict[str, list[str]]) -> None:
    """Every engine over every size."""
    rates: dict[tuple[int, str, str], float] = {}
    for count in options.forms:
        is_most = count == max(options.forms)
        wanted = texts | rare if is_most else texts
        rates |= _measure(count, forms[:count], wanted, everyone=is_most and not options.quick)
    _ratios(rates, max(options.forms), min(options.forms), [*texts, *rare])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.index", description=__doc__)
    parser.add_argument(
        "what",
        nargs="?",
        default="rates",
        choices=("rates", "differences", "growth"),
        help="rates beside peers; why ahocorasick_rs has hits that we lack, 200 looked at; time against text and forms",
    )
    parser.add_argument("--forms", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--size", type=float, default=4, metavar="MB", help="of each text")
    parser.add_argument("--text", type=Path, metavar="FOLDER", help="measure on the .txt and .md files there")
    parser.add_argument("--quick", action="store_true", help="ahocorasick_rs alone of the peers")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", default=Path("docs/growth.svg"), help="of growth")
    return parser.parse_args()


def _texts(options: argparse.Namespace, people: People, forms: Forms) -> dict[str, list[str]]:
    size = int(options.size * 1e6)
    if not options.text:
        return {
            "english": people.text(size, forms, multilingual=False),
            "multilingual": people.text(size, forms, multilingual=True),
        }
    choose, articles, total = random.Random(2), list[str](), 0
    for path in sorted(p for p in options.text.rglob("*") if p.suffix in (".txt", ".md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for at in range(0, len(text), 3000):
            words = text[at : at + 3000].split(" ")
            for place in range(60, len(words), 70):
                words.insert(place, choose.choice(forms)[0])
            articles.append(" ".join(words))
            total += len(articles[-1].encode())
        if total > size:
            break
    return {options.text.name: articles}


def _measure(
    count: int, forms: Forms, texts: dict[str, list[str]], *, everyone: bool
) -> dict[tuple[int, str, str], float]:
    """The rates of every engine over these forms, and what ours costs to make, load and keep."""
    data, seconds = _compiled(forms)
    print(f"\n{count} forms: compiled in {seconds:.1f} s, {len(data) / count:.1f} bytes a form")
    with tempfile.TemporaryDirectory() as folder:
        path, empty, sample = (Path(folder) / name for name in ("index", "empty", "sample"))
        path.write_bytes(data)
        empty.write_bytes(write([], {}, ""))
        sample.write_text("\n".join(next(iter(texts.values()))[:100]), encoding="utf-8")
        pack = Pack.open(path)
        sum(pack.data[:: os.sysconf("SC_PAGE_SIZE")])  # this first process has the file in memory
        arguments = [sys.executable, "-c", SECOND_PROCESS, str(path), str(sample), str(empty)]
        runs = [subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]
        load, memory = (min(float(run[n]) for run in runs) for n in (0, 1))
        print(f"  load (map, check, first look-up, first scan) {load:.2f} ms; a further process's own {memory:.1f} MB")
        engines = [*_ours(pack), *_dict_loop(forms), *_peers(forms, everyone=everyone)]
        rates = {}
        for name, articles in texts.items():
            for one, rate in _race(engines, articles).items():
                rates[count, name, one] = rate
                made = next(e.seconds for e in engines if e.name == one)
                print(f"  {name:>17}  {one:<38} {rate:8.1f} MB/s" + (f"   made in {made:.1f} s" if made else ""))
    return rates


def _compiled(forms: Forms) -> tuple[bytes, float]:
    """The index of these forms, and how long it took from records to bytes."""
    records = [Form(text, f"Q{who}", "name") for text, who in forms]
    start = time.process_time()
    return write(records, {}, ""), time.process_time() - start


def _ours(pack: Pack) -> list[Engine]:
    plain = PlainScanner(pack)
    ours = [Engine("calque plain", 0, lambda text: plain.scan(text, [(0, len(text))]))]
    if engine() == "native":
        ours.insert(0, Engine("calque native", 0, lambda text: matches(text, [(0, len(text))], pack)))
    return ours


def _dict_loop(forms: Forms) -> list[Engine]:
    """What one writes without a library: fold, cut, and look up the longest run of words at each."""
    start = time.process_time()
    found: dict[str, int] = {}
    longest: dict[str, int] = {}
    for text, who in forms:
        words = cut(text)
        found[" ".join(words)] = who
        longest[words[0]] = max(longest.get(words[0], 0), len(words))

    def scan(text: str) -> list[tuple[int, int, int]]:
        hits, at = [], 0
        words = cut(text)
        while at < len(words):
            for count in range(longest.get(words[at], 0), 0, -1):
                who = found.get(" ".join(words[at : at + count]))
                if who:
                    hits.append((at, at + count, who))
                    at += count - 1
                    break
            at += 1
        return hits

    return [Engine("dict loop with folding (no offsets)", time.process_time() - start, scan)]


def _peers(forms: Forms, *, everyone: bool) -> list[Engine]:
    """The libraries that are there. They are given folded forms, and report places in folded text."""
    folded = list(dict.fromkeys(fold(text) for text, _ in forms))
    makers: dict[str, Callable[[list[str], Any], Scan]] = {"ahocorasick_rs": _ahocorasick_rs}
    if everyone:
        makers |= {
            "daachorse": _daachorse,
            "flashtext2": _flashtext2,
            "ahocorasick": _pyahocorasick,
            "marisa_trie": _marisa_trie,
        }
    engines = []
    for name, make in makers.items():
        try:
            module = import_module(name)
        except ImportError:
            print(f"  {name}: not installed")
            continue
        start = time.process_time()
        scan = make(folded, module)
        engines.append(Engine(f"{name}, text folded before", time.process_time() - start, scan, wants_folded=True))
        if name == "ahocorasick_rs":
            engines.append(Engine(f"{name} with the folding it needs", 0, _folding_first(scan)))
    return engines


def _folding_first(scan: Scan) -> Scan:
    return lambda text: scan(fold(text))


def _ahocorasick_rs(folded: list[str], module: Any) -> Any:
    automaton = module.AhoCorasick(folded, matchkind=module.MatchKind.LeftmostLongest)
    return automaton.find_matches_as_indexes


def _daachorse(folded: list[str], module: Any) -> Any:
    automaton = module.CharwiseDoubleArrayAhoCorasick(folded, module.MATCH_KIND_LEFTMOST_LONGEST)
    return automaton.find


def _flashtext2(folded: list[str], module: Any) -> Any:
    processor = module.KeywordProcessor(case_sensitive=True)
    for form in folded:
        processor.add_keyword(form, form)
    return processor.extract_keywords_with_span


def _pyahocorasick(folded: list[str], module: Any) -> Any:
    automaton = module.Automaton()
    for number, form in enumerate(folded):
        automaton.add_word(form, number)
    automaton.make_automaton()
    return lambda text: list(automaton.iter_long(text))


def _marisa_trie(folded: list[str], module: Any) -> Any:
    trie = module.Trie(key(form) + " " for form in folded)

    def scan(text: str) -> list[str]:
        words = text.split(" ")
        rest = (" ".join(words[at : at + 8]) + " " for at in range(len(words)))
        return [found[-1] for piece in rest if (found := trie.prefixes(piece))]

    return scan


def _race(engines: list[Engine], articles: list[str]) -> dict[str, float]:
    """MB/s of raw text of each engine, the best of some rounds in which all take turns."""
    size = sum(len(article.encode()) for article in articles) / 1e6
    folded = [fold(article) for article in articles]
    best = {one.name: 0.0 for one in engines}
    slow = {"calque plain", "dict loop with folding (no offsets)", "marisa_trie, text folded before"}
    for _ in range(ROUNDS):
        for one in engines:
            inputs = folded if one.wants_folded else articles
            share = max(1, len(inputs) // 4) if one.name in slow else len(inputs)
            start = time.process_time()
            for text in inputs[:share]:
                one.scan(text)
            best[one.name] = max(best[one.name], size * share / len(inputs) / (time.process_time() - start))
    return best


def _bar(articles: list[str], scan: Callable[[bytes], object]) -> str:
    data = [article.encode() for article in articles]
    start = time.process_time()
    for one in data:
        scan(one)
    return f"{sum(map(len, data)) / 1e6 / (time.process_time() - start):.0f}"


def _memchr(data: bytes) -> int:
    return data.count(b"\x01")


def _decode(data: bytes) -> str:
    return data.decode()


def _explain(name: str, forms: Forms, articles: list[str]) -> None:
    """Why ahocorasick_rs reports what we do not: a sample of 200, by reason, what has none in full."""
    try:
        module = import_module("ahocorasick_rs")
    except ImportError:
        return
    pack = Pack(write((Form(text, f"Q{who}", "name") for text, who in forms), {}, ""), "made")
    folded = list(dict.fromkeys(fold(text) for text, _ in forms))
    scan = _ahocorasick_rs(folded, module)
    lacking: list[tuple[str, str]] = []
    for article in articles:
        text = fold(article)
        if len(text) != len(article):  # places would have to be carried back
            continue
        ours = matches(article, [(0, len(article))], pack)
        for number, start, end in scan(text):
            if all((start, end) != hit[:2] for hit in ours):
                shown = f"{folded[number]!r} in {article[max(0, start - 20) : end + 20]!r}"
                lacking.append((_reason(text, start, end, ours), shown))
    sample = random.Random(3).sample(lacking, min(200, len(lacking)))
    reasons = Counter(why for why, _ in sample)
    print(
        f"{name}, {len(forms)} forms: {len(lacking)} hits of ahocorasick_rs that we lack; of {len(sample)} looked at:"
    )
    for why, count in reasons.most_common():
        print(f"  {count} {why}, as {next(shown for reason, shown in sample if reason == why)}")


def _reason(text: str, start: int, end: int, ours: list[tuple[int, int, int]]) -> str:
    around = [(word.start(), word.end()) for word in words(text, max(0, start - 80), end + 80)]
    if not (any(a == start for a, _ in around) and any(b == end for _, b in around)):
        return "inside a longer word"
    if any(hit[0] <= start and end <= hit[1] for hit in ours):
        return "inside a longer hit of ours"
    if any(hit[0] < end and start < hit[1] for hit in ours):
        return "crossed by a hit of ours further left"
    return "none"


def _ratios(rates: dict[tuple[int, str, str], float], most: int, least: int, names: list[str]) -> None:
    """The figures that matter, as ratios."""
    lines = (
        (
            "calque native",
            "ahocorasick_rs with the folding it needs",
            "native / ahocorasick_rs with folding (floor 4, aim 10)",
        ),
        (
            "calque native",
            "ahocorasick_rs, text folded before",
            "native / ahocorasick_rs on folded text (floor 2, aim 4)",
        ),
        ("calque plain", "dict loop with folding (no offsets)", "plain / dict loop with folding (floor 1, aim 2)"),
    )
    print(f"\nratios at {most} forms ({', '.join(names)})")
    for ours, theirs, what in lines:
        pairs = [(rates.get((most, name, ours)), rates.get((most, name, theirs))) for name in names]
        print(f"  {what}: " + ", ".join(f"{one / other:.1f}" if one and other else "-" for one, other in pairs))
    for ours in ("calque native", "calque plain"):
        pairs = [(rates.get((most, name, ours)), rates.get((least, name, ours))) for name in names]
        text = ", ".join(f"{one / other:.2f}" if one and other else "-" for one, other in pairs)
        print(f"  {ours}: rate at {most} / rate at {least} forms (floor 0.75, aim 0.95): {text}")


def _growth(plot: Path, sizes: list[int], forms: Forms, articles: list[str]) -> None:
    """Time against text and against forms, on logarithmic axes, with the slopes."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "calque"
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.6))
    pack = Pack(_compiled(forms)[0], "made")
    texts, times = [1, 3, 10, 30, 100], []
    one = sum(len(article.encode()) for article in articles) / 1e6
    for size in texts:
        start = time.process_time()
        for number in range(int(size / one * len(articles))):
            article = articles[number % len(articles)]
            matches(article, [(0, len(article))], pack)
        times.append(time.process_time() - start)
    _draw(left, texts, times, "MB of text", "seconds to scan")
    write_signs()  # what code points fold to is worked out once in a process
    counts = sorted({count * step for count in sizes for step in (1, 3) if count * step <= max(sizes)})
    builds = [min(_compiled(forms[:count])[1] for _ in range(3)) for count in counts]
    _draw(right, counts, builds, "forms", "seconds to compile")
    figure.tight_layout()
    figure.savefig(plot, metadata={"Date": None})
    print(f"growth drawn to {plot}")


def _draw(axes: Any, xs: list[int], ys: list[float], across: str, up: str) -> None:
    from math import log

    logs = [(log(x), log(y)) for x, y in zip(xs, ys, strict=True)]
    middle_x, middle_y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    slope = sum((x - middle_x) * (y - middle_y) for x, y in logs) / sum((x - middle_x) ** 2 for x, _ in logs)
    axes.loglog(xs, ys, marker="o")
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.set_title(f"slope {slope:.2f}")
    print(f"  {up} against {across}: log-log slope {slope:.2f} (aim: at most 1.05)")


if __name__ == "__main__":
    main()
