"""HTML to the words a reader sees: blocks with their kinds, entities as characters, attributes that are read out."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, NamedTuple

from normalize.model import SegmentKind
from normalize.text.cues import Cues
from normalize.text.front_matter import front_matter
from normalize.text.html_elements import (
    BLOCKS,
    DESCRIBED,
    FURNITURE,
    HIDDEN,
    IMPLIED_ENDS,
    KINDS,
    LANDMARKS,
    PARTS,
    PRE,
    READ_OUT,
    SCOPES,
    STATES,
    VOID,
    WHOLE,
)
from normalize.text.html_tokens import Attribute, Token, entities, tokens
from normalize.text.plain import Block
from normalize.text.shown import Coding, Mark, Shown, settle

DEEPEST = 512
"""Elements within each other that are told apart, as in browsers; what lies deeper belongs to the deepest."""

MOST_FURNITURE = 0.5
"""Share of a page's words that classes may call furniture; above it they mean something else."""
MOSTLY = 0.8
"""Share of a block that links make up where it is one of links alone."""
MOST_HINTS = 400
"""Code points of a class, id, style, role or language that are looked at."""

_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_HINT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NOT_SHOWN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden")
_DATA = re.compile(r'"(headline|alternativeHeadline|description)"\s{0,99}:\s{0,99}"((?:[^"\\]|\\.)*)"', re.S)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|.)", re.S)
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*$")


@dataclass(slots=True)
class Element:
    """An open element and what holds within it."""

    name: str = ""
    kind: SegmentKind | None = None
    part: SegmentKind | None = None
    language: str = ""
    hidden: bool = False
    furniture: Literal["", "element", "class"] = ""
    """What says that this belongs to the site: the element itself, or merely its class."""
    link: bool = False
    pre: bool = False
    shown_at: int = 0


@dataclass(slots=True)
class Made:
    """A block that was ended, and what may still change what it is."""

    block: Block
    runs: list[tuple[str, int, int]]
    marks: list[Mark]
    by_class: bool
    kind: SegmentKind | None


class Aside(NamedTuple):
    """Words of an attribute or of data, which wait for the end of the block they stand in."""

    start: int
    stop: int
    kind: SegmentKind
    language: str
    coding: Coding


def read_html(source: str, cues: Cues) -> Shown:
    """What a reader sees of a page or of a fragment, however broken."""
    reader = _Reader(source, cues)
    for token in tokens(source, front_matter(source).end):
        reader.take(token)
    reader.end_block()
    return reader.finish()


