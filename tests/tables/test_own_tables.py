"""`calque tables` and a project's own tables: bad input gets one sentence, nothing is half-written."""

from __future__ import annotations

import errno
import io
import json
import shutil
from pathlib import Path

import pytest

from normalize.cli import main
from normalize.index.collisions import collisions
from normalize.tables.format import format_text
from normalize.tables.load import Tables
from normalize.tables.user import read_user_table

HEAD = "id\tname\tnative\tlanguage\tkind\tcountry\taliases\tweak\tnames\toffices\tsource\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out = capsys.readouterr()
    return code, out.out, out.err


BAD = [
    ("latin1.tsv", "id\tname\nx\tJos\xe9\n".encode("latin-1"), "is not UTF-8; save the table as UTF-8"),
    ("nfd.tsv", "id\tname\nx\tJose\u0301\n".encode(), "nfd.tsv:2: the line is not NFC"),
    ("twice.tsv", b"id\tname\nx\tOne Thing\nx\tOther Thing\n", 'twice.tsv:3: "person/x": stands already at line 2'),
    ("nothing.tsv", b"", "the table is empty; it needs a head"),
    ("columns.tsv", b"id\tname\tid\nx\tX Y\tx\n", "columns.tsv:1: a column stands twice in the head"),
    ("head.tsv", b"id\tnme\n", 'no column "nme"; did you mean "name"?'),
    ("cells.tsv", b"id\tname\nx\n", "cells.tsv:2: 1 cells where 2 are wanted"),
    ("kind.tsv", b"id\tname\tkind\nx\tX Y\tpersn\n", '"persn" is no kind'),
    ("toml-dates.toml", b'[[person]]\nid = "x"\nname = "Xan Yoe"\n'
     b'offices = [{ office = "mm-president", from = "2020", to = "2019" }]\n', "ends before it begins"),
    ("native.tsv", "id\tname\tnative\nx\tX Y\t王\n".encode(), "needs its language"),
    ("script.tsv", (HEAD + "x\tXan Yoe\tСергей\tzh\tperson\t\t\t\t\t\t\n").encode(), "is not in the script of zh"),
    ("dates.tsv", (HEAD + "x\tXan Yoe\t\t\tperson\t\t\t\t\ta@2020/2019\t\n").encode(), "ends before it begins"),
    ("names.tsv", (HEAD + "x\tXan Yoe\t\t\tperson\t\t\t\tPékin\t\t\n").encode(), "is not like fr=Pékin"),
    ("bad.toml", b'[[person]]\nid = "x"\nnmae = "X"\n', 'bad.toml:3: "x": nmae: unknown key; did you mean "name"?'),
    ("cut.toml", b'[[person]]\nid = "x', "cut.toml: not TOML: "),
    ("syntax.toml", b'[[person]]\nid = "x"\nname =\n', "syntax.toml:3: not TOML: "),
    ("bracket.toml", b'[person]\nid = "x"\nname = "X Y"\n', "each entry begins with [[person]], in two brackets"),
    ("deep.toml", b"x = " + b"[" * 9000, "lists within lists"),
    ("month.tsv", (HEAD + "x\tXan Yoe\t\t\tperson\t\t\t\t\tmm-president@2020-13/\t\n").encode(), "is not like"),
    ("month.toml", b'[[person]]\nid = "x"\nname = "Xan Yoe"\n'
     b'offices = [{ office = "mm-president", from = "March 2020" }]\n', "dates are written like 2013-03-16"),
    ("gender.toml", b'[[person]]\nid = "x"\nname = "Xan Yoe"\ngender = "x"\n', '"x" is neither f nor m'),
    ("tag.toml", b'[[person]]\nid = "x"\nname = "X Y"\nnative = "X Y"\nlanguage = "burmese"\n', "no language tag"),
    ("form.toml", b'[[person]]\nid = "x"\nname = "X Y"\nweak = ["", "Y"]\n', "form.toml:4: \"x\": weak: '' is no form"),
    ("id.toml", b'[[person]]\nid = ""\nname = "X Y"\n', "an entry needs an id"),
    (
        "office.tsv", (HEAD + "x\tXan Yoe\t\t\tperson\t\t\t\t\tmm-presidnt@2020/\t\n").encode(),
        'office.tsv:2: "person/x": offices: no "office/mm-presidnt"; did you mean "office/mm-president"?',
    ),
    (
        "apart.toml", b'[[person]]\nid = "x"\nname = "Xan Yoe"\napart = ["wang-yy"]\n',
        'apart.toml:1: "person/x": apart: no "person/wang-yy"; did you mean "person/wang-yi"?',
    ),
    ("within.toml", b'[[place]]\nid = "x"\nname = "Xanville"\npart_of = "qzqz"\n', 'part_of: no "place/qzqz"'),
    (
        "tongue.tsv", (HEAD + "x\tXan Yoe\t\t\tperson\t\t\t\tqq=Xan\t\t\n").encode(),
        'tongue.tsv:2: "person/x": names: no "qq"; it is left out',
    ),
    ("section.toml", b'[[persn]]\nid = "x"\n', 'did you mean "person"?'),
    (
        "holders.toml",
        b'[[office]]\nid = "ruritania-president"\nname = "President of Ruritania"\n'
        b'[[person]]\nid = "a-aa"\nname = "Rudolf Aa"\n'
        b'offices = [{ office = "ruritania-president", from = "2001", to = "2010" }]\n'
        b'[[person]]\nid = "b-bb"\nname = "Michael Bb"\n'
        b'offices = [{ office = "ruritania-president", from = "2005" }]\n',
        'held by person/a-aa until 2010 and by person/b-bb from 2005',
    ),
    (
        "beside.toml",
        b'[[person]]\nid = "min-aa"\nname = "Rudolf Aa"\n'
        b'offices = [{ office = "mm-president", from = "2024", besides = "myint-swe" }]\n',
        'unknown key; did you mean "beside"?',
    ),
    (
        "circle.toml",
        b'[[place]]\nid = "aaville"\nname = "Aaville"\npart_of = "bbville"\n'
        b'[[place]]\nid = "bbville"\nname = "Bbville"\npart_of = "aaville"\n',
        "a circle: place/aaville → place/bbville → place/aaville",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), BAD, ids=[name for name, _, _ in BAD])
