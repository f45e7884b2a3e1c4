"""A pronoun of the other sex right behind a known person's name: "Kaja Kallas and his team"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normalize.model import Evidence, Finding, Person, Resolution, Span
from normalize.names.story_time import sentence_at
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import words
from normalize.text.pattern import pattern

_BEHIND = pattern(r" (?:(?:and|with) )?([a-z]+)\b")
_OF_SUBJECT = frozenset({"he", "him", "she"})
SEXES = {"m": "a man", "f": "a woman"}


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Such pronouns, where nobody else in the sentence before could be meant by them."""
    genders: Mapping[str, str] = view.pack.record(f"language/{view.document.language}").get("pronoun_genders", {})
    for resolution in view.resolutions:
        if resolution.verdict != "sure" or resolution.kind != "person":
            continue
        behind = _BEHIND.match(view.document.text, resolution.span.end, resolution.span.end + 20)
        said = genders.get(behind[1]) if behind else None
        person = view.pack.entity(resolution.entity) if said else None
        if not behind or not isinstance(person, Person) or not person.gender or person.unverified:
            continue
        span = Span(resolution.span.start, behind.end())
        if said == person.gender or not view.is_in_scope(rule, span) or _others_before(view, resolution, genders):
            continue
        yield view.finding(
            rule,
            span,
            rule.message.format(text=view.document.slice(span), right=person.name, why=SEXES[person.gender]),
            [Evidence("entity", person.id)],
            entity=person.id,
        )


def _others_before(view: View, resolution: Resolution, genders: Mapping[str, str]) -> bool:
    """Whether the sentence has anybody else before the name: a pronoun, or a capital inside it."""
    start = sentence_at(view.document, resolution.span).start
    before = list(words(view.document.text, start, resolution.span.start))
    lead = view.context.lead(view.document, resolution.span.start)
    named = {cue.span.start for cue in lead.cues}
    return any(
        word.group().lower() in _OF_SUBJECT
        or word.group().lower() in genders
        or (n > 0 and word.group()[0].isupper() and word.start() not in named)
        for n, word in enumerate(before)
        if not any(cue.span.start <= word.start() < cue.span.end for cue in lead.cues)
    )
