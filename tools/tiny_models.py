"""Tiny models with made-up weights, the same on every machine: what the tests of normalize/compare/neural/ load.

    python -m tools.tiny_models FOLDER      write one of each family, to look at

Each weight is drawn by Python's own generator from a seed made of its name, so neither torch nor transformers has a say
in it. Such models prove that numbers are computed as they should be; they know nothing of translation.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SEED = 11
WORDS = (
    "the", "dog", "barks", "in", "house", "on", "hill", "minister", "said", "that", "trade", "talks", "will", "not",
    "be", "held", "monday", "oslo", "der", "hund", "bellt", "im", "haus", "auf", "dem", "hügel", "王毅", "外长", "说",
    "会谈", "Wang", "Yi", "un", "chien", "aboie",
)  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,!?;:-'\"“”()%$€äöüéàçñĐđ王毅外长说会谈中国"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
XLMR = {
    "model_type": "xlm-roberta", "architectures": ["XLMRobertaModel"], "hidden_size": 16, "num_hidden_layers": 3,
    "num_attention_heads": 2, "intermediate_size": 24, "max_position_embeddings": 66, "type_vocab_size": 1,
    "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "hidden_dropout_prob": 0.1, "layer_norm_eps": 1e-05,
}  # fmt: skip
"""An encoder in the shape of XLM-RoBERTa, 64 tokens long."""
COMET: dict[str, dict[str, Any]] = {
    "regression": {"class_identifier": "regression_metric", "layer": "mix", "pool": "avg", "layer_norm": False,
                   "layer_transformation": "softmax", "hidden_sizes": [12, 8], "final_activation": None},
    "regression-normed": {"class_identifier": "regression_metric", "layer": "mix", "pool": "avg", "layer_norm": True,
                          "layer_transformation": "sparsemax", "hidden_sizes": [12, 8], "final_activation": "Sigmoid"},
    "regression-max": {"class_identifier": "regression_metric", "layer": 2, "pool": "max", "layer_norm": False,
                       "layer_transformation": "softmax", "hidden_sizes": [12, 8], "final_activation": None},
    "referenceless": {"class_identifier": "referenceless_regression_metric", "layer": "mix", "pool": "cls",
                      "layer_norm": False, "layer_transformation": "softmax", "hidden_sizes": [12, 8]},
    "kiwi": {"class_identifier": "unified_metric", "sent_layer": "mix", "layer_norm": False, "hidden_sizes": [12, 8],
             "layer_transformation": "sparsemax", "word_layer": 3, "word_level_training": False,
             "input_segments": ["mt", "src"]},
    "unite": {"class_identifier": "unified_metric", "sent_layer": "mix", "layer_norm": True, "hidden_sizes": [12, 8],
              "layer_transformation": "softmax", "word_layer": 2, "word_level_training": True,
              "input_segments": ["mt", "src", "ref"], "error_labels": ["minor", "major"]},
    "xcomet": {"class_identifier": "xcomet_metric", "sent_layer": "mix", "layer_norm": False, "hidden_sizes": [12, 8],
               "layer_transformation": "sparsemax", "word_layer": 3, "word_level_training": True,
               "error_labels": ["minor", "major", "critical"]},
}  # fmt: skip
"""hparams of the official classes' shapes, by a name of our own."""

ENCODERS = {"xlm-roberta": "XLM-RoBERTa", "xlm-roberta-xl": "XLM-RoBERTa-XL", "bert": "BERT"}
"""transformers' names of encoders, and those of unbabel-comet."""
TELLING = {
    ("unified_metric", "XLM-RoBERTa"): 57,
    ("xcomet_metric", "XLM-RoBERTa"): 27,
    ("xcomet_metric", "XLM-RoBERTa-XL"): 32,
}
"""Which draw of the weights for labels calls some tokens right and others wrong; most call all of them the same."""