def test_each_problem_is_one_line_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, out, _ = run(capsys, "tables", "check", str(path))
    assert code == 1
    (line,) = {line for line in out.splitlines() if said in line} or {out}
    assert said in line
    assert "Traceback" not in out


def test_what_an_import_names_and_nothing_has_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dump names offices by the hundred that it does not hold."""
    path = tmp_path / "dump.tsv"
    offices = [f"q{n}qq" for n in range(900, 920)]
    rows = (f"x{n}\tXan Yoe{n}o\t\t\tperson\t\t\t\t\t{office}@/\t\n" for n, office in enumerate(offices))
    path.write_text(HEAD + "".join(rows), "utf-8")
    code, out, _ = run(capsys, "tables", "check", str(path))
    lines = [line for line in out.splitlines() if "offices" in line]
    assert (code, len(lines)) == (1, 6)
    assert lines[-1] == f"{path}: offices: 15 more that nothing has; they are left out"


def test_two_may_hold_an_office_where_the_row_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (_, holders, _), path = next(bad for bad in BAD if bad[0] == "holders.toml"), tmp_path / "holders.toml"
    path.write_bytes(holders.replace(b'from = "2005"', b'from = "2005", beside = "a-aa"'))
    assert run(capsys, "tables", "check", str(path))[:2] == (0, "")


def test_the_shipped_tables_have_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "tables", "check")[:2] == (0, "")


def test_a_good_table_has_no_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "good.tsv"
    path.write_text(HEAD + "x\tXan Yoe\t轩幼娥\tzh\tperson\tcn\tXan Y. Yoe\t\tru=Сюань\t\tours\n", "utf-8")
    assert run(capsys, "tables", "check", str(path))[:2] == (0, "")


def test_a_projects_own_table_is_linted_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.tsv").write_text(
        "id\tname\tnative\tlanguage\tkind\tcountry\nq1\tDeng Songbo\t邓松柏\tzh\tperson\tcn\n", "utf-8"
    )
    (tmp_path / "calque.toml").write_text('tables = ["mine.tsv"]\n', "utf-8")
    (tmp_path / "a.txt").write_text("Chinese envoy Dang Tung Ba met reporters.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    _, out, _ = run(capsys, "lint", "a.txt", "--format", "json")
    (found,) = json.loads(out)["documents"][0]["findings"]
    assert (found["text"], found["entity"], found["replacements"]) == ("Dang Tung Ba", "person/q1", ["Deng Songbo"])


def test_a_missing_table_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "calque.toml").write_text('tables = ["gone.tsv"]\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "lint", "a.txt")
    assert (code, "gone.tsv: No such file or directory; check the path" in err) == (2, True)


def test_a_row_of_a_shipped_hub_adds_its_forms_to_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.tsv").write_text(HEAD + "q7\tWang Yi\t王毅\tzh\tperson\tcn\t\t\tde=Wang Ji\t\tours\n", "utf-8")
    (tmp_path / "calque.toml").write_text('tables = ["mine.tsv"]\n', "utf-8")
    (tmp_path / "a.txt").write_text("Chinese Foreign Minister Wang Ji spoke.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    _, out, _ = run(capsys, "lint", "a.txt", "--format", "json")
    assert [f["entity"] for f in json.loads(out)["documents"][0]["findings"]] == ["person/wang-yi"]


TABLE = """# Leaders.
# Read with care.

