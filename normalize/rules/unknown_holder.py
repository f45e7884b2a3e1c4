"""A name that no table knows under a title which, at the story's date, somebody known alone bore."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from normalize.index.lexicon import lexicon
from normalize.model import Evidence, Finding, Person, Severity
from normalize.names.house import printed
from normalize.names.mentions import PARTICLES
from normalize.names.near import distance, nearness
from normalize.names.offices import covers, holders, is_qualified, name_of, tenure
from normalize.names.story_time import looks_back
from normalize.rules.near_miss import titled_strangers
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import fold


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Names that are not even nearly the holder's. It is a note where the holder's term has no known end: the tables
    may be older than the story.
    """
    date, qualifiers = view.document.date, frozenset(rule.words)
    syllables = view.pack.record("pinyin")
    for span, titled in titled_strangers(view) if date else ():
        text = view.document.slice(span)
        if len(titled.offices) != 1 or not view.is_in_scope(rule, span) or _is_ordinary(text, syllables):
            continue
        known = holders(titled.offices[0], view.pack, date)
        if len(known) != 1 or known[0].unverified or nearness(text, known[0], view.pack) or _shares(text, known[0]):
            continue
        if is_qualified(view.document, titled.cue, qualifiers):
            continue
        if looks_back(view.document, span, view.context.history):
            continue
        person, office = known[0], titled.offices[0]
        ended = any(h.until and covers(h, date) for h in person.offices if f"office/{h.office}" == office)
        severity: Severity = "warning" if ended else "info"
        why = f"{person.name} held it {tenure(person, office)}"
        yield view.finding(
            rule,
            span,
            rule.message.format(text=text, right=name_of(office, view.pack), why=why),
            [Evidence("office", f"{office}: {why}"), Evidence("entity", person.id)],
            replacements=[printed(person, view.style)],
            severity=severity,
            entity=person.id,
        )


def _is_ordinary(text: str, syllables: Collection[str]) -> bool:
    """Whether a common word stands in the name: then it is a body's or a building's."""
    ordinary, personal = lexicon("ordinary"), lexicon("personal")
    known = (word for word in fold(text).split() if word in ordinary and word not in personal)
    return any(word not in syllables and word not in PARTICLES for word in known)


def _shares(text: str, person: Person) -> bool:
    """Whether a word of the name is nearly one of the person's: then it may be another spelling of theirs."""
    return any(distance(a, b) <= max(1, len(b) // 3) for a in fold(text).split() for b in fold(person.name).split())
