"""What a language's words say in a comparison: numbers, months, negators (aliases/compare/<language>.toml).

Words are compared as they are written: without regard to case and to where a printer puts the tone, but with their
marks. Vietnamese "sau" (after) is not "sáu" (six).
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from normalize.compare.records import Word, written
from normalize.errors import TableError, nearest
from normalize.model import Span
from normalize.tables.locate import tables_root

_TOGETHER = re.compile(r"[\s\N{NO-BREAK SPACE}-]*")


@dataclass(frozen=True, eq=False)
class Speech:
    """One language's file; words are `written`. A language without a file has an empty one."""

    language: str
    decimal: str = "."
    grouping: str = ","
    within_words: bool = False
    """Whether numerals, months and negators stand inside runs of characters without spaces: they are then kept as they
    stand in the file."""
    numbers: dict[str, Decimal] = field(default_factory=dict)
    weak_numbers: dict[str, Decimal] = field(default_factory=dict)
    scales: dict[str, Decimal] = field(default_factory=dict)
    parts: dict[str, Decimal] = field(default_factory=dict)
    """What stands behind a number to make a fraction of it: "two thirds"."""
    single_parts: frozenset[str] = frozenset()
    """Those that stand behind one alone: "a third", but "two thirds"."""
    shares: frozenset[str] = frozenset()
    """Words behind an ordinal that make it a part ("a third of"), or before its unit ("millions d'euros")."""
    joints: frozenset[str] = frozenset()
    """Words that may join the parts of a number: "two hundred and five", "treinta y cinco"."""
    ranges: frozenset[str] = frozenset()
    """Words between the two numbers of a range: "4 to 6 million"."""
    one_in: frozenset[str] = frozenset()
    """Words between the two numbers of a share: "one in five"."""
    fraction_of: tuple[str, ...] = ()
    """Signs between the parts of a fraction, the greater number first: 三分之二."""
    and_half: frozenset[str] = frozenset()
    """Words behind a scale that add a half of it: "2 triệu rưỡi"."""
    centuries: frozenset[str] = frozenset()
    """Words behind an ordinal that make it a century."""
    before: frozenset[str] = frozenset()
    """Words before a year that mean the years up to the one before it."""
    hours: frozenset[str] = frozenset()
    """Words behind a number that make it an hour of the day."""
    afternoon: frozenset[str] = frozenset()
    """Words behind an hour that put it in the afternoon."""
    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    calendar_leads: frozenset[str] = frozenset()
    """Words that lead to a month or day, beside which one of ``unsure_months`` is a month."""
    unsure_months: frozenset[str] = frozenset()
    unsure_weekdays: frozenset[str] = frozenset()
    """Weekdays that, without a capital, may be ordinals: Vietnamese "thứ hai"."""
    negators: frozenset[str] = frozenset()
    excuses: frozenset[str] = frozenset()
    idioms: tuple[tuple[str, ...], ...] = ()
    negating_prefix: str = ""
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    hedges: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    """Words beside a quotation beside which its speaker stands."""
    addressing: frozenset[str] = frozenset()
    """Those of them behind which stands who is spoken to."""
    abbreviations: frozenset[str] = frozenset()
    never_ends: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    short_words: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    """Words that lead to the next: no mark parts the two."""
    binds: frozenset[str] = frozenset()
    """Words that a comma does not part from the word before them, where they stand behind it elsewhere."""
    nameless: frozenset[str] = frozenset()
    """Parts of names that name nobody: Ltd, Mr."""
    wants_name: frozenset[str] = frozenset()
    """Words behind which a name stands: one that no name follows shows a gap."""
    begins_nothing: frozenset[str] = frozenset()
    """Words that do not stand behind those."""
    masculine: frozenset[str] = frozenset()
    feminine: frozenset[str] = frozenset()
    person_of: dict[str, int] = field(default_factory=dict)
    """The row of each pronoun: the forms of one row differ in case alone."""

    @functools.cached_property
    def denying_stems(self) -> tuple[str, ...]:
        """The beginnings among the excuses: "verweiger*"."""
        return tuple(sorted(word[:-1] for word in self.excuses if word.endswith("*")))

    def denies(self, word: Word) -> bool:
        """Whether a word denies or takes away without a negator; "verweiger*" stands for all that begin so."""
        if word.written in self.excuses or word.stem in self.excuses:
            return True
        return bool(self.denying_stems) and plain(word.text).startswith(self.denying_stems)

    def has_denial(self, words: Sequence[Word], text: str, span: Span) -> bool:
        """Whether the words of a stretch deny without a negator, one of them or a phrase."""
        return any(self.denies(word) for word in words) or any(True for _ in self.find(text, span, words, "excuses"))

    def find(self, text: str, span: Span, words: Sequence[Word], what: Listed) -> Iterator[tuple[str, Span]]:
        """The words and phrases of a list in a stretch, the longest at each place, with where they are."""
        listed = self._lists[what]
        if listed.signs:
            return ((found.group(), Span(*found.span())) for found in listed.signs.finditer(text, span.start, span.end))
        return phrases_in(words, listed, text)

    @functools.cached_property
    def _lists(self) -> dict[Listed, Phrases]:
        lists: dict[Listed, Iterable[str]] = {
            "counting": (*self.numbers, *self.weak_numbers, *self.scales, *self.parts),
            "excuses": self.excuses,
            "months": self.months,
            "negators": self.negators,
            "saying": self.saying,
            "weekdays": self.weekdays,
        }
        return {name: phrases(frozenset(keys), self.within_words) for name, keys in lists.items()}


