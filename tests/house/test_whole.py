"""A file is written whole or not at all, with the mode it had, and a link stays a link."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from normalize.cli import main
from normalize.whole import write_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")


def by_init(path: Path) -> None:
    assert main(["init"]) == 0


def by_baseline(path: Path) -> None:
    assert main(["baseline", "create", "--force", "a.txt"]) == 0


def by_report(path: Path) -> None:
    assert main(["lint", "--output", f"sarif={path.name}", "a.txt"]) == 0


def by_format(path: Path) -> None:
    path.write_text('[[entity]]\nname   = "A"\nid = "a"\n', "utf-8")
    assert main(["tables", "format", path.name]) == 0


WRITERS: list[tuple[str, Callable[[Path], None]]] = [
    ("pyproject.toml", by_init),
    ("calque-baseline.json", by_baseline),
    ("found.sarif", by_report),
    ("table.toml", by_format),
]


@pytest.mark.parametrize(("name", "write"), WRITERS, ids=[name for name, _ in WRITERS])
def test_what_stood_there_keeps_its_mode_and_its_link(
    name: str, write: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: object
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("They met in the town.\n", "utf-8")
    Path("elsewhere").mkdir()
    target = tmp_path / "elsewhere" / name
    target.write_text("", "utf-8")
    target.chmod(0o600)
    link = tmp_path / name
    link.symlink_to(target)
    write(link)
    assert link.is_symlink()
    assert target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == [name]


def test_a_fault_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise OSError(28, os.strerror(28))

    with pytest.raises(OSError, match="No space"):
        write_whole(path, pieces())
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["report.json"]
