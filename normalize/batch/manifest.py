"""What is written down beside every shard: what went in, by what it was made, what came out."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

import normalize
from normalize.batch.atomic import sha256
from normalize.batch.job import Job
from normalize.batch.rows import pack_of
from normalize.record import Record

FORMAT = 1


class Places(Record):
    """Where a shard's files stand under OUT."""

    out: Path
    place: str

    @property
    def rows(self) -> Path:
        """The shard itself."""
        return self.out / self.place

    @property
    def dead(self) -> Path:
        """The rows that went through unchanged because they could not be checked, with the reasons."""
        return self.out / f"{self.place}.dead.jsonl"

    @property
    def findings(self) -> Path:
        """The side table of findings."""
        return self.out / "findings" / f"{self.place}.findings.jsonl"

    @property
    def manifest(self) -> Path:
        """The manifest."""
        return self.out / f"{self.place}.manifest.json"


def made_by(job: Job) -> dict[str, str]:
    """What decides the output besides the input: a shard made by something else is made again."""
    digest = pack_of(job.index).meta["digest"]
    return {"version": normalize.__version__, "tables": digest, "code": code_digest(), "options": job.options}


@functools.cache
def code_digest() -> str:
    """A digest of this package's own code, its modules in C as they are built here included."""
    package = Path(normalize.__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".c", ".so", ".pyd")):
        digest.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


OF_SHARD = frozenset({"input", "made_by", "document", "rows", "files", "tally"})
OF_RUN = frozenset({"finished", "made_by", "shards", "failed", "unread"})


def read_manifest(path: Path, keys: frozenset[str] = OF_SHARD) -> dict[str, Any]:
    """The manifest in a file; empty where there is none of this format that has all the keys."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) and value.get("format") == FORMAT and keys <= value.keys() else {}


def why_again(old: dict[str, Any], source: dict[str, Any], made: dict[str, str], places: Places) -> str:
    """Why a shard has to be made (again); empty where what stands there is what would be made."""
    if not old:
        return "new" if not places.rows.exists() else "unfinished"
    if old["input"] != source:
        return "input changed"
    for what in ("version", "code", "tables", "options"):
        if old["made_by"][what] != made[what]:
            return f"{what} changed"
    return "output changed" if next(differences(old, places), "") else ""


def differences(manifest: dict[str, Any], places: Places) -> Any:
    """In which ways the files under OUT are not those of the manifest."""
    for name in ("rows", "dead", "findings"):
        path: Path = getattr(places, name)
        said = manifest["files"].get(name)
        if not said:
            if name != "rows" and path.exists():
                yield f"{path}: belongs to no run; delete it"
            continue
        try:
            digest, size = sha256(path)
        except OSError as error:
            yield f"{path}: cannot be read ({error.strerror})"
            continue
        if (digest, size) != (said["sha256"], said["size"]):
            yield f"{path}: differs from what was written (sha256 {digest[:12]}…, manifest {said['sha256'][:12]}…)"
