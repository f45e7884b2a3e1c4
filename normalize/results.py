"""Pages checked, or remembered from an earlier run where nothing that bears on them has changed."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.errors import InputError
from normalize.index.cache import cache_folder
from normalize.model import Checked, Document, Evidence, Finding, Origin, Span
from normalize.record import asdict, replace
from normalize.suppress import is_dated
from normalize.tables.locate import tables_root
from normalize.text.reading import decode, read_bytes
from normalize.whole import write_whole

if TYPE_CHECKING:
    from normalize.lint import Run

VERSION = 3


class Results:
    """What was found in each page, by the path that reports show; one a process, kept in one file by one of them."""

    def __init__(self, store: Path | None) -> None:
        """``store`` is the file of earlier runs; without one everything is checked and nothing kept."""
        self._store = store
        self._kept: dict[str, Any] = _load(store) if store else {}
        self._fresh: dict[str, Any] = {}
        self._asked: dict[str, str] = {}
        self.remembered: set[str] = set()
        self.signatures: set[str] = set()

    @property
    def checked(self) -> set[str]:
        """The pages that were checked, not remembered."""
        return {*self._fresh}

    def check(self, path: Path, shown: str, run: Run) -> Checked:
        """What is in the page at ``path``, which reports call ``shown``; InputError if it cannot be read."""
        data = read_bytes(str(path))
        key = self._key(data, path, run)
        found = self._recorded(shown, key, data, path, run)
        if found is None:
            found = run.checker.check(_document(data, path, shown, run))
            self._fresh[shown] = _encoded(found, key)
        return found

    def recall(self, path: Path, shown: str, run: Run) -> Checked | None:
        """What an earlier check found, if nothing that bears on it has changed since; InputError as in `check`."""
        data = read_bytes(str(path))
        key = self._asked[shown] = self._key(data, path, run)
        return self._recorded(shown, key, data, path, run)

    def keep(self, path: Path, shown: str, run: Run, found: Checked) -> None:
        """Remember what was found since `recall` asked, unless the page changed meanwhile."""
        try:
            key = self._key(read_bytes(str(path)), path, run)
        except InputError:
            return  # it is gone; remembering is optional
        if key == self._asked.get(shown):
            self._fresh[shown] = _encoded(found, key)

    def _key(self, data: bytes, path: Path, run: Run) -> str:
        """A digest of all a result depends on: the page's bytes and ending, tables, options, and calque's own code."""
        signature = run.signature
        self.signatures.add(signature)
        digest = hashlib.blake2b(f"{signature}\0{_code()}\0{path.suffix.lower()}\0".encode(), digest_size=16)
        digest.update(data)
        return digest.hexdigest()

    def _recorded(self, shown: str, key: str, data: bytes, path: Path, run: Run) -> Checked | None:
        for records in (self._fresh, self._kept):
            record = records.get(shown) or {}
            if record.get("key") == key and (found := _decoded(record, data, path, shown, run)):
                if records is self._kept:
                    self.remembered.add(shown)
                return found
        return None

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
        try:
            self._store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            whole = {"version": VERSION, "pages": dict(sorted(pages.items()))}
            write_whole(self._store, [json.dumps(whole, ensure_ascii=False).encode()])
        except (OSError, UnicodeEncodeError):
            return


def store_for(folder: Path) -> Path:
    """Where the command remembers what it found when it was run in ``folder``: a file of the user's own cache."""
    name = hashlib.blake2b(str(folder).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return cache_folder() / "pages" / f"{name}.json"


def _load(store: Path) -> dict[str, Any]:
    try:
        if hasattr(os, "getuid") and store.stat().st_uid != os.getuid():
            return {}  # somebody else put it there
        whole = json.loads(store.read_text(encoding="utf-8"))
        return dict(whole["pages"]) if whole["version"] == VERSION else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _document(data: bytes, path: Path, shown: str, run: Run) -> Document:
    return replace(decode(data, str(path), run.checker.encoding), path=shown)


@functools.cache
def _code() -> str:
    """A digest of calque's code, compiled matchers and word lists, which no digest of the tables holds.

    Of their contents, not of their times: a fresh checkout, or a wheel installed anew, remembers what it restored.
    """
    package = Path(__file__).resolve().parent
    digest = hashlib.blake2b(digest_size=8)
    code = [path for ending in ("py", "so", "pyd") for path in package.rglob(f"*.{ending}")]
    for path in sorted([*code, *(tables_root() / "lexicon").glob("*.txt")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _encoded(checked: Checked, key: str) -> dict[str, Any]:
    document = checked.document
    return {
        "key": key,
        "day": _today() if is_dated(document.text) else "",
        "language": document.language,
        "encoding": [document.encoding, document.encoding_from],
        "findings": [asdict(finding) for finding in checked.findings],
        "allowed": [asdict(finding) for finding in checked.allowed],
        "origin": [asdict(origin) for origin in checked.origin],
    }


def _decoded(record: Mapping[str, Any], data: bytes, path: Path, shown: str, run: Run) -> Checked | None:
    """The result that a record holds; None where the file was damaged, or a suppression may have ended since.

    A page without findings is not decoded again.
    """
    try:
        if record["day"] and record["day"] != _today():
            return None
        name, by = record["encoding"]
        if not record["findings"] and not record["allowed"]:
            document = Document(shown, "", language=record["language"], encoding=name, encoding_from=by)
            return Checked(document, (), ())
        document = _document(data, path, shown, run)
        return Checked(
            replace(document, language=record["language"]),
            tuple(_finding(raw) for raw in record["findings"]),
            tuple(Origin(raw["language"], raw["probability"], _evidence(raw)) for raw in record["origin"]),
            allowed=tuple(_finding(raw) for raw in record["allowed"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _today() -> str:
    from datetime import date

    return date.today().isoformat()


def _finding(raw: Mapping[str, Any]) -> Finding:
    span, replacements = Span(**raw["span"]), tuple(raw["replacements"])
    return Finding(**{**raw, "span": span, "replacements": replacements, "evidence": _evidence(raw)})


def _evidence(raw: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**one) for one in raw["evidence"])
