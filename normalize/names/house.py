"""How a house writes a hub: its own list of forms first, else its order of names and its marks."""

from __future__ import annotations

import unicodedata

from normalize.model import Entity, Person, Place
from normalize.tables.records import Style
from normalize.text.fold import fold


def printed(entity: Entity, style: Style) -> str:
    """The full form that replaces a wrong one.

    >>> style = Style(id="ours", name="ours", prints={}, second={}, order={"ja": "family-first"}, diacritics="native")
    >>> abe = Person(id="person/a", name="Shinzo Abe", native="安倍晋三", language="ja", family="Abe", names={})
    >>> muller = Person(id="person/m", name="Anna Muller", native="Anna Müller", language="de", names={})
    >>> printed(abe, style), printed(muller, style)
    ('Abe Shinzo', 'Anna Müller')
    """
    return style.prints.get(entity.id) or _marked(_ordered(entity, style), entity, style)


def second(person: Person, style: Style) -> str:
    """What the name becomes after its first mention."""
    own = style.second.get(person.id)
    if own:
        return own
    full = _marked(person.name, person, style).split()
    plain = person.name.split()
    marks = dict(zip(plain, full, strict=False)) if len(plain) == len(full) else {}
    return " ".join(marks.get(word, word) for word in person.second_reference.split())


def speaks_of(entity: str, style: Style) -> bool:
    """Whether the house says how this hub is printed: by its list, or by the order or marks of all names."""
    return entity in style.prints or bool(style.order) or style.diacritics != "listed"


def _ordered(entity: Entity, style: Style) -> str:
    """The name with the family name where the house puts it in names of that language."""
    if not isinstance(entity, Person) or entity.prints or not entity.family:
        return entity.printed
    wanted = style.order.get(entity.language.partition("-")[0], entity.order)
    if wanted == entity.order:
        return entity.name
    given = entity.name.replace(entity.family, "", 1).strip(" ,")
    return f"{entity.family} {given}" if wanted == "family-first" else f"{given} {entity.family}"


def _marked(text: str, entity: Entity, style: Style) -> str:
    """The text with the marks of its own language, or with none, as the house has it."""
    if style.diacritics == "none":
        return bare(text)
    if (
        style.diacritics == "listed"
        or not isinstance(entity, Person | Place)
        or fold(entity.native) != fold(entity.name)
    ):
        return text
    marks = dict(zip(entity.name.split(), entity.native.split(), strict=False))
    return " ".join(marks.get(word, word) for word in text.split())


def bare(text: str) -> str:
    """Latin letters without their marks.

    >>> bare("Côte d’Ivoire, Łódź, Erdoğan")
    'Cote d’Ivoire, Lodz, Erdogan'
    """
    kept = "".join(c for c in unicodedata.normalize("NFD", text.translate(_PLAIN)) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)


_PLAIN = str.maketrans("đĐıłŁøØðÐəƏ", "dDilLoOdDaA") | str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th"}
)
"""Letters that Unicode does not decompose."""
