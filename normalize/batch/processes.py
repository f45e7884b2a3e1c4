"""Spawned processes, each with one shard in its hands: a shard goes out when a process is free, and not before."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from normalize.batch.formats import Step
from normalize.batch.work import Outcome, StoppedError, Task, work
from normalize.record import Record

TRIES = 2
"""How often a shard is begun whose process died under it."""
PATIENCE = 20.0
"""Seconds that a process gets to put its shard down when the run is stopped."""


class Progress(Record):
    """A batch was done in a shard: rows, share of the file behind, findings by code."""

    place: str
    rows: int
    share: float
    findings: dict[str, int]


@dataclass
class _Worker:
    process: BaseProcess
    line: Connection
    task: Task | None = None
    tries: int = 0


def run_all(tasks: Iterable[Task], processes: int, is_stopped: Callable[[], bool]) -> Iterator[Progress | Outcome]:
    """Do the tasks in so many processes; progress and outcomes come as they happen, in no fixed order.

    A process that dies (too little memory, say) is replaced, and its shard begun once more. When ``is_stopped`` says
    so, no shard is begun any more and those in work are put down.
    """
    waiting = deque((task, 1) for task in tasks)
    workers = [_start() for _ in range(max(1, min(processes, len(waiting))))]
    told = False
    try:
        while True:
            if is_stopped() and not told:
                told, waiting = True, deque()
                for worker in workers:
                    _tell(worker, None)
            for worker in workers:
                if waiting and not worker.task:
                    worker.task, worker.tries = waiting.popleft()
                    _tell(worker, worker.task)
            busy = [worker for worker in workers if worker.task]
            if not busy:
                return
            for line in wait([worker.line for worker in busy], timeout=0.2):
                number = next(n for n, worker in enumerate(workers) if worker.line is line)
                worker = workers[number]
                try:
                    message = worker.line.recv()
                except (EOFError, OSError):
                    workers[number] = _start() if not told else worker
                    yield from _died(worker, waiting, told)
                    continue
                if isinstance(message, Outcome):
                    worker.task = None
                yield message
    finally:
        for worker in workers:
            worker.line.close()
        for worker in workers:
            worker.process.join(PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()


def _died(worker: _Worker, waiting: deque[tuple[Task, int]], told: bool) -> Iterator[Outcome]:
    worker.process.join()
    task, worker.task = worker.task, None
    if not task or told:
        return
    if worker.tries < TRIES:
        waiting.append((task, worker.tries + 1))
        return
    why = f"its process died {TRIES} times (exit {worker.process.exitcode}); it may want more memory, or be damaged"
    yield Outcome(task.shard.place, "failed", f"{task.shard.source}: {why}")


def _tell(worker: _Worker, message: Task | None) -> None:
    with contextlib.suppress(OSError):  # it died, which the wait notices
        worker.line.send(message)


def _start() -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(line: Connection, parent: int) -> None:
    """What a worker does: one task after another, until the line closes or its parent is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the parent is told too, and says over the line what is to be done
    _die_with(parent)

    def report(step: Step) -> None:
        if os.getppid() != parent or line.poll():  # while a shard is in work, nothing but "stop" is sent
            raise StoppedError
        line.send(Progress(place, step.rows, step.share, dict(step.tally.findings)))

    try:
        while task := line.recv():
            place = task.shard.place
            line.send(work(task, report))
    except (EOFError, OSError):
        return


def _die_with(parent: int) -> None:
    """Have the system end this process with its parent, so that a killed run leaves nobody who still writes."""
    if sys.platform == "linux":
        import ctypes

        death_signal = 1  # PR_SET_PDEATHSIG, from linux/prctl.h
        ctypes.CDLL(None).prctl(death_signal, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


__all__ = ["Progress", "run_all"]