def draws(name: str, count: int) -> list[float]:
    """Numbers of a normal distribution that belong to a name."""
    source = random.Random(f"{SEED} {name}")
    return [source.gauss(0.0, 1.0) for _ in range(count)]


def values(name: str, shape: Sequence[int], scale: float) -> Any:
    """A tensor that belongs to a name: scale norms about 1, all else about 0."""
    import torch

    count = math.prod(shape)
    around = 1.0 if name.endswith(("orm.weight", "orm1.weight")) else 0.0
    return torch.tensor([around + scale * one for one in draws(name, count)], dtype=torch.float32).reshape(tuple(shape))


def filled(model: Any, prefix: str, scale: float = 0.35) -> dict[str, Any]:
    """Weights for every name of a model's state, under ``prefix``."""
    found = {}
    for name, old in model.state_dict().items():
        wide = 1.5 if name.endswith("word_embeddings.weight") else scale  # words differ more than their places
        found[f"{prefix}{name}"] = values(f"{prefix}{name}", old.shape, wide)
    return found


def vocabulary() -> list[list[Any]]:
    """Pieces with their scores: special ones, words, letters; the mask last, as XLM-RoBERTa has it."""
    words = list(dict.fromkeys(f"▁{word}" for word in WORDS))
    letters = list(dict.fromkeys(LETTERS))
    return [
        *([name, 0.0] for name in SPECIAL),
        ["▁", -4.0],
        *([word, -5.0 - at / 100] for at, word in enumerate(words)),
        *([letter, -7.0 - at / 100] for at, letter in enumerate(letters)),
        ["<mask>", 0.0],
    ]


def write_tokenizer(folder: Path, *, frame: bool = True) -> int:
    """tokenizer.json in the shape of XLM-RoBERTa's, or, without the token that begins a text, of T5's; and the names of
    its special tokens. Returns its size.
    """
    pieces = vocabulary()
    ids = {piece: at for at, (piece, _) in enumerate(pieces)}
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}

    def special(name: str) -> dict[str, Any]:
        return {"SpecialToken": {"id": name, "type_id": 0}}

    def sequence(name: str) -> dict[str, Any]:
        return {"Sequence": {"id": name, "type_id": 0}}

    raw = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": ids[name], "content": name, "single_word": False, "lstrip": name == "<mask>", "rstrip": False,
             "normalized": False, "special": True}
            for name in (*SPECIAL, "<mask>")
        ],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [*([special("<s>")] if frame else []), sequence("A"), special("</s>")],
            "pair": [special("<s>"), sequence("A"), special("</s>"), special("</s>"), sequence("B"), special("</s>")],
            "special_tokens": {name: {"id": name, "ids": [ids[name]], "tokens": [name]} for name in ("<s>", "</s>")},
        },
        "decoder": metaspace,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": pieces, "byte_fallback": False},
    }  # fmt: skip
    names = {"cls_token": "<s>", "bos_token": "<s>", "sep_token": "</s>", "eos_token": "</s>", "pad_token": "<pad>",
             "unk_token": "<unk>", "mask_token": "<mask>"}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "tokenizer.json", raw)
    settings = {"tokenizer_class": "XLMRobertaTokenizer", "model_max_length": 64, **names}
    write_json(folder / "tokenizer_config.json", settings)
    write_json(folder / "special_tokens_map.json", names)
    return len(pieces)


def write_json(path: Path, value: Any) -> None:
    """As the same bytes everywhere."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def write_encoder(folder: Path, **changed: Any) -> dict[str, Any]:
    """config.json and tokenizer of the small encoder; returns the configuration."""
    config = {**XLMR, **changed, "vocab_size": write_tokenizer(folder)}
    write_json(folder / "config.json", config)
    return config


def encoder_weights(config: Mapping[str, Any], prefix: str = "encoder.model.") -> dict[str, Any]:
    """Weights for every name of transformers' class."""
    import transformers

    made = transformers.AutoConfig.for_model(**config)
    return filled(transformers.AutoModel.from_config(made, add_pooling_layer=False), prefix)


