"""What a model's folder holds, told from its files before anything heavy is imported or loaded."""

from __future__ import annotations

import json
import math
import os
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from normalize.compare.neural.comet import CLASSES
from normalize.compare.neural.records import FAMILIES, Folder
from normalize.errors import UsageError, nearest

ENDINGS = (
    ("MT5ForRegression", "metricx-24"),
    ("ForMaskedLM", "masked-lm"),
    ("ForPreTraining", "masked-lm"),
    ("ForCausalLM", "causal-lm"),
    ("LMHeadModel", "causal-lm"),
    ("ForTokenClassification", "tagger"),
    ("ForSequenceClassification", "regressor"),
    ("ForConditionalGeneration", "seq2seq"),
    ("MarianMTModel", "seq2seq"),
)
"""How the class named in config.json ends; the first that fits."""
TOKENIZERS = ("tokenizer.json", "sentencepiece.bpe.model", "spiece.model", "vocab.txt", "vocab.json", "source.spm")
WEIGHTS = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
"""Files of weights in the order in which they are preferred."""
LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "LICENCE.txt", "COPYING")
HEADER = 100 * 1024 * 1024
"""Bytes of a safetensors header at most, as its own library has it."""
GIB = 1024**3
SMALL = 2**20
"""Bytes of a file of settings at most."""


def recognise(folder: Path, encoder: Path | None = None, family: str = "") -> Folder:
    """What the folder holds, and every problem that keeps it from being loaded. ``encoder`` is where tokenizer and
    encoder configuration stand, if not in the folder; ``family`` overrules what the files say.

    UsageError where there is no such folder or family.
    """
    if family and family not in FAMILIES:
        raise UsageError(f'no family "{family}"{nearest(family, FAMILIES)}; known: {", ".join(FAMILIES)}')
    if not folder.is_dir():
        what = "is a file; name the folder that holds it" if folder.exists() else "there is no such folder"
        raise UsageError(f"{folder}: {what}")
    if encoder is not None and not encoder.is_dir():
        raise UsageError(f"{encoder}: there is no such folder; --encoder names one with config.json and tokenizer.json")
    if (folder / "hparams.yaml").is_file():
        return _comet(folder, encoder, family)
    return _plain(folder, encoder, family)


def _comet(folder: Path, encoder: Path | None, family: str) -> Folder:
    from normalize.compare.neural import runtime

    hparams = runtime.read_yaml(folder / "hparams.yaml")
    problems = []
    if not isinstance(hparams, dict):
        hparams = {}
    named = str(hparams.get("class_identifier"))
    if named not in CLASSES and not family:
        problems.append(f'{folder / "hparams.yaml"}: class_identifier is "{named}"; known: {", ".join(CLASSES)}')
    places = [encoder] if encoder else [folder, folder / "encoder", folder / _last(hparams.get("pretrained_model"))]
    inside = next((p for p in places if (p / "config.json").is_file()), None)
    if inside is None:
        problems.append(
            f"{encoder or folder}: holds no config.json of the encoder, which no COMET checkpoint brings; get that and"
            f" tokenizer.json of {hparams.get('pretrained_model', 'it')}, and name their folder by --encoder"
        )
    weights = [path for path in (folder / "model.safetensors",) if path.is_file()]
    weights = weights or sorted([*folder.glob("checkpoints/*.ckpt"), *folder.glob("*.ckpt")])
    if not weights:
        problems.append(f"{folder}: no weights; checkpoints/model.ckpt or model.safetensors is wanted")
    elif len(weights) > 1:
        problems.append(f"{folder}: {len(weights)} checkpoints; leave one in it")
    config = _read_json(inside / "config.json", problems) if inside else {}
    if inside is not None:
        problems += _no_tokenizer(inside)
    problems += [fault for path in weights for fault in _faults(path)]
    known = family or CLASSES.get(named, "")
    return Folder(
        folder, known, config, hparams, inside or folder, tuple(weights[:1]), _count(weights[:1]), tuple(problems)
    )


