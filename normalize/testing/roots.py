"""Content roots: which settings speak about a page, and what they say."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from normalize.config import Config, find_config, named_files, read_config, settings_in
from normalize.lint import Run
from normalize.model import Severity
from normalize.record import replace


class Root:
    """The pages under one file of settings; the index is opened when the first of them is checked."""

    def __init__(self, config: Config) -> None:
        """``config.root`` must be absolute."""
        self.config = config

    @cached_property
    def named(self) -> frozenset[str]:
        """The paths of the pages that the settings name."""
        return frozenset(map(str, named_files(self.config)))

    @cached_property
    def run(self) -> Run:
        """The checker, its signature and the baseline; UsageError if the settings ask for what is not there."""
        return Run.start(self.config)


class Roots:
    """Finds the settings of a page: those nearest above it, as the command does from the folder of the page."""

    def __init__(self, rootpath: Path, files: tuple[str, ...] = (), fail_on: Severity | None = None) -> None:
        """``files``: globs under ``rootpath`` that go before what any settings name; ``fail_on`` likewise."""
        self._rootpath, self._files, self._fail_on = rootpath, files, fail_on
        self._by_folder: dict[Path, Root] = {}

    def of(self, folder: Path) -> Root:
        """The root that pages in ``folder`` belong to."""
        known = self._by_folder.get(folder)
        if known is None:
            known = self._by_folder[folder] = self._nearest(folder)
        return known

    def _nearest(self, folder: Path) -> Root:
        if self._files and folder != self._rootpath:
            return self.of(self._rootpath)
        path = settings_in(folder)
        if path is None and folder not in (self._rootpath, folder.parent):
            return self.of(folder.parent)
        config = read_config(path) if path else find_config(folder)
        if not config.root.is_absolute():
            config = replace(config, root=self._rootpath)
        if self._files:
            config = replace(config, files=self._files, root=self._rootpath)
        return Root(replace(config, fail_on=self._fail_on or config.fail_on))

    @property
    def seen(self) -> list[Root]:
        """Every root that was asked for."""
        return list({id(root): root for root in self._by_folder.values()}.values())
