"""Steps on Japanese readings: on readings joined, kana and romanisation, long vowels as printers write them."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize.channels.native import Name, Part
from normalize.record import replace
from normalize.tables.records import Step

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さ-すせそ", "z": "ざ-ずぜぞ", "t": "た--てと",
    "d": "だ--でど", "n": "なにぬねの", "h": "はひ-へほ", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "m": "まみむめも",
    "y": "や-ゆ-よ", "r": "らりるれろ", "w": "わ---を",
}  # fmt: skip
_ODD = {"shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "n": "ん", "wi": "うぃ", "we": "うぇ",
        "wo": "うぉ",
        "fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ", "ti": "てぃ", "tu": "とぅ", "di": "でぃ", "tsa": "つぁ",
        "tse": "つぇ", "tso": "つぉ", "she": "しぇ", "che": "ちぇ", "je": "じぇ", "vu": "ゔ"}  # fmt: skip
_GLIDES = {"ky": "き", "gy": "ぎ", "sh": "し", "j": "じ", "ch": "ち", "ny": "に", "hy": "ひ", "by": "び", "py": "ぴ",
           "my": "み", "ry": "り"}  # fmt: skip
_KUNREI = {"shi": "si", "chi": "ti", "tsu": "tu", "fu": "hu", "ji": "zi", "sh": "sy", "ch": "ty", "j": "zy"}


@functools.cache
def _table() -> dict[str, str]:
    """Romanised mora → hiragana."""
    table: dict[str, str] = {}
    for consonant, row in _ROWS.items():
        table |= {consonant + vowel: kana for vowel, kana in zip("aiueo", row, strict=True) if kana != "-"}
    for start, kana in _GLIDES.items():
        table |= {start + vowel: kana + small for vowel, small in zip("auo", "ゃゅょ", strict=True)}
    return table | _ODD


@functools.cache
def _moras() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_table(), key=lambda mora: (-len(mora), mora))))


@functools.cache
def hiragana(roman: str) -> str:
    """Romanised Japanese in hiragana; empty where it cannot be read.

    >>> hiragana("shuukinpei"), hiragana("gakkou")
    ('しゅうきんぺい', 'がっこう')
    """
    written, at = "", 0
    while at < len(roman):
        if roman[at : at + 1] == roman[at + 1 : at + 2] and roman[at] not in "aiueon":
            written, at = written + "っ", at + 1
            continue
        match = _moras().match(roman, at)
        if not match:
            return ""
        written, at = written + _table()[match.group()], match.end()
    return written


@functools.cache
def roman(kana: str) -> str:
    """Hiragana or katakana in Hepburn with long vowels spelt as in kana; empty where a letter is no kana.

    >>> roman("あべ"), roman("しんぞう"), roman("シー"), roman("がっこう")
    ('abe', 'shinzou', 'shii', 'gakkou')
    """
    text = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヴ" else c for c in unicodedata.normalize("NFKC", kana))
    back = {kana: mora for mora, kana in _table().items()} | {"ぢ": "ji", "づ": "zu", "ゐ": "i", "ゑ": "e", "を": "o"}
    written, at, doubled = "", 0, False
    while at < len(text):
        if text[at] == "ー" and written:
            written, at = written + written[-1], at + 1
            continue
        if text[at] == "っ":
            doubled, at = True, at + 1
            continue
        size = 2 if text[at : at + 2] in back else 1
        mora = back.get(text[at : at + size])
        if mora is None:
            return ""
        written += ("t" if mora.startswith("ch") else mora[0]) * doubled + mora
        at, doubled = at + size, False
    return written


def _kana_reading(name: Name, step: Step, root: Path) -> Name:
    """Put the romanised kana of the hub, or of a part, in place of its characters; nothing where it has none."""
    words = [word for word in re.split("[ \N{IDEOGRAPHIC SPACE}・]+", name.kana) if word]
    if len(words) != len(name.parts):
        return replace(name, parts=())
    pairs = zip(name.parts, words, strict=True)
    return replace(
        name,
        parts=tuple(
            replace(part, units=((roman(word),),)) if step.part in ("", part.role) else part for part, word in pairs
        ),
    )


def _joined(name: Name, step: Step, root: Path) -> Name:
    """Join the readings of each part into words; an h behind n is p, or stays, or is b (kin-hei → kinpei)."""

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        choices = itertools.islice(itertools.product(*part.units), 32)
        yield tuple(dict.fromkeys(itertools.chain.from_iterable(map(_words, choices))))

    return name.change(read, step.part)


def _words(syllables: tuple[str, ...]) -> list[str]:
    found = [syllables[0]]
    for syllable in syllables[1:]:
        starts = [syllable]
        if syllable[:1] in "hf" and found[0].endswith("n"):
            starts = ["p" + syllable[1:], syllable, "b" + syllable[1:]]
        found = [word + start for start in starts for word in found]
    return found


def _to_hiragana(name: Name, step: Step, root: Path) -> Name:
    """Write romanised units in hiragana."""
    return name.change(lambda p: (tuple(filter(None, map(hiragana, unit))) for unit in p.units), step.part)


def _to_roman(name: Name, step: Step, root: Path) -> Name:
    """Write units of kana in Hepburn."""
    return name.change(lambda p: (tuple(filter(None, map(roman, unit))) for unit in p.units), step.part)


def _long_vowels(name: Name, step: Step, root: Path) -> Name:
    """Write long o and u as printers do: with a macron, plain, as in kana, with an h; ``column`` ``kunrei``: also with
    a circumflex, and the consonants of Kunrei-shiki.
    """

    def read(part: Part) -> Iterator[tuple[str, ...]]:
        for unit in part.units:
            yield tuple(dict.fromkeys(o for word in unit for o in _printed(word, step.column == "kunrei")))

    return name.change(read, step.part)


@functools.cache
def _printed(word: str, kunrei: bool) -> tuple[str, ...]:
    if kunrei:
        for old, new in _KUNREI.items():
            word = word.replace(old, new)
        return _long(word, "ô", "û"), _long(word, "o", "u"), word
    plain = _long(word, "o", "u")
    return _long(word, "ō", "ū"), plain, word, re.sub("n(?=[bmp])", "m", plain), _long(word, "oh", "u")


def _long(word: str, o: str, u: str) -> str:
    return word.replace("ou", o).replace("oo", o).replace("uu", u)


STEPS: dict[str, Callable[[Name, Step, Path], Name]] = {
    "joined": _joined,
    "kana-reading": _kana_reading,
    "long-vowels": _long_vowels,
    "to-hiragana": _to_hiragana,
    "to-roman": _to_roman,
}
