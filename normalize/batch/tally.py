"""What a run counted: plain counters that add up, whatever the order and however the rows were cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from normalize.model import Checked, Resolution
from normalize.origin import TELLING

MOST = 10_000
"""Different forms that a shard's manifest keeps of each kind, the commonest: a manifest stays a small file."""
READING = frozenset({"NAM002", "NAM003"})
"""Rules whose finding is a name that no table could settle."""

Nested = dict[str, Counter[str]]


@dataclass
class Tally:
    """Counts over documents; ``variants``, ``rewrites`` and ``unresolved`` are by entity or form, then by text."""

    documents: int = 0
    mentions: int = 0
    edits: int = 0
    left: Counter[str] = field(default_factory=Counter)
    """Fixes that were not made, by the reason."""
    findings: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    mixed: Counter[str] = field(default_factory=Counter)
    """Entities, by the number of documents that have them under two forms at least."""
    variants: Nested = field(default_factory=dict)
    rewrites: Nested = field(default_factory=dict)
    unresolved: Nested = field(default_factory=dict)

    def see(self, checked: Checked, mentions: Iterable[Resolution]) -> None:
        """Count what was found in one document."""
        self.documents += 1
        forms: dict[str, set[str]] = {}
        for mention in mentions:
            self.mentions += 1
            count(self.variants, mention.best.entity, mention.text)
            if mention.part == "full" and mention.verdict == "sure":
                forms.setdefault(mention.best.entity, set()).add(mention.text.casefold())
        self.mixed.update(entity for entity, texts in forms.items() if len(texts) > 1)
        for finding in checked.findings:
            self.findings[finding.code] += 1
            if finding.code in READING:
                count(self.unresolved, finding.text, finding.message)
        self.origins.update(o.language for o in checked.origin[:1] if o.probability >= TELLING)

    def add(self, other: Tally) -> None:
        """Add another part's counts."""
        for name in ("documents", "mentions", "edits"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("left", "findings", "origins", "mixed"):
            getattr(self, name).update(getattr(other, name))
        for name in ("variants", "rewrites", "unresolved"):
            mine: Nested = getattr(self, name)
            for outer, counts in getattr(other, name).items():
                mine.setdefault(outer, Counter()).update(counts)

    def plain(self) -> dict[str, Any]:
        """The counts as JSON has them, in a fixed order."""
        return {
            name: value if isinstance(value, int) else _flat(value) if isinstance(value, Counter) else _nested(value)
            for name, value in vars(self).items()
        }

    @classmethod
    def read(cls, plain: dict[str, Any]) -> Tally:
        """The inverse of `plain`."""
        tally = cls()
        for name, value in plain.items():
            if isinstance(getattr(tally, name), Counter):
                value = Counter(value)
            elif isinstance(value, dict):
                value = {outer: Counter(counts) for outer, counts in value.items()}
            setattr(tally, name, value)
        return tally


def count(nested: Nested, outer: str, inner: str) -> None:
    """One more of ``inner`` under ``outer``."""
    nested.setdefault(outer, Counter())[inner] += 1


def commonest(counts: Counter[str], most: int = MOST) -> list[tuple[str, int]]:
    """The commonest first; those that are equally common by their text.

    >>> commonest(Counter(b=1, a=1, c=2))
    [('c', 2), ('a', 1), ('b', 1)]
    """
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def ranked(nested: Nested, most: int = MOST) -> list[tuple[str, Counter[str]]]:
    """The outer names with the largest totals first."""
    return sorted(nested.items(), key=lambda item: (-item[1].total(), item[0]))[:most]


def _flat(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(commonest(counts)))


def _nested(nested: Nested) -> dict[str, dict[str, int]]:
    return {outer: _flat(counts) for outer, counts in sorted(ranked(nested))}
