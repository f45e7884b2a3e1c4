"""A small content repository that each test of the plugin may change."""

from __future__ import annotations

from pathlib import Path

import pytest

import normalize.testing.collect  # noqa: F401 - once here, not in every run of pytester, which forgets what a run imports


class Repository:
    """Three pages, two of them wrong, settings, a test, and a README that no settings name."""

    WRONG = "Chinese Foreign Minister Vuong Nghi flew to Madrid on Monday.\n"
    RIGHT = "Chinese Foreign Minister Wang Yi flew to Madrid on Monday.\n"
    NOTE = "Air defences shot down a driverless plane over the harbour before dawn, the governor said.\n"
    """Prose in which the tables find a note (info) and nothing graver."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.path: Path = pytester.path
        self.write("pyproject.toml", '[tool.calque]\nfiles = ["content/**/*.md"]\n')
        self.write("content/a.md", self.WRONG)
        self.write("content/b.md", self.RIGHT)
        self.write("content/news/c.md", f"{self.RIGHT}\n{self.WRONG}")
        self.write("README.md", self.WRONG)
        self.write("tests/test_own.py", "def test_own():\n    pass\n")

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def run(self, *arguments: str) -> pytest.RunResult:
        """``pytest --calque`` in this process."""
        return self.pytester.runpytest_inprocess("--calque", *arguments)

    def run_apart(self, *arguments: str) -> pytest.RunResult:
        """``pytest --calque`` in a process of its own, as xdist needs it."""
        return self.pytester.runpytest_subprocess("--calque", *arguments)

    def collected(self, *arguments: str) -> list[str]:
        """The ids that ``--collect-only`` lists."""
        return [line for line in self.run("--collect-only", "-q", *arguments).outlines if "::" in line]


@pytest.fixture
def repository(pytester: pytest.Pytester, pack: object, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("CI", raising=False)
    # Its summary imports all of hypothesis, which pytester makes each run forget: a second a run.
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest")
    return Repository(pytester)
