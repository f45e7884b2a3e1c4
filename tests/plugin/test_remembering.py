"""A page is checked again only if its text, the tables, the options or calque itself changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from normalize import results
from normalize.check import Checker

Repository = Any


def counts(result: pytest.RunResult) -> tuple[int, int]:
    """How many pages the run checked and remembered, by its own summary."""
    line = next(line for line in result.outlines if line.startswith("calque: ") and " pages checked, " in line)
    words = line.split()
    return int(words[1]), int(words[4])


def store(repository: Repository) -> Path:
    path: Path = repository.path / ".pytest_cache/d/calque/pages.json"
    return path


def test_the_second_run_checks_nothing_and_says_the_same(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = repository.run()
    assert counts(first) == (3, 0)
    written = store(repository).stat()

    def checked_again(*_: object) -> None:
        raise AssertionError("a remembered page was checked again")

    monkeypatch.setattr(Checker, "check", checked_again)
    second = repository.run()
    assert counts(second) == (0, 3)
    assert second.parseoutcomes() == first.parseoutcomes() == {"failed": 2, "passed": 2}
    failures = [
        [line for line in run.outlines if "::" not in line and "calque: " not in line][5:-2] for run in (first, second)
    ]
    assert failures[0] == failures[1]
    assert (store(repository).stat().st_mtime_ns, store(repository).stat().st_ino) == (
        written.st_mtime_ns,
        written.st_ino,
    )


@pytest.mark.parametrize("distribution", ["load", "loadfile", "worksteal"])
def test_workers_of_xdist_share_what_was_found(repository: Repository, distribution: str) -> None:
    workers = ("-n", "2", "--dist", distribution)
    assert counts(repository.run_apart(*workers)) == (3, 0)
    assert counts(repository.run_apart(*workers)) == (0, 3)
    assert counts(repository.run()) == (0, 3)
    assert [path.name for path in store(repository).parent.iterdir()] == ["pages.json"]


@pytest.mark.parametrize("granularity", ["rule", "finding"])
def test_every_granularity_checks_a_page_once(repository: Repository, granularity: str) -> None:
    assert counts(repository.run(f"--calque-granularity={granularity}")) == (3, 0)
    assert counts(repository.run(f"--calque-granularity={granularity}")) == (0, 3)
    assert counts(repository.run()) == (0, 3)


def test_the_file_is_written_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[str] = []
    replace = Path.replace

    def count(self: Path, target: Path) -> Path:
        if Path(target).name == "pages.json":
            times.append(self.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", count)
    repository.run()
    assert len(times) == 1


def test_a_changed_page_alone_is_checked(repository: Repository) -> None:
    repository.run()
    repository.write("content/a.md", repository.RIGHT)
    result = repository.run()
    assert counts(result) == (1, 2)
    assert result.parseoutcomes()["failed"] == 1


@pytest.mark.parametrize("setting", ['language = "en"', 'ignore = ["NAM"]', 'style = "ap"'])
def test_an_option_that_bears_on_results_makes_all_of_it_new(repository: Repository, setting: str, pack: Any) -> None:
    if "style" in setting and not pack.has("style/ap"):
        pytest.skip("there is no second house style yet")
    repository.run()
    repository.write("pyproject.toml", f'[tool.calque]\nfiles = ["content/**/*.md"]\n{setting}\n')
    assert counts(repository.run()) == (3, 0)


def test_options_that_only_judge_results_leave_them(repository: Repository) -> None:
    repository.run()
    repository.write("pyproject.toml", '[tool.calque]\nfiles = ["content/**/*.md"]\nfail-on = "error"\n')
    assert counts(repository.run()) == (0, 3)


def test_new_tables_and_new_code_make_all_of_it_new(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, pack: Any
) -> None:
    repository.run()
    with monkeypatch.context() as changed:
        changed.setattr(results, "_code", lambda: "another version")
        assert counts(repository.run()) == (3, 0)
    repository.run()
    meta = {**pack.meta, "digest": "0123456789abcdef"}
    monkeypatch.setattr("normalize.index.pack.Pack.__init__", _with_meta(meta))
    assert counts(repository.run()) == (3, 0)


def _with_meta(meta: dict[str, Any]) -> Any:
    from normalize.index.pack import Pack

    build = Pack.__init__

    def init(self: Any, *arguments: Any, **more: Any) -> None:
        build(self, *arguments, **more)
        self.meta = meta

    return init


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1, "pages": {"content/a.md": {"key": 3}}}', "\0"])
def test_a_damaged_file_is_as_good_as_none(repository: Repository, damage: str) -> None:
    repository.run()
    store(repository).write_text(damage, "utf-8")
    assert counts(repository.run()) == (3, 0)
    assert counts(repository.run()) == (0, 3)


def test_a_record_without_its_parts_is_checked_again(repository: Repository) -> None:
    repository.run()
    text = store(repository).read_text("utf-8")
    store(repository).write_text(text.replace('"replacements"', '"replacement"'), "utf-8")
    assert counts(repository.run()) == (2, 1)


def test_without_pytests_cache_everything_is_checked(repository: Repository) -> None:
    assert counts(repository.run("-p", "no:cacheprovider")) == (3, 0)
    assert counts(repository.run("-p", "no:cacheprovider")) == (3, 0)
    repository.run()
    assert counts(repository.run("--cache-clear")) == (3, 0)


def test_pages_that_are_gone_are_forgotten(repository: Repository) -> None:
    repository.run()
    (repository.path / "content/b.md").unlink()
    repository.write("content/a.md", repository.RIGHT)
    repository.run()
    assert "content/b.md" not in store(repository).read_text("utf-8")


@pytest.mark.parametrize("granularity", ["file", "rule", "finding"])
def test_a_run_reads_each_page_once(repository: Repository, monkeypatch: pytest.MonkeyPatch, granularity: str) -> None:
    read: list[str] = []
    whole = results.read_bytes

    def count(path: str) -> bytes:
        read.append(Path(path).name)
        return whole(path)

    monkeypatch.setattr(results, "read_bytes", count)
    for _ in range(2):
        read.clear()
        repository.run(f"--calque-granularity={granularity}")
        times = 2 if granularity == "finding" else 1  # with "finding" what is collected is not kept until it runs
        assert all(read.count(name) <= times for name in ("a.md", "b.md", "c.md")), read


def test_a_page_checked_ahead_fails_at_its_own_item(repository: Repository) -> None:
    repository.write("content/b.md", "").write_bytes(b"\xef\xbb\xbf\xff\xfe")
    result = repository.run("-v")
    result.stdout.fnmatch_lines(["content/a.md::calque FAILED*", "content/b.md::calque FAILED*"])
    assert counts(result) == (2, 0)


def test_stopping_early_keeps_what_was_checked_ahead(repository: Repository) -> None:
    assert counts(repository.run("-x")) == (3, 0)
    assert counts(repository.run()) == (0, 3)


def test_word_lists_and_matchers_are_part_of_the_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def digest() -> str:
        results._code.cache_clear()
        return results._code()

    lexicon = tmp_path / "lexicon" / "en.txt"
    lexicon.parent.mkdir()
    lexicon.write_text("one\n", "utf-8")
    monkeypatch.setattr(results, "tables_root", lambda: tmp_path)
    before = digest()
    assert digest() == before
    lexicon.write_text("one\ntwo\n", "utf-8")
    assert digest() != before
    results._code.cache_clear()


def test_what_the_house_prints_is_part_of_the_signature(repository: Repository) -> None:
    repository.run()
    house = '[tool.calque.house.prints]\n"person/wang-yi" = "Wang Yi of Beijing"\n'
    repository.write("pyproject.toml", f'[tool.calque]\nfiles = ["content/**/*.md"]\n{house}')
    result = repository.run()
    assert counts(result) == (3, 0)
    result.stdout.fnmatch_lines(["*| house ????????????????*"])
