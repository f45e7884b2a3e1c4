"""Pages as test items: collected by the settings' globs, checked or remembered, reported like the command does."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from normalize.baseline import Entry, fingerprint
from normalize.errors import CalqueError, UsageError
from normalize.model import Checked, Finding
from normalize.pytest_plugin import GRANULARITIES
from normalize.report.github import annotation
from normalize.report.json import finding_record
from normalize.report.text import escape, render
from normalize.results import Results
from normalize.testing.roots import Root, Roots
from normalize.text.lines import Lines
from normalize.text.reading import TEXT_FILES

OTHER = "other"
"""With one item a rule: the item of what no rule of the tables found, such as a suppression without a reason."""


AHEAD = 64
"""Items whose pages are checked together: a tenth of a second, so that -x loses little and the progress shows."""


class CalqueWarning(UserWarning):
    """A finding below the severity that fails, or pages that cannot be found."""


class FoundError(Exception):
    """What fails an item: the page with the findings that do."""

    def __init__(self, checked: Checked) -> None:
        """The text of the error is the command's own report of ``checked``."""
        super().__init__("\n".join(render([checked], colour=False)).rstrip("\n"))
        self.checked = checked

    @property
    def place(self) -> int:
        """The line of the first finding."""
        return Lines(self.checked.document.text).place(self.checked.findings[0].span.start)[0]

    @property
    def summary(self) -> str:
        """Every finding by code and place on the first line, which is all that terminals show; then each in words."""
        findings, lines = self.checked.findings, Lines(self.checked.document.text)
        if len(findings) == 1:
            return escape(f"{findings[0].code} {findings[0].message}")
        places: dict[str, list[str]] = {}
        for finding in findings:
            places.setdefault(finding.code, []).append("{}:{}".format(*lines.place(finding.span.start)))
        listed = "; ".join(f"{code} at {', '.join(where)}" for code, where in places.items())
        words = (f"{escape(f'{f.code} {f.message}')}" for f in findings)
        return "\n".join([f"{len(findings)} findings: {listed}", *words])


