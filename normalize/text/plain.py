"""Plain text to blocks: lines and paragraphs, told apart by shape, by place and by the cues of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from normalize.model import Segment, SegmentKind, Span
from normalize.text.cues import Cues, begins, folded_line, words
from normalize.text.dates import holds_little_else, names_day
from normalize.text.front_matter import FrontMatter, front_matter
from normalize.text.pattern import pattern
from normalize.text.quotations import quotations

SHORT = 110
"""Code points of a line that may be a headline, a byline or furniture: the longest headline of the wires has fewer."""

_LINE = pattern(r"[^\r\n\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\x0b\x0c\x85]+")
_SENTENCE_END = pattern(r"[.!?…。！？؟۔।][\"'”’»“)\]】」]*$")
_SENTENCE_INSIDE = pattern(r"[^\W\d_]{3}[.!?][\"”’»)]* [\"“‘«(]?[^\W\d_]")
_BULLET = pattern(r"(?:[•‣▪●◦*+-]|[–—]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t]+(?=\S)")
_COPYRIGHT = pattern(r"(?:©|\(c\)\s|copyright\s*(?:©|\(c\)|\d{4}))", re.I)
_DATELINE = pattern(
    # BRUSSELS, July 2 (Reuters) -   MOSCOW, July 2. /TASS/.   Hanoi (VNA) –   WASHINGTON —
    r"(?P<place>[^\W\d_][\w.'’-]*(?:(?:, ?|[ /])[^\W\d_][\w.'’-]*){0,6}?)"
    r"(?P<date>,? (?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,9})(?:,? \d{4})?[.,]?)?"
    r"(?P<agency> ?[(/][^()/\n]{2,40}[)/]\.?)?"
    r"(?P<dash>(?<=/\.)|(?<=/)|\s?(?:--|[-–—―:])(?=\s))\s*"
)
_SPACED_DASH = pattern(r"\s(?:--|[-–—])\s")
_PLACE_ALONE = pattern(r"[^\W\d_][\w .'’/-]{1,30}(?:, [^\W\d_][\w .'’-]{2,30})?(?: ?\([^()]{2,30}\))?[:.]?$")


class Block:
    """A line or paragraph on its way to a segment."""

    __slots__ = ("fixed", "kind", "parts", "places", "span", "stops", "text")

    def __init__(
        self,
        span: Span,
        text: str,
        kind: SegmentKind | None = None,
        parts: Iterable[Segment] = (),
        places: list[int] | None = None,
        stops: Mapping[int, int] | None = None,
    ) -> None:
        """``places`` says where each code point of ``text`` begins in the document, where markup is left out of it, and
        ``stops`` where those end that stand for more: an entity or a piece of code is one code point of ``text``.
        """
        self.span, self.text, self.kind = span, text, kind
        self.parts = list(parts)
        self.places, self.stops = places, stops or {}
        self.fixed = False
        """The markup has said what it is."""

    def place(self, start: int, end: int) -> Span:
        """Where the words from ``start`` to ``end`` of the block's text stand in the document."""
        if self.places is None:
            return Span(self.span.start + start, self.span.start + end)
        return Span(self.places[start], self.stops.get(end - 1) or self.places[end - 1] + 1)


def segment_plain(text: str, cues: Cues) -> tuple[Segment, ...]:
    """The blocks of a plain text."""
    head = front_matter(text)
    blocks = [Block(span, text[span.start : span.end]) for span in paragraphs(text, head.end)]
    classify(blocks, cues)
    add_parts(blocks, cues)
    segments = [Segment(block.kind or "prose", block.span, tuple(block.parts)) for block in blocks]
    if head.end:
        segments.insert(0, front_segment(text, head))
    return tuple(segments)


def front_segment(text: str, head: FrontMatter) -> Segment:
    """The front matter: code that holds the title as a headline."""
    title = (Segment("headline", head.title),) if head.title else ()
    return Segment("code", Span(0, len(text[: head.end].rstrip())), title)


def paragraphs(text: str, start: int = 0) -> list[Span]:
    """The lines that hold something, trimmed; hard-wrapped ones joined to paragraphs."""
    lines = [trimmed for m in _LINE.finditer(text, start) if (trimmed := trim(text, m.start(), m.end()))]
    width = max((line.end - line.start for line in lines), default=0)
    if not 40 <= width <= 100:  # no typist wraps wider, no column is narrower
        return lines
    # Several lines come near the same width, as wrapped ones do and headlines do not.
    wraps = sum(line.end - line.start >= width - 14 for line in lines) >= 3
    joined: list[Span] = []
    previous = Span(0, 0)
    for line in lines:
        if joined and _goes_on(text, previous, line, width if wraps else 0):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
        previous = line
    return joined


