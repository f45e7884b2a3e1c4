"""A name that no table knows, led to by a title of another country, that reads like a foreign reading of a name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.names.context import Cue
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import fold
from normalize.text.pattern import pattern

_NAME = pattern(r"[^\W\d_]+(?:[ -][^\W\d_]+){1,2}")
MOST_READINGS = 3


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Capitalised names behind a cue of the scheme's country whose every syllable is a reading, and not pinyin."""
    known = [resolution.span for resolution in view.resolutions]
    for cue in view.context.cues:
        match = _NAME.match(view.document.text, cue.span.end + 1)
        if not match:
            continue
        words = list(itertools.takewhile(str.istitle, re.split("[ -]", match.group())))
        span = Span(match.start(), match.start() + len(" ".join(words)))
        if len(words) < 2 or any(span.overlaps(other) for other in known):
            continue
        if not _countries(view.context.lead(view.document, match.start()).cues, view) & {*rule.words}:
            continue
        scheme, readings = _first_reading(view, rule, [fold(word) for word in words])
        if readings and view.is_in_scope(rule, span):
            message = rule.message.format(text=view.document.slice(span), right=" or ".join(readings), why=scheme)
            evidence = [Evidence("syllables", rule.what), Evidence("cue", f"“{cue.text}” stands before the name")]
            yield view.finding(rule, span, message, evidence)


def _first_reading(view: View, rule: Rule, words: list[str]) -> tuple[str, list[str]]:
    """The first of the rule's schemes in which the words are a reading, and the likeliest names."""
    for scheme in rule.scheme.split():
        if readings := _readings(view.pack.record(f"inverse/{scheme}"), words):
            return view.pack.record("scheme_names")[scheme], readings
    return "", []


def _countries(cues: tuple[Cue, ...], view: View) -> set[str]:
    """The countries that the words before a name lead to: an adjective's, else that of a title of one country alone."""
    named = {country for cue in cues for country in cue.countries}
    known = view.pack.record("offices")
    own = {known[office][1] for cue in cues for office in cue.offices}
    return named or (own if len(own) == 1 else set())


def _readings(inverse: dict[str, str], words: list[str]) -> list[str]:
    """The likeliest names that the words may stand for; none where one is no reading, or all are pinyin already."""
    syllables = [syllable for word in words for syllable in _cut(inverse, word)]
    pinyin = {p for row in inverse.values() for p in row.split()}
    if not all(_cut(inverse, word) for word in words) or all(syllable in pinyin for syllable in syllables):
        return []
    rows = [inverse[syllable].split() for syllable in syllables]
    ranked = sorted(
        itertools.product(*(enumerate(row[:MOST_READINGS]) for row in rows)), key=lambda c: sum(n for n, _ in c)
    )
    names = (" ".join([c[0][1].capitalize(), "".join(p for _, p in c[1:]).capitalize()]) for c in ranked)
    return list(dict.fromkeys(names))[:MOST_READINGS]


def _cut(inverse: dict[str, str], word: str) -> list[str]:
    """A word as one known syllable or two, the first as long as can be; empty where it is neither."""
    if word in inverse:
        return [word]
    cuts = range(len(word) - 1, 0, -1)
    return next(([word[:n], word[n:]] for n in cuts if word[:n] in inverse and word[n:] in inverse), [])
