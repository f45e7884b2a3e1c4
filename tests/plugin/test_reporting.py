"""A finding is told in full everywhere, and nowhere at length."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import junitparser
import pytest

from normalize.cli import main

Repository = Any

SUMMARY = "NAM001 “Vuong Nghi” is Wang Yi: Sino-Vietnamese reading of 王毅"


def command(repository: Repository, capsys: pytest.CaptureFixture[str], *paths: str) -> list[str]:
    """What ``calque lint`` prints of these paths."""
    os.chdir(repository.path)
    capsys.readouterr()
    main(["lint", *paths])
    return capsys.readouterr().out.strip("\n").splitlines()


def test_a_failure_is_the_report_of_the_command(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    for page in ("content/a.md", "content/news/c.md"):
        printed = command(repository, capsys, page)
        shown = repository.run(page).outlines
        first = shown.index(printed[0])
        assert shown[first : first + len(printed)] == printed
        assert page in shown[first - 1], "the page's name is the heading"
        assert shown[first + len(printed)].startswith("calque: "), "and nothing follows"


def test_the_short_summary_says_what_is_wrong(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    repository.write("content/news/c.md", f"{repository.WRONG}\nThe market distortation must end.\n")
    lines = repository.run("-q", "content").outlines
    assert f"FAILED content/a.md::calque - {SUMMARY}" in lines
    assert "FAILED content/news/c.md::calque - 2 findings: NAM001 at 1:26; LEX001 at 3:12" in lines


def test_one_line_a_failure(repository: Repository) -> None:
    lines = repository.run("--tb=line", "-q", "content").outlines
    start = next(n for n, line in enumerate(lines) if "FAILURES" in line)
    assert lines[start + 1 : start + 3] == [f"content/a.md:1: {SUMMARY}", f"content/news/c.md:3: {SUMMARY}"]
    assert not any("Vuong Nghi flew" in line for line in lines)
    assert not any("Vuong" in line for line in repository.run("--tb=no", "-q", "--no-summary", "content").outlines)


@pytest.mark.parametrize("family", ["legacy", "xunit1", "xunit2"])
@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["", "xdist"])
def test_junit_read_by_another_library(repository: Repository, family: str, workers: tuple[str, ...]) -> None:
    repository.run_apart("--junitxml=out.xml", "-o", f"junit_family={family}", *workers, "content/news", "content/b.md")
    text = (repository.path / "out.xml").read_text("utf-8")
    assert len(text.splitlines()) <= 15, "pytest-ruff needs 638 lines for one finding"
    cases = {case.classname: case for suite in junitparser.JUnitXml.fromstring(text.encode()) for case in suite}
    assert not cases["content.b.md"].result
    assert not cases["content.b.md"].child(junitparser.Properties), "a page that passes says nothing"
    case = cases["content.news.c.md"]
    [failure] = case.result
    assert failure.message == SUMMARY
    assert "content/news/c.md:3:26: error NAM001" in failure.text
    assert "^^^^^^^^^^" in failure.text
    properties = {p.name: p.value for p in case.child(junitparser.Properties)}
    assert (properties["file"], properties["line"]) == ("content/news/c.md", "3")
    [finding] = json.loads(properties["calque"])
    assert (finding["line"], finding["column"], finding["text"]) == (3, 26, "Vuong Nghi")
    assert (finding["code"], finding["replacements"]) == ("NAM001", ["Wang Yi"])
    if family != "xunit2":
        element = case._elem
        assert (element.get("file"), element.get("line")) == ("content/news/c.md", "2"), "pytest counts from 0"


def test_junit_keeps_every_message_where_the_terminal_shows_one_line(repository: Repository) -> None:
    repository.write("content/a.md", f"{repository.WRONG}\nThe market distortation must end.\n")
    repository.run("--tb=line", "--junitxml=out.xml", "content/a.md")
    [suite] = junitparser.JUnitXml.fromfile(str(repository.path / "out.xml"))
    [case] = suite
    message = case.result[0].message
    assert message.startswith("2 findings: NAM001 at 1:26; LEX001 at 3:12")
    assert "“distortation” is not a word" in message


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["", "xdist"])
def test_pytest_json_report(repository: Repository, workers: tuple[str, ...]) -> None:
    repository.run_apart("--json-report", "--json-report-file=out.json", *workers, "content/a.md")
    [test] = json.loads((repository.path / "out.json").read_text("utf-8"))["tests"]
    assert test["nodeid"] == "content/a.md::calque"
    assert test["call"]["crash"] == {"path": "content/a.md", "lineno": 1, "message": SUMMARY}
    assert "content/a.md:1:26: error NAM001" in test["call"]["longrepr"]
    properties = {name: value for one in test["user_properties"] for name, value in one.items()}
    assert json.loads(properties["calque"])[0]["code"] == "NAM001"


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["", "xdist"])
def test_annotations_in_github_actions_alone(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, workers: tuple[str, ...]
) -> None:
    repository.write("content/100%, done.md", repository.WRONG)
    assert not [line for line in repository.run_apart(*workers).outlines if line.startswith("::")]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(repository.path.parent))
    shown = [line for line in repository.run_apart(*workers).outlines if line.startswith("::")]
    here = repository.path.name
    assert sorted(shown) == sorted(
        f"::error file={here}/{page},line={line},endLine={line},col=26,endColumn=36,title=NAM001 variant-name::"
        "“Vuong Nghi” is Wang Yi: Sino-Vietnamese reading of 王毅"
        for page, line in (("content/100%25%2C done.md", 1), ("content/a.md", 1), ("content/news/c.md", 3))
    )


def test_below_the_severity_that_fails_a_finding_is_a_warning(repository: Repository) -> None:
    repository.write("content/a.md", repository.NOTE)
    result = repository.run("content/a.md")
    assert result.parseoutcomes() == {"passed": 1, "warnings": 1}
    result.stdout.fnmatch_lines(["*content/a.md:1: CalqueWarning: 1:26: info CAL002 *drone*"])
    assert repository.run("--calque-fail-on", "info", "content/a.md").parseoutcomes() == {"failed": 1}
    repository.write("pyproject.toml", '[tool.calque]\nfiles = ["content/**/*.md"]\nfail-on = "info"\n')
    assert repository.run("content/a.md").parseoutcomes() == {"failed": 1}
    assert repository.run("--calque-fail-on", "error", "content/a.md").parseoutcomes() == {"passed": 1, "warnings": 1}


def test_a_page_that_cannot_be_read_fails_in_one_sentence(repository: Repository) -> None:
    (repository.path / "content/a.md").write_bytes(b"Caf\xe9\n")
    for granularity in ("file", "finding"):
        result = repository.run("content/a.md", f"--calque-granularity={granularity}")
        assert result.parseoutcomes() == {"failed": 1}
        result.stdout.fnmatch_lines(
            ["*content/a.md: byte 3 (line 1): not UTF-8 (0xe9); give --encoding, or save it as UTF-8 and run again"]
        )
        result.stdout.no_fnmatch_line("*Traceback*")
        result.stdout.no_fnmatch_line("*normalize/*")


def test_text_from_a_page_cannot_steer_the_terminal(repository: Repository) -> None:
    repository.write("content/a.md", "Chinese Foreign Minister Vuong Nghi \x1b]0;title\x07\x1b[2J flew.\n")
    assert "\x1b" not in repository.run("content/a.md", "--color=no").stdout.str()


def baseline(repository: Repository, *arguments: str) -> None:
    os.chdir(repository.path)
    assert main(["baseline", *arguments]) == 0


def test_what_the_baseline_knows_is_expected_to_fail(repository: Repository) -> None:
    baseline(repository, "create", "content/a.md", "--reason", "printed in 1998")
    result = repository.run("-rx", "content")
    assert result.parseoutcomes() == {"xfailed": 1, "passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*XFAIL content/a.md::calque - *baseline: 1 of NAM001: printed in 1998*"])
    assert repository.run("--runxfail", "content").parseoutcomes() == {"passed": 1, "failed": 2}
    for granularity, outcomes in (("rule", {"xfailed": 1}), ("finding", {"xfailed": 1})):
        found = repository.run(f"--calque-granularity={granularity}", "-k", "NAM001", "content/a.md").parseoutcomes()
        assert {name: found.get(name) for name in outcomes} == outcomes


def test_only_what_is_new_is_shown_beside_what_is_known(repository: Repository) -> None:
    baseline(repository, "create", "content/a.md")
    repository.write("content/a.md", f"A line more.\n\n{repository.WRONG}\nThe market distortation must end.\n")
    result = repository.run("content/a.md")
    assert result.parseoutcomes() == {"failed": 1}
    result.stdout.fnmatch_lines(["content/a.md:5:12: warning LEX001*"])
    result.stdout.no_fnmatch_line("*NAM001*")


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["", "xdist"])
def test_entries_that_are_found_no_more_are_said(repository: Repository, workers: tuple[str, ...]) -> None:
    baseline(repository, "create", "content")
    repository.write("content/a.md", repository.RIGHT)
    result = repository.run_apart(*workers, "content")
    assert result.ret == 0
    gone = (
        "calque: content/a.md: NAM001 “Vuong Nghi” is in the baseline and not in the page; run calque baseline update"
    )
    assert result.outlines.count(gone) == 1


def test_settings_that_ask_for_what_is_not_there(repository: Repository) -> None:
    repository.write("calque.toml", 'files = ["content/**/*.md"]\nstyle = "tabloid"\n')
    result = repository.run("content/a.md")
    assert result.ret != 0
    result.stdout.fnmatch_lines(['*no house style "tabloid"*'])
    Path(repository.path / "calque-baseline.json").write_text("[]", "utf-8")
    repository.write("calque.toml", 'files = ["content/**/*.md"]\n')
    repository.run("content/a.md").stdout.fnmatch_lines(["*calque-baseline.json: this is not a baseline of calque*"])
