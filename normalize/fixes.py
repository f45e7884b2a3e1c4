"""Fixes as values: planned from findings, shown as a diff, replayed on the text, written without risk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from normalize.errors import OutputError
from normalize.model import Document, Edit, Finding
from normalize.text.reading import decode, encode
from normalize.whole import write_whole

SUGGESTED = frozenset({"safe", "suggest"})
SAFE = frozenset({"safe"})


def plan(findings: Iterable[Finding], safeties: frozenset[str] = SAFE) -> list[Edit]:
    """The edits of the findings whose safety is wanted, in the order of the text.

    Where two overlap the more confident one is done and the other left for the next run.
    """
    wanted = [f for f in findings if f.safety in safeties and f.edit and f.replacements[0] != f.text]
    chosen: list[Finding] = []
    for finding in sorted(wanted, key=lambda f: (-f.confidence, f.span)):
        if not any(finding.span.overlaps(other.span) for other in chosen):
            chosen.append(finding)
    return [f.edit for f in sorted(chosen, key=lambda f: f.span) if f.edit]


def writable(document: Document, edits: Iterable[Edit]) -> tuple[list[Edit], list[str]]:
    """The edits whose new words the file's encoding can hold, and a sentence for each that it cannot."""
    if document.encoding == "utf-8":
        return list(edits), []
    kept, left = [], []
    for edit in edits:
        try:
            encode(document, edit.new)
            kept.append(edit)
        except OutputError as error:
            left.append(f"{document.path}: “{edit.new}” was not put in: {error}; save the file as UTF-8 and run again")
    return kept, left


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with disjoint, ordered edits done; everything outside them stays as it was.

    >>> from normalize.model import Span
    >>> apply("Vuong Nghi spoke.", [Edit(Span(0, 10), "Wang Yi")])
    'Wang Yi spoke.'
    """
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.span.start], edit.new]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def diff(document: Document, new: str) -> str:
    """The change as a unified diff; empty if there is none."""
    import difflib

    lines = difflib.unified_diff(
        document.text.splitlines(keepends=True),
        new.splitlines(keepends=True),
        document.path,
        document.path,
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def write(document: Document, text: str) -> None:
    """Put ``text`` into the document's file: all of it or, on any fault, nothing (OutputError).

    A link is not followed: the file it names was not given.
    """
    path = Path(document.path)
    try:
        before = path.lstat()
        if stat.S_ISLNK(before.st_mode):
            raise OutputError(f"{path}: a link is not fixed; give the file that it leads to")
        if not (before.st_mode & 0o222 and os.access(path, os.W_OK)):
            raise OutputError(f"{path}: the file is read-only, so it was not fixed; make it writable and run again")
        data = path.read_bytes()
        if data != encode(document, document.text):
            if document.encoding != "utf-8" and decode(data, document.path, document.encoding).text == document.text:
                many = f"writes one character in several ways in {document.encoding}"
                raise OutputError(f"{path}: the file {many}, so a fix would change other bytes; save it as UTF-8")
            raise OutputError(f"{path}: the file changed while it was checked, so it was not fixed; run again")
        write_whole(path, [encode(document, text)])
    except OSError as error:
        raise OutputError(f"{path}: not fixed: {error.strerror}; the file stands as it was") from None
