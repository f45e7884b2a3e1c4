from collections.abc import Callable

VERSION: int
"""Of the layout that it reads."""

class Scanner:
    """The matcher in C over the bytes of one index."""

    def __new__(cls, index: memoryview | bytes, /) -> Scanner:
        """ValueError if the index is damaged."""

    def scan(self, text: str, spans: list[tuple[int, int]], /) -> list[tuple[int, int, int]]:
        """The forms inside each span, as (start, end, entry): leftmost, longest, none overlapping."""

def keys(signs: bytes, texts: list[str], /) -> list[bytes]:
    """See sections.py."""

def entries(
    keys: list[bytes], texts: list[str], kinds: bytes, owners: bytes, shaped: Callable[[str, str], bytes], /
) -> tuple[list[bytes], list[bytes], int]:
    """See sections.py."""

def filled(hashes: bytes, words: int, /) -> bytes:
    """See sections.py."""

def blocks(texts: list[bytes], payloads: list[bytes], /) -> tuple[bytes, bytes]:
    """See sections.py."""

def sequences(keys: list[bytes], /) -> tuple[bytes, bytes, bytes, bytes, int]:
    """See sections.py."""

def slots(hashes: bytes, contents: bytes, size: int, entry_bits: int, /) -> tuple[bytes, int]:
    """See sections.py."""
