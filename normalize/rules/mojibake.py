"""UTF-8 that was read as another encoding: “Ã©” for “é”, “â€™” for “’”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_SUSPECTS = ("Ã", "Â", "â€", "Ð", "Ñ", "ï»", "å", "ä", "ç", "\N{REPLACEMENT CHARACTER}")
_RUN = (
    r"(?:[ÃÂÄÅÐÑØÙáàâãäåæçèéêìíîðñòóô][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    r"\u2013-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3})+|\N{REPLACEMENT CHARACTER}+"
)


_FRENCH_END = "\N{NO-BREAK SPACE}»"
"""So a French quotation ends, behind an “à” too."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Runs that turn into sensible letters when they are read as what they were, and signs of a lost character."""
    text = view.document.text
    if text.isascii() or not any(sign in text for sign in _SUSPECTS):
        return
    for match in re.finditer(_RUN, text):
        span, right = Span(*match.span()), read_again(match.group())
        lost = match.group()[0] == "\N{REPLACEMENT CHARACTER}"
        if _FRENCH_END in match.group() or not (right or lost) or not view.is_in_scope(rule, span):
            continue
        why = f"stands for “{right}”" if right else "a character was lost here"
        message = rule.message.format(text=match.group(), right=right, why=why)
        evidence = Evidence("encoding", "UTF-8 read as Windows-1252" if right else "the replacement character")
        yield view.finding(rule, span, message, [evidence], replacements=[right] if right else [])


def read_again(text: str) -> str:
    """What the bytes of ``text`` say as UTF-8, or "" where they say nothing.

    >>> read_again("Ã©"), read_again("â€™"), read_again("Ça")
    ('é', '’', '')
    """
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return ""
