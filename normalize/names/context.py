"""What stands around a mention: the noun phrase that leads to it, the countries of the story, talk about spelling."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator

from normalize.index.pack import Pack
from normalize.model import Document, Hit, Span
from normalize.names.forms import sort_forms
from normalize.record import Record
from normalize.text.fold import words
from normalize.text.pattern import pattern

_GAP = pattern(r"(?:['’]s)?[ \t]*\r?\n?[ \t]*[*_]{0,3}$")
_COMMA = pattern(r",\s$")
_WORD_BEFORE = pattern(r"([^\W\d_]+)\.?(?:['’]s)?$")
_BEHIND = pattern(r",?[ \t]*\r?\n?[ \t]*")
_WORD = pattern(r"[^\W\d_]+")
_OF = pattern(r"\bof (?:the )?$")
LONGEST_TITLE = 90
"""Characters of a title with its field that are looked at."""
PARAGRAPH = 4_000
"""Characters before a name in which its paragraph may say of which language it speaks; no paragraph is longer."""
LONGEST_PHRASE = 10
"""Words and cues of the phrase before a name that are looked at."""


class Cue(Record):
    """A title, an adjective or a country's name."""

    span: Span
    text: str
    offices: tuple[str, ...] = ()
    """The ids of those that a title may mean: hundreds, for "President"."""
    countries: tuple[str, ...] = ()
    is_adjective: bool = False


class Lead(Record):
    """The noun phrase right before a name: the cues in it, nearest first, and the word of a role, if there is one."""

    cues: tuple[Cue, ...]
    role: str = ""


class Context(Record):
    """The cues of a document in its order, the countries it speaks of, and what its language says of names."""

    cues: tuple[Cue, ...]
    countries: frozenset[str]
    title_words: frozenset[str]
    linking_words: frozenset[str]
    calendar: frozenset[str]
    naming: frozenset[str]
    private_words: frozenset[str]
    named_after: frozenset[str]
    history: frozenset[str]
    spelling: dict[int, str]
    """Where the document speaks about forms: the start of a block, or -1 for all of it, and the word that says so."""
    in_language: re.Pattern[str] | None
    """"In Vietnamese, …": what follows is said in that language."""
    starts: dict[int, int]
    ends: tuple[int, ...]
    leads: dict[int, Lead]
    """The phrases that were read, by the start of the name: several rules ask for each."""

    def lead(self, document: Document, start: int) -> Lead:
        """The phrase before a name at ``start``: "Chinese Foreign Minister", "China's top diplomat, "."""
        known = self.leads.get(start)
        if known is None:
            known = self.leads[start] = self._lead(document, start)
        return known

    def _lead(self, document: Document, start: int) -> Lead:
        text, cues, role, at = document.text, [], "", start
        for _ in range(LONGEST_PHRASE):
            gap = (_COMMA.search(text, max(0, at - 3), at) if at == start else None) or _GAP.search(
                text, max(0, at - 6), at
            )
            end = gap.start() if gap else at
            cue = self._ending_at(end)
            word = _WORD_BEFORE.search(text, max(0, end - 25), end)
            if cue and self._leads(cue, document, is_behind_title=at < start):
                cues.append(cue)
                of = _OF.search(text, max(0, cue.span.start - 9), cue.span.start)
                at = of.start() if of else cue.span.start
            elif phrase := self._title_ending_at(text, end):
                role = role or phrase[1]
                at = phrase.start()
            elif word and word[1].lower() in self.title_words:
                role = role or word[1]
                at = word.start()
            else:
                break
        return Lead(tuple(cues), role)

    def _ending_at(self, end: int) -> Cue | None:
        at = bisect_right(self.ends, end) - 1
        return self.cues[at] if at >= 0 and self.ends[at] == end else None

    def _title_ending_at(self, text: str, end: int) -> re.Match[str] | None:
        """A title with its field, "Minister of Economy, Trade and Industry", ending at ``end``; group 1: the title."""
        return _title_phrase(self.title_words).search(text, max(0, end - LONGEST_TITLE), end)

    def _leads(self, cue: Cue, document: Document, *, is_behind_title: bool) -> bool:
        """Whether a cue belongs to the phrase: a country's bare name only before a title ("Republic of Korea Foreign
        Minister"), with "'s" behind it or "of" before it.
        """
        if cue.offices or cue.is_adjective or is_behind_title:
            return True
        text = document.text
        possessive = text[cue.span.end : cue.span.end + 2] in ("'s", "’s")
        return possessive or bool(_OF.search(text, max(0, cue.span.start - 9), cue.span.start))

    def countries_behind(self, document: Document, end: int) -> tuple[str, ...]:
        """The country that the phrase behind a name leads to: "… of China", "…, chairman of China's parliament"."""
        text, at = document.text, end
        for _ in range(LONGEST_PHRASE):
            gap = _BEHIND.match(text, at)
            at = gap.end() if gap else at
            cue = self.cues[self.starts[at]] if at in self.starts else None
            word = _WORD.match(text, at)
            if cue and cue.countries and (not cue.is_adjective or at > end + 2):
                return cue.countries
            if cue:
                at = cue.span.end
            elif word and at > end and word.group().lower() in self.title_words | self.linking_words:
                at = word.end()
            else:
                break
        return ()

    def speaks_of_form(self, document: Document, span: Span) -> str:
        """The word that says that the form at ``span`` is spoken about, not used; or nothing."""
        segment = document.segment_at(span)
        start = segment.span.start if segment else span.start
        near = max(start, span.start - PARAGRAPH)
        said = self.spelling.get(start) or self.spelling.get(-1)
        if named := self.in_language.search(document.text, near, span.start) if self.in_language else None:
            return named.group()
        before = [m.group().lower() for m in words(document.text, max(start, span.start - 30), span.start)][-3:]
        return said or next((word for word in before if word in self.naming), "")


