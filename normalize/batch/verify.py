"""Proof that nothing was lost: every shard's rows counted anew, every file's hash compared with its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.batch.atomic import SUFFIX, sha256
from normalize.batch.formats import count_rows, is_shard
from normalize.batch.job import Job
from normalize.batch.manifest import OF_RUN, Places, differences, read_manifest
from normalize.batch.runner import MANIFEST
from normalize.batch.shards import BOOKKEEPING
from normalize.errors import CalqueError, UsageError


def verify(out: Path) -> tuple[list[str], dict[str, int]]:
    """What is wrong with the folder ``out``, and how many shards and rows were proved right."""
    run = read_manifest(out / MANIFEST, OF_RUN)
    if not run:
        raise UsageError(f"{out}: no {MANIFEST} here; name the output folder of a run")
    faults = [] if run["finished"] else [f"{out}: the run has not ended; run it again to go on"]
    faults += [f"not written: {why}" for why in (*run["failed"].values(), *run["unread"])]
    counts = {"shards": 0, "in": 0, "out": 0, "dead": 0}
    for place, source in sorted(run["shards"].items()):
        if place in run["failed"]:
            continue
        wrong = list(_shard(Places(out, place), Path(source), counts, run))
        faults += wrong
    faults += [f"{path}: {why}" for path, why in _strangers(out, run)]
    return faults, counts


def _shard(places: Places, source: Path, counts: dict[str, int], run: dict[str, Any]) -> Iterator[str]:
    manifest = read_manifest(places.manifest)
    if not manifest:
        yield f"{places.manifest}: missing, so {places.place} was not finished; run it again"
        return
    if manifest["made_by"] != run["made_by"]:
        yield f"{places.rows}: was made with other tables, code or options than the run; run it again"
    yield from differences(manifest, places)
    rows = manifest["rows"]
    try:
        found = count_rows(places.rows, places.rows.name, Job(document=manifest["document"]))
    except (OSError, CalqueError, EOFError, ValueError) as error:
        yield f"{places.rows}: cannot be read ({error})"
        return
    if not found == rows["in"] == rows["out"]:
        yield f"{places.rows}: {found:,} rows stand here; {rows['in']:,} went in, {rows['out']:,} came out"
    dead = _dead(places)
    if dead != rows["dead"]:
        yield f"{places.dead}: {dead:,} dead rows stand here, the manifest has {rows['dead']:,}"
    if source.exists() and sha256(source) != (manifest["input"]["sha256"], manifest["input"]["size"]):
        yield f"{source}: has changed since {places.place} was made from it; run it again"
    counts["shards"] += 1
    for kind in ("in", "out", "dead"):
        counts[kind] += rows[kind]


def _dead(places: Places) -> int:
    import json

    if not places.dead.exists():
        return 0
    with places.dead.open(encoding="utf-8", errors="surrogatepass") as file:
        return len({json.loads(line)["row"] for line in file})


def _strangers(out: Path, run: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Files that no shard of the run accounts for."""
    for path in sorted(out.rglob("*")):
        place = path.relative_to(out).as_posix()
        if path.name.endswith(SUFFIX):
            yield path, "an unfinished file; run again, which removes it"
        ours = place in run["shards"] or place.endswith(BOOKKEEPING)
        if path.is_file() and is_shard(path.name) and not ours:
            yield path, "comes from no input of the run; delete it, or keep it elsewhere"
