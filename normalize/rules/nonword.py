"""Words that do not exist, where one productive suffix turns them into a word that does."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from normalize.index.pack import Pack
from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.find import whole
from normalize.text.pattern import pattern

_LOWER_WORD = pattern(r"(?<![\w'’@#/.-])[a-z]{6,}(?![\w'’@/-]|\.\w)")

MOST_KEPT = 100_000
_LONG_WORD = pattern("[a-z]{6,}")

_SIC = pattern(r"[\"”’']?\s*[(\[]sic[)\]]")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Unknown lower-case words with a cure: a coinage on the list, or one swap of suffixes away from a word. An unknown
    word alone proves nothing.
    """
    text = view.document.text
    unknown = {word for word in _curable(text, view.pack) if word not in view.lexicon}
    places = sorted((at, word) for word in unknown for at in whole(text, word))
    for at, word in places:
        span = Span(at, at + len(word))
        if not _LOWER_WORD.match(text, at) or not view.is_in_scope(rule, span):
            continue
        cure, why = _cure(word, view)
        if not cure or _SIC.match(text, span.end) or view.context.speaks_of_form(view.document, span):
            continue
        message = rule.message.format(text=word, right=cure, why="")
        yield view.finding(rule, span, message, [Evidence("lexicon", why)], replacements=[cure])


def _curable(text: str, pack: Pack) -> set[str]:
    """The words that end like a coinage, or are one: of the others, none has a cure."""
    harmless = _harmless(pack)
    words: set[str] = set(_LONG_WORD.findall(text)) - harmless
    endings = tuple(wrong + plural for wrong, _, _ in pack.record("suffixes") for plural in ("", "s"))
    found = {word for word in words if word.endswith(endings)} | words.intersection(pack.record("coinages"))
    if len(harmless) > MOST_KEPT:
        harmless.clear()
    harmless |= words - found
    return found


@functools.lru_cache(maxsize=4)
def _harmless(pack: Pack) -> set[str]:
    """Words of earlier texts that have no cure: most words of most texts."""
    return set()


def _cure(word: str, view: View) -> tuple[str, str]:
    """The word that stands for a non-word and how it is known, or two empty strings."""
    listed = view.pack.record("coinages").get(word)
    if listed:
        return listed, f"“{word}” is in no dictionary; it is a known coinage for “{listed}”"
    for wrong, right, after in view.pack.record("suffixes"):
        for plural in ("", "s"):
            stem = word.removesuffix(wrong + plural)
            if stem != word and re.search(after, stem) and stem + right + plural in view.lexicon:
                cure = stem + right + plural
                return cure, f"“{word}” is in no dictionary; “{cure}” differs from it in its suffix alone"
    return "", ""
