"""Names in other scripts among English names alone: ours beside what others do, by language.

    python -m benchmarks.names BENCH/persons_ep_world.dev.tsv [--kind person] [--languages ar ru zh]
    python -m benchmarks.names --speed 10000 100000

FILE has the columns entity_id, canonical_en, variant, lang. The pool is all its entities, without native forms. Ours
accepts from a score of 0.95 on, whatever the verdict; the others from thresholds of their own: Jaro-Winkler 0.90 and
token sort 0.85 over Unidecode, which reads Han as Mandarin, token sort over uroman 0.85. Extra: bench.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from normalize.channels.spellings import script_of
from normalize.index.cache import shipped
from normalize.names.lookup import Gazetteer
from normalize.names.recognise import Recogniser
from normalize.tables.locate import tables_root
from tools.fit_evidence import draw

ACCEPTED = 0.95
QUERIES = 500
SYLLABLES = [consonant + vowel for consonant in "bdklmnrstv" for vowel in "aeio"]
CYRILLIC = str.maketrans("abdeiklmnorstv", "абдеиклмнорств")

Best = tuple[str, float]
"""The first choice and its score."""
Scored = tuple[str, float, bool]
"""The script of a query, the score of its first choice, whether that is right."""
SCORES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--kind", default="person")
    parser.add_argument("--languages", nargs="*")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="where to draw the calibration")
    parser.add_argument("--speed", type=int, nargs="*", default=[])
    options = parser.parse_args(arguments)
    if options.file:
        scored = table(options.file, options.kind, options.languages)
        if options.svg:
            options.svg.write_text(draw([(score, is_right) for _, score, is_right in scored]), encoding="utf-8")
    for count in options.speed:
        speed(count)
    return 0


def table(path: Path, kind: str, languages: Sequence[str] | None) -> list[Scored]:
    """Right first choices by language; in all: accepted, accepted wrongly, sure and wrong. The answers of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["variant"]]
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row["entity_id"], row["canonical_en"])
    wanted = [row for row in rows if not languages or row["lang"] in languages]
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "table.tsv"
        lines = [f"{id_}\t{name}\t\t\t{kind}\n" for id_, name in names.items()]
        own.write_text("id\tname\tnative\tlanguage\tkind\n" + "".join(lines), "utf-8")
        gazetteer = Gazetteer(shipped(), [own], tables_root(), only_tables=True)
    sure_wrong = 0
    counts: dict[str, Counter[str]] = {}
    scored: list[Scored] = []
    matchers = {"calque": (ACCEPTED, None), **_peers(names)}
    for matcher, (threshold, find) in matchers.items():
        count = counts[matcher] = Counter[str]()
        for row in wanted:
            if find:
                id_, score = find(row["variant"])
            else:
                answer = gazetteer.resolve(row["variant"], row["lang"].replace("_", "-"))
                id_, score = (answer.candidates[0].id, answer.candidates[0].score) if answer.candidates else ("", 0.0)
            is_right = names.get(id_) == row["canonical_en"] or id_ == row["entity_id"]
            sure_wrong += not find and answer.verdict == "sure" and not is_right
            count[row["lang"]] += is_right
            count["accepted right"] += is_right and score >= threshold
            count["accepted wrongly"] += not is_right and score >= threshold
            if not find and answer.candidates:
                scored.append((next(filter(None, map(script_of, row["variant"])), ""), score, is_right))
    asked = Counter(row["lang"] for row in wanted)
    print("language", "n", *matchers, sep="\t")
    for language, number in sorted(asked.items()):
        print(language, number, *(f"{counts[m][language] / number:.2f}" for m in matchers), sep="\t")
    total = len(wanted)
    right = {m: sum(counts[m][language] for language in asked) for m in matchers}
    print("all", total, *(f"{right[m] / total:.3f}" for m in matchers), sep="\t")
    for what in ("accepted right", "accepted wrongly"):
        print(what, total, *(f"{counts[m][what] / total:.4f}" for m in matchers), sep="\t")
    print(f"sure and wrong: {sure_wrong} of {total}")
    calibration(scored)
    return scored


def calibration(scored: Sequence[Scored]) -> None:
    """What share of the first choices is right, by score, and by script from the score that is accepted on."""
    print("score", "answers", "right", sep="\t")
    for low, high in itertools.pairwise(SCORES):
        hits = [is_right for _, score, is_right in scored if low <= score < high]
        print(f"{low:.2f}-{min(high, 1):.2f}", len(hits), f"{sum(hits) / max(1, len(hits)):.3f}", sep="\t")
    for script in sorted({script for script, *_ in scored}):
        hits = [is_right for one, score, is_right in scored if one == script and score >= ACCEPTED]
        print(f"{script} from {ACCEPTED}", len(hits), f"{sum(hits) / max(1, len(hits)):.3f}", sep="\t")


def _peers(names: dict[str, str]) -> dict[str, tuple[float, Callable[[str], Best]]]:
    """Thresholds and first choices of the matchers that are installed."""
    try:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import JaroWinkler
        from unidecode import unidecode
    except ImportError:
        return {}

    def matcher(plain: Callable[[str], str], scorer: Callable[..., float], most: float) -> Callable[[str], Best]:
        choices = {id_: plain(name).lower() for id_, name in names.items()}

        def first(query: str) -> Best:
            found = process.extractOne(plain(query).lower(), choices, scorer=scorer)
            return (found[2], found[1] / most) if found else ("", 0.0)

        return first

    peers: dict[str, tuple[float, Callable[[str], Best]]] = {
        "Jaro-Winkler": (0.90, matcher(unidecode, JaroWinkler.normalized_similarity, 1)),
        "token sort": (0.85, matcher(unidecode, fuzz.token_sort_ratio, 100)),
    }
    try:
        from uroman import Uroman
    except ImportError:
        return peers
    romanise = Uroman().romanize_string
    return {
        **peers,
        "uroman, token sort": (0.85, matcher(lambda name: str(romanise(name)), fuzz.token_sort_ratio, 100)),
    }


def speed(count: int) -> None:
    """Queries a second and memory against made-up names, one process."""
    random_ = random.Random(3)
    words = ["".join(random_.choices(SYLLABLES, k=random_.randint(2, 4))).capitalize() for _ in range(count // 2)]
    names = [f"{random_.choice(words)} {random_.choice(words)}" for _ in range(count)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    recogniser = Recogniser(names, tables_root())
    recogniser.find("Кадо Мила")
    ready = time.process_time() - start
    queries = [random_.choice(names).lower().translate(CYRILLIC) for _ in range(QUERIES)]
    start = time.process_time()
    for query in queries:
        recogniser.find(query)
    spent = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{count} names: ready in {ready:.2f} s, {QUERIES / spent:.0f} queries a second, {grown:.0f} MB")


if __name__ == "__main__":
    raise SystemExit(main())
