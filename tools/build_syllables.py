"""Build ``aliases/readings/pinyin_syllables.tsv``: every Mandarin syllable in other spelling systems.

    python tools/build_syllables.py --unihan /usr/share/unicode --out aliases/readings/pinyin_syllables.tsv

The inventory is what Unihan reads Mandarin characters with; the systems are their official tables of initials and
finals.
Palladius is checked against ICU's ``zh_Latn_PINYIN-ru`` where ``uconv`` (Debian icu-devtools) is installed. Full
Wade-Giles, Palladius, Tongyong and Yale must keep every two syllables apart, or nothing is written.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tools.build_readings import dictionary_readings, read_unihan, unique

INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
NOT_IN_NAMES = [
    "biang",
    "cei",
    "den",
    "dia",
    "ei",
    "fiao",
    "hm",
    "hng",
    "kei",
    "lo",
    "m",
    "n",
    "ng",
    "o",
    "rua",
    "wong",
    "yo",
    "ê",
]
"""Sounds no name is made of; they would only add collisions."""

HEAD = """\
# Mandarin syllables in other systems of spelling. Built by tools/build_syllables.py; do not edit.
# Inventory: Unihan 15.0.0 (Unicode licence). The systems themselves are public: their tables of initials and finals
# were compared with ICU 72 zh_Latn_PINYIN-ru (palladius), www.asiaskop.cz transkripcni-tabulka (czech), the Korean
# Ministry of Culture's notice 2017-14 as printed on pyogi.kkeutsori.com (hangul), MammutReal/pinyin_converter
# syllables.json (hungarian, wade_giles); all read 2026-11-22. katakana is one newspaper style of several.
# pinyin            without tone, ü written out
# wade_giles        with apostrophes and ü (yi is i, zi is tzu, si is ssu, e is o after g, k, h and alone)
# wade_giles_press  as newspapers print it: no apostrophe, no ü
# palladius         Russian
# palladius_latin   the Russian form spelt again in English copy, the likeliest first
# hangul            South Korean loanword spelling
# katakana          long vowels written out
# yale, tongyong    Yale; Tongyong Pinyin of Taiwan
# czech, hungarian  the Czech standard (Švarný); the Hungarian popular spelling
"""
COLUMNS = [
    "pinyin",
    "wade_giles",
    "wade_giles_press",
    "palladius",
    "palladius_latin",
    "hangul",
    "katakana",
    "yale",
    "tongyong",
    "czech",
    "hungarian",
]
INJECTIVE = ("wade_giles", "palladius", "tongyong", "yale")


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the inventory, spell it, check it, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unihan", type=Path, required=True, help="folder of Unihan_*.txt.bz2")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)

    syllables = inventory(options.unihan)
    rows = [[spelling(syllable) for spelling in SPELLINGS] for syllable in syllables]
    faults = [*collisions(rows), *differences_from_icu(rows)]
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    text = HEAD + "\t".join(COLUMNS) + "\n" + "".join("\t".join(row) + "\n" for row in rows)
    options.out.write_text(unicodedata.normalize("NFC", text), encoding="utf-8", newline="\n")
    print(f"{options.out}: {len(rows)} syllables")
    for number, column in enumerate(COLUMNS):
        print(f"  {column:<17} {len({row[number] for row in rows})} distinct")
    return 0


def inventory(folder: Path) -> list[str]:
    """The toneless syllables of Unihan's modern Mandarin readings, sorted."""
    found: set[str] = set()
    for fields in read_unihan([folder / "Unihan_Readings.txt.bz2"]).values():
        readings = [*fields.get("kMandarin", "").split(), *dictionary_readings(fields.get("kTGHZ2013", ""))]
        found.update(toneless(reading) for reading in readings)
    return sorted(syllable for syllable in found if syllable and syllable not in NOT_IN_NAMES)