# the second comes first
[[person]]
name = "B Bb"
id = "b"
unverified = true
family = "Bb"
names = { vi = "X" }

[[person]]
source = "a page"
# why so
id = "a"
name = "A Aa"
hit = ["one"]
"""


def test_the_normal_form_sorts_and_keeps_comments() -> None:
    formatted = format_text(TABLE, "t.toml")
    assert formatted.startswith("# Leaders.\n# Read with care.\n\n")
    assert formatted.index('id = "a"') < formatted.index('id = "b"')
    assert "# why so" in formatted
    assert '# the second comes first\n[[person]]\nid = "b"' in formatted
    assert format_text(formatted, "t.toml") == formatted


def test_format_checks_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.toml"
    path.write_text(TABLE, "utf-8")
    assert run(capsys, "tables", "format", "--check", str(path))[0] == 1
    assert run(capsys, "tables", "format", str(path))[0] == 0
    assert run(capsys, "tables", "format", "--check", str(path))[0] == 0


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    shutil.copytree(root / "aliases", tmp_path / "aliases")
    return tmp_path / "aliases"


def test_add_writes_where_it_belongs_or_not_at_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "people" / "xx.toml"
    given = ["tables", "add", "--into", str(path), "person", "name=Xan Yoe", "country=xx"]
    code, out, _ = run(capsys, *given, "source=a page, read 2026-11-22")
    assert (code, '"xan-yoe" added' in out) == (0, True)
    before = path.read_bytes()
    code, _, err = run(capsys, *given)
    assert (code, "stands there already" in err) == (2, True)
    code, _, err = run(capsys, *given[:-2], "name=Other Yoe", "country=xx", "aliases=Wang Yi")
    assert (code, "belongs to person/other-yoe too" in err) == (2, True)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir() if p.suffix != ".toml") == []


@pytest.mark.parametrize(
    "command",
    [["format"], ["add", "person", "name=Xan Yoe", "country=xx", "source=a page", "--into"]],
    ids=["format", "add"],
)
def test_a_full_disk_leaves_the_table_as_it_was(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    path = folder / "people" / "xx.toml"
    path.write_text(TABLE.split("[[person]]\nsource")[0], "utf-8")
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    monkeypatch.setattr("os.fsync", full)
    code, _, err = run(capsys, "tables", *command, str(path))
    assert code == 2
    assert "xx.toml: not written (No space left on device); it stands as it was" in err
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if p.suffix != ".toml"] == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["name=王富", "country=xx"], "give id=… in small Latin letters"),
        (["name=Xan Yoe", "country=../../xx"], '"../../xx" is no code'),
        (["name=Xan Yoe", "country=xx", "--into", "mine.tsv"], "an entry is written as TOML"),
        (["name=Xan Yoe", "country=xx", "offices=mm-president@soon"], "is not like foreign-minister@"),
    ],
)
def test_add_refuses_what_would_go_astray(capsys: pytest.CaptureFixture[str], given: list[str], said: str) -> None:
    code, _, err = run(capsys, "tables", "add", "person", *given)
    assert (code, said in err) == (2, True)


def test_add_takes_offices_and_names_as_a_row_has_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "people" / "xx.toml"
    given = ["name=Xan Yoe", "country=xx", "offices=mm-president@2031-01/2032", "names=fr=Ksan;de=Chsan"]
    assert run(capsys, "tables", "add", "--into", str(path), "person", *given)[0] == 0
    text = path.read_text("utf-8")
    assert 'offices = [{ office = "mm-president", from = "2031-01", to = "2032" }]' in text
    assert 'names = { fr = "Ksan", de = "Chsan" }' in text


@pytest.mark.parametrize("name", ["mine.tsv", "bracket.toml", "deep.toml"])
def test_format_refuses_what_has_no_normal_form(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    path = tmp_path / name
    path.write_bytes({bad: content for bad, content, _ in BAD}.get(name, b"id\tname\n"))
    before = path.read_bytes()
    code, _, err = run(capsys, "tables", "format", str(path))
    assert (code, "Traceback" in err, path.read_bytes()) == (2, False, before)
    assert err.count("\n") == 1


def test_diff_shows_forms_and_collisions(folder: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "people" / "xx.toml"
    path.write_text('[[person]]\nid = "xan"\nname = "Xan Yoe"\nweak = ["Xinjiang"]\nunverified = true\n', "utf-8")
    code, out, _ = run(capsys, "tables", "diff", str(root / "aliases"), str(folder))
    assert code == 1
    assert "+ person/xan: name - Xan Yoe" in out.splitlines()
    assert any(line.startswith("+ collision xinjiang: ") for line in out.splitlines())


@pytest.mark.parametrize("format_", ["tsv", "jsonl", "ftm"])
def test_export(tmp_path: Path, capsys: pytest.CaptureFixture[str], format_: str) -> None:
    code, out, _ = run(capsys, "tables", "export", format_)
    lines = out.splitlines()
    assert (code, len(lines) > 7000) == (0, True)
    if format_ == "tsv":
        (tmp_path / "back.tsv").write_text(out, "utf-8")
        assert len(list(read_user_table(tmp_path / "back.tsv"))) == len(lines) - 1
    else:
        wang = next(raw for raw in map(json.loads, lines) if raw["id"] in ("person/wang-yi", "person-wang-yi"))
        assert "王毅" in json.dumps(wang, ensure_ascii=False)


def test_stats_counts(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "tables", "stats")
    assert code == 0
    assert "  place" in out
    assert "with a source" in out
    assert "collisions" in out
    assert "NOT HANDLED" not in out


def test_no_collision_is_silent(tables: Tables) -> None:
    silent = [collision.line() for collision in collisions(tables) if not collision.handling]
    assert silent == []


def test_the_collisions_of_the_brief_are_listed(tables: Tables) -> None:
    """A Sino-Vietnamese reading that a person and a place share is listed, and decides for neither alone."""
    found = {collision.form: collision for collision in collisions(tables)}
    shared = found["tan cuong"]
    assert len(shared.owners) > 1
    assert shared.handling


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_add_is_stopped_at_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    def leave(_: str) -> str:
        raise end

    monkeypatch.setattr("builtins.input", leave)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    code, _, err = run(capsys, "tables", "add", "person", "--into", str(tmp_path / "people" / "xx.toml"))
    assert (code, "stopped at a question; nothing was written" in err) == (2, True)
    assert not list(tmp_path.iterdir())


def test_add_asks_for_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = {"name": "Xan Yoe", "country": "xx", "source": "a page"}

    def answer(question: str) -> str:
        asked.append(question)
        return answers.get(question.removesuffix(": "), "")

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    code, out, _ = run(capsys, "tables", "add", "person", "--into", str(folder / "people" / "xx.toml"))
    assert (code, '"xan-yoe" added' in out) == (0, True)
    assert "native: " in asked
