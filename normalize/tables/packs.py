"""Packs: folders of terms and habits that a house adds, its own or one that an installed package brings. Data only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from normalize.errors import UsageError, nearest

GROUP = "calque.packs"
"""The entry points of packages that bring a pack; each names a module whose folder holds the tables."""


def pack_files(packs: Sequence[str], root: Path) -> tuple[Path, ...]:
    """The tables of each pack, sorted; a pack is a folder, or else the name of an entry point."""
    files: list[Path] = []
    for pack in packs:
        folder = root / pack
        folder = folder if folder.is_dir() else _installed(pack)
        found = sorted(path for path in folder.glob("**/*.toml") if path.is_file())
        if not found:
            raise UsageError(f'packs: "{pack}": no *.toml in {folder}; a pack holds tables of [[term]] and [[habit]]')
        files += found
    return tuple(files)


def _installed(pack: str) -> Path:
    """The folder that an entry point names; nothing of the package is run."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    points = {point.name: point for point in entry_points(group=GROUP)}
    if pack not in points:
        hint = nearest(pack, points) or "; give a folder, or install the package that brings it"
        raise UsageError(f'packs: no folder and no installed pack "{pack}"{hint}')
    top, *rest = points[pack].value.split(":")[0].split(".")
    spec = find_spec(top)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise UsageError(f'packs: "{pack}": its entry point names "{points[pack].value}", which is no folder')
    return Path(places[0], *rest)
