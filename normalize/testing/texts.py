"""The fixtures `calque` and `assert_translation`: texts checked inside a project's own tests."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from normalize.config import Config, find_config
from normalize.lint import Run
from normalize.model import Checked, Document, Finding, Severity, Span
from normalize.record import Record
from normalize.report.text import escape, render
from normalize.testing.passages import Passage
from normalize.text.reading import decode, read


class Named(Record):
    """Someone or something that a text names: the words, where they stand, the hub's id and its canonical name."""

    text: str
    span: Span
    entity: str
    name: str


class Texts(Record):
    """Checks texts under the settings of the tested project; a text is a string, a file's Path, or a Passage."""

    run: Run

    @classmethod
    def under(cls, folder: Path, config: Config | None = None) -> Texts:
        """With the settings nearest above ``folder``; UsageError if they ask for what is not there."""
        return cls(Run.start(config or find_config(folder)))

    def check(
        self, text: str | Path | Passage, *, language: str = "", markup: Literal["plain", "markdown"] = "plain"
    ) -> Checked:
        """The text with everything that was found in it, in its order.

        ``language`` goes before what the text says of itself; ``markup`` is for strings, files have an ending.
        """
        document = _document(text, markup)
        if language:
            document = dataclasses.replace(document, language=language, language_sure=True)
        return self.run.checker.check(document)

    def assert_clean(
        self,
        text: str | Path | Passage,
        *,
        language: str = "",
        markup: Literal["plain", "markdown"] = "plain",
        fail_on: Severity | None = None,
    ) -> None:
        """Fail with the command's report if anything at or above ``fail_on`` (default: the project's) is found."""
        __tracebackhide__ = True
        checked = self.check(text, language=language, markup=markup)
        found = tuple(f for f in checked.findings if f.reaches(fail_on or self.run.config.fail_on))
        if found:
            raise AssertionError(_report(checked, found))

    def mentions(self, text: str | Path | Passage, *, language: str = "") -> list[Named]:
        """Whom and what the text surely names, in its order; unsure names are left out."""
        checked = self.check(text, language=language)
        return [Named(r.text, r.span, r.best.entity, r.best.name) for r in checked.resolutions if r.verdict == "sure"]


class AssertTranslation(Record):
    """The fixture ``assert_translation``: a generated translation must read well and name the same people."""

    texts: Texts

    def __call__(
        self,
        text: str | Path | Passage,
        *,
        source: str | Path | Passage | None = None,
        reference: str | Path | Passage | None = None,
        language: str = "",
        source_language: str = "",
    ) -> None:
        """Fail if the text has findings, or lacks a person whom the source or the reference surely names in full.

        The people are compared by who they are, whatever the language and spelling: 王毅 in the source is Wang Yi here.
        Numbers, negations, terms, places and omissions are not compared yet, and nothing is aligned.
        """
        __tracebackhide__ = True
        self.texts.assert_clean(text, language=language)
        here = {person.entity for person in self._people(text, language)}
        for role, other, tongue in (("source", source, source_language), ("reference", reference, language)):
            people = self._people(other, tongue) if other is not None else []
            missing = {p.entity: p for p in people if p.entity not in here}
            if missing:
                said = "; ".join(f"{p.name} (“{p.text}”)" for p in missing.values())
                raise AssertionError(escape(f"the {role} names whom the text does not: {said}"))

    def _people(self, text: str | Path | Passage, language: str) -> Iterator[Named]:
        for resolution in self.texts.check(text, language=language).resolutions:
            best = resolution.best
            if resolution.verdict == "sure" and resolution.part == "full" and best.entity.startswith("person/"):
                yield Named(resolution.text, resolution.span, best.entity, best.name)


def _document(text: str | Path | Passage, markup: Literal["plain", "markdown"]) -> Document:
    match text:
        case Path():
            return read(str(text))
        case Passage():
            document = decode(text.text.encode("utf-8", "surrogatepass"), text.where)
            return dataclasses.replace(
                document, markup="plain", language=text.language, language_sure=bool(text.language)
            )
        case str():
            return dataclasses.replace(decode(text.encode("utf-8", "surrogatepass"), "text"), markup=markup)


def _report(checked: Checked, found: tuple[Finding, ...]) -> str:
    many = f"{len(found)} findings" if len(found) > 1 else "1 finding"
    lines = render([dataclasses.replace(checked, findings=found)], colour=False)
    return f"{many}\n" + "\n".join(lines).rstrip("\n")
