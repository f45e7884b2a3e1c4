"""What the pytest plugin costs: beside a plugin that does nothing, beside the command, beside other plugins.

    python -m benchmarks.plugin [--pages 2000] [--repeat 3] [--others]

Everything runs in processes of their own, compiled modules kept as Python does by default. Times are processor seconds
(user and system, with those of children) and wall seconds; of several runs the fastest counts, since what is slower
measures the machine's other work. `--others` measures pytest-ruff and pytest-mypy where they are installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

NOTHING = """
import pytest
class NoFile(pytest.File):
    def collect(self):
        yield NoItem.from_parent(self, name="nothing")
class NoItem(pytest.Item):
    def runtest(self):
        pass
    def reportinfo(self):
        return self.path, None, self.name
def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".md":
        return NoFile.from_parent(parent, path=file_path)
"""
"""The plugin that collects the same pages and does nothing with them."""

SENTENCES = """
The ministers met for two hours and agreed to meet again before the summer.
A spokeswoman said on {day} that the figures would be published in {month}.
Chinese Foreign Minister Wang Yi left {city} in the evening without speaking to reporters.
Farmers near {city} had asked for the dam to be opened earlier in the year.
The court will hear both sides in {month}, and a ruling is not expected this year.
Shares in {city} rose by {number} per cent, the most since {month}.
Nobody was hurt when the ferry touched the pier on {day}, the harbour master said.
The school in {city} reopened on {day} with {number} pupils more than a year ago.
Traders want a level playing field, and say that quotas do not make one.
“We have waited since {month},” said one of the drivers, who gave only his first name.
The bridge near {city} will stay closed until {month}, and buses go round by the old road.
A survey of {number} firms found that most want to hire before the end of {month}.
Rain is forecast for {day}, which the growers around {city} have hoped for since spring.
The museum has lent {number} paintings to a gallery in {city}, where they can be seen from {month}.
Police asked drivers on {day} to avoid the ring road.
The company makes pumps in {city} and sells them in {number} countries.
Her book on the harbour of {city} took {number} years to write.
Both unions will vote on the offer in {month}.
""".strip().splitlines()
FAULTS = [
    "Chinese Foreign Minister Vuong Nghi flew to {city} on {day}.",
    "Both sides asked for an equal playground in {month}.",
    "The market distortation lasted until {month}.",
]
WORDS = {
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "month": ["March", "April", "June", "September", "October"],
    "city": ["Madrid", "Lagos", "Hanoi", "Toronto", "Vienna", "Jakarta"],
    "number": ["3", "11", "24", "62"],
}


KEPT = tempfile.TemporaryDirectory()
"""Where compiled modules and the index go, so that a measurement leaves the machine as it was."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: processor and wall seconds."""

    processor: float
    wall: float


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--others", action="store_true", help="measure pytest-ruff and pytest-mypy too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        pages(root, options.pages)
        measure_pages(root, options.pages, options.repeat)
        measure_junit(root)
    with tempfile.TemporaryDirectory() as folder:
        measure_off(Path(folder), 40)
    if options.others:
        measure_others(options.repeat)


def pages(root: Path, count: int) -> None:
    """``count`` pages of some 200 words, one in twenty with a fault; the same every time."""
    chance = random.Random(7)
    (root / "pyproject.toml").write_text('[tool.calque]\nfiles = ["content/**/*.md"]\n', "utf-8")
    for number in range(count):
        lines = chance.sample(SENTENCES, 15)
        if number % 20 == 0:
            lines[4] = chance.choice(FAULTS)
        filled = [line.format(**{name: chance.choice(words) for name, words in WORDS.items()}) for line in lines]
        body = "\n\n".join(" ".join(filled[at : at + 3]) for at in range(0, 15, 3))
        path = root / f"content/{number // 200:02}/page-{number:04}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Page {number}\nlang: en\n---\n\n{body}\n", "utf-8")


