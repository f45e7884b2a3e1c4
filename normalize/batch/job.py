"""What is wanted of a run, as one value: it travels to every process and decides whether old work still holds."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Literal

from normalize.record import Record

Mode = Literal["rewrite", "annotate", "findings"]
KINDS = {
    "persons": "person", "places": "place", "organisations": "organisation", "offices": "office", "terms": "term",
}  # fmt: skip
"""What ``--only`` calls the kinds of entity."""


class Job(Record, kw_only=True):
    """The choices of a run. ``index`` is the path of a compiled index, or empty for the shipped one.

    ``columns`` are names, or paths through structs (``article.body``); lists on the way are gone through. A document
    is one string of a column, and for plain text a line or a file.
    """

    modes: tuple[Mode, ...] = ("rewrite",)
    columns: tuple[str, ...] = ("text",)
    language: str = ""
    language_column: str = ""
    style: str = "neutral"
    house: str = ""
    """What a project prints otherwise than the style: its ``[house]``, as JSON."""
    ignore: tuple[str, ...] = ()
    """Codes, or beginnings of codes, of rules that are switched off."""
    only: tuple[str, ...] = ()
    """Kinds of entity (``person``, …); empty means all."""
    min_confidence: float = 0.0
    suggested: bool = False
    quotations: bool = False
    document: Literal["file", "line"] = "file"
    name: str = "row"
    """What a document is called; its ending says whether it is Markdown."""
    index: str = ""

    @property
    def options(self) -> str:
        """A digest of every choice that decides what comes out; where the index lies is none of them, nor a name."""
        choices = {**dataclasses.asdict(self), "index": "", "name": ""}
        return hashlib.sha256(json.dumps(choices, sort_keys=True).encode()).hexdigest()[:16]


def mentions_column(column: str) -> str:
    """The column in which ``--annotate`` puts the mentions of a text column.

    >>> mentions_column("article.body")
    'article_body_mentions'
    """
    return f"{column.replace('.', '_')}_mentions"


__all__ = ["KINDS", "Job", "Mode", "mentions_column"]
