"""What can go wrong, said in one sentence: where, what, and the next step."""

from __future__ import annotations

from collections.abc import Iterable


class CalqueError(Exception):
    """Base of every error that calque raises on purpose; its text is meant for the user."""


class UsageError(CalqueError):
    """The command line or the configuration is wrong (exit 2)."""


class TableError(CalqueError):
    """A file under ``aliases/`` or a user's table is wrong (exit 2)."""


class InputError(CalqueError):
    """A document could not be read; the others still are (exit 3)."""


class OutputError(CalqueError):
    """A result could not be written; what stood there before still stands (exit 3)."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The clause that offers the near-miss of a mistyped word, or nothing.

    >>> nearest("famly", ["family", "name"])
    '; did you mean "family"?'
    >>> nearest("zzz", ["family", "name"])
    ''
    """
    import difflib

    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
