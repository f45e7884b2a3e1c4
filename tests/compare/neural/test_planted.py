"""Models whose weights were set by hand, so that the answer is known without any other package; and what must hold of
every model: the batch does not matter, the order is kept, places lead back to the words, nothing opens a socket.

All of these prove plumbing. None says how well a real model judges: none was at hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from normalize.check import Checker
from normalize.compare.align import align
from normalize.compare.compare import Comparer
from normalize.compare.neural.load import Estimator, load
from normalize.compare.neural.near import nearness
from normalize.compare.neural.records import Item
from normalize.compare.neural.texts import with_estimates
from normalize.errors import UsageError
from normalize.index.cache import shipped
from normalize.tables.load import load as load_tables
from normalize.tables.locate import tables_root
from normalize.text.reading import from_text
from tools import tiny_models

WORDS = {piece: at for at, (piece, _) in enumerate(tiny_models.vocabulary())}
ENGLISH = frozenset(("the", "dog", "barks", "in", "house", "on", "hill"))


def bare(folder: Path, kind: str, **changed: Any) -> Any:
    """A model of one layer that adds nothing: what the head sees is the token's own embedding, normed. Saved by the
    caller, once it has set the weights.
    """
    import torch
    import transformers

    name, settings = tiny_models.PLAIN[kind]
    size = tiny_models.write_tokenizer(folder)
    wide = {"hidden_size": 4, "num_attention_heads": 1, "num_hidden_layers": 1, "intermediate_size": 4}
    config = transformers.AutoConfig.for_model(**{**settings, **wide, "vocab_size": size, **changed})
    model = getattr(transformers, name)(config)
    with torch.no_grad():
        for key, value in model.named_parameters():
            value.fill_(1.0 if key.endswith("LayerNorm.weight") else 0.0)
    return model


def write_tagger(folder: Path) -> Path:
    """Calls a word OK if it is English, BAD if not."""
    import torch

    model = bare(folder, "tagger", id2label={"0": "OK", "1": "BAD"}, label2id={"OK": 0, "BAD": 1})
    with torch.no_grad():
        for piece, at in WORDS.items():
            is_english = piece.removeprefix("▁") in ENGLISH
            row = [3.0, -3.0, 0.0, 0.0] if is_english else [-3.0, 3.0, 0.0, 0.0]
            model.roberta.embeddings.word_embeddings.weight[at] = torch.tensor(row)
        model.classifier.weight[0, 0] = model.classifier.weight[1, 1] = 1.0
    model.save_pretrained(folder)
    return folder


def write_unigram(folder: Path) -> Path:
    """A masked model that knows how frequent words are and nothing else: ``aboie`` is rare, all else equally common."""
    import torch

    model = bare(folder, "masked-lm", tie_word_embeddings=False)
    with torch.no_grad():
        model.lm_head.bias[WORDS["▁aboie"]] = -8.0
        model.lm_head.decoder.bias[WORDS["▁aboie"]] = -8.0
    model.save_pretrained(folder)
    return folder


def write_bag(folder: Path) -> Path:
    """An embedder whose vector counts two words, so that the cosine is known."""
    import torch

    model = bare(folder, "embedding", hidden_size=4)
    with torch.no_grad():
        words = model.embeddings.word_embeddings.weight
        for piece, row in (("▁dog", [3.0, -3.0, 0.0, 0.0]), ("▁hund", [0.0, 0.0, 3.0, -3.0])):
            words[WORDS[piece]] = torch.tensor(row)
    model.save_pretrained(folder)
    (folder / "1_Pooling").mkdir()
    tiny_models.write_json(folder / "1_Pooling" / "config.json", {"pooling_mode_mean_tokens": True})
    return folder


def write_constant(folder: Path, answer: float) -> Path:
    """MetricX that always gives one answer before it is held between 0 and 25."""
    import torch
    import transformers

    tiny_models.write_tokenizer(folder, frame=False)
    config = json.loads((Path(__file__).parent / "metricx" / "config.json").read_text("utf-8"))
    small = {"d_model": 2, "d_ff": 2, "d_kv": 1, "num_heads": 1, "num_layers": 1, "num_decoder_layers": 1}
    model = transformers.MT5ForConditionalGeneration(transformers.MT5Config(**{**config, **small}))
    with torch.no_grad():
        for key, value in model.named_parameters():
            value.fill_(1.0 if key.endswith("layer_norm.weight") else 0.0)
        model.shared.weight[0] = 5.0  # the decoder's first token; normed it is 1 in both places
        model.lm_head.weight[250089] = answer / 2
    model.save_pretrained(folder)
    raw = json.loads((folder / "config.json").read_text("utf-8"))
    tiny_models.write_json(folder / "config.json", {**raw, "architectures": ["MT5ForRegression"]})
    return folder


def marked(estimator: Estimator, text: str) -> list[str]:
    (one,) = estimator.estimate([Item(text)])
    return [text[mark.span.start : mark.span.end] for mark in one.marks]


def test_a_tagger_marks_the_words_it_was_made_to_mark(make: Callable[..., Path], offline: None) -> None:
    estimator = load(make(write_tagger))
    assert marked(estimator, "the dog bellt in the house") == ["bellt"]
    assert marked(estimator, "the dog bellt im haus") == ["bellt im haus"]
    assert marked(estimator, "the dog barks in the house") == []
    (one,) = estimator.estimate([Item("the dog bellt")])
    sure = 1 / (1 + math.exp(-2 * math.sqrt(2)))  # [3, -3, 0, 0] normed is √2 and -√2 in its first two places
    assert one.score == pytest.approx((sure + sure + (1 - sure)) / 3, abs=1e-4)


def test_pseudo_perplexity_of_a_unigram_table(make: Callable[..., Path], offline: None) -> None:
    estimator = load(make(write_unigram))
    size = len(WORDS)
    total = size - 1 + math.exp(-8)
    (plain, rare) = estimator.estimate([Item("the dog barks"), Item("the dog aboie")])
    assert plain.score == pytest.approx(total, rel=1e-5)
    assert [mark.weight for mark in rare.marks] == pytest.approx(
        [math.log(total)] * 2 + [math.log(total) + 8], abs=1e-4
    )


def test_the_cosine_of_two_bags(make: Callable[..., Path], offline: None) -> None:
    estimator = load(make(write_bag))
    same, other, half = estimator.estimate([Item("dog", "dog"), Item("dog", "hund"), Item("dog", "dog hund")])
    assert same.score == pytest.approx(1.0, abs=1e-5)
    assert other.score == pytest.approx(0.0, abs=1e-5)
    assert half.score == pytest.approx(1 / math.sqrt(2), abs=1e-5)


@pytest.mark.parametrize(("answer", "held"), [(7.5, 7.5), (-3.0, 0.0), (40.0, 25.0)])
def test_metricx_is_held_between_0_and_25(answer: float, held: float, make: Callable[..., Path], offline: None) -> None:
    estimator = load(make(write_constant, answer))
    scores = [one.score for one in estimator.estimate([Item("x", "haus"), Item("the dog barks", "der hund bellt")])]
    assert scores == pytest.approx([held, held], abs=1e-4)


def test_xcomet_caps_its_scores_and_points(make: Callable[..., Path], library: Any) -> None:
    """A head that answers 3 counts as 1; three critical spans and a major one are as bad as can be."""
    estimator: Any = load(make(tiny_models.write_comet, "xcomet"))
    head = estimator.model.head
    linear, tag = head.linear, head.tag
    try:
        weight, bias = linear[-1]
        head.linear = [*linear[:-1], (weight * 0, bias * 0 + 3.0)]
        head.tag = (tag[0] * 0, library.tensor([9.0, 0.0, 0.0, 0.0]))
        (right,) = estimator.estimate([Item("the dog", "der hund", "a dog")])
        assert right.score == pytest.approx(0.12 + 0.33 + 0.33 + 0.22, abs=1e-6)
    finally:
        head.linear, head.tag = linear, tag


@pytest.mark.parametrize("kind", [*tiny_models.COMET, *tiny_models.PLAIN])
def test_neither_batch_nor_order_matters(kind: str, make: Callable[..., Path], offline: None) -> None:
    write = tiny_models.write_comet if kind in tiny_models.COMET else tiny_models.write_plain
    estimator = load(make(write, kind))
    texts = ["x", "the dog barks " * 6, "Wang Yi said that", "王毅 说", "un chien aboie in the house", "the hill"]
    items = [Item(text, "der hund bellt " * (at + 1), "a dog " * (at + 1)) for at, text in enumerate(texts)]
    singles = [estimator.estimate([item])[0] for item in items]
    for batch in (1, 2, 32):
        for found, wanted in zip(estimator.estimate(items, batch=batch), singles, strict=True):
            assert found.score == pytest.approx(wanted.score, rel=1e-5, abs=1e-5)
            assert [(m.span, m.label) for m in found.marks] == [(m.span, m.label) for m in wanted.marks]
    assert estimator.estimate(items, batch=3) == estimator.estimate(items, batch=3)
    turned = estimator.estimate(items[::-1], batch=2)[::-1]
    assert [one.score for one in turned] == pytest.approx([one.score for one in singles], rel=1e-5, abs=1e-5)


ODD = [
    "王毅外长说会谈",
    "dog 🐕\N{ZERO WIDTH JOINER}🐕 house",
    "cafe\u0301 ﬁ e\u0301",
    "the dog\r\nbarks\r\n",
    "\ud800 dog",
    "а́ ​x",
]


@pytest.mark.parametrize("kind", ["xcomet", "unite", "masked-lm", "causal-lm", "tagger", "seq2seq"])
@pytest.mark.parametrize("text", ODD)
def test_places_lead_back_to_the_words(kind: str, text: str, make: Callable[..., Path], library: Any) -> None:
    write = tiny_models.write_comet if kind in tiny_models.COMET else tiny_models.write_plain
    (one,) = load(make(write, kind)).estimate([Item(text, "der hund", "a dog")])
    spans = [mark.span for mark in one.marks]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert spans == sorted(spans)
    if kind in ("masked-lm", "causal-lm", "seq2seq"):
        read = "".join(text[span.start : span.end] for span in spans)
        lost = set(text) - set(read) - set(" \r\n")
        assert not lost, "words have no surprisal"
        assert all(not first.overlaps(second) for first, second in pairwise(spans))


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return Comparer(Checker(shipped()))


def compared(comparer: Comparer, text: str, estimator: Estimator, source: str = "") -> Any:
    sides = [comparer.read(from_text(source, "source", "de"), "source")[0]] if source else []
    rewrite = comparer.read(from_text(text, "rewrite", "en"), "rewrite")
    rules = {rule.code: rule for rule in comparer.checker.all_rules}
    return with_estimates([comparer.compare(rewrite, sides)], estimator, rules)[0]


def test_marks_become_findings(comparer: Comparer, make: Callable[..., Path]) -> None:
    text = "The house is old.\n\nthe dog bellt in the house"
    one = compared(comparer, text, load(make(write_tagger)))
    found = [f for f in one.findings if f.code == "EST101"]
    assert [(f.text, f.severity, text[f.span.start : f.span.end]) for f in found][-1] == ("bellt", "info", "bellt")
    (finding,) = [f for f in found if f.text == "bellt"]
    assert finding.evidence[0].kind == "model"
    assert "BAD, 94%" in finding.message
    assert one.estimates[0].sentences[-1].score == pytest.approx(0.8, abs=0.1)


@pytest.mark.parametrize("code", ["EST101", "EST102"])
def test_the_rules_examples(code: str, comparer: Comparer, make: Callable[..., Path]) -> None:
    """Surprise wants a text of some length, so the right sentence stands around."""
    rule = load_tables(tables_root()).rules[code]
    estimator = load(make(write_tagger if code == "EST101" else write_unigram))
    around = "\n\n".join(["the dog barks in the house on the hill"] * 3)
    for text, wanted in [(text, True) for text in rule.bad] + [(text, False) for text in rule.good]:
        one = compared(comparer, f"{around}\n\n{text}", estimator)
        assert any(f.code == code for f in one.findings) is wanted


def test_sentences_without_what_the_model_wants_are_counted(comparer: Comparer, make: Callable[..., Path]) -> None:
    one = compared(comparer, "The dog barks. The minister spoke.", load(make(tiny_models.write_comet, "kiwi")))
    assert one.estimates == ()
    assert one.notes[-1] == "rewrite: 2 sentences have no source and were not judged"


def test_embeddings_link_what_characters_do_not(comparer: Comparer, make: Callable[..., Path]) -> None:
    """The bag holds dog and hund apart and nothing else, so a sentence without them is like none."""
    near = nearness(load(make(write_bag)))
    left = comparer.read(from_text("A dog. An x.", "rewrite", "en"), "rewrite")[0]
    right = comparer.read(from_text("Zzz qqq. Und dog.", "source", "de"), "source")[0]
    assert [(link.left, link.right) for link in align(left, right).links] == []
    assert [(link.left, link.right) for link in align(left, right, near).links] == [((0,), (1,))]


def test_alignment_wants_a_model_of_vectors(make: Callable[..., Path], library: Any) -> None:
    with pytest.raises(UsageError, match="is a tagger; alignment wants an embedding model"):
        nearness(load(make(write_tagger)))
