"""Fit the weights of aliases/evidence.toml on the corpora, and draw how well the confidences are calibrated.

    python -m tools.fit_evidence [--svg docs/calibration.svg]

Every decision on a form that is not the entity's own is one row: the kinds of evidence that were found, and whether the
entity is the one that is meant. Gold comes from corpora/mentions and corpora/wild (who is meant) and corpora/clean
(nobody is meant under a foreign form there). A logistic regression in plain Python, held near the weights as they stand
(a Gaussian prior), since most kinds are rare in so little text: it prints the weights it would choose, changes no file,
and says what the expected calibration error is before and after. The picture shows right forms too.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.mentions import FOLDER, paragraphs
from normalize.check import Checker
from normalize.index.cache import shipped
from normalize.model import Checked, Resolution
from normalize.text.reading import from_text

CORPORA = FOLDER.parent
PRIOR = 0.5
"""How strongly, per nat squared, a weight is held at its present value."""
STEPS, RATE = 400, 0.05
BINS = 10

Row = tuple[tuple[str, ...], bool]
Scored = tuple[float, bool]


def decisions(checker: Checker) -> Iterator[tuple[Resolution, bool]]:
    """Every decision with gold, and whether it is right."""
    for paragraph in paragraphs(FOLDER):
        gold = {one.span: one.entity for one in paragraph.gold}
        for mention in checker.check(from_text(paragraph.text, "a.txt", "en")).resolutions:
            if mention.kind == "person":
                yield mention, gold.get(mention.span) == mention.entity
    for case in _cases("wild"):
        checked = checker.check(from_text(case["text"], "a.txt", "en"))
        cures = {(want["text"], want["cure"]) for want in case["find"]}
        texts = {text for text, _ in cures}
        for mention in checked.resolutions:
            if not mention.right and mention.text in texts:
                yield mention, (mention.text, mention.replacement) in cures
    for case in _cases("clean"):
        yield from _foreign(checker.check(from_text(case["text"], "a.txt", case.get("language", "en"))))
    for path in sorted((CORPORA / "clean").glob("*.txt")):
        yield from _foreign(checker.check(from_text(path.read_text("utf-8"), path.name)))


def _foreign(checked: Checked) -> Iterator[tuple[Resolution, bool]]:
    for mention in checked.resolutions if checked.document.language == "en" else ():
        if not mention.right:
            yield mention, False


def _cases(folder: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((CORPORA / folder / "cases.toml").read_text("utf-8"))["case"]
    return cases


def fit(rows: list[Row], weights: Mapping[str, float]) -> dict[str, float]:
    """The weights that make the rows likeliest, held near the present ones."""
    fitted = dict(weights)
    for _ in range(STEPS):
        slope: dict[str, float] = defaultdict(float)
        for kinds, is_right in rows:
            error = _probability(kinds, fitted) - is_right
            for kind in kinds:
                slope[kind] += error
        for kind in slope:
            fitted[kind] -= RATE * (slope[kind] + PRIOR * (fitted[kind] - weights[kind]))
    return fitted


def _probability(kinds: tuple[str, ...], weights: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights[kind] for kind in kinds)))


def calibration_error(scored: list[Scored]) -> float:
    """The mean distance of confidence and share right over ten bins, each as heavy as it is full.

    >>> round(calibration_error([(0.95, True), (0.95, True), (0.05, False)]), 2)
    0.05
    """
    return sum(abs(sum(p for p, _ in one) - sum(right for _, right in one)) for one in _bins(scored).values()) / max(
        1, len(scored)
    )


def _bins(scored: list[Scored]) -> dict[int, list[Scored]]:
    bins: dict[int, list[Scored]] = defaultdict(list)
    for probability, right in scored:
        bins[min(BINS - 1, int(probability * BINS))].append((probability, right))
    return dict(sorted(bins.items()))


def draw(scored: list[Scored]) -> str:
    """The calibration of the confidences as a picture: a disc a bin, its area the number of decisions in it."""
    size, edge = 360, 46
    discs = []
    for one in _bins(scored).values():
        x = edge + size * sum(p for p, _ in one) / len(one)
        y = edge + size * (1 - sum(right for _, right in one) / len(one))
        radius = 3 + 14 * math.sqrt(len(one) / len(scored))
        discs.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{len(one)} decisions</title></circle>')
        discs.append(f'<text x="{x + radius + 3:.1f}" y="{y + 4:.1f}">{len(one)}</text>')
    whole = size + 2 * edge
    ticks = [
        f'<text x="{edge + size * n / 4:.0f}" y="{edge + size + 18}" text-anchor="middle">{n / 4:g}</text>'
        f'<text x="{edge - 8}" y="{edge + size * (1 - n / 4) + 4:.0f}" text-anchor="end">{n / 4:g}</text>'
        for n in range(5)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" viewBox="0 0 {whole} {whole}"'
            ' font-family="sans-serif" font-size="11">',
            f"<title>Confidence and share right of {len(scored)} decisions</title>",
            f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#888"/>',
            f'<path d="M{edge} {edge + size}L{edge + size} {edge}" stroke="#888" stroke-dasharray="4"/>',
            '<g fill="#1f6feb" fill-opacity="0.8">',
            *(disc for disc in discs if disc.startswith("<circle")),
            "</g>",
            *(disc for disc in discs if not disc.startswith("<circle")),
            *ticks,
            f'<text x="{whole / 2:.0f}" y="{whole - 8}" text-anchor="middle">confidence</text>',
            f'<text x="12" y="{whole / 2:.0f}" transform="rotate(-90 12 {whole / 2:.0f})" text-anchor="middle">'
            "share right</text>",
            f'<text x="{edge}" y="24">{len(scored)} decisions, expected calibration error '
            f"{calibration_error(scored):.3f}</text>",
            "</svg>\n",
        ]
    )


def main() -> None:
    """Print the fit, and draw the picture if one is wanted."""
    parser = argparse.ArgumentParser(description="Fit the weights of evidence and draw their calibration.")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="where to draw the calibration")
    options = parser.parse_args()
    checker = Checker(shipped())
    weights: dict[str, float] = checker.pack.record("weights")
    judged = list(decisions(checker))
    rows = [(tuple(e.kind for e in m.evidence), right) for m, right in judged if not m.right and m.part == "full"]
    rows = [(tuple(kind for kind in kinds if kind in weights), right) for kinds, right in rows]
    fitted = fit(rows, weights)
    seen = Counter(kind for kinds, _ in rows for kind in set(kinds))
    print(f"{len(rows)} decisions on foreign forms, {sum(right for _, right in rows)} of them right")
    for name, chosen in (("present", weights), ("fitted", fitted)):
        scored = [(_probability(kinds, chosen), right) for kinds, right in rows]
        loss = -sum(math.log(max(1e-9, p if right else 1 - p)) for p, right in scored) / len(scored)
        print(f"{name}: loss {loss:.3f} nats, expected calibration error {calibration_error(scored):.3f}")
    for kind in sorted(seen, key=lambda kind: -abs(fitted[kind] - weights[kind])):
        print(f"  {kind:12} {weights[kind]:6.2f} -> {fitted[kind]:6.2f}   in {seen[kind]} decisions")
    everyone = [(mention.confidence, right) for mention, right in judged]
    print(f"all {len(everyone)} decisions: expected calibration error {calibration_error(everyone):.3f}")
    if options.svg:
        options.svg.write_text(draw(everyone), encoding="utf-8")


if __name__ == "__main__":
    main()
