"""A run over a corpus: shards to processes, outcomes to a manifest of the whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from normalize.batch.atomic import sweep, write_json
from normalize.batch.job import Job
from normalize.batch.manifest import FORMAT, made_by
from normalize.batch.processes import Progress, run_all
from normalize.batch.rows import checker_of
from normalize.batch.shards import Shard, find_shards, refuse_same
from normalize.batch.tally import Tally
from normalize.batch.work import Outcome, Task
from normalize.errors import UsageError

MANIFEST = "run.manifest.json"
"""The manifest of the whole run, at the root of OUT."""


class Watch(Protocol):
    """Who shows a run as it goes."""

    def begin(self, shards: int, size: int) -> None:
        """So many shards of so many bytes are read."""

    def progress(self, progress: Progress, size: int) -> None:
        """A batch is done in a shard of ``size`` bytes."""

    def outcome(self, outcome: Outcome, size: int) -> None:
        """A shard has ended."""

    def end(self) -> None:
        """Nothing more comes."""


@dataclass
class Result:
    """What became of a run; ``errors`` are sentences, ``stopped`` says that it was asked to end early."""

    outcomes: list[Outcome] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stopped: bool = False
    shards: int = 0

    @property
    def tally(self) -> Tally:
        """The counts of all shards."""
        whole = Tally()
        for outcome in self.outcomes:
            whole.add(outcome.tally)
        return whole

    def rows(self, kind: str) -> int:
        """Rows ``in``, ``out`` or ``dead``."""
        return sum(outcome.manifest["rows"][kind] for outcome in self.outcomes if outcome.manifest)

    def count(self, state: str) -> int:
        """How many shards ended so."""
        return sum(outcome.state == state for outcome in self.outcomes)

    @property
    def exit_code(self) -> int:
        """0 if all rows were checked and written, 3 if some were not."""
        return 3 if self.errors or self.stopped or self.rows("dead") else 0


def run(
    inputs: list[str],
    out: Path | None,
    job: Job,
    watch: Watch,
    *,
    processes: int = 0,
    batch_size: int = 128,
    resume: bool = True,
) -> Result:
    """Normalise the inputs into the folder ``out``, or only count in them if there is none.

    UsageError where nothing can be begun; everything later is an error of the result, and the rest is done.
    """
    made = made_by(job)
    checker_of(job)  # refuses an unknown style here, once, and compiles the tables before the processes ask for them
    shards, unread = find_shards(inputs)
    if out:
        refuse_same(inputs, shards, out)
    result = Result(errors=[message for _, message in unread], shards=len(shards))
    with _owned(out), _stoppable() as is_stopped:
        if out:
            sweep(out)
            _write_run(out, made, shards, result, finished=False)
        sizes = {shard.place: _size(shard.source) for shard in shards}
        watch.begin(len(shards), sum(sizes.values()))
        tasks = [Task(shard, job, out, batch_size, resume) for shard in shards]
        for message in run_all(tasks, processes or os.cpu_count() or 1, is_stopped):
            if isinstance(message, Progress):
                watch.progress(message, sizes[message.place])
                continue
            watch.outcome(message, sizes[message.place])
            result.outcomes.append(message)
        watch.end()
        result.outcomes.sort(key=lambda outcome: outcome.place)
        result.errors += [o.why for o in result.outcomes if o.state == "failed"]
        result.stopped = is_stopped()
        if out:
            result.errors += _write_run(out, made, shards, result, finished=not result.stopped)
    return result


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # it is gone, and reading it says so


def _write_run(out: Path, made: dict[str, str], shards: list[Shard], result: Result, *, finished: bool) -> list[str]:
    failed = {o.place: o.why for o in result.outcomes if o.state == "failed"}
    value: dict[str, Any] = {
        "format": FORMAT,
        "finished": finished,
        "made_by": made,
        "shards": {s.place: str(s.source.resolve()) for s in shards},
        "failed": failed,
        "unread": result.errors[: len(result.errors) - len(failed)],
    }
    try:
        write_json(out / MANIFEST, value)
    except OSError as error:
        return [f"{out / MANIFEST}: not written: {(error.strerror or str(error)).lower()}; mend that and run again"]
    return []


@contextmanager
def _owned(out: Path | None) -> Iterator[None]:
    """OUT, made if need be, for this run alone; UsageError if it cannot be made or another run is at it."""
    if out is None:
        yield
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(out, os.O_RDONLY)
    except OSError as error:
        raise UsageError(
            f"{out}: {(error.strerror or str(error)).lower()}; name a folder that can be written"
        ) from None
    try:
        _lock(descriptor, out)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, out: Path) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"{out}: another run is writing here; wait for it, or name another folder") from None
    except OSError:
        return  # a file system without locks, as some network drives are


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """While inside, SIGINT and SIGTERM ask for an orderly end; a second one ends at once."""
    asked: list[int] = []
    before: dict[signal.Signals, Any] = {}

    def ask(number: int, _: object) -> None:
        asked.append(number)
        for known in before:
            signal.signal(known, before[known])

    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.getsignal(number)
        for number in before:
            signal.signal(number, ask)
    except ValueError:  # not the main thread: whoever called us listens
        before.clear()
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
