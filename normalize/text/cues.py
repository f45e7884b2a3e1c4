"""The words by which the parts of an article are told apart: data, from ``aliases/languages/<language>.toml``."""

from __future__ import annotations

from normalize.record import Record
from normalize.text.pattern import pattern

_WORD = pattern(r"[^\W\d_]+")


class Cues(Record):
    """Lower-case words and beginnings of lines; without any, shape alone decides."""

    furniture: tuple[str, ...] = ()
    """A line that begins so belongs to the site, not to the article."""
    furniture_words: frozenset[str] = frozenset()
    """A short line that holds nothing else belongs to the site."""
    joining_words: frozenset[str] = frozenset()
    """Words that may stand between those."""
    sections: frozenset[str] = frozenset()
    """Whole lines: the names of a paper's sections, and labels above a headline."""
    ends: tuple[str, ...] = ()
    """A short line that begins so ends the article where little prose follows."""
    bylines: tuple[str, ...] = ()
    """What stands before the names of writers in a line of their own."""
    credits: tuple[str, ...] = ()
    """What begins a credit, alone or in brackets behind the story."""
    captions: tuple[str, ...] = ()
    """What begins a caption."""
    picture_credits: tuple[str, ...] = ()
    """What begins the picture's credit within or behind a caption."""
    agencies: frozenset[str] = frozenset()
    """News agencies, as they stand in datelines and credits."""
    date_words: frozenset[str] = frozenset()
    """Words that go with a date in a line of its own."""
    furniture_classes: frozenset[str] = frozenset()
    """Words in the classes of HTML elements that belong to the site."""
    byline_classes: frozenset[str] = frozenset()
    """Words in the classes of elements that name writers."""
    caption_classes: frozenset[str] = frozenset()
    """Words in the classes of captions."""


def folded_line(line: str) -> str:
    """A line as cues are written: lower case, single spaces, straight apostrophes, without numbers and signs in front.

    >>> folded_line("12  Comments ")
    'comments'
    """
    return " ".join(line.lower().replace("’", "'").split()).lstrip("0123456789.,:;|>»›•·*-–—#([ ").rstrip(" :.|»›>…")


def begins(folded: str, cues: tuple[str, ...]) -> bool:
    """Whether a folded line begins with one of the cues, and with whole words of it.

    >>> begins("share this story now", ("share this",)), begins("advertisements fell", ("advertisement",))
    (True, False)
    """
    if not folded.startswith(cues):
        return False
    met = [cue for cue in cues if folded.startswith(cue)]
    return any(not (cue[-1:].isalnum() and folded[len(cue) : len(cue) + 1].isalnum()) for cue in met)


def words(line: str) -> list[str]:
    """The words of a line in lower case, without digits and signs."""
    return _WORD.findall(line.lower())
