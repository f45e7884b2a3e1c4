"""Start to exit of `calque lint` on one article beside `python -c pass`: `python -m benchmarks.startup ARTICLE [RUNS]`.

Each run is a fresh process; the index is warm after the first, which is timed apart.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of a command."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Print medians in milliseconds and their ratio."""
    article, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    lint = [sys.executable, "-m", "normalize", "lint", article]
    bare = [sys.executable, "-c", "pass"]
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache}
        print(f"first run, tables compiled: {seconds(lint, environment):.2f} s")
        pairs = [(seconds(lint, environment), seconds(bare, environment)) for _ in range(runs)]
    ours, python = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    print(f"{os.path.getsize(article)} bytes, median of {runs} runs")
    print(f"calque lint {ours:.0f} ms, python -c pass {python:.0f} ms, ratio {ours / python:.1f}")


if __name__ == "__main__":
    main()
