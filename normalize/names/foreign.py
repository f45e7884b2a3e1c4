"""Names in other scripts that no form of the tables is: the recogniser says whom they may spell.

Only what is plainly a name is asked for: words with capitals in a row in Cyrillic, Greek or Armenian, and katakana
with a middle dot (Han with one does not say where the name begins). The answer is never sure.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.model import Candidate, Document, Evidence, Form, Resolution, Span
from normalize.names.mentions import HIDDEN
from normalize.text.pattern import pattern

if TYPE_CHECKING:
    from normalize.index.pack import Pack
    from normalize.names.recognise import Match, Recogniser

LIKELY = 0.9
"""The score from which a candidate is named: of such first choices 99 in 100 were right (docs/names.md)."""
MOST = 3
_CAPITAL = "[\u0386-\u03ab\u0400-\u042f\u0490\u0531-\u0556][^\\W\\d_]+"
_DOTTED = "[\u30a1-\u30fa\u30fc]+"
_NAME = pattern(
    rf"(?<!\w){_CAPITAL}(?:[- ](?:[^\W\d_]{{2,4}} ){{0,2}}?{_CAPITAL})+(?!\w)"
    rf"|{_DOTTED}(?:[\N{{MIDDLE DOT}}\N{{KATAKANA MIDDLE DOT}}]{_DOTTED})+"
)


class Foreign:
    """The people of an index, to be recognised in other scripts; nothing is read before a text has such a name."""

    def __init__(self, pack: Pack, root: Path) -> None:
        """Take the index and the folder of the tables."""
        self._pack, self._root = pack, root

    def names(self, document: Document, taken: Sequence[Span]) -> Iterator[Resolution]:
        """The names outside ``taken`` in the order of the text, with their candidates; ``unknown`` without any."""
        for segment in document.segments:
            for match in _NAME.finditer(document.text, segment.span.start, segment.span.end):
                span = Span(*match.span())
                if any(span.overlaps(other) for other in taken) or document.kind_at(span) in HIDDEN:
                    continue
                yield self._answer(span, match.group())

    def _answer(self, span: Span, text: str) -> Resolution:
        starts = [0, *(at + 1 for at, char in enumerate(text) if char == " ")]
        for start in starts:  # a sentence or a title may begin with the first capitals
            named = text[start:]
            matches = self._recogniser.find(named)
            if matches and matches[0].score >= LIKELY:
                candidates = tuple(self._candidate(named, match) for match in matches[:MOST])
                evidence = Evidence("spelling", f"learned spelling of {candidates[0].name}")
                return Resolution(Span(span.start + start, span.end), named, "unsure", candidates, (evidence,))
        evidence = Evidence("spelling", "written as a name, and near no known one")
        return Resolution(span, text, "unknown", (), (evidence,))

    def _candidate(self, text: str, match: Match) -> Candidate:
        id_ = self._people[match.row]
        return Candidate(id_, self._pack.entity(id_).name, match.score, Form(text, id_, "weak", "", "learned spelling"))

    @functools.cached_property
    def _people(self) -> list[str]:
        return list(self._pack.names("person/"))

    @functools.cached_property
    def _recogniser(self) -> Recogniser:
        from normalize.names.recognise import Recogniser

        return Recogniser([self._pack.entity(id_).name for id_ in self._people], self._root)
