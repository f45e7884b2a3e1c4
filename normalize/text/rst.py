"""reStructuredText to the words a reader sees."""

from __future__ import annotations

import re

from normalize.model import SegmentKind
from normalize.text.light import Line, Paper, lines_of
from normalize.text.shown import Shown

SPOKEN = frozenset(
    [
        "admonition",
        "attention",
        "caution",
        "danger",
        "epigraph",
        "error",
        "highlights",
        "hint",
        "important",
        "note",
        "pull-quote",
        "seealso",
        "tip",
        "topic",
        "versionadded",
        "versionchanged",
        "warning",
        "container",
        "compound",
        "abstract",
    ]
)
"""Directives whose content is text of the page."""
QUOTED = frozenset({"epigraph", "pull-quote", "highlights"})
PICTURES = frozenset({"image", "figure"})
TITLED = frozenset({"rubric", "topic", "admonition", "title"})
CODE_ROLES = frozenset(
    ["code", "literal", "math", "samp", "command", "file", "kbd", "program", "option", "envvar", "eq", "raw"]
)

DEEPEST = 40
"""Lists and quotations within each other that are told apart; what lies deeper is one block."""

_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1{1,}$")
_BULLET = re.compile(r"(?:[-*+•‣⁃]|\(?(?:\d{1,3}|[A-Za-z#]|[ivxlcIVXLC]{1,5})[.)])[ \t]+(?=\S)")
_DIRECTIVE = re.compile(r"\.\. (?:\|[^|]+\| )?([\w:+.-]+?)::(?:\s+|$)")
_NOTE = re.compile(r"\.\. \[[^\]]+\]\s")
_FIELD = re.compile(r":([\w .-]+):(?:\s+|$)")
_TABLE_RULE = re.compile(r"(?:\+[-=+]+\+|=+(?: +=+)+|-+(?: +-+)+)$")
_CELL = re.compile(r"[^|]+")
_COLUMN = re.compile(r"\S+(?: \S+)*")
_INLINE = re.compile(
    r"``(?P<code>[^`\n]+(?:`[^`\n]+)*)``"
    r"|(?::(?P<role>[\w:.+-]{1,40}):)?`(?P<phrase>[^`\n<]+?)(?:\s*<(?P<target>[^>`\n]*)>)?`(?P<ending>__?|:[\w:.+-]{1,40}:)?"
    r"|\|(?P<substitution>[^|\s][^|\n]*)\|_{0,2}"
    r"|\[(?P<note>[#*]?\w*)\]_"
    r"|\*\*(?P<strong>[^*\s\\](?:[^*\n\\]*[^*\s\\])?)\*\*"
    r"|(?<![\w*])\*(?P<emphasis>[^*\s\\](?:[^*\n\\]*[^*\s\\])?)\*(?!\w)"
    r"|(?P<address>\bhttps?://\S+)"
    r"|(?<=\w)__?(?=[\s.,;:!?)\]]|$)"
    r"|\\(?P<escaped>[^\n]|$)"
)


def read_rst(source: str, start: int = 0) -> Shown:
    """What a reader sees of a text that begins at ``start``; directives that are not known are not read."""
    paper = Paper(source, _INLINE, _show, "*`|_\\")
    _Reader(paper).read(lines_of(source, start), None)
    return paper.shown


def _show(paper: Paper, match: re.Match[str]) -> None:
    for name in ("strong", "emphasis"):
        if match[name] is not None:
            paper.words(*match.span(name))
    if match["phrase"] is not None:
        role = (match["role"] or (match["ending"] or "").strip(":_")).rpartition(":")[2]
        if role in CODE_ROLES:
            paper.part(*match.span("phrase"), "code")
        else:
            paper.words(*match.span("phrase"))
    for name in ("code", "substitution", "address"):
        if match[name] is not None:
            paper.part(*match.span(name), "code")
    if match["escaped"] and not match["escaped"].isspace():
        paper.shown.add(match["escaped"], *match.span(), "coded")


