"""The baseline recognises a finding wherever it went, may shrink, and never grows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalize.cli import main

WRONG = "Chinese Foreign Minister Vuong Nghi flew to Madrid on Monday.\n"
RIGHT = "Chinese Foreign Minister Wang Yi flew to Madrid on Monday.\n"
OTHER = "In the evening Vuong Nghi dined with his hosts in the old post office.\n"

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: object, capsys: Capture) -> Path:
    """A page with two known findings, in a project that knows them."""
    monkeypatch.chdir(tmp_path)
    Path("calque.toml").write_text('files = ["*.md"]\n', "utf-8")
    page = Path("page.md")
    page.write_text(f"{WRONG}\n{OTHER}", "utf-8")
    assert main(["baseline", "create", "--reason", "printed in 1998"]) == 0
    assert capsys.readouterr().out == "calque-baseline.json: 2 entries in 1 page\n"
    return page


def lint(capsys: Capture, *more: str) -> tuple[int, list[dict]]:  # type: ignore[type-arg]
    capsys.readouterr()
    code = main(["lint", "--format", "json", *more])
    documents = json.loads(capsys.readouterr().out)["documents"]
    return code, [finding for document in documents for finding in document["findings"]]


def entries() -> list[dict[str, str]]:
    pages = json.loads(Path("calque-baseline.json").read_text("utf-8"))["pages"]
    return [{"page": page, **row} for page, rows in pages.items() for row in rows]


def test_known_findings_are_marked_and_fail_nothing(page: Path, capsys: Capture) -> None:
    code, findings = lint(capsys)
    assert code == 0
    assert [f["known"] for f in findings] == ["printed in 1998"] * 2
    assert main(["lint"]) == 0
    shown = capsys.readouterr()
    assert "Vuong" not in shown.out
    assert "0 errors, 0 warnings, 0 notes, 2 known (baseline)" in shown.err
    code, findings = lint(capsys, "--no-baseline")
    assert (code, len(findings)) == (1, 2)
    assert "known" not in findings[0]


STILL_KNOWN = {
    "lines above": f"One.\n\nTwo.\n\n{WRONG}\n{OTHER}",
    "paragraphs in another order": f"{OTHER}\n{WRONG}",
    "wrapped anew": f"{WRONG.replace(' ', chr(10))}\n{OTHER.replace(' dined', chr(10) + 'dined')}",
    "more spaces": f"{WRONG.replace(' flew', '   flew')}\n{OTHER}",
    "the rest of the sentence edited": f"{WRONG.replace('on Monday', 'last week, by train')}\n{OTHER}",
    "the words beside it edited": f"{WRONG.replace('flew to', 'left for')}\n{OTHER}",
    "carriage returns": f"{WRONG}\n{OTHER}".replace("\n", "\r\n"),
}


@pytest.mark.parametrize("text", STILL_KNOWN.values(), ids=STILL_KNOWN)
def test_a_finding_that_moved_is_still_known(page: Path, capsys: Capture, text: str) -> None:
    page.write_bytes(text.encode())
    code, findings = lint(capsys)
    assert code == 0
    assert len(findings) == 2
    assert main(["baseline", "check"]) == 0


NEW = {
    "the same words once more": f"{WRONG}\n{OTHER}\nLater, Vuong Nghi flew on to Lisbon.\n",
    "the same sentence twice": f"{WRONG}\n{OTHER}\n{WRONG}",
    "another rule in a known page": f"{WRONG}\n{OTHER}\nThe market distortation must end.\n",
}


@pytest.mark.parametrize("text", NEW.values(), ids=NEW)
def test_a_new_finding_fails_and_the_known_stay_known(page: Path, capsys: Capture, text: str) -> None:
    page.write_text(text, "utf-8")
    code, findings = lint(capsys)
    assert code == 1
    assert [bool(f.get("known")) for f in findings].count(False) == 1
    assert not findings[-1].get("known"), "the one that was added is the new one"
    assert main(["baseline", "check"]) == 1
    assert "1 finding not in the baseline: mend or suppress them" in capsys.readouterr().err


def test_the_same_words_on_another_page_are_new(page: Path, capsys: Capture) -> None:
    Path("other.md").write_text(WRONG, "utf-8")
    assert lint(capsys)[0] == 1


def test_a_renamed_page_keeps_its_entries(page: Path, capsys: Capture) -> None:
    page.rename("renamed, 2026.md")
    assert lint(capsys)[0] == 0
    assert main(["baseline", "check"]) == 0
    assert main(["baseline", "update"]) == 0
    assert [(e["page"], e["reason"]) for e in entries()] == [("renamed, 2026.md", "printed in 1998")] * 2


def test_update_shrinks_and_check_says_what_is_gone(page: Path, capsys: Capture) -> None:
    page.write_text(f"{RIGHT}\n{OTHER}", "utf-8")
    assert main(["baseline", "check"]) == 1
    shown = capsys.readouterr()
    assert shown.out == "page.md: NAM001 “Vuong Nghi” is in the baseline and found no more\n"
    assert "1 entry found no more; run calque baseline update" in shown.err
    assert main(["baseline", "update"]) == 0
    assert capsys.readouterr().out == "calque-baseline.json: 1 entry kept, 1 dropped\n"
    assert len(entries()) == 1
    assert main(["baseline", "check"]) == 0
    page.write_text(f"{WRONG}\n{OTHER}", "utf-8")
    assert lint(capsys)[0] == 1, "what was mended may not come back"


def test_update_never_grows(page: Path, capsys: Capture) -> None:
    before = Path("calque-baseline.json").read_bytes()
    page.write_text(NEW["the same words once more"], "utf-8")
    assert main(["baseline", "update"]) == 1
    shown = capsys.readouterr()
    assert "page.md:5:8: " in shown.out
    assert "1 finding not in the baseline" in shown.err
    assert Path("calque-baseline.json").read_bytes() == before


def test_update_takes_the_new_surroundings(page: Path, capsys: Capture) -> None:
    before = entries()
    page.write_text(STILL_KNOWN["the words beside it edited"], "utf-8")
    assert main(["baseline", "update"]) == 0
    assert len(entries()) == 2
    assert entries() != before
    assert main(["baseline", "check"]) == 0


def test_update_of_some_pages_leaves_the_entries_of_the_others(page: Path, capsys: Capture) -> None:
    Path("other.md").write_text(WRONG, "utf-8")
    main(["baseline", "create", "--force"])
    page.write_text(RIGHT, "utf-8")
    assert main(["baseline", "update", "page.md"]) == 0
    assert [e["page"] for e in entries()] == ["other.md"]


def test_entries_of_a_page_that_is_gone_are_stale(page: Path, capsys: Capture) -> None:
    page.unlink()
    Path("b.md").write_text(RIGHT, "utf-8")
    assert main(["baseline", "check"]) == 1
    assert main(["baseline", "update"]) == 0
    assert entries() == []
    assert main(["baseline", "check"]) == 0


def test_create_refuses_to_begin_anew_unless_told(page: Path, capsys: Capture) -> None:
    before = Path("calque-baseline.json").read_bytes()
    assert main(["baseline", "create"]) == 2
    assert "there is a baseline; calque baseline update shrinks it" in capsys.readouterr().err
    assert Path("calque-baseline.json").read_bytes() == before
    assert main(["baseline", "create", "--force"]) == 0


@pytest.mark.parametrize("verb", ["update", "check"])
def test_without_a_baseline_the_next_step_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, verb: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["baseline", verb]) == 2
    assert "there is no baseline; make one with calque baseline create" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1, "pages": {"a": [{"code": 3}]}}', '{"version": 1, "pages": []}']
)
def test_a_file_that_is_no_baseline_is_refused_in_one_sentence(page: Path, capsys: Capture, text: str) -> None:
    Path("calque-baseline.json").write_text(text, "utf-8")
    assert main(["lint"]) == 2
    assert "calque-baseline.json: this is not a baseline of calque; restore it" in capsys.readouterr().err


def test_a_baseline_of_a_later_version_is_refused(page: Path, capsys: Capture) -> None:
    Path("calque-baseline.json").write_text('{"version": 2, "pages": {}}', "utf-8")
    assert main(["lint"]) == 2
    assert "a baseline of version 2; this calque reads version 1" in capsys.readouterr().err


def test_the_file_is_sorted_one_line_an_entry_and_the_same_every_time(page: Path, capsys: Capture) -> None:
    before = Path("calque-baseline.json").read_text("utf-8")
    main(["baseline", "create", "--force", "--reason", "printed in 1998"])
    assert Path("calque-baseline.json").read_text("utf-8") == before
    assert sum('"fingerprint"' in line for line in before.splitlines()) == 2


def test_nothing_is_written_if_a_page_was_not_read(page: Path, capsys: Capture) -> None:
    before = Path("calque-baseline.json").read_bytes()
    Path("bad.md").write_bytes(b"caf\xe9")
    assert main(["baseline", "create", "--force"]) == 3
    assert main(["baseline", "update"]) == 3
    assert Path("calque-baseline.json").read_bytes() == before


def test_settings_name_another_file(page: Path, capsys: Capture) -> None:
    Path("calque.toml").write_text('files = ["*.md"]\nbaseline = "quality/known.json"\n', "utf-8")
    Path("quality").mkdir()
    assert lint(capsys)[0] == 1
    assert main(["baseline", "create"]) == 0
    assert Path("quality/known.json").is_file()
    assert lint(capsys)[0] == 0


def test_fixes_are_done_in_known_findings_too_and_then_the_entry_is_stale(page: Path, capsys: Capture) -> None:
    assert main(["lint", "--fix"]) == 0
    assert "Vuong" not in page.read_text("utf-8")
    assert main(["baseline", "check"]) == 1
