"""Text becomes Hits: leftmost, longest at each word, every one verified."""

from __future__ import annotations

from typing import Protocol

from normalize.index.joined import Joined
from normalize.index.native import native
from normalize.index.pack import Pack
from normalize.model import Hit, Span

Match = tuple[int, int, int]
"""Where a form stands, and its entry: start, end, number."""


class Scanner(Protocol):
    """What scans texts for the forms of one index."""

    def scan(self, text: str, spans: list[tuple[int, int]]) -> list[Match]:
        """The forms inside each span: leftmost, longest, none overlapping."""


def scan(text: str, spans: list[Span], pack: Pack) -> list[Hit]:
    """The hits inside each of ``spans``, in their order; a hit never crosses from one span into another.

    Of two joined indexes each is scanned by itself; of hits that overlap, the leftmost, then the longest stays, and one
    and the same stretch has the forms of both.
    """
    if isinstance(pack, Joined):
        return _merged(scan(text, spans, pack.shipped), scan(text, spans, pack.own), pack)
    pairs = [(span.start, span.end) for span in spans]
    return [Hit(Span(start, end), pack.entry(entry)[1]) for start, end, entry in matches(text, pairs, pack)]


def _merged(shipped: list[Hit], own: list[Hit], pack: Joined) -> list[Hit]:
    forms = {hit.span: pack.both(hit.forms, ()) for hit in shipped}
    forms |= {hit.span: pack.both(forms.get(hit.span, ()), hit.forms) for hit in own}
    merged: list[Hit] = []
    for span in sorted(forms, key=lambda span: (span.start, -span.end)):
        if forms[span] and (not merged or span.start >= merged[-1].span.end):
            merged.append(Hit(span, forms[span]))
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
