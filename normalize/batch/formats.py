"""A shard from its first row to its last: read, passed through the core in batches, written in the same format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from normalize.batch.arrow import Dead, Normaliser, Passed
from normalize.batch.job import Job, mentions_column
from normalize.batch.lines import JsonLines, Lines, Record, Shape, Table, read_record
from normalize.batch.streams import compress_into, decompress, stem
from normalize.batch.tally import Tally
from normalize.errors import InputError

TABLES = {".csv": ",", ".tsv": "\t"}
PARQUET = (".parquet", ".pq")
TEXTS = (".txt", ".md", ".markdown")
ROWS = (*PARQUET, ".jsonl", ".ndjson", *TABLES)
"""Endings of files that hold rows; behind all but Parquet's may stand the ending of a compression."""

UNIT_ROWS, UNIT_BYTES = 1024, 4 << 20
"""How much is read and written at once. Fixed, so that what is written does not depend on ``--batch-size``."""
GROUP_ROWS, GROUP_BYTES = 8192, 64 << 20
"""Rows of a row group that is written, and the bytes of text it may be guessed to hold."""


@dataclass(slots=True)
class Step:
    """What one batch brought: rows, the dead among them, findings, counts, and how much of the file is behind us."""

    rows: int = 0
    dead: list[Dead] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    share: float = 0.0


def is_shard(name: str) -> bool:
    """Whether a file of this name, found in a folder, is read.

    >>> is_shard("a.jsonl.zst"), is_shard("a.parquet"), is_shard("a.pdf")
    (True, True, False)
    """
    return Path(stem(name)).suffix.lower() in (*ROWS, *TEXTS)


def pass_through(source: Path, sink: BinaryIO | None, job: Job, batch_size: int) -> Iterator[Step]:
    """Normalise the file ``source`` into ``sink``, or only read it if there is none, a step for each batch.

    InputError where the file cannot be read to its end; what was written by then is worth nothing.
    """
    kind = Path(stem(source.name)).suffix.lower()
    try:
        if kind in PARQUET:
            yield from _parquet(source, sink, job, batch_size)
        else:
            if kind not in ROWS:
                job = replace(job, name=stem(source.name))
            with source.open("rb") as file:
                yield from _lines(file, source.name, sink, job, _shape(kind, job), batch_size)
    except EOFError:
        raise InputError("the file ends in the middle; fetch it again") from None
    except Exception as error:
        if _is_damage(error):
            raise InputError(f"the file is damaged ({_first_line(error)}); fetch it again") from None
        raise


def _shape(kind: str, job: Job) -> Shape:
    if kind in TABLES:
        return Table(job, TABLES[kind])
    return JsonLines(job) if kind in (".jsonl", ".ndjson") else Lines(job)


def _is_damage(error: Exception) -> bool:
    import lzma
    import zlib
    from gzip import BadGzipFile

    import pyarrow as pa

    if isinstance(error, (BadGzipFile, lzma.LZMAError, zlib.error, pa.ArrowException)):
        return True
    # bz2 and Arrow raise a bare OSError on bad data; one from the system has a number.
    return isinstance(error, OSError) and error.errno is None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


def _parquet(source: Path, sink: BinaryIO | None, job: Job, batch_size: int) -> Iterator[Step]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(source) as file:
        core = Normaliser(job)
        schema = core.schema(file.schema_arrow)
        writer = pq.ParquetWriter(sink, schema, compression=_codecs(file)) if sink else None
        done = 0
        for unit in file.iter_batches(batch_size=_group_rows(file)):
            parts = []
            for at in range(0, len(unit), batch_size):
                passed = core.run(unit.slice(at, batch_size), done)
                parts.append(passed.batch)
                done += len(passed.batch)
                yield _step(passed, done / file.metadata.num_rows)
            if writer:
                writer.write_table(pa.Table.from_batches(parts, schema=schema).combine_chunks())
        if writer:
            writer.close()
        if done != file.metadata.num_rows:
            raise InputError(f"{done:,} rows were read and the file promises {file.metadata.num_rows:,}")


def _codecs(file: Any) -> dict[str, str] | str:
    """The compression of each column as it was."""
    if not file.metadata.num_row_groups:
        return "zstd"
    group = file.metadata.row_group(0)
    columns = [group.column(n) for n in range(group.num_columns)]
    names = {column.path_in_schema: column.compression for column in columns}
    return {name: "NONE" if codec == "UNCOMPRESSED" else codec for name, codec in names.items()}


