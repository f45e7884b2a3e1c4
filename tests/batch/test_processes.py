"""A process that dies under a shard costs that shard at most."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from normalize.batch import processes
from normalize.batch.job import Job
from normalize.batch.processes import run_all
from normalize.batch.shards import Shard
from normalize.batch.work import Outcome, Task

pytestmark = pytest.mark.usefixtures("pack")


def test_a_shard_whose_process_dies_is_tried_again_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.jsonl").write_text('{"text": "x"}\n' * 3, "utf-8")
    tasks = [Task(Shard(f"{n}.jsonl", tmp_path / f"{n}.jsonl"), Job(), tmp_path / "out") for n in ("a", "b", "c")]
    killed = []
    real = processes._tell

    def kill_on_b(worker: processes._Worker, message: Task | None) -> None:
        if message and message.shard.place == "b.jsonl":
            killed.append(worker.process.pid)
            os.kill(worker.process.pid or 0, 9)
            worker.process.join()
        real(worker, message)

    monkeypatch.setattr(processes, "_tell", kill_on_b)
    outcomes = {o.place: o for o in run_all(tasks, 2, lambda: False) if isinstance(o, Outcome)}
    assert {place: o.state for place, o in outcomes.items()} == {
        "a.jsonl": "written",
        "b.jsonl": "failed",
        "c.jsonl": "written",
    }
    assert len(killed) == processes.TRIES
    assert "its process died 2 times (exit -9)" in outcomes["b.jsonl"].why
