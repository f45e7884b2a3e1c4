"""What other scripts make of Latin letters, learned from names: pairs of signs and letters, each with its cost.

``aliases/spellings/<script>.tsv`` holds the pairs of one script. A pair's cost says how unlikely it is, in hundredths
of a nat; a word's cost is that of the cheapest row of pairs that spells both sides. ``docs/names.md`` says how the
costs were learned. They rank candidates and decide nothing.
"""

from __future__ import annotations

import functools
import itertools
import re
import struct
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalize.channels.readings import plain_han
from normalize.errors import TableError
from normalize.tables.read import Source, rows
from normalize.text.fold import fold

COLUMNS = ("signs", "letters", "cost")
SOUND_COLUMNS = ("script", "signs", "sounds", "cost")
LONGEST_RUN = 4
"""Signs whose sound is looked up together."""
HEAD, TAIL = "^", "$"
"""The edges of a word, on both sides: what stands at an edge is spelt otherwise than inside."""
ALPHABET = "^abcdefghijklmnopqrstuvwxyz$"
EMPTY, STRIDE = 28, 29
"""Where the pairs without letters stand among those of one run of signs; how many starts such a run has."""
LONGEST_LETTERS = 7
MOST_SIGNS = 46
"""Signs of a word that are read, its edges not counted."""
DROPPED = 800
"""The cost of a sign that stands for nothing, where no pair says so."""
INSERTED = 900
"""The cost of a letter that nothing stands for, where no pair says so."""
PAIR = struct.Struct("<B7si")

SCRIPTS = {
    "ARABIC": "arabic", "ARMENIAN": "armenian", "BENGALI": "bengali", "CJK": "han", "CYRILLIC": "cyrillic",
    "DEVANAGARI": "devanagari", "ETHIOPIC": "ethiopic", "GEORGIAN": "georgian", "GREEK": "greek", "HANGUL": "hangul",
    "HEBREW": "hebrew", "HIRAGANA": "kana", "KATAKANA": "kana", "KATAKANA-HIRAGANA": "kana", "LATIN": "latin",
    "TAMIL": "tamil", "THAI": "thai",
}  # fmt: skip
"""The first word of a letter's name in Unicode, and the table of its script."""
_SAME = str.maketrans(
    dict(zip("يىكةےہۃھۀأإٱςךםןףץ", "ییکههههههاااσכמנפצ", strict=True)) | dict.fromkeys("\u0640\u200c\u200d'’ʼ׳`´")
)
"""One sign for the shapes of a letter, as keyboards of several languages or its place in the word give them."""
_THAI_SILENT = re.compile("[\u0e47-\u0e4b\u0e4d\u0e4e]")
_THAI_BEFORE = re.compile("([เแโใไ])([ก-ฮ])")
"""Thai writes some vowels before the consonant that they follow."""


@functools.lru_cache(8192)
def script_of(char: str) -> str:
    """The table for a letter's script, or nothing.

    >>> script_of("ß"), script_of("普"), script_of("ー"), script_of("-")
    ('latin', 'han', 'kana', '')
    """
    return SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "")


def letters_of(word: str) -> str:
    """A Latin word as the tables have it: a to z alone.

    >>> letters_of("Đặng"), letters_of("O'Brien")
    ('dang', 'obrien')
    """
    return "".join(c for c in fold(word) if "a" <= c <= "z")


def signs_of(word: str, script: str, root: Path) -> str:
    """A word as the table of its script has it: without case, marks that print leaves out, and other scripts' signs.

    >>> from normalize.tables.locate import tables_root
    >>> signs_of("Ёлкин", "cyrillic", tables_root()), signs_of("まゆみ", "kana", tables_root())
    ('елкин', 'マユミ')
    """
    if script == "latin":
        return latin_signs(word)
    word = unicodedata.normalize("NFKC", word).lower()
    match script:
        case "hangul":
            return "".join(_jamo(c) for c in unicodedata.normalize("NFD", word) if "\u1100" <= c <= "\u11ff")
        case "han":
            word = plain_han(word, root)
        case "kana":
            word = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in word)
        case "greek":
            word = "".join(unicodedata.normalize("NFD", c)[0] for c in word).translate(_SAME)
        case "arabic" | "hebrew":
            word = "".join(c for c in word if not unicodedata.combining(c)).translate(_SAME)
        case "cyrillic":
            plain = unicodedata.normalize("NFD", word).replace("\u0301", "").replace("\u0300", "")
            word = unicodedata.normalize("NFC", plain).replace("ё", "е")
        case "thai":
            word = _THAI_BEFORE.sub(r"\2\1", _THAI_SILENT.sub("", word))
    kept = script in ("thai", "devanagari", "bengali", "tamil")
    return "".join(c for c in word if script_of(c) == script or (kept and unicodedata.category(c)[0] == "M"))


@functools.lru_cache(256)
def _jamo(char: str) -> str:
    """A sign for a part of a syllable that stays apart in composed text; the last consonant is not the first one."""
    place, _, rest = unicodedata.name(char).removeprefix("HANGUL ").partition(" ")
    return unicodedata.lookup(f"{'HALFWIDTH ' * (place == 'JONGSEONG')}HANGUL LETTER {rest}")


def latin_signs(word: str) -> str:
    """A Latin word with the marks that make another letter of it (š, ç, ł)."""
    return "".join(c for c in unicodedata.normalize("NFC", word.lower()) if script_of(c) == "latin")


