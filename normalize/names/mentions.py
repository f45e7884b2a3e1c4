"""Hits become Mentions: the forms that really are written as names where they stand."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from normalize.model import Document, Form, Hit, Role, Span
from normalize.text.fold import words

NAMING: frozenset[Role] = frozenset({"name", "alias", "weak", "exonym", "reading"})
HIDDEN = frozenset({"code", "markup", "furniture"})
"""Kinds of segment in which nothing is named for a reader."""

Marks = Literal["same", "bare", "other"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may name something; ``right`` are the forms that are right where they stand, ``foreign`` the rest."""

    span: Span
    text: str
    right: tuple[Form, ...]
    foreign: tuple[Form, ...]


def find_mentions(document: Document, hits: list[Hit]) -> list[Mention]:
    """The mentions of a document, in order."""
    found = []
    for hit in hits:
        forms = [form for form in hit.forms if form.role in NAMING]
        if not forms or document.kind_at(hit.span) in HIDDEN:
            continue
        text = document.slice(hit.span)
        forms = [form for form in forms if is_written_as_name(text, form.text)]
        right = tuple(form for form in forms if is_right(form, document.language))
        foreign = tuple(form for form in forms if form not in right and compare_marks(text, form.text) != "other")
        if right or foreign:
            found.append(Mention(hit.span, text, right, foreign))
    return found


def is_right(form: Form, language: str) -> bool:
    """Whether a form is right in a text of ``language``: the hub's English names, that language's own form, and the
    native script.
    """
    if form.role == "reading":
        return form.channel == language
    if form.role == "exonym":
        return form.channel == language or not _is_latin(form.text)
    return True


def is_written_as_name(text: str, form: str) -> bool:
    """Whether ``text`` has capitals where ``form`` has them; an acronym must stand in capitals throughout.

    >>> is_written_as_name("Vuong Nghi", "Vương Nghị"), is_written_as_name("Who", "WHO")
    (True, False)
    >>> is_written_as_name("WANG YI", "Wang Yi"), is_written_as_name("tan cuong", "Tân Cương")
    (True, False)
    """
    if form.isupper() and len(form) <= 6:
        return text.isupper()
    pairs = zip(words(text), words(form), strict=False)
    return all(a.group()[0].isupper() or not b.group()[0].isupper() for a, b in pairs)


def compare_marks(text: str, form: str) -> Marks:
    """Whether ``text`` carries the marks of ``form`` (wherever a printer puts the tone), none, or others.

    >>> compare_marks("Tần Cương", "Tân Cương"), compare_marks("Tan Cuong", "Tân Cương"), compare_marks("Hoà", "Hòa")
    ('other', 'bare', 'same')
    """
    here, there = _marks(text), _marks(form)
    return "same" if here == there else "other" if here else "bare"


def _marks(text: str) -> list[str]:
    return sorted(c for c in unicodedata.normalize("NFD", text.lower()) if c == "đ" or unicodedata.combining(c))


def _is_latin(text: str) -> bool:
    return any(unicodedata.name(c, "").startswith("LATIN") for c in text)
