"""The last step of a scheme: the syllables of a name become its forms in print.

``patterns`` place the parts: ``Family Given``, ``Given Family``, ``Family, Given``; ``Given Middle Family`` where there
is a middle name (a pattern without ``Middle`` leaves it out). A name whose family name is not known keeps its native
order.

``joints`` are what stands between the syllables of one part, the first the usual one. ``seams`` mark the border of two
syllables that nothing else parts: ``"н ъ аеиоуэюя"`` puts ``ъ`` between one that ends in ``н`` and one that begins with
one of those letters (Цзунъюань), ``"* ' aoe"`` an apostrophe after any (Xi'an). ``between`` stands between the parts: a
space, or nothing in scripts that write names together.

``capitals`` says what is capitalised: each ``part``, each ``syllable``, ``none``, or the letters stay as the steps made
them (``kept``).
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

from normalize.channels.native import Name
from normalize.tables.records import Step

MOST_FORMS = 400
"""A hub's forms in one scheme stop here; what is over is the least likely."""

Choice = tuple[tuple[str, ...], ...]
"""One alternative a syllable, parted as the name is."""


def choices(name: Name) -> Iterator[Choice]:
    """Every choice of alternatives, those with the likelier ones first."""
    lengths = [len(part.units) for part in name.parts]
    for flat in itertools.product(*(unit for part in name.parts for unit in part.units)):
        rest = iter(flat)
        yield tuple(tuple(itertools.islice(rest, n)) for n in lengths)


def write(name: Name, step: Step) -> Iterator[str]:
    """The forms of ``name``, the likeliest first."""
    patterns = step.patterns if name.is_parted else ("",)
    for choice in itertools.islice(choices(name), MOST_FORMS):
        for pattern in patterns:
            for joint in step.joints:
                for capitals in step.capitals:
                    written = [_capital(seamed(s, step) if not joint else s, joint, capitals) for s in choice]
                    yield _place(name, pattern, written, step.between)


def place_order(name: Name, step: Step) -> list[list[int]]:
    """The orders in which the step's patterns put the parts of ``name``, by their numbers, each order once."""
    orders: dict[tuple[int, ...], None] = {}
    for pattern in step.patterns:
        words = [word.rstrip(",") for word in pattern.split()]
        roles = [(part.role or "given").capitalize() for part in name.parts]
        orders[tuple(n for word in words for n, role in enumerate(roles) if role == word)] = None
    return [list(order) for order in orders if order]


def seamed(syllables: tuple[str, ...], step: Step) -> tuple[str, ...]:
    """The syllables with what the step's seams put behind them."""
    if not step.seams or len(syllables) < 2:
        return syllables
    seams = [seam.split(" ") for seam in step.seams]
    found = []
    for one, other in itertools.pairwise(syllables):
        mark = next((m for end, m, starts in seams if one.endswith(end) or end == "*" if other[:1] in starts), "")
        found.append(one + mark)
    return (*found, syllables[-1])


def _capital(syllables: tuple[str, ...], joint: str, capitals: str) -> str:
    """The syllables of a part joined, with their capitals."""
    if joint == " " and capitals == "part":
        capitals = "syllable"  # parted syllables are words
    match capitals:
        case "syllable":
            return joint.join(map(capitalised, syllables))
        case "part":
            return capitalised(joint.join(syllables))
        case "none":
            return joint.join(syllables).lower()
    return joint.join(syllables)


@functools.lru_cache(1 << 16)
def capitalised(word: str) -> str:
    """The word with its first letter large, whatever mark stands before it; the others as they are.

    >>> capitalised("č'in"), capitalised("ʿabbās"), capitalised("zedong")
    ("Č'in", 'ʿAbbās', 'Zedong')
    """
    if (large := word[:1].upper()) != word[:1]:
        return large + word[1:]
    at = next((n for n, c in enumerate(word) if c.isalpha() and c.lower() != c.upper()), 0)
    return word[:at] + word[at : at + 1].upper() + word[at + 1 :]


def _place(name: Name, pattern: str, written: list[str], between: str) -> str:
    """The parts where the pattern wants them, or in native order."""
    if not pattern:
        return between.join(written)
    by_role: dict[str, str] = {}
    for part, text in zip(name.parts, written, strict=True):
        role = (part.role or "given").capitalize()
        by_role[role] = f"{by_role[role]} {text}" if role in by_role else text
    filled = [by_role[bare] + word[len(bare) :] for word in pattern.split() if (bare := word.rstrip(",")) in by_role]
    return between.join(filled)
