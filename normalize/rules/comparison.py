"""Rules of `calque compare`: a text by itself proves none of them."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.model import Finding
from normalize.rules.view import View
from normalize.tables.records import Rule


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Nothing: normalize/compare/ finds these, with another text in view."""
    return iter(())