def _group_rows(file: Any) -> int:
    """Rows of a group, so that one fits in little memory whatever its rows weigh."""
    meta = file.metadata
    size: int = sum(meta.row_group(n).total_byte_size for n in range(meta.num_row_groups))
    rows: int = meta.num_rows
    return max(1, min(GROUP_ROWS, GROUP_BYTES * max(1, rows) // max(1, size)))


def _step(passed: Passed, share: float) -> Step:
    return Step(len(passed.batch), passed.dead, passed.findings, passed.tally, share)


def _lines(file: BinaryIO, name: str, sink: BinaryIO | None, job: Job, shape: Shape, batch_size: int) -> Iterator[Step]:
    whole = max(1, Path(file.name).stat().st_size)
    out: Any = compress_into(sink, name) if sink else None
    with decompress(file, name) as source:
        if out:
            out = out.__enter__()
        records = shape.records(source)
        first = next(records, None)
        if first is not None:
            header = shape.head(first)
            if header is None:
                records = chain([first], records)
            elif out:
                out.write(header)
        done = 0
        for unit in _units(records):
            pieces = []
            for at in range(0, len(unit), batch_size):
                part = unit[at : at + batch_size]
                step, raws = _pass_records([read_record(raw, shape) for raw in part], job, shape, done)
                pieces += raws
                done += step.rows
                step.share = min(1.0, file.tell() / whole)
                yield step
            if out:
                out.write(b"".join(pieces))
        if out:
            out.__exit__(None, None, None)


def count_rows(path: Path, name: str, job: Job) -> int:
    """The rows of a file that holds what the name's ending says, counted anew."""
    import pyarrow.parquet as pq

    kind = Path(stem(name)).suffix.lower()
    if kind in PARQUET:
        with pq.ParquetFile(path) as parquet:  # what its footer says of it is no proof
            return sum(batch.num_rows for batch in parquet.iter_batches(columns=_lightest(parquet.metadata)))
    with path.open("rb") as file, decompress(file, name) as source:
        rows = sum(1 for _ in _shape(kind, job).records(source))
        return rows - 1 if rows and kind in TABLES else rows


def _lightest(metadata: Any) -> list[str]:
    """The column that takes the fewest bytes: counting its rows costs least."""
    sizes: dict[str, int] = {}
    for group in range(metadata.num_row_groups):
        for number in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(number)
            name = chunk.path_in_schema.split(".")[0]
            sizes[name] = sizes.get(name, 0) + chunk.total_compressed_size
    return [min(sizes, key=lambda name: (sizes[name], name))] if sizes else []


def _units(records: Iterator[bytes]) -> Iterator[list[bytes]]:
    unit: list[bytes] = []
    size = 0
    for record in records:
        unit.append(record)
        size += len(record)
        if len(unit) >= UNIT_ROWS or size >= UNIT_BYTES:
            yield unit
            unit, size = [], 0
    if unit:
        yield unit


def _pass_records(records: list[Record], job: Job, shape: Shape, first: int) -> tuple[Step, list[bytes]]:
    """The records as a batch of lists of strings through the core, and what is written for each."""
    import pyarrow as pa

    columns = tuple(f"column {n}" for n in range(len(job.columns)))
    data: dict[str, Any] = {
        column: pa.array(
            [[text for *_, text in r.tokens[n]] if r.tokens else [] for r in records], pa.list_(pa.string())
        )
        for n, column in enumerate(columns)
    }
    data["language"] = pa.array([r.language for r in records], pa.string())
    passed = Normaliser(replace(job, columns=columns, language_column="language" if job.language_column else "")).run(
        pa.record_batch(data), first
    )
    new = [passed.batch.column(column).to_pylist() for column in columns]
    annotated = "annotate" in job.modes
    mentions = [passed.batch.column(mentions_column(c)).to_pylist() if annotated else [] for c in columns]
    dead = [Dead(d.row, job.columns[columns.index(d.column)], d.reason, d.text) for d in passed.dead]
    raws = []
    for n, record in enumerate(records):
        if record.reason:
            dead.append(Dead(first + n, "", record.reason, record.raw.decode("utf-8", "backslashreplace")))
            raws.append(record.raw)
            continue
        texts = [column[n] for column in new] if record.tokens else []
        if annotated or texts != [[text for *_, text in row] for row in record.tokens]:
            raws.append(shape.put(record, texts, [m[n] for m in mentions] if annotated else []).encode())
        else:
            raws.append(record.raw)
    findings = [{**f, "column": job.columns[columns.index(f["column"])]} for f in passed.findings]
    dead.sort(key=lambda d: d.row)
    return Step(len(records), dead, findings, passed.tally), raws


__all__ = ["PARQUET", "ROWS", "TEXTS", "Step", "count_rows", "is_shard", "pass_through"]
