"""Tiny models, made once a session. They prove plumbing, never quality: their weights are made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def library() -> Any:
    """torch on one thread; the test is skipped, with the reason, where the extra is not installed."""
    torch = pytest.importorskip("torch", reason="models want torch: pip install -e '.[neural]'")
    pytest.importorskip("transformers", "5.0", "models want transformers 5: pip install -e '.[neural]'")
    torch.set_num_threads(1)
    return torch


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    """What unbabel-comet says of the tiny COMET models (tools/neural_goldens.py)."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "comet.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def make(library: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A tiny model's folder by a function of tools.tiny_models and its arguments; made once."""
    made: dict[str, Path] = {}

    def run(write: Callable[..., Path], *arguments: Any, **named: Any) -> Path:
        key = f"{write.__name__} {arguments} {named}"
        if key not in made:
            made[key] = write(tmp_path_factory.mktemp("model") / "tiny", *arguments, **named)
        return made[key]

    return run


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any socket that is opened fails the test."""
    import socket

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