def write_comet(folder: Path, kind: str, **changed: Any) -> Path:
    """A COMET model of a ``kind`` in the layout of the official checkpoints, its encoder's files in ``encoder/``."""
    import torch

    encoder_model = ENCODERS[changed.get("model_type", XLMR["model_type"])]
    config = write_encoder(folder / "encoder", **changed)
    width, layers = config["hidden_size"], config["num_hidden_layers"] + 1
    hparams = {"encoder_model": encoder_model, "pretrained_model": str(folder / "encoder"), "activations": "Tanh",
               "dropout": 0.1, "batch_size": 4, "nr_frozen_epochs": 0.3, "keep_embeddings_frozen": True,
               "train_data": [], "validation_data": [], "optimizer": "AdamW", "loss": "mse", **COMET[kind]}  # fmt: skip
    weights = encoder_weights(config)
    for at in range(layers):
        weights[f"layerwise_attention.scalar_parameters.{at}"] = values(f"mix.{at}", (1,), 0.2)
    weights["layerwise_attention.gamma"] = torch.tensor([1.1])
    weights["layerwise_attention.dropout_mask"] = torch.zeros(layers)
    weights["layerwise_attention.dropout_fill"] = torch.full((layers,), -1e20)
    if isinstance(hparams.get("layer"), int):
        weights = {name: one for name, one in weights.items() if not name.startswith("layerwise_attention")}
    parts = {"regression_metric": 6, "referenceless_regression_metric": 4}.get(hparams["class_identifier"], 1)
    sizes = [width * parts, *hparams["hidden_sizes"], 1]
    for at, (inside, outside) in enumerate(itertools.pairwise(sizes)):
        name = f"estimator.ff.{3 * at}"
        scale = 1.2 / math.sqrt(inside)
        weights[f"{name}.weight"] = values(f"{kind} {name}.weight", (outside, inside), scale)
        weights[f"{name}.bias"] = values(f"{kind} {name}.bias", (outside,), 0.1)
    weights[f"estimator.ff.{3 * (len(sizes) - 2)}.bias"] += 0.4
    if hparams.get("word_level_training"):
        count = 1 + len(hparams["error_labels"])
        draw = TELLING.get((hparams["class_identifier"], encoder_model), 0)
        weights["hidden2tag.weight"] = values(f"{kind} hidden2tag.weight {draw}", (count, width), 0.6)
        weights["hidden2tag.bias"] = values(f"{kind} hidden2tag.bias {draw}", (count,), 0.3)
    stored = {name: one for name, one in hparams.items() if name != "class_identifier"}
    (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
    torch.save(
        {"state_dict": weights, "hyper_parameters": stored, "pytorch-lightning_version": "2.0.0", "epoch": 1},
        folder / "checkpoints" / "model.ckpt",
    )
    write_json(folder / "hparams.yaml", hparams)  # JSON is YAML
    return folder


PLAIN: dict[str, tuple[str, dict[str, Any]]] = {
    "masked-lm": ("XLMRobertaForMaskedLM", XLMR),
    "causal-lm": ("GPT2LMHeadModel", {"model_type": "gpt2", "n_embd": 16, "n_layer": 2, "n_head": 2, "n_positions": 64,
                                      "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1}),
    "tagger": ("XLMRobertaForTokenClassification", {**XLMR, "id2label": {"0": "OK", "1": "B-BAD", "2": "I-BAD"},
                                                    "label2id": {"OK": 0, "B-BAD": 1, "I-BAD": 2}}),
    "regressor": ("BertForSequenceClassification", {**XLMR, "model_type": "bert", "type_vocab_size": 2,
                                                    "id2label": {"0": "score"}, "label2id": {"score": 0}}),
    "embedding": ("XLMRobertaModel", XLMR),
    "seq2seq": ("BartForConditionalGeneration", {"model_type": "bart", "d_model": 16, "encoder_layers": 2,
                "decoder_layers": 2, "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 24,
                "decoder_ffn_dim": 24, "max_position_embeddings": 66, "bos_token_id": 0, "pad_token_id": 1,
                "eos_token_id": 2, "decoder_start_token_id": 2, "forced_eos_token_id": 2}),
}  # fmt: skip
"""The other families: transformers' class and its configuration."""


def write_plain(folder: Path, kind: str, **changed: Any) -> Path:
    """A model of one of transformers' classes, as it saves them itself."""
    import torch
    import transformers

    name, settings = PLAIN[kind]
    size = write_tokenizer(folder)
    config = transformers.AutoConfig.for_model(**{**settings, "vocab_size": size, **changed})
    model = getattr(transformers, name)(config)
    names: dict[int, list[str]] = {}
    for key, old in model.named_parameters(remove_duplicate=False):
        names.setdefault(id(old), []).append(key)
    with torch.no_grad():
        for old in model.parameters():
            key = max(names[id(old)])  # tied weights have several, and versions list them in another order
            wide = 1.5 if key.endswith(("word_embeddings.weight", "wte.weight", "shared.weight")) else 0.35
            old.copy_(values(f"{kind} {key}", old.shape, wide))
    model.save_pretrained(folder)
    if kind == "embedding":
        write_pooling(folder, config.hidden_size)
    return folder


def write_pooling(folder: Path, width: int) -> None:
    """What sentence-transformers keeps beside an encoder: mean, a dense layer, the norm."""
    from safetensors.torch import save_file

    kinds = ("Transformer", "Pooling", "Dense", "Normalize")
    paths = ("", "1_Pooling", "2_Dense", "3_Normalize")
    listed = [
        {"idx": at, "name": str(at), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for at, (kind, path) in enumerate(zip(kinds, paths, strict=True))
    ]
    for path in paths[1:]:
        (folder / path).mkdir(exist_ok=True)
    write_json(folder / "modules.json", listed)
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 64, "do_lower_case": False})
    modes = ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens")
    chosen = {f"pooling_mode_{mode}": mode == "mean_tokens" for mode in modes}
    write_json(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": width, **chosen})
    activation = "torch.nn.modules.activation.Tanh"
    dense = {"in_features": width, "out_features": 8, "bias": True, "activation_function": activation}
    write_json(folder / "2_Dense" / "config.json", dense)
    weights = {"linear.weight": values("dense.weight", (8, width), 0.5), "linear.bias": values("dense.bias", (8,), 0.2)}
    save_file(weights, str(folder / "2_Dense" / "model.safetensors"))


def write_metricx(folder: Path, weights: Mapping[str, Any], config: Mapping[str, Any]) -> Path:
    """A MetricX model of weights that are at hand, with the small tokenizer in the place of mT5's."""
    import torch
    from safetensors.torch import save_file

    write_tokenizer(folder, frame=False)
    write_json(folder / "config.json", {**config, "architectures": ["MT5ForRegression"]})
    save_file({name: torch.tensor(one) for name, one in weights.items()}, str(folder / "model.safetensors"))
    return folder


def digest(weights: Mapping[str, Any]) -> str:
    """SHA-256 of weights: names in order, shapes, and the numbers as little-endian float32."""
    import hashlib
    import struct

    made = hashlib.sha256()
    for name in sorted(weights):
        numbers = weights[name].flatten().tolist()
        made.update(f"{name} {list(weights[name].shape)}".encode())
        made.update(struct.pack(f"<{len(numbers)}f", *numbers))
    return made.hexdigest()


def main() -> int:
    """Write one of each family."""
    root = Path(sys.argv[1])
    for kind in COMET:
        print(write_comet(root / kind, kind))
    for kind in PLAIN:
        print(write_plain(root / kind, kind))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
