"""Kill runs of `calque normalize` at random moments and compare every byte with a run that nobody disturbed.

    python benchmarks/batch_kills.py WORK --kills 1000        SIGKILL at random moments, one shard damaged throughout
    python benchmarks/batch_kills.py WORK --full-disk DISK    into a small file system that fills up, then grows

WORK is a folder for data, emptied first. DISK is a mount point of little room, for instance made with
``mount -t tmpfs -o size=256k tmpfs DISK``; the script grows it with ``mount -o remount``, so it wants root.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SENTENCES = (
    "Chinese Foreign Minister Vuong Nghi flew to Madrid on Monday.",
    "The ministers spoke about rare earths for two hours.",
    "Russian President Vladimir Putin did not take part.",
    "Le ministre est arrivé à Pékin pour la visite.",
)
DAMAGED = "damaged.parquet"


def make_corpus(folder: Path, shards: int, rows: int) -> None:
    """Small shards of three formats, and one that is cut off in the middle."""
    draw = random.Random(1)
    for number in range(shards):
        texts = [" ".join(draw.choices(SENTENCES, k=6)) if draw.random() > 0.05 else None for _ in range(rows)]
        place = folder / f"part{number % 3}" / f"{number:03}"
        place.parent.mkdir(parents=True, exist_ok=True)
        if number % 3 == 0:
            pq.write_table(pa.table({"id": range(rows), "text": texts}), f"{place}.parquet", compression="zstd")
            continue
        lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)).encode()
        Path(f"{place}.jsonl.gz").write_bytes(gzip.compress(lines)) if number % 3 == 1 else Path(
            f"{place}.jsonl"
        ).write_bytes(lines)
    whole = (folder / "part0" / "000.parquet").read_bytes()
    (folder / DAMAGED).write_bytes(whole[: len(whole) // 2])


def start(source: Path, out: Path, processes: int) -> subprocess.Popen[bytes]:
    """A run in its own group of processes."""
    code = "from normalize.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", code, "normalize", str(source), str(out), f"--processes={processes}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def rows_under(out: Path) -> dict[str, bytes]:
    """Every file under its final name that holds rows."""
    files = (p for p in sorted(out.rglob("*")) if p.is_file() and not p.name.startswith("."))
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in files
        if "manifest" not in p.name and "dead" not in p.name
    }


def finish(source: Path, out: Path, wanted: dict[str, bytes], expected: int = 3) -> None:
    """Let a run end; the damaged shard is told (exit 3), all else is there to the byte, and nothing else."""
    run = start(source, out, 2)
    _, err = run.communicate()
    assert run.returncode == expected, (run.returncode, err.decode())
    assert rows_under(out) == wanted, "the output differs from the undisturbed run"
    left = list(out.rglob(".*"))
    assert not left, f"left behind: {left}"
    rows = [json.loads(p.read_bytes())["rows"] for p in sorted(out.rglob("*.manifest.json")) if is_of_shard(p)]
    assert all(one["in"] == one["out"] for one in rows)


def is_of_shard(path: Path) -> bool:
    """Whether a manifest belongs to a shard."""
    return path.name not in ("run.manifest.json", "summary.manifest.json")


def kill_trial(work: Path, kills: int, seed: int) -> None:
    """Run, kill, look; whenever a corpus is done, compare it and begin again."""
    source, wanted, seconds = _undisturbed(work)
    draw = random.Random(seed)
    out, done, finished, seen, began = work / "out", 0, 0, 0, time.monotonic()
    while done < kills:
        shutil.rmtree(out, ignore_errors=True)
        for _ in range(draw.randint(10, 40)):
            run = start(source, out, draw.choice((1, 2)))
            time.sleep(draw.uniform(0.2, seconds))
            if run.poll() is not None:
                continue
            if draw.random() < 0.5:
                os.killpg(run.pid, signal.SIGKILL)  # as when the machine is taken away
            else:
                run.kill()  # as when one process is: its workers must not go on writing
            run.communicate()
            done += 1
            stood = rows_under(out) if out.exists() else {}
            seen += len(stood)
            wrong = [name for name, data in stood.items() if wanted.get(name) != data]
            assert not wrong, f"after kill {done}: {wrong}"
        finish(source, out, wanted)
        finished += 1
        if finished % 4 == 0:
            print(f"{done} kills, {finished} corpora finished, {time.monotonic() - began:.0f} s", flush=True)
    print(
        f"{done} kills in {time.monotonic() - began:.0f} s: {finished} corpora of {len(wanted)} shards finished, each "
        f"byte-identical to the undisturbed run; {seen} finished shards looked at right after a kill, all whole; "
        "0 rows lost or doubled; the damaged shard told every time"
    )


def full_disk(work: Path, disk: Path) -> None:
    """A run into a disk that is too small tells so and leaves whole shards; with more room it goes on."""
    source, wanted, _ = _undisturbed(work)
    out, size, ends = disk / "out", 64, 0
    while True:
        subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)
        run = start(source, out, 2)
        _, err = run.communicate()
        assert b"Traceback" not in err, err.decode()
        assert run.returncode in (2, 3), run.returncode
        stood = rows_under(out) if out.exists() else {}
        assert all(wanted.get(name) == data for name, data in stood.items()), "a shard is not whole"
        print(f"{size:5} KiB: exit {run.returncode}, {len(stood)} of {len(wanted)} shards, all whole", flush=True)
        if b"no space left" not in err.lower():
            break
        ends, size = ends + 1, size * 3 // 2
    finish(source, out, wanted)
    print(f"{ends} runs met a full disk; the last is byte-identical to the undisturbed run")


def _undisturbed(work: Path) -> tuple[Path, dict[str, bytes], float]:
    shutil.rmtree(work, ignore_errors=True)
    source, out = work / "in", work / "undisturbed"
    make_corpus(source, 36, 60)
    start(source, out, 2).communicate()  # the tables are compiled here if need be
    shutil.rmtree(out, ignore_errors=True)
    began = time.monotonic()
    start(source, out, 1).communicate()
    # Long enough to be killed in the work, short enough that most of a thousand kills are.
    return source, rows_under(out), min(2.0, time.monotonic() - began)


def main() -> None:
    """Read the arguments and run the trial."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--full-disk", type=Path, metavar="DISK")
    options = parser.parse_args()
    if options.full_disk:
        full_disk(options.work, options.full_disk)
    else:
        kill_trial(options.work, options.kills, options.seed)


if __name__ == "__main__":
    main()
