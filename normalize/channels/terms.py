"""What a source language calls a term, word by word: the products of its glosses.

A product of right glosses is good English and yields nothing. With a false gloss it is a calque, with only near ones
it waits for other evidence, and where the negating word is lost the sense is reversed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from normalize.model import Entity, Form, Role, Said
from normalize.tables.records import Gloss, Sense

UNSPACED = ("ja", "zh")
SEVERITY: dict[Sense, int] = {"right": 0, "near": 1, "false": 2}


def forms(entity: Entity, glosses: dict[str, tuple[Gloss, ...]]) -> Iterator[Form]:
    """The renderings of ``entity`` that are not right, each with its route."""
    right = {
        text.casefold() for text in (entity.name, entity.prints, *entity.aliases, *getattr(entity, "accepted", ()))
    }
    for said in entity.said:
        for form in _products(entity, said, glosses[said.language]):
            if form.text.casefold() not in right:
                yield form
    for listed in entity.listed:
        native = f"“{listed.native}”: " if listed.native else ""
        yield Form(listed.form, entity.id, "listed", listed.language, f"{native}a stock rendering")


def native_phrase(said: Said) -> str:
    """What the source language writes; Chinese and Japanese leave no gaps between words.

    >>> native_phrase(Said("zh", ("公平", "竞争"), (1, 2), {}))
    '公平竞争'
    """
    return ("" if said.language in UNSPACED else " ").join(said.words)


def _products(entity: Entity, said: Said, glosses: tuple[Gloss, ...]) -> Iterator[Form]:
    phrase = native_phrase(said)
    orders: list[tuple[bool, tuple[int | str, ...]]] = [(False, said.english)]
    if said.negator:
        orders.append((True, tuple(p for p in said.english if p != said.negator)))
    for reversed_, order in orders:
        for choice in itertools.product(*(_choices(place, said, glosses) for place in order)):
            worst = max(SEVERITY[gloss.sense] for gloss in choice)
            if reversed_ and not (said.impossible or worst == 2):
                continue
            if not reversed_ and worst == 0:
                continue
            role: Role = "reversed" if reversed_ else "false" if worst == 2 else "near"
            text = _joined(gloss.english for gloss in choice)
            yield Form(text, entity.id, role, said.language, _route(said.language, phrase, choice))


def _choices(place: int | str, said: Said, glosses: tuple[Gloss, ...]) -> list[Gloss]:
    """The glosses of one place, with the senses they have in this phrase."""
    if isinstance(place, str):
        return [Gloss(place, place, "right")]
    return word_glosses(said.words[place - 1], said, glosses)


def word_glosses(word: str, said: Said, glosses: tuple[Gloss, ...]) -> list[Gloss]:
    """The glosses of one word, with the senses they have in this phrase."""
    return [
        Gloss(word, gloss.english, said.senses.get(gloss.english, gloss.sense))  # type: ignore[arg-type]
        for gloss in glosses
        if gloss.native == word and said.senses.get(gloss.english) != "none"
    ]


def _joined(words: Iterable[str]) -> str:
    """The words as a phrase; a prefix that ends in a hyphen is tied to what follows."""
    return " ".join(words).replace("- ", "-").strip()


def _route(language: str, phrase: str, choice: tuple[Gloss, ...]) -> str:
    steps = ", ".join(f"{gloss.native} → {gloss.english}" for gloss in choice if gloss.sense != "right")
    return f"channel {language}: “{phrase}” word by word{f' ({steps})' if steps else ''}"
