"""What stands around a mention: the title or adjective before it, the countries of the story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.index.pack import Pack
from normalize.model import Document, Hit, Office, Place, Span
from normalize.text.fold import words

_NEXT = re.compile(r"[\s,]{1,3}(?:[Mm]rs?\.?\s|[Mm]s\.?\s)?")
_REACH = 60
"""How many code points before a name its title and adjective may begin: five or six words."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A title or an adjective that leads to a name."""

    span: Span
    text: str
    offices: tuple[Office, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The cues of a document by where they end, and the countries it speaks of."""

    cues: tuple[Cue, ...]
    countries: frozenset[str]
    spelling: frozenset[str]
    naming: frozenset[str]
    """Words by which a text speaks about forms instead of using them: anywhere near, and right before one."""

    def before(self, document: Document, start: int) -> list[Cue]:
        """The cues that lead to a name at ``start``: those right before it, and an adjective a few words further left
        in the same clause.
        """
        found = []
        for cue in self.cues:
            if start - _REACH <= cue.span.end <= start:
                between = document.text[cue.span.end : start]
                if _NEXT.fullmatch(between) or (cue.countries and not cue.offices and _is_one_clause(between)):
                    found.append(cue)
        return found

    def speaks_of_form(self, document: Document, span: Span) -> str:
        """The word that says that the form at ``span`` is spoken about: one of its paragraph, one right before it, or
        one of several in the document; or nothing.
        """
        segment = document.segment_at(span)
        start, end = (segment.span.start, segment.span.end) if segment else (span.start, span.end)
        here = [m.group().lower() for m in words(document.text, start, end)]
        before = [m.group().lower() for m in words(document.text, start, span.start)][-3:]
        everywhere = {m.group().lower() for m in words(document.text)} & self.spelling
        near = [word for word in here if word in self.spelling] + [word for word in before if word in self.naming]
        return next(iter([*near, *(sorted(everywhere) if len(everywhere) > 1 else [])]), "")


def read_context(document: Document, hits: list[Hit], pack: Pack) -> Context:
    """The cues among the hits of a document."""
    cues, countries = [], set()
    for hit in hits:
        offices = tuple(e for f in hit.forms if f.role == "title" and isinstance(e := pack.entity(f.owner), Office))
        lands = [
            _country(e) for f in hit.forms if f.role in ("adjective", "name", "alias") for e in [pack.entity(f.owner)]
        ]
        lands = [land for land in lands if land]
        text = document.slice(hit.span)
        if lands and text[0].isupper():
            countries.update(lands)
        if offices or (lands and text[0].isupper()):
            cues.append(Cue(hit.span, text, offices, tuple(dict.fromkeys(lands))))
            countries.update(o.country for o in offices if len(offices) == 1)
    language = f"language/{document.language}"
    about = pack.record(language) if pack.has(language) else {}
    spelling, naming = (frozenset(about.get(name, ())) for name in ("spelling_words", "naming_words"))
    return Context(tuple(cues), frozenset(countries), spelling, naming)


def _country(entity: object) -> str:
    return entity.country if isinstance(entity, Place) else ""


def _is_one_clause(between: str) -> bool:
    """Whether only a title's words stand between an adjective and a name: no stop, no quotation, few words.

    >>> _is_one_clause(" Foreign Minister "), _is_one_clause(" officials. "), _is_one_clause("'s minister, ")
    (True, False, False)
    """
    return len(between.split()) <= 5 and not re.search(r"[.;:!?\"“”()\n]|, ?$", between)
