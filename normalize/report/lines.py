"""Lines and columns of a text, counted from one in code points."""

from __future__ import annotations

import bisect

from normalize.text.pattern import pattern

_END = pattern(r"\r\n|\r|\n")


class Lines:
    """Where the lines of a text begin.

    >>> Lines("one\\r\\ntwo").place(6)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        """Find the line ends of ``text``."""
        self._text = text
        ends = list(_END.finditer(text))
        self._starts = [0, *(match.end() for match in ends)]
        self._stops = [*(match.start() for match in ends), len(text)]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def text_of(self, line: int) -> str:
        """A line without its end."""
        return self._text[self._starts[line - 1] : self._stops[line - 1]]
