"""A phrase put into English word by word, from the forms that channels generate out of terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.model import Entity, Evidence, Finding, Habit, Hit, Office, Span, Term
from normalize.names.forms import GLOSSING
from normalize.names.mentions import is_written_as_name
from normalize.rules.view import View
from normalize.tables.records import Rule
from normalize.text.fold import fold
from normalize.text.pattern import pattern

_NEGATORS = pattern(r"\b(?:non|not|no|anti|counter)[- ]?$", re.IGNORECASE)


def find(view: View, rule: Rule) -> Iterator[Finding]:
    """Hits on generated or listed renderings whose role is one of the rule's."""
    for hit in view.renderings if GLOSSING.issuperset(rule.roles) else view.hits:
        text = view.document.slice(hit.span)
        forms = [form for form in hit.forms if form.role in rule.roles and is_written_as_name(text, form.text)]
        if not forms or (len(forms) < len(hit.forms) and _is_right(hit)) or not view.is_in_scope(rule, hit.span):
            continue
        form, entity = forms[0], view.pack.entity(forms[0].owner)
        if _is_negated(view, hit) or _is_excused(view, entity, hit.span):
            continue
        fits = not isinstance(entity, Habit) or entity.fits
        owners = dict.fromkeys(p for form in forms for p in _printed(view, view.pack.entity(form.owner), hit.span))
        cures = [_fitted(name, text) if fits else name for name in owners]
        yield view.finding(
            rule,
            hit.span,
            rule.message.format(text=text, right=" or ".join(f"“{cure}”" for cure in cures), why=form.route),
            [Evidence("route", form.route), Evidence("entity", entity.id)],
            replacements=cures if fits else (),
            entity=entity.id,
            channel=" ".join(dict.fromkeys(f.channel for f in forms if f.channel and f.owner == form.owner)),
        )


def _is_right(hit: Hit) -> bool:
    """Whether the same words are also somebody's right name or term."""
    return any(form.role in ("name", "alias") for form in hit.forms)


def _is_negated(view: View, hit: Hit) -> bool:
    """Whether a negating word stands right before the phrase: then its sense was not lost."""
    return any(f.role == "reversed" for f in hit.forms) and bool(
        _NEGATORS.search(view.document.text, max(0, hit.span.start - 10), hit.span.start)
    )


def _is_excused(view: View, entity: Entity, span: Span) -> bool:
    """Whether the paragraph has a word that makes the phrase innocent (a school, for a playground), or the text two."""
    if not isinstance(entity, Term) or not entity.excused_by:
        return False
    found = {word: view.vocabulary[word] for word in map(fold, entity.excused_by) if word in view.vocabulary}
    segment = view.document.segment_at(span)
    near = segment.span if segment else span
    return len(found) > 1 or any(near.start <= at < near.end for places in found.values() for at in places)


def _printed(view: View, entity: Entity, span: Span) -> tuple[str, ...]:
    """What may replace the phrase: before a name an office is a title, elsewhere its own name."""
    before_name = re.match(r"\s[A-Z]", view.document.text[span.end : span.end + 2])
    if isinstance(entity, Habit):
        return entity.name, *entity.accepted
    return (entity.titles[0] if isinstance(entity, Office) and entity.titles and before_name else entity.printed,)


def _fitted(name: str, text: str) -> str:
    """The right phrase with the plural and the capital of the wrong one."""
    plural = text.endswith("s") and not name.endswith("s") and name.islower()
    fitted = name + "s" if plural and re.search(r"[a-z]s$", text) and not text.endswith("ss") else name
    return fitted[0].upper() + fitted[1:] if text[0].isupper() and text[1:2].islower() else fitted
