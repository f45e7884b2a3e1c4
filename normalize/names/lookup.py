"""One name without a text: which entities have it among their forms.

The forms of a user's rows are generated when first asked for, a scheme's for all rows at once, and only those schemes
whose script the query is written in. They are kept under a *squeezed* key, in which word boundaries, case and marks
play no part, and compared exactly on a hit; so a table of ten thousand rows starts at once.
"""

from __future__ import annotations

import functools
import gc
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalize.channels import names as schemes_engine
from normalize.channels.endings import bases, without_patronymic
from normalize.channels.established import by_form, established
from normalize.channels.generic import generics, is_unspaced
from normalize.channels.keys import Keys
from normalize.channels.native import Name, names_of, part
from normalize.channels.readings import is_han, plain_han, same_characters
from normalize.errors import TableError
from normalize.index.pack import Pack
from normalize.model import Entity, Form, Organisation, Person, Place, Role, Term, Verdict
from normalize.names.consonants import Consonants
from normalize.names.forms import NAMING
from normalize.names.recognise import Recogniser
from normalize.names.romanise import search_key
from normalize.record import Record, replace
from normalize.tables.load import load_schemes
from normalize.tables.read import Source, rows
from normalize.tables.records import Scheme
from normalize.text.fold import fold, key
from normalize.text.pattern import pattern

COLUMNS = ("id", "name", "native", "language", "kind")
KINDS: dict[str, type[Entity]] = {"person": Person, "place": Place, "organisation": Organisation, "term": Term}

STRENGTH: dict[Role, float] = {
    "name": 1.0, "alias": 0.99, "exonym": 0.98, "reading": 0.97, "weak": 0.6, "misreading": 0.6,
}  # fmt: skip
"""How far a form alone names its owner. A weak one needs a context, and here is none."""
MARKS = {"same": 1.0, "bare": 0.98, "some": 0.95, "other": 0.8}
"""What is left where the marks of the query are those of the form, none, some of them, or others."""
SPACED = 0.9
"""What is left where the words are parted elsewhere ("He Li Feng", "Helifeng")."""
STRIPPED = 0.99
"""What is left where a generic word (Tỉnh, 省) had to be taken off the query."""
OTHER_LANGUAGE = 0.95
"""What is left where the form is another language's than the one that was said."""
ROMANISED = 0.5
"""At most, where only a romanisation of the query found the form."""
INFLECTED = 0.8
"""What is left where an ending or a patronymic had to be taken off: it may tell two people apart."""
CONSONANTS = 0.5
"""Where only the consonants are the same: Hassan and Hussein have the same."""
SURE = 0.85
LEAST = 0.15
"""Below it, nobody is likelier than chance to be meant."""
NEAR = 0.92
"""A second candidate with so much of the first one's score makes it unsure."""
MOST_KEYS = 64
"""Forms of a row in one scheme that are looked up; the likeliest come first."""

Slot = tuple[str, int, int | str]
"""A form, the number of its row, the number of its scheme; OWN, NATIVE, or the language of an established form."""
OWN, NATIVE = -1, -2
BY_SYLLABLES = frozenset({"zh", "vi", "ko", "yue"})
"""Native languages of short names, which are found by exact syllables or not at all (Wang Li is not Wang Yi)."""
HAN_READINGS = ("hanviet", "korean-hanja")
"""Schemes by which Han characters may stand for a Vietnamese or Korean name."""


class Answer(Record):
    """An entity that a query may name."""

    id: str
    name: str
    score: float
    route: str
    is_exact: bool = True
    """Whether one of its forms is the query; nothing else is ever sure."""


class Resolved(Record):
    """What is said of one query: the candidates, the likeliest first."""

    query: str
    verdict: Verdict
    candidates: tuple[Answer, ...]


