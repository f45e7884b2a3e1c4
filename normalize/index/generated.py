"""Forms that were generated before, kept hub by hub: after an edit those of changed hubs alone are generated again."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.index.compile import forms_of
from normalize.index.signs import write_signs
from normalize.model import Entity, Form, Office
from normalize.tables.load import FOLDERS, Tables
from normalize.tables.locate import table_files

PASSIVE = frozenset({*FOLDERS, "rules", "styles"})
"""Folders of tables that take no part in generating forms; of hubs, each hub's own entry decides."""


class Generated:
    """The forms of hubs, from one run to the next."""

    def __init__(self, before: bytes) -> None:
        """Go on from what ``data`` gave at the end of an earlier run, or from nothing if that is no good."""
        digest, _, content = before.partition(b"\n")
        is_whole = bool(content) and digest == _digest(content)
        kept: dict[str, Any] = json.loads(content) if is_whole else {"signs": "", "forms": {}}
        self.signs = base64.b64decode(kept["signs"]) or write_signs()
        """What code points fold to, which takes long to work out."""
        self._before: dict[str, list[list[str]]] = kept["forms"]
        self._now: dict[str, list[list[str]]] = {}
        self.anew = 0
        """Hubs whose forms were generated."""

    def forms(self, entity: Entity, tables: Tables) -> Iterator[Form]:
        """The forms of a hub, generated if it is another than before, or an office: places have a say in its title."""
        if isinstance(entity, Office):
            return forms_of(entity, tables)
        name = hashlib.blake2b(repr(entity).encode(), digest_size=16).hexdigest()
        rows = self._before.get(name)
        if rows is None:
            rows = [[form.text, form.role, form.channel, form.route] for form in forms_of(entity, tables)]
            self.anew += 1
        self._now[name] = rows
        return (Form(text, entity.id, role, channel, route) for text, role, channel, route in rows)  # type: ignore[arg-type]

    def data(self) -> bytes:
        """What the next run goes on from: the hubs that were asked for."""
        kept = {"signs": base64.b64encode(self.signs).decode(), "forms": self._now}
        content = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
        return _digest(content) + b"\n" + content


def generators_digest(root: Path, code: list[Path]) -> str:
    """A digest of everything but the hubs that decides their forms: schemes, readings, glosses, lexicon, code."""
    digest = hashlib.blake2b(repr(sys.version_info[:2]).encode(), digest_size=12)
    files = [path for path in table_files(root) if path.relative_to(root).parts[0] not in PASSIVE]
    for path in (*files, *sorted(root.glob("lexicon/*.txt")), *code):
        digest.update(f"{path.name}\0".encode() + hashlib.blake2b(path.read_bytes()).digest())
    return digest.hexdigest()


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).hexdigest().encode()
