"""Forms that name more than one thing, or something ordinary too: who owns them, and what keeps them harmless."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalize.index.compile import forms_of
from normalize.model import Form
from normalize.record import Record
from normalize.tables.load import Tables
from normalize.tables.read import Source, rows
from normalize.text.fold import key

NAMING = ("name", "alias", "weak", "exonym", "reading", "misreading")
RIGHT = ("name", "alias")
FOREIGN = ("exonym", "reading", "misreading")
COLUMNS = ("form", "owner", "handling", "reason")


class Collision(Record):
    """A form, whose it is, why that matters, and the handling; an empty handling is a fault."""

    form: str
    owners: tuple[Form, ...]
    why: str
    handling: str

    def line(self) -> str:
        """The collision on one line."""
        who = ", ".join(
            f"{form.owner} ({form.role}{' ' + form.channel if form.channel else ''})" for form in self.owners
        )
        return f"{self.form}: {self.why}: {who}: {self.handling or 'NOT HANDLED'}"


def collisions(tables: Tables) -> list[Collision]:
    """Every form with two owners or more, and every single word that is also an ordinary word or a personal name."""
    by_key: dict[str, dict[str, Form]] = defaultdict(dict)
    for entity in tables.entities.values():
        for form in forms_of(entity, tables):
            if form.role in NAMING and (looked_up := key(form.text)):
                owners = by_key[looked_up]
                if form.owner not in owners or NAMING.index(form.role) < NAMING.index(owners[form.owner].role):
                    owners[form.owner] = form
    allowed = allowances(tables.root)
    words, people = (word_list(tables.root, name) for name in ("ordinary", "personal"))
    found = []
    for looked_up, owners in sorted(by_key.items()):
        forms = tuple(owners[owner] for owner in sorted(owners))
        if len(forms) > 1:
            found.append(Collision(looked_up, forms, "owners", _shared(forms)))
        if " " not in looked_up and (looked_up in words or looked_up in people):
            why = "ordinary word" if looked_up in words else "personal name"
            found.append(Collision(looked_up, forms, why, _ordinary(forms, allowed)))
    return found


def _shared(forms: tuple[Form, ...]) -> str:
    """How a form of several owners is kept from deciding for one of them alone."""
    strong = [form for form in forms if form.role in RIGHT]
    foreign = [form for form in forms if form.role in FOREIGN]
    written = [form for form in strong if not form.channel]
    if len(strong) > 1 and len(written) < 2:
        return "shared spelling: unsure until the context decides"
    if len(strong) > 1:
        office_or_term = [form for form in strong if form.owner.startswith(("office/", "term/"))]
        return "an office or term by its side: context decides" if len(strong) - len(office_or_term) <= 1 else ""
    if strong and foreign:
        return "the right name wins over the foreign reading"
    if len(foreign) > 1:
        return "shared: unsure until the context decides"
    return "weak in all but one" if len(forms) - len(strong) - len(foreign) else ""


def _ordinary(forms: tuple[Form, ...], allowed: dict[tuple[str, str], str]) -> str:
    """How a form that is an ordinary word or a personal name is kept from firing: a right name changes nothing in a
    text, so it is the foreign forms that need a reason to be strong.
    """
    open_ = [form for form in forms if form.role in FOREIGN and form.text.isascii()]
    if not open_:
        return "a right name that stands in capitals and is never replaced, or weak"
    reasons = [allowed.get((key(form.text), form.owner), "") for form in open_]
    return "; ".join(dict.fromkeys(reasons)) if all(reasons) else ""


def allowances(root: Path) -> dict[tuple[str, str], str]:
    """Forms that stay strong although they are ordinary, with the reason: ``aliases/collisions.tsv``."""
    path = root / "collisions.tsv"
    found = (cells for _, cells in rows(Source(path), COLUMNS)) if path.is_file() else iter(())
    return {(key(form), owner): f"{handling}: {reason}" for form, owner, handling, reason in found}


def word_list(root: Path, name: str) -> frozenset[str]:
    """A list of the lexicon, a word a line."""
    path = root / "lexicon" / f"{name}.txt"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


def tally(found: Iterable[Collision]) -> Iterator[tuple[str, int]]:
    """How many collisions of each kind and handling, sorted."""
    counts: dict[str, int] = defaultdict(int)
    for collision in found:
        counts[f"{collision.why}: {collision.handling.split(':')[0] or 'NOT HANDLED'}"] += 1
    yield from sorted(counts.items())


def difference(old: Tables, new: Tables) -> Iterator[str]:
    """What stands in ``new`` and not in ``old`` (+) and the other way round (-): hubs, forms, collisions."""
    before, after = _lines(old), _lines(new)
    yield from (f"- {line}" for line in sorted(before - after))
    yield from (f"+ {line}" for line in sorted(after - before))


def _lines(tables: Tables) -> set[str]:
    forms = {
        f"{entity.id}: {form.role} {form.channel or '-'} {form.text}"
        for entity in tables.entities.values()
        for form in forms_of(entity, tables)
    }
    return forms | {f"collision {collision.line()}" for collision in collisions(tables)}
