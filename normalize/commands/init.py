"""`calque init`: writes settings after looking at the repository."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from normalize.errors import OutputError, UsageError
from normalize.text.reading import TEXT_FILES
from normalize.whole import write_whole

DESCRIPTION = """Look at the folder and write settings for it: which files are articles, told by the site generator or
by the folders that hold text with front matter. Goes into pyproject.toml where there is one, else into calque.toml."""
NEXT = """
next:
  calque lint                 check the files
  calque baseline create      live with what is there, fail on what is new"""

EPILOG = """examples:
  calque init              look at this folder and write
  calque init --dry-run    show what would be written
"""

GENERATORS = {
    "hugo.toml": "content",
    "hugo.yaml": "content",
    "_config.yml": "_posts",
    "mkdocs.yml": "docs",
    "astro.config.mjs": "src/content",
    "astro.config.ts": "src/content",
    ".eleventy.js": "src",
    "eleventy.config.js": "src",
    "docusaurus.config.js": "docs",
    "gatsby-config.js": "content",
    "pelicanconf.py": "content",
}
"""What a site generator's settings are called, and where its articles lie unless they say otherwise."""
NOT_CONTENT = frozenset(
    (
        "build",
        "dist",
        "env",
        "htmlcov",
        "node_modules",
        "public",
        "resources",
        "site",
        "site-packages",
        "target",
        "tests",
        "vendor",
        "venv",
    )
)
TEMPLATES = (".htm", ".html", ".xhtml")
"""Endings of articles only where front matter says that they are: else they are templates, or what a generator made."""
MOST = 20_000
"""Files that are looked at; more would only say the same."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "init",
        help="write settings for this folder",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--dry-run", action="store_true", help="show the settings, and write nothing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look, say what was seen, write, and say what can follow."""
    from normalize.config import settings_in

    here = Path.cwd()
    if there := settings_in(here):
        raise UsageError(f"{there.name}: there are settings already; edit the file")
    globs, seen = find_articles(here)
    project = here / "pyproject.toml"
    path = project if project.is_file() else here / "calque.toml"
    text = settings(globs, section="[tool.calque]\n" if path == project else "")
    print("\n".join(seen))
    print(f"\n{path.name}:\n{text}", end="")
    if options.dry_run:
        return 0
    write(path, text)
    print(NEXT)
    if project.is_file() or (here / "pytest.ini").is_file():
        print("  pytest --calque             the same in the tests")
    return 0


def settings(globs: list[str], section: str) -> str:
    """The text that is written: what `find_articles` found and, as comments, what else can be set."""
    listed = ", ".join(_quoted(glob) for glob in globs)
    return (
        f"{section}files = [{listed}]\n"
        '# fail-on = "warning"       # info, warning or error\n'
        '# style = "neutral"         # the house style: whose spelling of a name is printed\n'
        '# ignore = []               # rules that are switched off, by code: ["TTL003"]\n'
    )


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def find_articles(root: Path) -> tuple[list[str], list[str]]:
    """The globs of articles below ``root`` and, in sentences, what they were told by."""
    generator = next((name for name in GENERATORS if (root / name).is_file()), "")
    if generator and (root / GENERATORS[generator]).is_dir():
        folder = GENERATORS[generator]
        endings = sorted({path.suffix.lower() for path in _text_files(root / folder) if _is_article(path)}) or [".md"]
        return _globs(folder, endings), [f"{generator} says that the articles lie in {folder}/"]
    found: Counter[tuple[str, str]] = Counter()
    plain: Counter[tuple[str, str]] = Counter()
    for path in _text_files(root):
        top = path.relative_to(root).parts[0] if path.parent != root else ""
        ending = path.suffix.lower()
        if (is_article := _is_article(path)) or ending not in TEMPLATES:
            (found if is_article else plain)[top, ending] += 1
    told = found or Counter({place: count for place, count in plain.items() if place[0]})
    why = "with front matter" if found else "of text, none with front matter"
    globs = [glob for (top, ending), _ in sorted(told.items()) for glob in _globs(top, [ending])]
    seen = [
        f"{count} {ending} files {why} in {top + '/' if top else 'this folder'}"
        for (top, ending), count in sorted(told.items())
    ]
    if not globs:
        return ["**/*.md"], ["no articles were found, so every Markdown file is named; narrow it where you write"]
    return globs, seen


def _globs(folder: str, endings: list[str]) -> list[str]:
    return [f"{folder}/**/*{ending}" if folder else f"*{ending}" for ending in endings]


def _text_files(root: Path) -> Iterator[Path]:
    """Text files below ``root``, sorted; hidden folders and those of tools and builds are left out."""
    count = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in NOT_CONTENT)
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix.lower() in TEXT_FILES and (count := count + 1) <= MOST:
                yield path


def _is_article(path: Path) -> bool:
    """Whether the file begins as front matter does."""
    try:
        with path.open("rb") as file:
            return file.readline(8).strip() in (b"---", b"+++", b"\xef\xbb\xbf---")
    except OSError:
        return False


def write(path: Path, text: str) -> None:
    """Put the settings at the end of the file, or make it; OutputError leaves what was there."""
    try:
        before = path.read_bytes() if path.exists() else b""
        gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        write_whole(path, [before, gap, text.encode()])
    except OSError as error:
        raise OutputError(f"{path}: not written: {error.strerror}; the file stands as it was") from None
