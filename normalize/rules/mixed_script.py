"""Words in letters of two alphabets that look alike: a Cyrillic “о” in “Moscоw”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_ALIKE = str.maketrans(
    "АВЕКМНОРСТХасеорхуіјѕԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTXaceopxyijsdqw" + "ABEZHIKMNOPTYXo",
)
"""Letters of Cyrillic and Greek with the Latin ones that they are taken for; a Greek α is notation (TNFα)."""
_SEAM = r"[A-Za-z](?=[\u0370-\u052f])|[\u0370-\u052f](?=[A-Za-z])"
_WORD = rf"[^\W\d_]*(?:{_SEAM})[^\W\d_]*"


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Words with Latin letters and others that look like Latin ones and nothing else."""
    text = view.document.text
    if text.isascii() or not re.search(_SEAM, text):
        return
    for match in re.finditer(_WORD, text):
        right, span = match.group().translate(_ALIKE), Span(*match.span())
        if right.isascii() and view.is_in_scope(rule, span):
            strange = sorted({f"U+{ord(c):04X}" for c in match.group() if not c.isascii()})
            message = rule.message.format(text=match.group(), right=right, why=", ".join(strange))
            yield view.finding(rule, span, message, [Evidence("letters", ", ".join(strange))], replacements=[right])