def read_context(document: Document, hits: list[Hit], pack: Pack) -> Context:
    """The context of a document whose hits are known."""
    cues = sorted(_cues(document, hits, pack), key=lambda cue: cue.span.end)
    return Context(
        cues=tuple(cues),
        countries=frozenset(_story(document, hits, pack)),
        **_said_of_names(document.language, pack),
        spelling=_spelling(document, _words("spelling_words", document.language, pack)) if hits else {},
        in_language=_in_language(tuple(pack.record("channel_names").values())) if hits else None,
        starts={cue.span.start: number for number, cue in enumerate(cues)},
        ends=tuple(cue.span.end for cue in cues),
        leads={},
    )


@functools.cache
def _said_of_names(language: str, pack: Pack) -> dict[str, frozenset[str]]:
    """What a language's record says of names, by the fields of a context."""
    name = f"language/{language}"
    about = pack.record(name) if pack.has(name) else {}
    titles = (*about.get("title_words", ()), *about.get("honorifics", ()))
    calendar = (*about.get("months", {}), *about.get("structure", {}).get("date_words", ()))
    return {
        "title_words": frozenset(word.lower().rstrip(".") for word in titles),
        "linking_words": _words("linking_words", language, pack),
        "calendar": frozenset(calendar),
        "naming": _words("naming_words", language, pack),
        "private_words": _words("private_words", language, pack),
        "named_after": _words("named_after", language, pack),
        "history": _words("history_words", language, pack),
    }


@functools.cache
def _words(key: str, language: str, pack: Pack) -> frozenset[str]:
    """A list of words in a language's record."""
    name = f"language/{language}"
    return frozenset(pack.record(name).get(key, ()) if pack.has(name) else ())


@functools.cache
def _title_phrase(title_words: frozenset[str]) -> re.Pattern[str]:
    field = "[A-Z][a-z]+(?:(?:,| and|, and| of| of the| &)? [A-Z][a-z]+){0,6}"
    return re.compile(rf"\b((?i:{'|'.join(sorted(title_words))})) (?:of|for) (?:the )?{field}$")


@functools.cache
def _in_language(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"\b[Ii]n (?:{'|'.join(names)})\b(?=[,:;]| (?:the|it|he|she|they|this|that|is|as|and|means|for|we|you)\b)"
    )


def _cues(document: Document, hits: list[Hit], pack: Pack) -> Iterator[Cue]:
    for hit in hits:
        entry = sort_forms(hit.forms)
        homes = entry.homes if document.text[hit.span.start].isupper() else ()
        lands = [(form, country) for form in homes if (country := pack.entity(form.owner).country)]
        if entry.offices or lands:
            countries = tuple(dict.fromkeys(country for _, country in lands))
            is_adjective = any(form.role == "adjective" for form, _ in lands)
            yield Cue(hit.span, document.slice(hit.span), entry.offices, countries, is_adjective)


def _story(document: Document, hits: list[Hit], pack: Pack) -> Iterator[str]:
    """The countries of what is named under a right form that is its own alone."""
    for hit in hits:
        if document.text[hit.span.start].isupper() and (owner := sort_forms(hit.forms).owner):
            yield pack.entity(owner).country


def _spelling(document: Document, about: frozenset[str]) -> dict[int, str]:
    """Blocks that speak about spelling by one word of it; the whole document by two."""
    found: dict[int, str] = {}
    whole = document.text.lower()
    if not any(word in whole for word in about):
        return found
    for segment in document.segments:
        lower = document.slice(segment.span).lower()
        if not any(word in lower for word in about):
            continue
        for match in words(document.text, segment.span.start, segment.span.end):
            if match.group().lower() in about:
                found.setdefault(segment.span.start, match.group().lower())
    kinds = sorted(set(found.values()))
    return {**found, -1: kinds[0]} if len(kinds) > 1 else found
