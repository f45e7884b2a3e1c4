"""What the findings say together: which language the text was probably translated from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from normalize.model import Evidence, Finding, Origin

NATIVE = 4.0
"""Nats in favour of a text written in its own language: a priori, one in fifty is taken for translated."""
TELLING = 0.9
"""From this probability on the origin speaks for what fits it."""


def infer_origin(findings: Iterable[Finding], telltale: dict[str, float]) -> tuple[Origin, ...]:
    """The languages that any finding speaks for, the likeliest first.

    Each *different* text counts once, with the nats its rule is worth (``telltale``, by code): the tenth "Vuong Nghi"
    says no more than the first. What several languages do speaks for each of them.
    """
    nats: dict[str, float] = defaultdict(float)
    reasons: dict[str, dict[str, Evidence]] = defaultdict(dict)
    for finding in findings:
        weight = telltale.get(finding.code, 0.0)
        for channel in finding.channel.split() if weight else ():
            if finding.text not in reasons[channel]:
                reasons[channel][finding.text] = Evidence(finding.code, f"“{finding.text}” ({finding.name})")
                nats[channel] += weight
    whole = math.exp(NATIVE) + sum(math.exp(value) for value in nats.values())
    origins = (
        Origin(language, round(math.exp(value) / whole, 3), tuple(reasons[language].values()))
        for language, value in nats.items()
    )
    return tuple(sorted(origins, key=lambda origin: (-origin.probability, origin.language)))
