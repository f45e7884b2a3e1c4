"""Which pages become items, under which names, and how pytest's own switches choose among them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

Repository = Any


def test_a_page_is_one_item_and_the_order_is_that_of_the_names(repository: Repository) -> None:
    own = "tests/test_own.py::test_own"
    assert repository.collected() == [
        "content/a.md::calque", "content/b.md::calque", "content/news/c.md::calque", own,
    ]  # fmt: skip
    off = repository.pytester.runpytest("--collect-only", "-q").outlines
    assert [line for line in off if "::" in line] == [own]
    assert repository.collected("--no-calque") == [own]


def test_pytest_settings_can_switch_it_on_and_the_command_line_off(repository: Repository) -> None:
    repository.write("pytest.ini", "[pytest]\ncalque = true\n")
    count = {}
    for switches in ((), ("--no-calque",), ("-p", "no:calque")):
        lines = repository.pytester.runpytest("--collect-only", "-q", *switches).outlines
        count[switches] = sum("::" in line for line in lines)
    assert list(count.values()) == [4, 1, 1]


def test_pages_outside_testpaths_are_checked_where_no_path_is_given(repository: Repository) -> None:
    repository.write("pytest.ini", "[pytest]\ntestpaths = tests\n")
    assert set(repository.collected()) == {
        "tests/test_own.py::test_own", "content/a.md::calque", "content/b.md::calque", "content/news/c.md::calque",
    }  # fmt: skip
    assert repository.collected("tests") == ["tests/test_own.py::test_own"]
    assert repository.collected("--ignore=content/news", "-k", "calque") == [
        "content/a.md::calque", "content/b.md::calque",
    ]  # fmt: skip


def test_a_page_named_on_the_command_line_is_checked_whatever_the_settings_name(repository: Repository) -> None:
    assert repository.collected("README.md") == ["README.md::calque"]
    assert repository.collected("content/news") == ["content/news/c.md::calque"]
    assert repository.collected("content/a.md::calque") == ["content/a.md::calque"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-m", "not calque"], {"passed": 1, "deselected": 3}),
        (["-m", "calque"], {"passed": 1, "failed": 2, "deselected": 1}),
        (["-k", "news"], {"failed": 1, "deselected": 3}),
        (["--deselect", "content/a.md::calque"], {"passed": 2, "failed": 1, "deselected": 1}),
        (["-x"], {"failed": 1}),
    ],
    ids=" ".join,
)
def test_selection(repository: Repository, arguments: list[str], expected: dict[str, int]) -> None:
    outcomes = repository.run("--strict-markers", *arguments).parseoutcomes()
    assert outcomes == expected


def test_last_failed_and_failed_first(repository: Repository) -> None:
    repository.write("content/0.md", repository.RIGHT)
    assert repository.run().parseoutcomes() == {"failed": 2, "passed": 3}
    first = repository.run("--ff", "-v").outlines
    order = [line.split(" ")[0] for line in first if "%]" in line]
    assert order[:2] == ["content/a.md::calque", "content/news/c.md::calque"]
    repository.write("content/a.md", repository.RIGHT)
    assert repository.run("--lf").parseoutcomes()["failed"] == 1
    assert repository.collected("--lf") == ["content/news/c.md::calque"]


def test_names_with_spaces_brackets_and_marks(repository: Repository) -> None:
    for name in ("content/Tin tức (chiều).md", "content/a [draft].md", "content/王毅.md", "content/it's 100%.md"):
        repository.write(name, repository.WRONG)
    result = repository.run("-v", "content")
    assert result.parseoutcomes() == {"failed": 6, "passed": 1}
    result.stdout.fnmatch_lines(["content/Tin tức (chiều).md::calque FAILED*"])
    assert repository.collected("content/Tin tức (chiều).md") == ["content/Tin tức (chiều).md::calque"]


def test_each_content_root_has_its_own_settings(repository: Repository) -> None:
    repository.write("packages/one/pyproject.toml", '[tool.calque]\nfiles = ["pages/*.md"]\nignore = ["NAM"]\n')
    repository.write("packages/two/calque.toml", 'files = ["text/*.txt"]\n')
    repository.write("packages/one/pages/p.md", repository.WRONG)
    repository.write("packages/two/text/t.txt", repository.WRONG)
    repository.write("packages/two/pages/not-named.md", repository.WRONG)
    result = repository.run("-v", "packages")
    result.stdout.fnmatch_lines(["packages/one/pages/p.md::calque PASSED*", "packages/two/text/t.txt::calque FAILED*"])
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}


@pytest.mark.parametrize("switch", ["--rootdir=packages", "--confcutdir=packages/two"])
def test_rootdir_and_confcutdir_change_no_outcome(repository: Repository, switch: str) -> None:
    repository.write("packages/two/calque.toml", 'files = ["text/*.txt"]\n')
    repository.write("packages/two/text/t.txt", repository.WRONG)
    result = repository.run(switch, "packages/two")
    assert result.parseoutcomes() == {"failed": 1}


def test_from_a_folder_inside_only_its_pages_are_checked(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.path / "content/news")
    assert repository.run().parseoutcomes() == {"failed": 1}


def test_globs_of_pytest_settings_go_first(repository: Repository) -> None:
    repository.write("pytest.ini", "[pytest]\ncalque_files =\n    content/news/*.md\n    README.md\n")
    assert repository.collected("-m", "calque") == ["README.md::calque", "content/news/c.md::calque"]


def test_nothing_to_check_is_said(repository: Repository) -> None:
    (repository.path / "pyproject.toml").unlink()
    result = repository.run()
    result.stdout.fnmatch_lines(["*no page to check, since no settings name files; set files = *"])


def test_wrong_settings_stop_the_run_in_one_sentence(repository: Repository) -> None:
    repository.write("pyproject.toml", '[tool.calque]\nfils = ["content/*.md"]\n')
    result = repository.run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['*ERROR: *pyproject.toml:2: unknown key "fils"; did you mean "files"?'])
    repository.write("pytest.ini", "[pytest]\ncalque_granularity = word\n")
    result = repository.run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(['*calque_granularity: "word" is none of file, rule, finding'])


def test_one_item_a_rule(repository: Repository) -> None:
    names = repository.collected("--calque-granularity", "rule", "content/a.md")
    assert "content/a.md::NAM001" in names
    assert names[:-1] == sorted(names[:-1])
    assert names[-1] == "content/a.md::other"
    outcomes = repository.run("--calque-granularity", "rule", "-k", "NAM001").parseoutcomes()
    assert (outcomes["failed"], outcomes["passed"]) == (2, 1)


def test_one_item_a_finding_whose_name_outlives_moved_lines(repository: Repository) -> None:
    repository.write("pytest.ini", "[pytest]\ncalque = true\ncalque_granularity = finding\n")
    repository.write(
        "content/a.md", f"{repository.WRONG}\nLater in the week, Vuong Nghi went on.\n\n{repository.WRONG}"
    )
    before = repository.collected("content/a.md")
    assert len(before) == 3
    assert all(name.startswith("content/a.md::NAM001-") for name in before)
    assert before[2] == f"{before[0]}-2"
    repository.write(
        "content/a.md",
        f"{repository.RIGHT}\n{repository.WRONG}\nLater in the week,\nVuong Nghi went on.\n\n{repository.WRONG}",
    )
    assert repository.collected("content/a.md") == before
    assert repository.collected("content/b.md") == ["content/b.md::calque"]
    assert repository.run("content").parseoutcomes() == {"failed": 4, "passed": 1}


OFF = """
import sys, pytest
class Look:
    def pytest_sessionfinish(self):
        own = sorted(name for name in sys.modules if name.partition(".")[0] == "normalize")
        print("LOADED", *own)
pytest.main(["-q", "-s", "tests"], plugins=[Look()])
"""


def test_switched_off_it_loads_its_entry_point_alone(repository: Repository) -> None:
    result = subprocess.run(
        [sys.executable, "-c", OFF], capture_output=True, text=True, cwd=repository.path, check=True
    )
    loaded = next(line for line in result.stdout.splitlines() if "LOADED" in line).split("LOADED ")[1]
    assert loaded.split() == ["normalize", "normalize.errors", "normalize.pytest_plugin"]
