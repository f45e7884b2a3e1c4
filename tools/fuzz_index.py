"""Feed the C matcher and writer anything under sanitizers: `python -m tools.fuzz_index [INPUTS] [SEED]`.

The module is compiled with ``-fsanitize=address,undefined`` (GCC or Clang) and loaded into a Python of its own, where
any bad read ends the run. On a sound index it must find what the plain matcher finds; a damaged one it must refuse or
scan without harm, whatever it finds; and it must write the bytes that the plain writer writes, or refuse to.
"""

from __future__ import annotations

import contextlib
import importlib.machinery
import importlib.util
import os
import random
import subprocess
import sys
import sysconfig
import tempfile
import unicodedata
from pathlib import Path
from typing import Any
from zlib import crc32

from normalize.index import sections
from normalize.index.layout import HEADER, SECTIONS, page_sums
from normalize.index.pack import Pack
from normalize.index.plain import PlainScanner
from normalize.index.write import shaped, write
from normalize.model import Form

SOURCE = Path(__file__).resolve().parents[1] / "normalize" / "index" / "_scan.c"
FORMS = [
    *(
        "Wang Yi",
        "王毅",
        "Vương Nghị",
        "Xi Jinping",
        "Kaja Kallas",
        "Kaja Kallas Estonia",
        "S.A.",
        "株式会社",
        "김정은",
    ),
    *("がん", "กรุงเทพ", "नरेन्द्र मोदी", "Straße", "a b c d", "b c", "b", "AT&T", "И. И.", "١٢", "5"),
]
ODD = [
    *("㍿", "½", "⒈", "ŉ", "ﬁ", "İ", "ẞ", "ำ", "ｶ", "ﾞ", "이", "ᄀ", "ᅡ", "ᆨ", "㈱", "ﷺ", "\u0301", "\u00ad", "\u200d"),
    *(
        "\u20dd",
        "\ufe0f",
        "\u0640",
        "\ud800",
        "\udfff",
        "\U0001f1fb",
        ".",
        "-",
        "&",
        "_",
        "*",
        "'",
        "\n",
        "\r",
        ",",
        "(",
    ),
]
NUMBERS = (0, 1, 0x7F, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


def main() -> None:
    """Compile, run, and say how many inputs went through."""
    inputs = sys.argv[1] if len(sys.argv) > 1 else "100000"
    seed = sys.argv[2] if len(sys.argv) > 2 else "1"
    if len(sys.argv) > 3:
        fuzz(load(Path(sys.argv[3])), int(inputs), int(seed))
        return
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "_scan.abi3.so"
        compiler = os.environ.get("CC", "cc")
        flags = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-shared", "-fPIC"]
        include = f"-I{sysconfig.get_paths()['include']}"
        subprocess.run([compiler, *flags, include, str(SOURCE), "-o", str(built)], check=True)
        runtime = subprocess.run([compiler, "-print-file-name=libasan.so"], check=True, capture_output=True, text=True)
        environment = {
            **os.environ,
            "LD_PRELOAD": runtime.stdout.strip(),
            "ASAN_OPTIONS": "detect_leaks=0",  # the interpreter frees little at its end
            "PYTHONMALLOC": "malloc",  # so that the sanitizer sees every buffer's edge
        }
        command = [sys.executable, "-m", "tools.fuzz_index", inputs, seed, str(built)]
        raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)


