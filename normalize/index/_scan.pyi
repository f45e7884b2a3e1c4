VERSION: int
"""Of the layout that it reads."""

class Scanner:
    """The matcher in C over the bytes of one index."""

    def __new__(cls, index: memoryview | bytes, /) -> Scanner:
        """ValueError if the index is damaged."""

    def scan(self, text: str, spans: list[tuple[int, int]], /) -> list[tuple[int, int, int]]:
        """The forms inside each span, as (start, end, entry): leftmost, longest, none overlapping."""
