"""Markdown to blocks: markdown-it-py says what is what, and every piece is held against the source before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from normalize.model import Segment, SegmentKind, Span
from normalize.text.cues import Cues
from normalize.text.front_matter import front_matter
from normalize.text.pattern import pattern
from normalize.text.plain import Block, add_parts, classify, front_segment, trim

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CODE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a piece of code where the words of a paragraph are read."""

_ANCHORED = ("newline", "escape", "backticks", "link", "image", "autolink", "html_inline", "entity", "footnote_ref")
"""Inline rules whose beginning and end in the source are written down as they run."""

_EMPHASIS = frozenset({"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"})
_LINE_END = pattern(r"\r\n?|\n")
_CELL_END = pattern(r"(?<!\\)\|")
_CONTAINER = pattern(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]?)+")


class Piece(NamedTuple):
    """A stretch of a block's content: words, or what its kind says; ``shown`` is what a reader sees of it."""

    kind: SegmentKind
    start: int
    end: int
    shown: str = ""


def segment_markdown(text: str, cues: Cues) -> tuple[Segment, ...]:
    """The blocks of a Markdown text; what cannot be found in the source exactly is ``markup``, which no rule reads."""
    head = front_matter(text)
    source = Source.of(text, head.end)
    blocks = list(_plain_blocks(source, head.end) or _blocks(_parser().parse(text[head.end :]), source))
    # Code, list items and headings have their kind; paragraphs get theirs from cues and place.
    classify(blocks, cues)
    for block in blocks:
        if block.kind == "headline" and not block.fixed:
            block.kind = "prose"
    add_parts(blocks, cues)
    segments = [Segment(block.kind or "prose", block.span, tuple(block.parts)) for block in blocks]
    if head.end:
        segments.insert(0, front_segment(text, head))
    return _with_markup_between(text, segments)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark, tables, strikethrough and footnotes, its inline rules writing down where they begin and end."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    footnote_plugin(parser, inline=False, move_to_end=False, always_match_refs=True)
    parser.disable("text_join")  # escapes and entities stay tokens of their own, with their source
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name in _ANCHORED:
            ruler.at(name, _anchored(rule))
    return parser


