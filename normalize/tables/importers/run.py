"""One import from end to end: choose a reader, stream, filter, write beside the goal, take its place at the end.

What was written so far stands in ``OUT.part`` and where to go on in ``OUT.part.json``, so that an import that was
stopped goes on when the same command is given again; ``OUT`` itself appears only when all is there.
"""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from normalize.errors import InputError, OutputError, UsageError, nearest
from normalize.tables.importers import cldr, ftm, geonames, popolo, variants, wikidata
from normalize.tables.importers.imported import COLUMNS, KINDS, Choice, Imported, LineFaultError
from normalize.tables.importers.stream import read_lines

FORMATS = {
    "wikidata": "a Wikidata JSON dump, or answers of wbgetentities or the REST interface, a line each",
    "ftm": "OpenSanctions entities as JSON lines (FollowTheMoney)",
    "statements": "OpenSanctions statements as CSV, which know languages",
    "geonames": "GeoNames' main table; --names alternateNamesV2.txt adds the languages",
    "paranames": "ParaNames TSV",
    "jrc-names": "JRC-Names; --columns says which column is what (default: id,kind,language,form)",
    "cldr": "a folder of CLDR's XML, or one file",
    "popolo": "EveryPolitician's Popolo JSON",
    "variants": "calque's own: entity_id canonical_en variant lang script source",
}
KEPT_EVERY = 20_000
"""Lines between two points from which a stopped import can go on: about a second of Wikidata."""
NAMED = 5
"""Broken lines that are named; the rest is counted."""


@dataclass
class Count:
    """What an import has seen and done; it is kept in OUT.part.json."""

    lines: int = 0
    byte: int = 0
    written: int = 0
    taken: int = 0
    passed: int = 0
    broken: int = 0
    faults: list[tuple[int, str]] = field(default_factory=list)

    def fault(self, number: int, why: str) -> None:
        """Note a broken line."""
        self.broken += 1
        if len(self.faults) < NAMED:
            self.faults.append((number, why))


@dataclass(frozen=True)
class Job:
    """What is asked for."""

    format: str
    source: Path
    out: Path
    choice: Choice = field(default_factory=Choice)
    columns: tuple[str, ...] = variants.JRC
    names: Path | None = None

    @property
    def part(self) -> Path:
        """The unfinished result."""
        return self.out.with_name(self.out.name + ".part")

    @property
    def state(self) -> Path:
        """Where to go on."""
        return self.out.with_name(self.out.name + ".part.json")

    def identity(self) -> dict[str, Any]:
        """What must be the same for an import to go on where it was stopped."""
        stat = self.source.stat()
        choice = {
            name: sorted(v) if isinstance(v, frozenset) else v for name, v in dataclasses.asdict(self.choice).items()
        }
        return {
            "format": self.format,
            "source": [str(self.source.resolve()), stat.st_size, stat.st_mtime_ns],
            "choice": choice,
            "columns": list(self.columns),
        }


Reader = Callable[[str], Iterator[Imported]]


def reader_of(job: Job) -> tuple[Reader, Callable[[], Iterator[Imported]]]:
    """The function that reads a line of the job's format, and the one that gives what is left at the end."""
    match job.format:
        case "wikidata":
            return wikidata.read, lambda: iter(())
        case "ftm":
            return ftm.read, lambda: iter(())
        case "geonames":
            return geonames.read, lambda: iter(())
        case "statements":
            statements = ftm.Statements()
            return statements.read, statements.finish
        case "paranames" | "jrc-names" | "variants":
            columns = {"paranames": variants.PARANAMES, "variants": variants.OWN}.get(job.format, job.columns)
            rows = variants.Variants(columns, plus=job.format == "jrc-names")
            return rows.read, rows.finish
        case _:
            raise UsageError(f'no format "{job.format}"{nearest(job.format, FORMATS)}; known: {", ".join(FORMATS)}')


