"""Comments that silence a rule: `<!-- calque: allow NAM001 until 2027-01-31 – as the court record has it -->`.

allow            on the line of the comment; where a comment fills its line (reStructuredText, AsciiDoc), on the next
allow-next-line  on the next line that holds anything
allow-block      from the comment to the `end-allow` that follows
allow-file       in the whole file
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Finding, Markup, Span
from normalize.record import Record
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.pattern import pattern

WORD = "calque:"
"""What every suppression holds; a text without it is not looked at."""
VERBS = ("allow", "allow-next-line", "allow-block", "allow-file", "end-allow")

_SAID = r"[ \t]{0,9}calque:(?P<said>[^\r\n]{0,700}?)"
_COMMENT = pattern(rf"<!--{_SAID}-->")
_LINES: dict[Markup, re.Pattern[str]] = {
    "rst": pattern(rf"(?:^|(?<=\r))[ \t]*\.\.{_SAID}[ \t]*(?=[\r\n]|\Z)", re.M),
    "asciidoc": pattern(rf"(?:^|(?<=\r))//{_SAID}[ \t]*(?=[\r\n]|\Z)", re.M),
}
_READ = pattern(
    r"\s*(?P<verb>[a-z-]+)"
    r"(?:\s+(?P<codes>[A-Z]{3}\d{3}(?:\s{0,9},\s{0,9}[A-Z]{3}\d{3}){0,19}))?"
    r"(?:\s+until\s+(?P<until>\d{4}-\d{2}-\d{2}))?"
    r"(?P<reason>.*)$",
    re.S,
)
_DASHES = "-\N{EN DASH}\N{EM DASH}:, \t\r"


class Comment(Record):
    """A suppression as it stands: what it does, to which codes, until when, and its reason, which may be empty."""

    span: Span
    verb: str
    codes: tuple[str, ...]
    reason: str
    until: str = ""
    fills_line: bool = False
    """Whether it is a line of its own, as comments of its markup are."""


def comments(text: str, markup: Markup = "plain") -> Iterator[Comment]:
    """The suppressions in a text; ``verb`` is empty where one cannot be read.

    >>> [(c.codes, c.reason) for c in comments("Vuong <!-- calque: allow NAM001, TTL003 – as the record has it -->")]
    [(('NAM001', 'TTL003'), 'as the record has it')]
    """
    if WORD not in text:
        return
    for match in _LINES.get(markup, _COMMENT).finditer(text):
        read = _READ.match(match["said"])
        verb = read["verb"] if read and read["verb"] in VERBS else ""
        if read is None or not verb or (verb != "end-allow" and not read["codes"]):
            yield Comment(Span(*match.span()), "", (), "")
            continue
        codes = tuple(re.findall(r"[A-Z]{3}\d{3}", read["codes"] or ""))
        reason = read["reason"].strip(_DASHES)
        yield Comment(Span(*match.span()), verb, codes, reason, read["until"] or "", markup in _LINES)


def find(_: View, __: Rule) -> Iterator[Finding]:
    """Nothing: suppressions are judged when everything else is found (normalize/suppress.py)."""
    yield from ()
