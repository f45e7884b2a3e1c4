"""What stands in a corpus: entities and their forms, texts that mix forms, readings that no table knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.batch.runner import Result
from normalize.batch.summary import name_of
from normalize.batch.tally import Tally, commonest, ranked
from normalize.text.fold import fold

TOP = 30


def lines(result: Result, index: str) -> Iterator[str]:
    """The survey for a terminal."""
    tally = result.tally
    rows = f"{result.rows('in'):,} rows of {result.shards:,} shards"
    yield f"{tally.documents:,} documents in {rows}, {tally.mentions:,} mentions"
    if tally.origins:
        yield "read as translated: " + ", ".join(f"from {tag} {n:,}" for tag, n in commonest(tally.origins))
    yield "entities and their forms:"
    for entity, texts in ranked(tally.variants, TOP):
        yield f"  {name_of(entity, index)} ({entity}): {', '.join(f'{t} {n:,}' for t, n in commonest(texts, 6))}"
    yield "under several forms in one text:"
    for entity, n in commonest(tally.mixed, TOP):
        yield f"  {name_of(entity, index)}: {n:,} texts"
    yield "readings that no table settles:"
    for _, messages in ranked(tally.unresolved, TOP):
        yield f"  {messages.total():,} x {commonest(messages, 1)[0][0]}"


def stubs(tally: Tally) -> str:
    """The recurring unknown readings as entries to be filled in by someone who has checked the person.

    >>> from collections import Counter
    >>> print(stubs(Tally(unresolved={"Truong X": Counter({"“Truong X” reads like …": 2})})).splitlines()[3])
    # 2 x “Truong X” reads like …
    """
    parts = [
        "# Candidates for aliases/people/: names that recur and that no table knows. Nothing below is a fact yet:\n"
        "# find out who it is, fill in name, native, country and source, and take the comment signs away.\n"
    ]
    for text, messages in ranked(tally.unresolved):
        said = commonest(messages, 1)[0][0].replace("\n", " ")
        slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
        parts.append(
            f"\n# {messages.total():,} x {said}\n# [[person]]\n"
            f'# id = "{slug}"  # after the canonical name, once it is known\n'
            '# name = ""\n# native = ""\n# language = ""\n# country = ""\n# source = ""\n'
        )
    return "".join(parts)
