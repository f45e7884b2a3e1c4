"""A user's tables stand beside the shipped index as they would stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.check import Checker
from normalize.index import own
from normalize.index.joined import REPLACED, Joined
from normalize.index.pack import Pack
from normalize.index.scan import scan
from normalize.index.write import write
from normalize.model import Form, Span
from normalize.text.reading import decode

COLUMNS = ("id", "name", "native", "language", "aliases", "names", "offices")
ROWS = [
    ("Q1", "Deng Songbo", "鄧松柏", "zh", "", "fr=Deng Songbai", "cn-foreign-minister@2030-01-01"),
    ("Q2", "Xi Jinping", "习近平", "zh", "Chairman Xi", "", ""),
    ("Q3", "Estrella Quispe", "", "", "Xi Jinping;Quispe", "", ""),
    ("Q4", "Estrella Quispe", "", "", "", "", ""),
]
HUB = """\
[[person]]
id = "wang-yi"
name = "Wang Yi the Younger"
source = "a test"
"""


@pytest.fixture
def joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Pack) -> Joined:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(own, "shipped", lambda: pack)
    (tmp_path / "rows.tsv").write_text("\n".join("\t".join(row) for row in (COLUMNS, *ROWS)), "utf-8")
    (tmp_path / "hub.toml").write_text(HUB, "utf-8")
    both = own.with_tables([tmp_path / "rows.tsv", tmp_path / "hub.toml"])
    assert isinstance(both, Joined)
    return both


def owners(pack: Pack, words: str, role: str = "") -> list[str]:
    return [form.owner for form in pack.forms(words) if not role or form.role == role]


def test_the_shipped_index_is_the_very_same(joined: Joined, pack: Pack) -> None:
    assert joined.shipped is pack
    assert joined.own.meta["keys"] < 200
    assert joined.meta["digest"] != pack.meta["digest"], "the signature tells them apart"


def test_a_new_row_has_its_readings(joined: Joined) -> None:
    assert owners(joined, "dang tung ba", "reading") == ["person/Q1"]
    assert owners(joined, "deng songbai") == ["person/Q1"]
    assert joined.entity("person/Q1").name == "Deng Songbo"


def test_a_row_that_is_a_shipped_hub_adds_to_it(joined: Joined, pack: Pack) -> None:
    assert not joined.has("person/Q2")
    assert owners(joined, "chairman xi", "weak") == ["person/xi-jinping"]
    assert "Chairman Xi" in joined.entity("person/xi-jinping").weak
    assert set(pack.forms("tap can binh")) == set(joined.forms("tap can binh")), "the hub keeps its readings"


def test_what_a_shipped_hub_owns_is_weak_in_a_row(joined: Joined) -> None:
    assert [(f.owner, f.role) for f in joined.forms("xi jinping") if f.role in ("name", "weak")] == [
        ("person/Q3", "weak"),
        ("person/xi-jinping", "name"),
    ]


def test_an_entry_with_a_shipped_id_replaces_it(joined: Joined, pack: Pack) -> None:
    assert joined.record(REPLACED) == ["person/wang-yi"]
    assert joined.entity("person/wang-yi").name == "Wang Yi the Younger"
    assert "person/wang-yi" in owners(pack, "vuong nghi")
    assert "person/wang-yi" not in owners(joined, "vuong nghi")
    text = "Vuong Nghi met Wang Yi the Younger"
    hits = scan(text, [Span(0, len(text))], joined)
    assert "person/wang-yi" not in [form.owner for hit in hits[:-1] for form in hit.forms]
    assert text[hits[-1].span.start :] == "Wang Yi the Younger"


def test_holders_of_offices_are_those_of_both(joined: Joined, pack: Pack) -> None:
    held = [tuple(holder) for holder in joined.record("holders")["office/cn-foreign-minister"]]
    assert ("person/Q1", "2030-01-01", "") in held
    shipped = [tuple(holder) for holder in pack.record("holders")["office/cn-foreign-minister"]]
    assert set(shipped) - set(held) <= {holder for holder in shipped if holder[0] == "person/wang-yi"}


def test_names_of_records_are_those_of_both(joined: Joined, pack: Pack) -> None:
    assert set(joined.names("person/")) == {*pack.names("person/"), "person/Q1", "person/Q3", "person/Q4"}


def test_lint_judges_with_both(joined: Joined) -> None:
    text = b"Chinese envoy Dang Tung Ba met President Tap Can Binh in Beijing.\n"
    found = Checker(joined).check(decode(text, "a.txt")).findings
    assert {f.text: f.entity for f in found if f.code == "NAM001"} == {
        "Dang Tung Ba": "person/Q1",
        "Tap Can Binh": "person/xi-jinping",
    }


def test_of_two_indexes_the_leftmost_longest_form_wins() -> None:
    one = Pack(write([Form("Wang Yi", "a", "name"), Form("Kaja", "a", "name")], {}, ""), "one")
    forms = [Form("Wang Yi Foundation", "b", "name"), Form("of Kaja Kallas", "b", "name"), Form("Kaja", "b", "name")]
    other = Pack(write(forms, {REPLACED: []}, ""), "other")
    text = "the Wang Yi Foundation of Kaja Kallas: Kaja"
    hits = scan(text, [Span(0, len(text))], Joined(other, one))
    assert [(text[h.span.start : h.span.end], [f.owner for f in h.forms]) for h in hits] == [
        ("Wang Yi Foundation", ["b"]),
        ("of Kaja Kallas", ["b"]),
        ("Kaja", ["a", "b"]),
    ]