def _anchored(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, noting in its first and last token where it began and ended."""

    def run(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            own = [token for token in state.tokens[known:] if token.type != "text"]
            if own:
                own[0].meta["from"] = start
                own[-1].meta["to"] = state.pos
        return matched

    return run


class Source(NamedTuple):
    """A text and its lines, as Markdown counts them."""

    text: str
    lines: list[Span]

    @classmethod
    def of(cls, text: str, start: int) -> Source:
        """The lines of ``text`` from ``start`` on."""
        ends = list(_LINE_END.finditer(text, start))
        starts = [start, *(end.end() for end in ends)]
        stops = [*(end.start() for end in ends), len(text)]
        return cls(text, [Span(a, b) for a, b in zip(starts, stops, strict=True)])

    def whole_lines(self, first: int, last: int) -> Span | None:
        """The lines from ``first`` to before ``last``, trimmed; None if nothing stands there."""
        lines = self.lines[first:last]
        return trim(self.text, lines[0].start, lines[-1].end) if lines else None

    def offsets(self, content: str, first: int, last: int) -> list[int] | None:
        """Where each code point of a block's content stands; None if a line is not found as it is."""
        found: list[int] = []
        for number, line in enumerate(content.split("\n")):
            if first + number >= last or first + number >= len(self.lines):
                return None
            words = line.strip(" \t")
            span = self.lines[first + number]
            raw = self.text[span.start : span.end]
            at = raw.rfind(words)
            if at >= 0 and raw[at + len(words) :].strip():
                at = raw.find(words)  # a heading with closing signs
            if at < 0:
                return None
            shift = span.start + at - (len(line) - len(line.lstrip(" \t")))
            # Spaces around the words, and the line end, stand somewhere near; nothing reads them.
            if span.start <= shift and shift + len(line) <= span.end:
                found.extend(range(shift, shift + len(line) + 1))
            else:
                found.extend(max(span.start, min(shift + k, span.end)) for k in range(len(line) + 1))
        return found

    def cells(self, line: int, contents: Sequence[str]) -> list[Span | None]:
        """Where the cells of a table row stand; None for those that are not found as they are."""
        span = self.lines[line]
        raw = self.text[span.start : span.end]
        container = _CONTAINER.match(raw)
        best: list[Span | None] = [None] * len(contents)
        for skipped in sorted({0, container.end() if container else 0}):
            edges = [m.start() for m in _CELL_END.finditer(raw, skipped)]
            bounds = list(zip([skipped, *(edge + 1 for edge in edges)], [*edges, len(raw)], strict=True))
            if bounds and not raw[slice(*bounds[0])].strip():
                bounds = bounds[1:]
            found: list[Span | None] = [None] * len(contents)
            for i, ((a, b), content) in enumerate(zip(bounds, contents, strict=False)):
                cell = trim(self.text, span.start + a, span.start + b)
                if cell and self.text[cell.start : cell.end] == content:
                    found[i] = cell
            best = max(best, found, key=lambda spans: sum(span is not None for span in spans))
        return best


_PLAIN_LINE = pattern(r"(?!\d+[.)])[^\W_].*|[\"'“”‘’„«»(–—].*|(?P<sign>\#{1,6}) (?P<title>[^#]*[^#\s][^#]*)|")
"""A line of a paragraph, a heading or nothing: so begins no list, table, quotation, code, HTML, rule or footnote."""
_MARK = pattern(r"[\\`~*_\[\]<>&^]")
"""What any markup within a line begins or ends with."""


def _plain_blocks(source: Source, start: int) -> list[Block] | None:
    """The blocks of a text of headings and paragraphs alone, as markdown-it would have them; None for any other text.

    It would take ten times as long, and a tenth of a second to load.
    """
    text = source.text
    if "\r" in text or "\0" in text or text.find("[^", start) >= 0:
        return None
    blocks: list[Block] = []
    first = 0
    for number, line in enumerate([*source.lines, Span(len(text), len(text))]):
        words = text[line.start : line.end]
        match = _PLAIN_LINE.fullmatch(words)
        if not match:
            return None
        if words and not match["sign"]:
            continue
        if first < number:
            blocks += _paragraph(source, first, number, None)
        if match["sign"]:
            blocks += _paragraph(source, number, number + 1, "headline", match["title"].strip())
        first = number + 1
    return blocks


def _paragraph(source: Source, first: int, last: int, kind: SegmentKind | None, content: str = "") -> Iterator[Block]:
    """The block of some lines without markup around them."""
    lines = source.lines[first:last]
    content = content or source.text[lines[0].start : lines[-1].end].strip()
    if not _MARK.search(content) and "\n" not in content:
        start = source.text.index(content, lines[0].start)
        yield Block(Span(start, start + len(content)), content, kind)
    elif offsets := source.offsets(content, first, last):
        children: list[Token] = []
        _parser().inline.parse(content, _parser(), {}, children)
        yield from _block(content, list(_pieces(children, content)), source, offsets, kind)


def _blocks(tokens: Sequence[Token], source: Source) -> Iterator[Block]:
    """The blocks that hold words or code, in the order of the source."""
    around: list[str] = []
    row: list[tuple[Token, SegmentKind | None]] = []
    for token in tokens:
        first, last = token.map or (0, 0)
        if token.type in ("fence", "code_block", "html_block"):
            span = source.whole_lines(first, last)
            if span:
                kind: SegmentKind = "markup" if token.type == "html_block" else "code"
                yield Block(span, source.text[span.start : span.end], kind)
        elif token.type == "inline":
            if around and around[-1] in ("th_open", "td_open"):
                row.append((token, _kind_within(around)))
            else:
                offsets = source.offsets(token.content, first, last)
                yield from _inline_block(token, source, offsets, _kind_within(around))
        elif token.nesting > 0:
            around.append(token.type)
        elif token.nesting < 0 and around:
            around.pop()
            if token.type == "tr_close" and row:
                line = (row[0][0].map or [0])[0]
                for (cell, kind_here), span in zip(row, source.cells(line, [c.content for c, _ in row]), strict=True):
                    if span:
                        yield from _inline_block(cell, source, list(range(span.start, span.end + 1)), kind_here)
                row = []


def _kind_within(around: Sequence[str]) -> SegmentKind | None:
    """What the blocks around a paragraph make of it; None leaves it to its own words."""
    if "heading_open" in around:
        return "headline"
    if "blockquote_open" in around:
        return "quotation"
    return "list" if "list_item_open" in around or "tr_open" in around else None


def _inline_block(token: Token, source: Source, offsets: list[int] | None, kind: SegmentKind | None) -> Iterator[Block]:
    """The block of one inline token."""
    if offsets is not None and token.content.strip():
        yield from _block(token.content, list(_pieces(token.children or [], token.content)), source, offsets, kind)


def _block(
    content: str, pieces: Sequence[Piece], source: Source, offsets: list[int], kind: SegmentKind | None
) -> Iterator[Block]:
    """A block's words with their places, everything else as parts."""
    shown: list[str] = []
    places: list[int] = []
    stops: dict[int, int] = {}
    covered: list[Span] = []
    parts: list[Segment] = []
    for piece in pieces:
        span = Span(offsets[piece.start], offsets[piece.end - 1] + 1)
        if piece.kind == "prose":
            if source.text[span.start : span.end] != content[piece.start : piece.end]:
                continue
            covered.append(span)
            shown.append(content[piece.start : piece.end])
            places.extend(offsets[piece.start : piece.end])
        else:
            covered.append(span)
            shown.append(piece.shown)
            places.extend(span.start for _ in piece.shown)
            stops |= dict.fromkeys(range(len(places) - len(piece.shown), len(places)), span.end)
            parts.append(Segment(piece.kind, span))
    whole = trim(source.text, offsets[0], offsets[-1])
    if whole is None:
        return
    if covered:  # some control characters are white space to Python and none to Markdown
        whole = Span(min(whole.start, covered[0].start), max(whole.end, covered[-1].end))
    images = any(piece.kind == "caption" for piece in pieces)
    if not "".join(shown).strip():
        kind = "caption" if images else "code" if any(piece.kind == "code" for piece in pieces) else "markup"
        parts = [part for part in parts if kind == "caption" != part.kind]
        if kind != "caption":
            yield Block(whole, "", kind)
            return
    parts.extend(_gaps(source.text, whole, covered))
    yield Block(whole, "".join(shown), kind, sorted(parts, key=lambda part: part.span), places, stops)


def _gaps(text: str, whole: Span, covered: Sequence[Span]) -> Iterator[Segment]:
    """What stands in a block and is no piece of it: the ``>`` of a quotation's further lines."""
    at = whole.start
    for span in (*covered, Span(whole.end, whole.end)):
        gap = trim(text, at, span.start) if at < span.start else None
        if gap:
            yield Segment("markup", gap)
        at = max(at, span.end)


def _pieces(children: Sequence[Token], content: str) -> Iterator[Piece]:
    """The content as pieces in order: words only where the source has them exactly where they are expected."""
    at = 0
    lost = False
    closing: int | None = None
    for child in children:
        start, end = child.meta.get("from"), child.meta.get("to")
        if closing is not None and end != closing:
            continue  # within an autolink
        if start is not None:
            yield from _gap(content, at, start)
            at, lost = start, False
        if child.type == "link_open":
            if child.markup == "autolink":
                closing = content.find(">", at) + 1
            else:
                yield Piece("markup", at, at + 1)
                at += 1
        elif end is not None:
            if child.type == "image":
                yield from _image(child, content, at, end)
            elif child.type == "code_inline":
                yield Piece("code", at, end, CODE)
            elif child.type == "text_special":
                yield Piece("markup", at, end, child.content)
            elif child.type not in ("softbreak", "hardbreak"):
                yield Piece("markup", at, end)
            elif content[at] == "\\":
                yield Piece("markup", at, at + 1)
            at, lost, closing = end, False, None
        else:
            piece = child.markup if child.type in _EMPHASIS else child.content
            lost = lost or not content.startswith(piece, at)
            if piece and not lost:
                yield Piece("markup" if child.type in _EMPHASIS else "prose", at, at + len(piece))
                at += len(piece)
    yield from _gap(content, at, len(content))


def _gap(content: str, start: int, end: int) -> Iterator[Piece]:
    """What was not recognised between two pieces."""
    if content[start:end].strip():
        yield Piece("markup", start, end)


def _image(child: Token, content: str, start: int, end: int) -> Iterator[Piece]:
    """An image: its alternative text is a caption, its address markup."""
    alt = start + 2
    if not content.startswith(child.content, alt) or content[start:alt] != "![":
        yield Piece("markup", start, end)
        return
    yield Piece("markup", start, alt)
    for piece in _pieces(child.children or [], child.content):
        yield Piece("caption" if piece.kind == "prose" else piece.kind, alt + piece.start, alt + piece.end)
    yield Piece("markup", alt + len(child.content), end)


def _with_markup_between(text: str, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments, and what stands between them (list signs, table lines, link definitions) as markup."""
    filled: list[Segment] = []
    at = 0
    for segment in sorted(segments, key=lambda s: s.span):
        if segment.span.start < at:
            continue
        gap = trim(text, at, segment.span.start)
        if gap:
            filled.append(Segment("markup", gap))
        filled.append(segment)
        at = segment.span.end
    gap = trim(text, at, len(text))
    return (*filled, Segment("markup", gap)) if gap else tuple(filled)
