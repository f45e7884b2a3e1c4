"""Hits become Mentions: the forms that really are written as names where they stand."""

from __future__ import annotations

import functools
import unicodedata
from typing import Literal

from normalize.model import Document, Form, Hit, Span
from normalize.names.context import Context
from normalize.names.forms import MOST_KEPT, Sorted, sort_forms
from normalize.record import Record
from normalize.text.fold import words
from normalize.text.pattern import pattern

HIDDEN = frozenset({"code", "markup", "furniture", "foreign"})
"""Kinds of segment in which nothing is named for a reader."""

PARTICLES = frozenset({"al", "bin", "da", "de", "der", "di", "el", "ibn", "van", "von"})
"""Small words of names that print has with a capital or without."""

Marks = Literal["same", "bare", "other"]

_CAPITAL_BEHIND = pattern(r"[ -]([A-Z\u00c0-\u00de\u0110\u01a0\u01af][^\W\d_]*)")
_CAPITAL_BEFORE = pattern(r"(?:^|[^\w-])([A-Z\u00c0-\u00de\u0110\u01a0\u01af][^\W\d_]*)[ -]$")
_SENTENCE_STARTS = pattern(r"(?:^|[.!?:;\"“”(\[—–-]\s*|\n\s*)$")


class Written:
    """The forms of an entry that certain words may be in a text of some language: ``right`` there, or ``foreign``."""

    __slots__ = ("foreign", "right", "strong")

    def __init__(self, entry: Sorted, text: str, language: str) -> None:
        """Those whose capitals, and if they are foreign whose marks, are those of ``text``."""
        forms = [form for form in entry.naming if is_written_as_name(text, form.text)]
        self.right = tuple(form for form in forms if is_right(form, language))
        self.strong = tuple(form for form in self.right if form.role != "weak")
        self.foreign = tuple(f for f in forms if f not in self.right and compare_marks(text, f.text) != "other")


@functools.lru_cache(maxsize=MOST_KEPT)
def written(entry: Sorted, text: str, language: str) -> Written:
    """The same names stand in text after text, and a title may be that of hundreds: each is read once."""
    return Written(entry, text, language)


class Mention(Record):
    """Words that may name something. ``inside`` is the capitalised neighbour that makes the words a part of some longer
    name, or empty.
    """

    span: Span
    text: str
    forms: Written
    inside: str = ""

    @property
    def right(self) -> tuple[Form, ...]:
        """The forms that are right where they stand."""
        return self.forms.right

    @property
    def foreign(self) -> tuple[Form, ...]:
        """The others."""
        return self.forms.foreign


def find_mentions(document: Document, hits: list[Hit], context: Context) -> list[Mention]:
    """The mentions of a document, in order."""
    found = []
    starts = frozenset(hit.span.start for hit in hits)
    for hit in hits:
        entry = sort_forms(hit.forms)
        if not entry.naming or document.kind_at(hit.span) in HIDDEN:
            continue
        text = document.slice(hit.span)
        forms = written(entry, text, document.language)
        if forms.right or forms.foreign:
            inside = "" if forms.right else capital_neighbour(document, hit.span, context, starts)
            found.append(Mention(hit.span, text, forms, inside))
    return found


def capital_neighbour(document: Document, span: Span, context: Context, starts: frozenset[int]) -> str:
    """The capitalised word beside ``span`` that belongs to the same name: no title, no day, not a sentence's first word
    and not (``starts``) the beginning of something known.
    """
    text = document.text
    if text[span.start : span.end].isupper():
        return ""
    behind = _CAPITAL_BEHIND.match(text, span.end)
    if behind and behind.start(1) not in starts and behind[1].lower() not in context.calendar | context.title_words:
        return behind[1]
    before = _CAPITAL_BEFORE.search(text, max(0, span.start - 25), span.start)
    if not before or before[1].lower() in context.title_words or before[1].isupper():
        return ""
    led = context.lead(document, span.start)
    if led.cues or led.role or _SENTENCE_STARTS.search(text, max(0, before.start(1) - 4), before.start(1)):
        return ""
    return before[1]


def is_right(form: Form, language: str) -> bool:
    """Whether a form is right in a text of ``language``: the hub's English names, that language's own form, and the
    native script.
    """
    if form.role == "misreading":
        return False
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
    if text == form:
        return True
    if form.isupper() and len(form) <= 6:
        return text.isupper()
    pairs = zip(words(text), words(form), strict=False)
    return all(
        a.group()[0].isupper() or not b.group()[0].isupper() or (n > 0 and a.group() in PARTICLES)
        for n, (a, b) in enumerate(pairs)
    )


def compare_marks(text: str, form: str) -> Marks:
    """Whether ``text`` carries the marks of ``form`` (wherever a printer puts the tone), none, or others.

    >>> compare_marks("Tần Cương", "Tân Cương"), compare_marks("Tan Cuong", "Tân Cương"), compare_marks("Hoà", "Hòa")
    ('other', 'bare', 'same')
    """
    here, there = _marks(text), _marks(form)
    return "same" if here == there else "other" if here else "bare"


def has_marks(text: str) -> bool:
    """Whether any letter of ``text`` carries a mark that print may lose."""
    return bool(_marks(text))


def in_case(name: str, text: str) -> str:
    """``name`` in capitals where it replaces capitals.

    >>> in_case("Wang Yi", "VUONG NGHI"), in_case("Wang Yi", "Vuong Nghi")
    ('WANG YI', 'Wang Yi')
    """
    return name.upper() if text.isupper() and len(text) > 2 else name


def _marks(text: str) -> list[str]:
    if text.isascii():
        return []
    return sorted(c for c in unicodedata.normalize("NFD", text.lower()) if c == "đ" or unicodedata.combining(c))


def _is_latin(text: str) -> bool:
    return any(unicodedata.name(c, "").startswith("LATIN") for c in text)
