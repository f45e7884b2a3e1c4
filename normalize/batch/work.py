"""One shard: made whole, with its manifest, or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalize.batch.arrow import Dead
from normalize.batch.atomic import Whole, sha256, sync_folder, write_json
from normalize.batch.formats import Step, count_rows, pass_through
from normalize.batch.job import Job
from normalize.batch.manifest import FORMAT, Places, made_by, read_manifest, why_again
from normalize.batch.shards import Shard
from normalize.batch.tally import Tally
from normalize.errors import CalqueError, InputError
from normalize.record import Record


class StoppedError(Exception):
    """The run was asked to end; the shard is left as if it had not been begun."""


class Task(Record):
    """A shard and what is to be done with it; without ``out`` it is only read."""

    shard: Shard
    job: Job
    out: Path | None = None
    batch_size: int = 128
    resume: bool = True


@dataclass(slots=True)
class Outcome:
    """How a shard ended: ``kept``, ``written``, ``failed`` or ``stopped``; why; and its manifest."""

    place: str
    state: str
    why: str = ""
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        """What was counted in the shard."""
        return Tally.read(self.manifest["tally"]) if self.manifest else Tally()


def work(task: Task, report: Callable[[Step], None]) -> Outcome:
    """Do a task and say how it ended; ``report`` hears of every batch and may raise StoppedError."""
    place = task.shard.place
    try:
        return _read(task, report) if task.out is None else _make(task, task.out, report)
    except StoppedError:
        return Outcome(place, "stopped")
    except CalqueError as error:
        return Outcome(place, "failed", f"{task.shard.source}: {error}")
    except OSError as error:
        where = error.filename or task.shard.source
        return Outcome(place, "failed", f"{where}: {_reason(error)}; mend that and run again")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        why = f"{task.shard.source}: {type(error).__name__}: {error}; this is a fault of calque's, report it"
        return Outcome(place, "failed", why)
    except MemoryError:
        return Outcome(place, "failed", f"{task.shard.source}: too little memory; use fewer processes")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _read(task: Task, report: Callable[[Step], None]) -> Outcome:
    """Only count."""
    tally = Tally()
    rows = dead = 0
    for step in pass_through(task.shard.source, None, task.job, task.batch_size):
        tally.add(step.tally)
        rows += step.rows
        dead += len({d.row for d in step.dead})
        report(step)
    counts = {"in": rows, "out": 0, "dead": dead}
    return Outcome(task.shard.place, "read", "", {"rows": counts, "tally": tally.plain()})


def _make(task: Task, out: Path, report: Callable[[Step], None]) -> Outcome:
    places, source = Places(out, task.shard.place), task.shard.source
    if places.rows.exists() and places.rows.samefile(source):
        raise InputError("is its own output; name another folder for the output")
    before = source.stat()
    digest, size = sha256(source)
    read, made = {"path": task.shard.place, "size": size, "sha256": digest}, made_by(task.job)
    old = read_manifest(places.manifest)
    why = why_again(old, read, made, places) if task.resume else "asked for"
    if not why:
        return Outcome(task.shard.place, "kept", "", old)
    manifest: dict[str, Any] = {"format": FORMAT, "input": read, "made_by": made, "document": task.job.document}
    with contextlib.ExitStack() as stack:
        rows = stack.enter_context(Whole(places.rows))
        sides = _Sides(places, stack)
        tally, counts = Tally(), {"in": 0, "out": 0, "dead": 0}
        for step in pass_through(source, rows.file, task.job, task.batch_size):
            tally.add(step.tally)
            counts["in"] += step.rows
            counts["dead"] += len({d.row for d in step.dead})
            sides.write("dead", [_plain(d) for d in step.dead])
            sides.write("findings", step.findings)
            report(step)
        after = source.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise InputError("changed while it was read; run again")
        rows.sync()
        counts["out"] = count_rows(rows.temporary, places.rows.name, task.job)
        if counts["out"] != counts["in"]:
            raise InputError(f"{counts['in']} rows were read and {counts['out']} written; report this as a fault")
        if "findings" in task.job.modes:
            sides.open("findings")
        wholes = {"rows": rows, **sides.wholes}
        for whole in wholes.values():
            whole.sync()
        # The manifest goes first and comes last: a shard that is killed in between is made again.
        places.manifest.unlink(missing_ok=True)
        sync_folder(places.manifest.parent)
        for name in ("dead", "findings", "rows"):
            if name in wholes:
                wholes[name].keep()
            else:
                getattr(places, name).unlink(missing_ok=True)
    manifest["rows"] = counts
    manifest["files"] = {
        name: dict(zip(("sha256", "size"), sha256(getattr(places, name)), strict=True)) for name in sorted(wholes)
    }
    manifest["tally"] = tally.plain()
    write_json(places.manifest, manifest)
    return Outcome(task.shard.place, "written", why, manifest)


def _plain(dead: Dead) -> dict[str, Any]:
    return dataclasses.asdict(dead)


class _Sides:
    """The files beside a shard's rows, opened when there is something to write."""

    def __init__(self, places: Places, stack: contextlib.ExitStack) -> None:
        self._places, self._stack = places, stack
        self.wholes: dict[str, Whole] = {}

    def open(self, name: str) -> Whole:
        if name not in self.wholes:
            self.wholes[name] = self._stack.enter_context(Whole(getattr(self._places, name)))
        return self.wholes[name]

    def write(self, name: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            self.open(name).file.write("".join(lines).encode("utf-8", "surrogatepass"))
