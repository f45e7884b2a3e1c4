"""The one file that imports torch, transformers, tokenizers, safetensors and yaml; keeps all of them off the network.

What is unsafe in a model's folder is refused here: pickles are opened for weights alone, code beside them never.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from normalize.errors import UsageError

INSTALL = "install calque[neural] and run again"
LARGEST = 2**27
"""Numbers in one tensor of logits at most: half a gigabyte."""
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


@functools.cache
def torch() -> Any:
    """The library."""
    try:
        import torch as library
    except ImportError:
        raise UsageError(f"models want torch; {INSTALL}") from None
    return library


@functools.cache
def transformers() -> Any:
    """The library, offline and quiet."""
    os.environ.update(OFFLINE)
    torch()
    try:
        import transformers as library
    except ImportError:
        raise UsageError(f"models want transformers; {INSTALL}") from None
    if int(library.__version__.partition(".")[0]) < 5:
        raise UsageError(f"models want transformers 5 or newer, and {library.__version__} is installed; {INSTALL}")
    library.utils.logging.set_verbosity_error()
    library.utils.logging.disable_progress_bar()
    return library


@functools.cache
def tokenizers() -> Any:
    """The library; its threads are left out, for they gain nothing on single sentences and forbid forks."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        import tokenizers as library
    except ImportError:
        raise UsageError(f"models want tokenizers; {INSTALL}") from None
    return library


def versions() -> str:
    """Of what computes the scores."""
    return f"torch {torch().__version__} | transformers {transformers().__version__}"


def read_yaml(path: Path) -> Any:
    """Plain values of a YAML file; UsageError where it holds anything else."""
    try:
        import yaml
    except ImportError:
        raise UsageError(f"{path}: reading it wants pyyaml; {INSTALL}") from None
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise UsageError(f"{path}: not plain YAML ({reason}); ask the model's maker for a clean copy") from None


def device(name: str) -> str:
    """``name`` if the machine has it: ``cpu``, ``cuda`` or ``cuda:1``."""
    if not re.fullmatch(r"cpu|cuda(:\d+)?", name):
        raise UsageError(f'no device "{name}"; cpu, cuda and cuda:N are known')
    if name == "cpu":
        return name
    count = torch().cuda.device_count() if torch().cuda.is_available() else 0
    number = int(name.partition(":")[2] or 0)
    if number >= count:
        there = f"{count} GPUs are there" if count else "torch sees no GPU here"
        raise UsageError(f'the device "{name}" cannot be used: {there}; leave --device out to compute on the processor')
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # without it cuBLAS sums in whatever order is quickest
    torch().use_deterministic_algorithms(True, warn_only=True)
    return name


def tensors(paths: Sequence[Path]) -> dict[str, Any]:
    """The weights in files, by name, as float32; what else a training checkpoint holds is left out but its
    ``hyper_parameters``. UsageError where a file wants code, is damaged, or holds what is no finite number.
    """
    found: dict[str, Any] = {}
    for path in paths:
        found.update(_safetensors(path) if path.suffix == ".safetensors" else _pickle(path))
    for name, value in found.items():
        if not hasattr(value, "is_floating_point"):
            continue
        if value.is_floating_point():
            found[name] = value.to(torch().float32)
            refuse_nan(found[name], f"{paths[0].parent}", name)
    return found


def refuse_nan(value: Any, where: str, name: str) -> None:
    """UsageError where a weight is not a finite number: every score would be none either."""
    if value.is_floating_point() and not bool(torch().isfinite(value).all()):
        raise UsageError(f"{where}: the weights “{name}” hold NaN or infinity; the file is broken, get it again")


def _safetensors(path: Path) -> dict[str, Any]:
    try:
        from safetensors.torch import load_file
    except ImportError:
        raise UsageError(f"{path}: reading it wants safetensors; {INSTALL}") from None
    loaded: dict[str, Any] = load_file(str(path))
    return loaded


def _pickle(path: Path) -> dict[str, Any]:
    """A pickle, opened for weights alone: plain values and tensors come back, anything else is refused unopened."""
    import pickle
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the pickle's age, to whoever wrote it
            try:
                loaded = torch().load(path, map_location="cpu", weights_only=True, mmap=True)
            except RuntimeError:  # a file older than torch 1.6 cannot be mapped
                loaded = torch().load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        wanted = re.search(r"GLOBAL ([\w.]+)", str(error))
        what = f"wants code to be run ({wanted[1]})" if wanted else "is no checkpoint, or wants code to be run"
        raise UsageError(f"{path}: this pickle {what}, and calque runs none; ask for safetensors") from None
    except (RuntimeError, EOFError, ValueError, KeyError, OSError):
        raise UsageError(f"{path}: the file is damaged or cut short; get it again") from None
    if not isinstance(loaded, Mapping):
        raise UsageError(f"{path}: holds no weights by name; this is no model's checkpoint")
    if isinstance(loaded.get("state_dict"), Mapping):
        return {**loaded["state_dict"], "hyper_parameters": dict(loaded.get("hyper_parameters") or {})}
    return dict(loaded)


