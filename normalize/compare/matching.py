"""Which words of a sentence stand for which words of the sentences it is linked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from normalize.compare.english import root_of, synonyms
from normalize.compare.records import Word


@dataclass(frozen=True, slots=True)
class Slot:
    """Where between words that agree the two texts differ: words ``left`` here, words ``right`` there, as ranges."""

    left: tuple[int, int]
    right: tuple[int, int]


@dataclass(frozen=True)
class Matching:
    """Words of a sentence (``left``) beside those of its linked sentences (``right``), by their places in the lists.

    ``exact`` are pairs in the same order with the same stem; ``near`` adds words that agree elsewhere in the sentence
    or are of one root or one meaning.
    """

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    exact: dict[int, int]
    near: dict[int, int]
    slots: tuple[Slot, ...]

    @property
    def share(self) -> float:
        """The share of the left words that agree."""
        return len(self.near) / max(1, len(self.left))

    def unmatched_right(self) -> list[int]:
        """The right words that answer nothing on the left."""
        taken = set(self.near.values())
        return [j for j in range(len(self.right)) if j not in taken]


def match_words(left: Sequence[Word], right: Sequence[Word], function_words: frozenset[str]) -> Matching:
    """Pair the words of two stretches of English.

    >>> from normalize.compare.sentences import read_words
    >>> from normalize.compare.speech import speech
    >>> from normalize.model import Span
    >>> a, b = ("They sold large ships", "They sold small ships")
    >>> m = match_words(*(list(read_words(t, Span(0, len(t)), speech("en"))) for t in (a, b)), frozenset())
    >>> m.slots, [m.right[j].text for j in m.unmatched_right()]
    ((Slot(left=(2, 3), right=(2, 3)),), ['small'])
    """
    matcher = SequenceMatcher(None, [w.stem for w in left], [w.stem for w in right], autojunk=False)
    exact: dict[int, int] = {}
    slots: list[Slot] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            exact.update(zip(range(i1, i2), range(j1, j2), strict=True))
        else:
            slots.append(Slot((i1, i2), (j1, j2)))
    near = dict(exact)
    _match_elsewhere(left, right, near, function_words)
    return Matching(tuple(left), tuple(right), exact, near, tuple(slots))


def _match_elsewhere(
    left: Sequence[Word], right: Sequence[Word], near: dict[int, int], function_words: frozenset[str]
) -> None:
    """Pair what stands elsewhere, then words of one root, then words of one meaning."""
    free = [j for j in range(len(right)) if j not in set(near.values())]
    for key in (lambda w: w.stem, lambda w: root_of(w.folded)):
        places: dict[str, list[int]] = defaultdict(list)
        for j in free:
            places[key(right[j])].append(j)
        for i, word in enumerate(left):
            if i not in near and places.get(key(word)):
                near[i] = places[key(word)].pop(0)
        free = [j for j in free if j not in set(near.values())]
    for i, word in enumerate(left):
        if i in near or word.written in function_words:
            continue
        same = synonyms(word.folded)
        found = next((j for j in free if right[j].stem in same), None)
        if found is not None:
            near[i] = found
            free.remove(found)
