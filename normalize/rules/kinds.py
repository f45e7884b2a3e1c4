"""Which file finds which kind of rule: the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from normalize.model import Finding
from normalize.rules import (
    ambiguous_reading,
    calque,
    comparison,
    escaped_entity,
    honorific,
    honorific_gender,
    house_form,
    inconsistent_name,
    near_miss,
    nonword,
    office_holder,
    pattern,
    possible_reading,
    repeated_word,
    suppression,
    title_before_name,
    variant_name,
)
from normalize.rules.view import View
from normalize.tables.records import Rule

KINDS: dict[str, Callable[[View, Rule], Iterator[Finding]]] = {
    "ambiguous_reading": ambiguous_reading.find,
    "calque": calque.find,
    "comparison": comparison.find,
    "escaped_entity": escaped_entity.find,
    "honorific": honorific.find,
    "honorific_gender": honorific_gender.find,
    "house_form": house_form.find,
    "inconsistent_name": inconsistent_name.find,
    "near_miss": near_miss.find,
    "nonword": nonword.find,
    "office_holder": office_holder.find,
    "pattern": pattern.find,
    "possible_reading": possible_reading.find,
    "repeated_word": repeated_word.find,
    "suppression": suppression.find,
    "title_before_name": title_before_name.find,
    "variant_name": variant_name.find,
}