def load(path: Path) -> Any:
    """The extension module in this file."""
    name = "normalize.index._scan"
    loader = importlib.machinery.ExtensionFileLoader(name, str(path))
    spec = importlib.util.spec_from_file_location(name, str(path), loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def fuzz(module: Any, inputs: int, seed: int) -> None:
    """Of five inputs two are texts for a sound index, two damaged indexes with a text each, and one is written."""
    choose = random.Random(seed)
    sound = Pack(write([Form(form, f"person/{number}", "name") for number, form in enumerate(FORMS)], {}, ""), "made")
    native, plain = module.Scanner(sound.data), PlainScanner(sound)
    hits = refused = written = 0
    for number in range(inputs):
        text = made_text(choose)
        if number % 5 == 4:
            written += fuzz_writer(module, choose, bytes(sound.section("signs")))
            continue
        spans = made_spans(choose, len(text))
        if number % 2:
            found = native.scan(text, spans)
            hits += len(found)
            assert found == plain.scan(text, spans), (ascii(text), spans)
            continue
        try:
            module.Scanner(damaged(choose, bytes(sound.data))).scan(text, spans)
        except ValueError:
            refused += 1
    print(f"{inputs} inputs, seed {seed}: {hits} hits, alike in C and plain Python")
    damaged_ones = sum(number % 5 != 4 and number % 2 == 0 for number in range(inputs))
    print(f"{refused} of {damaged_ones} damaged indexes were refused, the others scanned")
    print(f"{written} of {inputs // 5} inputs of the writer were written alike, the others refused; no sanitizer spoke")


def fuzz_writer(module: Any, choose: random.Random, signs: bytes) -> bool:
    """Have some texts written by both writers; whether the input was one that can be written."""
    texts = [made_text(choose) for _ in range(choose.randrange(8))]
    if choose.random() < 0.5:
        wrong = bytearray(signs)
        for _ in range(choose.choice((1, 5, 50))):
            wrong[choose.randrange(len(wrong))] = choose.randrange(256)
        try:
            module.keys(bytes(wrong[: choose.choice((len(wrong), choose.randrange(len(wrong))))]), texts)
        except ValueError:
            return False
        return True
    keys = module.keys(signs, texts)
    assert keys == sections.keys(signs, texts)
    texts = [text for text in texts if not any("\ud800" <= char <= "\udfff" for char in text)]
    keys = module.keys(signs, texts)
    kinds, owners = (choose.randbytes(4 * len(texts)) for _ in range(2))
    entries = module.entries(keys, texts, kinds, owners, shaped)
    assert entries == sections.entries(keys, texts, kinds, owners, shaped)
    assert module.blocks(*entries[:2]) == sections.blocks(*entries[:2])
    made = module.sequences(entries[0])
    assert made == sections.sequences(entries[0])
    size = len(made[1]) // 4 + choose.randrange(1, 9)
    assert module.slots(made[0], made[1], size, 9) == sections.slots(made[0], made[1], size, 9)
    assert module.filled(made[0], size) == sections.filled(made[0], size)
    anything = choose.randbytes(choose.randrange(40))
    with contextlib.suppress(ValueError):
        module.entries([anything], ["a"], anything, anything, shaped)
    with contextlib.suppress(ValueError):
        module.slots(anything, anything, choose.randrange(9), choose.randrange(40))
    with contextlib.suppress(ValueError):
        module.filled(anything, choose.randrange(3))
    return True


def made_text(choose: random.Random) -> str:
    """Forms, changed or not, odd signs, and any code points."""
    pieces = []
    for _ in range(choose.randrange(12)):
        kind = choose.randrange(4)
        if kind == 0:
            pieces.append("".join(chr(choose.randrange(0x110000)) for _ in range(choose.randrange(5))))
        elif kind == 1:
            pieces.append(choose.choice(ODD))
        else:
            form = choose.choice(FORMS)
            form = choose.choice((form, form.upper(), unicodedata.normalize("NFD", form), form[:-1]))
            pieces.append(form.replace(" ", choose.choice((" ", "\n", "-", "\u00a0", ". ", ""))))
        pieces.append(choose.choice(("", " ", " ", "\n\n")))
    return "".join(pieces)


def made_spans(choose: random.Random, length: int) -> list[tuple[int, int]]:
    """The whole text, or any pairs of numbers."""
    if choose.random() < 0.7:
        return [(0, length)]
    edges = range(-2, length + 3)
    return [(choose.choice(edges), choose.choice(edges)) for _ in range(choose.randrange(4))]


def damaged(choose: random.Random, data: bytes) -> bytes:
    """Cut, or with bytes or numbers in its sections changed; the header is mostly left alone, and the sums mostly made
    to agree with what is wrong, so that it is read.
    """
    if choose.random() < 0.05:
        return data[: choose.randrange(len(data))]
    places = HEADER.unpack_from(data)[4:]
    wrong = bytearray(data)
    for _ in range(choose.choice((1, 1, 2, 5, 50))):
        section = choose.randrange(len(SECTIONS))
        start, size = places[2 * section : 2 * section + 2]
        if choose.random() < 0.03:
            start, size = 0, HEADER.size
        if not size:
            continue
        at = start + choose.randrange(size)
        if choose.random() < 0.5:
            wrong[at] = choose.randrange(256)
        else:
            at -= at % 4
            number = choose.choice((*NUMBERS, choose.randrange(1 << 32)))
            wrong[at : at + 4] = number.to_bytes(4, "little")
    if choose.random() < 0.8:
        sums = b"".join(crc.to_bytes(4, "little") for crc in page_sums(wrong[: places[-2]]))
        wrong[places[-2] :] = sums + crc32(sums).to_bytes(4, "little")
    return bytes(wrong)


if __name__ == "__main__":
    main()
