"""One name without a text: which entities have it among their forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from normalize.channels import names as schemes_engine
from normalize.channels.readings import same_characters
from normalize.errors import TableError
from normalize.index.pack import Pack
from normalize.model import Entity, Form, Organisation, Person, Place, Role, Term, Verdict
from normalize.names.mentions import NAMING, compare_marks
from normalize.names.romanise import search_key
from normalize.tables.load import load_schemes
from normalize.tables.read import Source, rows
from normalize.text.fold import key

COLUMNS = ("id", "name", "native", "language", "kind")
KINDS: dict[str, type[Entity]] = {"person": Person, "place": Place, "organisation": Organisation, "term": Term}

STRENGTH: dict[Role, float] = {"name": 1.0, "alias": 0.99, "exonym": 0.98, "reading": 0.97, "weak": 0.6}
"""How far a form alone names its owner. A weak one needs a context, and here is none."""
MARKS = {"same": 1.0, "bare": 0.98, "other": 0.8}
OTHER_LANGUAGE = 0.95
"""What remains where the form is another language's than the one that was said."""
SURE = 0.85
ROMANISED = 0.5
"""At most, where only a romanisation that knows no language found the form."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An entity that a query may name."""

    id: str
    name: str
    score: float
    route: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is said of one query: the candidates, the likeliest first."""

    query: str
    verdict: Verdict
    candidates: tuple[Answer, ...]


class Gazetteer:
    """The shipped hubs and the user's rows, looked up by form."""

    def __init__(self, pack: Pack, table_paths: Iterable[Path], root: Path, *, only_tables: bool) -> None:
        """Read the user's tables and generate their forms; TableError names file and line of a bad row."""
        self._pack, self._only_tables = pack, only_tables
        self._names: dict[str, tuple[str, str]] = {}
        self._forms: dict[str, list[Form]] = defaultdict(list)
        paths = list(table_paths)
        schemes = list(load_schemes(root).values()) if paths else []
        for entity in (entity for path in paths for entity in read_rows(path)):
            shipped = self._shipped(entity, root)
            if shipped and not only_tables:
                self._names[shipped] = (entity.id, entity.name)
            self._names[f"row {entity.id}"] = (entity.id, entity.name)
            own = [Form(entity.name, entity.id, "name", "", "canonical name")]
            if entity.native:
                own.append(Form(entity.native, entity.id, "exonym", entity.language, "native form"))
            for form in (*own, *schemes_engine.forms(entity, schemes, root)):
                self._forms[key(form.text)].append(form)

    def _shipped(self, entity: Entity, root: Path) -> str:
        """The id of the shipped hub that a row equals, or nothing."""
        for form in self._pack_forms(key(entity.native or entity.name)):
            if entity.native and same_characters(form.text, entity.native, root):
                return form.owner
            if not entity.native and form.role in ("name", "alias"):
                return form.owner
        return ""

    def _pack_forms(self, words: str) -> list[Form]:
        return [form for form in self._pack.forms(words) if form.role in NAMING]

    def resolve(self, query: str, language: str = "") -> Resolved:
        """Who ``query``, written in ``language``, may be; unsure where two entities share the form."""
        words = key(query)
        forms = list(self._forms.get(words, ())) if words else []
        if words and not self._only_tables:
            forms += self._pack_forms(words)
        best: dict[str, Answer] = {}
        for form in forms:
            answer = self._answer(query, form, language)
            if answer.id not in best or answer.score > best[answer.id].score:
                best[answer.id] = answer
        if not best and (romanised := search_key(query)) and romanised != words:
            best = {
                a.id: replace(a, score=min(a.score, ROMANISED)) for a in self.resolve(romanised, language).candidates
            }
        candidates = tuple(sorted(best.values(), key=lambda a: (-a.score, a.id)))
        return Resolved(query, _verdict(candidates), candidates)

    def _answer(self, query: str, form: Form, language: str) -> Answer:
        name = self._names.get(form.owner) or self._names.get(f"row {form.owner}")
        id_, canonical = name or (form.owner, self._pack.entity(form.owner).name)
        score = STRENGTH[form.role] * MARKS[compare_marks(query, form.text)]
        if language and form.channel and language.split("-")[0].lower() != form.channel.split("-")[0].lower():
            score *= OTHER_LANGUAGE
        return Answer(id_, canonical, round(score, 3), form.route or f"{form.role} of {canonical}")


def _verdict(candidates: tuple[Answer, ...]) -> Verdict:
    if not candidates:
        return "unknown"
    alone = len(candidates) == 1 or candidates[1].score < candidates[0].score * 0.9
    return "sure" if alone and candidates[0].score >= SURE else "unsure"


def read_rows(path: Path) -> Iterable[Entity]:
    """The rows of a user's table as hubs."""
    for number, (id_, name, native, language, kind) in rows(Source(path), COLUMNS):
        if not id_ or not name:
            raise TableError(f"{path}:{number}: a row needs an id and a name")
        if kind and kind not in (*KINDS, "office"):
            raise TableError(
                f'{path}:{number}: "{kind}" is no kind; person, place, organisation, office, term or empty'
            )
        yield Row(id=id_, name=name, native=native, language=language, names={}, row_kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Entity):
    """A row of a user's table: its id is the user's own, so its kind stands beside it."""

    row_kind: str = ""

    @property
    def kind(self) -> str:
        """The kind the row names; one without may be a person as well as a place."""
        return self.row_kind or "person"