def _last(name: Any) -> str:
    """The last part of a model's name on a hub: where users often keep it."""
    return str(name or "encoder").rstrip("/").rpartition("/")[2] or "encoder"


def _plain(folder: Path, encoder: Path | None, family: str) -> Folder:
    problems: list[str] = []
    if not (folder / "config.json").is_file():
        problems.append(f"{folder}: neither config.json nor hparams.yaml is in it; this is no model's folder")
        return Folder(folder, "", {}, problems=tuple(problems))
    config = _read_json(folder / "config.json", problems)
    if "auto_map" in config and "model_type" not in config:
        problems.append(f"{folder}: the model brings code of its own, and calque runs none; convert it")
    weights = _weights(folder, problems)
    problems += _no_tokenizer(encoder or folder)
    found = family or _family(folder, config)
    if not found:
        problems.append(
            f"{folder / 'config.json'}: says “{_named(config) or config.get('model_type', 'nothing')}”, which is no"
            " architecture that judges texts; if you know better, say which by --family"
        )
    return Folder(
        folder,
        found,
        config,
        {},
        encoder or folder,
        tuple(weights),
        _count(weights),
        tuple(problems),
    )


def _named(config: Mapping[str, Any]) -> str:
    named = config.get("architectures") or [""]
    return str(named[0]) if isinstance(named, list) else str(named)


def _family(folder: Path, config: Mapping[str, Any]) -> str:
    """By the files of sentence-transformers, else the class that config.json names, else MetricX by its name."""
    named, origin = _named(config), f"{folder.resolve().name} {config.get('_name_or_path', '')}".lower()
    if config.get("model_type") == "mt5" and (named == "MT5ForRegression" or "metricx" in origin):
        if "metricx-23" in origin:
            return "metricx-23-qe" if "-qe" in origin else "metricx-23"
        return "metricx-24"
    if (folder / "modules.json").is_file() or (folder / "1_Pooling" / "config.json").is_file():
        return "embedding"
    return next((family for ending, family in ENDINGS if named.endswith(ending)), "")


def _weights(folder: Path, problems: list[str]) -> list[Path]:
    """The files of weights, each held against its index and its own header."""
    first = next((folder / name for name in WEIGHTS if (folder / name).is_file()), None)
    if first is None:
        problems.append(f"{folder}: no weights; {WEIGHTS[0]} is wanted")
        return []
    paths = [first]
    if first.suffix == ".json":
        index = _read_json(first, problems)
        shards = sorted(set(map(str, index.get("weight_map", {}).values())))
        odd = [name for name in shards if Path(name).name != name]
        paths = [folder / name for name in shards if name not in odd]
        missing = [path.name for path in paths if not path.is_file()]
        if odd:
            problems.append(f"{first}: names “{odd[0]}”, which lies outside the folder; that is no model's index")
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            problems.append(f"{folder}: of {len(shards)} shards {missing[0]}{more} are missing; get them")
        paths = [path for path in paths if path.is_file()]
    problems += [fault for path in paths for fault in _faults(path)]
    return paths


def _faults(path: Path) -> Iterator[str]:
    """What is wrong with a file of weights, as far as can be told without opening it."""
    if path.suffix == ".safetensors":
        header = read_header(path)
        ends = [int(one["data_offsets"][1]) for one in header.values()]
        if not header or path.stat().st_size != _header_size(path) + max(ends):
            yield f"{path}: the file is damaged or cut short; get it again"
    elif path.stat().st_size == 0:
        yield f"{path}: the file is empty; get it again"


def _header_size(path: Path) -> int:
    with path.open("rb") as file:
        return 8 + int(struct.unpack("<Q", file.read(8))[0])


