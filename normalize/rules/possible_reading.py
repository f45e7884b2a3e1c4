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

_NAME = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){1,2}")
MOST_READINGS = 3


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Capitalised names behind a cue of the scheme's country whose every syllable is a reading, and not pinyin."""
    known = [resolution.span for resolution in view.resolutions]
    for cue in view.context.cues:
        match = _NAME.match(view.document.text, cue.span.end + 1)
        if not match or not _countries(view.context.lead(view.document, match.start()).cues) & {*rule.words}:
            continue
        span = Span(*match.span())
        syllables = re.split("[ -]", match.group())
        if any(span.overlaps(other) for other in known) or not all(s.istitle() for s in syllables):
            continue
        readings = _readings(view.pack.record(f"inverse/{rule.scheme}"), [fold(s) for s in syllables])
        if readings and view.is_in_scope(rule, span):
            right = " or ".join(readings)
            message = rule.message.format(text=match.group(), right=right, why="")
            evidence = [Evidence("syllables", rule.what), Evidence("cue", f"“{cue.text}” stands before the name")]
            yield view.finding(rule, span, message, evidence)


def _countries(cues: tuple[Cue, ...]) -> set[str]:
    """The countries that the words before a name lead to: an adjective's, else the offices' own."""
    named = {country for cue in cues for country in cue.countries}
    return named or {office.country for cue in cues for office in cue.offices}


def _readings(inverse: dict[str, str], syllables: list[str]) -> list[str]:
    """The likeliest names that the syllables may stand for; none where one is no reading, or all are pinyin already."""
    rows = [inverse.get(syllable, "").split() for syllable in syllables]
    pinyin = {p for row in inverse.values() for p in row.split()}
    if not all(rows) or all(syllable in pinyin for syllable in syllables):
        return []
    ranked = sorted(
        itertools.product(*(enumerate(row[:MOST_READINGS]) for row in rows)), key=lambda c: sum(n for n, _ in c)
    )
    names = (" ".join([c[0][1].capitalize(), "".join(p for _, p in c[1:]).capitalize()]) for c in ranked)
    return list(dict.fromkeys(names))[:MOST_READINGS]