def assemble(kind: str, config: Mapping[str, Any], weights: Mapping[str, Any], where: Path, **options: Any) -> Any:
    """A model of transformers' class for ``kind`` (``AutoModel`` …) around weights; UsageError unless they fit."""
    library = transformers()
    try:
        made = library.AutoConfig.for_model(**config)
        build = getattr(library, kind)._model_mapping[type(made)]
    except (KeyError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())[:120]
        raise UsageError(
            f"{where}: config.json names no architecture that this family can have ({reason}); is it another model?"
        ) from None
    build = build[0] if isinstance(build, tuple) else build
    model, info = build.from_pretrained(
        None,
        config=made,
        state_dict=dict(weights),
        dtype=torch().float32,
        ignore_mismatched_sizes=True,
        output_loading_info=True,
        **options,
    )
    refuse_unfit(info, where)
    return model.eval()


def pretrained(kind: str, folder: Path, *, lacks_pooler: bool = False) -> Any:
    """The model in a folder as transformers reads it; UsageError unless its weights fit its configuration. A pooler,
    which many encoders are published without, may be missing where nobody asks it.
    """
    library = transformers()
    try:
        model, info = getattr(library, kind).from_pretrained(
            folder,
            local_files_only=True,
            trust_remote_code=False,
            dtype=torch().float32,
            ignore_mismatched_sizes=True,
            output_loading_info=True,
            weights_only=True,
        )
    except UsageError:
        raise
    except Exception as error:
        raise UsageError(f"{folder}: {_reason(error)}") from None
    if lacks_pooler:
        info["missing_keys"] = {name for name in info["missing_keys"] if not name.startswith("pooler.")}
    refuse_unfit(info, folder)
    for name, value in model.state_dict().items():
        refuse_nan(value, str(folder), name)
    return model.eval()


def _reason(error: Exception) -> str:
    """What transformers or torch say, as one sentence of ours."""
    text = " ".join(str(error).split())
    wanted = re.search(r"GLOBAL ([\w.]+)", text)
    if wanted:
        return f"its pickle wants code to be run ({wanted[1]}), and calque runs none; ask for safetensors"
    if "trust_remote_code" in text:
        return "the model brings code of its own, and calque runs none; convert it to a class of transformers"
    return f"transformers cannot load it: {text[:160]}"


def refuse_unfit(info: Mapping[str, Any], where: Path) -> None:
    """UsageError where weights are missing or of another size than the configuration says."""
    missing, sizes = sorted(info["missing_keys"]), sorted(str(key) for key in info["mismatched_keys"])
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise UsageError(f"{where}: the weights lack “{missing[0]}”{more}; they belong to another architecture")
    if sizes:
        raise UsageError(f"{where}: weights and config.json disagree in size: {sizes[0]}; one belongs to another model")


def backend_tokenizer(folder: Path) -> Any:
    """The fast tokenizer that transformers makes of other files than tokenizer.json; None where it cannot."""
    try:
        made = transformers().AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except UsageError:
        raise
    except Exception:
        return None
    return getattr(made, "backend_tokenizer", None)


def padded(sequences: Sequence[Sequence[int]], pad: int, device: str) -> tuple[Any, Any]:
    """Sequences as one tensor, filled up with ``pad`` on the right, and the mask of what is theirs."""
    longest = max(map(len, sequences))
    ids = [[*one, *[pad] * (longest - len(one))] for one in sequences]
    mask = [[1] * len(one) + [0] * (longest - len(one)) for one in sequences]
    return torch().tensor(ids, device=device), torch().tensor(mask, device=device)


def rows_at_once(length: int, width: int) -> int:
    """How many rows of ``length`` tokens fit into LARGEST numbers, ``width`` each."""
    return max(1, LARGEST // max(1, length * width))


def types_of(readings: Sequence[Any], device: str) -> dict[str, Any]:
    """The argument that tells pairs of texts apart, where a model's tokenizer does so; else none."""
    if not any(one.types for one in readings):
        return {}
    rows = [one.types or (0,) * len(one.sequences[0]) for one in readings]
    return {"token_type_ids": padded(rows, 0, device)[0]}
