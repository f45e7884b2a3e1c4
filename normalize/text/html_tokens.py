"""HTML to tokens with their exact places, as the WHATWG standard cuts it: nothing is repaired and nothing is lost.

Each token begins where the one before ends. Time is linear in the size of the source, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is no markup, up to their end tag."""
ESCAPABLE = frozenset({"title", "textarea"})
"""The same, but for entities."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(?P<end>>)|(?P<name>=?[^\s/>=]*)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<open>[\"'])"
    r"|(?P<bare>[^\s>]*)))?)"
)
_COMMENT_END = re.compile(r"--!?>")
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,31};?)")
_SCRIPT_START = re.compile(r"<script[\s/>]", re.I)
LONGEST_NUMBER = 12
"""Signs of a numeric entity; a longer one names no character."""


class Attribute(NamedTuple):
    """A name in lower case, and where its value stands without quotation marks."""

    name: str
    start: int
    stop: int


class Token(NamedTuple):
    """``kind`` is text (with entities), raw (without), start, end or none (comments and declarations)."""

    kind: str
    start: int
    stop: int
    name: str = ""
    attributes: tuple[Attribute, ...] = ()


def tokens(source: str, at: int = 0) -> Iterator[Token]:
    """The tokens of ``source`` from ``at`` on, without gaps.

    >>> [(t.kind, t.name or "x<b>y</b>"[t.start:t.stop]) for t in tokens("x<b>y</b>")]
    [('text', 'x'), ('start', 'b'), ('text', 'y'), ('end', 'b')]
    """
    plain = at
    while (at := source.find("<", at)) >= 0:
        token = _markup(source, at)
        if token is None:
            at += 1
            continue
        if plain < at:
            yield Token("text", plain, at)
        yield token
        at = plain = token.stop
        if token.kind == "start" and token.name in RAW | ESCAPABLE:
            end = _raw_end(source, at, token.name)
            if at < end:
                yield Token("raw" if token.name in RAW else "text", at, end)
            at = plain = end
    if plain < len(source):
        yield Token("text", plain, len(source))


def _markup(source: str, at: int) -> Token | None:
    """The tag, comment or declaration at ``at``; None where ``<`` is a sign like any other."""
    if source.startswith("<!--", at):
        if source.startswith((">", "->"), at + 4):
            return Token("none", at, source.index(">", at) + 1)
        end = _COMMENT_END.search(source, at + 4)
        return Token("none", at, end.end() if end else len(source))
    following = source[at + 1 : at + 3]
    if following[:1] in ("!", "?") or (following[:1] == "/" and following[1:] and not _is_letter(following[1])):
        end_at = source.find(">", at)
        return Token("none", at, end_at + 1 if end_at >= 0 else len(source))
    tag = _TAG.match(source, at)
    if tag is None:
        return None
    attributes, stop, closed = _attributes(source, tag.end())
    if not closed:  # the end of the source within a tag: readers see nothing of it
        return Token("none", at, stop)
    return Token("end" if tag[1] else "start", at, stop, tag[2].lower(), tuple(attributes))


def _attributes(source: str, at: int) -> tuple[list[Attribute], int, bool]:
    found: list[Attribute] = []
    known: set[str] = set()
    while at < len(source):
        match = _ATTRIBUTE.match(source, at)
        if match is None or match["open"]:  # a quotation mark that is never closed
            return found, len(source), False
        at = match.end()
        if match["end"]:
            return found, at, True
        name = (match["name"] or "").lower()
        if name and name not in known:  # of two the first counts
            known.add(name)
            group = next((g for g in ("double", "single", "bare") if match[g] is not None), "")
            found.append(Attribute(name, *(match.span(group) if group else (at, at))))
    return found, at, False


def _raw_end(source: str, at: int, name: str) -> int:
    """Where the end tag of a raw element stands, or the end of the source."""
    closing = _closing(name)
    start = at
    while end := closing.search(source, at):
        if name != "script":
            return end.start()
        # Within a comment in a script, a script element that begins there ends there.
        comment = source.rfind("<!--", start, end.start())
        if comment < 0 or source.find("-->", comment, end.start()) >= 0:
            return end.start()
        if not _SCRIPT_START.search(source, comment, end.start()):
            return end.start()
        start = at = end.end()
    return len(source)


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.I)


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def entities(source: str, start: int, stop: int, *, attribute: bool = False) -> Iterator[tuple[int, int, str]]:
    """The entities between two places: where each stands, and what it shows.

    >>> list(entities("V&uuml;&#7913;", 0, 14))
    [(1, 7, 'ü'), (7, 14, 'ứ')]
    """
    for match in _ENTITY.finditer(source, start, stop):
        code = match.group()
        if code[1] == "#":
            shown = unescape(code) if len(code) <= LONGEST_NUMBER else "\N{REPLACEMENT CHARACTER}"
            yield match.start(), match.end(), shown
            continue
        name = _known(code[1:])
        if not name:
            continue
        end = match.start() + 1 + len(name)
        # In a value, "&copy=" of an address is no sign.
        if attribute and name[-1] != ";" and (source[end : end + 1] == "=" or source[end : end + 1].isalnum()):
            continue
        yield match.start(), end, _named()[name]


def _known(name: str) -> str:
    """The longest beginning that names a character."""
    named = _named()
    return next((name[:length] for length in range(len(name), 1, -1) if name[:length] in named), "")


@cache
def _named() -> dict[str, str]:
    from html.entities import html5

    return html5
