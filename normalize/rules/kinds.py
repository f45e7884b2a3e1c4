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
    pronoun_gender,
    repeated_word,
    second_reference,
    suppression,
    title_before_name,
    unknown_holder,
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
    "pronoun_gender": pronoun_gender.find,
    "repeated_word": repeated_word.find,
    "suppression": suppression.find,
    "second_reference": second_reference.find,
    "title_before_name": title_before_name.find,
    "unknown_holder": unknown_holder.find,
    "variant_name": variant_name.find,
}
