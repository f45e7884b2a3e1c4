"""Command, plugin, pre-commit, Action and Python: one content repository, the same findings at the same places."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from normalize.cli import main
from normalize.config import find_config, named_files
from normalize.testing.texts import Texts

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
FAULTS = tomllib.loads((HERE / "faults.toml").read_text("utf-8"))["fault"]
FIELDS = ("code", "severity", "start", "end", "line", "column", "text", "message", "replacements", "safety", "evidence")
Places = list[tuple[Any, ...]]
BIN = Path(sys.executable).parent


def places(path: str, findings: list[dict[str, Any]]) -> Places:
    return [(path, *(json.dumps(finding[field]) for field in FIELDS)) for finding in findings]


def by_command(capsys: pytest.CaptureFixture[str], *more: str) -> Places:
    capsys.readouterr()
    main(["lint", "--format", "json", *more])
    return read_json(capsys.readouterr().out)


def read_json(text: str) -> Places:
    documents = json.loads(text)["documents"]
    return [place for document in documents for place in places(document["path"], document["findings"])]


def by_plugin(*more: str) -> Places:
    """All findings, notes and known ones too, in the order of the run."""
    everything = ("--calque", "--calque-fail-on=info", "--runxfail", "--json-report", "--json-report-file=out.json")
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:hypothesispytest", *everything, *more]
    subprocess.run(command, capture_output=True, check=False)
    found: Places = []
    for test in sorted(json.loads(Path("out.json").read_text("utf-8"))["tests"], key=lambda test: test["nodeid"]):
        properties = {name: value for one in test.get("user_properties", []) for name, value in one.items()}
        found += places(properties.get("file", ""), json.loads(properties.get("calque", "[]")))
    return found


def test_the_repository_is_what_it_says(site: Path) -> None:
    pages = named_files(find_config(site))
    assert len(pages) == 30
    heads = [page.read_text("utf-8").split("---")[1] for page in pages]
    assert {re.search(r"lang: (\w+)", head)[1] for head in heads} == {"en", "vi"}  # type: ignore[index]
    assert all("title: " in head and "date: " in head for head in heads)


def test_every_fault_is_found_and_nothing_else_fails(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["lint", "--format", "json"])
    documents = {d["path"]: d["findings"] for d in json.loads(capsys.readouterr().out)["documents"]}
    for fault in FAULTS:
        like = [f for f in documents[fault["page"]] if (f["code"], f["text"]) == (fault["code"], fault["text"])]
        assert len(like) == fault.get("times", 1), fault["why"]
        assert all(bool(f.get("known")) == fault.get("known", False) for f in like), fault["why"]
    faulty = {fault["page"] for fault in FAULTS}
    graver = {path for path, findings in documents.items() if any(f["severity"] != "info" for f in findings)}
    assert graver == faulty


@pytest.mark.parametrize("workers", [(), ("-n", "2"), ("-n", "2", "--dist", "loadfile")], ids=" ".join)
def test_the_plugin_finds_what_the_command_finds(
    site: Path, capsys: pytest.CaptureFixture[str], workers: tuple[str, ...]
) -> None:
    said = by_command(capsys, "--no-baseline")
    assert len(said) >= 16
    assert by_plugin(*workers) == said
    assert by_plugin(*workers) == said, "and the second time, when it remembers"


def test_python_finds_what_the_command_finds(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = Texts.under(site)
    found = []
    for path in named_files(find_config(site)):
        checked = texts.check(path)
        for finding in checked.findings:
            found.append(
                (path.relative_to(site).as_posix(), finding.code, finding.span.start, finding.span.end, finding.text)
            )
    said = [(p[0], *(json.loads(p[n]) for n in (1, 3, 4, 7))) for p in by_command(capsys, "--no-baseline")]
    assert found == said


def git(*arguments: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def hooks(folder: Path) -> Path:
    """Our manifest in a repository of its own; `language` alone is changed, so that no network is needed."""
    folder.mkdir()
    manifest = (PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert manifest.count("language: python") == 2
    (folder / ".pre-commit-hooks.yaml").write_text(manifest.replace("language: python", "language: system"), "utf-8")
    here = Path.cwd()
    os.chdir(folder)
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "Hooks")
    os.chdir(here)
    return folder


def pre_commit(site: Path, hook: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run pre-commit on the content repository with our hook."""
    folder = hooks(site.parent / "hooks")
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()
    settings = {
        "repos": [{"repo": str(folder), "rev": head, "hooks": [{"id": hook, "args": list(more), "verbose": True}]}]
    }
    Path(".pre-commit-config.yaml").write_text(json.dumps(settings), "utf-8")
    git("init", "-q")
    git("add", ".")
    environment = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(site.parent / "pc"),
    }
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never", hook]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