def run(job: Job, progress: IO[str] | None = None) -> Count:
    """Import; UsageError, InputError and OutputError say what is wrong, and leave ``job.out`` as it was."""
    check(job)
    try:
        count = _fill_part(job, progress)
        if count.broken and not count.taken + count.passed:
            job.part.unlink()
            job.state.unlink(missing_ok=True)
            number, why = count.faults[0]
            raise InputError(f"{job.source}: line {number}: {why}; no line of it is {job.format}, nothing was written")
        if job.names:
            _add_names(job, count)
        if job.out.suffix == ".toml":
            _as_toml(job)
        os.replace(job.part, job.out)
        job.state.unlink(missing_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise OutputError(
            f"{job.out}: not written ({why}); make room and give the same command again to go on"
        ) from None
    return count


def check(job: Job) -> None:
    """Refuse what cannot work before anything is read."""
    if job.format not in FORMATS:
        raise UsageError(f'no format "{job.format}"{nearest(job.format, FORMATS)}; known: {", ".join(FORMATS)}')
    if job.out.suffix not in (".tsv", ".toml"):
        raise UsageError(f"{job.out}: the name must end in .tsv or .toml")
    for path in filter(None, (job.source, job.names)):
        if not path.exists():
            raise InputError(f"{path}: there is no such file; check the path")
    if job.out.exists() and job.out.samefile(job.source):
        raise UsageError(f"{job.out}: the table would take the place of the file it is made of; give another name")
    if wrong := next((kind for kind in sorted(job.choice.kinds) if kind not in KINDS), ""):
        raise UsageError(f'--kind: "{wrong}" is no kind{nearest(wrong, KINDS)}; known: {", ".join(KINDS)}')
    if "id" not in job.columns or "form" not in job.columns:
        raise UsageError('--columns: "id" and "form" must be among them')
    if not job.out.parent.is_dir():
        raise UsageError(f"{job.out}: there is no folder {job.out.parent}; make it first")


def _fill_part(job: Job, progress: IO[str] | None) -> Count:
    """Stream the source into the part file."""
    if job.format in ("cldr", "popolo"):
        whole = {"cldr": cldr.read_folder, "popolo": popolo.read_file}[job.format]
        count = Count()
        try:
            with job.part.open("w", encoding="utf-8", newline="\n") as out:
                out.write("\t".join(COLUMNS) + "\n")
                for thing in whole(job.source):
                    _take(thing, job, out, count)
        except InputError:
            job.part.unlink()
            raise
        return count
    count = _resumed(job)
    read, finish = reader_of(job)
    gathers = job.format in ("statements", "paranames", "jrc-names", "variants")
    if count.lines and job.format == "statements":
        list(read(next(read_lines(job.source)).text))
    shown = time.monotonic()
    with job.part.open("r+" if count.lines else "w", encoding="utf-8", newline="\n") as out:
        if count.lines:
            out.seek(count.written)
            out.truncate()
        else:
            out.write("\t".join(COLUMNS) + "\n")
        kept = count.lines
        for line in read_lines(job.source, count.byte, count.lines):
            before, settled = (count.lines, count.byte), False
            try:
                if line.fault:
                    raise LineFaultError(line.fault)
                for thing in read(line.text):
                    _take(thing, job, out, count)
                    settled = True
            except LineFaultError as fault:
                count.fault(line.number, str(fault))
            count.lines, count.byte = line.number, line.end
            if line.number - kept >= KEPT_EVERY and (settled or not gathers):
                kept = line.number
                _keep_place(job, out, count, before if gathers else (count.lines, count.byte))
                if progress and time.monotonic() - shown > 0.5:
                    shown = time.monotonic()
                    _show(progress, job, count)
        for thing in finish():
            _take(thing, job, out, count)
    if progress:
        print("\r\x1b[K", end="", file=progress)
    return count


def _take(thing: Imported, job: Job, out: IO[str], count: Count) -> None:
    if job.choice.takes(thing):
        out.write(job.choice.trim(thing).row(f"{job.format} {job.source.name}"))
        count.taken += 1
    else:
        count.passed += 1


def _keep_place(job: Job, out: IO[str], count: Count, place: tuple[int, int]) -> None:
    """Write where to go on; first what was found so far, then the place, so that nothing can be missing."""
    out.flush()
    here = dataclasses.replace(count, lines=place[0], byte=place[1], written=out.tell())
    temporary = job.state.with_name(job.state.name + ".tmp")
    temporary.write_text(json.dumps({**job.identity(), "count": dataclasses.asdict(here)}), encoding="utf-8")
    os.replace(temporary, job.state)


def _resumed(job: Job) -> Count:
    """The count of an import of the same job that was stopped, or a fresh one."""
    try:
        raw = json.loads(job.state.read_text(encoding="utf-8"))
        count = Count(**raw.pop("count"))
        if raw == job.identity() and job.part.stat().st_size >= count.written:
            count.faults = [(int(number), str(why)) for number, why in count.faults]
            return count
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    return Count()


def _add_names(job: Job, count: Count) -> None:
    """A second pass: the names of alternateNamesV2 for the places that were taken."""
    assert job.names is not None
    chosen: dict[str, dict[str, str]] = {}
    with job.part.open(encoding="utf-8", newline="\n") as part:
        for row in list_rows(part):
            chosen[row[0]] = {}
    found: list[tuple[int, str]] = []
    geonames.gather_names(job.names, chosen, found)
    for number, why in found:
        count.fault(number, f"{job.names.name}: {why}")
    whole = job.part.with_name(job.part.name + ".names")
    wanted = job.choice.languages
    with job.part.open(encoding="utf-8", newline="\n") as part, whole.open("w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(COLUMNS) + "\n")
        for row in list_rows(part):
            thing = Imported(row[0], row[1], kind=row[4], country=row[5], weak=row[7].split(";"))
            thing.names = {n: f for n, f in chosen[row[0]].items() if f != row[1] and (not wanted or n in wanted)}
            thing.names.pop("en", None)
            out.write(thing.row(row[10]))
    os.replace(whole, job.part)


def list_rows(file: IO[str]) -> Iterator[list[str]]:
    """The cells of each row of a user table that an import wrote."""
    file.readline()
    for line in file:
        yield line.rstrip("\n").split("\t")


def _as_toml(job: Job) -> None:
    """Rewrite the part file as TOML entries."""
    from normalize.tables.format import entry_lines
    from normalize.tables.user import entity_of_cells

    whole = job.part.with_name(job.part.name + ".toml")
    with job.part.open(encoding="utf-8", newline="\n") as part, whole.open("w", encoding="utf-8", newline="\n") as out:
        for number, row in enumerate(list_rows(part), 2):
            entity = entity_of_cells(dict(zip(COLUMNS, row, strict=True)), f"{job.part}:{number}")
            out.write("\n".join(entry_lines(entity)) + "\n\n")
    os.replace(whole, job.part)


def _show(progress: IO[str], job: Job, count: Count) -> None:
    """One line that is drawn over and over: how far, how many."""
    size = max(1, job.source.stat().st_size)
    share = (
        f"{100 * min(1.0, count.byte / size):3.0f} % "
        if job.source.suffix in (".json", ".tsv", ".txt", ".csv", ".ijson")
        else ""
    )
    print(
        f"\rcalque: {share}{count.lines:,} lines, {count.taken:,} taken, {count.broken:,} broken\x1b[K",
        end="",
        file=progress,
    )
    progress.flush()


def summary(job: Job, count: Count) -> Sequence[str]:
    """What is said at the end: each of the first broken lines, then the counts."""
    lines = [f"{job.source}: line {number}: {why}" for number, why in count.faults]
    if count.broken > len(count.faults):
        lines.append(f"{job.source}: {count.broken - len(count.faults)} more broken lines")
    lines.append(f"{job.out}: {count.taken} taken, {count.passed} passed over, {count.broken} broken lines left out")
    return lines


__all__ = ["FORMATS", "Choice", "Count", "Job", "check", "list_rows", "run", "summary"]
