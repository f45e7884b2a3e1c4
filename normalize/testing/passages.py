"""Texts that stand in other files: a folder of articles, fields of data and front matter, pages of a generated site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from normalize.errors import InputError
from normalize.record import Record
from normalize.text.front_matter import front_matter
from normalize.text.reading import TEXT_FILES, read

BLOCKS = frozenset(
    (
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    )
)
SKIPPED = frozenset(
    (
        "aside",
        "code",
        "footer",
        "head",
        "header",
        "kbd",
        "nav",
        "noscript",
        "pre",
        "samp",
        "script",
        "style",
        "svg",
        "template",
        "textarea",
    )
)
"""Parts of a page that no writer of the article wrote. The title is read on its own."""


class Passage(Record):
    """A text and where it was found; ``language`` is empty where the place does not say."""

    text: str
    where: str
    language: str = ""


def articles(folder: str | Path, pattern: str = "**/*") -> list[Any]:
    """The text files of a folder as pytest parameters, sorted, each with its path in the folder as its id.

    ``@pytest.mark.parametrize("article", articles(Path(__file__).parent / "content"))`` makes one test an article.
    InputError if there is none, so that a misspelt folder is not a passing test.
    """
    import pytest

    root = Path(folder)
    found = sorted(p for p in root.glob(pattern) if p.is_file() and p.suffix.lower() in TEXT_FILES)
    if not found:
        raise InputError(f"{root}: no {', '.join(TEXT_FILES)} file matches {pattern}; check the folder")
    return [pytest.param(path, id=path.relative_to(root).as_posix()) for path in found]


def fields(path: str | Path, *keys: str) -> list[Passage]:
    """The texts under ``keys`` of a JSON, YAML or TOML file, or of the front matter of an article.

    A key is a path such as ``summary``, ``seo.title`` or ``items[].title``, where ``[]`` goes through a list. What is
    absent or is no text is left out, but a key that occurs nowhere in the file raises InputError, as does a file that
    is not what its name says. YAML is read with PyYAML, which is asked for when it is needed.
    """
    name = str(path)
    data = _data(Path(path))
    language = next(
        (data[k] for k in ("language", "lang") if isinstance(data, dict) and isinstance(data.get(k), str)), ""
    )
    passages = []
    for key in keys:
        found = [Passage(text, f"{name} {where}", language) for where, text in _under(data, key.split("."), "")]
        if not found:
            raise InputError(f"{name}: no text under {key}; check the key")
        passages += found
    return passages


def _under(data: Any, key: list[str], where: str) -> Iterator[tuple[str, str]]:
    if not key:
        if isinstance(data, str):
            yield where, data
        return
    name, is_list = key[0].removesuffix("[]"), key[0].endswith("[]")
    inner = data.get(name) if name and isinstance(data, dict) else data if not name else None
    place = f"{where}.{name}" if where and name else where or name
    if is_list:
        for number, one in enumerate(inner if isinstance(inner, list) else []):
            yield from _under(one, key[1:], f"{place}[{number}]")
    elif inner is not None:
        yield from _under(inner, key[1:], place)


def _data(path: Path) -> Any:
    text, kind = read(str(path)).text, path.suffix.lower()
    if kind in TEXT_FILES:
        text, kind = _front(path, text)
    try:
        match kind:
            case ".json":
                return json.loads(text)
            case ".toml":
                import tomllib

                return tomllib.loads(text)
            case ".yaml" | ".yml":
                return _yaml(path, text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {error}; mend the file") from None
    raise InputError(f"{path}: fields are read from JSON, YAML and TOML files and from the front matter of articles")


def _front(path: Path, text: str) -> tuple[str, str]:
    """The block before an article and the format it is in."""
    end = front_matter(text).end
    if not end:
        raise InputError(f"{path}: no front matter; the article must begin with --- or +++")
    lines = text[:end].splitlines()
    return "\n".join(lines[1:-1]), ".toml" if lines[0].startswith("+++") else ".yaml"


def _yaml(path: Path, text: str) -> Any:
    try:
        import yaml  # type: ignore[import-untyped,unused-ignore]
    except ModuleNotFoundError:
        raise InputError(f"{path}: YAML is read with PyYAML; pip install pyyaml and run again") from None
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InputError(f"{path}: {' '.join(str(error).split())}; mend the file") from None


def site(folder: str | Path, pattern: str = "**/*.html") -> list[Passage]:
    """The article of each page of a generated site: the title, then ``<main>``, ``<article>`` or else the body.

    Navigation, headers, footers, asides, code and scripts are left out. The language is that of ``<html lang>``.
    InputError if no page matches.
    """
    root = Path(folder)
    passages = []
    for path in sorted(p for p in root.glob(pattern) if p.is_file()):
        reader = _Reader()
        reader.feed(read(str(path)).text)
        reader.close()
        passages.append(Passage(reader.text, str(path), reader.language))
    if not passages:
        raise InputError(f"{root}: no page matches {pattern}; build the site first")
    return passages


class _Reader(HTMLParser):
    """Blocks of visible text, a blank line between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self._title: list[str] = []
        self._body: list[str] = []
        self._main: list[str] = []
        self._open: list[str] = []

    @property
    def text(self) -> str:
        """The title and the article."""
        blocks = "".join(self._title), *"".join(self._main or self._body).split("\0")
        words = (re.sub(r"\s+", " ", block).strip() for block in blocks)
        return "\n\n".join(block for block in words if block) + "\n"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attributes).get("lang") or ""
        if tag in SKIPPED or tag in ("main", "article", "title"):
            self._open.append(tag)
        if tag in BLOCKS:
            self._add("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        if tag in BLOCKS:
            self._add("\0")

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self._title.append(data)
        else:
            self._add(data.replace("\0", ""))

    def _add(self, text: str) -> None:
        if not SKIPPED.intersection(self._open):
            self._body.append(text)
            if "main" in self._open or "article" in self._open:
                self._main.append(text)
