"""A bar on a terminal that shows how far a command has come; nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 20
EVERY = 0.2
"""Seconds between two looks."""


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """What a loop calls with how many are done and how many there are; behind the loop the line is clear again."""
    terminal = sys.stderr.isatty()
    began = time.monotonic()
    last = 0.0

    def tick(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if not terminal or now - last < EVERY:
            return
        last = now
        filled = WIDTH * done // max(1, total)
        left = f", {(now - began) / done * (total - done):.0f} s to go" if done else ""
        line = f"[{'█' * filled}{'·' * (WIDTH - filled)}] {done:,} of {total:,} {what}{left}"
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    try:
        yield tick
    finally:
        if terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
