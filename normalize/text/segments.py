"""A text's blocks and what each of them is: the article, its furniture, its quotations."""

from __future__ import annotations

from typing import Literal

from normalize.model import Segment
from normalize.text.cues import Cues
from normalize.text.plain import segment_plain

__all__ = ["Cues", "segment"]


def segment(text: str, markup: Literal["plain", "markdown"], cues: Cues) -> tuple[Segment, ...]:
    """The blocks of ``text`` in order; outside of them stands nothing but white space.

    Blocks are disjoint, parts lie within their block (and may have parts themselves: a link inside a quotation).

    >>> [s.kind for s in segment("Talks resume\\n\\nThey met on Monday.", "plain", Cues())]
    ['headline', 'prose']
    """
    if markup == "markdown":
        from normalize.text.markdown import segment_markdown

        return segment_markdown(text, cues)
    return segment_plain(text, cues)
