"""Rank systems by calque's findings, BLEU and chrF, and hold the orders against human marks:

    python -m benchmarks.ranking MQM.tsv [--skip-docs a,b] [--with reference|source]

MQM.tsv: set system doc seg source target reference category severity … rater, a row a mark. The human order is by MQM
(major 5, minor 1, minor punctuation 0.1, non-translation 25; means over raters and segments). Prints each system, and
Kendall's tau of each order with the human one, with a 95 % interval from resampling the documents.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from normalize.check import Checker
from normalize.compare.compare import Comparer
from normalize.index.cache import shipped
from normalize.text.reading import from_text

RESAMPLES = 1000
Cell = dict[str, Any]


def main() -> None:
    """Read, measure each article of each system, resample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--skip-docs", default="")
    parser.add_argument("--with", dest="side", choices=("reference", "source"), default="reference")
    options = parser.parse_args()
    cells = read_cells(options.file, set(options.skip_docs.split(",")))
    measure(cells, options.side)
    systems = sorted({system for system, _ in cells})
    docs = sorted({doc for _, doc in cells})
    means = {system: total(cells, system, docs) for system in systems}
    print(f"{len(systems)} systems, {len(docs)} documents, against the {options.side}")
    for system in sorted(systems, key=lambda s: means[s]["human"]):
        row = means[system]
        print(
            f"  {system:<20} MQM {row['human']:.2f}  proved {row['proved']:.2f}  all {row['all']:.1f} for 1,000 words"
            f"  BLEU {-row['BLEU']:.1f}  chrF {-row['chrF']:.1f}"
        )
    chance = random.Random(12345)
    samples = [chance.choices(docs, k=len(docs)) for _ in range(RESAMPLES)]
    names = {"all": "findings, notes too", "proved": "findings, warning and above", "BLEU": "BLEU", "chrF": "chrF"}
    resampled = [{system: total(cells, system, sample) for system in systems} for sample in samples]
    for key, name in names.items():
        taus = sorted(tau(row, key) for row in resampled)
        low, high = taus[round(0.025 * RESAMPLES)], taus[round(0.975 * RESAMPLES) - 1]
        print(f"tau {tau(means, key):+.2f}  ({low:+.2f} to {high:+.2f})  {name}")


def read_cells(path: Path, skipped: set[str]) -> dict[tuple[str, str], Cell]:
    """What each system made of each document, and what the raters took off."""
    csv.field_size_limit(10**8)
    cells: dict[tuple[str, str], Cell] = defaultdict(lambda: {"segments": {}, "marks": 0.0, "raters": set()})
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["doc"] in skipped:
                continue
            cell = cells[row["system"], row["doc"]]
            cell["segments"][int(row["seg"])] = (row["target"], row["reference"], row["source"])
            cell["raters"].add((row["seg"], row["rater"]))
            cell["marks"] += weight(row["category"].lower(), row["severity"].lower())
    return dict(cells)


def weight(category: str, severity: str) -> float:
    """What a mark takes off, as WMT counts."""
    if "non-translation" in category:
        return 25.0
    if severity == "major":
        return 5.0
    return (0.1 if "fluency/punctuation" in category else 1.0) if severity == "minor" else 0.0


def measure(cells: dict[tuple[str, str], Cell], against: str) -> None:
    """Put findings and metrics' statistics to each cell."""
    comparer, others = Comparer(Checker(shipped())), {}
    for (_, doc), cell in cells.items():
        texts, references, sources = zip(*(row for _, row in sorted(cell["segments"].items())), strict=True)
        if doc not in others:
            other = "\n\n".join(references if against == "reference" else sources) + "\n"
            language = "en" if against == "reference" else "zh"
            role: Any = against
            others[doc] = comparer.read(from_text(other, doc, language), role)[0]
        text = "\n\n".join(texts) + "\n"
        compared = comparer.compare(comparer.read(from_text(text, doc, "en"), "rewrite"), [others[doc]])
        cell["proved"] = sum(finding.severity != "info" for finding in compared.findings)
        cell["count"] = len(compared.findings)
        cell["words"] = len(text.split())
        for name, metric in metrics():
            statistics = metric._extract_corpus_statistics(list(texts), [list(references)])
            cell[name] = [sum(column) for column in zip(*statistics, strict=True)]


def metrics() -> list[tuple[str, Any]]:
    """sacrebleu's, as it sets them."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    return [("BLEU", BLEU()), ("chrF", CHRF())]


def total(cells: dict[tuple[str, str], Cell], system: str, docs: list[str]) -> dict[str, float]:
    """A system's numbers over some documents; all are better where they are lower."""
    mine = [cells[system, doc] for doc in docs]
    words = sum(cell["words"] for cell in mine)
    found = {
        "human": sum(cell["marks"] for cell in mine) / sum(len(cell["raters"]) for cell in mine),
        "proved": 1000 * sum(cell["proved"] for cell in mine) / words,
        "all": 1000 * sum(cell["count"] for cell in mine) / words,
    }
    for name, metric in metrics():
        summed = [sum(column) for column in zip(*(cell[name] for cell in mine), strict=True)]
        found[name] = -metric._compute_score_from_stats(summed).score
    return found


def tau(rows: dict[str, dict[str, float]], key: str) -> float:
    """Kendall's tau-b with the human order."""
    systems = sorted(rows)
    agree = ties = 0
    pairs = [(a, b) for at, a in enumerate(systems) for b in systems[at + 1 :]]
    for a, b in pairs:
        human, ours = rows[a]["human"] - rows[b]["human"], rows[a][key] - rows[b][key]
        agree += (human * ours > 0) - (human * ours < 0)
        ties += ours == 0
    return float(agree) / float((len(pairs) * max(1, len(pairs) - ties)) ** 0.5)


if __name__ == "__main__":
    main()
