"""What a rule sees of a document, and the one way it makes a finding."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from normalize.index.lexicon import Lexicon
from normalize.index.pack import Pack
from normalize.model import Document, Evidence, Finding, Hit, Resolution, Safety, Severity, Span
from normalize.names.context import Context
from normalize.names.forms import sort_forms
from normalize.record import Record
from normalize.tables.records import Rule, Style
from normalize.text.fold import fold, words

UNTOUCHED = frozenset({"quotation", "byline"})
"""Kinds of segment in which nothing is ever fixed without being asked."""


class View(Record):
    """A document with everything that was read out of it before the rules run."""

    document: Document
    hits: tuple[Hit, ...]
    context: Context
    resolutions: tuple[Resolution, ...]
    pack: Pack
    lexicon: Lexicon
    style: Style

    @functools.cached_property
    def vocabulary(self) -> dict[str, list[int]]:
        """Where each folded word of the document stands."""
        found: dict[str, list[int]] = {}
        for match in words(self.document.text):
            found.setdefault(fold(match.group()), []).append(match.start())
        return found

    @functools.cached_property
    def renderings(self) -> list[Hit]:
        """The hits on forms that render terms."""
        return [hit for hit in self.hits if sort_forms(hit.forms).glossing]

    def is_in_scope(self, rule: Rule, span: Span) -> bool:
        """Whether the rule speaks about text of the kind at ``span``."""
        return self.document.kind_at(span) in rule.scope

    def finding(
        self,
        rule: Rule,
        span: Span,
        message: str,
        evidence: Iterable[Evidence],
        *,
        replacements: Iterable[str] = (),
        severity: Severity | None = None,
        safety: Safety | None = None,
        confidence: float | None = None,
        entity: str = "",
        channel: str = "",
    ) -> Finding:
        """A finding; what is not said is the rule's own. In quotations and bylines a fix is at most suggested."""
        safety = safety or rule.safety
        if safety == "safe" and self.document.kind_at(span) in UNTOUCHED:
            safety = "suggest"
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=severity or rule.severity,
            confidence=round(rule.confidence if confidence is None else confidence, 3),
            span=span,
            text=self.document.slice(span),
            message=message,
            evidence=tuple(evidence),
            replacements=tuple(replacements),
            safety=safety,
            entity=entity,
            mqm=rule.mqm,
            channel=channel or rule.channel,
        )
