"""Last-resort romanisation, for search keys only: it knows no language and reads every Han character as Mandarin.

The one file that imports Unidecode (GPL-2.0-or-later; docs/dependencies.md says what that means for redistributors).
"""

from __future__ import annotations

from normalize.text.fold import key


def search_key(text: str) -> str:
    """A Latin key of text in any script, to find candidates with, never to print or decide by; empty if there is none.

    >>> search_key("Путин"), search_key("王毅")
    ('putin', 'wang yi')
    """
    if text.isascii():
        return key(text)
    from unidecode import unidecode

    return key(unidecode(text, errors="ignore"))
