"""Forms and texts made up for measuring: names of many scripts from syllables, and running text that mentions some.

Nothing here is anybody's name on purpose. The same seed makes the same forms and texts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from normalize.tables.locate import tables_root
from normalize.text.fold import fold

_LATIN = (
    "b c d f g h j k l m n p r s t v w z br ch cl dr fr gr kr pl sh st th tr",
    "a e i o u ai ea ie ou",
    "",
    "n r s l t m",
)
SCRIPTS: dict[str, tuple[str, str, str, str]] = {
    **{f"latin-{number}": _LATIN for number in range(16)},
    "french": ("b c d f g j l m n p r s t v", "a é e i o u è eau ou ô", "", "n r s l t x"),
    "polish": ("b c ć d g j k ł m n p r s ś sz cz rz w z ż", "a ą e ę i o ó u y", "", "k ski wicz cz n r"),
    "turkish": ("b c ç d g h k l m n r s ş t y z", "a e ı i o ö u ü", "", "n r m k l ğ"),
    "vietnamese": (
        "b c ch d đ g h kh l m n ng nh ph qu s t th tr v x",
        "a á ả ã ạ â ấ ă ơ ớ ê ế i í o ô ố ư ứ y",
        "",
        "n ng nh m t c",
    ),
    "russian": ("б в г д ж з к л м н п р с т ф х ц ч ш", "а е и о у ы э ю я", "", "в й н р ов ин"),
    "ukrainian": ("б в г д ж з к л м н п р с т ф х ц ч ш", "а е и і ї о у є ю я", "", "й н р ко ук"),
    "greek": ("β γ δ ζ θ κ λ μ ν π ρ σ τ φ χ", "α ά ε έ η ή ι ί ο ό υ ω ώ", "", "ς ν"),
    "arabic": ("ب ت ث ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن ه", "ا و ي ء", "", "د ر ن م"),
    "hebrew": ("ב ג ד ה ז ח ט כ ל מ נ ס פ צ ק ר ש ת", "א ו י", "", "ן ם ר"),
    "hindi": ("क ख ग ज त द न प ब म य र ल व श स ह", "ा ि ी ु े ो ं", "", "न र त"),
    "thai": ("ก ข ค จ ช ด ต ท น บ ป พ ม ร ล ว ส ห", "า ะ ิ ี ุ ู", "่ ้", "น ง ม ก"),
}
"""Onsets, vowels, tones and codas of syllables."""
_RANGES = {"chinese": (0x4E00, 0x5600), "japanese": (0x5E00, 0x6400), "korean": (0xAC00, 0xB400)}
ENGLISH = [f"latin-{number}" for number in range(16)]
NAMES_EACH = 1000
FORM_SHARE = 2.3
"""Forms an entity has, about."""


class People:
    """The given and family names of each script, and forms and texts made of them."""

    def __init__(self, seed: int = 1) -> None:
        """Make up the names."""
        self._random = random.Random(seed)
        self._names = {script: (self._pool(script), self._pool(script)) for script in [*SCRIPTS, *_RANGES]}
        lexicon = (tables_root() / "lexicon" / "en.txt").read_text(encoding="utf-8").split()
        self._english = self._random.sample([word for word in lexicon if 3 < len(word) < 12], 12_000)

    def _pool(self, script: str) -> list[str]:
        return [self._word(script).capitalize() for _ in range(NAMES_EACH)]

    def _word(self, script: str) -> str:
        choose = self._random.choice
        if script in _RANGES:
            low, high = _RANGES[script]
            return "".join(chr(self._random.randrange(low, high)) for _ in range(self._random.randint(1, 2)))
        onsets, vowels, tones, codas = (part.split() or [""] for part in SCRIPTS[script])
        count = 1 if script == "vietnamese" else self._random.randint(2, 3)
        return "".join(choose(onsets) + choose(vowels) + choose(tones) for _ in range(count)) + choose(codas)

    def forms(self, count: int) -> list[tuple[str, int]]:
        """So many distinct forms with the number of who they name."""
        found: dict[str, int] = {}
        scripts = sorted(self._names)
        who = 0
        while len(found) < count:
            who += 1
            for form in self._variants(scripts[who % len(scripts)]):
                found.setdefault(form, who)
        return list(found.items())[:count]

    def _variants(self, script: str) -> Iterator[str]:
        given, family = (self._random.choice(names) for names in self._names[script])
        middle = self._random.choice(self._names[script][0])
        joint = "" if script in _RANGES else " "
        if self._random.random() < 0.1:
            yield f"{family}{joint}{given}{joint}{middle}" if not joint else f"{family} {given} Foundation"
            return
        choice = self._random.random()
        yield family + joint + given if not joint or script == "vietnamese" else f"{given} {family}"
        if choice < 0.5:
            yield f"{given}{joint}{middle}{joint}{family}"
        if choice < 0.4 and fold(given) != given.lower():
            yield f"{fold(given)} {fold(family)}".title()
        if choice > 0.3 and joint:
            yield f"{family} {given}"
        if choice > 0.7 and joint:
            yield f"{given[0]}. {family}"

    def text(self, size: int, forms: list[tuple[str, int]], *, multilingual: bool) -> list[str]:
        """Articles of 1,500 to 5,000 characters, about ``size`` bytes, with a form every 400 characters or so."""
        found, total = [], 0
        while total < size:
            script = self._random.choice([s for s in self._names if s not in ENGLISH]) if multilingual else ""
            found.append(self._article(script, forms))
            total += len(found[-1].encode())
        return found

    def _article(self, script: str, forms: list[tuple[str, int]]) -> str:
        length, pieces, size, since = self._random.randint(1500, 5000), list[str](), 0, 0
        while size < length:
            words = self._sentence(script)
            if since > 330:
                name = self._random.choice(forms)[0]
                words.insert(self._random.randrange(len(words)), name.upper() if self._random.random() < 0.2 else name)
                since = 0
            sentence = ("" if script in _RANGES or script == "thai" else " ").join(words)
            sentence = sentence[0].upper() + sentence[1:] + ("。" if script in _RANGES else ".")
            pieces.append(
                sentence + ("\n\n" if self._random.random() < 0.2 else "\n" if self._random.random() < 0.2 else " ")
            )
            size += len(pieces[-1])
            since += len(pieces[-1])
        return "".join(pieces)

    def _sentence(self, script: str) -> list[str]:
        count = self._random.randint(8, 24)
        if script:
            words = [self._word(script) for _ in range(count)]
        else:
            common = [
                "the",
                "of",
                "to",
                "and",
                "a",
                "in",
                "that",
                "is",
                "for",
                "it",
                "as",
                "was",
                "with",
                "be",
                "by",
                "on",
                "not",
                "he",
                "his",
                "are",
                "at",
                "from",
                "this",
                "have",
                "or",
            ]
            choose = self._random.choices((common, self._english), (45, 55), k=count)
            words = [source[min(int(self._random.expovariate(8 / len(source))), len(source) - 1)] for source in choose]
        words = [word for word, before in zip(words, ["", *words], strict=False) if word != before]
        if len(words) > 14:
            words[len(words) // 2] += "、" if script in _RANGES else ","
        return words
