"""Names of people that no table knows, told by how they are written and by what stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from normalize.index.lexicon import lexicon
from normalize.index.pack import Pack
from normalize.model import Document, Evidence, Hit, Resolution, Role, Span
from normalize.names.mentions import HIDDEN
from normalize.text.fold import fold
from normalize.text.pattern import pattern

_CAPITAL = r"[^\W\d_a-z][^\W\d_]*(?:[-’'][^\W\d_]{2,})*"
_INITIALS = r"[A-Z]\.(?:[ ]?[A-Z]\.)*"
_PARTICLE = r"(?:van|von|der|den|de|da|dos|do|di|del|la|le|bin|ibn|ter|ten|zu|y|e|al|el)"
_NAME = pattern(
    rf"(?<![\w’'-])(?:{_INITIALS} )?(?:(?:al|el)-)?{_CAPITAL}"
    rf"(?:(?: (?:{_PARTICLE} ){{0,2}}| (?:al|el)-|-)(?:{_INITIALS} )?{_CAPITAL}){{0,9}}"
)
"""Capitalised words in a row with their initials and particles: "J. K. Rowling", "Abdul bin Rashid al-Amri"."""
_TOKEN = pattern(r"\S+")
_AGE = pattern(r",? (?:aged )?\(?\d\d?\)?(?=[,.;)])")
_WHO = pattern(r", (?:who|whose|an?) ")
_VERB = pattern(r",? ([^\W\d_]+)\b")
_VERB_BEFORE = pattern(r"\b([^\W\d_]+) $")
_WORD_BEFORE = pattern(r"([^\W\d_]+)[.,]? $")
LEADING: frozenset[Role] = frozenset({"title", "adjective", "name", "alias"})
"""Roles of forms before which a name may be cut: an office's title, a country's adjective."""
LONGEST = 5
"""A name of more words is a heading or a body's."""


def name_at(text: str, at: int) -> Span | None:
    """The capitalised name that begins at ``at``, of two words and more.

    >>> text = "Minister Pham Minh Thanh's plane, J. K. Rowling"
    >>> [text[s.start : s.end] for s in (name_at(text, 9), name_at(text, 34)) if s]
    ['Pham Minh Thanh', 'J. K. Rowling']
    """
    match = _NAME.match(text, at)
    span = Span(at, at + len(_without_possessive(match.group()))) if match else None
    return span if span and " " in text[span.start : span.end] else None


def unknown_names(
    document: Document, hits: list[Hit], resolutions: tuple[Resolution, ...], pack: Pack
) -> Iterator[Resolution]:
    """The people of a document whom no table knows, in full and on second reference, in the order of the text."""
    record = f"language/{document.language}"
    about: dict[str, Any] = pack.record(record) if pack.has(record) else {}
    if not about.get("honorifics"):
        return
    words = _Words(about, pack.record("pinyin"))
    named = {r.span for r in resolutions}
    taken = sorted(
        [hit.span for hit in hits if hit.span not in named and any(form.role in LEADING for form in hit.forms)]
        + [r.span for r in resolutions if r.verdict == "sure"]
    )
    parts = {fold(word): r.text for r in resolutions for word in _ends(r.text) if _is_private(r)}
    for segment in document.segments:
        for match in _NAME.finditer(document.text, segment.span.start, segment.span.end):
            for span, lead in _cut(document.text, match.span(), taken, words):
                if document.kind_at(span) in HIDDEN:
                    continue
                text = document.slice(span)
                why = _why(document.text, span, lead, words)
                if not why and (full := parts.get(fold(text))):
                    why = "coreference", f"“{full}” earlier in the text"
                if why:
                    parts |= {fold(word): text for word in _ends(text)}
                    yield Resolution(span, text, "unknown", (), (Evidence(*why),))


class _Words:
    """The words of a language that lead to people, and those that no name has."""

    def __init__(self, about: dict[str, Any], syllables: Collection[str]) -> None:
        self.honorifics = frozenset(word.lower().rstrip(".") for word in about["honorifics"])
        self.titles = frozenset(about["title_words"] + about["private_words"] + about["kin_words"])
        self.verbs = frozenset(about["speech_verbs"])
        self.calendar = frozenset(about.get("months", ())) | frozenset(about.get("structure", {}).get("date_words", ()))
        self._syllables = frozenset(syllables)
        self._ordinary, self._personal = lexicon("ordinary"), lexicon("personal")

    def is_ordinary(self, token: str) -> bool:
        """Whether a capitalised word is no part of a name: a common word that nobody is called, or a day."""
        word = fold(token)
        return (
            word in self.calendar
            or (word in self._ordinary and word not in self._personal and word not in self._syllables)
            or token[:1].islower()
            or len(token) == 1
        )


def _ends(name: str) -> tuple[str, ...]:
    """The words of a name that may stand for it alone: the last, and the first, where that may be the family name."""
    tokens = name.split()
    return (tokens[-1], tokens[0]) if len(tokens) > 1 else ()


def _is_private(resolution: Resolution) -> bool:
    """Whether a private person bears this known name here."""
    return any(evidence.kind == "private" for evidence in resolution.evidence)


def _cut(text: str, place: tuple[int, int], taken: list[Span], words: _Words) -> Iterator[tuple[Span, str]]:
    """What is left of a row of capitalised words without what is known and the titles before it, with that title."""
    start, end = place[0], place[0] + len(_without_possessive(text[place[0] : place[1]]))
    match = _WORD_BEFORE.search(text, max(0, start - 25), start)
    lead = match[1] if match else ""
    for span in taken:
        if span.start <= start < span.end < end and text[span.end] == " ":
            start, lead = span.end + 1, text[span.start : span.end].split()[-1]
    if any(span.start < end and start < span.end for span in taken):
        return
    for token in _TOKEN.finditer(text, start, end):
        plain = token.group().rstrip(".").lower()
        is_last = token.end() == end
        if plain not in words.honorifics | words.titles and (is_last or not words.is_ordinary(token.group())):
            yield Span(token.start(), end), lead.rstrip(".")
            return
        lead = token.group()


def _why(text: str, span: Span, lead: str, words: _Words) -> tuple[str, str] | None:
    """What says that the words are a person's name, or nothing."""
    tokens = text[span.start : span.end].split()
    strange = [token for token in tokens if not words.is_ordinary(token)]
    if (
        len(tokens) > LONGEST
        or not strange
        or any(len(token) > 1 and token.isalpha() and token.isupper() for token in tokens)
    ):
        return None
    if lead.lower() in words.honorifics:
        return "honorific", f"“{lead}” stands before it"
    if len(strange) < len([token for token in tokens if token[:1].isupper()]):
        return None
    if lead.lower() in words.titles:
        return "role", f"“{lead}” stands before it"
    if len(tokens) < 2:
        return None
    if _AGE.match(text, span.end) or _WHO.match(text, span.end):
        return "apposition", f"“{text[span.end : span.end + 12].strip()}” follows it"
    after, before = _VERB.match(text, span.end), _VERB_BEFORE.search(text, max(0, span.start - 20), span.start)
    verb = next((m[1] for m in (after, before) if m and m[1].lower() in words.verbs), "")
    return ("verb", f"“{verb}” stands beside it") if verb else None


def _without_possessive(name: str) -> str:
    return name[:-2] if name.endswith(("'s", "’s")) else name
