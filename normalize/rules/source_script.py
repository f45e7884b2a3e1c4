"""Words left in the script of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_SCRIPTS = {
    "zh": "\u3400-\u9fff", "ja": "\u3041-\u30ff", "ko": "\uac00-\ud7af", "ru": "\u0400-\u04ff", "ar": "\u0620-\u06ff",
    "he": "\u05d0-\u05ea", "el": "\u0386-\u03ce", "th": "\u0e01-\u0e5b", "hi": "\u0900-\u097f",
}  # fmt: skip
"""The letters of each script, named after the language that writes it most."""
_LETTERS = "".join(_SCRIPTS.values())
_RUN = f"[{_LETTERS}](?:[{_LETTERS}\\d ·・ー]*[{_LETTERS}])?"
_EXPLAINED = r"[(（\[“\"‘'«《「/:–—-]\s?$"
_EXPLAINS = r"\s?[(（\[/–—-]|[”\"’'»》」]"


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Foreign letters in running English that nothing explains: no brackets or quotation marks, no talk of words.

    A single letter may be a symbol, except of Han, where it is a word.
    """
    document = view.document
    if not _may_have_other_letters(document.text):
        return
    for match in re.finditer(_RUN, document.text):
        span = Span(*match.span())
        is_explained = re.search(_EXPLAINED, document.text[max(0, span.start - 3) : span.start]) or re.match(
            _EXPLAINS, document.text[span.end : span.end + 2]
        )
        is_symbol = len(match.group()) < 3 and not re.match("[\u3400-\ud7af]", match.group())
        glued = (
            document.text[max(0, span.start - 1) : span.start].isalpha()
            or document.text[span.end : span.end + 1].isalpha()
        )
        if is_explained or is_symbol or glued or not view.is_in_scope(rule, span):
            continue
        if view.context.speaks_of_form(document, span):
            continue
        message = rule.message.format(text=match.group(), right="", why="")
        language = next(name for name, letters in _SCRIPTS.items() if re.match(f"[{letters}]", match.group()))
        yield view.finding(rule, span, message, [Evidence("letters", f"the script of {language}")])


_LEADS = bytes((*range(0xCD, 0xE2), *range(0xE3, 0xEE)))
"""First bytes in UTF-8 of what is neither Latin nor general punctuation, private or beyond the basic plane."""


def _may_have_other_letters(text: str) -> bool:
    """Whether there is anything to look for, in a tenth of the time that looking takes."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _LEADS)) < len(data)