class Pages:
    """The plugin of a session that checks pages."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the options; UsageError of pytest if one of them is wrong."""
        self.config = config
        self.granularity = config.getoption("calque_granularity") or config.getini("calque_granularity")
        if self.granularity not in GRANULARITIES:
            raise pytest.UsageError(f'calque_granularity: "{self.granularity}" is none of {", ".join(GRANULARITIES)}')
        files = tuple(config.getini("calque_files"))
        base = config.inipath.parent if files and config.inipath else config.rootpath
        self.roots = Roots(base, files, config.getoption("calque_fail_on"))
        cache = getattr(config, "cache", None)
        self.results = Results(cache.mkdir("calque") / "pages.json" if cache else None)
        self.stale: set[Entry] = set()
        self._collected: set[str] = set()
        self._ready: dict[str, Checked] = {}
        self._places: dict[pytest.Item, int] = {}
        self._annotations: list[str] = []
        config.stash[PAGES] = self

    def root_of(self, folder: Path) -> Root:
        """The settings for pages in ``folder``."""
        try:
            return self.roots.of(folder)
        except UsageError as error:
            raise pytest.UsageError(str(error)) from None

    def check(self, file: PageFile) -> Checked:
        """What is in the page, the baseline's reasons on what it knows."""
        checked = self._ready.get(file.nodeid)
        if checked is None:
            path = file.path
            run = self.root_of(path.parent).run
            checked = self.results.check(path, file.nodeid, run)
            if run.baseline.entries:
                checked, stale = run.baseline.mark(checked, run.baseline.page(path))
                self.stale.update(stale)
            self._ready[file.nodeid] = checked
        return checked

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Check the pages of the next items together: pytest's code and calque's in turn keep the processor's caches
        cold, which costs a fifth of a run.
        """
        if not isinstance(item, PageItem) or item.page.nodeid in self._ready:
            return
        self._ready.clear()
        for other in self._following(item, nextitem):
            with contextlib.suppress(Exception):  # the page's own item meets it again, and says it
                self.check(other.page)

    def _following(self, item: PageItem, nextitem: pytest.Item | None) -> Iterator[PageItem]:
        """The item and the next ones; it alone where the session's next is not what runs next, as in some workers."""
        items = item.session.items
        at = self._places.get(item, -1)
        if at < 0:
            self._places = {one: number for number, one in enumerate(items)}
            at = self._places[item]
        go_on = nextitem is not None and items[at + 1 : at + 2] == [nextitem]
        for other in items[at : at + AHEAD] if go_on else [item]:
            if isinstance(other, PageItem):
                yield other

    @pytest.hookimpl
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A page that the settings name, or that was named on the command line."""
        named = str(file_path) in self.root_of(file_path.parent).named
        if not named and not (file_path.suffix.lower() in TEXT_FILES and parent.session.isinitpath(file_path)):
            return None
        self._collected.add(str(file_path))
        return PageFile.from_parent(parent, path=file_path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Where no path was given, add the pages outside ``testpaths``; say so where there is no page at all."""
        if self.config.args_source is not pytest.Config.ArgsSource.ARGS:
            here = self.config.invocation_params.dir
            for path in map(Path, sorted(self.root_of(here).named - self._collected)):
                if path.is_relative_to(here) and not self._is_ignored(path):
                    items += session.genitems(PageFile.from_parent(session, path=path))
        if not any(root.config.files for root in self.roots.seen) and not self._collected:
            how = 'set files = ["content/**/*.md"] under [tool.calque] in pyproject.toml, or run calque init'
            warnings.warn(CalqueWarning(f"calque: no page to check, since no settings name files; {how}"), stacklevel=1)

    def _is_ignored(self, path: Path) -> bool:
        above = [folder for folder in path.parents if folder.is_relative_to(self.config.rootpath)]
        ask = self.config.hook.pytest_ignore_collect
        return any(ask(collection_path=each, config=self.config) for each in (path, *above[:-1]))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Annotations are collected where they are printed: not in a worker of xdist."""
        if report.when == "call" and report.failed and os.environ.get("GITHUB_ACTIONS") == "true":
            properties = dict(report.user_properties)
            for finding in json.loads(str(properties.get("calque", "[]"))):
                self._annotations.append(annotation(self._in_repository(str(properties["file"])), finding))

    def _in_repository(self, shown: str) -> str:
        """GitHub counts paths from the root of the repository."""
        workspace = os.environ.get("GITHUB_WORKSPACE", "")
        whole = self.config.rootpath / shown
        return whole.relative_to(workspace).as_posix() if workspace and whole.is_relative_to(workspace) else shown

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker of xdist is done: take what it found."""
        if given := getattr(node, "workeroutput", {}).get("calque"):
            raw = json.loads(given)
            self.stale.update(Entry(*entry) for entry in raw.pop("stale"))
            self.results.take(**raw)

    def pytest_sessionfinish(self) -> None:
        """A worker hands over what it found; the one process that is no worker writes the file, once."""
        output = getattr(self.config, "workeroutput", None)
        if output is None:
            self.results.save(self.config.rootpath)
        else:
            stale = [dataclasses.astuple(entry) for entry in sorted(self.stale)]
            output["calque"] = json.dumps({**self.results.give(), "stale": stale}, ensure_ascii=False)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """How many pages were checked and remembered, and under what; entries to drop; annotations."""
        results = self.results
        checked, remembered = results.checked, results.remembered - results.checked
        if checked or remembered:
            pages = f"{len(checked)} pages checked, {len(remembered)} remembered"
            terminalreporter.write_line(f"calque: {pages} | {'; '.join(sorted(results.signatures))}")
        for entry in sorted(self.stale):
            gone = f"{entry.page}: {entry.code} “{entry.text}” is in the baseline and not in the page"
            terminalreporter.write_line(escape(f"calque: {gone}; run calque baseline update"), yellow=True)
        for line in self._annotations:
            terminalreporter.write_line(line)


PAGES = pytest.StashKey[Pages]()


class PageFile(pytest.File):
    """A page; its items are one for the file, one for each rule, or one for each finding."""

    def collect(self) -> Iterator[pytest.Item]:
        """Sorted and stable: by rule, or by the order of the text with ids that lines moved above do not change."""
        pages = self.config.stash[PAGES]
        names = ["calque"]
        if pages.granularity == "rule":
            rules = pages.root_of(self.path.parent).run.checker.all_rules
            names = [*sorted(rule.code for rule in rules), OTHER]
        elif pages.granularity == "finding":
            names = self._found(pages) or names
        for name in names:
            yield PageItem.from_parent(self, name=name)

    def _found(self, pages: Pages) -> list[str]:
        try:
            return list(finding_ids(pages.check(self)))
        except CalqueError:
            return []  # the one item then says what is wrong


