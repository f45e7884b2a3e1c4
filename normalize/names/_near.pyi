VERSION: int

def near(
    rows: bytes,
    reach: int,
    stretch: int,
    starts: bytes,
    pairs: bytes,
    inserts: bytes,
    floors: bytes,
    letters: bytes,
    offsets: bytes,
    shared: bytes,
    slack: int,
    window: int,
    /,
) -> list[tuple[int, int]]:
    """See words.py."""
