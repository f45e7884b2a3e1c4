"""Build ``aliases/readings/kanji_names.tsv`` from the dictionary of Debian's package kanjidic.

python tools/build_kanji.py --kanjidic /usr/share/edict/kanjidic --out aliases/readings/kanji_names.tsv
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

CHECKED_INPUT = "001c09c5384d94d681cfa5492e2e4d55ae17e50b28e81eb879f63d8756b8dcce"
HEAD = """\
# How Japanese given names may read a character: its native (kun) readings, then those met in names alone (nanori), the
# way a dictionary lists them; at most six. Built by tools/build_kanji.py; do not edit.
# Source: KANJIDIC of 2022-08-23, Debian package kanjidic (Electronic Dictionary Research and Development Group;
# CC BY-SA); ../NOTICE.
char\tnames
"""
MOST = 6
_KANA = re.compile(r"^-?([ぁ-ん]+)(?:\.[ぁ-ん]+)?-?$")
_LONGEST = 4
"""Kana in a reading: longer ones are words, not parts of names."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the dictionary, keep the readings names are made of, write a row a character."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kanjidic", type=Path, required=True, help="the dictionary, in EUC-JP as the package has it")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-input", action="store_true", help="build although the input is not the checked one")
    options = parser.parse_args(arguments)

    raw = options.kanjidic.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    print(f"{digest}  {options.kanjidic.name}")
    if digest != CHECKED_INPUT and not options.any_input:
        print(f"  not the checked input ({CHECKED_INPUT}); --any-input builds all the same", file=sys.stderr)
        return 2
    entries = (line for line in raw.decode("euc-jp").splitlines() if line and not line.startswith("#"))
    found = {entry[0]: list(dict.fromkeys(_readings(entry)))[:MOST] for entry in entries}
    lines = [f"{char}\t{' '.join(readings)}\n" for char, readings in sorted(found.items()) if readings]
    options.out.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{options.out}: {len(lines)} rows")
    return 0


def _readings(entry: str) -> Iterator[str]:
    """The readings of an entry in hiragana, without what inflection adds; those of radicals (T2) are no readings."""
    for field in entry.partition(" T2 ")[0].split():
        if match := _KANA.match(field):
            if len(whole := field.strip("-").replace(".", "")) <= _LONGEST:
                yield whole
            if len(match[1]) > 1 and len(match[1]) <= _LONGEST:
                yield match[1]


if __name__ == "__main__":
    sys.exit(main())