Listed = Literal["counting", "excuses", "months", "negators", "saying", "weekdays"]


class Phrases(NamedTuple):
    """Words and phrases to look for, with the length of the longest that each first word begins; or, where words are
    not parted, a pattern.
    """

    keys: frozenset[str]
    longest: dict[str, int]
    signs: re.Pattern[str] | None


def phrases(keys: frozenset[str], within_words: bool) -> Phrases:
    """What is needed to look for ``keys``; a figure at the head of one begins where the figure in the text does."""
    if within_words:
        ranked = sorted(keys, key=lambda key: (-len(key), key))
        either = "|".join((r"(?<!\d)" if key[0].isdigit() else "") + re.escape(key) for key in ranked)
        return Phrases(keys, {}, re.compile(either or "(?!)"))
    longest: dict[str, int] = {}
    for key in sorted(keys):
        first, *rest = key.split()
        longest[first] = max(longest.get(first, 1), 1 + len(rest))
    return Phrases(keys, longest, None)


def phrases_in(words: Sequence[Word], listed: Phrases, text: str) -> Iterator[tuple[str, Span]]:
    """The phrases of a list among words, the longest at each place."""
    at, longest = 0, listed.longest
    while at < len(words):
        size = longest.get(words[at].written, 0)
        while size and phrase(words, at, size, text) not in listed.keys:
            size -= 1
        if size:
            yield phrase(words, at, size, text), Span(words[at].start, words[at + size - 1].end)
        at += size or 1


def phrase(words: Sequence[Word], at: int, size: int, text: str) -> str:
    """``size`` words from ``at`` on as language files have them; nothing where more than space or hyphen parts them."""
    if size == 1:
        return words[at].written
    run = words[at : at + size]
    if len(run) < size or any(not _TOGETHER.fullmatch(text, a.end, b.start) for a, b in itertools.pairwise(run)):
        return ""
    return " ".join(word.written for word in run)


@functools.cache
def speech(language: str) -> Speech:
    """What is known of a language (a BCP 47 tag).

    >>> speech("en-GB").months["july"], speech("zh").scales["亿"] == 10**8, speech("xx").negators
    (7, True, frozenset())
    """
    base = language.split("-")[0].lower()
    path = tables_root() / "compare" / f"{base}.toml"
    if not base.isalpha() or not path.is_file():
        return Speech(base)
    return read_speech(base, path.read_text("utf-8"), f"aliases/compare/{path.name}")


def read_speech(language: str, text: str, name: str) -> Speech:
    """A language's file; TableError names what is unknown, of another kind, or said twice."""
    import tomllib

    try:
        raw: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{name}: {error}") from None
    known = [one.name for one in fields(Speech) if one.name not in ("language", "person_of")] + ["pronouns"]
    for key, value in raw.items():
        if key not in known:
            raise TableError(f'{name}: unknown key "{key}"{nearest(key, known)}')
        wanted = _kind_of(key)
        if not isinstance(value, wanted):
            raise TableError(f'{name}: "{key}" must be a {wanted.__name__}')
    within = raw.get("within_words", False)
    found: dict[str, Any] = {}
    for key, value in raw.items():
        if isinstance(value, dict):
            number = int if key in ("months", "weekdays") else Decimal
            found[key] = {_form(word, within): number(str(amount)) for word, amount in value.items()}
        elif key == "idioms":
            found[key] = tuple(tuple(written(word) for word in phrase.split()) for phrase in value)
        elif key in ("prefixes", "suffixes", "fraction_of"):
            found[key] = tuple(value)
        elif key == "pronouns":
            found["person_of"] = {written(word): row for row, words in enumerate(value) for word in words}
        elif isinstance(value, list):
            found[key] = frozenset(_form(word, within) for word in value)
        else:
            found[key] = value
    said = Speech(language, **found)
    for first, second in itertools.combinations(("numbers", "weak_numbers", "scales"), 2):
        twice = sorted(getattr(said, first).keys() & getattr(said, second).keys())
        if twice:
            raise TableError(f'{name}: "{twice[0]}" stands in both {first} and {second}; keep one')
    return said


def _kind_of(key: str) -> type:
    if key in ("numbers", "weak_numbers", "scales", "parts", "months", "weekdays"):
        return dict
    return {"decimal": str, "grouping": str, "negating_prefix": str, "within_words": bool}.get(key, list)


def _form(word: str, within_words: bool) -> str:
    """A word as a table keeps it: each word of a phrase `written`, or as it stands where words are not parted."""
    if within_words:
        return unicodedata.normalize("NFC", word)
    if word.endswith("*"):
        return plain(word)
    return " ".join(written(part) for part in word.replace("-", " ").split())


def plain(word: str) -> str:
    """A word in lower case and composed letters: its beginning is that of its text."""
    return unicodedata.normalize("NFC", word.lower())
