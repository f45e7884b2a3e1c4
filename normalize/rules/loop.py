"""Words that go round and round: a decoder's loop."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_LONGEST = 12
"""Words of a phrase that is looked for."""


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Stretches that repeat themselves at once, three times or more; a short cry (the rule's ``words``) needs five."""
    text = view.document.text
    if not _may_loop(text.split()):
        return
    for segment in view.document.segments:
        if not _may_loop(text[segment.span.start : segment.span.end].split()):
            continue
        placed = [(m.group().strip(",.;"), m) for m in re.finditer(r"\S+", text[segment.span.start : segment.span.end])]
        for first, period, times in loops([word.casefold() for word, _ in placed]):
            once = " ".join(word for word, _ in placed[first : first + period])
            is_cry = once.casefold() in rule.words or (period == 1 and once.islower()) or not once[:1].isalpha()
            last = placed[first + period * times - 1][1]
            span = Span(segment.span.start + placed[first][1].start(), segment.span.start + last.end())
            if (is_cry and times < 5) or len(once) < 3 or not view.is_in_scope(rule, span):
                continue
            message = rule.message.format(text=once, right=once, why=f"{times} times")
            evidence = Evidence("repeated", f"{times} times in a row")
            yield view.finding(
                rule, span, message, [evidence], replacements=[once + last.group()[len(last.group().rstrip(",.;")) :]]
            )


def _may_loop(words: list[str]) -> bool:
    """Whether the same three words stand twice or the same word twice in a row: every loop has one or the other."""
    threes = list(zip(words, words[1:], words[2:], strict=False))
    return len(set(threes)) < len(threes) or any(map(operator.eq, words, words[1:]))


def loops(words: list[str]) -> Iterator[tuple[int, int, int]]:
    """Where a phrase begins that stands three times or more in a row, its words and how often it stands there.

    >>> list(loops("so he said so he said so he said it".split()))
    [(0, 3, 3)]
    """
    end = 0
    for period in range(1, _LONGEST + 1):
        run = 0
        for at in range(max(period, end), len(words) + 1):
            if at < len(words) and words[at] == words[at - period]:
                run += 1
                continue
            if run >= 2 * period and at - run - period >= end:
                yield at - run - period, period, run // period + 1
                end = at
            run = 0
