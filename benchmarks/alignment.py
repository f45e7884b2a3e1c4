"""Score the alignment of sentences on links made by hand: `python -m benchmarks.alignment [--seeds FOLDER]`.

The links stand in ``corpora/stories/*/links.tsv`` (the first words of two sentences that tell the same) and were made
by one person before any of this was run; those of the seeds, in ``seed_links.tsv``, are offsets into texts that are not
part of the project. For three measures of likeness it prints

    top-1  sentences that have a link whose likest sentence is linked to them
    AUC    the chance that a linked pair is likelier than an unlinked one of the same two texts
    links  precision, recall and F1 of the pairs that are taken for linked, on sentences linked to several or with
           others to one (m to n); for the two baselines those are the likest of each sentence, both ways
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from normalize.check import Checker
from normalize.compare.align import align, likeness
from normalize.compare.facts import read_side
from normalize.compare.records import Side
from normalize.compare.similarity import cosines, vectors
from normalize.index.cache import shipped
from normalize.text.reading import read

Pairs = set[tuple[int, int]]
Scores = list[dict[int, float]]


def main() -> None:
    """Read the links, measure three ways, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=Path, help="the folder with the seeds")
    parser.add_argument("--show", action="store_true", help="list the sentences whose likest one is not linked to them")
    options = parser.parse_args()
    checker = Checker(shipped())
    cases = [*own_cases(checker), *(seed_cases(options.seeds, checker) if options.seeds else ())]
    print(f"{len(cases)} pairs of texts, {sum(len(gold) for _, _, gold in cases)} links")
    measures = {"calque": likeness, "chrF++": by_chrf, "tf-idf of characters": by_characters}
    for name, measure in measures.items():
        counts: Counter[str] = Counter()
        areas: list[tuple[float, int]] = []
        for left, right, gold in cases:
            scores = measure(left, right)
            found = linked(left, right) if name == "calque" else both_ways(scores)
            count(scores, gold, found, len(right.sentences), counts, areas)
            if options.show and name == "calque":
                show(left, right, scores, gold)
        precision = counts["m:n right"] / counts["m:n found"]
        recall = counts["m:n right"] / counts["m:n gold"]
        area = sum(value * weight for value, weight in areas) / sum(weight for _, weight in areas)
        print(
            f"{name:<22} top-1 {counts['top']}/{counts['sentences']}  AUC {area:.3f}  m:n precision {precision:.3f}"
            f" recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
        )


def own_cases(checker: Checker) -> Iterator[tuple[Side, Side, Pairs]]:
    """The project's own story clusters."""
    for path in sorted(Path("corpora/stories").glob("*/links.tsv")):
        by_pair: dict[tuple[str, str], list[tuple[str, str]]] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                by_pair.setdefault((row["left"], row["right"]), []).append((row["left_words"], row["right_words"]))
        for (left, right), words in by_pair.items():
            a, b = (side(path.parent / f"{name}.txt", checker) for name in (left, right))
            yield a, b, {(holder(a, a.document.text.index(x)), holder(b, b.document.text.index(y))) for x, y in words}


def seed_cases(folder: Path, checker: Checker) -> Iterator[tuple[Side, Side, Pairs]]:
    """The seeds, by offsets."""
    by_pair: dict[tuple[str, str], list[tuple[int, int]]] = {}
    with Path(__file__).with_name("seed_links.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            starts = int(row["left_start"]), int(row["right_start"])
            by_pair.setdefault((row["left"], row["right"]), []).append(starts)
    for names, offsets in by_pair.items():
        a, b = (side(next(folder.glob(f"{name}_*.txt")), checker) for name in names)
        yield a, b, {(holder(a, x), holder(b, y)) for x, y in offsets}


def side(path: Path, checker: Checker) -> Side:
    """A text, read."""
    return read_side(checker.check(read(str(path))), "rewrite")


def holder(text: Side, place: int) -> int:
    """The sentence that holds a place."""
    return next(s.number for s in text.sentences if s.span.start <= place < s.span.end)


def by_chrf(left: Side, right: Side) -> Scores:
    """sacrebleu's chrF++ of each pair of sentences, the left one as the hypothesis."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF(word_order=2)
    theirs = [right.slice(s.span) for s in right.sentences]
    return [
        {j: metric.sentence_score(left.slice(s.span), [text]).score / 100 for j, text in enumerate(theirs)}
        for s in left.sentences
    ]


def by_characters(left: Side, right: Side) -> Scores:
    """Cosines of n-grams of three to five characters within words, weighed by rarity."""
    a, b = vectors(left.sentences, right.sentences)
    return cosines(a, b)


def linked(left: Side, right: Side) -> Pairs:
    """The pairs that calque links."""
    return {(i, j) for link in align(left, right).links for i in link.left for j in link.right}


def both_ways(scores: Scores) -> Pairs:
    """The likest of each sentence of either text."""
    rows = {(i, max(row, key=lambda j: row[j])) for i, row in enumerate(scores) if row}
    columns = {j for row in scores for j in row}
    return rows | {(max(range(len(scores)), key=lambda i: scores[i].get(j, 0.0)), j) for j in columns}


def count(
    scores: Scores, gold: Pairs, found: Pairs, width: int, counts: Counter[str], areas: list[tuple[float, int]]
) -> None:
    """Add up one pair of texts."""
    for i in sorted({i for i, _ in gold}):
        counts["sentences"] += 1
        best = max(range(width), key=lambda j: scores[i].get(j, 0.0))
        counts["top"] += (i, best) in gold
    inside = sorted(scores[i].get(j, 0.0) for i, j in gold)
    outside = sorted(scores[i].get(j, 0.0) for i in range(len(scores)) for j in range(width) if (i, j) not in gold)
    wins = sum((x > y) + 0.5 * (x == y) for x in inside for y in outside)
    areas.append((wins / (len(inside) * len(outside)), len(inside)))
    lefts, rights = Counter(i for i, _ in gold), Counter(j for _, j in gold)
    several = {(i, j) for i, j in gold if lefts[i] > 1 or rights[j] > 1}
    shared = {i for i, _ in several}
    counts["m:n gold"] += len([1 for i, _ in gold if i in shared])
    counts["m:n found"] += len([1 for i, _ in found if i in shared])
    counts["m:n right"] += len([1 for i, j in found & gold if i in shared])


def show(left: Side, right: Side, scores: Scores, gold: Pairs) -> None:
    """The sentences whose likest one is not linked to them."""
    for i in sorted({i for i, _ in gold}):
        best = max(range(len(right.sentences)), key=lambda j: scores[i].get(j, 0.0))
        if (i, best) not in gold:
            ours, theirs = left.slice(left.sentences[i].span), right.slice(right.sentences[best].span)
            print(f"  {ours[:90]!r} is likest {theirs[:90]!r}")


if __name__ == "__main__":
    main()
