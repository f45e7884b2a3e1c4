"""Steps that spell a syllable by its initial and final (Mandarin, Cantonese), or change the letters of what stands.

A step's ``initials``, ``finals``, ``zero`` (finals that stand without an initial) and ``whole`` (syllables spelt
otherwise than by their parts) give the spellings, written ``"zh=џ z=ц/дз"``: several are parted by slashes, the
likeliest first; a final may place its initial with a hyphen (Thai ``เ-ีย``). A syllable with a part that no table has
is left without a spelling.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize.channels.native import Name, Part
from normalize.channels.readings import han, without_tone
from normalize.tables.records import Step

INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")
_Y = {"ou": "iou", "ong": "iong"}
_W = {"ei": "uei", "en": "uen", "eng": "ueng"}
_SHORT = {"iu": "iou", "ui": "uei", "un": "uen"}


@functools.cache
def mandarin(syllable: str) -> tuple[str, str]:
    """Initial and underlying final of a toneless pinyin syllable; the buzzed i of zhi, zi … is ``ï``.

    >>> mandarin("xue"), mandarin("you"), mandarin("wei"), mandarin("liu"), mandarin("shi"), mandarin("yan")
    (('x', 'üe'), ('', 'iou'), ('', 'uei'), ('l', 'iou'), ('sh', 'ï'), ('', 'ian'))
    """
    initial = next((i for i in INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    if syllable[:1] == "y":
        rest = syllable[1:]
        final = _Y.get(rest) or (f"ü{rest[1:]}" if rest[:1] == "u" else rest)
        return "", final if final[:1] in ("i", "ü") else f"i{final}"
    if syllable[:1] == "w":
        final = _W.get(syllable[1:], syllable[1:])
        return "", final if final[:1] == "u" else f"u{final}"
    if initial in ("j", "q", "x") and final[:1] == "u":
        return initial, f"ü{final[1:]}"
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return initial, "ï"
    return initial, _SHORT.get(final, final) if initial else final


@functools.cache
def cantonese(syllable: str) -> tuple[str, str]:
    """Initial and final of a Jyutping syllable without its tone.

    >>> cantonese("gwong"), cantonese("jyut"), cantonese("ng"), cantonese("aa")
    (('gw', 'ong'), ('j', 'yut'), ('', 'ng'), ('', 'aa'))
    """
    if syllable in ("m", "ng"):
        return "", syllable
    match = re.match("gw|kw|ng|[bpmfdtnlgkhwzcsj]", syllable)
    initial = match.group() if match else ""
    return initial, syllable[len(initial) :]


class Speller:
    """One step's tables; ``spell`` gives the spellings of a syllable."""

    def __init__(self, step: Step, parts: Callable[[str], tuple[str, str]]) -> None:
        """Hold the tables of ``step``; ``parts`` cuts a syllable into initial and final."""
        self._parts = parts
        self._initials, self._finals = pairs(step.initials), pairs(step.finals)
        self._zero, self._whole = pairs(step.zero), pairs(step.whole)
        self._known: dict[str, tuple[str, ...]] = {}

    def spell(self, syllable: str) -> tuple[str, ...]:
        """The spellings of ``syllable``, the likeliest first."""
        if syllable not in self._known:
            self._known[syllable] = tuple(dict.fromkeys(self._spell(syllable)))
        return self._known[syllable]

    def _spell(self, syllable: str) -> Iterator[str]:
        if syllable in self._whole:
            yield from self._whole[syllable]
            return
        initial, final = self._parts(syllable)
        finals = (() if initial else self._zero.get(final)) or self._finals.get(final, ())
        starts = self._initials.get(initial, () if initial else ("",))
        for start, rest in itertools.product(starts, finals):
            yield rest.replace("-", start) if "-" in rest else start + rest


@functools.cache
def pairs(text: str) -> dict[str, tuple[str, ...]]:
    """The entries of a step's table.

    >>> pairs("b=п z=ц/дз")
    {'b': ('п',), 'z': ('ц', 'дз')}
    """
    return {name: tuple(cell.split("/")) for name, _, cell in (entry.partition("=") for entry in text.split())}


_SPELLERS: dict[int, tuple[Step, Speller]] = {}
"""By the step's identity, which is quicker than its hash; the step is kept, so that no other takes its place."""


def speller(step: Step, parts: Callable[[str], tuple[str, str]]) -> Speller:
    """The speller of a step, made once."""
    kept = _SPELLERS.get(id(step))
    if kept is None:
        kept = _SPELLERS[id(step)] = step, Speller(step, parts)
    return kept[1]


def _spell_mandarin(name: Name, step: Step, root: Path) -> Name:
    """Spell the Mandarin reading of each character."""
    spell = speller(step, mandarin).spell

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        for readings in part.pinyin:
            yield tuple(dict.fromkeys(s for r in readings[: step.most or 2] for s in spell(without_tone(r))))

    return name.change(read, step.part)


def _spell_cantonese(name: Name, step: Step, root: Path) -> Name:
    """Spell the Cantonese reading of each character."""
    spell = speller(step, cantonese).spell
    table = han(root)

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        for char in part.text:
            readings = table.of(char, "jyutping")[: step.most or 2]
            yield tuple(dict.fromkeys(s for r in readings for s in spell(r.rstrip("123456"))))

    return name.change(read, step.part)


def _spell_hangul(name: Name, step: Step, root: Path) -> Name:
    """Spell whole parts by the table ``whole``; a part that it does not have keeps its syllables."""
    table = pairs(step.whole)

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        if found := table.get(part.text):
            yield found
        else:
            yield from part.units

    return name.change(read, step.part)


def _replace(name: Name, step: Step, root: Path) -> Name:
    """Put the second of each pair for the first, in order, in every alternative."""

    def changed(text: str) -> str:
        for old, new in step.pairs:
            text = text.replace(old, new)
        return text

    return name.change(lambda part: (tuple(dict.fromkeys(map(changed, unit))) for unit in part.units), step.part)


def _toneless(name: Name, step: Step, root: Path) -> Name:
    """Vietnamese words in small letters without their tones; ă â ê ô ơ ư đ stay."""
    return name.change(lambda part: (tuple(map(toneless_vietnamese, unit)) for unit in part.units), step.part)


def toneless_vietnamese(word: str) -> str:
    """A Vietnamese word without its tone, wherever the mark stands.

    >>> toneless_vietnamese("Chính"), toneless_vietnamese("Hoà"), toneless_vietnamese("Đường")
    ('chinh', 'hoa', 'đương')
    """
    letters = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in "\u0300\u0301\u0303\u0309\u0323"))


def _also(name: Name, step: Step, root: Path) -> Name:
    """Add to each alternative what becomes of it when one of the pairs is put in."""

    def others(text: str) -> Iterator[str]:
        yield from (text.replace(old, new) for old, new in step.pairs if old in text)

    def more(part: Part) -> Iterator[tuple[str, ...]]:
        for unit in part.units:
            yield tuple(dict.fromkeys((*unit, *(o for text in unit for o in others(text)))))

    return name.change(more, step.part)


STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {
    "also": _also,
    "replace": _replace,
    "spell-hangul": _spell_hangul,
    "spell-mandarin": _spell_mandarin,
    "toneless": _toneless,
    "spell-cantonese": _spell_cantonese,
}
