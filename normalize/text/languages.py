"""What language a text is in: its script first, then its most frequent words."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from normalize.record import Record
from normalize.text.pattern import pattern

SAMPLE = 6000
"""Code points that are looked at: more of a news story changes no answer."""

SHORT = 12
"""Words in small letters of a text that needs no function word: a headline, a name, a list of names."""

FEW = 40
"""Words of a text in which the particles of one name would weigh too much."""

_SCRIPTS = (
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x1100, 0x11FF, "Hang"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x3041, 0x30FF, "Kana"),
    (0x3131, 0x318E, "Hang"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xAC00, 0xD7A3, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0x20000, 0x3FFFF, "Hani"),
)
"""Blocks of Unicode 15.1, first and last code point; what stands below and is a letter is Latin."""

_STARTS = [first for first, _, _ in _SCRIPTS]
_ALONE = {"Kana": "ja", "Hang": "ko", "Hebr": "he", "Grek": "el", "Thai": "th", "Deva": "hi"}
"""Scripts that one language of the news writes nearly alone."""

_CYRILLIC_LETTERS = (
    ("ў", "be"),
    ("ѓќѕ", "mk"),
    ("ћђ", "sr"),
    ("јљњџ", "sr"),
    ("қңәұ", "kk"),
    ("іїєґ", "uk"),
    ("ыэё", "ru"),
)
"""Letters of one Cyrillic alphabet that its neighbours lack; the first that occurs often enough decides."""

_ARABIC_LETTERS = (("ۈۋې", "ug"), ("ڕڵێۆ", "ckb"), ("ٹڈڑےں", "ur"), ("پچژگیک", "fa"))
"""Letters of one Arabic alphabet that Arabic itself lacks, the most particular first."""

_VIETNAMESE = pattern("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_LATIN = pattern("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_OTHERS = pattern("[\N{GREEK CAPITAL LETTER HETA}-\U0010ffff]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_SPACES = dict.fromkeys(_NO_LETTERS, " ")
_WORD = pattern(r"[^\W\d_]+")
_PARTICLES = pattern(r"(?<=\w) (?:[a-z]{2,3} ){1,3}(?=[A-Z])")
"""Short words in small letters before a capital: mostly the particles of a name."""


class Profiles(dict[str, frozenset[str]]):
    """The function words of each language, lower case."""

    @cached_property
    def owners(self) -> dict[str, tuple[str, ...]]:
        """The languages that each word belongs to."""
        found: dict[str, tuple[str, ...]] = {}
        for tag, words in self.items():
            for word in words:
                found[word] = (*found.get(word, ()), tag)
        return found


class Guess(Record):
    """A language and whether the text shows it plainly; ``language`` is empty where the text holds no letters."""

    language: str
    sure: bool


def detect(text: str, profiles: Mapping[str, frozenset[str]]) -> Guess:
    """The language of ``text``; ``profiles`` gives each language's function words, lower case.

    A short Latin-script text is English unless something speaks against it.

    >>> detect("Le ministre est arrivé à Pékin pour la visite.", {"fr": frozenset({"le", "la", "est", "pour"})})
    Guess(language='fr', sure=True)
    """
    sample = unicodedata.normalize("NFC", text[:SAMPLE])
    counts = _letters(sample)
    letters = sum(counts.values())
    if not letters:
        return Guess("", False)
    # An ideograph or a syllable says as much as two letters and a half.
    weight = {s: n * 2.5 if s in ("Hani", "Kana", "Hang") else float(n) for s, n in counts.items()}
    east_asian = weight["Hani"] + weight["Kana"]
    if east_asian > max(n for s, n in weight.items() if s not in ("Hani", "Kana")):
        if counts["Kana"] * 12 >= counts["Hani"]:
            return Guess("ja", counts["Kana"] >= 3)
        return Guess("zh", counts["Hani"] >= 8)
    script = max(weight, key=lambda s: weight[s])
    plain = weight[script] >= 0.6 * sum(weight.values())
    if script == "Latn":
        guess = _by_words(sample, profiles)
    elif script == "Cyrl":
        guess = _by_letters(sample, counts["Cyrl"], _CYRILLIC_LETTERS) or _cyrillic_words(sample, profiles)
    elif script == "Arab":
        guess = _by_letters(sample, counts["Arab"], _ARABIC_LETTERS) or Guess("ar", counts["Arab"] >= 20)
    else:
        guess = Guess(_ALONE[script], counts[script] >= 3)
    return Guess(guess.language, guess.sure and plain)


def _letters(sample: str) -> dict[str, int]:
    """How many letters of each script there are."""
    counts = dict.fromkeys(("Latn", *(script for _, _, script in _SCRIPTS)), 0)
    if sample.isascii():
        counts["Latn"] = len(sample.encode().translate(None, _NO_LETTERS))
        return counts
    counts["Latn"] = sum(map(len, _LATIN.findall(sample)))
    others = Counter("".join(_OTHERS.findall(sample)))
    for sign, count in others.items():
        _, last, script = _SCRIPTS[bisect_right(_STARTS, ord(sign)) - 1]
        if ord(sign) <= last and sign.isalpha():
            counts[script] += count
    return counts


def _by_letters(sample: str, letters: int, alphabets: tuple[tuple[str, str], ...]) -> Guess | None:
    """The first alphabet of whose own letters at least one in eighty is; sure from 40 letters of text on."""
    lower = sample.lower()
    for signs, language in alphabets:
        if sum(lower.count(sign) for sign in signs) * 80 >= letters:
            return Guess(language, letters >= 40)
    return None


def _cyrillic_words(sample: str, profiles: Mapping[str, frozenset[str]]) -> Guess:
    """Cyrillic without tell-tale letters: Bulgarian has none, a short Russian line may have none."""
    cyrillic = {tag: words for tag, words in profiles.items() if tag in ("ru", "uk", "bg", "sr")}
    scores = _scores(Counter(_WORD.findall(sample.lower())), cyrillic)
    best = max(scores, key=lambda tag: scores[tag], default="")
    return Guess(best, scores[best] >= 3) if best and scores[best] > 0 else Guess("ru", False)


def _by_words(sample: str, profiles: Mapping[str, frozenset[str]]) -> Guess:
    """Latin script: whose function words they are."""
    as_written = _words(sample)
    if len(as_written) < FEW:  # Ursula von der Leyen makes no text German
        as_written = _words(_PARTICLES.sub(" ", sample))
    counter = Counter(map(str.lower, as_written))
    scores = _scores(counter, profiles)
    accented = () if sample.isascii() else [(word, n) for word, n in counter.items() if not word.isascii()]
    vietnamese = sum(n for word, n in accented if _VIETNAMESE.search(word))
    if vietnamese * 3 >= len(as_written):  # a third of the words: far more than names bring into any other language
        return Guess("vi", vietnamese >= 5)
    english = scores.get("en", 0.0)
    best = max((tag for tag in scores if tag != "en"), key=lambda tag: scores[tag], default="en")
    other = scores[best] if best != "en" else 0.0
    if other > english * 1.2 and other >= (1.5 if _is_short(as_written) else 2.0):
        second = max((score for tag, score in scores.items() if tag != best), default=0.0)
        return Guess(best, other >= 2.0 and other >= second * 1.2 and other * 12 >= len(as_written))
    own = profiles.get("en", frozenset())
    hits = sum(counter[word] for word in own & counter.keys())
    if hits >= 3 and hits * 12 >= len(as_written):
        return Guess("en", other <= english * 0.8)
    # One foreign article may belong to a name (Los Angeles), two words of its language do not.
    foreign = len((profiles.get(best, own) - own) & counter.keys())
    foreign += sum(word.islower() and not word.isascii() for word in as_written)
    return Guess("en", _is_short(as_written) and not vietnamese and foreign < max(2, hits))


def _is_short(words: list[str]) -> bool:
    """Whether few words are left without names, which tell nothing when they stand in a row."""
    return sum(map(str.islower, words)) <= SHORT


def _words(sample: str) -> list[str]:
    """The words of a sample: runs of letters."""
    return sample.translate(_SPACES).split() if sample.isascii() else _WORD.findall(sample)


def _scores(counter: Mapping[str, int], profiles: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Each language's hits; a word that several languages share counts for each of them in part."""
    profiles = profiles if isinstance(profiles, Profiles) else Profiles(profiles)
    scores = dict.fromkeys(profiles, 0.0)
    for word in sorted(profiles.owners.keys() & counter.keys()):
        owners = profiles.owners[word]
        for tag in owners:
            scores[tag] += counter[word] / len(owners)
    return scores
