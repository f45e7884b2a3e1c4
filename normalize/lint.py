"""A run of `calque lint`: which files, what was found, what was fixed, how it ends. The doors call this."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import normalize
from normalize import fixes
from normalize.baseline import Baseline, Entry, read_baseline
from normalize.check import Checker
from normalize.config import Config, named_files
from normalize.consistency import across
from normalize.errors import InputError, OutputError, UsageError
from normalize.jobs import check_files
from normalize.model import Checked, Finding, Severity
from normalize.project import checker_under
from normalize.record import replace
from normalize.report import formats
from normalize.report.material import Material
from normalize.text.reading import LARGEST, decode, find_files, refuse_too_large, reread

if TYPE_CHECKING:
    from normalize.results import Results
    from normalize.since import Changes


class Run:
    """Collects, in argument order, the documents that were checked and the paths that were not."""

    def __init__(self, checker: Checker, config: Config, baseline: Baseline | None = None) -> None:
        """Nothing is checked yet."""
        self.checker, self.config = checker, config
        self.baseline = baseline or Baseline(Path())
        self._stale: dict[str, tuple[Entry, ...]] = {}
        self.checked: list[Checked] = []
        self.errors: list[tuple[str, str]] = []
        self.diffs: list[str] = []
        self.fixed = 0
        self.names_everyone = False
        self.changes: Changes | None = None
        """With ``--since``: what changed; nothing else is checked and reported."""
        self.results: Results | None = None
        """What earlier runs found, where they are remembered."""

    @classmethod
    def start(
        cls,
        config: Config,
        *,
        style: str | None = None,
        language: str | None = None,
        encoding: str | None = None,
        date: str = "",
    ) -> Run:
        """Open the index and settle the choices as `checker_under` does, and read the baseline."""
        checker = checker_under(config, style=style, language=language, encoding=encoding, date=date)
        root = config.root
        baseline = read_baseline(root / config.baseline, root) if config.baseline else Baseline(root)
        return cls(checker, config, baseline)

    @property
    def stale(self) -> list[Entry]:
        """The baseline's entries of pages that were checked which excuse nothing any more."""
        return [entry for entries in self._stale.values() for entry in entries]

    @cached_property
    def signature(self) -> str:
        """What makes the run reproducible."""
        checker = self.checker
        return (
            f"calque {normalize.__version__} | tables {checker.pack.meta['digest']} | style {checker.style}"
            f" | language {checker.language or 'auto'} | ignore {','.join(checker.ignore) or '-'}"
            f"{f' | house {_digest(checker.prints)}' if checker.prints else ''}"
            f"{f' | encoding {checker.encoding}' if checker.encoding else ''}"
            f"{f' | date {checker.date}' if checker.date else ''}"
        )

    def project_files(self) -> list[str]:
        """The files that the settings name, sorted."""
        found = [os.path.relpath(path) for path in named_files(self.config)]
        if not found:
            raise UsageError(
                'no path was given and no settings name files; try "calque lint FILE" or set files = ["**/*.md"]'
            )
        return found

    def named_by_settings(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths, and of the files in folders among them, that the settings name."""
        named = {os.path.abspath(path) for path in named_files(self.config)}
        return [name for path in paths for name in _expand(path) if os.path.abspath(name) in named]

    def read(
        self,
        paths: Iterable[str],
        stdin: tuple[str, BinaryIO] | None = None,
        *,
        jobs: int = 1,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Check every path, in so many processes; what cannot be read is noted, and the others still are.

        ``progress`` is told after each file how many of how many are done.
        """
        names: list[tuple[str, InputError | None]] = []
        for path in paths:
            try:
                names += [(name, None) for name in _expand(path)]
            except InputError as error:
                names.append((path, error))
        if changes := self.changes:
            names = [(name, refused) for name, refused in names if refused or name == "-" or changes.has(name)]
        files = [name for name, refused in names if not refused and not (stdin and name == "-")]
        known = self._recall(files)
        outcomes = check_files(self.checker, [name for name in files if name not in known], jobs)
        for number, (name, refused) in enumerate(names, 1):
            outcome = refused or known.get(name)
            if outcome is None:
                outcome = self._check_stdin(*stdin) if stdin and name == "-" else self._keep(name, next(outcomes))
            if isinstance(outcome, InputError):
                self.errors.append((name, str(outcome)))
            else:
                self.checked.append(self._marked(outcome))
            if progress:
                progress(number, len(names))
        if self.results:
            self.results.save(Path.cwd())

    def remember(self) -> None:
        """Take what earlier runs in this folder found, where nothing that bears on it has changed."""
        from normalize.results import Results, store_for

        self.results = Results(store_for(Path.cwd()))

    def _recall(self, files: list[str]) -> dict[str, Checked]:
        found: dict[str, Checked] = {}
        for name in files if self.results else ():
            assert self.results is not None
            try:
                checked = self.results.recall(Path(name), name, self)
            except InputError:
                continue  # checking it says why it cannot be read
            if checked:
                found[name] = checked
        return found

    def _keep(self, name: str, outcome: Checked | InputError) -> Checked | InputError:
        if self.results and not isinstance(outcome, InputError):
            self.results.keep(Path(name), name, self, outcome)
        return outcome

    def _check_stdin(self, name: str, stream: BinaryIO) -> Checked | InputError:
        try:
            data = stream.read(LARGEST + 1)
            refuse_too_large(name, len(data))
            return self.checker.check(decode(data, name, self.checker.encoding))
        except InputError as error:
            return error

    def _marked(self, checked: Checked) -> Checked:
        """With the reason on what the baseline knows; entries that excuse nothing any more are noted."""
        marked, stale = self.baseline.mark(checked, self.baseline.page(checked.document.path))
        self._stale[checked.document.path] = stale
        return self.changes.only_changed(marked) if self.changes else marked

    def fix(self, *, suggested: bool, only_show: bool) -> None:
        """Do the fixes in the files, or only show them; afterwards the findings are those of the new texts."""
        safeties = fixes.SUGGESTED if suggested else fixes.SAFE
        for number, one in enumerate(self.checked):
            edits, left = fixes.writable(one.document, fixes.plan(one.findings, safeties))
            self.errors += [(one.document.path, said) for said in left]
            new = fixes.apply(one.document.text, edits)
            if only_show:
                self.diffs.append(fixes.diff(one.document, new))
                continue
            if not edits:
                continue
            try:
                fixes.write(one.document, new)
            except OutputError as error:
                self.errors.append((one.document.path, str(error)))
                continue
            self.fixed += len(edits)
            fixed = self.checker.check(reread(one.document, new))
            self.checked[number] = self._marked(fixed)

    def name_everyone(self) -> None:
        """Add the people whom no table knows to what is named in each document, for reports that list all names."""
        self.names_everyone = True
        self.checked = [replace(one, resolutions=tuple(self.checker.mentions(one))) for one in self.checked]

    def count(self, least: Severity = "info") -> int:
        """How many findings there are at or above a severity that the baseline does not know."""
        return sum(f.reaches(least) and not f.known for one in self.checked for f in one.findings)

    def grave(self, one: Checked) -> list[Finding]:
        """The findings at or above the severity on which the settings fail, known or not."""
        return [finding for finding in one.findings if finding.reaches(self.config.fail_on)]

    def material(self) -> Material:
        """What reports are made from."""
        rules = {rule.code: rule for rule in self.checker.all_rules}
        known = bool(self.baseline.entries)
        divided = tuple(across(self.checked, self.checker.house.prints)) if self.names_everyone else None
        return Material(tuple(self.checked), tuple(self.errors), self.signature, rules, divided, known)

    def write_report(self, name: str, path: Path, fail_on: Severity) -> None:
        """Put a report into a file; a fault is noted, and the others are still written."""
        try:
            formats.write(name, path, self.material(), fail_on=fail_on)
        except OutputError as error:
            self.errors.append((str(path), str(error)))

    def guesses(self) -> list[str]:
        """A sentence for each text whose encoding was guessed."""
        return [
            f"{one.document.path}: read as {one.document.encoding}, a guess; --encoding settles it"
            for one in self.checked
            if one.document.encoding_from == "guess"
        ]

    def summary(self) -> str:
        """One line for a person."""
        errors, warnings = self.count("error"), self.count("warning") - self.count("error")
        parts = [
            f"{len(self.checked)} checked",
            f"{errors} errors",
            f"{warnings} warnings",
            f"{self.count() - errors - warnings} notes",
        ]
        if known := sum(bool(finding.known) for one in self.checked for finding in one.findings):
            parts.append(f"{known} known (baseline)")
        if self.results and (remembered := len(self.results.remembered)):
            parts.append(f"{remembered} remembered")
        if self.stale:
            parts.append(f"{len(self.stale)} baseline entries found no more (calque baseline update)")
        return ", ".join([*parts, *([f"{self.fixed} fixed"] if self.fixed else [])])

    def exit_code(self, fail_on: Severity) -> int:
        """0 clean, 1 findings at or above ``fail_on``, 3 some input unread or unwritten."""
        return 3 if self.errors else 1 if self.count(fail_on) else 0


def _digest(prints: Mapping[str, Any]) -> str:
    from importlib.util import source_hash  # 64 bits, and hashlib takes three milliseconds to load

    return source_hash(json.dumps(dict(prints), sort_keys=True).encode()).hex()


def _expand(path: str) -> Iterator[str]:
    """A folder's text files, or the path itself."""
    if path != "-" and Path(path).is_dir():
        yield from find_files(path)
    else:
        yield path
