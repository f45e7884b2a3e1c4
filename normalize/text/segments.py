"""A text's blocks and what each of them is: the article, its furniture, its quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalize.model import Document, Markup, Segment
from normalize.text.cues import Cues
from normalize.text.front_matter import front_matter
from normalize.text.plain import segment_plain

if TYPE_CHECKING:
    from normalize.text.shown import Shown

__all__ = ["Cues", "segment", "shown"]


def segment(text: str, markup: Markup, cues: Cues) -> tuple[Segment, ...]:
    """The blocks of ``text`` in order; outside of them stands nothing but white space.

    Blocks are disjoint, parts lie within their block (and may have parts themselves: a link inside a quotation).

    >>> [s.kind for s in segment("Talks resume\\n\\nThey met on Monday.", "plain", Cues())]
    ['headline', 'prose']
    """
    if markup == "markdown":
        from normalize.text.markdown import segment_markdown

        return segment_markdown(text, cues)
    return segment_plain(text, cues)


def shown(document: Document, cues: Cues) -> Shown | None:
    """What a reader sees of a document whose words stand otherwise in its source; None for plain text and Markdown."""
    if document.markup == "html":
        from normalize.text.html import read_html

        return read_html(document.text, cues)
    if document.markup == "rst":
        from normalize.text.rst import read_rst

        return read_rst(document.text, front_matter(document.text).end)
    if document.markup == "asciidoc":
        from normalize.text.asciidoc import read_asciidoc

        return read_asciidoc(document.text, front_matter(document.text).end)
    return None
