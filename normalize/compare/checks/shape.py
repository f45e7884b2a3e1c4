"""Repetition, capitals and punctuation that the other text shows to be slips."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.compare.english import is_word
from normalize.compare.records import Sentence, Word
from normalize.compare.view import Beside, Comparison
from normalize.model import Finding, Span

_SPACE_BEFORE = re.compile(
    r"(?<=[\w)\]\"”’'])[ \N{NO-BREAK SPACE}]+(?P<mark>[,.;:!?)](?!\w|\.))|(?P<open>[(\[]) +(?=\w)"
)
_FINAL = re.compile(r"[.!?…:;。！？।][\"'”’»)\]]*$")
_STRAY = re.compile(
    r"(?<=[^\W\d_])(?P<mark>[;:!?@#&*/$%^+=~|_]|-(?!-)|'(?<!s'))(?=\s|$)|(?P<double>[,.;:!?][,;:!?_]|[,;:][-'](?=\s))"
)
_QUOTE = re.compile('["“”„«»]')


def find(view: Comparison) -> Iterator[Finding]:
    """Words doubled, capitals lost, marks missing or stray."""
    for sentence in view.rewrite.sentences:
        yield from _repetition(view, sentence)
        beside = view.beside_same(sentence) or view.beside(sentence)
        if beside:
            yield from _capitals(view, sentence, beside)
            yield from _final(view, sentence, beside)
            yield from _marks(view, sentence, beside)


def _repetition(view: Comparison, sentence: Sentence) -> Iterator[Finding]:
    words, text, at = sentence.words, view.document.text, 0
    while at < len(words):
        found = next((size for size in (1, 2, 3) if _repeats(words, text, at, size)), 0)
        if not found:
            at += 1
            continue
        end = at + 2 * found
        while _repeats(words, text, end - found, found):
            end += found
        said = " ".join(w.folded for w in words[at : at + 2 * found])
        once = text[words[at].start : words[at + found - 1].end]
        numeric = all(w.folded.isdigit() for w in words[at:end])
        if not numeric and not any(said in _plain(side.document.text) for side in view.same_language):
            yield view.finding("TYP101", Span(words[at].start, words[end - 1].end), replacements=[once])
        at = end


def _repeats(words: tuple[Word, ...], text: str, at: int, size: int) -> bool:
    """Whether ``size`` words stand again right behind themselves, with nothing but white space between."""
    if at < 0 or at + 2 * size > len(words):
        return False
    return all(
        words[at + k].folded == words[at + size + k].folded
        and not text[words[at + size + k - 1].end : words[at + size + k].start].strip()
        for k in range(size)
    ) and any(c.isalpha() for c in words[at].folded)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _capitals(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    text = view.document.text
    words = sentence.words
    if not words:
        return
    first = words[0]
    head = text[sentence.span.start : first.start].strip("\"“”'‘’«»„(")
    starts = first.text[0].islower() and first.text.islower() and not head
    theirs = [one.other.slice(one.sentences[0].span).lstrip("\"“”'‘’«»„( ")[:1] for one in beside]
    if (
        starts
        and all(char.isupper() or not char.islower() for char in theirs)
        and sentence.kind in ("prose", "headline", "quotation")
    ):
        yield view.finding("TYP102", first.span, right=_capital(first.text), replacements=[_capital(first.text)])
    beside = [one for one in beside if not one.across]
    for one in beside:
        yield from _mixed_name(view, sentence, one)
    big = {w.folded for one in beside for s in one.sentences for w in s.words[1:] if w.text[0].isupper()}
    small = view.small_words
    for word in words[1:]:
        lost = word.text.islower() and len(word.text) > 2 and word.folded in big - small and not is_word(word.folded)
        if lost and word.folded.isalpha() and text[word.start - 1] in ' (“"':
            yield view.finding("TYP102", word.span, right=_capital(word.text), replacements=[_capital(word.text)])


def _mixed_name(view: Comparison, sentence: Sentence, one: Beside) -> Iterator[Finding]:
    """A word written small inside a name that the other text writes in capitals: "nuclear Non-Proliferation Treaty"."""
    matching = view.matching(sentence, one)
    for i in range(1, len(matching.left) - 2):
        j = matching.exact.get(i)
        run = [(i + k, matching.exact.get(i + k)) for k in range(3)]
        if j is None or any(there != j + k for k, (_, there) in enumerate(run)):
            continue
        mine, theirs = matching.left[i : i + 3], matching.right[j : j + 3]
        starts = any(s.words and s.words[0] == theirs[0] for s in one.sentences)
        together = any(
            fact.value.startswith(("term/", "organisation/"))
            and fact.span.start <= theirs[0].start
            and theirs[2].end <= fact.span.end
            for fact in one.facts("name")
        )
        lost = mine[0].text.islower() and mine[1].text[0].isupper() and mine[2].text[0].isupper()
        if lost and all(w.text[0].isupper() for w in theirs) and not starts and together:
            right = _capital(mine[0].text)
            place = one.sentence_at(theirs[0].start)
            yield view.finding("TYP102", mine[0].span, other=one.other, there=place, right=right, replacements=[right])


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _final(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """A paragraph that just stops, where the sentence it tells ends with a mark."""
    text = view.document.text
    end = sentence.span.end
    stops = sentence.words and not _FINAL.search(text[sentence.span.start : end]) and _is_last(text, end)
    if not stops or sentence.kind not in ("prose", "quotation") or len(sentence.words) < 4:
        return
    if all(_FINAL.search(one.other.slice(one.sentences[-1].span)) for one in beside):
        one = beside[0]
        mark = one.other.slice(one.sentences[-1].span).rstrip("\"'”’»)]")[-1]
        yield view.finding(
            "TYP103", sentence.words[-1].span, other=one.other, there=one.sentences[-1].span,
            why=f"the sentence stops without a mark; the other text ends with “{mark}”",
        )  # fmt: skip


def _is_last(text: str, end: int) -> bool:
    rest = text[end : end + 2]
    return not rest.strip() and (not rest or "\n" in rest)


def _marks(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """Spaces before marks, marks twice, marks that part a small word from what it leads to, odd quotation marks."""
    text = view.document.text
    there = " ".join(one.other.slice(s.span) for one in beside for s in one.sentences)
    start, end = sentence.span.start, sentence.span.end
    for found in _SPACE_BEFORE.finditer(text, start, end):
        if found.group() not in there:
            why = f"a space stands beside “{found['mark'] or found['open']}”"
            yield view.finding("TYP103", Span(*found.span()), why=why, replacements=[found.group().strip()])
    for found in _STRAY.finditer(text, start, end):
        mark = found["mark"] or found["double"]
        if (
            (mark != "-" and mark != "'" and mark in there)
            or f"{mark} " in there
            or (found["double"] and text[found.start()] == ".")
        ):
            continue
        before = text[: found.start()].rsplit(None, 1)[-1].strip('"“(').lower() if found["mark"] else ""
        behind = text[found.end() : found.end() + 2].strip()
        if "'" in mark and re.search(r"(?:^|[\s(])'\w", text[start:end]):
            continue  # a quotation between single marks
        odd = mark in "@#&*$%^+=~|_'" or before in view.said.leads or (mark in "!?" and behind[:1].islower())
        parted = found["mark"] and _is_together(view, sentence, beside, found.start())
        if found["double"] or odd or parted:
            yield view.finding(
                "TYP103", Span(*found.span()), why=f"“{mark}” stands where the other text has no such mark"
            )
    yield from _commas(view, sentence, beside)
    yield from _quotation_marks(view, sentence, there)


def _commas(view: Comparison, sentence: Sentence, beside: list[Beside]) -> Iterator[Finding]:
    """A comma or full stop between two words that every other text has side by side without one."""
    text = view.document.text
    for at in range(len(sentence.words) - 1):
        gap = text[sentence.words[at].end : sentence.words[at + 1].start]
        if gap.strip() not in {",", "."} or gap.startswith(" "):
            continue
        place = sentence.words[at].end
        word = sentence.words[at].folded
        lower = gap.strip() == "." and sentence.words[at + 1].text[0].islower()
        if lower and len(word) > 3 and is_word(word) and word not in view.said.abbreviations:
            yield view.finding("TYP103", Span(place, place + 1), why="a full stop stands inside the sentence")
        elif all(_is_joined(view, sentence, one, at) for one in beside):
            short = len(sentence.words[at].folded) < 3 or sentence.words[at].written in view.said.abbreviations
            binds = sentence.words[at + 1].written in view.said.binds
            if (
                sentence.words[at].written in view.said.leads
                or (gap.strip() == "," and binds)
                or not (short or gap.strip() == ",")
            ):
                yield view.finding(
                    "TYP103", Span(place, place + 1), other=beside[0].other, there=beside[0].sentences[0].span,
                    why=f"“{gap.strip()}” parts words that stand together in the other text",
                )  # fmt: skip


def _is_joined(view: Comparison, sentence: Sentence, one: Beside, at: int) -> bool:
    if one.across:
        return False
    matching = view.matching(sentence, one)
    a, b = matching.exact.get(at), matching.exact.get(at + 1)
    if a is None or b != a + 1:
        return False
    gap = one.other.document.text[matching.right[a].end : matching.right[b].start]
    return not gap.strip()


def _is_together(view: Comparison, sentence: Sentence, beside: list[Beside], place: int) -> bool:
    """Whether the words before and behind a place stand side by side in the other text."""
    at = next((i for i, w in enumerate(sentence.words) if w.end == place), None)
    return at is not None and at + 1 < len(sentence.words) and any(_is_joined(view, sentence, o, at) for o in beside)


def _quotation_marks(view: Comparison, sentence: Sentence, there: str) -> Iterator[Finding]:
    """A quotation mark that opens and closes nothing, in a paragraph of one sentence."""
    text = view.document.text
    marks = [m for m in _QUOTE.finditer(text, sentence.span.start, sentence.span.end) if m.group() == '"']
    whole = _is_last(text, sentence.span.end) and (sentence.span.start == 0 or text[sentence.span.start - 1] == "\n")
    continued = (
        text[sentence.span.start] == '"' and len(marks) == 1
    )  # a saying that goes on in the next paragraph closes there
    if continued or len(marks) % 2 == 0 or not whole or there.count('"') % 2 or any(c in text for c in "“”"):
        return
    opening = next((m for m in marks if _opens(text, m.start())), None)
    early = [m for m in marks if opening is None or m.start() < opening.start()]
    odd = early[0] if early else marks[-1]
    yield view.finding("TYP103", Span(*odd.span()), why="this quotation mark has no partner")


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "(—–-"
