"""Token classification: which words a model calls bad, whatever its labels are called.

Labels that say a word is right are O, OK, GOOD, CORRECT and the first where labels have no names; B- and I- begin and
go on with a span. The score is the mean probability of the right labels over the text's tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.compare.neural import runtime
from normalize.compare.neural.lm import window_of
from normalize.compare.neural.records import Estimate, Folder, Item, Mark, Reading, Side, mean
from normalize.compare.neural.tokens import Tokens
from normalize.errors import UsageError
from normalize.model import Span

RIGHT = frozenset(("O", "OK", "GOOD", "CORRECT", "LABEL_0"))


class Tagger:
    """A model with a label for each token; a source, where there is one, stands before the text."""

    lower_is_better = False
    wants: tuple[Side, ...] = ()
    one_of: tuple[Side, ...] = ()
    uses: tuple[Side, ...] = ("source",)

    def __init__(self, folder: Folder, device: str) -> None:
        """Load it; UsageError where something is missing or does not fit."""
        self.device = device
        self.tokens = Tokens(folder.encoder)
        self.model = runtime.pretrained("AutoModelForTokenClassification", folder.path).to(device)
        self.window = window_of(folder.config, self.tokens)
        self.pad = self.tokens.id_of("pad") or 0
        named = self.model.config.id2label
        self.labels = [str(named.get(at, at)) for at in range(int(self.model.config.num_labels))]
        self.right = [at for at, label in enumerate(self.labels) if label.upper() in RIGHT]
        if not self.right or len(self.right) == len(self.labels):
            raise UsageError(
                f"{folder.path}: of its labels ({', '.join(self.labels[:6])}) none says that a word is right (O, OK)"
            )

    def read(self, item: Item) -> Reading:
        """The text alone, or after its source."""
        if item.source.strip():
            return self.tokens.framed(item.source, self.window, item.text)
        return self.tokens.framed(item.text, self.window)

    def score(self, readings: Sequence[Reading]) -> list[Estimate]:
        """One pass."""
        torch = runtime.torch()
        with torch.inference_mode():
            ids, mask = runtime.padded([one.sequences[0] for one in readings], self.pad, self.device)
            types = runtime.types_of(readings, self.device)
            found = self.model(input_ids=ids, attention_mask=mask, **types).logits.softmax(-1).tolist()
        return [
            self._judge(one, rows[one.first : one.first + len(one.offsets)])
            for one, rows in zip(readings, found, strict=True)
        ]

    def _judge(self, reading: Reading, rows: Sequence[Sequence[float]]) -> Estimate:
        score = sum(sum(row[at] for at in self.right) for row in rows) / len(rows) if rows else 1.0
        marks: list[Mark] = []
        weights: list[float] = []
        for row, (start, end) in zip(rows, reading.offsets, strict=True):
            best = max(range(len(row)), key=row.__getitem__)
            if best in self.right:
                weights = []
                continue
            begin, _, rest = self.labels[best].rpartition("-")
            if weights and begin != "B" and marks[-1].label == rest:
                weights.append(row[best])
                marks[-1] = Mark(Span(marks[-1].span.start, end), rest, sum(weights) / len(weights))
            else:
                weights = [row[best]]
                marks.append(Mark(Span(start, end), rest, row[best]))
        return Estimate(score, tuple(marks), tokens=len(rows), cut=reading.cut)

    def whole(self, estimates: Sequence[Estimate]) -> float:
        """The mean."""
        return mean(estimates)
