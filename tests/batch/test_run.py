"""A run loses nothing: it mirrors, resumes, refuses, survives, and can prove it."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from normalize.cli import main

WRONG = "Chinese Foreign Minister Vuong Nghi flew to Madrid."
RIGHT = "Chinese Foreign Minister Wang Yi flew to Madrid."
CALQUE = [sys.executable, "-c", "from normalize.cli import main; raise SystemExit(main())"]

Capture = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("pack")


def normalise(*arguments: str) -> int:
    """The command in one process: what several change is what the tests on bytes, signals and kills are about."""
    return main(["normalize", *arguments, "--processes", "1"])


def line(number: int) -> str:
    return json.dumps({"id": number, "text": WRONG if number % 3 else None}) + "\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.jsonl").write_text("".join(map(line, range(300))), "utf-8")
    (folder / "deep" / "b.csv").write_text(f"text,n\n{WRONG},1\n", "utf-8")
    (folder / "deep" / "er" / "c.txt").write_text(WRONG, "utf-8")
    pq.write_table(pa.table({"text": [WRONG, None] * 200}), folder / "deep" / "d.parquet")
    (folder / ".hidden.jsonl").write_text("{", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def rows_under(out: Path) -> dict[str, bytes]:
    """Every file of the output that is no bookkeeping."""
    files = sorted(p for p in out.rglob("*") if p.is_file())
    kept = [p for p in files if "manifest" not in p.name and "dead" not in p.name]
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in kept}


def states(out: str) -> str:
    """The bracket of the summary's first line."""
    return out.partition("(")[2].partition(")")[0]


def test_out_mirrors_in_and_verifies(corpus: Path, capsys: Capture) -> None:
    assert normalise("in", "out") == 0
    out = rows_under(Path("out"))
    assert list(out) == ["a.jsonl", "deep/b.csv", "deep/d.parquet", "deep/er/c.txt"]
    assert out["a.jsonl"].decode() == "".join(map(line, range(300))).replace(WRONG, RIGHT)
    assert out["deep/er/c.txt"].decode() == RIGHT
    manifest = json.loads(Path("out/a.jsonl.manifest.json").read_text("utf-8"))
    assert manifest["rows"] == {"in": 300, "out": 300, "dead": 0}
    assert set(manifest["made_by"]) == {"version", "tables", "code", "options"}
    assert main(["verify", "out"]) == 0
    assert "4 shards: 702 rows in, 702 out" in capsys.readouterr().out


def test_the_bytes_are_the_same_with_any_processes_and_batch_size(corpus: Path) -> None:
    found = []
    for number, (processes, rows) in enumerate((("1", "1000"), ("2", "7"), ("3", "64"))):
        every = ["--annotate", "--rewrite", "--findings"]
        assert main(["normalize", "in", f"out{number}", "--processes", processes, "--batch-size", rows, *every]) == 3
        files = sorted(p for p in Path(f"out{number}").rglob("*") if p.is_file())
        found.append({p.relative_to(f"out{number}").as_posix(): p.read_bytes() for p in files})
    assert found[0] == found[1] == found[2]
    assert "findings/a.jsonl.findings.jsonl" in found[0]
    # Plain text has no columns: it is the one shard that --annotate cannot do, and the rest is done.
    assert "plain text has no columns" in json.loads(found[0]["run.manifest.json"])["failed"]["deep/er/c.txt"]


