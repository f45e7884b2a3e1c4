"""The report a person reads: place, code, the line with the span marked, what stands there, why, and the cure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from normalize.consistency import Divided
from normalize.model import Checked, Document, Finding, Severity
from normalize.text.lines import Lines

COLOURS: dict[Severity, str] = {"error": "\x1b[31m", "warning": "\x1b[33m", "info": "\x1b[36m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
WIDTH = 110
"""Columns of a source line that are shown; longer lines are cut around the span."""


def render(checked: Iterable[Checked], colour: bool) -> Iterator[str]:
    """Lines of the report; without colour they hold no escape at all. What the baseline knows is left out."""
    for one in checked:
        lines = Lines(one.document.text)
        for finding in one.findings:
            if not finding.known:
                yield from _finding(one.document, finding, lines, colour)
        for origin in one.origin if not all(finding.known for finding in one.findings) else ():
            if origin.probability >= 0.5:
                reasons = ", ".join(e.detail for e in origin.evidence[:6])
                share = f"{origin.probability:.0%}"
                yield escape(f"{one.document.path}: reads as translated from “{origin.language}” ({share}): {reasons}")
                yield ""


def across(divided: Iterable[Divided]) -> Iterator[str]:
    """A line for each entity that stands under several names over the texts."""
    for one in divided:
        forms = ", ".join(f"“{u.text}” in {_texts(u.paths)}" for u in one.forms)
        yield escape(f"over these texts: {forms}; one form for the house would be “{one.right}”")


def _texts(paths: tuple[str, ...]) -> str:
    """Two paths by name, more by number.

    >>> _texts(("a.txt",)), _texts(("a.txt", "b.txt", "c.txt"))
    ('a.txt', '3 texts')
    """
    return " and ".join(paths) if len(paths) < 3 else f"{len(paths)} texts"


def _finding(document: Document, finding: Finding, lines: Lines, colour: bool) -> Iterator[str]:
    line, column = lines.place(finding.span.start)
    severity = f"{COLOURS[finding.severity]}{finding.severity}{_PLAIN}" if colour else finding.severity
    where = escape(f"{document.path}:{line}:{column}")
    where = f"{_BOLD}{where}{_PLAIN}" if colour else where
    yield f"{where}: {severity} {finding.code} {escape(finding.message)}"
    yield from _frame(lines.text_of(line), column - 1, finding, colour)
    for evidence in finding.evidence:
        yield escape(f"    {evidence.kind}: {evidence.detail}")
    if finding.replacements:
        how = {"safe": "fix", "suggest": "suggestion", "show": "perhaps"}[finding.safety]
        yield escape(f"    {how}: {' | '.join(finding.replacements)}")
    yield ""


def _frame(line: str, start: int, finding: Finding, colour: bool) -> Iterator[str]:
    """The line, cut to WIDTH around the span, and marks under the span."""
    length = max(1, min(len(finding.text.splitlines()[0]) if finding.text else 1, len(line) - start))
    left = max(0, min(start - 30, len(line) - WIDTH)) if len(line) > WIDTH else 0
    shown = line[left : left + WIDTH]
    before, marked = escape(shown[: start - left]), escape(shown[start - left : start - left + length])
    lead, tail = "…" if left else "", "…" if left + WIDTH < len(line) else ""
    marks = "^" * max(1, width(marked))
    marks = f"{COLOURS[finding.severity]}{marks}{_PLAIN}" if colour else marks
    yield f"    {lead}{escape(shown)}{tail}"
    yield f"    {' ' * (len(lead) + width(before))}{marks}"


def escape(text: str) -> str:
    """Control, format and bidi characters as visible escapes, so that no document can steer a terminal.

    >>> escape("a\\x1b[31m\\N{RIGHT-TO-LEFT OVERRIDE}b")
    'a\\\\x1b[31m\\\\u202eb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_shown(c) else c.encode("unicode_escape").decode() for c in text)


def _is_shown(char: str) -> bool:
    if char in "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}":
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal: two for wide characters, none for combining marks.

    >>> width("王毅 Wang"), width("ö"), width("o\\N{COMBINING DIAERESIS}")
    (9, 1, 1)
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def escape_lines(text: str) -> str:
    """`escape` for a text of several lines, whose line ends and tabs stay."""
    return "".join(c if c in "\n\t" else escape(c) for c in text)
