"""`calque init` looks before it writes, and never over what is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from normalize.cli import main
from normalize.config import find_config

ARTICLE = "---\ntitle: One\n---\n\nText.\n"
Capture = pytest.CaptureFixture[str]


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARTICLE if name.endswith((".md", ".markdown", ".txt", ".html", ".rst")) else "", "utf-8")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["content/en/a.md", "content/vi/b.md"], ["content/**/*.md"]),
        (["news/a.txt", "news/b.md", "blog/c.markdown"], ["blog/**/*.markdown", "news/**/*.md", "news/**/*.txt"]),
        (["a.md"], ["*.md"]),
        (["content/a.html", "guide/b.rst"], ["content/**/*.html", "guide/**/*.rst"]),
        (["hugo.toml", "content/a.md", "drafts/b.md"], ["content/**/*.md"]),
        (["mkdocs.yml", "docs/a.md"], ["docs/**/*.md"]),
        (["_config.yml", "_posts/a.markdown"], ["_posts/**/*.markdown"]),
        (["node_modules/x/a.md", ".hidden/b.md", "build/c.md", "page/d.md"], ["page/**/*.md"]),
        ([], ["**/*.md"]),
        (['odd "name"/a.md'], ['odd "name"/**/*.md']),
    ],
    ids=lambda value: ",".join(value),
)
def test_what_is_seen_is_what_is_named(names: list[str], files: list[str], capsys: Capture) -> None:
    make(*names)
    assert main(["init"]) == 0
    assert tomllib.loads(Path("calque.toml").read_text("utf-8"))["files"] == files
    assert list(find_config(Path.cwd()).files) == files
    assert "next:\n  calque lint" in capsys.readouterr().out


def test_html_without_front_matter_is_a_template(capsys: Capture) -> None:
    for name in ("layouts/page.html", "guide/a.rst"):
        make(name)
        Path(name).write_text("Words.\n", "utf-8")
    main(["init", "--dry-run"])
    assert 'files = ["guide/**/*.rst"]' in capsys.readouterr().out


def test_articles_are_told_from_notes_by_their_front_matter(capsys: Capture) -> None:
    make("content/a.md")
    Path("notes").mkdir()
    Path("notes/todo.md").write_text("- buy bread\n", "utf-8")
    Path("README.md").write_text("# Site\n", "utf-8")
    main(["init", "--dry-run"])
    shown = capsys.readouterr().out
    assert "1 .md files with front matter in content/" in shown
    assert 'files = ["content/**/*.md"]' in shown
    assert not Path("calque.toml").exists()


def test_goes_to_the_end_of_pyproject(capsys: Capture) -> None:
    make("content/a.md")
    Path("pyproject.toml").write_text('[project]\nname = "site"', "utf-8")
    assert main(["init"]) == 0
    raw = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
    assert raw["project"] == {"name": "site"}
    assert raw["tool"]["calque"] == {"files": ["content/**/*.md"]}
    assert "pytest --calque" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["calque.toml", "pyproject.toml"])
def test_settings_that_are_there_stay(name: str, capsys: Capture) -> None:
    text = "[tool.calque]\nfiles = []\n" if name == "pyproject.toml" else "files = []\n"
    Path(name).write_text(text, "utf-8")
    assert main(["init"]) == 2
    assert capsys.readouterr().err == f"calque: {name}: there are settings already; edit the file\n"
    assert Path(name).read_text("utf-8") == text
