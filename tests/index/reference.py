"""The slow, obvious matcher that the fast ones must equal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.text.fold import elements, key

JOINTS = (r"s*", r"s*r?ns*", r"-r?ns*", r"-", r"l", r"&", r"s&s", r"\*{0,3}s?\*{0,3}")


@dataclass
class Word:
    """A word of the text: its letters, where it begins (code point, element) and ends (code point, whether wholly)."""

    letters: str = ""
    first: tuple[int, int] = (0, 0)
    last: tuple[int, bool] = (0, True)
    joint: str = ""
    """The kinds of the separators before it."""


def cut(text: str) -> list[Word]:
    """The words of a text."""
    found: list[Word] = []
    open_for = ""
    gap = ""
    for at, char in enumerate(text):
        parts = elements(char)
        for number, (kind, letter) in enumerate(parts):
            is_last = number == len(parts) - 1
            if kind == "i":
                continue
            if kind == "d":
                if open_for:
                    found[-1].last = at, True
            elif kind in "wcx" and kind in open_for:
                found[-1].letters += letter
                found[-1].last = at, is_last
                open_for = "wx" if kind == "w" else "x"
            elif kind in "wcx":
                found.append(Word(letter, (at, number), (at, is_last), gap))
                open_for = "wx" if kind == "w" else "x"
                gap = ""
            else:
                open_for = ""
                gap += kind
    return found


def joins(one: Word, other: Word) -> bool:
    """Whether two words may be parts of one form."""
    allowed = [*JOINTS, r"\.s?"] if len(one.letters) == 1 else JOINTS
    return any(re.fullmatch(pattern, other.joint) for pattern in allowed)


def reference(text: str, forms: list[str]) -> list[tuple[int, int, str]]:
    """Where each form stands, and its key."""
    keys = {key(form) for form in forms} - {""}
    words = cut(text)
    found = []
    at = 0
    while at < len(words):
        best = 0
        if words[at].first[1] == 0:
            for end in range(at + 1, len(words) + 1):
                if end > at + 1 and not joins(words[end - 2], words[end - 1]):
                    break
                if words[end - 1].last[1] and " ".join(w.letters for w in words[at:end]) in keys:
                    best = end
        if best:
            found.append((words[at].first[0], words[best - 1].last[0] + 1, " ".join(w.letters for w in words[at:best])))
        at = best or at + 1
    return found
