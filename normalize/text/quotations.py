"""Direct quotations within one paragraph, with their marks."""

from __future__ import annotations

import sys
from bisect import bisect_right

from normalize.text.pattern import pattern

_ANY = pattern("[\"“”„‟«»‹›「」『』‘‚']")
_PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "»": "«»",  # German books, and Swedish ones
    "›": "‹›",
    "”": "”",  # Swedish and Finnish
    "‚": "‘’",
}
_CLOSERS_ONLY_AT_A_WORD = "”»›"
"""These open only where a word begins: elsewhere they close."""

_OPENING = pattern(f"[{''.join(_PAIRS)}]")
_STRAIGHT = pattern('"')
_SINGLE = pattern("[‘']")
_BEFORE_A_WORD = frozenset(" \t\r\n\N{NO-BREAK SPACE}([{-–—/:")


def quotations(text: str) -> list[tuple[int, int]]:
    """Where ``text``, one paragraph, quotes: from the opening to the closing mark, outermost pairs only, in order.

    What is never closed runs to the end of the paragraph.

    >>> [ "He said “yes”, not \\"no\\"."[a:b] for a, b in quotations("He said “yes”, not \\"no\\".")]
    ['“yes”', '"no"']
    """
    if not _ANY.search(text):
        return []
    found = _directed(text)
    if '"' in text:
        found = _merged(found + _straight(text, found))
    if "'" in text or "‘" in text:
        found = _merged(found + _singles(text, found))
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, overlapping ones as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    """Whether one of the spans, which are in order, holds the place."""
    before = bisect_right(spans, (at, sys.maxsize))
    return before > 0 and at < spans[before - 1][1]


def _opens(text: str, at: int) -> bool:
    """Whether a word begins behind the mark and none ends before it."""
    return (at == 0 or text[at - 1] in _BEFORE_A_WORD) and at + 1 < len(text) and not text[at + 1].isspace()


def _closes(text: str, at: int) -> bool:
    """Whether a word or its punctuation ends before the mark and none begins behind it."""
    return at > 0 and not text[at - 1].isspace() and (at + 1 == len(text) or not text[at + 1].isalnum())


def _directed(text: str) -> list[tuple[int, int]]:
    """Quotations whose marks say themselves which way they look."""
    found: list[tuple[int, int]] = []
    at = 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        mark = text[start]
        at = start + 1
        if mark in _CLOSERS_ONLY_AT_A_WORD and not _opens(text, start):
            continue
        end = _closing(text, start, mark)
        if end == len(text) and mark in _CLOSERS_ONLY_AT_A_WORD:
            continue  # a closing mark with a space too many
        found.append((start, end))
        at = end
    return found


def _closing(text: str, start: int, mark: str) -> int:
    """The end of the quotation that ``mark`` opens: behind its closing mark, or the end of the paragraph."""
    depth = 1
    closers = _PAIRS[mark]
    for at in range(start + 1, len(text)):
        sign = text[at]
        if sign in closers:
            depth -= 1
            if depth == 0:
                return at + 1
        elif sign == mark:
            depth += 1
    # Unbalanced: the pair that a nested one used up is the outer one's.
    last = max((text.rfind(closer, start + 1) for closer in closers), default=-1)
    if last > 0 and depth > 1:
        return last + 1
    if mark == "“" and depth == 1:  # opened by a curly mark, closed by a straight one
        straight = text.find('"', start + 1)
        if straight > 0 and _closes(text, straight):
            return straight + 1
    return len(text)


def _straight(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Quotations between ``"`` marks: by nesting where it comes out even, else by turns, neighbours telling strays."""
    marks = [m.start() for m in _STRAIGHT.finditer(text) if not _within(taken, m.start())]
    nested = _nested(text, marks)
    if nested is not None:
        return nested
    found: list[tuple[int, int]] = []
    even = len(marks) % 2 == 0
    start = -1
    for at in marks:
        if start < 0:
            if even or not _is_stray(text, at):
                start = at
        elif even or not _opens(text, at):
            found.append((start, at + 1))
            start = -1
        else:  # the one before was never closed
            found.append((start, at))
            start = at
    if start >= 0:
        found.append((start, len(text)))
    return found


def _is_stray(text: str, at: int) -> bool:
    """A mark behind a word where nothing is open: an inch, or the end of a quotation of an earlier paragraph."""
    return at > 0 and not text[at - 1].isspace() and not _opens(text, at)


def _nested(text: str, marks: list[int]) -> list[tuple[int, int]] | None:
    """The outermost pairs if opening and closing marks nest, else None."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for at in marks:
        if depth == 0:
            if _is_stray(text, at):
                continue
            start, depth = at, 1
        elif _opens(text, at):
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                found.append((start, at + 1))
    return None if depth else found


def _singles(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Quotations between single marks, only where they clearly are none of the many apostrophes."""
    found: list[tuple[int, int]] = []
    edge = 0
    for opening in _SINGLE.finditer(text):
        start = opening.start()
        if start < edge or not _opens(text, start) or not text[start + 1].isalpha():
            continue
        if _within(taken, start):
            continue
        end = _single_closing(text, start)
        if end:
            found.append((start, end))
            edge = end
    return found


def _single_closing(text: str, start: int) -> int:
    """Behind the mark that closes, or 0; a plural's apostrophe counts only if no better one follows."""
    closers = "’'" if text[start] == "‘" else "'"
    plural = 0
    for at in range(start + 3, len(text)):
        if text[at] in "‘'" and _opens(text, at):
            break
        if text[at] in closers and _closes(text, at):
            if text[at - 1] not in "sS":
                return at + 1
            plural = plural or at + 1
    return plural