def run(root: Path, *command: str) -> Cost:
    """Run a command to its end in ``root``."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": KEPT.name, "XDG_CACHE_HOME": KEPT.name}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=root, capture_output=True, check=False, env=environment)
    wall, after = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def fastest(costs: Iterable[Cost]) -> Cost:
    """The least of each."""
    listed = list(costs)
    return Cost(min(c.processor for c in listed), min(c.wall for c in listed))


def pytest(*arguments: str) -> tuple[str, ...]:
    """The command line of a quiet run."""
    return (sys.executable, "-m", "pytest", "-q", "--tb=short", "-p", "no:hypothesispytest", *arguments)


def show(name: str, cost: Cost, note: str = "") -> None:
    """One row."""
    print(f"{name:<44} {cost.processor:8.2f} s processor {cost.wall:8.2f} s wall  {note}", flush=True)


def measure_pages(root: Path, count: int, repeat: int) -> None:
    """The plugin, a plugin that does nothing, and the command, on the same pages."""
    times = range(repeat)
    print(f"{count} pages, {len(list(root.rglob('*.md')))} files, fastest of {repeat}")
    (root / "nothing.py").write_text(NOTHING, "utf-8")
    run(root, sys.executable, "-m", "normalize", "lint", "content/00/page-0000.md")  # compiles the index
    idle = pytest("-p", "nothing", "-p", "no:calque", "-o", "pythonpath=.", "content")
    command = (sys.executable, "-m", "normalize", "lint", "--no-cache", "--jobs", "1", "content")
    first = pytest("--calque", "--cache-clear", "content")
    parted = pytest("--calque", "--cache-clear", "-n", "2", "content")
    # In turns, so that the machine's other work falls on all alike; the second run is that after a first.
    rounds = [
        [run(root, *each) for each in (idle, command, parted, first, pytest("--calque", "content"))] for _ in times
    ]
    nothing, lint, two, fresh, again = (fastest(costs) for costs in zip(*rounds, strict=True))
    show("plugin that does nothing", nothing)
    show("calque lint, one process", lint)
    ratio = (fresh.processor - nothing.processor) / lint.processor
    each = sorted((f.processor - n.processor) / c.processor for n, c, _, f, _ in rounds)
    spread = f"rounds {each[0]:.2f} to {each[-1]:.2f}"
    show("pytest --calque, first run", fresh, f"less nothing: {ratio:.2f} × lint ({spread}; wanted ≤ 1.3)")
    show("pytest --calque -n 2, first run", two, f"wall {fresh.wall / two.wall:.2f} × faster than without")
    more = again.processor - nothing.processor
    gain = f"{(fresh.processor - nothing.processor) / more:.1f} × faster" if more > 0 else "within the noise"
    show("pytest --calque, second run", again, f"less nothing: {gain} (wanted ≥ 10)")


def measure_junit(root: Path) -> None:
    """How long the JUnit file of one finding is."""
    one = root / "one"
    one.mkdir()
    (one / "page.md").write_text("The market distortation lasted until March of the next year.\n", "utf-8")
    run(one, *pytest("--calque", "--junitxml=out.xml", "page.md"))
    text = (one / "out.xml").read_text("utf-8")
    [failure] = ET.fromstring(text).iter("failure")
    size = f"{len(text.splitlines())} lines, {len(text)} characters"
    print(f"JUnit of one finding: {size}; message: {failure.get('message')}")


def measure_off(root: Path, repeat: int) -> None:
    """What the plugin costs a session that does not use it: alternately with and without, pair by pair."""
    (root / "test_nothing.py").write_text("def test_nothing():\n    pass\n", "utf-8")
    plain, blocked = pytest("test_nothing.py"), pytest("-p", "no:calque", "test_nothing.py")
    run(root, *plain)
    run(root, *blocked)
    pairs = [(run(root, *plain), run(root, *blocked)) for _ in range(repeat)]
    first, middle, last = statistics.quantiles([(a.processor - b.processor) * 1000 for a, b in pairs], n=4)
    spread = f"quartiles {first:+.1f} and {last:+.1f}, {repeat} pairs"
    print(f"installed, switched off: {middle:+.1f} ms processor, median ({spread}; wanted < 5)")
    inside = (
        "import time; s = time.perf_counter(); import normalize.pytest_plugin; print((time.perf_counter() - s) * 1000)"
    )
    command = [sys.executable, "-c", f"import pytest; {inside}"]
    loads = [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(repeat)]
    print(f"importing the entry point, pytest being loaded: {min(loads):.2f} ms")


def measure_others(repeat: int) -> None:
    """pytest-ruff and pytest-mypy on 200 Python files: first run, two workers, second run, JUnit of one finding."""
    for name, module, switch, fault in (
        ("pytest-ruff", "pytest_ruff", "--ruff", "import os\n"),
        ("pytest-mypy", "pytest_mypy", "--mypy", "x: int = ''\n"),
    ):
        if importlib.util.find_spec(module) is None:
            print(f"{name}: skipped: not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for number in range(200):
                (root / f"module_{number:03}.py").write_text(f'"""Module."""\n\nVALUE = {number}\n', "utf-8")
            base = pytest("-p", "no:calque")
            first = fastest(run(root, *base, switch, "--cache-clear", *_fresh(root)) for _ in range(repeat))
            show(f"{name}, 200 files, first run", first)
            two = fastest(run(root, *base, switch, "--cache-clear", "-n", "2", *_fresh(root)) for _ in range(repeat))
            show(f"{name}, 200 files, -n 2", two, f"wall {first.wall / two.wall:.2f} × faster than without")
            show(f"{name}, 200 files, second run", fastest(run(root, *base, switch) for _ in range(repeat)))
            (root / "one").mkdir()
            (root / "one/fault.py").write_text(fault, "utf-8")
            run(root / "one", *base, switch, "--junitxml=out.xml", "fault.py")
            print(f"{name}, JUnit of one finding: {len((root / 'one/out.xml').read_text('utf-8').splitlines())} lines")


def _fresh(root: Path) -> tuple[str, ...]:
    """Forget what mypy and ruff keep beside pytest's own cache."""
    for name in (".mypy_cache", ".ruff_cache"):
        shutil.rmtree(root / name, ignore_errors=True)
    return ()


if __name__ == "__main__":
    main()