def read_header(path: Path) -> dict[str, Any]:
    """Names, types and shapes in a safetensors file; empty where it is damaged."""
    try:
        with path.open("rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            raw = json.loads(file.read(length)) if length <= HEADER else {}
        found = {name: one for name, one in raw.items() if name != "__metadata__"}
        whole = all(len(one["data_offsets"]) == 2 and one["shape"] is not None for one in found.values())
        return found if whole else {}
    except (OSError, ValueError, struct.error, KeyError, TypeError, AttributeError):
        return {}


def _count(weights: list[Path]) -> int:
    """Numbers in the files: by their headers, of pickles by their bytes, four to a number."""
    return sum(
        sum(math.prod(one["shape"]) for one in read_header(path).values())
        if path.suffix == ".safetensors"
        else path.stat().st_size // 4
        for path in weights
    )


def _no_tokenizer(folder: Path) -> list[str]:
    if any((folder / name).is_file() for name in TOKENIZERS):
        return []
    return [f"{folder}: no tokenizer; put the encoder's tokenizer.json there, or name its folder by --encoder"]


def _read_json(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        problems.append(f"{path}: not JSON; get the file again")
        return {}
    if not isinstance(found, dict):
        problems.append(f"{path}: holds no settings by name; get the file again")
        return {}
    return found


def memory_wanted(folder: Folder) -> int:
    """Bytes that the model takes once loaded, at four a number, with a tenth and 300 MB for what computes it."""
    return int(folder.parameters * 4 * 1.1) + 300 * 1024**2


def memory_free() -> int | None:
    """Bytes that may still be taken, by the machine and by the limit of the container; None where it cannot be told."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.endswith("kB")}
    free = sizes.get("MemAvailable", 0) + sizes.get("SwapFree", 0)
    try:
        limit, used = (Path(f"/sys/fs/cgroup/memory.{name}").read_text("ascii").strip() for name in ("max", "current"))
        free = min(free, int(limit) - int(used)) if limit != "max" else free
    except (OSError, ValueError):
        pass
    return free


def refuse_too_large(folder: Folder, wanted: int, free: int | None) -> None:
    """UsageError where the model would not fit in what is free."""
    if free is not None and wanted > free:
        raise UsageError(
            f"{folder.path}: wants about {wanted / GIB:.1f} GiB of memory, and {max(0, free) / GIB:.1f} GiB are free;"
            " take a smaller model, or a machine with more"
        )


def licences(folder: Path) -> list[str]:
    """The licence files in the folder, and what its model card says of the licence."""
    found = [name for name in LICENCES if (folder / name).is_file()]
    card = folder / "README.md"
    if card.is_file():
        head = card.read_text("utf-8", errors="replace")[:4000].partition("\n---")[0]
        found += [f"README.md: {line.strip()}" for line in head.splitlines() if line.startswith("license")]
    return found


def fingerprint(folder: Folder) -> str:
    """Twelve hex digits that tell one model from another: of the settings, those of its modules (pooling, dense layers)
    and the tokenizer, and of size, first and last 64 KB of each file of weights.
    """
    import hashlib

    digest = hashlib.sha256(json.dumps([folder.config, folder.hparams], sort_keys=True, default=str).encode())
    for name in TOKENIZERS:
        if (folder.encoder / name).is_file():
            digest.update((folder.encoder / name).read_bytes())
    for path in sorted({*folder.path.glob("*.json"), *folder.path.glob("*/config.json")}):
        if path.name not in TOKENIZERS and path.stat().st_size < SMALL:
            digest.update(f"{path.relative_to(folder.path).as_posix()}\0".encode() + path.read_bytes())
    modules = (path for name in WEIGHTS for path in folder.path.glob(f"*/{name}"))
    for path in dict.fromkeys((*folder.weights, *sorted(modules))):
        size = path.stat().st_size
        digest.update(f"{path.name} {size}".encode())
        with path.open("rb") as file:
            digest.update(file.read(65536))
            file.seek(max(0, size - 65536), os.SEEK_SET)
            digest.update(file.read(65536))
    return digest.hexdigest()[:12]
