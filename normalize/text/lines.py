"""Lines and columns of a text, counted from one in code points."""

from __future__ import annotations

import bisect
import functools

from normalize.text.pattern import pattern

_END = pattern(r"\r\n|\r|\n")


class Lines:
    """Where the lines of a text begin.

    >>> Lines("one\\r\\ntwo").place(6)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        """Those of ``text``; they are looked for when the first place is asked for."""
        self._text = text

    @functools.cached_property
    def _ends(self) -> list[tuple[int, int]]:
        return [match.span() for match in _END.finditer(self._text)]

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(end for _, end in self._ends)]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @property
    def many(self) -> int:
        """How many there are; a text of nothing has one."""
        return len(self._starts)

    def end_of(self, line: int) -> int:
        """Where a line ends, before its line end."""
        return self._ends[line - 1][0] if line <= len(self._ends) else len(self._text)

    def text_of(self, line: int) -> str:
        """A line without its end."""
        return self._text[self._starts[line - 1] : self.end_of(line)]
