"""Signs beside a name that a private person is meant, not the office-holder who bears the same name."""

from __future__ import annotations

from normalize.model import Document, Span
from normalize.names.context import Context
from normalize.text.pattern import pattern

_BEFORE = pattern(r"([^\W\d_]+)[ \n]$")
_BEHIND = pattern(r" ([^\W\d_]+)\b")
_AGE = pattern(r",? (?:aged )?\(?(\d\d?)\)?(?=[,.;)]| said)")
_WHO = pattern(r",? an? ((?:[\w'’-]+ ){0,4}[\w'’-]+)")


def named_after(document: Document, span: Span, context: Context) -> str:
    """The word behind a name that makes it a street's or a school's: "Le Duan Street"; or nothing."""
    behind = _BEHIND.match(document.text, span.end, span.end + 20)
    return behind[1] if behind and behind[1].lower() in context.named_after else ""


def private_sign(document: Document, span: Span, context: Context) -> str:
    """The occupation or age beside a name: "Defender Li Qiang", "Wang Yi, a 34-year-old nurse", "Li, 23,"; or nothing.

    What a title also leads to is left to the title: the caller asks for that.
    """
    text = document.text
    if document.kind_at(span) == "byline":
        return "byline"
    before = _BEFORE.search(text, max(0, span.start - 25), span.start)
    if before and before[1].lower() in context.private_words:
        return before[1]
    if who := _WHO.match(text, span.end, span.end + 80):
        words = who[1].replace("-", " ").split()
        if found := next((word for word in words if word.lower() in context.private_words), ""):
            return found
    age = _AGE.match(text, span.end, span.end + 12)
    return age[1] if age else ""
