"""A corpus through a model, as Arrow batches."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.compare.neural.arrow import Judge
from normalize.errors import UsageError
from tools import tiny_models

pa = pytest.importorskip("pyarrow")


def test_a_batch_gets_three_columns(golden: dict[str, Any], make: Callable[..., Path], offline: None) -> None:
    items = golden["items"]
    columns = {"id": list(range(len(items))), "text": [item["mt"] for item in items]}
    columns |= {"source": [item["src"] for item in items], "reference": [item["ref"] for item in items]}
    judge = pickle.loads(pickle.dumps(Judge(make(tiny_models.write_comet, "xcomet"))))
    found = judge(pa.record_batch(columns))
    rows = golden["models"]["xcomet"]["single"]
    assert found.schema.names == [
        "id",
        "text",
        "source",
        "reference",
        "estimate_score",
        "estimate_marks",
        "estimate_cut",
    ]
    assert found.column("estimate_score").to_pylist() == pytest.approx([row["score"] for row in rows], abs=1e-5)
    marks = [[(m["start"], m["end"], m["label"]) for m in row] for row in found.column("estimate_marks").to_pylist()]
    spans = [[(s["start"], s["end"], s["severity"]) for s in row["error_spans"] if s["end"]] for row in rows]
    assert marks == spans
    table = judge(pa.table(columns))
    assert table.schema == found.schema
    assert table.to_pylist() == found.to_pylist()


def test_rows_that_cannot_be_judged_have_null(make: Callable[..., Path], library: Any) -> None:
    judge = Judge(make(tiny_models.write_comet, "kiwi"))
    found = judge(pa.record_batch({"text": ["a dog", None, "", "a dog"], "source": ["der hund", "x", "x", None]}))
    assert [score is None for score in found.column("estimate_score").to_pylist()] == [False, True, True, True]
    assert found.column("estimate_marks").to_pylist() == [[], None, None, None]


def test_an_empty_table_keeps_its_columns(make: Callable[..., Path], library: Any) -> None:
    judge = Judge(make(tiny_models.write_comet, "kiwi"))
    assert judge(pa.table({"text": pa.array([], pa.string())})).schema.names[1:] == [
        "estimate_score", "estimate_marks", "estimate_cut",
    ]  # fmt: skip


def test_columns_that_are_missing_or_there_already() -> None:
    judge = Judge(Path("never opened"))
    with pytest.raises(UsageError, match='no column "text"; did you mean "texts"'):
        judge(pa.record_batch({"texts": ["x"]}))
    with pytest.raises(UsageError, match='the column "estimate_cut" is there already'):
        judge(pa.record_batch({"text": ["x"], "estimate_cut": [1]}))
