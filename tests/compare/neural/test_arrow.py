"""A corpus through a model, as Arrow batches."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.cli import main
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


def test_a_parquet_file(make: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    corpus, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table({"english": ["a dog", None, "the house"], "source": ["der hund", "x", "haus"]})
    parquet.write_table(table, corpus)
    folder = make(tiny_models.write_comet, "kiwi")
    line = ["models", "judge", str(corpus), str(out), "--model", str(folder)]
    assert main([*line, "--text", "english"]) == 0
    judged = parquet.read_table(out)
    assert judged.select(["english", "source"]) == table
    assert judged == Judge(folder, text="english")(table)
    out.unlink()
    assert main(line) == 2
    assert 'no column "text"' in capsys.readouterr().err
    assert main(["models", "judge", str(folder / "hparams.yaml"), str(out), "--model", str(folder)]) == 2
    assert "no Parquet file that can be read" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == [corpus]
