"""The baseline: findings that a project knows of and lives with, kept by what they are and not by where they stand.

A finding is recognised by its page, its rule and a fingerprint of its words and the words around them, so lines may be
added, moved and wrapped anew. An entry excuses one finding, so the number can shrink and never grow (a ratchet).
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from normalize.errors import OutputError, UsageError
from normalize.model import Checked, Document, Finding
from normalize.record import Record, replace
from normalize.text.pattern import pattern
from normalize.whole import write_whole

VERSION = 1
AROUND = 4
"""Words on each side that a fingerprint takes in: enough to tell two places of one page apart in most texts, few enough
that an edit elsewhere in the sentence leaves it alone."""
REACH = 200
"""Code points on each side in which those words are looked for."""
_PARAGRAPH_END = pattern(r"\n[ \t\r]*\n")
_WORD = pattern(r"\w+")
REASON = "known when the baseline was made"


class Entry(Record, order=True):
    """One known finding: the page's path relative to the settings, with ``/``; what it is; and why it may stay."""

    page: str
    code: str
    fingerprint: str
    text: str
    reason: str = REASON

    @property
    def like(self) -> tuple[str, str]:
        """Rule and folded words: what stays the same when the surroundings are edited."""
        return self.code, _folded(self.text)


class Baseline(Record):
    """The entries of a file; ``root`` is the folder that pages are relative to."""

    root: Path
    entries: tuple[Entry, ...] = ()

    def page(self, path: str | Path) -> str:
        """How the baseline writes the path of a page; a path relative to the working folder is looked up from there."""
        whole = Path(os.path.abspath(path))
        root = Path(os.path.abspath(self.root))
        return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()

    def mark(self, checked: Checked, page: str) -> tuple[Checked, tuple[Entry, ...]]:
        """``checked`` with the reason on every finding that an entry of the page excuses, and the entries left over.

        The same fingerprint is matched first; what is left of an entry then excuses a finding of the same rule and the
        same words whose surroundings were edited. A page that has no entry takes those of pages that are gone: it may
        have been renamed.
        """
        if not self.entries:
            return checked, ()
        mine = [entry for entry in self.entries if entry.page == page]
        waiting = mine or self.homeless
        reasons: dict[int, str] = {}
        for look in (_is_same, _is_same_words):
            for number, finding in enumerate(checked.findings):
                print_ = fingerprint(checked.document, finding)
                if number not in reasons and (entry := next((e for e in waiting if look(e, finding, print_)), None)):
                    reasons[number] = entry.reason
                    waiting = _without(waiting, entry)
        findings = tuple(replace(f, known=reasons.get(n, "")) for n, f in enumerate(checked.findings))
        return replace(checked, findings=findings), tuple(waiting) if mine else ()

    @property
    def homeless(self) -> list[Entry]:
        """Entries whose page is no longer there."""
        return [entry for entry in self.entries if not (self.root / entry.page).exists()]


def fingerprint(document: Document, finding: Finding) -> str:
    """What the finding is, without where: its rule, its words and the nearest words of its paragraph, folded.

    >>> from normalize.model import Span
    >>> def find(text):
    ...     at = text.index("Vuong")
    ...     finding = Finding("NAM001", "variant-name", "error", 1.0, Span(at, at + 10), text[at:at + 10], "", ())
    ...     return fingerprint(Document("a.txt", text), finding)
    >>> find("Minister Vuong Nghi spoke.") == find("A new paragraph.\\n\\nMinister\\nVuong Nghi  spoke.")
    True
    """
    before = document.text[max(0, finding.span.start - REACH) : finding.span.start]
    after = document.text[finding.span.end : finding.span.end + REACH]
    before = _PARAGRAPH_END.split(before)[-1]
    after = _PARAGRAPH_END.split(after)[0]
    words = [*_words(before)[-AROUND:], "[", *_words(finding.text), "]", *_words(after)[:AROUND]]
    said = f"{finding.code} {_folded(finding.text)} {' '.join(words)}"
    import hashlib

    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def _words(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _is_same(entry: Entry, finding: Finding, print_: str) -> bool:
    return entry.code == finding.code and entry.fingerprint == print_


def _is_same_words(entry: Entry, finding: Finding, print_: str) -> bool:
    return entry.like == (finding.code, _folded(finding.text))


def _without(entries: Sequence[Entry], gone: Entry) -> list[Entry]:
    """The entries less one: equal entries stand for as many findings."""
    at = entries.index(gone)
    return [*entries[:at], *entries[at + 1 :]]


def entry_of(checked: Checked, finding: Finding, page: str, reason: str) -> Entry:
    """The entry that excuses ``finding``."""
    return Entry(page, finding.code, fingerprint(checked.document, finding), finding.text, reason)


def shrunk(before: Baseline, now: Mapping[str, Checked]) -> Baseline:
    """The baseline that today's findings leave of ``before``: entries are dropped, moved or re-anchored, none is added.

    ``now`` holds the marked checks by page; entries of pages that were not checked and still exist stay as they are.
    """
    kept = [e for e in before.entries if e.page not in now and (before.root / e.page).exists()]
    allowed = Counter(e.like for e in before.entries if e not in kept)
    for page in sorted(now):
        for finding in now[page].findings:
            like = finding.code, _folded(finding.text)
            if finding.known and allowed[like]:
                allowed[like] -= 1
                kept.append(entry_of(now[page], finding, page, finding.known))
    return replace(before, entries=tuple(sorted(kept)))


def read_baseline(path: Path, root: Path) -> Baseline:
    """The baseline in a file, empty if there is none; UsageError says what is wrong with it."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["version"] != VERSION:
            raise UsageError(f"{path}: a baseline of version {raw['version']}; this calque reads version {VERSION}")
        entries = [_entry(page, row) for page, rows in raw["pages"].items() for row in rows]
    except FileNotFoundError:
        return Baseline(root)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); make it readable") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        again = "restore it, or make it anew with calque baseline create --force"
        raise UsageError(f"{path}: this is not a baseline of calque; {again}") from None
    return Baseline(root, tuple(sorted(entries)))


def _entry(page: str, row: Mapping[str, Any]) -> Entry:
    texts = [row["code"], row["fingerprint"], row["text"], row.get("reason", REASON)]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError
    return Entry(page, *texts)


def write_baseline(path: Path, entries: Iterable[Entry]) -> None:
    """Write all of it or, on any fault, nothing (OutputError); one line an entry, so that a change reads well."""
    pages: dict[str, list[str]] = {}
    for entry in sorted(entries):
        row = {"code": entry.code, "fingerprint": entry.fingerprint, "text": entry.text, "reason": entry.reason}
        pages.setdefault(entry.page, []).append("   " + json.dumps(row, ensure_ascii=False))
    blocks = [
        f"  {json.dumps(page, ensure_ascii=False)}: [\n" + ",\n".join(rows) + "\n  ]" for page, rows in pages.items()
    ]
    body = "{\n" + ",\n".join(blocks) + "\n }" if blocks else "{}"
    text = f'{{\n "version": {VERSION},\n "pages": {body}\n}}\n'
    try:
        write_whole(path, [text.encode()])
    except (OSError, UnicodeEncodeError) as error:
        raise OutputError(f"{path}: not written: {error}; what stood there before still stands") from None
