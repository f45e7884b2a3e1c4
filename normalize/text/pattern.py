"""Regular expressions that are compiled when they are first used: a short text uses few of them."""

from __future__ import annotations

import re
from typing import Any, cast


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, a little later.

    >>> pattern("[a-z]+").findall("to be")
    ['to', 'be']
    """
    return cast("re.Pattern[str]", _Late(source, flags))


class _Late:
    """Stands for a pattern until it is asked for anything; from then on it has the pattern's own methods."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copy and pickle ask for what a pattern does not have
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


_METHODS = ("findall", "finditer", "fullmatch", "groupindex", "groups", "match", "search", "split", "sub")
