"""What a run found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.batch.atomic import Whole, write_json
from normalize.batch.page import page
from normalize.batch.rows import pack_of
from normalize.batch.runner import Result
from normalize.batch.tally import Tally, commonest, ranked

TOP = 10
"""Entries of each list in the text; the JSON has all."""


def as_json(result: Result, index: str) -> dict[str, Any]:
    """Everything that was counted, entities with their names."""
    tally = result.tally
    entities = sorted({*tally.variants, *tally.rewrites})
    return {
        "shards": {state: result.count(state) for state in ("written", "kept", "read", "failed", "stopped")},
        "rows": {kind: result.rows(kind) for kind in ("in", "out", "dead")},
        "names": {entity: name_of(entity, index) for entity in entities},
        **tally.plain(),
        "errors": result.errors,
        "finished": not result.stopped,
    }


def write(result: Result, out: Path, index: str) -> list[str]:
    """Put the summary into OUT as JSON and as a page; what could not be written, in sentences."""
    summary = as_json(result, index)
    try:
        write_json(out / "summary.manifest.json", summary)
        with Whole(out / "summary.manifest.html") as whole:
            whole.file.write(page(summary, "Normalised").encode())
            whole.keep()
    except OSError as error:
        return [f"{out}: the summary was not written: {(error.strerror or str(error)).lower()}"]
    return []


def lines(result: Result, index: str) -> Iterator[str]:
    """The summary for a terminal."""
    tally = result.tally
    yield f"{_shards(result)}: {result.rows('in'):,} rows in, {result.rows('out'):,} out, {result.rows('dead'):,} dead"
    for why, places in _again(result).items():
        shown = ", ".join([*places[:3], *(["…"] if len(places) > 3 else [])])
        yield f"  made again because the {why}: {len(places)} ({shown})"
    yield f"{tally.documents:,} documents, {tally.mentions:,} mentions, {tally.edits:,} rewritten"
    if tally.left:
        yield "left as they stand: " + ", ".join(f"{n:,} {reason}" for reason, n in commonest(tally.left))
    if tally.findings:
        yield "findings: " + ", ".join(f"{code} {n:,}" for code, n in sorted(tally.findings.items()))
    yield from _top(tally, index)


def _shards(result: Result) -> str:
    states = [
        f"{n:,} {state}" for state in ("written", "kept", "read", "failed", "stopped") if (n := result.count(state))
    ]
    missing = result.shards - len(result.outcomes)
    return (
        f"{result.shards:,} shards ({', '.join([*states, *([f'{missing:,} not begun'] if missing else [])]) or 'none'})"
    )


def _again(result: Result) -> dict[str, list[str]]:
    again: dict[str, list[str]] = {}
    for outcome in result.outcomes:
        if outcome.state == "written" and outcome.why.endswith("changed"):
            again.setdefault(outcome.why, []).append(outcome.place)
    return dict(sorted(again.items()))


def _top(tally: Tally, index: str) -> Iterator[str]:
    if tally.rewrites:
        yield "rewritten most:"
        for entity, texts in ranked(tally.rewrites, TOP):
            yield f"  {name_of(entity, index)}: {', '.join(f'{t} ({n:,})' for t, n in commonest(texts, 5))}"
    if tally.mixed:
        yield "under several forms in one text:"
        for entity, n in commonest(tally.mixed, TOP):
            forms = ", ".join(text for text, _ in commonest(tally.variants.get(entity, tally.mixed), 4))
            yield f"  {name_of(entity, index)}: {n:,} texts ({forms})"
    if tally.unresolved:
        yield "readings that no table settles:"
        for _, messages in ranked(tally.unresolved, TOP):
            yield f"  {messages.total():,} x {commonest(messages, 1)[0][0]}"


def name_of(entity: str, index: str) -> str:
    """An entity's name; its id where the index has no such entity any more."""
    pack = pack_of(index)
    return pack.entity(entity).name if pack.has(entity) else entity
