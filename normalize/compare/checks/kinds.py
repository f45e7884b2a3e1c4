"""The checks in the order in which they speak; the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from normalize.compare.checks import (
    names,
    numbers,
    polarity,
    pronouns,
    quotations,
    residue,
    shape,
    speakers,
    terms,
    titles,
    words,
)
from normalize.compare.view import Comparison
from normalize.model import Finding

CHECKS: tuple[Callable[[Comparison], Iterator[Finding]], ...] = (
    numbers.find,
    names.find,
    polarity.find,
    quotations.find,
    speakers.find,
    titles.find,
    terms.find,
    residue.find,
    pronouns.find,
    shape.find,
    words.find,
)
