"""The pure function: lint's own fixes, and everything else as it came."""

from __future__ import annotations

import pickle
from pathlib import Path

import pyarrow as pa
import pytest

from normalize import fixes
from normalize.batch.arrow import Normaliser
from normalize.batch.job import Job
from normalize.batch.rows import read_row
from normalize.batch.tally import Tally
from normalize.check import Checker
from normalize.errors import InputError
from normalize.index.pack import Pack
from normalize.text.reading import decode

WRONG = "Chinese Foreign Minister Vuong Nghi flew to Madrid."
RIGHT = "Chinese Foreign Minister Wang Yi flew to Madrid."
QUOTED = "Talks went on for hours. “Chinese Foreign Minister Vuong Nghi was there,” an aide said."


def test_a_row_gets_exactly_the_safe_fixes_of_names_that_lint_makes(root: Path, pack: Pack) -> None:
    checker, rewritten = Checker(pack), 0
    for path in sorted((root / "corpora").rglob("*.txt")):
        data = path.read_bytes()
        names = [f for f in checker.check(decode(data, "a.txt")).findings if f.code.startswith("NAM")]
        wanted = fixes.apply(decode(data, "a.txt").text, fixes.plan(names))
        row = read_row(decode(data, "a.txt").text, Job(), Tally())
        assert row.text == wanted, path
        rewritten += wanted != decode(data, "a.txt").text
    assert rewritten >= 1


def test_schema_nulls_order_and_metadata_stay() -> None:
    schema = pa.schema(
        [pa.field("id", pa.int16(), metadata={"k": "v"}), pa.field("text", pa.large_string()), ("b", pa.binary())],
        metadata={"owner": "desk"},
    )
    batch = pa.record_batch([[1, 2, None], [WRONG, None, ""], [b"\xff", None, b""]], schema=schema)
    out = Normaliser(Job())(batch)
    assert out.schema.equals(schema, check_metadata=True)
    assert out.column("text").to_pylist() == [RIGHT, None, ""]
    assert out.column("b").equals(batch.column("b"))
    assert out.column("id").equals(batch.column("id"))


NESTED = [
    {"a": {"s": [{"t": WRONG, "n": 1}, {"t": None, "n": 2}, None]}},
    {"a": None},
    {"a": {"s": None}},
    {"a": {"s": []}},
    {"a": {"s": [{"t": WRONG, "n": 3}]}},
]


@pytest.mark.parametrize("first", range(len(NESTED)))
def test_a_path_goes_through_structs_and_lists_of_any_slice(first: int) -> None:
    batch = pa.RecordBatch.from_pylist(NESTED).slice(first)
    out = Normaliser(Job(columns=("a.s.t",)))(batch)
    out.validate(full=True)
    assert out.to_pylist() == [eval(repr(row).replace(WRONG, RIGHT)) for row in NESTED[first:]]
    assert out.schema.equals(batch.schema, check_metadata=True)


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_every_kind_of_string_column_keeps_its_type(kind: pa.DataType) -> None:
    batch = pa.record_batch({"text": pa.array([WRONG, None, WRONG]).cast(kind)})
    out = Normaliser(Job())(batch)
    assert out.schema.field("text").type == kind
    assert out.column("text").to_pylist() == [RIGHT, None, RIGHT]


def test_annotations_point_into_the_text_that_came_in_and_say_what_replaced_it() -> None:
    batch = pa.record_batch({"text": [WRONG, None]})
    out = Normaliser(Job(modes=("rewrite", "annotate")))(batch)
    first, none = out.column("text_mentions").to_pylist()
    mention = next(m for m in first if m["entity"] == "person/wang-yi")
    assert WRONG[mention["start"] : mention["end"]] == mention["text"] == "Vuong Nghi"
    assert (mention["canonical"], mention["replacement"]) == ("Wang Yi", "Wang Yi")
    assert mention["confidence"] > 0.9
    assert "王毅" in mention["route"]
    assert none == []


def test_the_function_is_pickled_without_its_index() -> None:
    function = Normaliser(Job())
    function(pa.record_batch({"text": [WRONG]}))  # the index is open now
    data = pickle.dumps(function)
    assert len(data) < 2000
    assert pickle.loads(data)(pa.table({"text": [WRONG]})).to_pydict() == {"text": [RIGHT]}


@pytest.mark.parametrize(
    ("job", "done", "left"),
    [
        (Job(), 0, "quotation"),
        (Job(quotations=True), 1, ""),
        (Job(quotations=True, min_confidence=1.0), 0, "confidence"),
        (Job(quotations=True, only=("place",)), 0, "other kind"),
        (Job(suggested=True), 0, "quotation"),
    ],
    ids=["by default", "quotations", "min confidence", "only places", "suggested alone"],
)
def test_what_is_left_is_counted_by_its_reason(job: Job, done: int, left: str) -> None:
    tally = Tally()
    row = read_row(QUOTED, job, tally)
    assert (tally.edits, row.text.count("Wang Yi")) == (done, done)
    assert dict(tally.left) == ({left: 1} if left else {})


def test_suggested_widens() -> None:
    text = "He met Tap Can Binh. Then he left for the station with the others and was not seen again."
    narrow, wide = (read_row(text, Job(suggested=choice), Tally()).text for choice in (False, True))
    assert narrow == text
    assert "Xi Jinping" in wide


def test_a_row_that_fails_goes_through_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RecursionError("too deep")

    batch = pa.record_batch({"text": ["a", None]})
    monkeypatch.setattr("normalize.batch.rows.from_text", fails)
    passed = Normaliser(Job()).run(batch, first=40)
    assert passed.batch.equals(batch)
    assert [(d.row, d.column, d.reason, d.text) for d in passed.dead] == [(40, "text", "RecursionError: too deep", "a")]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("txet", 'no column "txet"; did you mean "text"?'),
        ("n", 'column "n" is int64, not text; name a text column with --column'),
        ("s.u", 'column "s.u": no field "u"; there is t'),
    ],
)
def test_a_column_that_cannot_be_read_is_named(column: str, message: str) -> None:
    batch = pa.RecordBatch.from_pylist([{"text": "a", "n": 1, "s": {"t": "b"}}])
    with pytest.raises(InputError) as caught:
        Normaliser(Job(columns=(column,)))(batch)
    assert str(caught.value) == message


def test_the_language_of_a_row_comes_from_its_column() -> None:
    batch = pa.record_batch({"text": [WRONG, WRONG], "lang": ["en", "vi"]})
    out = Normaliser(Job(language_column="lang"))(batch)
    assert out.column("text").to_pylist() == [RIGHT, WRONG]
