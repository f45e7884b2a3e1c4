"""What a report is made from: everything a run found, and the rules that found it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normalize.consistency import Divided
from normalize.model import Checked, Finding
from normalize.record import NOTHING, Record
from normalize.tables.records import Rule


class Material(Record):
    """The documents in order, what was not read, and what the run was."""

    checked: tuple[Checked, ...]
    errors: tuple[tuple[str, str], ...] = ()
    """Paths and messages of what was not read or not written."""
    signature: str = ""
    rules: Mapping[str, Rule] = NOTHING
    """Every rule by its code."""
    divided: tuple[Divided, ...] | None = None
    """What stands under several names over the texts; None where names are not asked for."""
    has_baseline: bool = False
    """Whether findings are held against a baseline: one that it does not know is new."""


def all_findings(one: Checked) -> Iterator[Finding]:
    """The findings of a document in the order of its text, those that a comment allows among them."""
    yield from sorted((*one.findings, *one.allowed), key=lambda f: (f.span, f.code))


def excuse(finding: Finding) -> str:
    """Why the finding may stay, in words, or nothing.

    >>> from normalize.model import Span
    >>> excuse(Finding("X001", "x", "error", 1.0, Span(0, 1), "a", "m", (), allowed="as printed in 1998"))
    'allowed by a comment: as printed in 1998'
    """
    if finding.allowed:
        return f"allowed by a comment: {finding.allowed}"
    return f"in the baseline: {finding.known}" if finding.known else ""