needs_pre_commit = pytest.mark.skipif(not shutil.which("git"), reason="git is not on this machine")


@needs_pre_commit
def test_pre_commit_finds_what_the_command_finds(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = pre_commit(site, "calque", "--format", "json")
    assert result.returncode == 1
    assert "- exit code: 1" in result.stdout, result.stdout + result.stderr
    shown = result.stdout[result.stdout.index("{\n") : result.stdout.rindex("}") + 1]
    assert read_json(shown) == by_command(capsys)
    assert "README.md" not in shown, "no settings name it, whatever pre-commit passes"


@needs_pre_commit
def test_pre_commit_fixes_what_is_safe(site: Path) -> None:
    result = pre_commit(site, "calque-fix")
    assert "- files were modified by this hook" in result.stdout, result.stdout + result.stderr
    assert "Foreign Minister Wang Yi met" in Path("content/en/trade-talks.md").read_text("utf-8")
    assert "“Foreign Minister Vuong Nghi" in Path("content/en/envoy-speaks.md").read_text("utf-8")
    assert "Vuong Nghi" in Path("README.md").read_text("utf-8")


@needs_pre_commit
def test_the_manifest_is_valid(site: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(PROJECT / ".pre-commit-hooks.yaml")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not on this machine")
@pytest.mark.parametrize(
    ("paths", "fail_on", "code"),
    [("", "", 1), ("content/vi\ncontent/en/storm.md\n", "", 0), ("content/en/drone-strike.md", "info", 1)],
)
def test_the_action_annotates_what_the_command_finds(
    site: Path, capsys: pytest.CaptureFixture[str], paths: str, fail_on: str, code: int
) -> None:
    import yaml

    action = yaml.safe_load((PROJECT / "action.yml").read_text("utf-8"))
    step = next(step for step in action["runs"]["steps"] if step["name"] == "Check the articles")
    assert "${{" not in step["run"], "what an input holds must not become a part of the script"
    inputs = {"paths": paths, "fail-on": fail_on}
    given = {name: inputs[value[len("${{ inputs.") : -len(" }}")]] for name, value in step["env"].items()}
    environment = {**os.environ, **given, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    result = subprocess.run(shell, capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == code, result.stderr
    told = [
        tuple(re.match(r"::\w+ file=([^,]*),line=(\d+),.*title=(\w+) ", line).groups())
        for line in result.stdout.splitlines()
    ]  # type: ignore[union-attr]
    main(["lint", "--format", "json", *paths.split()])
    documents = json.loads(capsys.readouterr().out)["documents"]
    new = [(d["path"], f) for d in documents for f in d["findings"] if not f.get("known")]
    assert told == [(path, str(f["line"]), f["code"]) for path, f in new]


def test_the_baseline_of_the_repository_is_current(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("calque-baseline.json").read_bytes()
    main(["baseline", "update"])
    assert Path("calque-baseline.json").read_bytes() == before
    assert "0 dropped" in capsys.readouterr().out
    assert main(["baseline", "check", "content/en/archive", "content/vi"]) == 0
