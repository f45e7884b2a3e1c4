"""Steps on Hangul syllables: the initial-sound law and the romanisations of Korean."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize.channels.native import Name, Part
from normalize.tables.records import Step

FIRST, LAST = 0xAC00, 0xD7A3
NIEUN, RIEUL, SILENT = 2, 5, 11
"""Numbers of initial consonants."""
IOTA = frozenset({2, 3, 6, 7, 12, 17, 20})
"""Vowels that begin with the sound i: ya, yae, yeo, ye, yo, yu, i."""
RISING = frozenset({6, 17})
"""yeo and yu, before which r is lost after a vowel or n (렬, 률)."""


def _list(text: str) -> list[str]:
    """The spellings of the letters in the order of their numbers; ``-`` is written as nothing."""
    return text.split()


RR_INITIALS = _list("g kk n d tt r m b pp s ss - j jj ch k t p h")
RR_VOWELS = _list("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
RR_FINALS = _list("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
MR_INITIALS = _list("k kk n t tt r m p pp s ss - ch tch ch' k' t' p' h")
MR_VOICED = {0: "g", 3: "d", 7: "b", 12: "j"}
MR_VOWELS = _list("a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i")
NORTH_INITIALS = _list("k kk n t tt r m p pp s ss - j jj ch kh th ph h")
NORTH_VOWELS = _list("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i")
KONTSEVICH_INITIALS = _list("к кк н т тт р м п пп с сс - ч чч чх кх тх пх х")
KONTSEVICH_VOWELS = _list("а э я йя о е ё йе о ва вэ ве ё у во ве ви ю ы ый и")
KONTSEVICH_FINALS = _list("- к к к н н н т ль к м ль ль ль п ль м п п т т н т т к т п т")
SYSTEMS = {
    "rr": (RR_INITIALS, RR_VOWELS, RR_FINALS),
    "north": (NORTH_INITIALS, NORTH_VOWELS, RR_FINALS),
    "kontsevich": (KONTSEVICH_INITIALS, KONTSEVICH_VOWELS, KONTSEVICH_FINALS),
}
"""Romanisations that write each syllable by itself: initials, vowels, finals."""
SONORANT = frozenset({0, 4, 8, 16, 21})
"""Finals after which a plain consonant is voiced: none, n, l, m, ng."""


def split_syllable(syllable: str) -> tuple[int, int, int]:
    """The numbers of initial, vowel and final of a Hangul syllable; ValueError for anything else."""
    if len(syllable) != 1 or not FIRST <= ord(syllable) <= LAST:
        raise ValueError(syllable)
    code = ord(syllable) - FIRST
    return code // 588, code % 588 // 28, code % 28


def join_syllable(initial: int, vowel: int, final: int) -> str:
    """The syllable of these numbers."""
    return chr(FIRST + initial * 588 + vowel * 28 + final)


def lawful(syllable: str) -> str:
    """A syllable as it is written at the beginning of a word in the South.

    >>> "".join(map(lawful, "리류로녀김"))
    '이유노여김'
    """
    initial, vowel, final = split_syllable(syllable)
    if initial in (RIEUL, NIEUN) and vowel in IOTA:
        initial = SILENT
    elif initial == RIEUL:
        initial = NIEUN
    return join_syllable(initial, vowel, final)


def _initial_law(name: Name, step: Step, root: Path) -> Name:
    """Apply the law to the first syllable of each part; the base reading, the North's, stands behind."""

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        for at, unit in enumerate(part.units):
            if at == 0:
                yield tuple(dict.fromkeys([*map(lawful, unit), *unit]))
            else:
                yield tuple(dict.fromkeys(itertools.chain.from_iterable(map(_inner, unit))))

    return name.change(read, step.part)


def _inner(syllable: str) -> tuple[str, ...]:
    """A syllable inside a word: 렬 and 률 may be 열 and 율."""
    initial, vowel, final = split_syllable(syllable)
    return (syllable, join_syllable(SILENT, vowel, final)) if initial == RIEUL and vowel in RISING else (syllable,)


def _hangul(name: Name, step: Step, root: Path) -> Name:
    """Spell each syllable by itself: ``column`` is ``rr`` (Revised Romanization, as personal names are written),
    ``north`` (the spelling of Pyongyang) or ``kontsevich`` (Russian, as names of parted syllables are written).
    """
    initials, vowels, finals = SYSTEMS[step.column]

    def roman(syllable: str) -> str:
        initial, vowel, final = split_syllable(syllable)
        return (initials[initial] + vowels[vowel] + finals[final]).replace("-", "")

    return name.change(lambda part: (_readable(unit, roman) for unit in part.units), step.part)


def _readable(unit: tuple[str, ...], roman: Callable[[str], str]) -> tuple[str, ...]:
    """The alternatives that are Hangul, romanised; those that a step before has spelt stay."""
    return tuple(dict.fromkeys(roman(s) if _is_one(s) else s for s in unit if _is_one(s) or s.isascii()))


def _mccune_reischauer(name: Name, step: Step, root: Path) -> Name:
    """Romanise each part as one word, for a consonant is voiced by what stands beside it."""

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        words = map("".join, itertools.islice(itertools.product(*part.units), 8))
        yield tuple(dict.fromkeys(mccune_reischauer(word) for word in words if all(map(_is_one, word))))

    return name.change(read, step.part)


def _is_one(syllable: str) -> bool:
    return len(syllable) == 1 and FIRST <= ord(syllable) <= LAST


def mccune_reischauer(word: str) -> str:
    """A word of Hangul in McCune-Reischauer.

    >>> mccune_reischauer("근혜"), mccune_reischauer("평양"), mccune_reischauer("일성"), mccune_reischauer("정은")
    ('kŭnhye', "p'yŏngyang", 'ilsŏng', 'chŏngŭn')
    """
    written, before = "", -1
    for syllable in word:
        initial, vowel, final = split_syllable(syllable)
        onset = MR_INITIALS[initial]
        if before in SONORANT:
            onset = MR_VOICED.get(initial, onset)
        if initial == RIEUL and before in (4, 8):
            written, onset = written.removesuffix("n").removesuffix("l") + "l", "l"
        elif initial == RIEUL and before > 0:
            onset = "n"
        if initial == SILENT and before > 0:
            written = _voiced_coda(written, before)
        if initial == 9 and vowel == 16:
            onset = "sh"
        written += (onset + MR_VOWELS[vowel]).replace("-", "") + RR_FINALS[final].replace("-", "")
        before = final
    return written


def _voiced_coda(written: str, final: int) -> str:
    """A final consonant that is carried over to a syllable without an initial."""
    carried = {1: "g", 7: "d", 8: "r", 17: "b"}
    return written[:-1] + carried[final] if final in carried else written


STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {
    "hangul": _hangul,
    "initial-law": _initial_law,
    "mccune-reischauer": _mccune_reischauer,
}