def finding_ids(checked: Checked) -> dict[str, Finding]:
    """The findings by id: code and fingerprint, and a number where a page says the same thing twice."""
    ids: dict[str, Finding] = {}
    times: dict[str, int] = {}
    for finding in checked.findings:
        name = f"{finding.code}-{fingerprint(checked.document, finding)}"
        times[name] = times.get(name, 0) + 1
        ids[name if times[name] == 1 else f"{name}-{times[name]}"] = finding
    return ids


class PageItem(pytest.Item):
    """A page, one rule's view of it, or one finding."""

    line = 0
    """The line of the first finding that failed, once that is known."""

    def __init__(self, **more: Any) -> None:
        """Mark it, so that ``-m "not calque"`` leaves it out."""
        super().__init__(**more)
        self.add_marker(pytest.mark.calque)

    @property
    def page(self) -> PageFile:
        """The page, whose node id is the path that every report shows."""
        assert isinstance(self.parent, PageFile)
        return self.parent

    def runtest(self) -> None:
        """Fail from the wanted severity on, xfail where the baseline knows all of it, warn below."""
        pages = self.config.stash[PAGES]
        checked = pages.check(self.page)
        least = pages.root_of(self.path.parent).config.fail_on
        mine = self._mine(pages, checked)
        grave = [finding for finding in mine if finding.reaches(least)]
        new = [finding for finding in grave if not finding.known]
        for finding in mine:
            if finding not in grave and not finding.known:
                self._warn(checked, finding)
        origin = checked.origin if pages.granularity == "file" else ()
        if not new and grave:
            reasons = "; ".join(dict.fromkeys(finding.known for finding in grave))
            codes = ", ".join(dict.fromkeys(finding.code for finding in grave))
            pytest.xfail(f"baseline: {len(grave)} of {codes}: {reasons}")
            new = [dataclasses.replace(finding, known="") for finding in grave]  # --runxfail
        if new:
            self._fail(dataclasses.replace(checked, findings=tuple(new), origin=origin), pages)

    def _mine(self, pages: Pages, checked: Checked) -> list[Finding]:
        if pages.granularity == "finding" and self.name != "calque":
            found = finding_ids(checked).get(self.name)
            return [found] if found else []
        if pages.granularity == "rule":
            codes = {rule.code for rule in pages.root_of(self.path.parent).run.checker.all_rules}
            return [f for f in checked.findings if (f.code if f.code in codes else OTHER) == self.name]
        return list(checked.findings)

    def _warn(self, checked: Checked, finding: Finding) -> None:
        line, column = Lines(checked.document.text).place(finding.span.start)
        said = CalqueWarning(escape(f"{line}:{column}: {finding.severity} {finding.code} {finding.message}"))
        warnings.warn_explicit(said, CalqueWarning, str(self.path), line)

    def _fail(self, checked: Checked, pages: Pages) -> None:
        error, lines = FoundError(checked), Lines(checked.document.text)
        self.line = error.place
        # Reports take their place from here, and the line was not known when the item was collected.
        self.location = (self.location[0], self.line - 1, self.location[2])
        records = [finding_record(finding, lines) for finding in checked.findings]
        said = json.dumps(records, ensure_ascii=False)
        self.user_properties = [
            *self.user_properties,
            ("file", checked.document.path),
            ("line", str(self.line)),
            ("calque", said),
        ]
        raise error

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The heading of a failure."""
        shown = self.page.nodeid
        return self.path, None, shown if self.name == "calque" else f"{shown} {self.name}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The command's report; place and summary where ``--tb=line``, the short summary and JUnit look for them."""
        error = excinfo.value
        if not isinstance(error, FoundError | CalqueError):
            return super().repr_failure(excinfo, style)
        # pytest's own records, made through its public API and filled anew, pass through xdist and every reporter.
        whole: Any = excinfo.getrepr(style="value", chain=False, tbfilter=False)
        summary = error.summary if isinstance(error, FoundError) else escape(str(error))
        crash = dataclasses.replace(whole.reprcrash, path=self.page.nodeid, lineno=self.line or 1, message=summary)
        text = whole.reprtraceback
        if self.config.getoption("tbstyle") == "line":
            text = dataclasses.replace(text, reprentries=[])  # pytest prints the place and the summary itself
        return type(whole)([(text, crash, None)])
