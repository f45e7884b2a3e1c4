"""A run of `calque compare`: which texts against which, what was found, how it ends. The doors call this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import normalize
from normalize.check import Checker
from normalize.compare.align import Near
from normalize.compare.compare import Comparer
from normalize.compare.pairs import read_pairs
from normalize.compare.records import Compared, Role, Score, Side
from normalize.compare.scores import corpus_scores, with_scores
from normalize.compare.siblings import compare_siblings
from normalize.errors import InputError, UsageError
from normalize.model import SEVERITIES, Document, Finding, Severity
from normalize.text.reading import find_files, from_text, read

if TYPE_CHECKING:
    from normalize.compare.neural.load import Estimator
    from normalize.compare.neural.records import Tick


@dataclass
class Run:
    """Collects, in argument order, the rewrites that were compared and the paths that were not."""

    checker: Checker
    compared: list[Compared] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    options: str = ""
    scores: tuple[Score, ...] = ()
    """Metrics of all rewrites together, if they were asked for and there is more than one."""
    near: Near | None = None
    """A model's help for alignment, if one was named."""

    @property
    def signature(self) -> str:
        """What makes the run reproducible."""
        return (
            f"calque {normalize.__version__} | tables {self.checker.pack.meta['digest']} | style {self.checker.style}"
            f" | language {self.checker.language or 'auto'} | compare {self.options}"
        )

    def files(self, rewrite: str, references: Sequence[str], source: str, source_language: str) -> None:
        """One rewrite against references and a source; what cannot be read is noted."""
        self.options = f"references {len(references)} source {source_language or ('auto' if source else '-')}"
        document = _in(self._read(rewrite), self.checker.language)
        others: list[tuple[Document | None, Role, str]] = [(self._read(path), "reference", "") for path in references]
        if source:
            others.append((self._read(source), "source", source_language))
        if document is None:
            return
        comparer = self._comparer()
        read_rewrite = comparer.read(document, "rewrite")
        language = read_rewrite[0].document.language
        sides = [_side(said, role, comparer, language) for other, role, tag in others if (said := _in(other, tag))]
        if not sides:
            return  # each has been said to be unreadable
        self.compared.append(comparer.compare(read_rewrite, sides))

    def _comparer(self) -> Comparer:
        """The language that was said is that of the rewrites; the other texts have their own."""
        return Comparer(replace(self.checker, language=""), self.near)

    def pairs(self, path: Path, tick: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Every row of a file; texts that stand in several rows are read once. ``tick`` hears of each row, and of how
        many there are.
        """
        self.options = "pairs"
        comparer = self._comparer()
        known: dict[tuple[str, Role, str], tuple[Side, tuple[Finding, ...]]] = {}

        def side(text: str, role: Role, language: str) -> tuple[Side, tuple[Finding, ...]]:
            key = (text, role, language)
            if key not in known:
                known[key] = comparer.read(from_text(text, role, language), role)
            return known[key]

        rows = list(read_pairs(path))
        for done, pair in enumerate(rows, 1):
            others: list[Side] = []
            if pair.reference.strip():
                others.append(side(pair.reference, "reference", "")[0])
            if pair.source.strip():
                others.append(side(pair.source, "source", pair.source_language)[0])
            languages = [one.document.language for one in others if one.role == "reference"]
            said = self.checker.language or (languages[0] if languages else "en")
            document = from_text(pair.text, pair.id, said)
            found = comparer.compare(comparer.read(document, "rewrite"), others)
            self.compared.append(found)
            tick(done, len(rows))

    def siblings(self, paths: Sequence[str]) -> None:
        """Texts of one story, and the texts in folders: each against the others."""
        self.options = "siblings"
        names = [name for path in paths for name in (find_files(path) if Path(path).is_dir() else [path])]
        documents = [document for name in names if (document := _in(self._read(name), self.checker.language))]
        if len(documents) < 2:
            raise UsageError("siblings are two texts or more; name a folder, or several files")
        comparer = self._comparer()
        self.compared = compare_siblings([comparer.read(document, "rewrite") for document in documents], comparer)

    def score(self) -> None:
        """Put the metrics of its linked sentences to each rewrite, and those of all; UsageError without sacrebleu."""
        self.scores = corpus_scores(self.compared) if len(self.compared) > 1 else ()
        self.compared = [with_scores(one) for one in self.compared]

    def estimate(self, estimator: Estimator, *, batch: int, tick: Tick) -> None:
        """Put what a model says to each rewrite, its marks among the findings."""
        from normalize.compare.neural.texts import with_estimates

        rules = {rule.code: rule for rule in self.checker.all_rules}
        self.options += f" | model {estimator.signature}"
        self.compared = with_estimates(self.compared, estimator, rules, batch=batch, tick=tick)

    def _read(self, path: str) -> Document | None:
        try:
            return read(path)
        except InputError as error:
            self.errors.append((path, str(error)))
            return None

    def count(self, least: Severity) -> int:
        """How many findings there are at or above a severity."""
        rank = SEVERITIES.index(least)
        return sum(SEVERITIES.index(f.severity) >= rank for one in self.compared for f in one.findings)

    def exit_code(self, fail_on: Severity) -> int:
        """0 clean, 1 findings at or above ``fail_on``, 3 some input unread."""
        return 3 if self.errors else 1 if self.count(fail_on) else 0


def _in(document: Document | None, language: str) -> Document | None:
    """The document with its language said, if it was."""
    return replace(document, language=language, language_sure=True) if document and language else document


def _side(document: Document, role: Role, comparer: Comparer, language: str) -> Side:
    """A text to compare with; a reference too short to know its language is in the rewrite's."""
    side = comparer.read(document, role)[0]
    if role == "reference" and not side.document.language_sure:
        return comparer.read(replace(document, language=language, language_sure=True), role)[0]
    return side
