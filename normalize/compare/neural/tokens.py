"""Text to token ids and back to places in the text: tokenizer.json, read by the tokenizers library itself.

transformers' own tokenizer classes differ between versions in what they rebuild; the file says the same to all of them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from normalize.compare.neural import runtime
from normalize.compare.neural.records import Reading
from normalize.errors import UsageError
from normalize.record import Record

_SURROGATE = re.compile("[\ud800-\udfff]")
ROLES = {"cls": ("<s>", "[CLS]"), "sep": ("</s>", "[SEP]"), "pad": ("<pad>", "[PAD]"), "mask": ("<mask>", "[MASK]")}
"""What each special token is called where no file says it."""


class Encoded(Record):
    """A text as tokens, special ones included. ``offsets`` are code points of the text, a special token's (0, 0)."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    own: tuple[bool, ...]
    """Which tokens are of the text last given: not special, not of another text."""
    cut: int
    types: tuple[int, ...] = ()


class Tokens:
    """A folder's tokenizer. Like the official packages it takes a special token's name in a text for that token."""

    def __init__(self, folder: Path) -> None:
        """UsageError where the folder has none."""
        self.folder = folder
        self._inside = _open(folder)
        self._inside.no_padding()
        self._inside.no_truncation()
        self._named = _named(folder)
        limit = _settings(folder / "tokenizer_config.json").get("model_max_length")
        self._longest = int(limit) if isinstance(limit, int | float) and 0 < limit < 10**6 else 0

    def id_of(self, role: str) -> int | None:
        """The id of the special token of a role (``cls``, ``sep``, ``pad``, ``mask``, ``bos``, ``eos``)."""
        names = (self._named[f"{role}_token"],) if f"{role}_token" in self._named else ROLES.get(role, ())
        return next((found for name in names if (found := self._inside.token_to_id(name)) is not None), None)

    def need(self, role: str) -> int:
        """The same; UsageError where there is none."""
        found = self.id_of(role)
        if found is None:
            raise UsageError(f"{self.folder}: the tokenizer has no {role} token; it belongs to another model")
        return found

    @property
    def largest(self) -> int:
        """The highest id that it can give."""
        return max(self._inside.get_vocab(with_added_tokens=True).values(), default=0)

    @property
    def longest(self) -> int:
        """The tokens that its own files say a model reads at once; 0 where they say nothing of use."""
        return self._longest

    def encode(self, text: str, limit: int, beside: str | None = None) -> Encoded:
        """``text``, and ``beside`` after it where given, as at most ``limit`` tokens, the longer cut first; offsets
        are of the last given.

        Lone surrogates, which no tokenizer takes, are read as U+FFFD, so that offsets stay what they are.
        """
        texts = [text] if beside is None else [text, beside]
        parts = [
            self._inside.encode(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", one), add_special_tokens=False)
            for one in texts
        ]
        room = max(1, limit - int(self._inside.num_special_tokens_to_add(len(parts) == 2)))
        whole = sum(len(part) for part in parts)
        for part, length in zip(parts, _shares([len(part) for part in parts], room), strict=True):
            if length < len(part):
                part.truncate(length)
        cut = whole - sum(len(part) for part in parts)
        found = self._inside.post_process(*parts)
        if beside is not None:  # of a pair, the library numbers the tokens of the second alone
            own = tuple(of == 1 for of in found.sequence_ids)
        else:
            own = tuple(not is_special for is_special in found.special_tokens_mask)
        offsets = tuple(place if mine else (0, 0) for place, mine in zip(found.offsets, own, strict=True))
        return Encoded(tuple(found.ids), offsets, own, cut, tuple(found.type_ids))

    def framed(self, text: str, limit: int, beside: str | None = None) -> Reading:
        """`encode` as a reading of the text last given, with the offsets of its own tokens alone."""
        found = self.encode(text, limit, beside)
        own = [at for at, mine in enumerate(found.own) if mine]
        first, last = (own[0], own[-1] + 1) if own else (0, 0)
        types = found.types if any(found.types) else ()
        return Reading((found.ids,), found.cut, found.offsets[first:last], first, types)


def _shares(lengths: list[int], room: int) -> list[int]:
    """How many tokens of each are kept so that all fit: the longer ones are cut down to the shorter first.

    >>> _shares([9, 3], 8), _shares([9, 8], 8), _shares([2, 2], 8)
    ([5, 3], [4, 4], [2, 2])
    """
    if sum(lengths) <= room or len(lengths) == 1:
        return [min(length, room) for length in lengths]
    shorter = min(min(lengths), room // 2)
    return [room - shorter, shorter] if lengths[0] > lengths[1] else [shorter, room - shorter]


def _open(folder: Path) -> Any:
    path = folder / "tokenizer.json"
    if path.is_file():
        try:
            return runtime.tokenizers().Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare exceptions
            reason = " ".join(str(error).split())[:120]
            raise UsageError(f"{path}: no tokenizer that can be read ({reason}); get the file again") from None
    inside = runtime.backend_tokenizer(folder)
    if inside is None:
        raise UsageError(
            f"{folder}: transformers can make no fast tokenizer of what is there; get tokenizer.json of the encoder"
        )
    return inside


def _named(folder: Path) -> dict[str, str]:
    """The special tokens as the folder's files name them."""
    found: dict[str, str] = {}
    for name in ("special_tokens_map.json", "tokenizer_config.json"):
        for key, value in _settings(folder / name).items():
            text = value.get("content") if isinstance(value, dict) else value
            if key.endswith("_token") and isinstance(text, str):
                found[key] = text
    return found


def _settings(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}
