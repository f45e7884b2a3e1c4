"""A DataFrame through the same function: `mapInArrow`, the index shipped once to every host.

The Python of the executors needs this package with pyarrow; set PYSPARK_PYTHON to it (docs/scale.md).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.batch.arrow import Normaliser
from normalize.batch.job import Job
from normalize.batch.rows import pack_of
from normalize.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


def normalize(df: DataFrame, *columns: str, job: Job | None = None) -> DataFrame:
    """``df`` with the names in its text columns normalised: same rows, order within partitions, columns and nulls.

    ``job`` holds the choices (`normalize.batch.job.Job`); its modes are ``rewrite`` and ``annotate``. InputError names
    a column that is missing or holds no text.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    job = job or Job()
    job = dataclasses.replace(job, columns=columns or job.columns)
    if "findings" in job.modes:
        raise UsageError("findings are a table of their own: calque normalize --findings writes one")
    name = _ship(df.sparkSession, job)
    schema = Normaliser(job).schema(to_arrow_schema(df.schema))
    return df.mapInArrow(_Partition(dataclasses.replace(job, index=name)), from_arrow_schema(schema))


def _ship(session: Any, job: Job) -> str:
    """Give the index to every host, and say what the file is called there."""
    path = Path(pack_of(job.index).where)
    if not path.is_file():
        raise UsageError("the index could not be kept in a file to be shipped; set XDG_CACHE_HOME to a writable folder")
    session.sparkContext.addFile(str(path))
    return path.name


@dataclasses.dataclass(frozen=True)
class _Partition:
    """What an executor does with the batches of a partition; the index is mapped from the host's own copy."""

    job: Job

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import SparkFiles

        core = Normaliser(dataclasses.replace(self.job, index=SparkFiles.get(self.job.index)))
        for batch in batches:
            yield core(batch)
