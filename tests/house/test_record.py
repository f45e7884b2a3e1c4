"""Records behave as frozen dataclasses do, and `dataclasses` takes them for such."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from functools import cached_property

import pytest

from normalize.config import Config
from normalize.model import Person, Span
from normalize.record import Record, replace


class Lazy(Record):
    word: str

    @cached_property
    def loud(self) -> str:
        return self.word.upper()


PERSON = Person(id="person/a", name="A B", names={"fr": "Â B"}, family="B")


@pytest.mark.parametrize("record", [Span(1, 2), PERSON, Lazy("a")], ids=repr)
def test_a_record_survives_pickle_and_copy(record: Record) -> None:
    assert pickle.loads(pickle.dumps(record)) == record == copy.deepcopy(record)


def test_a_record_is_frozen() -> None:
    with pytest.raises(AttributeError):
        Span(1, 2).start = 3  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del Span(1, 2).start


def test_fields_are_named_where_the_class_says_so() -> None:
    with pytest.raises(TypeError):
        Person("person/a", "A B")  # type: ignore[call-arg, misc]
    with pytest.raises(TypeError):
        Person(id="person/a", name="A B")  # type: ignore[call-arg]


def test_a_subclass_that_is_made_after_its_base_has_its_own_fields() -> None:
    class Base(Record):
        a: int

    class Sub(Base):
        b: int = 2

    assert (Base(1).a, Sub(1).b) == (1, 2)
    assert Base(1) != Sub(1)


def test_records_are_equal_and_hashed_by_their_fields() -> None:
    assert len({Span(1, 2), Span(1, 2), Span(1, 3)}) == 2
    assert sorted([Span(2, 3), Span(1, 9)]) == [Span(1, 9), Span(2, 3)]


def test_dataclasses_takes_a_record_for_its_own() -> None:
    assert dataclasses.asdict(Span(1, 2)) == {"start": 1, "end": 2}
    assert dataclasses.replace(PERSON, family="C") == replace(PERSON, family="C")
    assert [field.default for field in dataclasses.fields(Person) if field.name == "order"] == ["given-first"]
    assert dataclasses.replace(Config(), style="ap").style == "ap", "a default that is an empty mapping"


def test_what_is_worked_out_once_is_kept() -> None:
    lazy = Lazy("a")
    assert lazy.loud is lazy.loud
