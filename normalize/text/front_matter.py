"""The block between ``---`` (YAML) or ``+++`` (TOML) lines at the very start of a file: language, date and title."""

from __future__ import annotations

import re

from normalize.model import Span
from normalize.record import Record
from normalize.text.pattern import pattern

LONGEST = 65_536
"""A block that is not closed within so many code points is text."""

_FENCE = pattern(r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSE = {
    "---": pattern(r"^(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.M),
    "+++": pattern(r"^\+\+\+[ \t]*(?:\r\n?|\n|\Z)", re.M),
}
_LINE = {
    "---": pattern(r"^([A-Za-z_][\w .-]*?)[ \t]*:(?:[ \t]+(.*?))?[ \t]*\r?$", re.M),
    "+++": pattern(r"^([A-Za-z_][\w.-]*?)[ \t]*=[ \t]*(.*?)[ \t]*\r?$", re.M),
}
_QUOTED = pattern(r"(?:'([^']*)'|\"([^\"\\]*)\")[ \t]*(?:#.*)?$")
_COMMENT = pattern(r"[ \t]+#.*$")
_TAG = pattern(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$")
_TABLE = pattern(r"^\[", re.M)


class FrontMatter(Record):
    """What the block says; ``end`` is where the article begins (0: there is no block)."""

    end: int = 0
    language: str = ""
    date: str = ""
    title: Span | None = None


def front_matter(text: str) -> FrontMatter:
    """Read the block at the start of ``text`` line by line; values that are not plain words count as absent.

    >>> front_matter("---\\nlang: en-GB\\ntitle: 'Trade talks'\\n---\\nText.").language
    'en-GB'
    """
    fence = _FENCE.match(text) if text.startswith(tuple(_CLOSE)) else None
    if fence is None:
        return FrontMatter()
    mark, start = fence[1], fence.end()
    close = _CLOSE[mark].search(text, start, start + LONGEST)
    if close is None:
        return FrontMatter()
    values: dict[str, Span] = {}
    # In TOML only what stands before the first table is the page's own.
    table = _TABLE.search(text, start, close.start()) if mark == "+++" else None
    lines = list(_LINE[mark].finditer(text, start, table.start() if table else close.start()))
    if not lines and text[start : close.start()].strip():
        return FrontMatter()  # two rules with prose between them
    for line in lines:
        if line[2]:
            values.setdefault(line[1].lower(), _value(text, line.start(2), line.end(2)))
    return FrontMatter(
        end=close.end(),
        language=_language(text, values.get("language") or values.get("lang")),
        date=_slice(text, values.get("date")),
        title=_title(text, values.get("title")),
    )


def _value(text: str, start: int, end: int) -> Span:
    """Where the value's own words stand, without quotation marks and comment."""
    quoted = _QUOTED.match(text, start, end)
    if quoted:
        return Span(*quoted.span(1 if quoted[1] is not None else 2))
    comment = _COMMENT.search(text, start, end)
    return Span(start, comment.start() if comment else end)


def _slice(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span else ""


def _language(text: str, span: Span | None) -> str:
    tag = _slice(text, span)
    return tag.replace("_", "-") if _TAG.match(tag) else ""


def _title(text: str, span: Span | None) -> Span | None:
    """The title as a headline, unless its quoting would need a real YAML or TOML reader."""
    words = _slice(text, span)
    return None if not words.strip() or words[0] in "|>'\"[{&*!" or "\\" in words else span