@dataclass(frozen=True, slots=True)
class Spelling:
    """The pairs of one script, packed as names/words.py and its C twin read them (little-endian, 32 bits).

    ``pairs`` are PAIRs: how many letters, the letters as numbers in ALPHABET, the cost. Those of one run of signs stand
    by their last letter: ``starts`` has STRIDE numbers a run, and one more. ``inserts`` has the cost of each letter
    that nothing stands for, ``floors`` the least that each run costs. ``reach`` is the number of signs in the longest
    run, ``stretch`` that of letters in the longest pair.
    """

    reach: int
    stretch: int
    runs: dict[str, int]
    starts: bytes
    pairs: bytes
    inserts: bytes
    floors: bytes

    def rows(self, signs: str) -> bytes:
        """For each place in a word with its edges, and each number of signs from there, the run's number or -1."""
        edged = HEAD + signs[:MOST_SIGNS] + TAIL
        unknown = self.runs["?"]
        found = array("i")
        for start in range(len(edged)):
            for size in range(1, self.reach + 1):
                run = self.runs.get(edged[start : start + size], -1) if start + size <= len(edged) else -1
                found.append(unknown if run < 0 and size == 1 else run)
        return found.tobytes()


@functools.cache
def spelling(root: Path, script: str) -> Spelling | None:
    """The table of a script, or nothing where there is none."""
    found = pairs(root, script)
    return pack(found) if found else None


SOUNDED = 20
"""What it costs to go by the sound of a run of signs."""


def sounded(words: Sequence[str], script: str, root: Path) -> Spelling | None:
    """The table for the runs of signs in ``words`` alone, with what Russian letters of the same sound are spelt as.

    Scripts without sounds (`sounds.tsv`) have their own table, as it is.
    """
    said = sounds(root).get(script)
    if not said:
        return spelling(root, script)
    learned, russian = pairs(root, script), pairs(root, "cyrillic")
    found = {run: dict(learned[run]) for run in (HEAD, TAIL, "") if run in learned}
    for word in words:
        edged = HEAD + word[:MOST_SIGNS] + TAIL
        for start, end in itertools.combinations(range(len(edged) + 1), 2):
            run = edged[start:end]
            if end - start > LONGEST_RUN or run in found or run in (HEAD, TAIL):
                continue
            spelt = dict(learned.get(run, {}))
            for sound, price in _says(run, script, root).items():
                for letters, cost in russian.get(sound, {"": 0} if not sound else {}).items():
                    dear = cost + price + SOUNDED
                    spelt[letters] = min(dear, spelt.get(letters, dear))
            if spelt:
                found[run] = spelt
    return pack(found)


@functools.lru_cache(16384)
def _says(run: str, script: str, root: Path) -> dict[str, int]:
    """What a run of signs may say in Russian letters, with what each costs; empty where a sign says nothing."""
    if not run or run in (HEAD, TAIL):
        return {run: 0}
    said, found = sounds(root)[script], dict[str, int]()
    for size in range(1, len(run) + 1):
        first = said.get(run[:size], {run[:size]: 0} if run[:size] == HEAD else {})
        for sound, price in first.items():
            for rest, more in _says(run[size:], script, root).items():
                both = price + more
                found[sound + rest] = min(both, found.get(sound + rest, both))
    return found


@functools.cache
def sounds(root: Path) -> dict[str, dict[str, dict[str, int]]]:
    """What the signs of a script say in Russian letters, by script and signs."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for _, (script, signs, said, cost) in rows(Source(root / "spellings" / "sounds.tsv"), SOUND_COLUMNS):
        found[script][signs][said] = int(cost)
    return found


@functools.cache
def pairs(root: Path, script: str) -> dict[str, dict[str, int]]:
    """The costs in a script's table, by signs and letters; empty where there is no table."""
    path = root / "spellings" / f"{script}.tsv"
    found: dict[str, dict[str, int]] = defaultdict(dict)
    if path.is_file():
        for number, (signs, letters, cost) in rows(Source(path), COLUMNS):
            if not cost.isdecimal() or len(letters) > LONGEST_LETTERS or not set(letters) <= set(ALPHABET):
                raise TableError(f"{path}:{number}: a pair is signs, at most {LONGEST_LETTERS} letters, and a cost")
            found[signs][letters] = int(cost)
    return found


def pack(table: dict[str, dict[str, int]]) -> Spelling:
    """Pairs by signs and letters, made ready; the letters that nothing stands for are those of the empty sign."""
    inserted = table.get("", {})
    inserts = array("i", [inserted.get(letter, INSERTED) for letter in ALPHABET])
    runs, starts, floors, packed = dict[str, int](), array("i"), array("i"), bytearray()
    for signs, spelt in [*((s, d) for s, d in table.items() if s), ("?", {})]:
        if len(signs) == 1:
            spelt = {"": DROPPED} | spelt
        runs[signs] = len(runs)
        floors.append(min(spelt.values()))
        by_last: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for letters, cost in spelt.items():
            by_last[ALPHABET.index(letters[-1]) if letters else EMPTY].append((letters, cost))
        for last in range(STRIDE):
            starts.append(len(packed) // PAIR.size)
            for letters, cost in by_last[last]:
                packed += PAIR.pack(len(letters), bytes(map(ALPHABET.index, letters)), cost)
    starts.append(len(packed) // PAIR.size)
    reach, stretch = max(map(len, runs)), max(len(letters) for spelt in table.values() for letters in spelt)
    return Spelling(reach, stretch, runs, starts.tobytes(), bytes(packed), inserts.tobytes(), floors.tobytes())


__all__ = ["Spelling", "letters_of", "pack", "pairs", "script_of", "signs_of", "sounded", "spelling"]