def collisions(rows: Iterable[Sequence[str]]) -> list[str]:
    """Two syllables that a reversible system writes alike."""
    faults = []
    for column in INJECTIVE:
        seen: dict[str, str] = {}
        for row in rows:
            form = row[COLUMNS.index(column)]
            if form in seen:
                faults.append(f"{column}: {seen[form]} and {row[0]} are both {form}")
            seen[form] = row[0]
    return faults


def differences_from_icu(rows: Sequence[Sequence[str]]) -> list[str]:
    """Where ICU's Palladius differs from ours; nothing where uconv is not installed."""
    if not shutil.which("uconv"):
        print("uconv is not installed: Palladius not checked")
        return []
    lines = "".join(f"{row[0]}\n" for row in rows)
    result = subprocess.run(
        ["uconv", "-f", "utf-8", "-t", "utf-8", "-x", "zh_Latn_PINYIN-ru"],
        input=lines.encode(),
        capture_output=True,
        check=True,
    )
    theirs = result.stdout.decode("utf-8").splitlines()
    ours = [row[COLUMNS.index("palladius")] for row in rows]
    return [
        f"palladius: {row[0]} is {our}, ICU has {their}"
        for row, our, their in zip(rows, ours, theirs, strict=True)
        if our != their
    ]


# --- the parts of a syllable -----------------------------------------------------------------------------------------


def toneless(reading: str) -> str:
    """``lǜ`` → ``lü``."""
    letters = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in "\u0300\u0301\u0304\u030c"))


