"""What was left over or broken: foreign words, sentences of the source, words misspelt."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.compare.english import is_word
from normalize.compare.records import Sentence, Word
from normalize.compare.speech import Speech
from normalize.compare.view import Beside, Comparison
from normalize.index.lexicon import lexicon
from normalize.model import Finding, Span
from normalize.names.lookup import script_of

COPIED = 6
"""Words of the source in a row that are no coincidence."""


def find(view: Comparison) -> Iterator[Finding]:
    """Foreign words and scripts, misspellings, untranslated sentences."""
    for sentence in view.rewrite.sentences:
        beside = view.beside(sentence)
        if view.said.language == "en":
            yield from _words(view, sentence, view.beside_same(sentence))
        yield from _copied(view, sentence, [one for one in beside if one.across])


def _words(view: Comparison, sentence: Sentence, same: list[Beside]) -> Iterator[Finding]:
    text = view.document.text
    for at, word in enumerate(sentence.words):
        if not word.text[0].isalpha() or any(c.isdigit() for c in word.text) or word.folded in view.vocabulary:
            continue
        if script_of(word.text) != "LATIN":
            if not _stands_there(word, view) and not (at and _goes_on(text, sentence.words[at - 1], word)):
                end = _run_end(text, sentence.words, at)
                yield _foreign(view, Span(word.start, end), same)
            continue
        named = word.text[0].isupper() and any(word.text in a.other.document.text for a in view.aligned)
        starts = (
            at == 0
            and not named
            and not _is_named(view, sentence, word)
            and len(sentence.words) > 1
            and sentence.words[1].text.islower()
        )
        if _is_known(word, view.said) or word.written in view.said.units or _is_attached(text, word):
            yield from _slipped(view, sentence, at, same)
        elif word.text.islower() or starts:
            yield from _unknown(view, sentence, at, same)
        elif not word.text.isupper() and (meant := _meant(word, sentence, same, only_words=True)):
            yield _slip(view, word, *meant)


def _is_named(view: Comparison, sentence: Sentence, word: Word) -> bool:
    """Whether the tables know what a word names."""
    named = view.rewrite.facts_in([sentence.number], "name")
    return any("/" in fact.value and fact.span.start <= word.start < fact.span.end for fact in named)


def _unknown(view: Comparison, sentence: Sentence, at: int, same: list[Beside]) -> Iterator[Finding]:
    """A word that no desk dictionary has: misspelt, if a word near it was meant; else foreign."""
    word = sentence.words[at]
    if meant := _meant(word, sentence, same, only_words=at == 0):
        yield _slip(view, word, *meant)
    elif len(word.folded) < 3:
        if same and at:
            yield _foreign(view, word.span, same)
    elif common := _common(word.folded):
        yield view.finding("LEX101", word.span, right=common, replacements=[_in_case(common, word)])
    elif at and (word.folded not in lexicon("en") or not word.text.isascii() or _replaces(view, sentence, at, same)):
        yield _foreign(view, word.span, same)


def _slipped(view: Comparison, sentence: Sentence, at: int, same: list[Beside]) -> Iterator[Finding]:
    """A word that is one slip away from the word which alone stands in its place, the words on both sides agreeing."""
    word = sentence.words[at]
    if word.text[0].isupper() and at:
        return
    for one in same:
        matching = view.matching(sentence, one)
        slot = next((s for s in matching.slots if s.left == (at, at + 1) and s.right[1] - s.right[0] == 1), None)
        if not slot or not 0 < at < len(sentence.words) - 1:
            continue
        there = matching.right[slot.right[0]]
        if slot.right[0] not in set(matching.near.values()) and is_letter_lost(word.folded, there.folded):
            yield _slip(view, word, one, there)
            return


def is_letter_lost(word: str, meant: str) -> bool:
    """Whether ``word`` is ``meant`` without one of its letters, and no inflection of it.

    >>> is_letter_lost("stat", "state"), is_letter_lost("an", "and"), is_letter_lost("ship", "ships")
    (True, True, False)
    """
    lost = len(meant) - len(word) == 1 and any(meant[:k] + meant[k + 1 :] == word for k in range(len(meant)))
    return lost and not (meant.endswith("s") and meant[:-1] == word) and {word, meant} != {"a", "an"} and len(word) > 1


def _slip(view: Comparison, word: Word, one: Beside, there: Word) -> Finding:
    place = one.sentence_at(there.start)
    right = _in_case(there.folded, word)
    return view.finding("LEX101", word.span, other=one.other, there=place, right=right, replacements=[right])


def _in_case(right: str, word: Word) -> str:
    return right[0].upper() + right[1:] if word.text[0].isupper() else right


def _replaces(view: Comparison, sentence: Sentence, at: int, same: list[Beside]) -> bool:
    """Whether a word that is in no desk dictionary stands alone in the place of one that is."""
    for one in same:
        matching = view.matching(sentence, one)
        for slot in matching.slots:
            if slot.left == (at, at + 1) and slot.right[1] - slot.right[0] == 1:
                there = matching.right[slot.right[0]]
                return slot.right[0] not in set(matching.near.values()) and is_word(there.folded)
    return False


def _foreign(view: Comparison, span: Span, same: list[Beside]) -> Finding:
    if same:
        return view.finding("RES101", span, other=same[0].other, there=same[0].sentences[0].span)
    return view.finding("RES101", span)


def _stands_there(word: Word, view: Comparison) -> bool:
    return any(word.text in side.document.text for side in view.same_language)


def _goes_on(text: str, before: Word, word: Word) -> bool:
    """Whether the word before is of a foreign script too, and has been reported with this one."""
    return script_of(before.text) != "LATIN" and not text[before.end : word.start].strip(" -・·")


def _run_end(text: str, words: tuple[Word, ...], at: int) -> int:
    end = words[at].end
    for word in words[at + 1 :]:
        if script_of(word.text) == "LATIN" or text[end : word.start].strip(" -・·"):
            break
        end = word.end
    return end


def _is_known(word: Word, said: Speech) -> bool:
    """A dictionary word; one of one or two letters only if people use it every day."""
    if len(word.folded) < 3:
        return word.written in said.short_words or not word.text.islower()
    inflected = is_word(word.stem) and word.folded in lexicon("en")
    return is_word(word.folded) or inflected


def _is_attached(text: str, word: Word) -> bool:
    """Whether a word is a part of something that is no word: an address, a compound, a handle."""
    before, behind = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    behind_two = text[word.end : word.end + 2]
    return (
        (before in "-‐–@#/_.'’&" and before != "")
        or (behind in "-‐@/_'’&" and behind != "")
        or (len(behind_two) == 2 and behind_two[0] in ".:" and behind_two[1].isalnum())
    )


def _meant(
    word: Word, sentence: Sentence, same: list[Beside], *, only_words: bool = False
) -> tuple[Beside, Word] | None:
    """A word of the linked sentences that is one or two slips away and missing here; names are left out, if asked."""
    here = {w.folded for w in sentence.words}
    for one in same:
        for there in one.words:
            if there.folded in here or (only_words and (not is_word(there.folded) or _is_name(there, one))):
                continue
            if is_slip(word.folded, there.folded):
                return one, there
    return None


def _is_name(word: Word, one: Beside) -> bool:
    """Whether the tables know a word as a name, or as a part of one."""
    return any("/" in f.value and f.span.start <= word.start < f.span.end for f in one.facts("name"))


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _common(word: str) -> str:
    """The one everyday word that is a slip away from a word that is none; nothing where there are none or several.

    >>> _common("ministre"), _common("hukou")
    ('minister', '')
    """
    if len(word) < 4 or not word.isascii():
        return ""
    found = sorted({other for other in _edits(word) if other in lexicon("ordinary")} - {word})
    if len(found) > 1:
        swapped = [other for other in found if sorted(other) == sorted(word)]
        same_start = [other for other in found if other[0] == word[0]]
        found = swapped if len(swapped) == 1 else same_start
    return found[0] if found and (len(found) == 1 or len(word) >= 6) else ""


def _edits(word: str) -> Iterator[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for head, tail in cuts:
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def is_slip(word: str, meant: str) -> bool:
    """Whether one slip of the pen (two in long words) makes ``word`` of ``meant``, and no inflection does.

    >>> is_slip("ministre", "minister"), is_slip("suh", "such"), is_slip("ships", "ship"), is_slip("net", "nets")
    (True, True, False, False)
    """
    if word == meant or min(len(word), len(meant)) < 3 or abs(len(word) - len(meant)) > 2:
        return False
    if word[0] != meant[0] and word[1:3] != meant[1:3] and word != meant[1:]:
        return False
    if {word, meant} in ({meant, meant + "s"}, {word, word + "s"}):
        return False
    return distance(word, meant) <= (2 if min(len(word), len(meant)) >= 8 else 1)


def distance(first: str, second: str) -> int:
    """Edits that make one of the other; two neighbours exchanged are one.

    >>> distance("ministre", "minister"), distance("abc", "abd")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        following = [i]
        for j, b in enumerate(second, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1]


def _copied(view: Comparison, sentence: Sentence, across: list[Beside]) -> Iterator[Finding]:
    """A sentence whose words are the source's in a row."""
    here = [word.folded for word in sentence.words]
    if len(here) < COPIED:
        return
    for one in across:
        there = f" {' '.join(word.folded for word in one.words)} "
        if f" {' '.join(here)} " in there:
            yield view.finding("RES102", sentence.span, other=one.other, there=one.sentences[0].span)
            return
