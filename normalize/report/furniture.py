"""What of each text was taken for the site's and not for the article: so that one can see what is not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalize.model import Checked
from normalize.report.text import escape
from normalize.text.lines import Lines


def render(checked: Iterable[Checked]) -> Iterator[str]:
    """A line for each block that no rule reads as prose: its place and its words."""
    for one in checked:
        lines = Lines(one.document.text)
        for segment in one.document.segments:
            if segment.kind == "furniture":
                line, column = lines.place(segment.span.start)
                words = " ".join(one.document.slice(segment.span).split())
                yield escape(f"{one.document.path}:{line}:{column}: {words}")
