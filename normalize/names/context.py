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
    """Words by which a text speaks about forms instead of using them."""

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

    def speaks_of_spelling(self, document: Document, span: Span) -> str:
        """The word of the paragraph around ``span`` that says a form is spoken about, or nothing."""
        segment = document.segment_at(span)
        around = segment.span if segment else span
        found = (m.group() for m in words(document.text, around.start, around.end))
        return next((word for word in found if word.lower() in self.spelling), "")


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
    spelling = pack.record(language).get("spelling_words", ()) if pack.has(language) else ()
    return Context(tuple(cues), frozenset(countries), frozenset(spelling))


def _country(entity: object) -> str:
    return entity.country if isinstance(entity, Place) else ""


def _is_one_clause(between: str) -> bool:
    """Whether only a title's words stand between an adjective and a name: no stop, no quotation, few words.

    >>> _is_one_clause(" Foreign Minister "), _is_one_clause(" officials. "), _is_one_clause("'s minister, ")
    (True, False, False)
    """
    return len(between.split()) <= 5 and not re.search(r"[.;:!?\"“”()\n]|, ?$", between)