def test_a_second_run_keeps_what_holds_and_makes_what_changed(corpus: Path, capsys: Capture) -> None:
    normalise("in", "out")
    before = rows_under(Path("out"))
    capsys.readouterr()
    normalise("in", "out")
    assert states(capsys.readouterr().out) == "4 kept"
    with (corpus / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write(line(1))
    Path("out/deep/b.csv").write_text("tampered", "utf-8")
    Path("out/deep/d.parquet.manifest.json").unlink()
    normalise("in", "out")
    out = capsys.readouterr().out
    assert states(out) == "3 written, 1 kept"
    assert "the input changed: 1 (a.jsonl)" in out
    assert "the output changed: 1 (deep/b.csv)" in out
    assert rows_under(Path("out"))["deep/b.csv"] == before["deep/b.csv"]
    normalise("in", "out", "--quotations")
    assert "the options changed: 4" in capsys.readouterr().out
    assert main(["verify", "out"]) == 0


TAMPER: dict[str, tuple[Callable[[Path], object], str]] = {
    "a row was cut": (lambda out: (out / "a.jsonl").write_text(line(0), "utf-8"), "1 rows stand here; 300 went in"),
    "a shard is gone": (lambda out: (out / "deep/b.csv").unlink(), "b.csv: cannot be read"),
    "a manifest is gone": (lambda out: (out / "a.jsonl.manifest.json").unlink(), "was not finished"),
    "a byte was turned": (lambda out: (out / "deep/er/c.txt").write_text("x" * len(RIGHT)), "differs from what"),
    "a stranger lies there": (lambda out: (out / "e.jsonl").write_text("{}"), "comes from no input"),
    "the input changed": (lambda out: (out.parent / "in/a.jsonl").write_text("{}"), "has changed since"),
}


@pytest.mark.parametrize("what", TAMPER)
def test_verify_notices(corpus: Path, capsys: Capture, what: str) -> None:
    normalise("in", "out")
    change, message = TAMPER[what]
    change(Path("out").resolve())
    assert main(["verify", "out"]) == 1
    assert message in capsys.readouterr().err


def test_a_damaged_shard_is_said_and_the_rest_is_done(corpus: Path, capsys: Capture) -> None:
    whole = (corpus / "deep" / "d.parquet").read_bytes()
    (corpus / "deep" / "d.parquet").write_bytes(whole[: len(whole) // 2])
    (corpus / "e.parquet").write_bytes(b"PAR1")
    pq.write_table(pa.table({"text": [1]}), corpus / "f.parquet")
    assert normalise("in", "out") == 3
    err = capsys.readouterr().err
    assert "deep/d.parquet: the file is damaged" in err
    assert "e.parquet: the file is damaged" in err
    assert 'f.parquet: column "text" is int64, not text' in err
    assert "Traceback" not in err
    assert list(rows_under(Path("out"))) == ["a.jsonl", "deep/b.csv", "deep/er/c.txt"]
    assert main(["verify", "out"]) == 1


def test_dead_rows_are_kept_and_told(corpus: Path, capsys: Capture) -> None:
    bad = b'{"text": "a"}\n\xff\n{"text": 1}\n'
    (corpus / "bad.jsonl").write_bytes(bad)
    assert normalise("in/bad.jsonl", "out") == 3
    assert "2 rows could not be checked and went through unchanged" in capsys.readouterr().err
    assert Path("out/bad.jsonl").read_bytes() == bad
    dead = [json.loads(one) for one in Path("out/bad.jsonl.dead.jsonl").read_text("utf-8").splitlines()]
    assert [one["row"] for one in dead] == [1, 2]
    assert main(["verify", "out"]) == 0


def test_a_row_as_long_as_a_library_is_not_checked(corpus: Path) -> None:
    long = '{"text": "' + "word " * 4_000_000 + '"}\n'
    (corpus / "long.jsonl").write_text(long + line(1), "utf-8")
    assert normalise("in/long.jsonl", "out") == 3
    assert Path("out/long.jsonl").read_text("utf-8") == long + line(1).replace(WRONG, RIGHT)
    (dead,) = Path("out/long.jsonl.dead.jsonl").read_text("utf-8").splitlines()
    assert json.loads(dead)["reason"].startswith("a text of 20,000,000 characters; at most")


def test_a_table_of_ones_own_stands_beside_the_shipped_ones(corpus: Path) -> None:
    Path("own.tsv").write_text("id\tname\tnative\tlanguage\nQ1\tDeng Songbo\t鄧松柏\tzh\n", "utf-8")
    told = "Chinese envoy Dang Tung Ba met reporters. Deng Songbo spoke of trade."
    (corpus / "a.jsonl").write_text(line(1) + line(1).replace(WRONG, told), "utf-8")
    assert normalise("in/a.jsonl", "out", "--table", "own.tsv", "--suggested") == 0
    assert [json.loads(row)["text"] for row in Path("out/a.jsonl").read_text("utf-8").splitlines()] == [
        RIGHT,
        told.replace("Dang Tung Ba", "Deng Songbo"),
    ]


REFUSED = [
    (["in", "out", "--table", "none.tsv"], "none.tsv: No such file or directory; check the path"),
    (["in", "out", "--table", "own.tsv", "--index", "a"], "--table and --index: give one of them"),
    (["in", "in"], "lies in the input"),
    (["in", "in/out"], "lies in the input"),
    (["in/a.jsonl", "in"], "lies in the output"),
    (["in", "out", "--only", "people"], '--only: no kind "people"'),
    (["in", "out", "--style", "nutral"], 'no house style "nutral"; did you mean "neutral"?'),
    (["in/a.jsonl", "in/deep/b.csv"], "file exists"),
    (["in/a.jsonl", "in/../in/deep/a.jsonl", "out"], "would both be written"),
    (["in", "out", "--index", "none.calque"], "cannot be opened"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[" ".join(a) for a, _ in REFUSED])
def test_what_cannot_be_begun_is_refused(corpus: Path, capsys: Capture, arguments: list[str], message: str) -> None:
    (corpus / "deep" / "a.jsonl").write_text(line(1), "utf-8")
    assert normalise(*arguments) == 2
    assert message in capsys.readouterr().err


def test_an_input_that_is_not_there_leaves_the_others(corpus: Path, capsys: Capture) -> None:
    assert normalise("none", "in/deep", "out") == 3
    assert "none: no such file" in capsys.readouterr().err
    assert list(rows_under(Path("out"))) == ["b.csv", "d.parquet", "er/c.txt"]


def test_a_named_file_of_an_unknown_format_is_refused(corpus: Path, capsys: Capture) -> None:
    assert normalise("in/picture.png", "in/deep", "out") == 3
    assert "in/picture.png: of no known format; .parquet, .jsonl" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{", '{"format": 1, "input": 3}'])
def test_a_manifest_that_says_nothing_counts_for_nothing(corpus: Path, content: str) -> None:
    normalise("in/deep", "out")
    before = rows_under(Path("out"))
    Path("out/b.csv.manifest.json").write_text(content, "utf-8")
    assert main(["verify", "out"]) == 1
    assert normalise("in/deep", "out") == 0
    assert rows_under(Path("out")) == before
    assert main(["verify", "out"]) == 0


def test_globs_keep_the_places_below_their_folder(corpus: Path) -> None:
    assert normalise("in/**/*.csv", "out") == 0
    assert list(rows_under(Path("out"))) == ["deep/b.csv"]


def test_two_runs_do_not_share_an_output(corpus: Path, capsys: Capture) -> None:
    import fcntl

    Path("out").mkdir()
    descriptor = os.open("out", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        assert normalise("in", "out") == 2
        assert "another run is writing here" in capsys.readouterr().err
    finally:
        os.close(descriptor)


def start(*arguments: str, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen([*CALQUE, *arguments], text=True, stdout=-1, stderr=-1, **more)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve shards, about three seconds of work."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.jsonl").write_text("".join(map(line, range(number, number + 400))), "utf-8")
    return folder


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never came")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_stopped_run_keeps_whole_shards_and_goes_on(many: Path, number: signal.Signals) -> None:
    whole = {p.name: p.read_text("utf-8").replace(WRONG, RIGHT).encode() for p in sorted(many.iterdir())}
    run = start("normalize", "in", "out", "--processes", "2")
    wait_for(Path("out/00.jsonl.manifest.json"))
    run.send_signal(number)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 3, err
    assert "the same command goes on where it stood" in err
    assert "Traceback" not in err
    stood = rows_under(Path("out"))
    assert 0 < len(stood) < len(whole)
    assert all(whole[name] == data for name, data in stood.items())
    assert not list(Path("out").rglob(".*"))
    again = start("normalize", "in", "out", "--processes", "2")
    out, _ = again.communicate(timeout=60)
    assert again.returncode == 0
    assert f"{len(stood)} kept" in states(out)
    assert rows_under(Path("out")) == whole


def test_killed_runs_lose_and_double_nothing(many: Path) -> None:
    whole = {p.name: p.read_text("utf-8").replace(WRONG, RIGHT).encode() for p in sorted(many.iterdir())}
    for delay in (0.5, 0.8, 1.1, 0.7):
        run = start("normalize", "in", "out", "--processes", "2")
        time.sleep(delay)
        run.kill()
        run.communicate()
        for name, data in rows_under(Path("out")).items():
            assert name.startswith(".") or whole[name] == data
    last = start("normalize", "in", "out", "--processes", "2")
    last.communicate(timeout=60)
    assert last.returncode == 0
    assert rows_under(Path("out")) == whole
    assert main(["verify", "out"]) == 0


def test_a_full_disk_is_said_and_the_next_run_goes_on(many: Path) -> None:
    def limit() -> None:  # no file may grow over 8 KiB: to a writer it is a disk without room
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    (many / "small.jsonl").write_text(line(1), "utf-8")
    run = start("normalize", "in", "out", "--processes", "2", preexec_fn=limit)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 3, err
    assert "mend that and run again" in err
    assert "Traceback" not in err
    assert list(rows_under(Path("out"))) == ["small.jsonl"]
    assert normalise("in", "out") == 0
    assert main(["verify", "out"]) == 0


@pytest.mark.skipif(os.getuid() == 0, reason="nothing is forbidden to root")
def test_a_shard_that_may_not_be_read_is_said(corpus: Path, capsys: Capture) -> None:
    (corpus / "a.jsonl").chmod(0)
    assert normalise("in", "out") == 3
    assert "a.jsonl: permission denied" in capsys.readouterr().err


def test_json_lines_of_progress_can_be_read_by_a_program(corpus: Path, capsys: Capture) -> None:
    assert normalise("in", "out", "--log-format", "json") == 0
    events = [json.loads(one) for one in capsys.readouterr().err.splitlines() if one.startswith("{")]
    assert [e["event"] for e in events] == ["begin", "shard", "shard", "shard", "shard", "end", "summary"]
    assert events[-1]["rewrites"] == {"person/wang-yi": {"Vuong Nghi": 402}}
    assert events[-2]["share"] == 1.0


def test_the_summary_is_a_page_and_a_json(corpus: Path) -> None:
    normalise("in", "out")
    summary = json.loads(Path("out/summary.manifest.json").read_text("utf-8"))
    assert (summary["rows"], summary["edits"]) == ({"in": 702, "out": 702, "dead": 0}, 402)
    page = Path("out/summary.manifest.html").read_text("utf-8")
    assert "<svg" in page
    assert "Wang Yi" in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_a_survey_lists_forms_mixtures_and_candidates(corpus: Path, capsys: Capture) -> None:
    text = f"{WRONG} Wang Yi did not speak. Chinese ambassador Truong Quoc Khanh spoke first.\n"
    Path("s.txt").write_text(text * 2, "utf-8")
    assert main(["survey", "s.txt"]) == 0
    out = capsys.readouterr().out
    assert "Wang Yi (person/wang-yi): Vuong Nghi 2, Wang Yi 2" in out
    assert "Wang Yi: 1 texts" in out
    assert "2 x “Truong Quoc Khanh” may be a Sino-Vietnamese" in out
    assert main(["survey", "s.txt", "--format", "toml"]) == 0
    stub = capsys.readouterr().out
    assert '# id = "truong-quoc-khanh"' in stub
    import tomllib

    assert tomllib.loads(stub) == {}
    assert main(["survey", "s.txt", "--format", "html"]) == 0
    assert "<svg" in capsys.readouterr().out
