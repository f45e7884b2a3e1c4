"""What language a text is in: its script first, then its most frequent words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

SAMPLE = 6000
"""Code points that are looked at: more of a news story changes no answer."""

SHORT = 12
"""Words of a text that need no function word: a headline, a name, a query."""

_SCRIPTS = (
    ("Latn", "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"),
    ("Cyrl", "\u0400-\u052f"),
    ("Hani", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
    ("Kana", "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff"),
    ("Hang", "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"),
    ("Arab", "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06fc\u0750-\u077f"),
    ("Hebr", "\u05d0-\u05ea"),
    ("Grek", "\u0370-\u0373\u0376-\u037d\u0386-\u03ff\u1f00-\u1fff"),
    ("Thai", "\u0e01-\u0e3a\u0e40-\u0e4e"),
    ("Deva", "\u0904-\u0939\u093e-\u094c\u0958-\u0961"),
)
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

_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Guess:
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
    if sample.isascii():
        return {script: 0 for script, _ in _SCRIPTS} | {"Latn": sum(map(str.isalpha, sample))}
    return {script: len(re.findall(f"[{signs}]", sample)) for script, signs in _SCRIPTS}


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
    found = _WORD.findall(sample.lower().replace("’", "'"))
    counter = Counter(found)
    scores = _scores(counter, profiles)
    vietnamese = sum(n for word, n in counter.items() if _VIETNAMESE.search(word))
    if vietnamese * 3 >= len(found):  # a third of the words: far more than names bring into any other language
        return Guess("vi", vietnamese >= 5)
    english = scores.get("en", 0.0)
    best = max((tag for tag in scores if tag != "en"), key=lambda tag: scores[tag], default="en")
    other = scores[best] if best != "en" else 0.0
    if other > english * 1.2 and other >= (1.5 if len(found) <= SHORT else 2.0):
        second = max((score for tag, score in scores.items() if tag != best), default=0.0)
        return Guess(best, other >= 2.0 and other >= second * 1.2 and other * 12 >= len(found))
    hits = sum(n for word, n in counter.items() if word in profiles.get("en", ()))
    if hits >= 3 and hits * 12 >= len(found):
        return Guess("en", other <= english * 0.8)
    contrary = (other > english and other >= 1.0) or any(_VIETNAMESE.search(word) for word in counter)
    return Guess("en", len(found) <= SHORT and not contrary)


def _scores(counter: Mapping[str, int], profiles: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Each language's hits; a word that several languages share counts for each of them in part."""
    hits = {tag: sorted(words & counter.keys()) for tag, words in profiles.items()}
    owners = Counter(word for words in hits.values() for word in words)
    return {tag: sum(counter[word] / owners[word] for word in words) for tag, words in hits.items()}
