"""Pages checked, or remembered from an earlier run where nothing that bears on them has changed."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from normalize.lint import Run
from normalize.model import Checked, Document, Evidence, Finding, Origin, Span
from normalize.text.reading import read

VERSION = 1


class Results:
    """What was found in each page, by the path that reports show; one a process, kept in one file by one of them."""

    def __init__(self, store: Path | None) -> None:
        """``store`` is the file of earlier runs; without one everything is checked and nothing kept."""
        self._store = store
        self._kept: dict[str, Any] = _load(store) if store else {}
        self._fresh: dict[str, Any] = {}
        self.remembered: set[str] = set()
        self.signatures: set[str] = set()

    @property
    def checked(self) -> set[str]:
        """The pages that were checked, not remembered."""
        return {*self._fresh}

    def check(self, path: Path, shown: str, run: Run) -> Checked:
        """What is in the page at ``path``, which reports call ``shown``; InputError if it cannot be read."""
        signature = run.signature
        self.signatures.add(signature)
        key = _key(path, signature)
        for records in (self._fresh, self._kept):
            if (record := records.get(shown)) and record.get("key") == key and (found := _decoded(record, path, shown)):
                if records is self._kept:
                    self.remembered.add(shown)
                return found
        found = run.checker.check(_document(path, shown))
        self._fresh[shown] = _encoded(found, key)
        return found

    def take(self, fresh: Mapping[str, Any], remembered: list[str], signatures: list[str]) -> None:
        """Add what another process found."""
        self._fresh.update(fresh)
        self.remembered.update(remembered)
        self.signatures.update(signatures)

    def give(self) -> dict[str, Any]:
        """What `take` wants, as plain JSON."""
        return {"fresh": self._fresh, "remembered": sorted(self.remembered), "signatures": sorted(self.signatures)}

    def save(self, root: Path) -> None:
        """Write the file anew if anything was checked, without pages that are gone; it is optional, so faults pass."""
        if not self._store or not self._fresh:
            return
        pages = {shown: record for shown, record in {**self._kept, **self._fresh}.items() if (root / shown).is_file()}
        temporary = self._store.with_name(f"{self._store.name}.{os.getpid()}.tmp")
        try:
            whole = {"version": VERSION, "pages": dict(sorted(pages.items()))}
            temporary.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
            temporary.replace(self._store)
        except (OSError, UnicodeEncodeError):
            temporary.unlink(missing_ok=True)


def _load(store: Path) -> dict[str, Any]:
    try:
        whole = json.loads(store.read_text(encoding="utf-8"))
        return dict(whole["pages"]) if whole["version"] == VERSION else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _document(path: Path, shown: str) -> Document:
    return dataclasses.replace(read(str(path)), path=shown)


def _key(path: Path, signature: str) -> str:
    """A digest of all a result depends on: the page's bytes and ending, tables, options, and calque's own code."""
    digest = hashlib.blake2b(f"{signature}\0{_code()}\0{path.suffix.lower()}\0".encode(), digest_size=16)
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        digest.update(path.read_bytes())
    except OSError:
        return ""  # no record has it; `read` then says what is wrong
    return digest.hexdigest()


@functools.cache
def _code() -> str:
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _encoded(checked: Checked, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "language": checked.document.language,
        "findings": [dataclasses.asdict(finding) for finding in checked.findings],
        "origin": [dataclasses.asdict(origin) for origin in checked.origin],
    }


def _decoded(record: Mapping[str, Any], path: Path, shown: str) -> Checked | None:
    """The result that a record holds; None where the file was damaged. A page without findings is not read again."""
    try:
        if not record["findings"]:
            return Checked(Document(shown, "", language=record["language"]), (), ())
        document = _document(path, shown)
        return Checked(
            dataclasses.replace(document, language=record["language"]),
            tuple(_finding(raw) for raw in record["findings"]),
            tuple(Origin(raw["language"], raw["probability"], _evidence(raw)) for raw in record["origin"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _finding(raw: Mapping[str, Any]) -> Finding:
    span, replacements = Span(**raw["span"]), tuple(raw["replacements"])
    return Finding(**{**raw, "span": span, "replacements": replacements, "evidence": _evidence(raw)})


def _evidence(raw: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**one) for one in raw["evidence"])
