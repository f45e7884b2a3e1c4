"""Every way to report by its name; a renderer is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from normalize.errors import OutputError, UsageError, nearest
from normalize.model import Severity
from normalize.report.material import Material
from normalize.whole import write_whole

FORMATS = ("text", "json", "jsonl", "github", "sarif", "junit", "rdjson", "html")


def render(name: str, material: Material, *, fail_on: Severity, colour: bool = False) -> Iterator[str]:
    """The lines of the report, without their ends."""
    if name == "text":
        from normalize.report import text

        yield from text.render(material.checked, colour)
        yield from text.across(material.divided or ())
    elif name == "json":
        from normalize.report import json

        yield json.render(material.checked, material.errors, material.signature, material.divided)
    elif name == "jsonl":
        from normalize.report import jsonl

        yield from jsonl.render(material)
    elif name == "github":
        from normalize.report import github

        yield from github.render(material.checked)
    elif name == "sarif":
        from normalize.report import sarif

        yield sarif.render(material)
    elif name == "junit":
        from normalize.report import junit

        yield junit.render(material, fail_on)
    elif name == "rdjson":
        from normalize.report import rdjson

        yield rdjson.render(material)
    else:
        from normalize.report import html

        yield from html.render(material)


def wanted(value: str) -> tuple[str, Path]:
    """``sarif=out/found.sarif`` as format and file.

    >>> wanted("html=found.html")
    ('html', PosixPath('found.html'))
    """
    name, sign, path = value.partition("=")
    if not sign or not path:
        raise UsageError(f'--output "{value}": FORMAT=FILE is wanted here, such as sarif=found.sarif')
    if name not in FORMATS:
        hint = nearest(name, FORMATS) or f"; known: {', '.join(FORMATS)}"
        raise UsageError(f'--output: no format "{name}"{hint}')
    return name, Path(path)


def write(name: str, path: Path, material: Material, *, fail_on: Severity) -> None:
    """Put the report into a file: all of it or, on any fault, nothing (OutputError).

    What is no regular file (``/dev/stdout``, a pipe) is written to as it stands.
    """
    lines = render(name, material, fail_on=fail_on)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(_coded(line) for line in lines)
            return
        write_whole(path, (_coded(line) for line in lines))
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(f"{path}: the {name} report was not written: {said}; give another file") from None


def _coded(line: str) -> bytes:
    return (line.rstrip("\n") + "\n").encode("utf-8", "backslashreplace")
