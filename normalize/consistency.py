"""One entity under several right names over a set of texts: what a house that looks at all its pages would make one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from normalize.model import Checked
from normalize.record import Record

KINDS = frozenset({"person", "place", "organisation"})


class Usage(Record):
    """A form, how often it stands, and in which texts."""

    text: str
    mentions: int
    paths: tuple[str, ...]


class Divided(Record):
    """An entity whose name the texts do not agree on, its forms from the most used on, and the one to print."""

    entity: str
    right: str
    forms: tuple[Usage, ...]


def across(checked: Iterable[Checked], prints: Mapping[str, str]) -> list[Divided]:
    """The entities that stand under two full names or more, none a part of another, in different texts.

    What the house prints (``prints``, by entity) is the form to print, else the tables' own name where it is used, else
    the form that is used most. Capitals alone make no other form.
    """
    places: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for one in checked:
        for mention in one.resolutions:
            is_full = mention.right and mention.verdict == "sure" and mention.part == "full" and mention.kind in KINDS
            if is_full and mention.best.form.role in ("name", "alias"):
                places[mention.entity][mention.text.casefold()].append((mention.text, one.document.path))
                names[mention.entity] = mention.best.name
    found = []
    for entity, by_form in sorted(places.items()):
        forms = [_usage(uses) for folded, uses in by_form.items() if not _is_part(folded, by_form)]
        forms.sort(key=lambda usage: (-len(usage.paths), -usage.mentions, usage.text))
        if len(forms) > 1 and len({path for usage in forms for path in usage.paths}) > 1:
            known = {usage.text for usage in forms}
            right = prints.get(entity) or (names[entity] if names[entity] in known else forms[0].text)
            found.append(Divided(entity, right, tuple(forms)))
    return sorted(found, key=lambda divided: (-sum(u.mentions for u in divided.forms), divided.entity))


def _usage(uses: list[tuple[str, str]]) -> Usage:
    texts = [text for text, _ in uses]
    shown = min(texts, key=lambda text: (text.isupper() and len(text) > 3, -texts.count(text), text))
    return Usage(shown, len(uses), tuple(dict.fromkeys(path for _, path in uses)))


def _is_part(form: str, others: Iterable[str]) -> bool:
    """Whether a form is a shorter one of another, as a second reference is."""
    words = set(form.split())
    return any(words < set(other.split()) for other in others)
