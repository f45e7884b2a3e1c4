"""Whatever is wrong with a model or what it is given: one sentence that names the place, before anything runs."""

from __future__ import annotations

import json
import pickle
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.cli import main
from normalize.compare.neural import folder as folders
from normalize.compare.neural import runtime
from normalize.compare.neural.load import load
from normalize.compare.neural.records import Item, Reading
from normalize.errors import CalqueError, InputError, UsageError
from tools import tiny_models


@pytest.fixture
def copy(make: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """A model's folder of one's own, to spoil."""

    def run(write: Callable[..., Path], kind: str) -> Path:
        return Path(shutil.copytree(make(write, kind), tmp_path / kind))

    return run


def refusal(folder: Path, **named: Any) -> str:
    with pytest.raises(CalqueError) as raised:
        load(folder, **named)
    said = str(raised.value)
    assert "\n" not in said
    assert said.startswith(str(folder)) or "device" in said
    return said


def test_no_such_folder(tmp_path: Path) -> None:
    assert "there is no such folder" in refusal(tmp_path / "nowhere")


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    assert "neither config.json nor hparams.yaml is in it" in refusal(tmp_path)


@pytest.mark.parametrize("kind", ["masked-lm", "tagger"])
def test_a_folder_without_tokenizer(kind: str, copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_plain, kind)
    (folder / "tokenizer.json").unlink()
    assert "no tokenizer; put the encoder's tokenizer.json there" in refusal(folder)


def test_comet_without_its_encoder(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_comet, "regression")
    shutil.rmtree(folder / "encoder")
    raw = json.loads((folder / "hparams.yaml").read_text("utf-8"))
    tiny_models.write_json(folder / "hparams.yaml", {**raw, "pretrained_model": "xlm-roberta-large"})
    assert "tokenizer.json of xlm-roberta-large, and name their folder by --encoder" in refusal(folder)


class Runs:
    """Runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        import os

        return os.system, ("echo ran > /tmp/never",)


@pytest.mark.parametrize("kind", ["regression", "masked-lm"])
def test_a_pickle_that_wants_code(kind: str, copy: Callable[..., Path], library: Any) -> None:
    is_comet = kind in tiny_models.COMET
    folder = copy(tiny_models.write_comet if is_comet else tiny_models.write_plain, kind)
    path = folder / "checkpoints" / "model.ckpt" if is_comet else folder / "pytorch_model.bin"
    library.save({"state_dict": {}, "hyper_parameters": Runs()}, path)
    (folder / "model.safetensors").unlink(missing_ok=True)
    said = refusal(folder)
    assert "wants code to be run (posix.system), and calque runs none; ask for safetensors" in said
    assert not Path("/tmp/never").exists()


def test_a_bare_pickle(copy: Callable[..., Path], library: Any) -> None:
    folder = copy(tiny_models.write_comet, "regression")
    (folder / "checkpoints" / "model.ckpt").write_bytes(pickle.dumps(Runs()))
    assert "and calque runs none" in refusal(folder)


def test_a_checkpoint_that_is_cut_short(copy: Callable[..., Path], library: Any) -> None:
    folder = copy(tiny_models.write_comet, "regression")
    path = folder / "checkpoints" / "model.ckpt"
    assert zipfile.is_zipfile(path)
    path.write_bytes(path.read_bytes()[:5000])
    assert "damaged or cut short; get it again" in refusal(folder)


def test_safetensors_that_are_cut_short(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_plain, "masked-lm")
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    assert "the file is damaged or cut short; get it again" in refusal(folder)


def test_half_a_shard_set(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_plain, "masked-lm")
    shutil.move(folder / "model.safetensors", folder / "model-00001-of-00002.safetensors")
    names = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    tiny_models.write_json(folder / "model.safetensors.index.json", {"metadata": {}, "weight_map": names})
    assert "of 2 shards model-00002-of-00002.safetensors are missing; get them" in refusal(folder)


def test_a_shard_outside_the_folder(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_plain, "masked-lm")
    (folder / "model.safetensors").unlink()
    tiny_models.write_json(folder / "model.safetensors.index.json", {"weight_map": {"a": "../other.safetensors"}})
    assert "which lies outside the folder" in refusal(folder)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"architectures": ["ResNetForImageClassification"], "model_type": "resnet"},
            "no architecture that judges texts",
        ),
        ({"num_hidden_layers": 5}, "they belong to another architecture"),
        ({"intermediate_size": 40}, "weights and config.json disagree in size"),
        ({"model_type": "no-such-thing"}, "transformers cannot load it"),
    ],
)
def test_a_wrong_architecture(changed: dict[str, Any], said: str, copy: Callable[..., Path], library: Any) -> None:
    folder = copy(tiny_models.write_plain, "masked-lm")
    raw = json.loads((folder / "config.json").read_text("utf-8"))
    tiny_models.write_json(folder / "config.json", {**raw, **changed})
    assert said in refusal(folder)


def test_comet_whose_encoder_is_another(copy: Callable[..., Path], library: Any) -> None:
    folder = copy(tiny_models.write_comet, "regression")
    raw = json.loads((folder / "encoder" / "config.json").read_text("utf-8"))
    tiny_models.write_json(folder / "encoder" / "config.json", {**raw, "hidden_size": 32})
    assert "disagree in size" in refusal(folder)


def test_code_of_the_models_own(copy: Callable[..., Path], library: Any) -> None:
    folder = copy(tiny_models.write_plain, "masked-lm")
    raw = json.loads((folder / "config.json").read_text("utf-8"))
    own = {"model_type": "own", "auto_map": {"AutoConfig": "own.Config", "AutoModelForMaskedLM": "own.Model"}}
    tiny_models.write_json(folder / "config.json", {**raw, **own})
    (folder / "own.py").write_text("raise SystemExit('code of a model was run')\n", "utf-8")
    assert "calque runs none" in refusal(folder)


def test_hparams_that_want_code(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_comet, "regression")
    (folder / "hparams.yaml").write_text("class_identifier: !!python/object/apply:os.system [echo]\n", "utf-8")
    with pytest.raises(UsageError, match="not plain YAML"):
        load(folder)


def test_a_class_of_comet_that_is_not_known(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_comet, "regression")
    (folder / "hparams.yaml").write_text("class_identifier: ranking_metric\n", "utf-8")
    assert 'class_identifier is "ranking_metric"; known: regression_metric' in refusal(folder)


def test_a_model_larger_than_memory(copy: Callable[..., Path]) -> None:
    """Refused by its header alone: the file has a terabyte, none of it written."""
    folder = copy(tiny_models.write_plain, "masked-lm")
    count = 2**38
    header = json.dumps({"a": {"dtype": "F32", "shape": [count], "data_offsets": [0, 4 * count]}}).encode()
    with (folder / "model.safetensors").open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        file.truncate(8 + len(header) + 4 * count)
    assert "wants about 1126.7 GiB of memory, and " in refusal(folder)


def test_memory_is_what_is_free_here() -> None:
    free = folders.memory_free()
    assert free is None or free > 0


@pytest.mark.parametrize("kind", ["regression", "masked-lm"])
def test_nan_in_the_weights(kind: str, copy: Callable[..., Path], library: Any) -> None:
    from safetensors.torch import load_file, save_file

    if kind in tiny_models.COMET:
        folder = copy(tiny_models.write_comet, kind)
        path = folder / "checkpoints" / "model.ckpt"
        whole = library.load(path, weights_only=True)
        whole["state_dict"]["estimator.ff.0.weight"][0, 0] = float("nan")
        library.save(whole, path)
    else:
        folder = copy(tiny_models.write_plain, kind)
        weights = load_file(str(folder / "model.safetensors"))
        weights["lm_head.dense.weight"][0, 0] = float("inf")
        save_file(weights, str(folder / "model.safetensors"), metadata={"format": "pt"})
    assert "hold NaN or infinity; the file is broken, get it again" in refusal(folder)


@pytest.mark.parametrize(
    ("device", "said"), [("cuda", "torch sees no GPU here"), ("cuda:7", "GPU"), ("tpu", "no device")]
)
def test_a_gpu_that_is_not_there(device: str, said: str, make: Callable[..., Path], library: Any) -> None:
    if device == "cuda" and library.cuda.is_available():
        pytest.skip("a GPU is there")
    assert said in refusal(make(tiny_models.write_plain, "masked-lm"), device=device)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Item("", "der hund", "the dog"), "item 2: there is no text to judge"),
        (Item("a dog", "", "the dog"), "item 2: the source is empty, and this model judges by it"),
        (Item("a dog", "der hund", " "), "item 2: the reference is empty, and this model judges by it"),
    ],
)
def test_empty_sides(item: Item, said: str, make: Callable[..., Path], library: Any) -> None:
    estimator = load(make(tiny_models.write_comet, "regression"))
    with pytest.raises(InputError, match=said):
        estimator.estimate([Item("x", "y", "z"), item])


def test_an_embedder_wants_one_side(make: Callable[..., Path], library: Any) -> None:
    with pytest.raises(InputError, match="item 1: this model judges by a source or a reference, and none is there"):
        load(make(tiny_models.write_plain, "embedding")).estimate([Item("x")])


@pytest.mark.parametrize("kind", [*tiny_models.COMET, *tiny_models.PLAIN])
def test_what_does_not_fit_the_window_is_counted(kind: str, make: Callable[..., Path], library: Any) -> None:
    write = tiny_models.write_comet if kind in tiny_models.COMET else tiny_models.write_plain
    estimator = load(make(write, kind))
    long, short = estimator.estimate([Item("the dog " * 60, "der hund", "a dog"), Item("the dog", "der hund", "a dog")])
    assert long.cut >= 120 - 64
    assert short.cut == 0


def test_a_family_that_is_none(make: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match='no family "taggr"; did you mean "tagger"'):
        load(make(tiny_models.write_plain, "tagger"), family="taggr")


def test_without_the_library(make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make(tiny_models.write_plain, "tagger")
    runtime.torch.cache_clear()
    runtime.transformers.cache_clear()
    try:
        monkeypatch.setitem(__import__("sys").modules, "torch", None)
        with pytest.raises(UsageError, match=r"models want torch; install calque\[neural\] and run again"):
            load(folder)
    finally:
        monkeypatch.undo()
        runtime.torch.cache_clear()
        runtime.transformers.cache_clear()


def test_the_command_says_it_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Text.\n", "utf-8")
    assert main(["score", str(tmp_path / "a.txt"), "--model", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"calque: {tmp_path / 'none'}: there is no such folder\n"


@pytest.mark.parametrize("kind", ["masked-lm", "causal-lm", "tagger"])
def test_a_text_of_which_the_tokenizer_leaves_nothing(kind: str, make: Callable[..., Path], library: Any) -> None:
    """Two frames and nothing between, which some tokenizers make of signs they drop: it counts nowhere."""
    model = load(make(tiny_models.write_plain, kind)).model
    (one, other) = model.score([Reading(((0, 2),)), model.read(Item("the dog"))])
    assert (one.score, one.tokens, one.marks) == (1.0, 0, ())
    if kind != "tagger":
        assert model.whole([one, other]) == pytest.approx(other.score)
        assert model.whole([one]) == 1.0


def test_without_a_token_that_begins_a_text_the_first_has_no_surprisal(copy: Callable[..., Path], library: Any) -> None:
    folder = copy(tiny_models.write_plain, "causal-lm")
    tiny_models.write_tokenizer(folder, frame=False)
    for name in ("tokenizer_config.json", "special_tokens_map.json"):
        raw = json.loads((folder / name).read_text("utf-8"))
        tiny_models.write_json(folder / name, {key: one for key, one in raw.items() if key != "bos_token"})
    text = "the dog barks"
    word, whole = load(folder).estimate([Item("the"), Item(text)])
    assert (word.score, word.tokens) == (1.0, 0)
    assert [text[mark.span.start : mark.span.end] for mark in whole.marks] == ["dog", "barks"]


def test_a_translator_of_many_languages(copy: Callable[..., Path], library: Any) -> None:
    folder = copy(tiny_models.write_plain, "seq2seq")
    raw = json.loads((folder / "config.json").read_text("utf-8"))
    tiny_models.write_json(folder / "config.json", {**raw, "model_type": "m2m_100"})
    assert "take a translator of one pair" in refusal(folder)


@pytest.mark.parametrize("batch", ["0", "-1", "many"])
def test_a_batch_that_is_none(batch: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["score", "a.txt", "--model", str(tmp_path), "--batch", batch])
    assert "a positive number is wanted here" in capsys.readouterr().err


def test_a_file_without_lines(make: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("", "utf-8")
    assert main(["score", str(tmp_path / "a.txt"), "--model", str(make(tiny_models.write_plain, "tagger"))]) == 2
    assert "no sentence was left to judge" in capsys.readouterr().err


def test_another_tokenizer_is_another_fingerprint(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_plain, "tagger")
    before = folders.fingerprint(folders.recognise(folder))
    assert before == folders.fingerprint(folders.recognise(folder))
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    assert folders.fingerprint(folders.recognise(folder)) != before


def test_another_pooling_is_another_fingerprint(copy: Callable[..., Path]) -> None:
    folder = copy(tiny_models.write_plain, "tagger")
    prints = set()
    for mode in ("cls", "max"):
        (folder / "1_Pooling").mkdir(exist_ok=True)
        (folder / "1_Pooling" / "config.json").write_text(f'{{"pooling_mode_{mode}_token": true}}', "utf-8")
        prints.add(folders.fingerprint(folders.recognise(folder)))
    assert len(prints) == 2


@pytest.mark.parametrize("option", [["--source", "b.txt"], ["--family", "comet"], ["--device", "cuda:0"]])
def test_what_belongs_to_a_model_is_refused_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    (tmp_path / "a.txt").write_text("A line.\n", "utf-8")
    assert main(["score", str(tmp_path / "a.txt"), "--reference", str(tmp_path / "a.txt"), *option]) == 2
    assert "belong to a model; add --model DIR" in capsys.readouterr().err


def test_nothing_in_a_folder_steers_the_terminal(copy: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy(tiny_models.write_plain, "tagger")
    raw = json.loads((folder / "config.json").read_text("utf-8"))
    tiny_models.write_json(folder / "config.json", {**raw, "architectures": ["\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}"]})
    for line in (["models", "inspect", str(folder)], ["score", str(folder / "config.json"), "--model", str(folder)]):
        main(line)
        said = "".join(capsys.readouterr())
        assert "\\x1b[2J\\u202e" in said
        assert "\x1b" not in said
