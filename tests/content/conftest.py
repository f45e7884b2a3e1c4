"""The content repository, copied where a test may work on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: object) -> Path:
    """A copy of site/, which is the working folder."""
    target = tmp_path / "site"
    shutil.copytree(Path(__file__).parent / "site", target)
    monkeypatch.chdir(target)
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    return target
