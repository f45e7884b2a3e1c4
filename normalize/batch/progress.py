"""A run as it goes: a bar on a terminal, plain lines or JSON lines elsewhere."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

from normalize.batch.processes import Progress
from normalize.batch.work import Outcome


@dataclass
class Meter:
    """How much is done: bytes of shards, rows, findings by family (the letters of their codes)."""

    shards: int = 0
    size: int = 0
    rows: int = 0
    ended: int = 0
    done: float = 0.0
    families: Counter[str] = field(default_factory=Counter)
    begun: float = field(default_factory=time.monotonic)
    _shares: dict[str, float] = field(default_factory=dict)

    def begin(self, shards: int, size: int) -> None:
        """The whole of what there is to do."""
        self.shards, self.size, self.begun = shards, size, time.monotonic()

    def add(self, progress: Progress, size: int) -> None:
        """A batch more."""
        self.rows += progress.rows
        for code, count in progress.findings.items():
            self.families[code.rstrip("0123456789")] += count
        self._reach(progress.place, progress.share * size)

    def close(self, outcome: Outcome, size: int) -> None:
        """A shard is over, however it ended."""
        self.ended += 1
        self._reach(outcome.place, size)

    def _reach(self, place: str, size: float) -> None:
        self.done += max(0.0, size - self._shares.get(place, 0.0))
        self._shares[place] = max(size, self._shares.get(place, 0.0))

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return min(1.0, self.done / self.size) if self.size else 1.0

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return max(1e-6, time.monotonic() - self.begun)

    @property
    def eta(self) -> float:
        """Seconds to go at the rate so far."""
        return self.seconds * (1 - self.share) / self.share if self.share else 0.0

    def __str__(self) -> str:
        """One line, as wide as it needs to be."""
        found = " ".join(f"{family} {count:,}" for family, count in sorted(self.families.items()))
        return (
            f"{self.share:4.0%} {clock(self.eta)} to go, {self.ended}/{self.shards} shards, "
            f"{self.rows / self.seconds:,.0f} rows/s {self.done / self.seconds / 1e6:.2f} MB/s {found}"
        ).rstrip()


def clock(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> clock(3725)
    '1:02:05'
    """
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


class Shown:
    """Shows a run on a stream: as a bar if it is a terminal, else a line now and then."""

    def __init__(self, stream: TextIO, *, every: float = 30.0) -> None:
        """``every`` so many seconds there is a line where there is no terminal."""
        self._stream, self._terminal = stream, stream.isatty()
        self._meter = Meter()
        self._every = 0.2 if self._terminal else every
        self._last = time.monotonic()

    def begin(self, shards: int, size: int) -> None:
        """Start the clock."""
        self._meter.begin(shards, size)

    def progress(self, progress: Progress, size: int) -> None:
        """Show it, if the last time is long enough ago."""
        self._meter.add(progress, size)
        if time.monotonic() - self._last >= self._every:
            self._last = time.monotonic()
            self._show()

    def outcome(self, outcome: Outcome, size: int) -> None:
        """A failed shard is said at once."""
        self._meter.close(outcome, size)
        if outcome.state == "failed":
            self._clear()
            print(f"calque: {outcome.why}", file=self._stream, flush=True)

    def end(self) -> None:
        """Leave the line to what follows."""
        self._clear()

    def _clear(self) -> None:
        if self._terminal:
            print("\r\x1b[K", end="", file=self._stream, flush=True)

    def _show(self) -> None:
        if not self._terminal:
            print(self._meter, file=self._stream, flush=True)
            return
        width = shutil.get_terminal_size().columns - 1
        filled = round(self._meter.share * 20)
        line = f"[{'█' * filled}{'·' * (20 - filled)}] {self._meter}"
        print(f"\r\x1b[K{line[:width]}", end="", file=self._stream, flush=True)


class Logged:
    """Shows a run as JSON lines: one for the beginning, each shard and the end."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        """Lines go to ``stream``."""
        self._stream, self._meter = stream, Meter()

    def begin(self, shards: int, size: int) -> None:
        """What there is to do."""
        self._meter.begin(shards, size)
        self._log("begin", shards=shards, bytes=size)

    def progress(self, progress: Progress, size: int) -> None:
        """Batches are only counted."""
        self._meter.add(progress, size)

    def outcome(self, outcome: Outcome, size: int) -> None:
        """A line a shard."""
        self._meter.close(outcome, size)
        rows = outcome.manifest.get("rows", {})
        self._log("shard", place=outcome.place, state=outcome.state, why=outcome.why, rows=rows)

    def end(self) -> None:
        """The end."""
        self._log("end")

    def _log(self, event: str, **what: object) -> None:
        meter = self._meter
        line = {
            "event": event, "seconds": round(meter.seconds, 3), **what,
            "share": round(meter.share, 4), "rows_done": meter.rows, "eta_seconds": round(meter.eta),
            "findings": dict(sorted(meter.families.items())),
        }  # fmt: skip
        print(json.dumps(line, ensure_ascii=False), file=self._stream, flush=True)
