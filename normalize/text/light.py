"""What reStructuredText and AsciiDoc have in common: blocks of lines, and inline signs that no reader sees."""

from __future__ import annotations

import re
from collections.abc import Callable

from normalize.model import SegmentKind
from normalize.text.shown import Mark, Shown, settle

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


class Line:
    """A line of the source: where its words stand, without white space around them, and how far it is indented."""

    __slots__ = ("indent", "start", "stop", "text")

    def __init__(self, source: str, start: int, stop: int) -> None:
        """Measure the line from ``start`` to ``stop``."""
        raw = source[start:stop]
        self.text = raw.strip()
        self.start = start + len(raw) - len(raw.lstrip())
        self.stop = self.start + len(self.text)
        self.indent = len(raw[: self.start - start].expandtabs(8))

    def behind(self, signs: int) -> Line:
        """What stands behind the first ``signs`` of the words, as a line of its own."""
        rest = Line.__new__(Line)
        rest.text = self.text[signs:].strip()
        rest.start = self.start + signs + len(self.text[signs:]) - len(self.text[signs:].lstrip())
        rest.stop, rest.indent = self.stop, self.indent + rest.start - self.start
        return rest


def lines_of(source: str, at: int = 0) -> list[Line]:
    """The lines of ``source`` from ``at`` on."""
    found = []
    while at < len(source):
        match = _LINE.match(source, at)
        assert match is not None
        found.append(Line(source, match.start(1), match.end(1)))
        at = match.end()
    return found


Inline = Callable[["Paper", re.Match[str]], None]
"""Shows what an inline construct says."""


class Paper:
    """The words shown, and the inline language they are written in."""

    def __init__(self, source: str, inline: re.Pattern[str], show: Inline, special: str) -> None:
        """``inline`` finds constructs in a line, ``show`` says what a reader sees of one."""
        self.source, self.inline, self.show = source, inline, show
        self.shown = Shown(frozenset(special))
        self.marks: list[Mark] = []

    def block(self, lines: list[Line], kind: SegmentKind | None) -> None:
        """Lines as one block; between two of them stands a space."""
        begin = self.shown.length
        self.marks = []
        last = -1
        for line in lines:
            if last >= 0:
                self.shown.add(" ", last, line.start, "coded")
            if kind == "code":
                self.words(line.start, line.stop)
            else:
                self.line(line.start, line.stop)
            last = line.stop
        self.end(begin, kind)

    def end(self, begin: int, kind: SegmentKind | None) -> None:
        """What was shown since ``begin`` is a block."""
        if begin < self.shown.length and (block := self.shown.end_block(begin, kind)):
            settle(block, self.marks)

    def line(self, start: int, stop: int) -> None:
        """The words of a line, constructs shown as what they say."""
        at = start
        for match in self.inline.finditer(self.source, start, stop):
            self.words(at, match.start())
            self.show(self, match)
            at = match.end()
        self.words(at, stop)

    def words(self, start: int, stop: int) -> None:
        """Words as they stand."""
        self.shown.add(self.source[start:stop], start, stop)

    def part(self, start: int, stop: int, kind: SegmentKind) -> None:
        """Words that are something else than their block."""
        before = self.shown.length
        self.words(start, stop)
        self.marks.append((before, self.shown.length, kind))
