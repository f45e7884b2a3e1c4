"""Text becomes Hits: leftmost, longest at each word, every one verified."""

from __future__ import annotations

from typing import Protocol

from normalize.index.native import native
from normalize.index.pack import Pack
from normalize.model import Hit, Span

Match = tuple[int, int, int]
"""Where a form stands, and its entry: start, end, number."""


class Scanner(Protocol):
    """What scans texts for the forms of one index."""

    def scan(self, text: str, spans: list[tuple[int, int]]) -> list[Match]:
        """The forms inside each span: leftmost, longest, none overlapping."""


def scan(text: str, spans: list[Span], pack: Pack, *beside: Pack) -> list[Hit]:
    """The hits inside each of ``spans``, in their order; a hit never crosses from one span into another.

    Where there are several indexes, each is scanned by itself; of hits that overlap, the leftmost, then the longest
    stays, and one and the same stretch has the forms of all.
    """
    pairs = [(span.start, span.end) for span in spans]
    found = [Hit(Span(start, end), pack.entry(entry)[1]) for start, end, entry in matches(text, pairs, pack)]
    for other in beside:
        found += [Hit(Span(start, end), other.entry(entry)[1]) for start, end, entry in matches(text, pairs, other)]
    return _merged(found) if beside else found


def _merged(found: list[Hit]) -> list[Hit]:
    merged: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.span.start, -h.span.end)):
        if merged and hit.span == merged[-1].span:
            merged[-1] = Hit(hit.span, merged[-1].forms + hit.forms)
        elif not merged or hit.span.start >= merged[-1].span.end:
            merged.append(hit)
    return merged


def matches(text: str, spans: list[tuple[int, int]], pack: Pack) -> list[Match]:
    """The same as bare numbers: where each form stands, and its entry in the index."""
    try:
        if pack.scanner is None:
            pack.scanner = _scanner(pack)
        return pack.scanner.scan(text, spans)
    except ValueError:  # from C, which found a damaged page
        raise pack.damaged() from None


def engine() -> str:
    """Which matcher scans here: ``native`` or ``plain``."""
    return "native" if native() else "plain"


def _scanner(pack: Pack) -> Scanner:
    if module := native():
        scanner: Scanner = module.Scanner(pack.data)
        return scanner
    from normalize.index.plain import PlainScanner

    return PlainScanner(pack)
