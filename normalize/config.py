"""Settings of a project: ``[tool.calque]`` in pyproject.toml, or calque.toml; options of a command win."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from normalize.errors import UsageError, nearest
from normalize.model import SEVERITIES, Severity
from normalize.record import NOTHING, Record, replace

_OURS = rb"""(?m)^\s*(?:\[\s*tool\s*(?:\]|\.\s*["']?calque)|tool\s*\.)"""


class Config(Record):
    """What a project may set; in the file, ``fail_on`` is written ``fail-on``."""

    files: tuple[str, ...] = ()
    """Globs, relative to the file's folder, that are checked when no path is given."""
    style: str = "neutral"
    language: str = ""
    encoding: str = ""
    """That of files that are not UTF-8 and do not say what they are."""
    fail_on: Severity = "warning"
    ignore: tuple[str, ...] = ()
    """Codes, or beginnings of codes, of rules that are switched off."""
    select: tuple[str, ...] = ()
    """Codes, or beginnings of codes, of the only rules that run; empty for all."""
    packs: tuple[str, ...] = ()
    """Folders of terms and habits, relative to the file's folder, or names of packs that installed packages bring."""
    tables: tuple[str, ...] = ()
    """The project's own tables, relative to the file's folder (aliases/README.md)."""
    house: Mapping[str, Any] = NOTHING
    """What the project prints otherwise than its style: the keys of a style file."""
    baseline: str = "calque-baseline.json"
    """The file of known findings, relative to the file's folder; there need not be one, and empty asks for none."""
    root: Path = Path()

    @property
    def tables_named(self) -> tuple[Path, ...]:
        """Where the project's own tables are; those of its packs are not among them."""
        return tuple(self.root / path for path in self.tables)

    def ignored(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The codes that do not run, or beginnings of such; UsageError where a setting names no rule.

        >>> Config(ignore=("TYP",), select=("NAM", "TYP")).ignored(["NAM001", "NUM001", "TYP001"])
        ('NUM001', 'TYP001')
        """
        known = tuple(codes)
        for setting, wanted in (("ignore", self.ignore), ("select", self.select)):
            for code in wanted:
                if not any(rule.startswith(code) for rule in known):
                    raise UsageError(f'{setting}: no rule begins with "{code}"{nearest(code, known)}')
        if not self.select:
            return self.ignore
        return tuple(code for code in known if code.startswith(self.ignore) or not code.startswith(self.select))


def settings(named: Path | None = None) -> Config:
    """The settings in the file that is named, or the nearest to the working folder."""
    return read_config(named) if named else find_config(Path.cwd())


def find_config(start: Path) -> Config:
    """The nearest settings in ``start`` or a folder above it, or the defaults."""
    for folder in (start, *start.parents):
        if path := settings_in(folder):
            return read_config(path)
    return Config()


def settings_in(folder: Path) -> Path | None:
    """The file in ``folder`` that holds settings, if one does: ``calque.toml`` goes before pyproject.toml."""
    own, project = folder / "calque.toml", folder / "pyproject.toml"
    if own.is_file():
        return own
    # Only a file with a table that may be ours is worth a parser.
    is_ours = project.is_file() and re.search(_OURS, project.read_bytes()) and "calque" in _tools(_parsed(project)[1])
    return project if is_ours else None


def named_files(config: Config) -> list[Path]:
    """The files that the globs of the settings name, sorted; nothing hidden, nothing in a hidden folder."""
    found = {str(path): path for glob in config.files for path in config.root.glob(glob)}
    before = len(str(config.root / "_")) - 1
    inside = ((f"/{name[before:]}".replace(os.sep, "/"), path) for name, path in sorted(found.items()))
    return [path for name, path in inside if "/." not in name and path.is_file()]


def read_config(path: Path) -> Config:
    """The settings in a file; UsageError names the key and its line."""
    text, raw = _parsed(path)
    if path.name == "pyproject.toml":
        raw = _tools(raw).get("calque", {})
    if not isinstance(raw, dict):
        raise UsageError(f"{path}: [tool.calque]: a table is wanted here; see the README for its keys")
    values: dict[str, Any] = {}
    known = [name.replace("_", "-") for name in Config.__match_args__ if name != "root"]
    for key, value in raw.items():
        line = _line_of(key, text, "tool.calque" if path.name == "pyproject.toml" else "")
        if key not in known:
            hint = nearest(key, known) or f"; known: {', '.join(known)}"
            raise UsageError(f'{path}:{line}: unknown key "{key}"{hint}')
        values[key.replace("-", "_")] = _checked(value, key, f"{path}:{line}")
    return replace(Config(root=path.parent), **values)


def _line_of(key: str, text: str, table: str) -> int:
    """The line on which a key of a table is set, or a table of its name begins; the first where it is not plain."""
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+([\w\s.\"'-]+)\]+\s*(?:#.*)?$", line):
            here = re.sub(r"[\s\"']", "", header[1])
            if f"{here}.".startswith(f"{table}.{key}.".lstrip(".")):
                return number
        elif here == table and re.match(rf"\s*([\"']?){re.escape(key)}\1\s*[=.]", line):
            return number
    return 1


def _parsed(path: Path) -> tuple[str, dict[str, Any]]:
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise UsageError(f"{path}: the settings are not UTF-8; save them as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; check the path of the settings") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}") from None


def _tools(raw: dict[str, Any]) -> dict[str, Any]:
    tools = raw.get("tool", {})
    return tools if isinstance(tools, dict) else {}


def _checked(value: Any, key: str, where: str) -> Any:
    if key == "house":
        if not isinstance(value, dict):
            raise UsageError(f"{where}: house: a table is wanted here: [house] and under it the keys of a style")
        return value
    if key in ("files", "ignore", "select", "packs", "tables"):
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise UsageError(f"{where}: {key}: a list of strings is wanted here")
        for one in value:
            if not one or (key == "files" and Path(one).is_absolute()):
                raise UsageError(f'{where}: {key}: "{one}" is no {"relative glob" if key == "files" else "rule"}')
        return tuple(value)
    if not isinstance(value, str):
        raise UsageError(f"{where}: {key}: a string is wanted here")
    if key == "fail-on" and value not in SEVERITIES:
        known = ", ".join(SEVERITIES)
        raise UsageError(f'{where}: fail-on: "{value}" is none of {known}{nearest(value, SEVERITIES)}')
    return value
