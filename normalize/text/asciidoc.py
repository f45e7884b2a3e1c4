"""AsciiDoc to the words a reader sees."""

from __future__ import annotations

import re

from normalize.model import SegmentKind
from normalize.text.light import Line, Paper, lines_of
from normalize.text.shown import Shown

FENCES: dict[str, SegmentKind | None] = {
    "----": "code",
    "....": "code",
    "++++": "code",
    "////": "markup",
    "```": "code",
    "____": "quotation",
    "====": None,
    "****": None,
}
"""Lines that begin and end a block, and what stands within; of a comment nothing is seen."""
CODE_STYLES = frozenset(
    ["source", "listing", "literal", "stem", "latexmath", "asciimath", "pass", "graphviz", "plantuml", "ditaa"]
)
QUOTED_STYLES = frozenset({"quote", "verse"})

_FENCE = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|_{4,}|={4,}|\*{4,}|```[\w+-]*|--)$")
_TITLE = re.compile(r"(?:={1,6}|#{1,6})[ \t]+(?=\S)")
_STYLE = re.compile(r"\[([\w-]{0,40})[^\]\[]{0,400}\]$")
_ATTRIBUTE = re.compile(r":!?[\w-]+!?:(?:\s|$)")
_LANGUAGE = re.compile(r"^:lang(?:uage)?:[ \t]+([A-Za-z]{2,3}(?:[-_]\w{1,8})*)", re.M)
_ITEM = re.compile(
    r"(?:[*]{1,5}|-|\.{1,5}|\d{1,3}\.|<[\d.]+>)[ \t]+(?:\[[ x*]\] )?(?=\S)|.{1,80}?(?:::{1,3}|;;)(?:[ \t]+|$)"
)
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_BLOCK_MACRO = re.compile(
    r"(image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::\S*?\[(?P<alt>[^\],\n]*)[^\n]*\]$"
)
_CELL = re.compile(r"(?:[\d.*+<>^]*[a-z]?)\|([^|\n]*)")
_BREAK = re.compile(r"(?:'{3,}|<{3,}|-{3}|\*{3}|\+)$")
_INLINE = re.compile(
    r"(?P<open>[\"'])`(?=\S)|(?<=\S)`(?P<close>[\"'])"
    r"|(?<![\w`])`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?![\w`])|``(?P<codes>[^`\n]+)``"
    r"|(?<!\w)\+(?P<passed>[^+\s](?:[^+\n]*[^+\s])?)\+(?!\w)"
    r"|\*\*(?P<strongs>[^*\n]+)\*\*|__(?P<emphases>[^_\n]+)__|##(?P<marked>[^#\n]+)##"
    r"|(?<![\w*])\*(?P<strong>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<emphasis>[^_\s](?:[^_\n]*[^_\s])?)_(?![\w_])"
    r"|(?:\[[^\]\n]{0,80}\])?(?<![\w#])#(?P<mark>[^#\s](?:[^#\n]*[^#\s])?)#(?![\w#])"
    r"|(?:link:|mailto:|xref:|(?=https?://))[^\s\[]{0,500}\[(?P<link>[^\]\n]{0,500})\]"
    r"|(?P<address>https?://[^\s\[]+)"
    r"|<<[^>,\n]{1,200}(?:,[ ]?(?P<reference>[^>\n]{1,500}))?>>"
    r"|image:[^\s\[]{1,500}\[(?P<alt>[^\],\n]{0,500})[^\]\n]{0,500}\]"
    r"|footnote(?:ref)?:[\w-]{0,80}\[[^\]\n]{0,2000}\]"
    r"|\{(?P<attribute>[\w-]+)\}"
    r"|\^(?P<raised>[^\^\s]+)\^|~(?P<lowered>[^~\s]+)~"
    r"|\(\(\([^)\n]{0,200}\)\)\)|\[\[[^\]\n]{0,200}\]\]"
)
_SHOWN = ("strongs", "emphases", "marked", "strong", "emphasis", "mark", "link", "reference", "lowered")
_CURLY = {('"', "open"): "“", ('"', "close"): "”", ("'", "open"): "‘", ("'", "close"): "’"}


def read_asciidoc(source: str, start: int = 0) -> Shown:
    """What a reader sees of a text that begins at ``start``."""
    paper = Paper(source, _INLINE, _show, "*_`#+{}[]<>^~")
    language = _LANGUAGE.search(source, start)
    paper.shown.declared = language[1].replace("_", "-") if language else ""
    _Reader(paper, lines_of(source, start)).read()
    return paper.shown


def _show(paper: Paper, match: re.Match[str]) -> None:
    for side in ("open", "close"):
        if match[side]:
            paper.shown.add(_CURLY[match[side], side], *match.span(), "coded")
    for name in _SHOWN:
        if match[name]:
            paper.words(*match.span(name))
    for name in ("code", "codes", "passed", "address", "attribute"):
        if match[name]:
            paper.part(*match.span(name), "code")
    if match["alt"]:
        paper.part(*match.span("alt"), "caption")


class _Reader:
    def __init__(self, paper: Paper, lines: list[Line]) -> None:
        self.paper, self.lines = paper, lines
        self.at = 0
        self.kinds: list[tuple[str, SegmentKind | None]] = []
        """The fences that are open, and what stands in them."""
        self.style = ""

    @property
    def kind(self) -> SegmentKind | None:
        return next((kind for _, kind in reversed(self.kinds) if kind), None)

    def read(self) -> None:
        self.header()
        while self.at < len(self.lines):
            self.block()

    def header(self) -> None:
        """The title, and right behind it the writers and the revision."""
        while self.at < len(self.lines) and (not self.line.text or self.is_unseen(self.line)):
            self.at += 1
        if self.at < len(self.lines) and self.line.text.startswith(("= ", "# ")):
            self.paper.block([self.line.behind(2)], "headline")
            self.at += 1
            if self.at < len(self.lines) and self.line.text and not self.is_unseen(self.line):
                self.paper.block([self.line], "byline")
                self.at += 1
            while self.at < len(self.lines) and self.line.text:
                self.at += 1

    @property
    def line(self) -> Line:
        return self.lines[self.at]

    def is_unseen(self, line: Line) -> bool:
        """Comments, attributes, anchors and breaks."""
        text = line.text
        comment = text.startswith("//") and not text.startswith("///")
        return comment or bool(_ATTRIBUTE.match(text) or _BREAK.match(text)) or (text[:2] == "[[" and text[-2:] == "]]")

    def block(self) -> None:
        line, style = self.line, self.style
        self.at += 1
        fence = _FENCE.match(line.text)
        if not line.text or self.is_unseen(line):
            return
        if line.text.startswith("|==="):
            self.table()
        elif fence:
            self.fence(fence[1], style)
        elif macro := _BLOCK_MACRO.match(line.text):
            if macro[1] == "image" and macro["alt"]:
                words = line.behind(macro.start("alt"))
                words.stop, words.text = words.start + len(macro["alt"].strip()), macro["alt"].strip()
                self.paper.block([words], "caption")
        elif found := _STYLE.match(line.text):
            self.style = found[1].lower()
            return
        elif title := _TITLE.match(line.text):
            self.paper.block([line.behind(title.end())], "headline")
        elif line.text[0] == "." and line.text[1:2] not in (".", " ", ""):
            self.paper.block([line.behind(1)], "caption")
            return
        else:
            self.paragraph(line, style)
        self.style = ""

    def fence(self, fence: str, style: str) -> None:
        """A fence ends the innermost block that it began, or begins one; code and comments are read to their end."""
        if any(open_ == fence for open_, _ in self.kinds):
            while self.kinds.pop()[0] != fence:
                pass
            return
        kind = FENCES.get(fence[:3] if fence[0] == "`" else fence[:4])
        if fence == "--" and style in CODE_STYLES:
            kind = "code"
        if style in QUOTED_STYLES:
            kind = "quotation"
        if kind not in ("code", "markup"):
            self.kinds.append((fence, kind))
            return
        closing = "```" if fence[0] == "`" else fence
        rest = range(self.at, len(self.lines))
        end = next((number for number in rest if self.lines[number].text == closing), len(self.lines))
        if kind == "code":
            self.paper.block([line for line in self.lines[self.at : end] if line.text], "code")
        self.at = end + 1

    def paragraph(self, line: Line, style: str) -> None:
        """Lines up to the next blank one, fence or item."""
        kind = self.kind
        if style in CODE_STYLES or (line.indent and not _ITEM.match(line.text)):
            kind = "code"
        elif style in QUOTED_STYLES:
            kind = "quotation"
        elif item := _ITEM.match(line.text):
            term = item.group().rstrip()
            if term.endswith(("::", ";;")):
                head = line.behind(0)
                head.text = term.rstrip(":;")
                head.stop = head.start + len(head.text)
                self.paper.block([head], kind or "list")
            line, kind = line.behind(item.end()), kind or "list"
        elif note := _ADMONITION.match(line.text):
            line = line.behind(note.end())
        lines = [line] if line.text else []
        while self.at < len(self.lines) and self.goes_on():
            lines.append(self.line)
            self.at += 1
        lines = [one for one in lines if not self.is_unseen(one)]
        for one in lines[:-1]:
            if one.text.endswith(" +"):  # a line break
                one.text, one.stop = one.text[:-2], one.stop - 2
        self.paper.block(lines, kind)

    def goes_on(self) -> bool:
        text = self.line.text
        return bool(text) and not (
            _FENCE.match(text) or text == "+" or _ITEM.match(text) or _STYLE.match(text) or text.startswith("|===")
        )

    def table(self) -> None:
        """Cells up to the end of the table."""
        while self.at < len(self.lines) and not self.line.text.startswith("|==="):
            line = self.line
            for cell in _CELL.finditer(line.text):
                words = line.behind(cell.start(1))
                words.text = cell[1].strip()
                words.stop = words.start + len(words.text)
                if words.text:
                    self.paper.block([words], "list")
            self.at += 1
        self.at += 1
