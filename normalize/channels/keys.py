"""The forms of many names under one scheme, quickly: what a syllable or a family name yields is worked out once.

Gives the forms of ``names.apply``, one for those that differ in gaps and capitals alone, each with its squeezed key.
Steps that look at one syllable alone (LOCAL) are done a syllable at a time and remembered; those that look at its
neighbours are done a part at a time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize.channels.names import STEPS
from normalize.channels.native import Name, Part
from normalize.channels.write import capitalised, place_order, seamed
from normalize.tables.records import Scheme

LOCAL = frozenset(
    """also characters doublets endings hangul initial-law long-vowels pinyin replace spell-cantonese spell-hangul
    spell-mandarin surnames syllables to-hiragana to-roman""".split()  # noqa: SIM905 - a list to read
)
BEFORE = Part("一", "", (("一",),), (("yī",),))
"""What stands before a syllable that is not the first of its part."""

Option = tuple[str, str]
"""A squeezed key and the text it is of."""


class Keys:
    """The keyed forms of names under one scheme."""

    def __init__(self, scheme: Scheme, root: Path, squeeze: Callable[[str], str], most: int) -> None:
        """Work under ``scheme``; at most ``most`` forms of a name come out."""
        self._scheme, self._root, self._squeeze, self._most = scheme, root, squeeze, most
        steps = scheme.steps[:-1]
        cut = next((n for n, step in enumerate(steps) if step.do not in LOCAL), len(steps))
        self._local, self._context, self._write = steps[:cut], steps[cut:], scheme.steps[-1]
        self._by_place = any(step.do == "initial-law" or step.part for step in steps)
        self._seams = any(seam.split(" ")[1].isalpha() for seam in self._write.seams)
        self._units: dict[tuple[str, tuple[str, ...], str, bool], tuple[str, ...]] = {}
        self._parts: dict[tuple[str, tuple[tuple[str, ...], ...]] | None, list[Option]] = {}
        self._orders: dict[tuple[str, ...], list[list[int]]] = {}

    def of(self, name: Name) -> Iterator[Option]:
        """The likeliest forms of ``name`` with their keys."""
        parts = [self._options(part, name) for part in name.parts]
        if not parts or not all(parts):
            return
        between = self._write.between
        roles = tuple([part.role for part in name.parts])
        orders = self._orders.get(roles)
        if orders is None:
            orders = place_order(name, self._write) if name.is_parted else [list(range(len(parts)))]
            self._orders[roles] = orders
        left = self._most
        for choice in itertools.product(*parts):
            for order in orders:
                yield "".join([choice[n][0] for n in order]), between.join([choice[n][1] for n in order])
                left -= 1
                if not left:
                    return

    def _options(self, part: Part, name: Name) -> list[Option]:
        """The written alternatives of one part; those of family names, which recur, are kept."""
        known = (part.text, part.pinyin) if part.role == "family" else None
        if known in self._parts:
            return self._parts[known]
        units = self._read(part, name)
        for step in self._context if units else ():
            one = _alone(name, Part(part.text, part.role, units, part.pinyin))
            changed = STEPS[step.do](one, step, self._root).parts
            units = changed[0].units if changed else ()
        options = self._written(units) if units and all(units) else []
        if known:
            self._parts[known] = options
        return options

    def _read(self, part: Part, name: Name) -> tuple[tuple[str, ...], ...]:
        """The alternatives of each unit after the local steps."""
        if part.role == "family" or len(part.units) != len(part.text):
            return self._run(part, name)
        pinyins = part.pinyin or ((),) * len(part.text)
        return tuple([self._unit(c, pinyins[n], part, n == 0, name) for n, c in enumerate(part.text)])

    def _unit(self, char: str, pinyin: tuple[str, ...], part: Part, first: bool, name: Name) -> tuple[str, ...]:
        known = (char, pinyin, part.role, first) if self._by_place else (char, pinyin, "", True)
        if known not in self._units:
            readings = (pinyin,) if part.pinyin else ()
            begins = known[3]
            text, before = (char, ()) if begins else (BEFORE.text + char, BEFORE.units)
            earlier = BEFORE.pinyin if part.pinyin and not begins else ()
            alone = Part(text, part.role, (*before, (char,)), (*earlier, *readings))
            units = self._run(alone, name)
            self._units[known] = units[-1] if units else ()
        return self._units[known]

    def _run(self, part: Part, name: Name) -> tuple[tuple[str, ...], ...]:
        one = _alone(name, part)
        for step in self._local:
            one = STEPS[step.do](one, step, self._root)
        return one.parts[0].units if one.parts else ()

    def _written(self, units: tuple[tuple[str, ...], ...]) -> list[Option]:
        """Each choice of alternatives, written and squeezed."""
        write, found = self._write, dict[str, str]()
        joint, capitals = write.joints[0], write.capitals[0]
        for choice in itertools.islice(itertools.product(*units), self._most):
            syllables = seamed(choice, write) if self._seams else choice
            if capitals == "syllable":
                syllables = tuple(map(capitalised, syllables))
            text = joint.join(syllables)
            found.setdefault(capitalised(text) if capitals == "part" else text, "")
        return [(self._squeeze(text), text) for text in found]


def _alone(name: Name, part: Part) -> Name:
    return Name(name.native, name.language, name.kind, name.canonical, (part,), name.kana)
