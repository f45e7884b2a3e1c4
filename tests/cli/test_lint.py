"""The command keeps its contract: what it prints, how it exits, what it does with bad input."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from normalize.cli import main

WRONG = "Chinese Foreign Minister Vuong Nghi flew to Madrid.\n"
RIGHT = "Chinese Foreign Minister Wang Yi flew to Madrid.\n"

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: object) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint_json(capsys: Capture, *arguments: str) -> tuple[int, dict]:  # type: ignore[type-arg]
    capsys.readouterr()
    code = main(["lint", "--format", "json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_json_carries_the_contract(here: Path, capsys: Capture) -> None:
    Path("a.txt").write_text("\ufeff" + RIGHT + WRONG, "utf-8")
    code, out = lint_json(capsys, "a.txt")
    assert (code, out["version"], out["errors"]) == (1, 1, [])
    document = out["documents"][0]
    assert (document["path"], document["language"]) == ("a.txt", "en")
    finding = document["findings"][0]
    assert set(finding) >= {
        "code", "name", "severity", "confidence", "start", "end", "line", "column", "text", "message", "replacements",
        "safety", "entity", "mqm", "evidence",
    }  # fmt: skip
    text = RIGHT + WRONG
    assert text[finding["start"] : finding["end"]] == finding["text"] == "Vuong Nghi"
    assert (finding["line"], finding["column"]) == (2, 26)
    assert (finding["code"], finding["severity"], finding["safety"]) == ("NAM001", "error", "safe")
    assert finding["replacements"] == ["Wang Yi"]
    assert finding["entity"] == "person/wang-yi"
    assert any("王毅" in e["detail"] for e in finding["evidence"])


def test_every_document_is_listed_in_argument_order(here: Path, capsys: Capture) -> None:
    Path("b.txt").write_text(RIGHT, "utf-8")
    Path("a.txt").write_text(WRONG, "utf-8")
    Path("folder").mkdir()
    Path("folder/c.txt").write_text(RIGHT, "utf-8")
    _, out = lint_json(capsys, "b.txt", "folder", "a.txt")
    assert [d["path"] for d in out["documents"]] == ["b.txt", "folder/c.txt", "a.txt"]
    assert [len(d["findings"]) for d in out["documents"]] == [0, 0, 1]


@pytest.mark.parametrize(
    ("level", "code"), [("info", 1), ("warning", 1), ("error", 1)], ids=["from info", "from warning", "from error"]
)
def test_fail_on(here: Path, level: str, code: int) -> None:
    Path("a.txt").write_text(WRONG, "utf-8")
    assert main(["lint", "--fail-on", level, "a.txt"]) == code


def test_a_note_alone_does_not_fail(here: Path) -> None:
    Path("a.txt").write_text("The report mentioned Tan Cuong twice.\n", "utf-8")
    assert main(["lint", "a.txt"]) == 0
    assert main(["lint", "--fail-on", "info", "a.txt"]) == 1


def test_standard_input(here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode()), "utf-8"))
    code, out = lint_json(capsys, "-", "--stdin-filename", "piped.md")
    assert (code, out["documents"][0]["path"]) == (1, "piped.md")


def bad_inputs(folder: Path) -> dict[str, str]:
    """Each bad path, and what its sentence must say."""
    folder.joinpath("empty-folder").mkdir()
    folder.joinpath("binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    folder.joinpath("latin1.txt").write_bytes("Séjourné".encode("latin-1"))
    folder.joinpath("utf16.txt").write_bytes("Wang Yi".encode("utf-16") + b"x")
    folder.joinpath("loop.txt").symlink_to(folder / "loop.txt")
    return {
        "missing.txt": "no such file",
        "empty-folder": "file in this folder",
        "binary.txt": "NUL byte",
        "latin1.txt": "not UTF-8",
        "utf16.txt": "utf-16le",
        "loop.txt": "",
    }


def test_what_cannot_be_read_is_said_and_the_rest_is_checked(here: Path, capsys: Capture) -> None:
    bad = bad_inputs(here)
    Path("good.txt").write_text(WRONG, "utf-8")
    code, out = lint_json(capsys, *bad, "good.txt")
    assert code == 3
    assert [d["path"] for d in out["documents"]] == ["good.txt"]
    said = {e["path"]: e["message"] for e in out["errors"]}
    assert list(said) == list(bad)
    for path, part in bad.items():
        assert part in said[path]
        assert path in said[path]
        assert "\n" not in said[path]
        assert "Traceback" not in said[path]


def test_empty_file_and_mixed_line_ends_are_fine(here: Path, capsys: Capture) -> None:
    Path("empty.txt").write_bytes(b"")
    Path("mixed.txt").write_bytes(b"One.\r\nTwo.\rThree.\n" + WRONG.encode())
    code, out = lint_json(capsys, "empty.txt", "mixed.txt")
    assert (code, out["errors"]) == (1, [])
    assert out["documents"][1]["findings"][0]["line"] == 4


def test_control_and_bidi_characters_are_escaped_in_text(here: Path, capsys: Capture) -> None:
    Path("a.txt").write_text(f"\x1b]0;x\x07\N{RIGHT-TO-LEFT OVERRIDE} {WRONG}", "utf-8")
    main(["lint", "a.txt"])
    out = capsys.readouterr().out
    assert "\\x1b" in out
    assert "\\u202e" in out
    assert not set(out) & {"\x1b", "\x07", "\N{RIGHT-TO-LEFT OVERRIDE}"}


def test_fix_changes_the_finding_and_nothing_else(here: Path, capsys: Capture) -> None:
    before = b"\xef\xbb\xbf" + (f"One.\r\n{WRONG}" + "Two  spaces\tand a tab.\r").encode()
    path = Path("a.txt")
    path.write_bytes(before)
    path.chmod(0o640)
    assert main(["lint", "--fix", "a.txt"]) == 0
    after = path.read_bytes()
    assert after == before.replace(b"Vuong Nghi", b"Wang Yi")
    assert path.stat().st_mode & 0o777 == 0o640
    assert main(["lint", "--fix", "a.txt"]) == 0
    assert path.read_bytes() == after
    assert [p.name for p in here.iterdir()] == ["a.txt"]


def test_diff_shows_the_fix_and_changes_nothing(here: Path, capsys: Capture) -> None:
    Path("a.txt").write_text(WRONG, "utf-8")
    assert main(["lint", "--diff", "a.txt"]) == 1
    out = capsys.readouterr().out
    assert f"-{WRONG}+{RIGHT}" in out
    assert Path("a.txt").read_text("utf-8") == WRONG


def test_suggested_fixes_wait_to_be_asked_for(here: Path) -> None:
    text = "Brussels wants an equal playground for its steel makers.\n"
    Path("a.txt").write_text(text, "utf-8")
    assert main(["lint", "--fix", "a.txt"]) == 1
    assert Path("a.txt").read_text("utf-8") == text
    assert main(["lint", "--fix", "--suggested", "a.txt"]) == 0
    assert "level playing field" in Path("a.txt").read_text("utf-8")


def test_a_quotation_is_never_touched_by_a_safe_fix(here: Path) -> None:
    text = '"We met Foreign Minister Vuong Nghi," the Chinese envoy said. Wang Yi was there.\n'
    Path("a.txt").write_text(text, "utf-8")
    main(["lint", "--fix", "a.txt"])
    assert Path("a.txt").read_text("utf-8") == text


def test_a_read_only_file_is_left_and_said(here: Path, capsys: Capture) -> None:
    path = Path("a.txt")
    path.write_text(WRONG, "utf-8")
    path.chmod(0o444)
    assert main(["lint", "--fix", "a.txt"]) == 3
    assert path.read_text("utf-8") == WRONG
    assert "read-only" in capsys.readouterr().err


def test_a_link_is_not_followed_by_a_fix(here: Path, capsys: Capture) -> None:
    Path("real.txt").write_text(WRONG, "utf-8")
    Path("link.txt").symlink_to("real.txt")
    assert main(["lint", "--fix", "link.txt"]) == 3
    assert Path("real.txt").read_text("utf-8") == WRONG
    assert "a link is not fixed" in capsys.readouterr().err


def test_a_file_that_changed_meanwhile_is_left(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from normalize import fixes
    from normalize.errors import OutputError
    from normalize.text.reading import read

    Path("a.txt").write_text(WRONG, "utf-8")
    document = read("a.txt")
    Path("a.txt").write_text("Someone else wrote this.\n", "utf-8")
    with pytest.raises(OutputError, match="changed while it was checked"):
        fixes.write(document, RIGHT)
    assert Path("a.txt").read_text("utf-8") == "Someone else wrote this.\n"


def test_a_full_disk_leaves_the_file_as_it_was(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    Path("a.txt").write_text(WRONG, "utf-8")
    monkeypatch.setattr("os.fsync", full)
    assert main(["lint", "--fix", "a.txt"]) == 3
    assert Path("a.txt").read_text("utf-8") == WRONG
    assert [p.name for p in here.iterdir()] == ["a.txt"]
    assert "No space left" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("[tool.calque]\nstile = 'ap'\n", 'pyproject.toml:2: unknown key "stile"; did you mean "style"?'),
        (
            "[tool.calque]\nfail-on = 'warnin'\n",
            'fail-on: "warnin" is none of info, warning, error; did you mean "warning"?',
        ),
        ("[tool.calque]\nfiles = 'a.md'\n", "pyproject.toml:2: files: a list of strings is wanted here"),
        ("[tool.calque]\nignore = ['']\n", 'ignore: "" is no rule'),
        ("[tool.calque]\nignore = ['NOPE']\n", 'ignore: no rule begins with "NOPE"'),
        ("[tool.calque]\nfiles = ['/abs/*.md']\n", 'files: "/abs/*.md" is no relative glob'),
        ("[tool.calque]\nlanguage = 'klingon!'\n", 'no language "klingon!"'),
        ("[tool]\ncalque = 3\n", "[tool.calque]: a table is wanted here"),
        ("[tool.calque]\nstyle = 'reutrs'\n", 'no house style "reutrs"'),
        ("[tool.calque\n", "pyproject.toml"),
    ],
)
def test_bad_settings_stop_the_run_with_one_sentence(here: Path, capsys: Capture, settings: str, said: str) -> None:
    Path("pyproject.toml").write_text(settings, "utf-8")
    Path("a.txt").write_text(RIGHT, "utf-8")
    code = main(["lint", "a.txt"])
    err = capsys.readouterr().err
    assert code == 2
    assert said in err
    assert err.count("\n") == 1


def test_the_files_of_a_project(here: Path, capsys: Capture) -> None:
    Path("calque.toml").write_text('files = ["news/**/*.md"]\n', "utf-8")
    Path("news/2025").mkdir(parents=True)
    Path("news/2025/a.md").write_text(WRONG, "utf-8")
    code, out = lint_json(capsys)
    assert code == 1
    assert [d["path"] for d in out["documents"]] == ["news/2025/a.md"]


def test_no_path_and_no_settings(here: Path, capsys: Capture) -> None:
    assert main(["lint"]) == 2
    assert "no path was given" in capsys.readouterr().err


def test_a_suppression_with_its_reason(here: Path) -> None:
    Path("a.md").write_text(WRONG.rstrip() + " <!-- calque: allow NAM001 – as the court record has it -->\n", "utf-8")
    assert main(["lint", "a.md"]) == 0


def test_a_suppression_without_a_reason_does_nothing_but_complain(here: Path, capsys: Capture) -> None:
    Path("a.md").write_text(WRONG.rstrip() + " <!-- calque: allow NAM001 -->\n", "utf-8")
    code, out = lint_json(capsys, "a.md")
    assert code == 1
    assert {f["code"] for f in out["documents"][0]["findings"]} == {"NAM001", "SUP001"}


def test_a_text_in_another_language_is_left_alone(here: Path, capsys: Capture) -> None:
    Path("vi.txt").write_text(
        "Ngoại trưởng Trung Quốc Vương Nghị đã gặp bà Kallas tại Brussels và nói về quan hệ song phương.\n", "utf-8"
    )
    code, out = lint_json(capsys, "vi.txt")
    assert (code, out["documents"][0]["language"], out["documents"][0]["findings"]) == (0, "vi", [])


def test_same_input_same_bytes(here: Path, capsys: Capture, root: Path) -> None:
    story = str(root / "corpora/stories/seas-and-minerals/003-vietnamese.txt")
    runs = []
    for _ in range(2):
        capsys.readouterr()
        main(["lint", "--format", "json", story])
        runs.append(capsys.readouterr().out)
    assert runs[0] == runs[1]


def test_version_names_a_clash(here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "2.0.0" if name == "normalize" else "0")
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert "unrelated distribution “normalize” 2.0.0" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["lnt"], ["lint", "--fail-on", "loud", "x"]])
def test_usage_errors_are_one_line(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
