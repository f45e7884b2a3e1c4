"""Every format comes out as it went in, but for the names."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from normalize.batch.formats import Step, count_rows, pass_through
from normalize.batch.job import Job
from normalize.errors import InputError

WRONG = "Chinese Foreign Minister Vuong Nghi flew to Madrid."
RIGHT = "Chinese Foreign Minister Wang Yi flew to Madrid."


@pytest.fixture
def through(tmp_path: Path, pack: object) -> Callable[..., tuple[bytes, list[Step]]]:
    def run(data: bytes, name: str, job: Job | None = None, batch_size: int = 3) -> tuple[bytes, list[Step]]:
        source, target = tmp_path / name, tmp_path / f"out.{name}"
        source.write_bytes(data)
        with target.open("wb") as sink:
            steps = list(pass_through(source, sink, job or Job(), batch_size))
        assert count_rows(target, name, job or Job()) == sum(step.rows for step in steps)
        return target.read_bytes(), steps

    return run


JSON_LINES = [
    ('{"text": "%s"}\n', "plain"),
    ('{ "text" : "%s" ,"x":1.50e3,"big":123456789012345678901234567890}\r\n', "numbers and spaces as they were"),
    ('{"text":"first","text":"%s"}\n', "of equal names the last counts, as for every reader"),
    ('{"id":"Vuong Nghi","text":"%s","n":null}\n', "another column is left alone"),
    ('\ufeff{"text":"%s"}\n', "a byte-order mark"),
    ('{"caf\\u00e9":"\\u00e9","text":"%s"}', "no line end at the end, escapes elsewhere as they were"),
]


@pytest.mark.parametrize(("line", "why"), JSON_LINES, ids=[why for _, why in JSON_LINES])
def test_a_json_line_changes_in_its_string_alone(through: Callable, line: str, why: str) -> None:  # type: ignore[type-arg]
    data, _ = through((line % WRONG).encode(), "a.jsonl")
    assert data.decode() == line % RIGHT


def test_escapes_in_a_changed_string_stay_escapes(through: Callable) -> None:  # type: ignore[type-arg]
    data, _ = through(b'{"text": "Chinese Foreign Minister Vuong Nghi \\u2013 again"}\n', "a.jsonl")
    assert data == b'{"text": "Chinese Foreign Minister Wang Yi \\u2013 again"}\n'


def test_nested_strings_and_lists_in_json(through: Callable) -> None:  # type: ignore[type-arg]
    row = {"a": {"parts": [{"t": WRONG}, {"t": None}, {"u": WRONG}]}, "b.c": WRONG}
    data, _ = through(json.dumps(row).encode(), "a.jsonl", Job(columns=("a.parts.t", "b.c")))
    assert json.loads(data) == {"a": {"parts": [{"t": RIGHT}, {"t": None}, {"u": WRONG}]}, "b.c": RIGHT}


BAD_LINES = [
    (b"\xff\xfe\n", "not UTF-8 (byte 0: 0xff)"),
    (b"{broken\n", "not valid JSON"),
    (b'["text"]\n', "not a JSON object"),
    (b'{"text": "a"} {"text": "b"}\n', "something stands behind the JSON object (column 14)"),
    (b'{"text": 3}\n', '"text" is a number, not text'),
    (b'{"text": "\\ud800"}\n', "half a surrogate pair, which is no character"),
    (b'{"text": "' + b"[" * 20 + b"\n", "not valid JSON"),
    (b'{"x": ' + b"[" * 100_000 + b"\n", "not valid JSON"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=[reason[:24] for _, reason in BAD_LINES])
def test_a_bad_line_goes_through_unchanged_and_is_reported(through: Callable, line: bytes, reason: str) -> None:  # type: ignore[type-arg]
    before, after = ((f'{{"text": "{text}"}}\n').encode() for text in (WRONG, RIGHT))
    data, steps = through(before + line + before, "a.jsonl")
    assert data == after + line + after
    assert [(d.row, d.reason) for step in steps for d in step.dead] == [(1, reason)]


CSV = [
    (f"id,text\n1,{WRONG}\n", f"id,text\n1,{RIGHT}\n", "bare field"),
    (f'id,text\r\n1,"{WRONG} ""So""\r\nit",x\r\n', f'id,text\r\n1,"{RIGHT} ""So""\r\nit",x\r\n', "line end in a field"),
    (f'"text",id\n"{WRONG}", 5" disk \n', f'"text",id\n"{RIGHT}", 5" disk \n', "a quotation mark inside a bare field"),
    (f"\ufefftext\n{WRONG}\n\n{WRONG}", f"\ufefftext\n{RIGHT}\n\n{RIGHT}", "byte-order mark, empty line, no line end"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "why"), CSV, ids=[why for *_, why in CSV])
def test_csv_changes_in_its_field_alone(through: Callable, before: str, after: str, why: str) -> None:  # type: ignore[type-arg]
    assert through(before.encode(), "a.csv")[0].decode() == after


def test_a_quotation_mark_that_never_closes_costs_one_record(through: Callable) -> None:  # type: ignore[type-arg]
    before = f'text,id\n"open,1\n{WRONG},2\n'
    data, steps = through(before.encode(), "a.csv")
    assert data.decode() == before.replace(WRONG, RIGHT)
    assert [d.row for step in steps for d in step.dead] == [0]


def test_tsv_has_no_quotation_marks(through: Callable) -> None:  # type: ignore[type-arg]
    before = f'id\ttext\n"1\t{WRONG}\n2\t{WRONG}\n'
    assert through(before.encode(), "a.tsv")[0].decode() == before.replace(WRONG, RIGHT)


def test_plain_text_by_file_and_by_line(through: Callable) -> None:  # type: ignore[type-arg]
    before = f"\ufeff{WRONG}\r\n{WRONG}\r\n\n"
    for choice in ("file", "line"):
        data, steps = through(before.encode(), "a.txt", Job(document=choice))
        assert data.decode() == before.replace(WRONG, RIGHT)
        assert sum(step.rows for step in steps) == {"file": 1, "line": 3}[choice]


def test_annotations_in_json_and_csv_stand_behind_what_was_there(through: Callable) -> None:  # type: ignore[type-arg]
    job = Job(modes=("annotate",))
    data, _ = through(f'{{"text": "{WRONG}"}}\n{{}}\n'.encode(), "a.jsonl", job)
    rows = [json.loads(line) for line in data.splitlines()]
    assert rows[0]["text"] == WRONG
    assert rows[0]["text_mentions"][0]["entity"] == "person/wang-yi"
    assert rows[1] == {"text_mentions": []}
    data, _ = through(f"text,n\n{WRONG},1\n".encode(), "a.csv", job)
    import csv

    (row,) = csv.DictReader(data.decode().splitlines())
    assert (row["text"], row["n"], json.loads(row["text_mentions"])[0]["text"]) == (WRONG, "1", "Vuong Nghi")


COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: pa.compress(data, "zstd", asbytes=True),
}


@pytest.mark.parametrize("ending", COMPRESSIONS)
def test_compressed_files_come_out_compressed_alike_and_the_same_each_time(through: Callable, ending: str) -> None:  # type: ignore[type-arg]
    line = f'{{"text": "{WRONG}"}}\n'.encode()
    packed = COMPRESSIONS[ending](line * 3000)
    one, two = (through(packed, f"a.jsonl{ending}", batch_size=size)[0] for size in (7, 500))
    assert one == two
    reader = pa.CompressedInputStream(pa.BufferReader(one), "zstd").read if ending == ".zst" else None
    unpacked = reader() if reader else {".gz": gzip, ".bz2": bz2, ".xz": lzma}[ending].decompress(one)  # type: ignore[attr-defined]
    assert unpacked == line.replace(WRONG.encode(), RIGHT.encode()) * 3000


@pytest.mark.parametrize("ending", COMPRESSIONS)
def test_a_file_that_ends_in_the_middle_is_refused(through: Callable, ending: str) -> None:  # type: ignore[type-arg]
    packed = COMPRESSIONS[ending]("".join(f'{{"text": "{n * n}"}}\n' for n in range(9000)).encode())
    with pytest.raises(InputError, match="fetch it again"):
        through(packed[: len(packed) // 2], f"a.jsonl{ending}")


def test_parquet_keeps_schema_compression_and_metadata(tmp_path: Path, pack: object) -> None:
    table = pa.table({"id": pa.array(range(30_000), pa.int32()), "text": [WRONG, None, "x"] * 10_000})
    table = table.replace_schema_metadata({"owner": "desk"})
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(table, source, compression={"id": "snappy", "text": "zstd"}, row_group_size=20_000)
    outs = []
    for size in (100, 9999):
        with target.open("wb") as sink:
            rows = sum(step.rows for step in pass_through(source, sink, Job(), size))
        outs.append(target.read_bytes())
    assert outs[0] == outs[1]
    assert rows == 30_000
    back = pq.read_table(target)
    assert back.schema.equals(table.schema, check_metadata=True)
    assert back.column("id").equals(table.column("id"))
    assert back.column("text").to_pylist() == [RIGHT, None, "x"] * 10_000
    group = pq.read_metadata(target).row_group(0)
    assert [group.column(n).compression for n in range(2)] == ["SNAPPY", "ZSTD"]


def test_an_empty_parquet_file_stays_one(tmp_path: Path, pack: object) -> None:
    source, target = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), source)
    with target.open("wb") as sink:
        assert list(pass_through(source, sink, Job(), 10)) == []
    assert pq.read_table(target).equals(pq.read_table(source))
