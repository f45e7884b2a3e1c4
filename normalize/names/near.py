"""How a name that no table knows may come from a known one: a syllable off, read in parts, partly translated."""

from __future__ import annotations

from typing import Literal

from normalize.index.lexicon import lexicon
from normalize.index.pack import Pack
from normalize.model import Person
from normalize.text.fold import fold

Nearness = Literal["", "syllable", "letters", "reading", "invented"]
SCHEMES = ("hanviet", "palladius-latin")
"""Whose readings of single syllables are known (record ``inverse/…``)."""

VERBAL = ("s", "ed", "ing")
"""Endings of English verbs, as they stand behind a name in headlines; who translates a name uses nouns."""


def nearness(text: str, person: Person, pack: Pack) -> Nearness:
    """Why ``text`` may stand for the person, or nothing; a name that differs in order alone is the person's own."""
    ours, theirs = _words(text), _words(person.name)
    family = _words(person.family)
    if sorted(ours) == sorted(theirs) or not family:
        return ""
    if kind := _one_off(ours, theirs, set(family)):
        return kind
    if person.language.startswith("zh") and _is_read_in_parts(ours, theirs, pack):
        return "reading"
    if any(word in pack.record("profiles")["en"] or word.endswith(VERBAL) for word in ours if word not in family):
        return ""  # "President Xi Will Visit", "Prime Minister Pham Opens Bridge": a headline goes on
    return "invented" if _has_common_nouns(ours, theirs, family, person.order == "family-first") else ""


def _words(name: str) -> list[str]:
    return fold(name).replace("-", " ").split()


def _one_off(ours: list[str], theirs: list[str], family: set[str]) -> Nearness:
    """All words but one are shared, in any order where there are three, the family name among them; of two words, the
    other is nearly the same.

    >>> _one_off("pham thanh minh".split(), "pham minh chinh".split(), {"pham"})
    'syllable'
    >>> _one_off("antony brinkin".split(), "antony blinken".split(), {"blinken"})
    'letters'
    >>> _one_off("wang wenbin".split(), "wang yi".split(), {"wang"})
    ''
    """
    if len(ours) != len(theirs):
        return ""
    rest, missing = list(theirs), []
    for word in ours:
        if word in rest:
            rest.remove(word)
        else:
            missing.append(word)
    if len(missing) != 1:
        return ""
    a, b = missing[0], rest[0]
    is_like = len(a) > 4 and len(b) > 4 and distance(a, b) <= 2
    if len(ours) > 2:
        return "syllable" if b not in family or is_like else ""
    return "letters" if is_like else ""


def _is_read_in_parts(ours: list[str], theirs: list[str], pack: Pack) -> bool:
    """Whether each syllable is the name's own, or a known reading of it: "Vuong Yi", half of it right."""
    known = pack.record("pinyin")
    native = [syllable for word in theirs for syllable in _cut(word, known)]
    inverses = [pack.record(f"inverse/{scheme}") for scheme in SCHEMES]
    return len(ours) == len(native) and all(
        a == b or any(b in inverse.get(a, "").split() for inverse in inverses)
        for a, b in zip(ours, native, strict=True)
    )


def _cut(word: str, known: list[str] | dict[str, str]) -> list[str]:
    """A word as one pinyin syllable, or two or three, the first as long as can be; itself where it is none."""
    if word in known:
        return [word]
    for n in range(len(word) - 1, 0, -1):
        if word[:n] in known and (rest := _cut(word[n:], known)) and all(part in known for part in rest):
            return [word[:n], *rest]
    return [word]


def _has_common_nouns(ours: list[str], theirs: list[str], family: list[str], family_first: bool) -> bool:
    """Whether the family name is right and a common word that nobody is called stands for the rest: "Kim Lord Love"."""
    place = slice(0, len(family)) if family_first else slice(len(ours) - len(family), None)
    given = [word for word in ours if word not in family]
    ordinary, personal = lexicon("ordinary"), lexicon("personal")
    if ours[place] != family or not given or set(given) & set(theirs):
        return False
    return all(word in ordinary or word in personal for word in given) and any(
        word in ordinary and word not in personal for word in given
    )


def distance(a: str, b: str) -> int:
    """Levenshtein's distance.

    >>> distance("brinkin", "blinken")
    2
    """
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]
