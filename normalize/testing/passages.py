"""Texts that stand in other files: a folder of articles, fields of data and front matter, pages of a generated site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.errors import InputError
from normalize.record import Record, replace
from normalize.text.cues import Cues
from normalize.text.front_matter import front_matter
from normalize.text.html import read_html
from normalize.text.reading import TEXT_FILES, read

NOT_THE_ARTICLE = ("code", "furniture", "markup")
"""Kinds of segment that no writer of the article wrote as prose."""


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
    """The article of each page of a generated site, as a reader sees it and as `calque lint` reads HTML.

    Navigation, headers, footers and other furniture, code and scripts are left out; a blank line stands between blocks.
    The language is that which the page declares. InputError if no page matches.
    """
    from normalize.check import Checker
    from normalize.index.cache import shipped

    root, cues = Path(folder), Checker(shipped()).cues
    passages = [_article(path, cues) for path in sorted(p for p in root.glob(pattern) if p.is_file())]
    if not passages:
        raise InputError(f"{root}: no page matches {pattern}; build the site first")
    return passages


def _article(path: Path, cues: Cues) -> Passage:
    source = replace(read(str(path)), markup="html")
    seen = read_html(source.text, cues)
    words = seen.document(source, cues)
    blocks = [words.slice(one.span).strip() for one in words.segments if one.kind not in NOT_THE_ARTICLE]
    return Passage("\n\n".join(filter(None, blocks)) + "\n", str(path), source.language or seen.declared)
