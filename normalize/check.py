"""THE FLOW, on one screen: a document goes in, everything found in it comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normalize.index.lexicon import lexicon
from normalize.index.pack import Pack
from normalize.index.scan import scan
from normalize.model import Candidate, Checked, Document, Evidence, Finding, Form, Origin, Resolution
from normalize.names.context import read_context
from normalize.names.resolve import resolve
from normalize.names.unknown import unknown_names
from normalize.origin import TELLING, infer_origin
from normalize.record import NOTHING, Record, replace
from normalize.rules.kinds import KINDS
from normalize.rules.view import View
from normalize.suppress import apply_suppressions, speaks
from normalize.tables.records import Rule, Style
from normalize.text.cues import Cues
from normalize.text.dates import story_date
from normalize.text.languages import Profiles, detect
from normalize.text.segments import segment, shown

if TYPE_CHECKING:
    from normalize.names.foreign import Foreign
    from normalize.text.shown import Shown

BY_KEY = ("order", "prints", "second")
"""The keys of a style that hold many: a project adds to them, and its own win."""

NEARLY = "NAM004"
"""The rule that takes a name which no table knows for somebody's."""
TARGETS = ("en",)
"""Languages that have a pack of rules; in others names are read, and nothing is judged."""


class Checker(Record):
    """An index and the choices of a run; one is made and used for every document."""

    pack: Pack
    style: str = "neutral"
    language: str = ""
    ignore: tuple[str, ...] = ()
    own_tables: tuple[Path, ...] = ()
    """The project's tables that ``pack`` was compiled with, for other processes to open the same."""
    prints: Mapping[str, Any] = NOTHING
    """What the project prints otherwise than its style: keys of a style."""
    encoding: str = ""
    """That of files that are not UTF-8, where the user says one."""
    date: str = ""
    """ISO date of texts that do not say theirs."""

    def check(self, document: Document) -> Checked:
        """Everything found in ``document``, in the order of its text."""
        seen = shown(document, self.cues) if document.markup not in ("plain", "markdown") else None
        checked = seen.carry_back(self.judge(self.as_shown(seen, document)), document) if seen else self.judge(document)
        if not speaks(document.text):
            return checked
        judging = [rule for rule in self.all_rules if checked.document.language.split("-")[0] in rule.targets]
        known = self.pack.record("rules")
        findings, allowed = apply_suppressions(checked.document, checked.findings, judging, known)
        return replace(checked, findings=tuple(findings), allowed=tuple(allowed))

    def judge(self, document: Document) -> Checked:
        """Everything found in the words of ``document``, what its comments allow included."""
        document = self.read_structure(document)
        hits = scan(document.text, [segment.span for segment in document.segments], self.pack)
        context = read_context(document, hits, self.pack)
        resolutions = resolve(document, hits, context, self.pack, self.house)
        view = View(document, tuple(hits), context, tuple(resolutions), self.pack, lexicon("en"), self.house)
        findings = [f for rule in self.rules(document) for f in KINDS[rule.kind](view, rule)]
        origin = infer_origin(findings, {rule.code: rule.telltale for rule in self.all_rules})
        findings = list(self.weigh(findings, document, origin))
        return Checked(document, tuple(sorted(findings, key=_place)), origin, view.resolutions)

    def as_shown(self, seen: Shown, source: Document) -> Document:
        """The words that a reader sees as a document; what a page declares to be its language is held against them."""
        document = seen.document(source, self.cues)
        if self.language or document.language or not seen.declared:
            return document
        guess = detect(document.text, self.profiles)
        differs = guess.sure and guess.language != seen.declared.partition("-")[0].lower()
        return replace(document, language=guess.language if differs else seen.declared, language_sure=True)

    def mentions(self, checked: Checked) -> list[Resolution]:
        """Every name in a checked document, in the order of its text: whom the tables know, right or wrong, with the
        evidence, and the people whom they do not (verdict ``unknown``, or in other scripts ``unsure``).
        """
        hits = scan(checked.document.text, [segment.span for segment in checked.document.segments], self.pack)
        taken = [r for r in checked.resolutions if r.kind == "person" or r.verdict == "sure"]
        taken += [self._likely(finding) for finding in checked.findings if finding.code == NEARLY]
        found = unknown_names(checked.document, hits, checked.resolutions, self.pack)
        unknown = [other for other in found if not any(other.span.overlaps(r.span) for r in taken)]
        named = [*taken, *unknown]
        named += self.foreign.names(checked.document, [r.span for r in (*named, *checked.resolutions)])
        spans = {mention.span for mention in named}
        rest = [r for r in checked.resolutions if r.span not in spans]
        named += [r for r in rest if not any(r.span.overlaps(span) for span in spans)]
        return sorted(named, key=lambda mention: mention.span)

    def _likely(self, finding: Finding) -> Resolution:
        """The person whom a finding takes an unknown name for."""
        form = Form(finding.text, finding.entity, "weak", finding.channel, finding.message)
        name = self.pack.entity(finding.entity).name
        candidate = Candidate(finding.entity, name, finding.confidence, form)
        right = finding.replacements[0]
        return Resolution(finding.span, finding.text, "unsure", (candidate,), finding.evidence, replacement=right)

    def read_structure(self, document: Document) -> Document:
        """The document with its language, date and segments."""
        language, sure = self.language or document.language, True
        if not language:
            guess = detect(document.text, self.profiles)
            language, sure = guess.language, guess.sure
        document = replace(
            document,
            language=language,
            language_sure=sure,
            segments=document.segments or segment(document.text, document.markup, self.cues),
        )
        return (
            document
            if document.date
            else replace(document, date=story_date(document.text, self.months, self.cues.date_words) or self.date)
        )

    def rules(self, document: Document) -> list[Rule]:
        """The rules that judge texts of the document's language and format."""
        language = document.language.split("-")[0]
        return [rule for rule in self.all_rules if language in rule.targets and document.markup in rule.formats]

    def weigh(self, findings: Iterable[Finding], document: Document, origin: tuple[Origin, ...]) -> Iterator[Finding]:
        """Severities with the origin and the certainty of the language in view."""
        likely = {o.language: o for o in origin if o.probability >= TELLING}
        raised = {rule.code for rule in self.all_rules if rule.raised_by_origin}
        for finding in findings:
            channel = next((channel for channel in finding.channel.split() if channel in likely), "")
            if finding.code in raised and channel:
                reason = Evidence("origin", f"reads as translated from {channel}")
                finding = replace(finding, severity="warning", evidence=(*finding.evidence, reason))
            if not document.language_sure:
                finding = replace(finding, severity="info", safety="show")
            yield finding

    @cached_property
    def all_rules(self) -> list[Rule]:
        """Every rule that is not ignored, by code."""
        rules: dict[str, dict[str, Any]] = self.pack.record("rules")
        return [_rule(raw) for code, raw in rules.items() if not code.startswith(self.ignore)]

    @cached_property
    def house(self) -> Style:
        """The house style."""
        style = Style(**{**{key: {} for key in BY_KEY}, **self.pack.record(f"style/{self.style}")})
        both = {key: {**getattr(style, key), **self.prints.get(key, {})} for key in BY_KEY}
        return replace(style, **{**self.prints, **both})

    @cached_property
    def foreign(self) -> Foreign:
        """The people of the index, to be recognised in other scripts."""
        from normalize.names.foreign import Foreign
        from normalize.tables.locate import tables_root

        return Foreign(self.pack, tables_root())

    @cached_property
    def profiles(self) -> Profiles:
        """The function words of each language."""
        return Profiles((name, frozenset(words)) for name, words in self.pack.record("profiles").items())

    @cached_property
    def cues(self) -> Cues:
        """The words by which an article's parts are told apart."""
        structure: dict[str, list[str]] = self.pack.record("language/en")["structure"]
        return Cues(**{key: type(getattr(Cues(), key))(words) for key, words in structure.items()})

    @cached_property
    def months(self) -> dict[str, int]:
        """The names of the months in English."""
        months: dict[str, int] = self.pack.record("language/en")["months"]
        return months


def _rule(raw: dict[str, Any]) -> Rule:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Rule(**fields)


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.span.start, finding.span.end, finding.code
