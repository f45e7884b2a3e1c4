"""Which generated forms English copy is searched for: those of schemes met in it, long enough to mean one thing."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalize.channels import names
from normalize.channels.native import names_of
from normalize.index.lexicon import Lexicon
from normalize.model import Entity, Form
from normalize.record import replace
from normalize.tables.records import Scheme
from normalize.text.fold import key

MOST_FORMS = 400
FEWEST_LETTERS = 7
"""A shorter reading ("Van I", "Yi Wang", "Pago") is too often someone or something else: it names nobody by itself."""


def forms_in_copy(entity: Entity, schemes: Iterable[Scheme], root: Path, lexicon: Lexicon) -> Iterator[Form]:
    """The readings of ``entity`` that texts are searched for, MOST_FORMS at most, in the order of the schemes."""
    return itertools.islice(_forms_in_copy(entity, schemes, root, lexicon), MOST_FORMS)


def _forms_in_copy(entity: Entity, schemes: Iterable[Scheme], root: Path, lexicon: Lexicon) -> Iterator[Form]:
    """Each looked-up key once for each set of marks."""
    schemes = list(schemes)
    fitting = [(s, name) for name in names_of(entity, root) for s in schemes if names.suits(s, name)]
    own = [entity.name, entity.native, *entity.aliases, *entity.weak, *entity.names.values()]
    own_keys = {key(text) for text in own}
    for scheme, name in fitting:
        for form in names.forms_of_name(entity, name, scheme, root) if scheme.accepted else ():
            if (words := key(form.text)) not in own_keys:
                own_keys.add(words)
                if is_telling(words, lexicon):
                    yield replace(form, role="alias")
    own_words = {tuple(sorted(k.split())) for k in own_keys} | {_letters(k) for k in own_keys}
    seen: set[tuple[str, str, str]] = set()
    for scheme, name in fitting:
        for form in names.forms_of_name(entity, name, scheme, root) if scheme.english else ():
            words = key(form.text)
            marked = words, _marks(form.text), form.channel
            if words in own_keys or marked in seen:
                continue
            seen.add(marked)
            if scheme.lax and (tuple(sorted(words.split())) in own_words or _letters(words) in own_words):
                yield replace(form, role="alias")
            elif is_telling(words, lexicon):
                yield form


def is_telling(words: str, lexicon: Lexicon) -> bool:
    """Whether folded words are long enough, and no English word, so that they name someone by themselves."""
    return len(_letters(words)) >= FEWEST_LETTERS and words not in lexicon


def _letters(words: str) -> str:
    return words.replace(" ", "")


def _marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.combining(c) or c in "đĐ")
