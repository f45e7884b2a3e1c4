"""The words of a list that a word in another script may be spelt as, cheapest first: the walk in C, or a plain one."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from normalize.channels.spellings import ALPHABET, EMPTY, HEAD, PAIR, STRIDE, TAIL, Spelling

VERSION = 1
"""Of what passes between this file and its C twin."""
DEAR = 1 << 28
MOST_LETTERS = 48
_NUMBERS = bytes.maketrans(ALPHABET.encode(), bytes(range(len(ALPHABET))))


@dataclass(frozen=True, slots=True)
class Words:
    """Distinct words in order, as numbers of letters in one row, with where each begins."""

    letters: bytes
    offsets: bytes
    shared: bytes
    """How many letters each has in common with the one before, its edge counted."""

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """The list of ``words``, which are sorted and of the letters a to z."""
        edged = [f"{HEAD}{word}{TAIL}" for word in words]
        offsets, at = array("i", [0]), 0
        for word in edged:
            at += len(word)
            offsets.append(at)
        shared = bytes(_common(one, other) for one, other in zip(["", *edged], edged, strict=False))
        return cls("".join(edged).encode().translate(_NUMBERS), offsets.tobytes(), shared)


def _common(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def near(spelling: Spelling, signs: str, words: Words, slack: int, window: int) -> list[tuple[int, int]]:
    """Cost and number of each word that ``signs`` may spell, the cheapest first.

    A word may cost ``slack`` more than the signs cost at their best, and ``window`` more than the best word found.

    >>> from normalize.channels.spellings import pack
    >>> plain = pack({"^": {"^": 0}, "$": {"$": 0}, "п": {"p": 0}, "у": {"u": 10}, "т": {"t": 0, "th": 90}})
    >>> near(plain, "пут", Words.of(["put", "puth", "top"]), 200, 200)
    [(10, 0), (100, 1)]
    """
    module = _native()
    walk = module.near if module else _walk
    sizes, tables = (
        (spelling.reach, spelling.stretch),
        (spelling.starts, spelling.pairs, spelling.inserts, spelling.floors),
    )
    return sorted(
        walk(spelling.rows(signs), *sizes, *tables, words.letters, words.offsets, words.shared, slack, window)
    )


def _native() -> ModuleType | None:
    """The module in C, where there is one of this version and CALQUE_PLAIN does not forbid it."""
    if os.environ.get("CALQUE_PLAIN", "0") not in ("", "0"):
        return None
    try:
        from normalize.names import _near
    except ImportError:
        return None
    return _near if _near.VERSION == VERSION else None


def _walk(
    rows: bytes,
    reach: int,
    stretch: int,
    starts: bytes,
    pairs: bytes,
    inserts: bytes,
    floors: bytes,
    letters: bytes,
    offsets: bytes,
    shared: bytes,
    slack: int,
    window: int,
) -> list[tuple[int, int]]:
    """What _near.c does, and in its order: columns of costs, kept along the letters that neighbouring words share."""
    run_of, begins, inserted, floor, bounds = (array("i", a) for a in (rows, starts, inserts, floors, offsets))
    every = [(raw[:size], size, cost) for size, raw, cost in PAIR.iter_unpack(pairs)]
    signs = len(run_of) // reach
    runs = [
        [(size, run_of[(end - size) * reach + size - 1] * STRIDE) for size in range(1, min(reach, end) + 1)]
        for end in range(signs + 1)
    ]
    runs = [[(size, row) for size, row in found if row >= 0] for found in runs]
    rest = [0] * signs + [0]
    for start in range(signs - 1, -1, -1):
        sizes = [(n, run_of[start * reach + n - 1]) for n in range(1, min(reach, signs - start) + 1)]
        rest[start] = min(floor[row] + rest[start + n] for n, row in sizes if row >= 0)
    limit = rest[0] + slack

    def column(columns: list[list[int]], word: bytes) -> list[int]:
        depth = len(columns)
        letter = word[depth - 1] if depth else 0
        here: list[int] = []
        for end in range(signs + 1):
            best = 0 if not depth and not end else DEAR
            if depth > 1 and columns[depth - 1][end] < DEAR:
                best = min(best, columns[depth - 1][end] + inserted[letter])
            for size, row in runs[end]:
                for _, _, cost in every[begins[row + EMPTY] : begins[row + EMPTY + 1]]:
                    if here[end - size] < DEAR:
                        best = min(best, here[end - size] + cost)
                if depth:
                    for spelt, length, cost in every[begins[row + letter] : begins[row + letter + 1]]:
                        if length <= depth and word[depth - length : depth] == spelt:
                            before = columns[depth - length][end - size]
                            best = min(best, before + cost if before < DEAR else DEAR)
            here.append(best if best + rest[end] <= limit else DEAR)
        return here

    def cheapest(costs: list[int]) -> int:
        return min((cost + rest[end] for end, cost in enumerate(costs) if cost < DEAR), default=DEAR)

    columns = [column([], b"")]
    least = [cheapest(columns[0])]
    found: list[tuple[int, int]] = []
    best, hopeless = DEAR, DEAR
    for number, common in enumerate(shared):
        if common >= hopeless:
            continue
        word = letters[bounds[number] : bounds[number + 1]]
        del columns[common + 1 :], least[common + 1 :]
        hopeless = DEAR
        if len(word) > MOST_LETTERS:
            continue
        while len(columns) <= len(word):
            columns.append(column(columns, word))
            least.append(cheapest(columns[-1]))
            if min(least[-stretch:]) > limit:
                hopeless = len(columns) - 1
                break
        else:
            if (cost := columns[-1][signs]) <= limit:
                found.append((cost, number))
                best = min(best, cost)
                limit = min(limit, best + window)
    return [(cost, number) for cost, number in found if cost <= limit]
