"""How fast and how large a run over a corpus is, beside a bare copy and peers, on the same data in one go.

    python benchmarks/batch.py WORK --size 16 --forms 100000 1000000    engines: MB/s, ratio to the bare copy, memory
    python benchmarks/batch.py WORK --growth 1 2 4 8 16                 seconds and memory by size, and their slope
    python benchmarks/batch.py WORK --size 16 --spark                   Spark local[2] beside the built-in runner

WORK is a folder for data, emptied first. Sizes are megabytes of text. Peers (datasets, datatrove, flashtext2,
pyahocorasick, pyspark) are measured where they are installed and named where they are not.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
import math
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from normalize.index.compile import compile_index
from normalize.model import Person
from normalize.tables.load import load
from normalize.tables.locate import tables_root

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
SHARD = 4_000_000
"""Bytes of text in a shard."""
SYLLABLES = (
    "ba",
    "de",
    "fi",
    "go",
    "ku",
    "la",
    "me",
    "ni",
    "so",
    "tan",
    "tu",
    "va",
    "ze",
    "mor",
    "kel",
    "dun",
    "pra",
    "vik",
)


@dataclasses.dataclass(frozen=True)
class Measured:
    """One engine on one corpus."""

    name: str
    seconds: float
    megabytes: float
    memory: float
    """The largest process's peak, in MB."""
    work: float
    """Seconds of processor time of all processes, which other work on the machine lengthens little."""

    @property
    def rate(self) -> float:
        """MB of text a second."""
        return self.megabytes / self.seconds


def made_names(count: int) -> list[str]:
    """Names that nobody bears, each once."""
    draw = random.Random(11)
    found: dict[str, None] = {}
    while len(found) < count:
        first, last = ("".join(draw.choices(SYLLABLES, k=draw.choice((2, 3)))).capitalize() for _ in range(2))
        found[f"{first} {last}x{len(found) % 7}"] = None
    return list(found)


def make_index(path: Path, forms: int) -> None:
    """The shipped tables and so many made-up forms more, a thousand to an entity."""
    tables = load(tables_root())
    names = made_names(forms)
    groups = [names[at : at + 1000] for at in range(0, len(names), 1000)]
    more = {
        f"person/made-{n}": Person(id=f"person/made-{n}", name=group[0], aliases=tuple(group[1:]), names={})
        for n, group in enumerate(groups)
    }
    grown = dataclasses.replace(tables, entities={**tables.entities, **more})
    path.write_bytes(compile_index(grown, f"benchmark {forms}"))


def texts(size: int, names: list[str]) -> Iterator[str]:
    """Articles of several languages, about three thousand characters each, with made-up names strewn in."""
    draw = random.Random(5)
    paragraphs = [
        part
        for path in sorted(CORPORA.rglob("*.txt"))
        for part in path.read_text("utf-8").split("\n\n")
        if len(part) > 80
    ]
    while size > 0:
        parts = draw.sample(paragraphs, k=8)
        parts.insert(4, f"On Tuesday {draw.choice(names)} said that talks with {draw.choice(names)} would go on.")
        text = "\n\n".join(parts)
        size -= len(text.encode())
        yield text