class Gazetteer:
    """The shipped hubs and the user's rows, looked up by form."""

    def __init__(self, pack: Pack, table_paths: Iterable[Path], root: Path, *, only_tables: bool) -> None:
        """Read the user's tables; TableError names file and line of a bad row."""
        self._pack, self._only_tables, self._root = pack, only_tables, root
        self._rows = [row for path in table_paths for row in read_rows(path)]
        self._generics = generics(root)
        spoken = {tag for row in self._rows for tag in (row.language, row.language.partition("-")[0]) if row.native}
        spoken |= {"zh"} if spoken else set()  # Korean and Vietnamese names may have a Han form
        self._schemes = [s for s in load_schemes(root).values() if spoken.intersection(s.reads)]
        self._slots: dict[str, list[Slot]] = defaultdict(list)
        self._generated: set[int] = set()
        self._names: dict[str, tuple[str, str]] = {}
        """Shipped hubs that a row equals, with the row's id and name."""
        for number, row in enumerate(self._rows):
            if not only_tables and (shipped := self._shipped(row)):
                self._names[shipped] = (row.id, row.name)
            self._add(row.name, number, OWN)
            if row.native:
                self._add_native(row, number)

    @functools.cached_property
    def _parted(self) -> dict[tuple[str, str], list[tuple[int, Name]]]:
        """The native names, ready for the schemes, with the numbers of their rows; by language and kind."""
        found: dict[tuple[str, str], list[tuple[int, Name]]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for name in names_of(row, self._root):
                found[name.language, name.kind].append((number, name))
        return found

    def _add_native(self, row: Row, number: int) -> None:
        """The native form as it stands and without its generic word, and what usage made of it."""
        bare = self._generics.strip(row.native, row.language) if row.kind == "place" else row.native
        for text in dict.fromkeys((row.native, bare)):
            self._add(text, number, NATIVE)
        for language, text in established(row.native, row.language, self._root):
            self._add(text, number, language)

    def _add(self, text: str, row: int, how: int | str) -> None:
        self._slots[self._squeeze(text)].append((text, row, how))

    def _squeeze(self, text: str) -> str:
        """The squeezed key, in which Han characters of all countries are one."""
        squeezed = squeeze(text)
        return squeezed if squeezed.isascii() else plain_han(squeezed, self._root)

    def _generate_all(self, numbers: list[int]) -> None:
        """Enter the forms of the schemes that have not been entered yet."""
        new = [number for number in numbers if number not in self._generated]
        if not new:
            return
        gc.disable()  # what is made here stays: going through it again and again would take half of the time
        try:
            for number in new:
                self._generate(number)
        finally:
            gc.enable()

    def _generate(self, number: int) -> None:
        """Enter the forms of every row under one scheme."""
        self._generated.add(number)
        scheme, slots = self._schemes[number], self._slots
        keys = Keys(scheme, self._root, squeeze, MOST_KEYS)
        for names in self._parted.values():
            if not schemes_engine.suits(scheme, names[0][1]):
                continue
            for row, name in names:
                for squeezed, text in keys.of(name):
                    slots[squeezed].append((text, row, number))

    @property
    def size(self) -> int:
        """How many forms have been entered so far."""
        return sum(map(len, self._slots.values()))

    def some_forms(self, count: int, random_: random.Random) -> list[str]:
        """At most ``count`` of the generated forms entered so far, drawn at random."""
        every = (slot for slots in self._slots.values() for slot in slots)
        texts = [text for text, _, how in every if isinstance(how, int) and how >= 0]
        return random_.sample(texts, min(count, len(texts)))

    def _shipped(self, entity: Entity) -> str:
        """The id of the shipped hub that a row equals, or nothing."""
        for form in self._pack_forms(key(entity.native or entity.name)):
            if entity.native and same_characters(form.text, entity.native, self._root):
                return form.owner
            if not entity.native and form.role in ("name", "alias"):
                return form.owner
        return ""

    def _pack_forms(self, words: str) -> list[Form]:
        return [form for form in self._pack.forms(words) if form.role in NAMING]

    def resolve(self, query: str, language: str = "") -> Resolved:
        """Who ``query``, written in ``language``, may be; unsure where two entities share the form."""
        language = language.partition("-")[0].lower()
        candidates = self._candidates(query, language, 1.0)
        bare = query
        while (not candidates or candidates[0].score < SURE) and (less := self._generics.strip(bare, language)) != bare:
            bare = less
            found = self._candidates(bare, language, STRIPPED, places=True)
            candidates = [answer for answer in found if answer.score >= SURE] or candidates
        if not candidates:
            others = filter(None, (without_patronymic(query), *bases(query, language)))
            changed = (self._candidates(other, language, INFLECTED) for other in others)
            candidates = _best(answer for answers in changed for answer in answers)
        if not candidates:
            candidates = self._by_spelling(query)
            if not candidates or candidates[0].score < ROMANISED:
                candidates = _best([*candidates, *self._otherwise(query, language)])
        return Resolved(query, _verdict(candidates), tuple(candidates))

    def _by_spelling(self, query: str) -> list[Answer]:
        """The entities whose English names ``query``, in another script, may spell."""
        found = (self._recogniser.find(text) for text in (query, without_patronymic(query)) if text)
        return _best(
            Answer(*self._known[match.row], match.score, f"learned spelling of {self._known[match.row][1]}", False)
            for matches in found
            for match in matches
        )

    @functools.cached_property
    def _known(self) -> list[tuple[str, str]]:
        """Id and English name of every entity, the user's first; those of shipped hubs that a row equals but once."""
        own = [(row.id, row.name) for row in self._rows]
        if self._only_tables:
            return own
        hubs = (self._pack.entity(id_) for id_ in self._pack.names() if id_.partition("/")[0] in (*KINDS, "office"))
        return own + [(hub.id, hub.name) for hub in hubs if hub.id not in self._names]

    @functools.cached_property
    def _recogniser(self) -> Recogniser:
        """Over the English names, but of those rows whose syllables schemes spell: near is another person there."""
        own = ["" if row.native and row.language.partition("-")[0] in BY_SYLLABLES else row.name for row in self._rows]
        return Recogniser(own + [name for _, name in self._known[len(own) :]], self._root)

    def _otherwise(self, query: str, language: str) -> list[Answer]:
        """What no table of spellings finds: by conventions of English, a romanisation, consonants, Han readings."""
        read = (self._candidates(form, "", 1.0) for form in self._english_readings(query, language))
        candidates = _best(replace(a, score=min(a.score, ROMANISED)) for answers in read for a in answers)
        if not candidates and (romanised := search_key(query)) and romanised != key(query):
            found = self._candidates(romanised, language, 1.0)
            candidates = [replace(answer, score=min(answer.score, ROMANISED)) for answer in found]
        return candidates or list(self._by_consonants(query, language)) or self._by_han(query, language)

    def _english_readings(self, query: str, language: str) -> Iterator[str]:
        """A query in an alphabet other than Latin, as English conventions spell that language."""
        if language and not fold(query[:1]).isascii():
            name = part(query, language, self._root)
            for scheme in self._english:
                if schemes_engine.suits(scheme, name):
                    yield from schemes_engine.apply(scheme, name, self._root)[:MOST_KEYS]

    @functools.cached_property
    def _english(self) -> list[Scheme]:
        return [scheme for scheme in load_schemes(self._root).values() if scheme.accepted]

    def _by_consonants(self, query: str, language: str) -> Iterator[Answer]:
        """The rows that share the consonants of ``query``, in scripts that write no vowels."""
        for number, consonants in self._consonants.find(query, language):
            row = self._rows[number]
            yield Answer(row.id, row.name, CONSONANTS, f"the consonants {consonants} of {row.native}")

    def _by_han(self, query: str, language: str) -> list[Answer]:
        """The Vietnamese and Korean names that Han characters of ``query`` may be read as."""
        if not is_han(query) or not {"vi", "ko"} & {row.language for row in self._rows}:
            return []
        name = part(query, "zh", self._root)
        read = [s for s in self._schemes if s.id in HAN_READINGS]
        texts = [text for scheme in read for text in schemes_engine.apply(scheme, name, self._root)]
        found = (self._candidates(text, language, STRENGTH["weak"]) for text in texts)
        return _best(
            Answer(a.id, a.name, a.score, f"{text} is a reading of {query}")
            for text, answers in zip(texts, found, strict=True)
            for a in answers
        )

    @functools.cached_property
    def _consonants(self) -> Consonants:
        return Consonants(self._rows)

    def _candidates(self, query: str, language: str, share: float, *, places: bool = False) -> list[Answer]:
        """The entities that have ``query`` among their forms; with ``places``, places alone."""
        squeezed = self._squeeze(query)
        if not squeezed:
            return []
        best: dict[str, Answer] = {}
        for text, role, channel, id_, name, route in self._forms(query, squeezed, language, places):
            score = STRENGTH[role] * MARKS[compare(query, text)] * share
            if key(query) != key(text) and not same_words(query, text):
                score *= SPACED
            if language and channel and language != channel:
                score *= OTHER_LANGUAGE
            if id_ not in best or score > best[id_].score:
                best[id_] = Answer(id_, name, round(score, 3), route)
        return sorted(best.values(), key=lambda a: (-a.score, a.id))

    def _forms(
        self, query: str, squeezed: str, language: str, places: bool
    ) -> Iterator[tuple[str, Role, str, str, str, str]]:
        """The forms that share the squeezed key: text, role, channel, id and name of the owner, route."""
        if not self._only_tables:
            for form in self._pack_forms(key(query)):
                id_, name = self._names.get(form.owner) or (form.owner, self._pack.entity(form.owner).name)
                yield form.text, form.role, form.channel, id_, name, form.route or f"{form.role} of {name}"
            for text, other, native in self._established.get(squeezed, ()):
                for form in self._pack_forms(key(native)):
                    if form.role in ("name", "alias", "exonym") and key(form.text) == key(native):
                        id_, name = self._names.get(form.owner) or (form.owner, self._pack.entity(form.owner).name)
                        yield text, "exonym", other, id_, name, f"established form of {native}"
        for text, number, scheme in self._found(squeezed, language):
            row = self._rows[number]
            if places and row.kind != "place":
                continue
            if scheme == OWN:
                yield text, "name", "", row.id, row.name, "canonical name"
            elif isinstance(scheme, str):
                yield text, "exonym", scheme, row.id, row.name, f"established form of {row.native}"
            elif scheme == NATIVE:
                yield text, "exonym", row.language.partition("-")[0], row.id, row.name, "native form"
            else:
                used = self._schemes[scheme]
                role: Role = "misreading" if used.misreads else "reading"
                yield text, role, used.channel, row.id, row.name, f"{used.name} of {row.native}"

    @functools.cached_property
    def _established(self) -> dict[str, list[tuple[str, str, str]]]:
        """The established forms, by squeezed key."""
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for row in by_form(self._root):
            found[self._squeeze(row[0])].append(row)
        return found

    def _found(self, squeezed: str, language: str) -> list[Slot]:
        """The slots of a key, after generating what may hold it: the language's own schemes, else all of the script."""
        script = script_of(squeezed)
        own, others = self._by_script(script, language)
        self._generate_all(own)
        if squeezed not in self._slots:
            self._generate_all(others)
        return self._slots.get(squeezed, [])

    @functools.cache  # noqa: B019 - one gazetteer lives as long as its process
    def _by_script(self, script: str, language: str) -> tuple[list[int], list[int]]:
        """The numbers of the schemes that write in ``script``: those of ``language`` (all if empty), the others."""
        fitting = [n for n, s in enumerate(self._schemes) if script in scripts_of(s)]
        own = [n for n in fitting if not language or self._schemes[n].channel == language]
        return own, [n for n in fitting if n not in own]


@functools.cache
def _example_scripts(forms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(script_of(squeeze(form)) for form in forms)


def scripts_of(scheme: Scheme) -> frozenset[str]:
    """The scripts a scheme writes in, told by its examples."""
    return _example_scripts(tuple(example.form for example in scheme.examples))


_ALIKE = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ے": "ی", "ہ": "ه"}  # as Arabic, Persian and Urdu keyboards type them
    | dict(zip("ผถขฝสฉห", "พทคฟซชฮ", strict=True))  # Thai letters of two classes for one sound
    | dict.fromkeys("・\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c", "")  # middle dot; Thai tone marks, short, mute
)
_SILENT_H = pattern("ฮ(?=[งญณนมยรลว])")
"""The h that only changes the class of the Thai letter behind it."""
_GAPS = pattern("[^0-9a-z]+")


def squeeze(text: str) -> str:
    """What remains of a form when gaps, case and marks are gone.

    >>> squeeze("Hé Lì-fēng"), squeeze("Hsi Chin-p'ing"), squeeze("محمد")
    ('helifeng', 'hsichinping', 'محمد')
    """
    folded = fold(text)
    if folded.isascii():
        return _GAPS.sub("", folded)
    return _SILENT_H.sub("", key(text).replace(" ", "").translate(_ALIKE))


@functools.lru_cache(4096)
def script_of_char(char: str) -> str:
    """The first word of a letter's name: LATIN, CYRILLIC, CJK, HANGUL …; hiragana and katakana are KANA."""
    name = unicodedata.name(char, "OTHER").split()[0]
    return {"HIRAGANA": "KANA", "KATAKANA": "KANA", "KATAKANA-HIRAGANA": "KANA"}.get(name, name)


def script_of(text: str) -> str:
    """The script of a text's first letter."""
    return "LATIN" if text[:1].isascii() else script_of_char(text[0])


def compare(query: str, form: str) -> str:
    """How the marks of ``query`` go with those of ``form``: ``same``, ``bare`` (none), ``some`` of them, or ``other``.

    >>> compare("Vuong Nghi", "Vương Nghị"), compare("Vuong Nghị", "Vương Nghị"), compare("Tần Cương", "Tân Cương")
    ('bare', 'some', 'other')
    """
    if query == form:
        return "same"
    here = _marks(query)
    if not here:
        return "same" if form.isascii() else "bare"
    there = _marks(form)
    return "same" if here == there else "other" if here - there else "some"


def _marks(text: str) -> Counter[str]:
    if text.isascii():
        return Counter()
    return Counter(c for c in unicodedata.normalize("NFD", text.lower()) if c == "đ" or unicodedata.combining(c) >= 200)


def same_words(query: str, form: str) -> bool:
    """Whether two spellings with one squeezed key part their words alike; scripts without spaces always do.

    >>> same_words("He Lifeng", "He Li Feng"), same_words("習近平", "习近平"), same_words("علي", "علی")
    (False, True, True)
    """
    if query[:1].isascii():
        return False
    return is_unspaced(query[0]) or key(query).translate(_ALIKE) == key(form).translate(_ALIKE)


def _best(found: Iterable[Answer]) -> list[Answer]:
    """The best answer for each entity, the likeliest first."""
    best: dict[str, Answer] = {}
    for answer in found:
        if answer.id not in best or answer.score > best[answer.id].score:
            best[answer.id] = answer
    return sorted(best.values(), key=lambda a: (-a.score, a.id))


def _verdict(candidates: list[Answer]) -> Verdict:
    if not candidates or candidates[0].score < LEAST:
        return "unknown"  # who is listed all the same is merely the nearest
    alone = len(candidates) == 1 or candidates[1].score < candidates[0].score * NEAR
    return "sure" if alone and candidates[0].is_exact and candidates[0].score >= SURE else "unsure"


def read_rows(path: Path) -> Iterable[Row]:
    """The rows of a user's table as hubs."""
    for number, (id_, name, native, language, kind) in rows(Source(path), COLUMNS):
        if not id_ or not name:
            raise TableError(f"{path}:{number}: a row needs an id and a name")
        if kind and kind not in (*KINDS, "office"):
            raise TableError(f'{path}:{number}: "{kind}" is no kind; person, place, organisation, office, term or none')
        yield Row(id=id_, name=name, native=native, language=language, names={}, row_kind=kind)


class Row(Entity, kw_only=True):
    """A row of a user's table: its id is the user's own, so its kind stands beside it."""

    row_kind: str = ""

    @property
    def kind(self) -> str:
        """The kind the row names; one without may be a person as well as a place."""
        return self.row_kind or "person"


__all__ = ["Answer", "Gazetteer", "Resolved", "compare", "read_rows", "squeeze"]
