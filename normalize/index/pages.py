"""The bytes of an index; a page is checked against its sum before anything on it is believed."""

from __future__ import annotations

import struct
from zlib import crc32

from normalize.errors import TableError
from normalize.index.layout import PAGE

_U32, _U64 = struct.Struct("<I").unpack_from, struct.Struct("<Q").unpack_from


class Pages:
    """A file whose pages are checked when they are first read."""

    def __init__(self, data: memoryview, sums_at: int, where: str) -> None:
        """The sums stand behind the rest; TableError if they are not what they should be."""
        self.data, self._sums_at, self._where = data, sums_at, where
        count = -(-sums_at // PAGE)
        sums = data[sums_at:]
        if len(sums) != 4 * (count + 1) or crc32(sums[:-4]) != _U32(sums, 4 * count)[0]:
            raise self.damaged()
        self._sums = sums
        self._is_sound = bytearray(count)

    def damaged(self) -> TableError:
        """What is raised where something is not as it was written."""
        return TableError(f"{self._where}: the compiled index is damaged; delete it and run again")

    def read(self, start: int, end: int) -> memoryview:
        """The bytes from ``start`` to ``end``; TableError if they are damaged or not there."""
        if not 0 <= start <= end <= self._sums_at:
            raise self.damaged()
        for page in range(start // PAGE, -(-end // PAGE)):
            if not self._is_sound[page]:
                first = page * PAGE
                if crc32(self.data[first : min(first + PAGE, self._sums_at)]) != _U32(self._sums, 4 * page)[0]:
                    raise self.damaged()
                self._is_sound[page] = 1
        return self.data[start:end]


class Section:
    """A stretch of the file."""

    __slots__ = ("_pages", "_start", "size")

    def __init__(self, pages: Pages, start: int, size: int) -> None:
        """Nothing is read before it is asked for."""
        self._pages, self._start, self.size = pages, start, size

    def read(self, start: int, end: int) -> memoryview:
        """The bytes between two offsets in the section."""
        if not 0 <= start <= end <= self.size:
            raise self._pages.damaged()
        return self._pages.read(self._start + start, self._start + end)

    def whole(self) -> memoryview:
        """All of it."""
        return self.read(0, self.size)

    def u32(self, number: int) -> int:
        """The number at this place among numbers of four bytes."""
        found: int = _U32(self.read(4 * number, 4 * number + 4))[0]
        return found

    def u64(self, number: int) -> int:
        """The number at this place among numbers of eight bytes."""
        found: int = _U64(self.read(8 * number, 8 * number + 8))[0]
        return found