def parts(syllable: str) -> tuple[str, str]:
    """Initial and underlying final: ü spelt out, -iou, -uei, -uen in full, no y- or w-; ``-i`` after z, zh … is ``ï``.

    >>> parts("xue"), parts("you"), parts("wei"), parts("liu"), parts("shi"), parts("yan")
    (('x', 'üe'), ('', 'iou'), ('', 'uei'), ('l', 'iou'), ('sh', 'ï'), ('', 'ian'))
    """
    initial = next((i for i in INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    if initial == "y":
        final = {"ou": "iou", "ong": "iong"}.get(final) or ("ü" + final[1:] if final[0] == "u" else final)
        return "", final if final[0] in "iü" else "i" + final
    if initial == "w":
        final = {"ei": "uei", "en": "uen", "eng": "ueng"}.get(final, final)
        return "", final if final[0] == "u" else "u" + final
    if initial in ("j", "q", "x") and final[0] == "u":
        return initial, "ü" + final[1:]
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return initial, "ï"
    return initial, {"iu": "iou", "ui": "uei", "un": "uen"}.get(final, final) if initial else final


# --- the systems -----------------------------------------------------------------------------------------------------


def pairs(text: str) -> dict[str, str]:
    """``a=b c=d`` → a table."""
    return dict(entry.split("=") for entry in text.split())


WADE_INITIAL = pairs("b=p p=p' d=t t=t' g=k k=k' j=ch q=ch' x=hs zh=ch ch=ch' r=j z=ts c=ts'")
WADE_FINAL = pairs("ie=ieh ian=ien iou=iu iong=iung ong=ung uei=ui uen=un üe=üeh er=erh")
WADE_WHOLE = pairs(
    "zi=tzu ci=tz'u si=ssu shuo=shuo ge=ko ke=k'o he=ho e=o gui=kuei kui=k'uei yi=i ye=yeh yan=yen you=yu "
    "yong=yung yu=yü yue=yüeh yuan=yüan yun=yün"
)


def wade_giles(syllable: str) -> str:
    """Wade-Giles without the circumflex, which no name keeps."""
    initial, final = parts(syllable)
    if syllable in WADE_WHOLE:
        return WADE_WHOLE[syllable]
    if not initial:
        return WADE_FINAL.get(syllable, syllable)
    if final == "ï":
        return WADE_INITIAL.get(initial, initial) + "ih"
    if final == "uo" and initial not in ("g", "k", "h"):
        final = "o"
    return WADE_INITIAL.get(initial, initial) + WADE_FINAL.get(final, final)


def wade_giles_press(syllable: str) -> str:
    """Wade-Giles as printed: bare."""
    return wade_giles(syllable).replace("'", "").replace("ü", "u")


PALLADIUS_INITIAL = pairs("b=б p=п m=м f=ф d=д t=т n=н l=л g=г k=к h=х j=цз q=ц x=с zh=чж ch=ч sh=ш r=ж z=цз c=ц s=с")
PALLADIUS_FINAL = pairs(
    "a=а o=о e=э ai=ай ei=эй ao=ао ou=оу an=ань en=энь ang=ан eng=эн er=эр ong=ун i=и ia=я ie=е iao=яо iou=ю "
    "ian=янь in=инь iang=ян ing=ин iong=юн u=у ua=уа uo=о uai=уай uei=уй uan=уань uen=унь uang=уан ü=юй üe=юэ "
    "üan=юань ün=юнь io=ё iai=яй"
)
PALLADIUS_ZERO = pairs("u=у ua=ва uo=во uai=вай uei=вэй uan=вань uen=вэнь uang=ван ueng=вэн")
PALLADIUS_WHOLE = pairs("hui=хуэй guo=го kuo=ко huo=хо er=эр")


def palladius(syllable: str) -> str:
    """The Russian standard."""
    initial, final = parts(syllable)
    if syllable in PALLADIUS_WHOLE:
        return PALLADIUS_WHOLE[syllable]
    if not initial:
        return PALLADIUS_ZERO.get(final) or PALLADIUS_FINAL[final]
    if final == "ï":
        return PALLADIUS_INITIAL[initial] + ("ы" if initial in ("z", "c", "s") else "и")
    return PALLADIUS_INITIAL[initial] + PALLADIUS_FINAL[final]


LATIN = pairs(
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f ц=ts ч=ch ш=sh ы=y "
    "э=e ю=yu я=ya ь= ё=yo"
)


def palladius_latin(syllable: str) -> str:
    """The Russian form in English letters: х is kh or h, final й is y or i, ю and я also iu and ia after consonants."""
    russian = palladius(syllable)
    plain = "".join(LATIN.get(letter, letter) for letter in russian)
    plain = "ye" if russian == "е" else plain
    forms = [plain.replace("х", "kh"), plain.replace("х", "h")]
    if russian.endswith("й") and russian != "юй":
        forms += [form[:-1] + "i" for form in forms]
    if russian[0] not in "юя":
        forms += [form.replace("yu", "iu").replace("ya", "ia") for form in forms]
    return " ".join(unique(forms))


HANGUL_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
HANGUL_INITIAL = pairs(
    "b=ㅂ p=ㅍ m=ㅁ f=ㅍ d=ㄷ t=ㅌ n=ㄴ l=ㄹ g=ㄱ k=ㅋ h=ㅎ j=ㅈ q=ㅊ x=ㅅ zh=ㅈ ch=ㅊ sh=ㅅ r=ㄹ z=ㅉ c=ㅊ s=ㅆ =ㅇ"
)
HANGUL_FINAL = pairs(
    "a=아 o=오 e=어 ai=아이 ei=에이 ao=아오 ou=어우 an=안 en=언 ang=앙 eng=엉 er=얼 ong=웅 i=이 ia=야 io=요 "
    "ie=예 iai=야이 iao=야오 iou=유 ian=옌 in=인 iang=양 ing=잉 iong=융 u=우 ua=와 uo=워 uai=와이 uei=우이 "
    "uan=완 uen=운 uang=왕 ü=위 üe=웨 üan=위안 ün=윈 ï=으"
)
HANGUL_ZERO = pairs("uei=웨이 uen=원 ueng=웡")
UNGLIDED = {2: 0, 7: 5, 12: 8, 17: 13}
"""After ㅈ, ㅉ, ㅊ: ya, ye, yo, yu are written a, e, o, u."""


def hangul(syllable: str) -> str:
    """South Korean loanword spelling: the initial put before the final's first syllable block."""
    initial, final = parts(syllable)
    blocks = (HANGUL_ZERO.get(final, "") if not initial else "") or HANGUL_FINAL[final]
    onset = HANGUL_INITIAL[initial]
    index = ord(blocks[0]) - 0xAC00
    vowel, coda = index // 28 % 21, index % 28
    if onset in "ㅈㅉㅊ":
        vowel = UNGLIDED.get(vowel, vowel)
    return chr(0xAC00 + HANGUL_ONSETS.index(onset) * 588 + vowel * 28 + coda) + blocks[1:]


KANA_ROW = pairs(  # the kana before a, i, u, e, o
    "b=パ/ピ/プ/ペ/ポ p=パ/ピ/プ/ペ/ポ m=マ/ミ/ム/メ/モ f=ファ/フィ/フ/フェ/フォ d=タ/ティ/トゥ/テ/ト "
    "t=タ/ティ/トゥ/テ/ト n=ナ/ニ/ヌ/ネ/ノ l=ラ/リ/ル/レ/ロ g=カ/キ/ク/ケ/コ k=カ/キ/ク/ケ/コ "
    "h=ハ/ヒ/フ/ヘ/ホ j=チャ/チ/チュ/チェ/チョ q=チャ/チ/チュ/チェ/チョ x=シャ/シ/シュ/シェ/ショ "
    "zh=チャ/チ/チュ/チェ/チョ ch=チャ/チ/チュ/チェ/チョ sh=シャ/シ/シュ/シェ/ショ r=ラ/リ/ル/レ/ロ "
    "z=ツァ/ツ/ツ/ツェ/ツォ c=ツァ/ツ/ツ/ツェ/ツォ s=サ/ス/ス/セ/ソ =ア/イ/ウ/エ/オ"
)
KANA_FINAL = pairs(
    "a=aー o=oー e=oー ai=aイ ei=eイ ao=aオ ou=oウ an=aン en=eン ang=aン eng=oン ong=oン i=iー ia=iア ie=iエ "
    "iao=iアオ iou=iウ ian=iエン in=iン iang=iアン ing=iン iong=iオン u=uー uo=uオ uen=uン uei=uイ üe=uエ "
    "ün=uン ü=uイ ï=iー"
)
KANA_WHOLE = pairs(
    "er=アル wu=ウー wang=ワン wan=ワン wei=ウェイ wen=ウェン wo=ウォー yi=イー yin=イン ying=イン yan=イエン "
    "yang=ヤン yao=ヤオ ye=イエ you=ヨウ yong=ヨン yu=ユイ yue=ユエ yun=ユン yuan=ユワン ya=ヤー hua=ホワ "
    "huan=ホワン huang=ホワン hui=ホイ duo=トゥオ tuo=トゥオ fo=フォー"
)
KANA_UNSURE = ("ua", "uai", "uan", "uang", "üan", "ueng")


def katakana(syllable: str) -> str:
    """As several Japanese dailies write Mandarin; empty where they differ too much."""
    if syllable in KANA_WHOLE:
        return KANA_WHOLE[syllable]
    initial, final = parts(syllable)
    if final in KANA_UNSURE or final not in KANA_FINAL:
        return ""
    if final == "e" and initial in ("d", "t", "n", "m", "r", "s"):
        return ""
    pattern = KANA_FINAL[final]
    return KANA_ROW[initial].split("/")["aiueo".index(pattern[0])] + pattern[1:]


YALE_INITIAL = pairs("zh=j q=ch x=sy z=dz c=ts")
YALE_FINAL = pairs(
    "ao=au ong=ung ia=ya ie=ye iao=yau iou=you ian=yan iang=yang iong=yung ua=wa uo=wo uai=wai uei=wei "
    "uan=wan uen=wun uang=wang ü=yu üe=ywe üan=ywan ün=yun"
)
YALE_WHOLE = pairs(
    "zhi=jr chi=chr shi=shr ri=r zi=dz ci=tsz si=sz bo=bwo po=pwo mo=mwo fo=fwo yao=yau yong=yung yue=ywe "
    "yuan=ywan yun=yun"
)


def yale(syllable: str) -> str:
    """Yale; after sy- the glide is not written twice."""
    initial, final = parts(syllable)
    if syllable in YALE_WHOLE or not initial:
        return YALE_WHOLE.get(syllable) or {"ao": "au"}.get(syllable, syllable)
    spelt = YALE_FINAL.get(final, final)
    if initial == "x" and spelt.startswith("y"):
        spelt = spelt[1:]
    return YALE_INITIAL.get(initial, initial) + spelt


TONGYONG_FINAL = pairs("iou=iou uei=uei uen=un ü=yu üe=yue üan=yuan ün=yun iong=yong")
TONGYONG_WHOLE = pairs("wen=wun weng=wong feng=fong")


def tongyong(syllable: str) -> str:
    """Tongyong Pinyin (Taiwan, 2002 to 2008; place and personal names keep it)."""
    initial, final = parts(syllable)
    if syllable in TONGYONG_WHOLE or not initial:
        return TONGYONG_WHOLE.get(syllable, syllable)
    letter = {"zh": "jh", "q": "c", "x": "s"}.get(initial, initial)
    return letter + ("ih" if final == "ï" else TONGYONG_FINAL.get(final, final))


CZECH_INITIAL = pairs("b=p p=pch d=t t=tch g=k k=kch h=ch j=ť q=čch x=s zh=č ch=čch sh=š r=ž z=c c=cch")
CZECH_FINAL = pairs("ai=aj ei=ej ong=ung ian=ien iong=iung uai=uaj uei=uej uen=un ï='")
CZECH_ZERO = pairs(
    "i=i ia=ja ie=jie iao=jao iou=jou ian=jen in=jin iang=jang ing=jing iong=jung iai=jaj u=wu ua=wa uo=wo "
    "uai=waj uei=wej uan=wan uen=wen uang=wang ueng=weng ü=jü üe=jüe üan=jüan ün=jün"
)


def czech(syllable: str) -> str:
    """The Czech standard transcription."""
    initial, final = parts(syllable)
    if not initial:
        return CZECH_ZERO.get(final) or CZECH_FINAL.get(final, final)
    return CZECH_INITIAL.get(initial, initial) + CZECH_FINAL.get(final, final)


HUNGARIAN_INITIAL = pairs("b=p d=t g=k j=cs q=cs x=hsz zh=cs ch=cs sh=s r=zs z=c s=sz")
HUNGARIAN_FINAL = pairs("ai=aj ei=ej ong=ung iou=iu ian=ien iong=iung uai=uaj uei=uj uen=un")
HUNGARIAN_ZERO = pairs(
    "i=ji iou=ju ian=jen iong=jung ü=jü üe=jüe üan=jüan ün=jün u=vu uei=vej uen=ven ueng=veng uai=vaj e=o"
)


def hungarian(syllable: str) -> str:
    """The popular spelling, which does not write aspiration."""
    initial, final = parts(syllable)
    if not initial:
        plain = "j" + final if final in ("in", "ing") else final.replace("i", "j", 1) if final[0] == "i" else final
        return HUNGARIAN_ZERO.get(final) or HUNGARIAN_FINAL.get(final, "v" + plain[1:] if final[0] == "u" else plain)
    if final == "ï":
        final = "i" if initial in ("sh", "r") else "e"
    elif final == "e":
        final = "o" if initial in ("g", "k", "h", "m") else "ö"
    elif final == "uo" and initial not in ("g", "k", "h", "sh"):
        final = "o"
    return HUNGARIAN_INITIAL.get(initial, initial) + HUNGARIAN_FINAL.get(final, final)


SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    wade_giles,
    wade_giles_press,
    palladius,
    palladius_latin,
    hangul,
    katakana,
    yale,
    tongyong,
    czech,
    hungarian,
)


if __name__ == "__main__":
    sys.exit(main())
