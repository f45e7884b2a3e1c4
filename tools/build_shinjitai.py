"""Build ``aliases/readings/shinjitai.tsv`` from the wheel of opencc-python-reimplemented.

    python tools/build_shinjitai.py --opencc opencc_python_reimplemented-0.1.7-py2.py3-none-any.whl \\
        --out aliases/readings/shinjitai.tsv
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

CHECKED_INPUT = "41b3b92943c7bed291f448e9c7fad4b577c8c2eae30fcfe5a74edf8818493aa6"
MEMBER = "opencc/dictionary/JPVariants.txt"
HEAD = """\
# Japanese characters whose form was simplified in 1946 (shinjitai), and the older form that Chinese and Korean print
# or simplify in their own way. Built by tools/build_shinjitai.py; do not edit.
# Source: JPVariants.txt of Open Chinese Convert, in opencc-python-reimplemented 0.1.7 (PyPI; Apache-2.0); ../NOTICE.
new\told
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the wheel, turn its rows round, write them sorted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opencc", type=Path, required=True, help="the wheel")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--any-input", action="store_true", help="build although the input is not the checked one")
    options = parser.parse_args(arguments)

    digest = hashlib.sha256(options.opencc.read_bytes()).hexdigest()
    print(f"{digest}  {options.opencc.name}")
    if digest != CHECKED_INPUT and not options.any_input:
        print(f"  not the checked input ({CHECKED_INPUT}); --any-input builds all the same", file=sys.stderr)
        return 2
    with zipfile.ZipFile(options.opencc) as wheel:
        lines = wheel.read(MEMBER).decode("utf-8").splitlines()
    rows = sorted((new, old) for old, *news in (line.split() for line in lines if line.strip()) for new in news)
    rows = [(new, old) for new, old in rows if new != old and unicodedata.is_normalized("NFC", new + old)]
    options.out.write_text(HEAD + "".join(f"{new}\t{old}\n" for new, old in rows), encoding="utf-8", newline="\n")
    print(f"{options.out}: {len(rows)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
