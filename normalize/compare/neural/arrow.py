"""Estimates of a corpus: a function from RecordBatch to RecordBatch, for whatever hands over Arrow (docs/models.md)."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.compare.neural.load import BATCH, Estimator, load
from normalize.compare.neural.records import Estimate, Item
from normalize.errors import UsageError, nearest
from normalize.record import Record

if TYPE_CHECKING:
    import pyarrow as pa


class Judge(Record):
    """A model as a function of batches: the same rows with three columns more, ``estimate_score`` (double),
    ``estimate_marks`` (list of start, end, label, weight; offsets in code points) and ``estimate_cut`` (tokens that did
    not fit). A row whose text is null or empty, or which lacks what the model judges by, has null in all three.

    It can be pickled; each process opens the model once. UsageError where the batch has no such columns.
    """

    folder: str | Path
    encoder: str | Path | None = None
    family: str = ""
    device: str = "cpu"
    text: str = "text"
    source: str = "source"
    reference: str = "reference"
    prefix: str = "estimate"
    batch: int = BATCH

    def __call__(self, data: Any) -> Any:
        """A RecordBatch for a RecordBatch, a Table for a Table."""
        import pyarrow as pa

        if isinstance(data, pa.Table):
            batches = [self._run(batch) for batch in data.to_batches()]
            return pa.Table.from_batches(batches, schema=self.schema(data.schema))
        return self._run(data)

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """That of what comes back."""
        import pyarrow as pa

        for name, usual in ((self.text, ""), (self.source, "source"), (self.reference, "reference")):
            if name not in schema.names:
                if name != usual:  # a usual one may be left out
                    raise UsageError(f'no column "{name}"{nearest(name, schema.names)}')
            elif not any(
                is_text(schema.field(name).type) for is_text in (pa.types.is_string, pa.types.is_large_string)
            ):
                raise UsageError(f'the column "{name}" is of {schema.field(name).type}; text is wanted')
        for field in self._fields():
            if field.name in schema.names:
                raise UsageError(f'the column "{field.name}" is there already; name another prefix')
            schema = schema.append(field)
        return schema

    def _fields(self) -> list[Any]:
        import pyarrow as pa

        place = [("start", pa.int32()), ("end", pa.int32()), ("label", pa.string()), ("weight", pa.float64())]
        return [
            pa.field(f"{self.prefix}_score", pa.float64()),
            pa.field(f"{self.prefix}_marks", pa.list_(pa.struct(place))),
            pa.field(f"{self.prefix}_cut", pa.int32()),
        ]

    def _run(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        import pyarrow as pa

        schema = self.schema(batch.schema)
        estimator = _opened(self.folder, self.encoder, self.family, self.device)
        empty = [""] * batch.num_rows
        sides = [
            batch.column(name).to_pylist() if name in batch.schema.names else empty
            for name in (self.text, self.source, self.reference)
        ]
        items = [Item(*(value or "" for value in row)) for row in zip(*sides, strict=True)]
        chosen = [at for at, item in enumerate(items) if not estimator.lacks(item)]
        found: list[Estimate | None] = [None] * len(items)
        for at, one in zip(chosen, estimator.estimate([items[at] for at in chosen], batch=self.batch), strict=True):
            found[at] = one
        columns = [[one and one.score for one in found], [one and _marks(one) for one in found]]
        columns.append([one and one.cut for one in found])
        made = [pa.array(column, field.type) for column, field in zip(columns, self._fields(), strict=True)]
        return pa.RecordBatch.from_arrays([*batch.columns, *made], schema=schema)


def _marks(estimate: Estimate) -> list[dict[str, Any]]:
    return [
        {"start": mark.span.start, "end": mark.span.end, "label": mark.label, "weight": mark.weight}
        for mark in estimate.marks
        if mark.span.start < mark.span.end
    ]


@functools.cache
def _opened(folder: str | Path, encoder: str | Path | None, family: str, device: str) -> Estimator:
    """The model, once a process."""
    return load(folder, encoder=encoder, family=family, device=device)
