"""The core of batch work: a pure function from RecordBatch to RecordBatch that every engine calls.

It keeps the schema, order, nulls and metadata of what it is given; it can be pickled and maps its index by path, so
that the processes of a host share one copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from normalize.batch.columns import find_path, put_back, reach
from normalize.batch.job import Job, mentions_column
from normalize.batch.rows import Row, read_row
from normalize.batch.tally import Tally
from normalize.errors import CalqueError, InputError
from normalize.record import Record

if TYPE_CHECKING:
    import pyarrow as pa


class Dead(Record):
    """A row that could not be checked and went through unchanged; ``row`` counts from 0 in its shard."""

    row: int
    column: str
    reason: str
    text: str


@dataclass(slots=True)
class Passed:
    """A batch that went through, with everything that is not a row."""

    batch: pa.RecordBatch
    dead: list[Dead] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


class Normaliser(Record):
    """A job as a function: of a RecordBatch for Spark and our own runner, of a Table for datasets and Ray.

    >>> import pyarrow as pa
    >>> batch = pa.record_batch({"text": ["Chinese Foreign Minister Vuong Nghi flew to Madrid.", None], "n": [1, 2]})
    >>> Normaliser(Job())(batch).to_pylist()
    [{'text': 'Chinese Foreign Minister Wang Yi flew to Madrid.', 'n': 1}, {'text': None, 'n': 2}]
    """

    job: Job

    def __call__(self, data: Any) -> Any:
        """The same rows, normalised; a row that cannot be checked comes back as it is."""
        import pyarrow as pa

        if isinstance(data, pa.Table):
            batches = [self.run(batch).batch for batch in data.to_batches()]
            return pa.Table.from_batches(batches, schema=self.schema(data.schema))
        return self.run(data).batch

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """The schema of what comes out: the same, with a column of mentions behind it if they are wanted."""
        import pyarrow as pa

        for column in self.job.columns:
            find_path(schema, column)
            if "annotate" in self.job.modes:
                if mentions_column(column) in schema.names:
                    raise InputError(f'there is a column "{mentions_column(column)}" already; rename it')
                schema = schema.append(pa.field(mentions_column(column), mentions_type()))
        return schema

    def run(self, batch: pa.RecordBatch, first: int = 0) -> Passed:
        """A batch whose first row is row ``first`` of its shard, with its dead rows, findings and counts."""
        import pyarrow as pa

        schema = self.schema(batch.schema)
        passed = Passed(batch)
        arrays = list(batch.columns)
        added = []
        languages = self._languages(batch)
        for column in self.job.columns:
            path = find_path(batch.schema, column)
            at = batch.schema.get_field_index(path[0])
            strings, rows = reach(arrays[at], path[1:])
            results = list(self._rows(column, strings, rows, languages, first, passed))
            new = [None if row is None else row.text for row in results]
            if new != strings:
                arrays[at] = put_back(arrays[at], path[1:], new)
            if "annotate" in self.job.modes:
                added.append(pa.array(_by_row(results, rows, len(batch)), mentions_type()))
        passed.batch = pa.RecordBatch.from_arrays([*arrays, *added], schema=schema)
        return passed

    def _rows(
        self,
        column: str,
        strings: list[str | None],
        rows: list[int],
        languages: list[str],
        first: int,
        passed: Passed,
    ) -> Iterator[Row | None]:
        for text, row in zip(strings, rows, strict=True):
            if text is None:
                yield None
                continue
            try:
                result = read_row(text, self.job, passed.tally, languages[row])
            except InputError as error:
                passed.dead.append(Dead(first + row, column, str(error), text))
                result = Row(text)
            except CalqueError:
                raise
            except Exception as error:  # one row must not stop a corpus: it is reported and goes through unchanged
                passed.dead.append(Dead(first + row, column, f"{type(error).__name__}: {error}", text))
                result = Row(text)
            passed.findings += [{"row": first + row, "column": column, **f} for f in result.findings]
            yield result

    def _languages(self, batch: pa.RecordBatch) -> list[str]:
        """The language of each row, or nothing where its text has to tell."""
        if not self.job.language_column:
            return [""] * len(batch)
        path = find_path(batch.schema, self.job.language_column)
        tags, rows = reach(batch.column(path[0]), path[1:])
        found = [""] * len(batch)
        for tag, row in zip(tags, rows, strict=True):
            found[row] = tag or ""
        return found


def mentions_type() -> pa.DataType:
    """The type of a column of mentions: a list for each row. ``part`` counts the texts of a row's nested column;
    offsets are code points of the text that came in, and ``replacement`` is what now stands there, if anything does.
    """
    import pyarrow as pa

    return pa.list_(
        pa.struct(
            [
                ("part", pa.int32()),
                ("start", pa.int32()),
                ("end", pa.int32()),
                ("text", pa.string()),
                ("kind", pa.string()),
                ("entity", pa.string()),
                ("canonical", pa.string()),
                ("confidence", pa.float64()),
                ("verdict", pa.string()),
                ("route", pa.string()),
                ("evidence", pa.list_(pa.struct([("kind", pa.string()), ("detail", pa.string())]))),
                ("replacement", pa.string()),
            ]
        )
    )


def _by_row(results: list[Row | None], rows: list[int], count: int) -> list[list[dict[str, Any]]]:
    """Each row's mentions, in the order of its texts."""
    found: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    parts = [0] * count
    for result, row in zip(results, rows, strict=True):
        if result:
            found[row] += [{"part": parts[row], **mention} for mention in result.mentions]
        parts[row] += 1
    return found