def make_corpus(folder: Path, megabytes: float, names: list[str]) -> float:
    """The same rows as Parquet and as JSON lines, in at least four shards; how many MB of text they hold."""
    rows = list(texts(int(megabytes * 1e6), names))
    per_shard = max(1, min(len(rows) // 4, SHARD * len(rows) // max(1, int(megabytes * 1e6))))
    for number, at in enumerate(range(0, len(rows), per_shard)):
        part = rows[at : at + per_shard]
        place = folder / "parquet" / f"{number:04}.parquet"
        place.parent.mkdir(parents=True, exist_ok=True)
        (folder / "jsonl").mkdir(exist_ok=True)
        pq.write_table(pa.table({"id": range(at, at + len(part)), "text": part}), place, compression="zstd")
        lines = (json.dumps({"id": at + n, "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(part))
        (folder / "jsonl" / f"{number:04}.jsonl").write_text("".join(lines), "utf-8")
    return sum(len(row.encode()) for row in rows) / 1e6


def measure(name: str, megabytes: float, command: list[str]) -> Measured:
    """Run a command and weigh it: ``resource`` knows the largest of the processes it waited for."""
    code = (
        "import resource, subprocess, sys, time; began = time.monotonic();"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE);"
        "taken = time.monotonic() - began; used = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(done.returncode, taken, used.ru_maxrss, used.ru_utime + used.ru_stime);"
        "sys.stderr.buffer.write(done.stderr[-2000:])"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    status, seconds, peak, work = done.stdout.split()
    if status != "0":
        raise SystemExit(f"{name}: exit {status}\n{done.stderr}")
    return Measured(name, float(seconds), megabytes, int(peak) / 1024, float(work))


def calque(source: Path, out: Path, processes: int, index: Path | None) -> list[str]:
    """The command of a run that starts from nothing."""
    shutil.rmtree(out, ignore_errors=True)
    code = "from normalize.cli import main; raise SystemExit(main())"
    chosen = ["--index", str(index)] if index else []
    return [sys.executable, "-c", code, "normalize", str(source), str(out), f"--processes={processes}", *chosen]


def peer(name: str, source: Path, out: Path, *more: str) -> list[str]:
    """The command that runs one of the engines below in a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return [sys.executable, __file__, str(out), "--peer", name, str(source), *more]


def bare_copy(source: Path, out: Path) -> None:
    """Read and write every shard, and do nothing."""
    for path in sorted(source.iterdir()):
        with (
            pq.ParquetFile(path) as file,
            pq.ParquetWriter(out / path.name, file.schema_arrow, compression="zstd") as writer,
        ):
            for batch in file.iter_batches(batch_size=8192):
                writer.write_batch(batch)


def replacer(kind: str, forms: int) -> Any:
    """A function that puts each made-up entity's name in place of its forms, with a peer's matcher."""
    names = made_names(forms)
    right = {name: names[n // 1000 * 1000] for n, name in enumerate(names)}
    if kind == "flashtext2":
        from flashtext2 import KeywordProcessor

        processor = KeywordProcessor(case_sensitive=True)
        for name, canonical in right.items():
            processor.add_keyword(name, canonical)
        return processor.replace_keywords
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name, canonical in right.items():
        automaton.add_word(name, (len(name), canonical))
    automaton.make_automaton()

    def replace(text: str) -> str:
        pieces, at = [], 0
        for end, (length, canonical) in automaton.iter_long(text):
            pieces += [text[at : end + 1 - length], canonical]
            at = end + 1
        return "".join([*pieces, text[at:]])

    return replace


def with_datasets(source: Path, out: Path, kind: str, forms: int) -> None:
    """datasets.map with a peer's matcher, one process."""
    import datasets

    replace = replacer(kind, forms)
    files = [str(path) for path in sorted(source.iterdir())]
    data = datasets.load_dataset("parquet", data_files=files, split="train", cache_dir=str(out / "cache"))
    data.map(lambda rows: {"text": [replace(t) for t in rows["text"]]}, batched=True).to_parquet(out / "all.parquet")


def with_datatrove(source: Path, out: Path, kind: str, forms: int) -> None:
    """A datatrove pipeline with a peer's matcher, one task."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    replace = replacer(kind, forms)

    def step(data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        for document in data:
            document.text = replace(document.text)
            yield document

    pipeline = [JsonlReader(str(source)), step, JsonlWriter(str(out / "rows"), compression=None)]
    LocalPipelineExecutor(pipeline=pipeline, logging_dir=str(out / "logs"), tasks=1).run()


def with_spark(source: Path, out: Path) -> None:
    """Our function in Spark local[2]; prints the seconds of the job without those of the session's start."""
    from pyspark.sql import SparkSession

    from normalize.batch.spark import normalize

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    began = time.monotonic()
    frame = session.read.parquet(str(source))
    normalize(frame, "text").write.option("compression", "zstd").parquet(str(out / "rows"))
    (out / "seconds").write_text(f"{time.monotonic() - began}", "ascii")
    session.stop()


def engines(work: Path, size: float, counts: list[int]) -> None:
    """The table of engines."""
    for forms in counts:
        names = made_names(forms)
        folder = work / f"{forms}"
        megabytes = make_corpus(folder, size, names)
        index = folder / "index.calque"
        make_index(index, forms)
        parquet, jsonl = folder / "parquet", folder / "jsonl"
        print(f"\n{forms:,} forms; {megabytes:.1f} MB of text; index {index.stat().st_size / 1e6:.0f} MB", flush=True)
        jobs = [
            ("bare pyarrow copy", peer("copy", parquet, work / "copy")),
            ("calque, 1 process, Parquet", calque(parquet, work / "one", 1, index)),
            ("calque, 2 processes, Parquet", calque(parquet, work / "two", 2, index)),
            ("calque, 1 process, JSON lines", calque(jsonl, work / "lines", 1, index)),
        ]
        for engine in ("datasets", "datatrove"):
            for kind in ("flashtext2", "ahocorasick"):
                missing = [m for m in (engine, kind) if not importlib.util.find_spec(m)]
                if missing:
                    print(f"{engine} with {kind}: not measured, {' and '.join(missing)} not installed")
                    continue
                command = peer(
                    engine, jsonl if engine == "datatrove" else parquet, work / f"{engine}-{kind}", kind, str(forms)
                )
                jobs.append((f"{engine} with {kind}, 1 process", command))
        done = [say(measure(name, megabytes, command)) for name, command in jobs]
        copy, one, two = done[:3]
        print(f"calque to bare copy: {one.seconds / copy.seconds:.1f} x the time (aim 1.5)", end=", ")
        print(f"{one.work / copy.work:.1f} x the work")
        print(f"2 processes are {one.seconds / two.seconds:.2f} x as fast as 1 (aim 1.8)", end=" ")
        print(f"for {two.work / one.work:.2f} x the work; {load_now()}")


def load_now() -> str:
    """What else was going on."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def say(one: Measured) -> Measured:
    """Print a line."""
    rates = f"{one.seconds:8.2f} s {one.rate:7.2f} MB/s {one.work:8.2f} s of processor"
    print(f"{one.name:38} {rates} {one.memory:5.0f} MB at most", flush=True)
    return one


def growth(work: Path, sizes: list[float]) -> None:
    """Seconds and memory by size; the slope of log processor time over log size, without that of an empty run."""
    names = made_names(1000)
    empty = work / "empty"
    make_corpus(empty, 0.00001, names)
    start = min(measure("start", 0.0, calque(empty / "parquet", work / "out", 1, None)).work for _ in range(3))
    found = []
    for size in sizes:
        megabytes = make_corpus(work / f"{size}", size, names)
        found.append(say(measure(f"{size} MB", megabytes, calque(work / f"{size}" / "parquet", work / "out", 1, None))))
    points = [(math.log(one.megabytes), math.log(one.work - start)) for one in found]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    slope = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
    print(f"slope {slope:.3f} (aim 1.05); memory {found[0].memory:.0f} to {found[-1].memory:.0f} MB; {load_now()}")


def spark(work: Path, size: float) -> None:
    """Spark beside the built-in runner."""
    megabytes = make_corpus(work, size, made_names(1000))
    runner = say(measure("calque, 2 processes", megabytes, calque(work / "parquet", work / "two", 2, None)))
    whole = say(measure("Spark local[2], with its start", megabytes, peer("spark", work / "parquet", work / "spark")))
    seconds = float((work / "spark" / "seconds").read_text("ascii"))
    job = f"{seconds / runner.seconds:.2f} x from read to written"
    print(f"Spark takes {whole.seconds / runner.seconds:.2f} x the time; {job}; {load_now()}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--size", type=float, default=16)
    parser.add_argument("--forms", type=int, nargs="+", default=[100_000])
    parser.add_argument("--growth", type=float, nargs="+")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--peer", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        name, source, *more = options.peer
        match name:
            case "copy":
                bare_copy(Path(source), options.work)
            case "spark":
                with_spark(Path(source), options.work)
            case "datasets":
                with_datasets(Path(source), options.work, more[0], int(more[1]))
            case "datatrove":
                with_datatrove(Path(source), options.work, more[0], int(more[1]))
        return
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    if options.growth:
        growth(options.work, options.growth)
    elif options.spark:
        spark(options.work, options.size)
    else:
        engines(options.work, options.size, options.forms)


if __name__ == "__main__":
    main()
