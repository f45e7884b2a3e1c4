"""The same function in a real Spark session: two executors' worth of processes, more partitions than those."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from normalize.batch.arrow import Normaliser
from normalize.batch.job import Job
from normalize.batch.spark import normalize
from normalize.errors import InputError, UsageError

pytest.importorskip("pyspark", reason="the spark extra is not installed; make test-all installs it where Java is")

WRONG = "Chinese Foreign Minister Vuong Nghi flew to Madrid."
ROWS = [(n, WRONG if n % 3 else None, {"body": [f"{n}. {WRONG}", None]}) for n in range(500)]
SCHEMA = "id int, text string, article struct<body: array<string>>"


@pytest.fixture(scope="module")
def spark(_own_cache: None) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def test_partitions_come_back_as_the_core_makes_them(spark: Any) -> None:
    df = spark.createDataFrame(ROWS, SCHEMA).repartition(8)
    out = normalize(df, "text", "article.body", job=Job(modes=("rewrite", "annotate")))
    assert out.columns == [*df.columns, "text_mentions", "article_body_mentions"]
    back = {row.id: row for row in out.collect()}
    assert sorted(back) == list(range(500))
    batch = pa.RecordBatch.from_pylist([{"id": n, "text": t, "article": a} for n, t, a in ROWS])
    core = Normaliser(Job(columns=("text", "article.body"), modes=("rewrite", "annotate")))(batch).to_pylist()
    for row in core:
        assert back[row["id"]].asDict(recursive=True) == row


def test_the_index_is_shipped_once_and_mapped_by_its_path(spark: Any) -> None:
    df = spark.createDataFrame(ROWS, SCHEMA).repartition(4)
    normalize(df, "text").count()

    def mapped(_: Any) -> Iterator[str]:
        import os.path

        from pyspark import SparkFiles

        yield from (n for n in os.listdir(SparkFiles.getRootDirectory()) if n.endswith(".calque"))

    assert len(set(spark.sparkContext.parallelize(range(2), 2).mapPartitions(mapped).collect())) == 1


def test_a_wrong_column_is_refused_before_anything_runs(spark: Any) -> None:
    df = spark.createDataFrame(ROWS, SCHEMA)
    with pytest.raises(InputError, match='no column "txt"; did you mean "text"'):
        normalize(df, "txt")
    with pytest.raises(UsageError, match="findings are a table of their own"):
        normalize(df, "text", job=Job(modes=("findings",)))