class _Reader:
    def __init__(self, source: str, cues: Cues) -> None:
        self.source, self.cues = source, cues
        self.shown = Shown()
        self.stack = [Element()]
        self.begin = self.linked = 0
        self.marks: list[Mark] = []
        self.runs: list[tuple[str, int, int]] = []
        self.waiting: list[Aside] = []
        self.made: list[Made] = []
        self.is_data = False
        self.open_names: Counter[str] = Counter()
        """How often each name is on the stack, so that most questions need no look at it."""
        self.open_parts: list[Element] = []

    @property
    def here(self) -> Element:
        return self.stack[-1]

    def take(self, token: Token) -> None:
        if token.kind == "start":
            self.open(token)
        elif token.kind == "end":
            self.close(token)
        elif token.kind == "text" and not self.here.hidden:
            self.words(token.start, token.stop)
        elif token.kind == "raw" and self.is_data:
            self.structured(token.start, token.stop)

    def open(self, token: Token) -> None:
        name, values = token.name, {a.name: a for a in token.attributes}
        if name == "br":
            return self.line_break(token)
        if name in BLOCKS:
            self.end_block()
            self.close_open("p", SCOPES)
        if name in IMPLIED_ENDS:
            ended, until = IMPLIED_ENDS[name]
            for one in ended:
                self.close_open(one, until)
        element = self.element(name, values)
        if not element.hidden:
            self.read_out(name, values, element)
        self.is_data = name == "script" and "ld+json" in self.value(values, "type")
        if name not in VOID and len(self.stack) < DEEPEST:
            self.stack.append(element)
            self.open_names[name] += 1
            self.open_parts += [element] if element.part else []

    def element(self, name: str, values: dict[str, Attribute]) -> Element:
        """The new element with what it has from those around it."""
        above, hints = self.here, self.hints(name, values)
        kind = KINDS.get(name) or above.kind
        if kind == "list" and above.kind in ("quotation", "caption", "byline"):
            kind = above.kind
        if hints & self.cues.byline_classes:
            kind = "byline"
        elif hints & self.cues.caption_classes:
            kind = "caption"
        furniture = above.furniture
        if name == "h1" and furniture == "element" and self.is_in("header"):
            furniture = ""  # the headline in the head of a page
        elif not furniture and (name in FURNITURE or (name == "header" and not self.is_in("article", "main"))):
            furniture = "element"
        elif not furniture and (hints & self.cues.furniture_classes or self.value(values, "role") in LANDMARKS):
            furniture = "class"
        return Element(
            name=name,
            kind=kind,
            part=PARTS.get(name),
            language=(self.value(values, "lang") or self.value(values, "xml:lang")).strip() or above.language,
            hidden=above.hidden or name in HIDDEN or self.is_hidden(values),
            furniture=furniture,
            link=above.link or name == "a",
            pre=above.pre or name in PRE,
            shown_at=self.shown.length,
        )

    def is_hidden(self, values: dict[str, Attribute]) -> bool:
        return (
            "hidden" in values
            or self.value(values, "aria-hidden") == "true"
            or bool(_NOT_SHOWN.search(self.value(values, "style")))
        )

    def is_in(self, *names: str) -> bool:
        return any(self.open_names[name] for name in names)

    def hints(self, name: str, values: dict[str, Attribute]) -> set[str]:
        """The words of an element's classes and id; those of the page as a whole, and of states, say nothing."""
        found: set[str] = set()
        if name not in WHOLE:
            for key in ("class", "id"):
                if key in values:
                    given = self.source[values[key].start : values[key].stop][:MOST_HINTS]
                    for one in given.split():
                        words = [word.lower() for word in _HINT.findall(one)]
                        if words and len(words) <= 4 and words[0] not in STATES:
                            found.update(words)
        return found

    def value(self, values: dict[str, Attribute], name: str) -> str:
        """The beginning of a value in lower case; empty if there is none."""
        attribute = values.get(name)
        return self.source[attribute.start : attribute.stop][:MOST_HINTS].lower() if attribute else ""

    def close(self, token: Token) -> None:
        """Take the element and what was left open in it off; an end tag that nothing began ends nothing."""
        name = token.name
        if name == "br":
            return self.line_break(token)
        is_open = self.open_names[name] > 0
        at = next((n for n in range(len(self.stack) - 1, 0, -1) if self.stack[n].name == name), 0) if is_open else 0
        if name == "p" or (at and name in BLOCKS):
            self.end_block()
        if at and name not in BLOCKS and any(element.name in BLOCKS for element in self.stack[at + 1 :]):
            self.forget(self.stack.pop(at))  # <b><p></b>: the bold ends, the paragraph does not
        elif at:
            self.close_at(at)

    def close_open(self, name: str, until: frozenset[str]) -> None:
        if not self.open_names[name]:
            return
        for at in range(len(self.stack) - 1, 0, -1):
            if self.stack[at].name == name:
                return self.close_at(at)
            if self.stack[at].name in until:
                return

    def close_at(self, at: int) -> None:
        for element in reversed(self.stack[at:]):
            self.forget(element)
        del self.stack[at:]

    def forget(self, element: Element) -> None:
        self.open_names[element.name] -= 1
        if element.part:
            self.end_part(element)
            self.open_parts = [one for one in self.open_parts if one is not element]

    def end_part(self, element: Element) -> None:
        """A quotation or a piece of code within the block ends."""
        begin = max(element.shown_at, self.begin)
        if element.part and begin < self.shown.length:
            self.marks.append((begin, self.shown.length, element.part))

    def words(self, start: int, stop: int, coding: Coding = "html") -> None:
        """Words of the source, entities as characters, white space as one space."""
        before = self.shown.length
        at = start
        for a, b, sign in entities(self.source, start, stop, attribute=coding != "html"):
            self.stretch(at, a, coding)
            self.shown.add(sign, a, b, "coded", coding)
            at = b
        self.stretch(at, stop, coding)
        self.note(before)

    def note(self, before: int) -> None:
        """What was added has the language declared here, and may be a link."""
        if before < self.shown.length:
            self.runs.append((self.here.language, before, self.shown.length))
            self.linked += (self.shown.length - before) * self.here.link

    def stretch(self, start: int, stop: int, coding: Coding) -> None:
        """Words without entities; a space behind a space, or at the beginning of a block, is none."""
        if self.here.pre:
            self.shown.add(self.source[start:stop], start, stop, "same", coding)
            return
        at = start
        if self.source[start:stop][:1].isspace() and self.is_after_space():
            while at < stop and self.source[at] in " \t\r\n\f":
                at += 1
        for gap in _SPACE.finditer(self.source, at, stop):
            self.shown.add(self.source[at : gap.start()], at, gap.start(), "same", coding)
            self.shown.add(" ", *gap.span(), "coded", coding)
            at = gap.end()
        self.shown.add(self.source[at:stop], at, stop, "same", coding)

    def is_after_space(self) -> bool:
        return self.shown.length == self.begin or self.shown.last in " \n"

    def line_break(self, token: Token) -> None:
        """A line ends within the block; the second in a row ends the block."""
        if self.here.hidden or self.shown.length == self.begin:
            return
        if self.shown.tail(max(self.begin, self.shown.length - 2)).rstrip(" ").endswith("\n"):
            self.end_block()
        else:
            self.shown.add("\n", token.start, token.stop, "barrier")

    def end_block(self) -> None:
        """The words since the last block are one; the attributes that waited for its end follow it."""
        begin, end, here = self.begin, self.shown.length, self.here
        if begin < end:
            for element in self.open_parts:
                self.end_part(element)
            kind = here.kind
            if here.link or self.linked >= MOSTLY * (end - begin):
                kind = self.kind_of_link(kind, self.shown.tail(begin).strip())
            self.make(begin, "furniture" if here.furniture else kind, by_class=here.furniture == "class", own=kind)
        waiting, self.waiting = self.waiting, []
        for aside in waiting:
            self.stack.append(Element(kind=aside.kind, language=aside.language))
            if aside.coding == "json":
                self.json_words(aside.start, aside.stop)
            else:
                self.words(aside.start, aside.stop, aside.coding)
            self.make(self.begin, aside.kind, by_class=False, own=aside.kind)
            self.stack.pop()

    def kind_of_link(self, kind: SegmentKind | None, words: str) -> SegmentKind | None:
        """A line of links alone is the site's, unless it is a heading or a sentence."""
        return kind if kind not in (None, "list") or _SENTENCE_END.search(words) else "furniture"

    def make(self, begin: int, kind: SegmentKind | None, *, by_class: bool, own: SegmentKind | None) -> None:
        if block := self.shown.end_block(begin, kind):
            self.made.append(Made(block, self.runs, self.marks, by_class, own))
        self.begin, self.linked, self.marks, self.runs = self.shown.length, 0, [], []

    def read_out(self, name: str, values: dict[str, Attribute], element: Element) -> None:
        """Attributes that readers see or hear, and what the head says of the page, wait for the end of the block."""
        kind: SegmentKind = "furniture" if element.furniture else "caption"
        found = [a for key, a in values.items() if key in READ_OUT]
        if name == "meta":
            what = self.value(values, "name") or self.value(values, "property")
            found = [values["content"]] if "content" in values and what in DESCRIBED else []
            kind = "headline" if what.endswith("title") else "prose"
        for a in found:
            if a.start < a.stop:
                coding: Coding = "attribute" if self.source[a.stop : a.stop + 1] in ("'", '"') else "bare"
                self.waiting.append(Aside(a.start, a.stop, kind, element.language, coding))

    def structured(self, start: int, stop: int) -> None:
        """The headlines that a page tells machines."""
        for found in _DATA.finditer(self.source, start, stop):
            kind: SegmentKind = "prose" if found[1] == "description" else "headline"
            self.waiting.append(Aside(*found.span(2), kind, self.stack[0].language, "json"))
        self.end_block()

    def json_words(self, start: int, stop: int) -> None:
        before, at = self.shown.length, start
        for escape in _ESCAPE.finditer(self.source, start, stop):
            self.shown.add(self.source[at : escape.start()], at, escape.start(), "same", "json")
            self.shown.add(_unescaped(escape.group()), *escape.span(), "coded", "json")
            at = escape.end()
        self.shown.add(self.source[at:stop], at, stop, "same", "json")
        self.note(before)

    def finish(self) -> Shown:
        """Settle what only the whole page tells: whether classes are to be believed, and its language."""
        size = sum(len(made.block.text) for made in self.made)
        if sum(len(made.block.text) for made in self.made if made.by_class) > MOST_FURNITURE * size:
            for made in self.made:
                if made.by_class:
                    made.block.kind = made.kind
        shares: Counter[str] = Counter()
        for made in self.made:
            if made.block.kind != "furniture":
                for tag, a, b in made.runs:
                    shares[tag] += b - a
        self.shown.declared = max(sorted(shares), key=lambda tag: shares[tag], default="")
        own = self.shown.declared.partition("-")[0]
        for made in self.made:
            foreign = [(a, b) for tag, a, b in made.runs if tag and tag.partition("-")[0] != own]
            settle(made.block, [*made.marks, *((a, b, "foreign") for a, b in _joined(foreign))])
        return self.shown


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs in order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, stop in runs:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined


def _unescaped(escape: str) -> str:
    try:
        return str(json.loads(f'"{escape}"'))
    except ValueError:
        return escape
