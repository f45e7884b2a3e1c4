"""Many files over several processes: each is checked by itself, and the results come in the order of the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalize.check import Checker
from normalize.errors import CalqueError, InputError
from normalize.index.own import with_tables
from normalize.model import Checked
from normalize.text.reading import read

FILES_AT_ONCE = 16
"""How many files a process is handed at a time: few enough to keep all busy to the end, enough to speak seldom."""

_checker: Checker | None = None
"""In a worker: the one checker for all its files."""


def check_files(checker: Checker, paths: list[str], jobs: int) -> Iterator[Checked | InputError]:
    """What was found at each path, or why it was not read, in order whatever ``jobs`` is."""
    if jobs == 1 or len(paths) < 2:
        yield from (_check(checker, path) for path in paths)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # Spawned on every system, so that what works on one works on all; the index is a mapped file, and shared anyway.
    context = multiprocessing.get_context("spawn")
    own, prints = checker.own_tables, dict(checker.prints)
    choices = (checker.style, checker.language, checker.ignore, own, prints, checker.encoding, checker.date)
    most = max(1, min(FILES_AT_ONCE, len(paths) // (4 * jobs)))
    try:
        with ProcessPoolExecutor(min(jobs, len(paths)), context, _start, choices) as pool:
            yield from pool.map(_check_here, paths, chunksize=most)
    except BrokenProcessPool:
        message = "a process of --jobs ended before its time; run again with --jobs 1 to see at which file"
        raise CalqueError(message) from None


def _start(
    style: str,
    language: str,
    ignore: tuple[str, ...],
    own_tables: tuple[Path, ...],
    prints: dict[str, Any],
    encoding: str,
    date: str,
) -> None:
    """Open the index once for all files of this process."""
    global _checker
    _checker = Checker(with_tables(own_tables), style, language, ignore, own_tables, prints, encoding, date)


def _check_here(path: str) -> Checked | InputError:
    assert _checker is not None
    return _check(_checker, path)


def _check(checker: Checker, path: str) -> Checked | InputError:
    try:
        return checker.check(read(path, checker.encoding))
    except InputError as error:
        return error
