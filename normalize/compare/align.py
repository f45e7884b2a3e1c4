"""Which sentences of two texts tell the same: m to n, in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from normalize.compare.records import Aligned, Link, Side
from normalize.compare.similarity import cosines, fact_vectors, vectors

Near = Callable[[Side, Side], list[dict[int, float]]]
"""Says for each sentence of one text which of the other's are nearer than characters and facts show."""
TEXT, FACTS = 0.75, 0.25
"""Shares of the characters and of the facts in the likeness of two sentences of one language."""
LEAST = 0.16
"""Likeness from which on two sentences are linked; docs/compare.md says what other lines would find and cost."""
LEAST_ACROSS = 0.22
"""The same across languages, where facts and names as they are spelt are all there is."""
GAIN = 0.10
"""What a further sentence must add to the share of a sentence's words that its links explain."""
RELATED = 0.12
"""The share of the shorter text's sentences that must be linked before the two are taken to tell one story."""
MOST = 3
"""Sentences that one sentence may be made of."""


def likeness(left: Side, right: Side, near: Near | None = None) -> list[dict[int, float]]:
    """For each sentence of ``left``, how like it the sentences of ``right`` are, from 0 to 1."""
    (a, b), (fa, fb) = vectors(left.sentences, right.sentences), fact_vectors(left, right)
    by_text, by_facts = cosines(a, b), cosines(fa, fb)
    across = is_across(left, right)
    found: list[dict[int, float]] = []
    helped = near(left, right) if near else [{} for _ in left.sentences]
    for number, row in enumerate(by_text):
        facts = by_facts[number]
        if across:
            mixed = {j: _across(left, right, number, j, row.get(j, 0.0), facts.get(j, 0.0)) for j in {*row, *facts}}
        else:
            mixed = {j: TEXT * row.get(j, 0.0) + FACTS * facts.get(j, 0.0) for j in {*row, *facts}}
        mixed |= {j: max(score, mixed.get(j, 0.0)) for j, score in helped[number].items()}
        found.append(dict(sorted(mixed.items())))
    return found


def is_across(left: Side, right: Side) -> bool:
    """Whether the two are in different languages."""
    return left.document.language.split("-")[0] != right.document.language.split("-")[0]


def _across(left: Side, right: Side, i: int, j: int, text: float, facts: float) -> float:
    """Facts first; where translations keep their order, so does the place of a sentence speak a little."""
    here, there = i / max(1, len(left.sentences) - 1), j / max(1, len(right.sentences) - 1)
    near = max(0.0, 1.0 - 4 * abs(here - there))
    return 0.6 * facts + 0.25 * text + 0.15 * near


def align(left: Side, right: Side, near: Near | None = None) -> Aligned:
    """The links between a rewrite and another text, and what is in one alone."""
    scores = likeness(left, right, near)
    least = LEAST_ACROSS if is_across(left, right) else LEAST
    if len(left.sentences) == len(right.sentences) == 1:
        least = 0.0  # two sentences that were put side by side are a pair
        scores = [scores[0] or {0: 0.0}]
    forward = [_parts(i, row, left, right, least) for i, row in enumerate(scores)]
    columns: list[dict[int, float]] = [{} for _ in right.sentences]
    for i, row in enumerate(scores):
        for j, score in row.items():
            columns[j][i] = score
    backward = [_parts(j, row, right, left, least) for j, row in enumerate(columns)]
    pairs = {(i, j) for i, parts in enumerate(forward) for j in parts}
    linked = {j for _, j in pairs}
    for j, parts in enumerate(backward):
        for i in parts:  # a sentence of the other side may have gone into one that is more like another
            if j not in linked or j in _mutual(scores, i):
                pairs.add((i, j))
    links = _links(pairs, scores)
    used_left = {i for link in links for i in link.left}
    used_right = {j for link in links for j in link.right}
    added = tuple(s.number for s in left.sentences if s.number not in used_left and s.words)
    omitted = tuple(s.number for s in right.sentences if s.number not in used_right and s.words)
    shorter = min(len(left.sentences), len(right.sentences))
    strong = sum(link.score >= 2 * least for link in links)
    same = shorter <= 1 or strong >= max(1.0, RELATED * shorter)
    return Aligned(right, links, added, omitted, same)


def _mutual(scores: list[dict[int, float]], i: int) -> set[int]:
    """The sentences nearly as like ``i`` as the one most like it."""
    best = max(scores[i].values(), default=0.0)
    return {j for j, score in scores[i].items() if score >= 0.75 * best}


def _parts(i: int, row: dict[int, float], here: Side, there: Side, least: float) -> tuple[int, ...]:
    """The sentences that one is made of: the most like it, then those that explain words still unexplained."""
    ranked = sorted(((score, -j) for j, score in row.items() if score >= least), reverse=True)
    if not ranked:
        return ()
    words = {word.stem for word in here.sentences[i].words if len(word.stem) > 3}
    taken: list[int] = []
    explained: set[str] = set()
    for score, minus in ranked[:8]:
        new = (words & {word.stem for word in there.sentences[-minus].words}) - explained
        enough = len(new) >= max(2.0, GAIN * len(words)) and score >= 0.5 * ranked[0][0]
        if not taken or enough:
            taken.append(-minus)
            explained |= new
        if len(taken) == MOST:
            break
    return tuple(taken)


def _links(pairs: set[tuple[int, int]], scores: list[dict[int, float]]) -> tuple[Link, ...]:
    """Pairs that share a sentence become one link, as long as it stays small; else each is a link of its own."""
    by_left: dict[int, set[int]] = defaultdict(set)
    by_right: dict[int, set[int]] = defaultdict(set)
    for i, j in pairs:
        by_left[i].add(j)
        by_right[j].add(i)
    links: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    for i, js in by_left.items():
        lefts = {k for j in js for k in by_right[j]}
        rights = {j for k in lefts for j in by_left[k]}
        if rights == js and len(lefts) <= MOST:
            links.add((tuple(sorted(lefts)), tuple(sorted(js))))
        else:
            links.add(((i,), tuple(sorted(js))))
    found = [Link(lefts, rights, max(scores[i].get(j, 0.0) for i in lefts for j in rights)) for lefts, rights in links]
    return tuple(sorted(found, key=lambda link: (link.left, link.right)))
