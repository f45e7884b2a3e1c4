"""Words that do not exist, where one productive suffix turns them into a word that does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Evidence, Finding, Span
from normalize.rules.view import View
from normalize.tables.records import Rule

_LOWER_WORD = re.compile(r"(?<![\w'’@#/.-])[a-z]{6,}(?![\w'’@/-]|\.\w)")


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Unknown lower-case words with a cure; an unknown word alone proves nothing."""
    for match in _LOWER_WORD.finditer(view.document.text):
        word, span = match.group(), Span(*match.span())
        if word in view.lexicon:
            continue
        cure = next((c for c in _cures(word, rule) if c in view.lexicon), "")
        if cure and view.is_in_scope(rule, span):
            evidence = Evidence("lexicon", f"“{word}” is in no dictionary; “{cure}” differs from it in its suffix alone")
            message = rule.message.format(text=word, right=cure, why="")
            yield view.finding(rule, span, message, [evidence], replacements=[cure])


def _cures(word: str, rule: Rule) -> Iterator[str]:
    """The words that one swap of suffixes makes, in the order of the rule's table."""
    for wrong, right in rule.swaps:
        if word.endswith(wrong):
            yield word.removesuffix(wrong) + right
        if word.endswith(wrong + "s"):
            yield word.removesuffix(wrong + "s") + right + "s"
