"""What a reader sees of a marked-up source, and the way back: every code point knows where it stands in the file.

The flow runs on the words shown. What is found there is carried back to the source: spans, words, and fixes coded as
the place wants them, or no longer offered where markup stands within the words.
"""

from __future__ import annotations

import html
import json
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from normalize.model import Checked, Document, Evidence, Finding, Segment, SegmentKind, Span
from normalize.record import replace
from normalize.text.cues import Cues
from normalize.text.plain import Block, add_parts, classify, trim

Solidity = Literal["same", "coded", "barrier"]
"""A piece is the source as it stands; or one thing that the source writes otherwise (an entity, white space); or
something that no fix may touch (the end of a block, a line break)."""

Coding = Literal["plain", "html", "attribute", "bare", "json"]
"""How words are written where they stand; ``bare`` is a value without quotation marks, in which no space may stand."""

BETWEEN = "\n\n"
"""What stands between two blocks in the words shown."""

HALF = ("&", "#", "<", "/", "\\")
"""What stands before words and could become one thing with other words."""

APART = Evidence("markup", "markup stands within these words, so they are not changed by themselves")
UNSAFE = Evidence("markup", "the new words hold signs that mean something in this markup")


@dataclass(slots=True)
class Shown:
    """The words shown, made piece by piece in the order of the source; blocks are disjoint."""

    special: frozenset[str] = frozenset()
    """Signs that mean something in this markup: new words that hold one are only shown."""
    declared: str = ""
    """The language that the source declares for most of its words."""
    blocks: list[Block] = field(default_factory=list)
    _chunks: list[str] = field(default_factory=list)
    _length: int = 0
    _at: list[int] = field(default_factory=list)
    _start: list[int] = field(default_factory=list)
    _stop: list[int] = field(default_factory=list)
    _solid: list[Solidity] = field(default_factory=list)
    _coding: list[Coding] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Code points shown so far."""
        return self._length

    @property
    def text(self) -> str:
        """The words shown; blocks stand apart."""
        return "".join(self._chunks)

    def add(self, words: str, start: int, stop: int, solid: Solidity = "same", coding: Coding = "plain") -> None:
        """``words`` shown for the source from ``start`` to ``stop``."""
        if not words:
            return
        if (
            solid == "same"
            and self._solid
            and self._solid[-1] == "same"
            and self._stop[-1] == start
            and self._coding[-1] == coding
        ):
            self._stop[-1] = stop
        else:
            self._at.append(self._length)
            self._start.append(start)
            self._stop.append(stop)
            self._solid.append(solid)
            self._coding.append(coding)
        self._chunks.append(words)
        self._length += len(words)

    @property
    def last(self) -> str:
        """The last code point shown."""
        return self._chunks[-1][-1] if self._chunks else ""

    def tail(self, begin: int) -> str:
        """What was added from ``begin`` on."""
        number, at = len(self._chunks), self._length
        while at > begin:
            number -= 1
            at -= len(self._chunks[number])
        return "".join(self._chunks[number:])[begin - at :]

    def end_block(self, begin: int, kind: SegmentKind | None) -> Block | None:
        """What was added since ``begin`` as a block; of a kind, or of what its words and place say. None if blank."""
        text = self.tail(begin)
        span = trim(text, 0, len(text))
        if span is None:
            return None
        block = Block(Span(begin + span.start, begin + span.end), text[span.start : span.end], kind)
        self.blocks.append(block)
        self.add(BETWEEN, self._stop[-1], self._stop[-1], "barrier")
        return block

    def document(self, source: Document, cues: Cues) -> Document:
        """The document that the flow reads: plain text with its blocks."""
        classify(self.blocks, cues)
        add_parts(self.blocks, cues)
        segments = tuple(Segment(b.kind or "prose", b.span, tuple(sorted(b.parts, key=_begin))) for b in self.blocks)
        return replace(source, text=self.text, markup="plain", segments=segments)

    def source_of(self, span: Span) -> Span:
        """Where the words at ``span`` stand in the source, from the first to the last."""
        first, last = self._piece(span.start), self._piece(max(span.start, span.end - 1))
        start, stop = self._start[first], self._stop[last]
        if self._solid[first] == "same":
            start += span.start - self._at[first]
        if self._solid[last] == "same":
            stop = self._start[last] + span.end - self._at[last]
        return Span(start, max(start, stop))

    def is_whole(self, span: Span) -> bool:
        """Whether the words at ``span`` stand together in the source, with no markup among them."""
        first, last = self._piece(span.start), self._piece(max(span.start, span.end - 1))
        ends = (*self._at[first + 1 : last + 2], self._length)
        if self._solid[first] != "same" and self._at[first] != span.start:
            return False
        if self._solid[last] != "same" and ends[last - first] != span.end:
            return False
        if any(self._solid[number] == "barrier" for number in range(first, last + 1)):
            return False
        return all(self._stop[number] == self._start[number + 1] for number in range(first, last))

    def _piece(self, at: int) -> int:
        return max(0, bisect_right(self._at, at) - 1)

    def carry_back(self, checked: Checked, source: Document) -> Checked:
        """What was found in the words shown, as findings of the source."""
        read = checked.document
        document = replace(
            source,
            language=read.language,
            language_sure=read.language_sure,
            date=read.date,
            segments=self._segments(read.segments),
        )
        resolutions = tuple(
            replace(r, span=(span := self.source_of(r.span)), text=source.slice(span)) for r in checked.resolutions
        )
        findings = tuple(sorted((self._finding(f, source) for f in checked.findings), key=_place))
        return replace(checked, document=document, findings=findings, resolutions=resolutions)

    def _finding(self, finding: Finding, source: Document) -> Finding:
        span = self.source_of(finding.span)
        there = replace(finding, span=span, text=source.slice(span))
        if not finding.replacements:
            return there
        coding = self._coding[self._piece(finding.span.start)]
        replacements = tuple(map(CODES[coding], finding.replacements))
        whole = self.is_whole(finding.span)
        risky = any(self.special & set(new) - set(finding.text) for new in finding.replacements)
        risky = risky or coding == "bare" or (coding != "plain" and source.text[: span.start].endswith(HALF))
        if whole and not risky:
            return replace(there, replacements=replacements)
        reason = APART if not whole else UNSAFE
        return replace(there, replacements=replacements, safety="show", evidence=(*finding.evidence, reason))

    def _segments(self, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
        """The blocks in the source, in its order; one that lies within another (words of an attribute) is left out."""
        there: list[Segment] = []
        for segment in sorted((self._segment(s) for s in segments), key=lambda s: s.span):
            if not there or segment.span.start >= there[-1].span.end:
                there.append(segment)
        return tuple(there)

    def _segment(self, segment: Segment) -> Segment:
        parts = tuple(self._segment(part) for part in segment.parts)
        return Segment(segment.kind, self.source_of(segment.span), parts)


Mark = tuple[int, int, SegmentKind]
"""A stretch of the words shown, and what it is."""


def settle(block: Block, marks: Iterable[Mark]) -> None:
    """Give the block its parts: of two that overlap, the one that begins first and is longer stays."""
    at = block.span.start
    for start, stop, kind in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        start, stop = max(start, at), min(stop, block.span.end)
        if start < stop:
            block.parts.append(Segment(kind, Span(start, stop)))
            at = stop
    if [(part.kind, part.span) for part in block.parts] == [("foreign", block.span)] and block.kind != "furniture":
        block.kind = "foreign"


def _in_json(words: str) -> str:
    """As a string of a script element writes it: nothing may end the element."""
    return json.dumps(words, ensure_ascii=False)[1:-1].replace("</", "<\\/")


CODES: dict[Coding, Callable[[str], str]] = {
    "plain": str,
    "html": lambda words: html.escape(words, quote=False),
    "attribute": html.escape,
    "bare": html.escape,
    "json": _in_json,
}


def _begin(segment: Segment) -> Span:
    return segment.span


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, finding.span.end, finding.code
