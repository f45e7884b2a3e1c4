"""`calque baseline`: findings that a project lives with for now, so that only new ones fail."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.errors import UsageError
from normalize.record import replace

if TYPE_CHECKING:
    from normalize.baseline import Entry
    from normalize.lint import Run

DESCRIPTION = """Keep known findings in a file; lint, pytest and the hooks then fail on new ones alone.

An entry is found again by its page, its rule and the words around it, not by its line. The number of entries can
shrink and never grow: a new finding is mended, suppressed with a reason, or fails."""

EPILOG = """what they do:
  create   write the file from what is found now; refuses where there is one, unless --force
  update   drop the entries that are found no more and follow pages that were renamed; adds nothing
  check    say what is new and what is found no more; exits 1 if there is either

examples:
  calque baseline create --reason "archive, before the style guide" content/archive
  calque baseline update
  calque baseline check content/
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    parser = commands.add_parser(
        "baseline",
        help="keep known findings, fail on new ones",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True, dest="verb")
    create = verbs.add_parser("create", help="write the file from what is found now")
    create.add_argument("--reason", metavar="TEXT", help="why these may stay, kept in every entry")
    create.add_argument("--force", action="store_true", help="begin anew where there is a baseline")
    update = verbs.add_parser("update", help="drop the entries that are found no more")
    check = verbs.add_parser("check", help="say what is new and what is found no more")
    for verb in (create, update, check):
        verb.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; without any, the project's files")
        verb.add_argument(
            "--config", metavar="FILE", type=Path, help="settings (default: the nearest calque.toml or pyproject.toml)"
        )
        verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the files, then create, update or compare the baseline."""
    from normalize.config import settings
    from normalize.lint import Run

    config = settings(options.config)
    path = Path(os.path.relpath(config.root / config.baseline))
    if options.verb == "create" and path.exists() and not options.force:
        raise UsageError(f"{path}: there is a baseline; calque baseline update shrinks it, create --force begins anew")
    if options.verb != "create" and not path.exists():
        raise UsageError(f"{path}: there is no baseline; make one with calque baseline create")
    # What is made anew needs nothing of what was there, which may be damaged.
    run = Run.start(replace(config, baseline="") if options.verb == "create" else config)
    run.read(options.paths or run.project_files())
    for _, message in run.errors:
        print(f"calque: {message}", file=sys.stderr)
    if run.errors and options.verb != "check":
        print("calque: the baseline was not written, since some input was not read", file=sys.stderr)
        return 3
    code = {"create": _create, "update": _update, "check": _check}[options.verb](run, path, options)
    return 3 if run.errors else code


def _create(run: Run, path: Path, options: argparse.Namespace) -> int:
    from normalize.baseline import REASON, entry_of, write_baseline

    reason = options.reason or REASON
    pages = [(run.baseline.page(one.document.path), one) for one in run.checked]
    entries = [entry_of(one, finding, page, reason) for page, one in pages for finding in run.grave(one)]
    write_baseline(path, entries)
    print(f"{path}: {_many(len(entries))} in {_many(len({e.page for e in entries}), 'page')}")
    return 0


def _update(run: Run, path: Path, _: argparse.Namespace) -> int:
    from normalize.baseline import shrunk, write_baseline

    before = run.baseline
    after = shrunk(before, {before.page(one.document.path): one for one in run.checked})
    if after.entries != before.entries:
        write_baseline(path, after.entries)
    print(f"{path}: {_many(len(after.entries))} kept, {len(before.entries) - len(after.entries)} dropped")
    return _report_new(run)


def _check(run: Run, path: Path, _: argparse.Namespace) -> int:
    from normalize.baseline import shrunk
    from normalize.report.text import escape

    before = run.baseline
    after = shrunk(before, {before.page(one.document.path): one for one in run.checked})
    gone = _less(before.entries, after.entries)
    code = _report_new(run)
    for entry in gone:
        print(escape(f"{entry.page}: {entry.code} “{entry.text}” is in the baseline and found no more"))
    if gone:
        print(f"{path}: {_many(len(gone))} found no more; run calque baseline update", file=sys.stderr)
    return 1 if gone else code


def _less(before: Sequence[Entry], after: Sequence[Entry]) -> list[Entry]:
    """The entries that went, whatever their surroundings and pages are called now."""
    left = [entry.like for entry in after]
    gone = []
    for entry in before:
        if entry.like in left:
            left.remove(entry.like)
        else:
            gone.append(entry)
    return gone


def _report_new(run: Run) -> int:
    from normalize.report.text import render

    new = [replace(one, findings=tuple(f for f in run.grave(one) if not f.known), origin=()) for one in run.checked]
    for line in render(new, colour=False):
        print(line)
    count = sum(len(one.findings) for one in new)
    if count:
        print(f"{_many(count, 'finding')} not in the baseline: mend or suppress them", file=sys.stderr)
    return int(bool(count))


def _many(count: int, what: str = "entry") -> str:
    plural = {"entry": "entries", "page": "pages", "finding": "findings"}[what]
    return f"{count} {what if count == 1 else plural}"
