"""One string of a corpus: checked by the same flow as a file of `calque lint`, and fixed by the same plan."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize import fixes
from normalize.batch.job import Job
from normalize.batch.tally import Tally, count
from normalize.check import Checker
from normalize.errors import InputError, UsageError, nearest
from normalize.index.cache import shipped
from normalize.index.joined import REPLACED, Joined
from normalize.index.pack import Pack
from normalize.model import Checked, Finding, Resolution, Span
from normalize.record import Record
from normalize.rules.view import UNTOUCHED
from normalize.tables.styles import read_house
from normalize.text.reading import from_text

NAMES = "NAM"
"""The codes of rules that judge names: only their fixes are made in a corpus."""
LARGEST = 8 * 1024 * 1024
"""Code points of one document at most. A longer one is no article, and would hold up its shard for hours."""


class Row(Record):
    """A string after the checks: its new text, what is named in it (offsets in the old text), what was found."""

    text: str
    mentions: tuple[dict[str, Any], ...] = ()
    findings: tuple[dict[str, Any], ...] = ()


def read_row(text: str, job: Job, tally: Tally, language: str = "") -> Row:
    """Check one string and count what was found; InputError where it cannot be checked."""
    if len(text) > LARGEST:
        raise InputError(f"a text of {len(text):,} characters; at most {LARGEST:,} are checked: split it")
    checked = checker_of(job).check(from_text(text, job.name, language))
    known = [m for m in checked.resolutions if _is_wanted(m, job)]
    tally.see(checked, known)
    everyone = checker_of(job).mentions(checked) if "annotate" in job.modes else []
    mentions = [m for m in everyone if _is_wanted(m, job)]
    done = _choose(checked, job, tally) if "rewrite" in job.modes else []
    for finding in done:
        count(tally.rewrites, finding.entity, finding.text)
    tally.edits += len(done)
    new = fixes.apply(text, [finding.edit for finding in done if finding.edit])
    at = {finding.span: finding for finding in done}
    return Row(
        new,
        tuple(_mention(m, at) for m in mentions),
        tuple(_finding(f, f in done) for f in checked.findings) if "findings" in job.modes else (),
    )


def _choose(checked: Checked, job: Job, tally: Tally) -> list[Finding]:
    """The findings on names whose fix is made; those left are counted by the reason."""
    wanted = []
    for finding in checked.findings:
        if not finding.code.startswith(NAMES) or not finding.edit or finding.replacements[0] == finding.text:
            continue
        reason = next(_reasons_to_leave(finding, checked, job), "")
        if reason:
            tally.left[reason] += 1
        else:
            wanted.append(finding)
    planned = {edit.span for edit in fixes.plan(wanted, fixes.SUGGESTED)}
    tally.left.update("overlap" for finding in wanted if finding.span not in planned)
    return [finding for finding in wanted if finding.span in planned]


def _reasons_to_leave(finding: Finding, checked: Checked, job: Job) -> Iterator[str]:
    """Why a fix is not made, the choice of kinds first."""
    if job.only and finding.entity.partition("/")[0] not in job.only:
        yield "other kind"
    if finding.confidence < job.min_confidence:
        yield "confidence"
    if finding.safety == "safe":
        return
    quoted = checked.document.kind_at(finding.span) in UNTOUCHED
    if quoted and not job.quotations:
        yield "quotation"
    # In a quotation a safe fix is called suggested; its severity still says that it was sure and in context.
    if finding.safety == "show" or not (job.suggested or (quoted and _is_sure_of(finding, job))):
        yield "suggested only"


def _is_sure_of(finding: Finding, job: Job) -> bool:
    return finding.severity == "error" and not pack_of(job.index).entity(finding.entity).unverified


def _is_wanted(mention: Resolution, job: Job) -> bool:
    return (not job.only or mention.kind in job.only) and mention.confidence >= job.min_confidence


def _mention(mention: Resolution, done: dict[Span, Finding]) -> dict[str, Any]:
    best = mention.best if mention.candidates else None
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "kind": mention.kind,
        "entity": mention.entity,
        "canonical": best.name if best else "",
        "confidence": round(mention.confidence, 3),
        "verdict": mention.verdict,
        "route": (best.form.route or best.form.role) if best else "",
        "evidence": [{"kind": e.kind, "detail": e.detail} for e in mention.evidence],
        "replacement": done[mention.span].replacements[0] if mention.span in done else None,
    }


def _finding(finding: Finding, is_done: bool) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "start": finding.span.start,
        "end": finding.span.end,
        "text": finding.text,
        "message": finding.message,
        "replacements": list(finding.replacements),
        "safety": finding.safety,
        "entity": finding.entity,
        "done": is_done,
    }


def checker_of(job: Job) -> Checker:
    """The checker of a job. Where no findings are wanted, only the rules on names run: the others change no name."""
    return _checker(job.index, job.style, job.house, job.language, job.ignore, "findings" not in job.modes)


@functools.lru_cache(maxsize=4)
def _checker(index: str, style: str, house: str, language: str, ignore: tuple[str, ...], only_names: bool) -> Checker:
    pack = pack_of(index)
    if not pack.has(f"style/{style}"):
        known = [name.partition("/")[2] for name in pack.names("style/")]
        raise UsageError(f'no house style "{style}"{nearest(style, known) or "; known: " + ", ".join(known)}')
    others = tuple(c for c in pack.record("rules") if not c.startswith(NAMES)) if only_names else ()
    prints = read_house(json.loads(house), pack.has, pack.names, pack.record("languages")) if house else {}
    return Checker(pack, style, language, (*ignore, *others), prints=prints)


@functools.lru_cache(maxsize=4)
def pack_of(index: str) -> Pack:
    """The index at a path, mapped once in a process, with the shipped one if it is that of a user's tables; the shipped
    one where the path is empty.
    """
    if not index:
        return shipped()
    try:
        pack = Pack.open(Path(index))
        return Joined(pack, shipped()) if pack.has(REPLACED) else pack
    except OSError as error:
        raise UsageError(f"{index}: the index cannot be opened ({error.strerror}); name a compiled index") from None