class _Reader:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.deep = 0

    def read(self, lines: list[Line], kind: SegmentKind | None) -> None:
        """The blocks of lines that stand at one depth; deeper ones are read by themselves."""
        if self.deep == DEEPEST:
            self.paper.block([line for line in lines if line.text], kind)
            return
        self.deep += 1
        at = 0
        depth = min((line.indent for line in lines if line.text), default=0)
        literal = False
        while at < len(lines):
            line = lines[at]
            if not line.text:
                at += 1
            elif line.indent > depth:
                end = _deeper(lines, at, depth)
                self.deeper(lines[at:end], kind, literal=literal, after=at > 0 and bool(lines[at - 1].text))
                at, literal = end, False
            else:
                at, literal = self.at_depth(lines, at, depth, kind)
        self.deep -= 1

    def deeper(self, lines: list[Line], kind: SegmentKind | None, *, literal: bool, after: bool) -> None:
        """Indented lines: literal behind ``::``, a definition right behind its term, else a quotation."""
        if literal:
            self.paper.block([line for line in lines if line.text], "code")
        else:
            self.read(lines, kind or ("list" if after else "quotation"))

    def at_depth(self, lines: list[Line], at: int, depth: int, kind: SegmentKind | None) -> tuple[int, bool]:
        """One block; where the next begins, and whether it ended with ``::``."""
        line = lines[at]
        title = _title(lines, at)
        if title:
            self.paper.block([lines[title[0]]], "headline")
            return title[1], False
        if line.text.startswith("..") and line.text[2:3] in ("", " "):
            return self.explicit(lines, at, depth, kind), False
        if _UNDERLINE.match(line.text) and len(line.text) >= 4:
            return at + 1, False
        if _TABLE_RULE.match(line.text):
            return self.table(lines, at), False
        if line.text.startswith(">>>"):
            end = _paragraph(lines, at, depth)
            self.paper.block(lines[at:end], "code")
            return end, False
        if _FIELD.match(line.text):
            end = _deeper(lines, at + 1, depth)
            self.paper.block([one for one in lines[at:end] if one.text], "code")
            return end, False
        if line.text.startswith("| "):
            self.paper.block([line.behind(1)], kind)
            return at + 1, False
        bullet = _BULLET.match(line.text)
        if bullet:
            return self.item(lines, at, bullet.end(), kind), False
        end = _paragraph(lines, at, depth)
        return end, self.paragraph(lines[at:end], kind)

    def paragraph(self, lines: list[Line], kind: SegmentKind | None) -> bool:
        """A paragraph; whether it announces a literal block."""
        announces = lines[-1].text.endswith("::")
        if announces:
            last = lines[-1]
            lines = [*lines[:-1], _until(last, last.text[:-1] if last.text != "::" else "")]
        attribution = kind == "quotation" and lines[0].text.startswith(("--", "—"))
        self.paper.block([line for line in lines if line.text], "byline" if attribution else kind)
        return announces

    def item(self, lines: list[Line], at: int, signs: int, kind: SegmentKind | None) -> int:
        """An item: its words stand as deep as those behind its sign."""
        first = lines[at].behind(signs)
        end = at + 1
        while end < len(lines) and (lines[end].indent > lines[at].indent or not lines[end].text):
            end += 1
        self.read([first, *lines[at + 1 : end]], kind or "list")
        return end

    def explicit(self, lines: list[Line], at: int, depth: int, kind: SegmentKind | None) -> int:
        """A directive, a footnote, a target or a comment, with the indented lines that belong to it."""
        line, end = lines[at], _deeper(lines, at + 1, depth)
        body = lines[at + 1 : end]
        directive = _DIRECTIVE.match(line.text)
        if note := _NOTE.match(line.text):
            self.read([line.behind(note.end()), *body], kind)
        elif directive:
            self.directive(directive[1], line.behind(directive.end()), body, kind)
        return end

    def directive(self, name: str, argument: Line, body: list[Line], kind: SegmentKind | None) -> None:
        while body and (field := _FIELD.match(body[0].text)):
            if name in PICTURES and field[1] == "alt":
                self.paper.block([body[0].behind(field.end())], "caption")
            body = body[1:]
        if name in TITLED:
            self.paper.block([argument], "headline")
        elif name in SPOKEN and argument.text:
            self.paper.block([argument], kind)
        if name in SPOKEN:
            self.read(body, "quotation" if name in QUOTED else kind)
        elif name == "figure":
            self.read(body, "caption")
        elif name not in PICTURES:
            self.paper.block([line for line in body if line.text], "code")

    def table(self, lines: list[Line], at: int) -> int:
        """Rows of cells; a cell of several lines is several blocks."""
        grid = lines[at].text.startswith("+")
        end = at + 1
        while end < len(lines) and (lines[end].text if grid else not _is_table_end(lines, at, end)):
            line = lines[end]
            if not _TABLE_RULE.match(line.text):
                for cell in (_CELL if grid else _COLUMN).finditer(line.text):
                    words = line.behind(cell.start())
                    self.paper.block([_until(words, cell.group().strip())], "list")
            end += 1
        return end


def _is_table_end(lines: list[Line], at: int, end: int) -> bool:
    """Whether a simple table ends before ``end``: a blank line behind a rule."""
    return not lines[end].text and bool(_TABLE_RULE.match(lines[end - 1].text)) and end - 1 > at


def _until(line: Line, words: str) -> Line:
    """The line with ``words``, its beginning, alone."""
    cut = line.behind(0)
    cut.text, cut.stop = words, cut.start + len(words)
    return cut


def _deeper(lines: list[Line], at: int, depth: int) -> int:
    """Behind the lines that are indented further, blank ones among them."""
    while at < len(lines) and (not lines[at].text or lines[at].indent > depth):
        at += 1
    return at


def _paragraph(lines: list[Line], at: int, depth: int) -> int:
    """Behind the lines of a paragraph."""
    end = at + 1
    while end < len(lines) and lines[end].text and lines[end].indent == depth:
        end += 1
    return end


def _title(lines: list[Line], at: int) -> tuple[int, int] | None:
    """The line of a section title and what follows it: underlined, or between two lines."""

    def rule(number: int) -> bool:
        return number < len(lines) and bool(_UNDERLINE.match(lines[number].text))

    if rule(at) and at + 1 < len(lines) and lines[at + 1].text and rule(at + 2) and not rule(at + 1):
        return at + 1, at + 3
    if rule(at + 1) and lines[at].text and not rule(at) and len(lines[at + 1].text) >= min(4, len(lines[at].text)):
        return at, at + 2
    return None
