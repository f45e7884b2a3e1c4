"""Steps on names in alphabets: ordered rewrite rules with context, one unit a word.

A step is a function ``(name, step, root) -> name`` that puts new units into the parts of ``name`` (see native.py), and
stands in STEPS under the word that ``do`` names in a scheme.

``letters`` respells each word. A rule is one line, ``native > spelling | spelling / left _ right``: the spellings stand
with the likeliest first, the context is optional. ``[…]`` is any one of its letters, ``[!…]`` any other, and ``#`` the
edge of a word. At each place of a word the first rule that fits is used; context always looks at the native letters,
never at what was written. The field ``letters`` lists those that need no context, as pairs: ``"а a, б b, ь"`` (``ь``
is written as nothing). A letter that no rule knows leaves the name without a form; Latin letters may stay.

``words`` puts the spellings that a table has for a whole word before those that the rules made of it, and ``scheme``
goes on with the steps of another scheme (Ukrainian names read in Russian, and then as German prints Russian ones).
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize.channels.native import Name, Part
from normalize.errors import TableError, nearest
from normalize.tables.read import Source, one, rows
from normalize.tables.records import Scheme, Step

MOST_SPELLINGS = 24
"""A word's spellings under one step stop here; what is over departs from the likeliest in the most rules."""

