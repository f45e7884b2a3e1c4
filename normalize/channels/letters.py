"""Steps on names in alphabets: ordered rewrite rules with context, one unit a word.

A step is a function ``(name, step, root) -> name`` that puts new units into the parts of ``name`` (see native.py), and
stands in STEPS under the word that ``do`` names in a scheme.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from normalize.channels.native import Name
from normalize.tables.records import Step

STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {}
