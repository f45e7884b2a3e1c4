"""The forms of an entry, parted by what they are: once, however often and wherever the entry is met."""

from __future__ import annotations

from normalize.model import Form, Role

NAMING: frozenset[Role] = frozenset({"name", "alias", "weak", "exonym", "reading", "misreading"})
"""Roles of forms that stand for their owner in a text."""
OWN: frozenset[Role] = frozenset({"adjective", "name", "alias", "title"})
"""Roles of forms that are right for their owner, or lead to it."""
GLOSSING: frozenset[Role] = frozenset(
    {"false", "near", "reversed", "listed", "false-friend", "phrase", "plural", "residue", "weak-habit", "spun"}
)
"""Roles of forms that render a term, or are a habit of a source language."""


class Sorted:
    """The forms of one entry: a title has one for each of the hundreds of offices it may mean."""

    __slots__ = ("forms", "glossing", "homes", "naming", "offices", "owner")

    def __init__(self, forms: tuple[Form, ...]) -> None:
        """Part them."""
        self.forms = forms
        self.naming = tuple(form for form in forms if form.role in NAMING)
        self.glossing = tuple(form for form in forms if form.role in GLOSSING)
        own = [form for form in forms if form.role in OWN]
        self.offices = tuple(form.owner for form in own if form.owner.startswith("office/"))
        self.homes = tuple(form for form in own if form.owner.startswith(("place/", "organisation/")))
        """Own forms of what has a country."""
        owners = {form.owner for form in own}
        self.owner = owners.pop() if len(owners) == 1 else ""
        """The owner of all own forms, or empty where there are several or none."""


MOST_KEPT = 50_000
_kept: dict[int, Sorted] = {}


def sort_forms(forms: tuple[Form, ...]) -> Sorted:
    """The forms by what they are. For an entry an index gives the same tuple every time, so its place tells it."""
    known = _kept.get(id(forms))
    if known is None or known.forms is not forms:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        known = _kept[id(forms)] = Sorted(forms)
    return known