def trim(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends; None if there is nothing else."""
    line = text[start:end]
    left = len(line) - len(line.lstrip())
    return Span(start + left, start + len(line.rstrip())) if left < len(line) else None


def _goes_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether a line break is a typist's: the next word would not have fitted, or goes on in lower case."""
    between = text[line.end : following.start]
    if between.replace("\r\n", "\n").strip(" \t") not in ("\n", "\r"):
        return False
    first = text[following.start : following.end]
    if _BULLET.match(first):
        return False
    length = line.end - line.start
    word = first.split(maxsplit=1)[0]
    if first[0].islower() and length >= 30 and text[line.end - 1] not in ".!?:":
        return True
    return bool(width) and length + 1 + len(word) > width


def classify(blocks: list[Block], cues: Cues) -> None:
    """Give every block its kind: first what its own words and shape say, then what its place says."""
    for block in blocks:
        if block.kind is None:
            block.kind = _own_kind(block.text, cues)
        else:
            block.fixed = True
    body = [i for i, block in enumerate(blocks) if block.kind == "prose" and _is_sentence(block.text)]
    _settle_lists(blocks)
    _settle_head(blocks, body[0] if body else len(blocks), cues)
    _settle_end(blocks, cues)
    _settle_writer(blocks)
    if len(blocks) == 1 and blocks[0].kind in ("headline", "furniture") and not blocks[0].fixed:
        blocks[0].kind = "prose"  # a single line says nothing of its place


def _own_kind(text: str, cues: Cues) -> SegmentKind:
    """What a block is without its neighbours: "headline" stands for a line that is no sentence."""
    folded = folded_line(text[:240])
    short = len(text) <= SHORT
    if _COPYRIGHT.match(text) or begins(folded, cues.furniture) or (short and _is_furniture(text, folded, cues)):
        return "furniture"
    if _is_credit(text, folded, cues) or (short and _is_byline(text, folded, cues)):
        return "byline"
    if begins(folded, cues.captions) or (len(text) < 600 and _picture_credit(text, cues) >= 0):
        return "caption"
    if _BULLET.match(text):
        return "list"
    return "prose" if _is_sentence(text) else "headline"


def _is_sentence(text: str) -> bool:
    return len(text) > 160 or bool(_SENTENCE_END.search(text)) or bool(_SENTENCE_INSIDE.search(text))


def _is_furniture(text: str, folded: str, cues: Cues) -> bool:
    """A short line made of the words of sites alone, without the end of a sentence."""
    if folded in cues.sections:
        return True
    here = words(text)
    if not here:
        return not any(sign.isalnum() for sign in text)
    return (
        len(here) <= 8
        and any(w in cues.furniture_words for w in here)
        and all(w in cues.furniture_words or w in cues.joining_words for w in here)
    )


def _is_credit(text: str, folded: str, cues: Cues) -> bool:
    """``(Reporting by …; Editing by …)``, ``Source: …``, ``REUTERS/Yves …``: a whole block of credit."""
    if len(text) > 400 or not folded:
        return False
    if begins(folded, cues.credits) and (text[0] in "([" or not _SENTENCE_INSIDE.search(text)):
        return True
    return len(text) <= SHORT and begins(folded, cues.picture_credits) and not _is_sentence(text.rstrip("."))


def _is_byline(text: str, folded: str, cues: Cues) -> bool:
    """``By Jane Doe and John Roe, Brussels``: only names behind the cue, and no end of a sentence."""
    cue = next((cue for cue in cues.bylines if folded.startswith(cue)), "")
    if not cue or _SENTENCE_END.search(text):
        return False
    rest = text[len(cue) :].split()
    small = sum(1 for word in rest if word[0].islower())
    return 1 <= len(rest) <= 12 and small <= 2 and any(word[0].isupper() for word in rest[:2])


def _picture_credit(text: str, cues: Cues) -> int:
    """Where the picture's credit begins behind a caption's words, or -1."""
    start = max(0, len(text) - 90)
    end = text[start:].lower()
    if not any(cue in end for cue in cues.picture_credits):
        return -1  # most texts: the pattern takes milliseconds to make
    found = _picture_credits(cues.picture_credits).search(text, start)
    return found.start() if found else -1


@lru_cache(maxsize=8)
def _picture_credits(cues: tuple[str, ...]) -> re.Pattern[str]:
    """Behind the end of a sentence any of the cues, elsewhere those in brackets."""
    bare = "|".join(re.escape(cue) for cue in cues) or "(?!)"
    bracketed = "|".join(re.escape(cue) for cue in cues if cue[0] in "([") or "(?!)"
    return re.compile(rf"(?<=[.)\]!?”\"|,;] )(?:{bare})|(?<= )(?:{bracketed})", re.I)


def _settle_lists(blocks: list[Block]) -> None:
    """A lone dash or number in front of a sentence is no list."""
    for i, block in enumerate(blocks):
        if block.kind != "list" or block.fixed or block.text[0] in "•‣▪●◦":
            continue
        beside = blocks[max(0, i - 1) : i] + blocks[i + 1 : i + 2]
        if not any(_BULLET.match(other.text) for other in beside):
            block.kind = "prose" if _is_sentence(block.text) else "headline"


def _settle_head(blocks: list[Block], first: int, cues: Cues) -> None:
    """What stands before the first sentence: places and dates become datelines, repeated captions captions."""
    for i, block in enumerate(blocks[:first]):
        if block.kind != "headline" or block.fixed:
            continue
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        heads_story = i + 1 == first and following is not None
        if (heads_story and _is_place_alone(block.text)) or _is_date_line(block.text, cues):
            block.kind = "dateline"
        elif following and following.kind == "caption" and block.text[:24] == following.text[:24]:
            block.kind = "caption"
    # A question that heads a story ends like a sentence and still is its headline.
    if first == 0 and len(blocks) > 1 and blocks[0].kind == "prose" and not blocks[0].fixed:
        text = blocks[0].text
        if text[-1] in "?!" and len(text) <= SHORT and not _SENTENCE_INSIDE.search(text) and '"' not in text:
            blocks[0].kind = "headline"


def _is_place_alone(text: str) -> bool:
    """``BRUSSELS``, ``HANOI (VNA)``, ``BRUSSELS, Belgium``: a place in capitals and nothing else."""
    place = text.split(",")[0].split("(")[0].strip(" :.")
    return place.isupper() and len(place.split()) <= 3 and bool(_PLACE_ALONE.match(text))


def _is_date_line(text: str, cues: Cues) -> bool:
    """A short line that holds a date and, beside it, names at most."""
    return len(text) <= 90 and names_day(text, cues.date_words) and holds_little_else(text, cues.date_words)


def _settle_writer(blocks: list[Block]) -> None:
    """A line of two to four names right behind the last sentence is its writer's."""
    kept = [i for i, block in enumerate(blocks) if block.kind != "furniture"]
    for before, last in zip(kept[-2:], kept[-1:], strict=False):
        block = blocks[last]
        names = block.text.split("(")[0].split()
        is_name = 2 <= len(names) <= 4 and all(word[0].isupper() and not word.isupper() for word in names)
        if block.kind == "headline" and not block.fixed and is_name and _is_sentence(blocks[before].text):
            block.kind = "byline"


def _settle_end(blocks: list[Block], cues: Cues) -> None:
    """What follows the article's end belongs to the site, as long as it is little beside the article."""
    size = [len(b.text) if b.kind in ("prose", "quotation") and _is_sentence(b.text) else 0 for b in blocks]
    before, after = 0, sum(size)
    for i, block in enumerate(blocks):
        before, after = before + size[i], after - size[i]
        if before and after * 3 <= before - size[i] and _ends_article(block, cues):
            for late in blocks[i:]:
                if late.kind != "code" and not (late.kind == "byline" and late is not block):
                    late.kind = "furniture"
            return
    # Without such a line: a run of titles behind the last sentence.
    tail = len(blocks)
    while tail and blocks[tail - 1].kind in ("headline", "furniture", "byline") and not blocks[tail - 1].fixed:
        tail -= 1
    titles = [block for block in blocks[tail:] if block.kind == "headline"]
    if len(titles) >= 3 and sum(len(block.text) for block in titles) * 3 <= sum(size):
        for block in titles:
            block.kind = "furniture"


def _ends_article(block: Block, cues: Cues) -> bool:
    text = block.text
    if _COPYRIGHT.match(text):
        return True
    return len(text) <= SHORT and not _SENTENCE_INSIDE.search(text) and begins(folded_line(text), cues.ends)


def add_parts(blocks: list[Block], cues: Cues) -> None:
    """The dateline at the head of the story, credits behind it, and quotations everywhere."""
    open_before = False
    is_first = True
    for block in blocks:
        if block.kind not in ("prose", "headline", "list", "caption") or not block.text:
            open_before = False
            continue
        own: list[Segment] = []
        start = 0
        if block.kind == "prose" and is_first:
            is_first = False
            start = dateline_end(block.text, cues)
            if start:
                own.append(Segment("dateline", block.place(0, len(block.text[:start].rstrip()))))
        end = _credit_start(block, cues)
        if end < len(block.text):
            own.append(Segment("byline", block.place(end, len(block.text))))
        quoted, open_before = _quoted(block.text[start:end], open_before)
        own.extend(Segment("quotation", block.place(start + a, start + b)) for a, b in quoted)
        block.parts = _tree(block.parts, own)


def dateline_end(text: str, cues: Cues) -> int:
    """How much of the story's first paragraph is its dateline; 0 if none.

    >>> text = "HANOI, July 2 (VNA) - Talks went on."
    >>> text[:dateline_end(text, Cues())]
    'HANOI, July 2 (VNA) - '
    """
    found = _DATELINE.match(text)
    if not found or found.end() == len(text):
        return 0
    place, dash, rest = found["place"], found["dash"].strip(), text[found.end() :]
    in_capitals = _in_capitals(place)
    if found["agency"]:
        is_agency = found["agency"].strip(" (/).").lower() in cues.agencies
        return found.end() if is_agency or in_capitals or found["date"] else 0
    if found["date"]:
        return found.end() if in_capitals else 0
    # "Brussels – In": a place, unless a second dash makes what follows an aside.
    if dash in ("", ":") or not rest[:1].isupper() or _SPACED_DASH.search(rest[:200]):
        return 0
    few = len(place.split()) <= (4 if in_capitals else 2) and all(word[0].isupper() for word in place.split())
    return found.end() if few and (in_capitals or dash != "-") else 0


def _in_capitals(place: str) -> bool:
    """``BRUSSELS`` or ``BRUSSELS, Belgium``: the place itself is in capitals."""
    return len(place) > 2 and place.replace("/", ",").split(",")[0].isupper()


def _credit_start(block: Block, cues: Cues) -> int:
    """Where a credit begins that stands behind the block's own words; the block's end if none does."""
    text = block.text
    if block.kind == "caption":
        at = _picture_credit(text, cues)
        return at if at >= 0 else len(text)
    if text[-1:] in ")]" and block.kind == "prose":
        at = max(text.rfind(" ("), text.rfind(" [")) + 1
        if at and begins(folded_line(text[at : at + 80]), cues.credits):
            return at
    return len(text)


def _quoted(text: str, open_before: bool) -> tuple[list[tuple[int, int]], bool]:
    """The text's quotations, and whether the last is still open at its end."""
    found = quotations(text)
    if open_before and (at := _stray_close(text, found)):
        found.insert(0, (0, at))
    stays_open = bool(found) and found[-1][1] == len(text) and text[-1] not in "\"”»“’'」』›"
    return found, stays_open


def _stray_close(text: str, found: list[tuple[int, int]]) -> int:
    """Behind the first mark that closes what an earlier paragraph opened, or 0."""
    first = found[0][0] if found else len(text)
    at = min((at for mark in '"”»' if 0 < (at := text.find(mark)) < first), default=0)
    return at + 1 if at and not text[at - 1].isspace() else 0


def _tree(inner: list[Segment], own: list[Segment]) -> list[Segment]:
    """The parts of a block in order; markup and code within a quotation are parts of the quotation."""
    if not inner:
        return sorted(own, key=lambda part: part.span)
    tree: list[Segment] = []
    for part in own:
        held = tuple(p for p in inner if part.span.start <= p.span.start and p.span.end <= part.span.end)
        inner = [p for p in inner if p not in held]
        tree.append(Segment(part.kind, part.span, held))
    return sorted(tree + inner, key=lambda part: part.span)
