"""Build ``aliases/readings/hokkien.tsv`` from the pronunciations in the PyPI package taibun.

python tools/build_hokkien.py --taibun taibun-1.1.8-py3-none-any.whl --out aliases/readings/hokkien.tsv

Needs msgpack (PyPI), in which the package keeps them.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

CHECKED_INPUT = "34d7b7d604746259b6dba9be07418a255d1d32982ed9d8ffb1818eb5e0c19956"
MEMBER = "taibun/data/prons.msgpack"
HEAD = """\
# How Hokkien reads a character: its readings in Tai-lo without tones, in the order of the source.
# Built by tools/build_hokkien.py; do not edit.
# Source: taibun 1.1.8 (PyPI), whose data comes from the Taiwanese-Chinese and iTaigi dictionaries by way of ChhoeTaigi
# (CC BY-SA 4.0); ../NOTICE.
char\treadings
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the package, take tones off, write a row a character."""
    import msgpack  # type: ignore[import-untyped,import-not-found,unused-ignore]

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--taibun", type=Path, required=True, help="the wheel")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-input", action="store_true", help="build although the input is not the checked one")
    options = parser.parse_args(arguments)

    digest = hashlib.sha256(options.taibun.read_bytes()).hexdigest()
    print(f"{digest}  {options.taibun.name}")
    if digest != CHECKED_INPUT and not options.any_input:
        print(f"  not the checked input ({CHECKED_INPUT}); --any-input builds all the same", file=sys.stderr)
        return 2
    with zipfile.ZipFile(options.taibun) as wheel:
        found: dict[str, list[str]] = msgpack.unpackb(wheel.read(MEMBER))
    lines = [f"{char}\t{' '.join(plain)}\n" for char, said in sorted(found.items()) if (plain := _plain(said))]
    options.out.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{options.out}: {len(lines)} rows")
    return 0


def _plain(said: list[str]) -> list[str]:
    """Readings without tones, each once; what two accents say differently ("hi/hu") is two."""
    parts = (part for one in said for part in unicodedata.normalize("NFD", one).lower().split("/"))
    return list(dict.fromkeys(filter(None, ("".join(filter(_is_letter, part)) for part in parts))))


def _is_letter(char: str) -> bool:
    return "a" <= char <= "z"


if __name__ == "__main__":
    raise SystemExit(main())