EDGE = "#"
_RULE = re.compile(r"(?P<native>[^>/]+?) >(?P<written>[^/]*)(?:/(?P<left>[^_]*)_(?P<right>.*))?")
_UNIT = re.compile(r"\[(?P<other>!?)(?P<any>[^\[\]]+)\]|(?P<one>[^\[\](){}*+?|\\^$.\s])")
_BETWEEN_WORDS = re.compile(
    "([\\s.,()/\\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MIDDLE DOT}\N{HEBREW PUNCTUATION MAQAF}]+)"
)
_GEORGIAN = re.compile("[\u10d0-\u10ff]")
"""Lower case to Unicode, but print has no capitals of it."""
_APOSTROPHES = str.maketrans(dict.fromkeys("'`\N{ACUTE ACCENT}ʹʻʼ‘′", "’"))
_STRESS = str.maketrans("", "", "\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule: its letters, where they must stand (None = anywhere), and what is written for them."""

    native: str
    place: re.Pattern[str] | None
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """The rules of a step in their order, parted by the first letter they are about; each step's are their own."""

    by_letter: dict[str, tuple[Rule, ...]]

    @property
    def has_dotless_i(self) -> bool:
        """Whether ``ı`` is a letter of its own here, and so ``I`` its capital."""
        return "ı" in self.by_letter


@functools.cache
def spelling(rules: tuple[str, ...], letters: str = "") -> Spelling:
    """Compile the rules of a step.

    Raises:
        TableError: a rule that cannot be read.
    """
    by_letter: dict[str, tuple[Rule, ...]] = {}
    pairs = (pair.strip().partition(" ") for pair in letters.split(",") if pair.strip())
    for rule in (*map(_compiled, rules), *(Rule(native, None, (written.strip(),)) for native, _, written in pairs)):
        by_letter[rule.native[0]] = (*by_letter.get(rule.native[0], ()), rule)
    return Spelling(by_letter)


def rewrite(text: str, rules: Spelling) -> list[str]:
    """The spellings of ``text``, the likeliest first; empty where it has a letter that no rule knows.

    A rule that leaves a choice takes the same one throughout a word.

    >>> rules = spelling(("е > je / [#аеиоу]_", "ё > o / [чшщ]_", "ё > jo | o"), "в w, е e, и i, л l, н n, с s, ш sch")
    >>> rewrite("Левинсон", rules), rewrite("Елин-Лилин", rules)
    ([], ['Jelin-Lilin'])
    >>> rewrite("Шёлев", rules), rewrite("Киселёв", rules), rewrite("Селёв", rules)
    (['Scholew'], [], ['Seljow', 'Selow'])
    """
    parts = _BETWEEN_WORDS.split(unicodedata.normalize("NFC", text).translate(_STRESS).translate(_APOSTROPHES))
    choices = [_word(part, rules) if n % 2 == 0 and part else (part,) for n, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.islice(likeliest(choices), MOST_SPELLINGS)]


def likeliest(choices: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Every choice of one from each row, those that depart least from the first of each row first.

    >>> list(likeliest([["a", "b"], ["c", "d"]]))
    [('a', 'c'), ('a', 'd'), ('b', 'c'), ('b', 'd')]
    """
    ranked = sorted(itertools.product(*(range(len(row)) for row in choices)), key=sum)
    return (tuple(row[n] for row, n in zip(choices, pick, strict=True)) for pick in ranked)


@functools.lru_cache(maxsize=1 << 15)  # given names come again and again in a table
def _word(word: str, rules: Spelling) -> tuple[str, ...]:
    """The spellings of one word, in its own case."""
    fired = list(_fired(_lower(word, rules.has_dotless_i), rules))
    if None in fired:
        return ()
    chosen = {id(rule): rule.written for rule in fired if isinstance(rule, Rule) and len(rule.written) > 1}
    spelled = []
    for pick in itertools.islice(likeliest(list(chosen.values())), MOST_SPELLINGS):
        said = dict(zip(chosen, pick, strict=True))
        text = "".join(said.get(id(rule), rule.written[0]) if isinstance(rule, Rule) else rule or "" for rule in fired)
        spelled.append(_cased(text, word))
    return tuple(dict.fromkeys(s for s in spelled if s))


def _fired(word: str, rules: Spelling) -> Iterator[Rule | str | None]:
    """For each place of a word the rule that writes it, or the character that stands for itself, or None."""
    edged = f"{EDGE}{word}{EDGE}"
    at = 1
    while at <= len(word):
        found = next((rule for rule in rules.by_letter.get(edged[at], ()) if _fits(rule, edged, at)), None)
        yield found or (edged[at] if _stands_for_itself(edged[at]) else None)
        at += len(found.native) if found else 1


def _fits(rule: Rule, edged: str, at: int) -> bool:
    return bool(rule.place.match(edged, at)) if rule.place else edged.startswith(rule.native, at)


@functools.cache
def _stands_for_itself(char: str) -> bool:
    """Whether a character that no rule names may stay: Latin letters, digits and punctuation."""
    return unicodedata.category(char)[0] not in "LM" or unicodedata.name(char, "").startswith("LATIN")


def _lower(word: str, has_dotless_i: bool) -> str:
    """In lower case; Turkish ``I`` and ``İ`` are two letters."""
    if has_dotless_i:
        word = word.replace("I", "ı")
    return word.replace("İ", "i").lower()


def _cased(spelled: str, word: str) -> str:
    """``spelled`` with a capital where ``word`` has one or its script has none."""
    if word.islower() and not _GEORGIAN.match(word):
        return spelled
    if len(word) > 1 and word.isupper():
        return spelled.upper()
    first = next((n for n, char in enumerate(spelled) if char.lower() != char.upper()), 0)
    return spelled[:first] + spelled[first : first + 1].upper() + spelled[first + 1 :]


def _compiled(text: str) -> Rule:
    """A rule from its line."""
    parts = _RULE.fullmatch(text.strip())
    if not parts:
        raise TableError(f'"{text}" is no spelling rule; write it as "native > spelling | spelling / left _ right"')
    left, right = (_context(side or "", text) for side in (parts["left"], parts["right"]))
    native = parts["native"].strip()
    place = f"{f'(?<={left})' if left else ''}{re.escape(native)}{f'(?={right})' if right else ''}"
    written = tuple(written.strip() for written in parts["written"].split("|"))
    return Rule(native, re.compile(place) if left or right else None, written)


def _context(text: str, rule: str) -> str:
    """Letters, classes and edges as a pattern of fixed width."""
    found, at, text = [], 0, text.strip()
    while at < len(text):
        unit = _UNIT.match(text, at)
        if not unit:
            raise TableError(f'"{rule}": the context "{text}" may hold letters, [classes] and #')
        at = unit.end()
        letters = re.escape(unit["any"] or unit["one"])
        found.append(f"[{'^' if unit['other'] else ''}{letters}]" if unit["any"] else letters)
    return "".join(found)


def _letters(name: Name, step: Step, root: Path) -> Name:
    """Respell each word by the step's rules."""
    rules = spelling(step.rules, step.letters)

    def respelled(part: Part) -> Iterator[tuple[str, ...]]:
        for unit in part.units:
            found = dict.fromkeys(s for alternative in unit for s in rewrite(alternative, rules))
            yield tuple(found)[: step.most or MOST_SPELLINGS]

    return name.change(respelled, step.part)


def _words(name: Name, step: Step, root: Path) -> Name:
    """Put what a table has for a whole native word before what the rules made of it."""
    table = _word_table(root / "readings" / step.table, step.column)

    def known(part: Part) -> Iterator[tuple[str, ...]]:
        base = name.language.partition("-")[0]
        for unit in part.units:
            listed = table.get((base, part.text.translate(_APOSTROPHES).lower()), ())
            yield tuple(dict.fromkeys((*listed, *unit)))[: step.most or None]

    return name.change(known, step.part)


def _as_scheme(name: Name, step: Step, root: Path) -> Name:
    """Go on with the steps of another scheme, all but its last."""
    for other in _scheme(root / "schemes" / f"{step.scheme}.toml").steps[:-1]:
        name = STEPS[other.do](name, other, root)
    return name.change(lambda part: (unit[: step.most or None] for unit in part.units), step.part)


@functools.cache
def _scheme(path: Path) -> Scheme:
    return one(Source(path), Scheme)


@functools.cache
def _word_table(path: Path, column: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The forms of a column by language and native word; a row may hold the word of several languages."""
    source = Source(path)
    head = next((line for line in source.lines() if line and not line.startswith("#")), "").split("\t")
    if column not in head[2:]:
        raise TableError(f'{path}: no column "{column}"{nearest(column, head[2:])}')
    at = head.index(column)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for _, cells in rows(source, head):
        if cells[at]:
            for language in cells[0].split():
                found[language, cells[1].lower()] = tuple(cells[at].split())
    return found


STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {"letters": _letters, "words": _words, "scheme": _as_scheme}
