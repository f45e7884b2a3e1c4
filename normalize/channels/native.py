"""Native names on their way through a scheme: parted into words, the words into syllables, the roles where known.

What a step may count on, for any script:

* ``Name.parts`` are the words of the native form in native order (王毅 → 王 | 毅, Владимир Путин → Владимир | Путин,
  安倍晋三 → 安倍 | 晋三); ``Part.role`` says ``family``, ``given`` or ``middle`` (a patronymic, a Vietnamese middle
  name), or nothing where it is not known and for everything but persons.
* ``Part.units`` is what the steps change: one unit a syllable in scripts that are read by syllables (Han, Hangul,
  Vietnamese), one unit a word in alphabets; each unit is a tuple of alternatives, the likeliest first. Before the first
  step the one alternative is the native text of the unit, as it stands (with its capitals). A unit that a step cannot
  read becomes an empty tuple, and the name then has no form in the scheme.
* ``Part.pinyin`` holds the Mandarin readings of each Han character (toned, ``ü`` kept), settled by the canonical
  English form where that spells them; empty for other scripts.
* generic words of places (省, Tỉnh, область) are gone before the first step.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from normalize.channels.established import han_form
from normalize.channels.generic import generics
from normalize.channels.readings import align_pinyin, is_han, surnames
from normalize.model import Entity, Person
from normalize.record import Record, replace

PartRole = Literal["family", "given", "middle", ""]

FAMILY_FIRST = frozenset({"zh", "ko", "ja", "vi", "hu", "yue"})
"""Languages that write the family name first in their own script."""
COMPOUND_KOREAN = frozenset({"남궁", "황보", "제갈", "사공", "선우", "독고", "서문"})


class Part(Record):
    """A word of a native name; see the head of this file."""

    text: str
    role: PartRole = ""
    units: tuple[tuple[str, ...], ...] = ()
    pinyin: tuple[tuple[str, ...], ...] = ()


class Name(Record):
    """A native name, its language and kind, and how English spells it with the family name first."""

    native: str
    language: str
    kind: str
    canonical: str
    parts: tuple[Part, ...]
    kana: str = ""

    @property
    def is_parted(self) -> bool:
        """Whether the family name is known."""
        return any(part.role == "family" for part in self.parts) and len(self.parts) > 1

    def change(self, units: Callable[[Part], Iterable[tuple[str, ...]]], role: str = "") -> Name:
        """The name with new units in its parts of ``role``, or in all."""
        parts = [Part(p.text, p.role, tuple(units(p)), p.pinyin) if role in ("", p.role) else p for p in self.parts]
        return Name(self.native, self.language, self.kind, self.canonical, tuple(parts), self.kana)


def name_of(entity: Entity, root: Path) -> Name:
    """The native name of a hub, parted."""
    kana = getattr(entity, "kana", "")
    return part(entity.native, entity.language, root, kind=entity.kind, canonical=family_first(entity), kana=kana)


def names_of(entity: Entity, root: Path) -> list[Name]:
    """The native name of a hub, and the Han form that Chinese gives a Vietnamese, Korean or Singaporean one."""
    if not entity.native:
        return []
    found = [name_of(entity, root)]
    if written := han_form(entity.native, entity.language, root):
        found.append(part(written, "zh", root, kind=entity.kind))
    return found


def family_first(entity: Entity) -> str:
    """The canonical form with the family name first, as East Asian native names stand."""
    if isinstance(entity, Person) and entity.order == "given-first" and entity.family:
        return f"{entity.family} {entity.name.replace(entity.family, '', 1).strip()}"
    return entity.name


def part(native: str, language: str, root: Path, *, kind: str = "person", canonical: str = "", kana: str = "") -> Name:
    """``native`` parted into its words.

    A person's family name is the first character of a Chinese or Korean name (the first two where they are a compound
    surname), the first word of a Vietnamese or Hungarian one, the last word elsewhere.
    """
    native = unicodedata.normalize("NFC", native).strip()
    base = language.partition("-")[0]
    if kind == "place":
        native = generics(root).strip(native, base)
    words = [w for w in re.split(r"[\s·・•‧=＝]+", _in_order(native, base) if kind == "person" else native) if w]
    if is_han("".join(words)):
        parts = _han_parts(words, base, kind, canonical, root)
    elif base == "ko" and len(words) == 1 and kind == "person" and len(native) > 1:
        cut = 2 if native[:2] in COMPOUND_KOREAN and len(native) > 2 else 1
        parts = [Part(native[:cut], "family"), Part(native[cut:], "given")]
    else:
        parts = [Part(word, role) for word, role in zip(words, _roles(len(words), base, kind), strict=True)]
    syllabic = base in ("zh", "ja", "ko", "yue") or is_han("".join(words))
    parts = [p if p.units else replace(p, units=tuple((c,) for c in (p.text if syllabic else [p.text]))) for p in parts]
    return Name(native, language, kind, canonical, tuple(parts), kana)


def _in_order(native: str, language: str) -> str:
    """A name as it is said, where a list puts the family name first with a comma (``Миквабия, Артур``)."""
    family, comma, given = (half.strip() for half in native.partition(","))
    if not comma or not given:
        return native
    return f"{family} {given}" if language in FAMILY_FIRST else f"{given} {family}"


def _roles(count: int, language: str, kind: str) -> list[PartRole]:
    """The roles of the words of a name in an alphabet."""
    if kind != "person" or count < 2:
        return [""] * count
    middle: list[PartRole] = ["middle"] * (count - 2)
    if language in FAMILY_FIRST:
        return ["family", *middle, "given"] if language == "vi" else ["family", "given", *middle]
    return ["given", *middle, "family"]


def _han_parts(words: list[str], language: str, kind: str, canonical: str, root: Path) -> list[Part]:
    """The parts of a name in Han characters, with the Mandarin readings of each."""
    if len(words) == 1 and kind == "person" and len(words[0]) > 1:
        (text,) = words
        cut = _family_length(text, language, root)
        cuts: list[tuple[str, PartRole]] = [(text[:cut], "family"), (text[cut:], "given")]
    elif len(words) == 2 and kind == "person" and language == "ja":
        cuts = [(words[0], "family"), (words[1], "given")]
    else:
        cuts = [(word, "") for word in words]
    readings = align_pinyin(root, "".join(text for text, _ in cuts), canonical, len(cuts[0][0]) if cuts[0][1] else 0)
    parts, at = [], 0
    for text, role in cuts:
        units = tuple((char,) for char in text)
        parts.append(Part(text, role, units, tuple(readings[at : at + len(text)])))
        at += len(text)
    return parts


def _family_length(text: str, language: str, root: Path) -> int:
    """How many characters of a person's name are the family name."""
    if language == "ja":
        return {2: 1, 3: 2, 4: 2}.get(len(text), 2)
    compound = next((n for n in (2,) if len(text) > n and text[:n] in surnames(root)), 0)
    return compound or 1
