"""Two words without the space between them: “specialthe”, “inthe”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_WORD = r"(?<![\w'’@#/.-])[a-z]{5,}(?![\w'’@/-]|\.\w)"


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Unknown lower-case words that are a known word with one of the rule's ``words`` before or behind it."""
    written = set(view.document.text.split())
    likely = {word.strip('“”"‘’(),.;:!?') for word in written if len(word) > 4}
    strange = {word for word in likely if word.startswith(rule.words) or word.endswith(rule.words)}
    strange = {word for word in strange if word.isalpha() and word.islower() and word not in view.lexicon}
    for match in re.finditer(_WORD, view.document.text) if strange else ():
        word, span = match.group(), Span(*match.span())
        if word not in strange:
            continue
        if not (cure := parted(word, rule.words, view)) or not view.is_in_scope(rule, span):
            continue
        message = rule.message.format(text=word, right=cure, why="")
        evidence = Evidence("lexicon", f"“{word}” is in no dictionary; “{cure}” are two words")
        yield view.finding(rule, span, message, [evidence], replacements=[cure])


def parted(word: str, small: tuple[str, ...], view: View) -> str:
    """``word`` with its space, or "" where no small word can be parted from a known one of four letters or more."""
    for one in small:
        for rest, cure in ((word.removeprefix(one), f"{one} "), (word.removesuffix(one), f" {one}")):
            if rest != word and (rest in small or (len(rest) > 3 and rest in view.lexicon)):
                return cure + rest if cure[-1] == " " else rest + cure
    return ""
