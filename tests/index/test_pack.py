"""What stands in an index comes out as it went in; what is no index is refused in one sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import FORMS as TEXTS
from texts import any_unicode

from normalize.errors import TableError
from normalize.index import sections
from normalize.index.layout import HEADER, LONGEST_KEY, SECTIONS, read_varint, varint
from normalize.index.pack import Pack
from normalize.index.scan import matches
from normalize.index.signs import KINDS, write_signs
from normalize.index.write import shaped, write
from normalize.model import Form
from normalize.text.fold import SIGNS, Element, key

FORMS = [
    Form("Vương Nghị", "person/wang-yi", "reading", "vi", "Sino-Vietnamese reading of 王毅"),
    Form("Wang Yi", "person/wang-yi", "name", "", ""),
    Form("王毅", "person/wang-yi", "exonym", "zh", "native form (zh)"),
    Form("王毅", "person/another", "exonym", "zh", "native form (zh)"),
    Form("EU", "organisation/eu", "alias", "", ""),
    *(Form(f"Name {number} of Many", f"row/{number % 40}", "name", "", "") for number in range(100)),
]
RECORDS = {
    "person/wang-yi": {"native": "王毅", "name": "Wang Yi"},
    "rules": ["NAM001"],
    "empty": {},
    **{f"record/{number}": number for number in range(50)},
}
DATA = write(FORMS, RECORDS, "0123")


def test_forms_come_out_as_they_went_in() -> None:
    pack = Pack(DATA, "a test")
    for form in FORMS:
        assert form in pack.forms(key(form.text))
    assert pack.forms("wang") == ()
    assert pack.forms("") == ()
    assert pack.meta["digest"] == "0123"


def test_records_come_out_as_they_went_in() -> None:
    pack = Pack(DATA, "a test")
    assert {name: pack.record(name) for name in RECORDS} == RECORDS
    assert not pack.has("person/another"), "an owner without a record"
    assert not pack.has("zzz")
    assert pack.names("record/") == sorted(f"record/{number}" for number in range(50))
    with pytest.raises(KeyError):
        pack.record("aaa")


def test_an_index_may_be_empty() -> None:
    pack = Pack(write([], {}, ""), "a test")
    assert pack.forms("wang yi") == ()
    assert not pack.has("rules")


def test_the_same_forms_make_the_same_bytes() -> None:
    assert write(FORMS, RECORDS, "0123") == DATA


def test_a_form_without_an_end_is_refused() -> None:
    with pytest.raises(TableError, match=r"person/x: .*a form of more than 1000 bytes; shorten it"):
        write([Form("a" * (LONGEST_KEY + 1), "person/x", "name")], {}, "")


def answers(data: bytes) -> list[object]:
    """What an index says of forms, records, and a text."""
    pack = Pack(data, "a test")
    found: list[object] = [pack.forms(key(form.text)) for form in FORMS]
    found += [pack.record(name) for name in RECORDS]
    found.append(pack.names())
    text = ". ".join(form.text for form in FORMS)
    for force in ("0", "1"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CALQUE_PLAIN", force)
            pack.scanner = None
            found.append(matches(text, [(0, len(text))], pack))
    return found


@pytest.mark.parametrize("length", [0, 1, 7, 8, HEADER.size - 1, HEADER.size, 1000, len(DATA) // 2, len(DATA) - 1])
def test_a_cut_index_is_refused(length: int) -> None:
    with pytest.raises(TableError, match=r"^a test: .*; delete it and run again$"):
        Pack(DATA[:length], "a test")


def test_a_longer_index_is_refused() -> None:
    with pytest.raises(TableError, match="cut short"):
        Pack(DATA + b"\0", "a test")


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(5000), b"\0" * 5000, b"hello", DATA[1:]])
def test_a_foreign_file_is_refused(data: bytes) -> None:
    with pytest.raises(TableError, match=r"^a test: not an index of calque; delete it and run again$"):
        Pack(data, "a test")


def test_another_version_is_refused() -> None:
    with pytest.raises(TableError, match="another version's"):
        Pack(DATA[:8] + b"\x63" + DATA[9:], "a test")


def test_a_flipped_bit_is_refused_or_in_nobodys_way() -> None:
    choose = random.Random(4)
    wanted, refused = answers(DATA), 0
    for at in choose.sample(range(len(DATA)), 400):
        damaged = bytearray(DATA)
        damaged[at] ^= 1 << choose.randrange(8)
        try:
            assert answers(bytes(damaged)) == wanted, at
        except TableError:
            refused += 1
    assert refused > 380, "nearly every page was read"


@pytest.mark.parametrize("force", ["0", "1"], ids=["as it is", "plain"])
def test_damage_is_noticed_where_it_is_read(monkeypatch: pytest.MonkeyPatch, force: str) -> None:
    monkeypatch.setenv("CALQUE_PLAIN", force)
    places = HEADER.unpack_from(DATA)[4:]
    start, size = places[2 * SECTIONS.index("slots") :][:2]
    pack = Pack(DATA[:start] + bytes(size) + DATA[start + size :], "a test")
    assert pack.meta["digest"] == "0123", "opening reads little"
    with pytest.raises(TableError, match=r"^a test: the compiled index is damaged; delete it and run again$"):
        matches("Wang Yi", [(0, 7)], pack)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.calque"
    path.touch()
    with pytest.raises(TableError, match=r"index\.calque: is empty"):
        Pack.open(path)


def kept(found: tuple[Element, ...]) -> list[tuple[str, str]]:
    """What a table of code points keeps: the kinds, and what the letters fold to."""
    return [(kind, folded if kind in "wcx" else "") for kind, folded in found]


def test_what_code_points_fold_to_is_in_the_index() -> None:
    signs = Pack(DATA, "a test").signs
    for code in range(0x110000):
        if code < 0x3400 or code % 61 == 0:
            assert kept(signs[code]) == kept(SIGNS[code]), hex(code)


def test_elements_are_their_own_folds() -> None:
    """What the table of code points relies on: an element looked up again is itself."""
    for found in list(SIGNS.values()):
        for element in found:
            assert element.kind in KINDS
            if element.kind in "wcx":
                assert SIGNS[ord(element.folded)] == (element,)


def test_signs_are_written_once() -> None:
    assert bytes(Pack(DATA, "a test").section("signs")) == write_signs()


@settings(deadline=None)
@given(number=st.integers(0, (1 << 35) - 1))
def test_numbers_come_out_as_they_went_in(number: int) -> None:
    data = varint(number)
    assert read_varint(data, 0) == (number, len(data))


@settings(max_examples=100, deadline=None)
@given(forms=st.lists(st.one_of(st.sampled_from(TEXTS), any_unicode), max_size=60))
def test_both_writers_write_the_same_bytes(forms: list[str]) -> None:
    c = pytest.importorskip("normalize.index._scan")
    signs = write_signs()
    keys = sections.keys(signs, forms)
    assert c.keys(signs, forms) == keys == [key(form).encode() for form in forms]
    whole = [form for form in forms if form.isprintable()] * 2
    keys = sections.keys(signs, whole)
    kinds, owners = (bytes([1, number, 0, 0] * len(whole)) for number in (0, 1))
    entries = sections.entries(keys, whole, kinds, owners, shaped)
    assert c.entries(keys, whole, kinds, owners, shaped) == entries
    texts = entries[0]
    payloads = [bytes(number % 300) for number in range(len(texts))]
    assert c.blocks(texts, payloads) == sections.blocks(texts, payloads)
    made = sections.sequences(texts)
    assert c.sequences(texts) == made
    assert c.filled(made[0], 3) == sections.filled(made[0], 3)
    size = len(made[1]) // 4 * 2 + 1
    assert c.slots(made[0], made[1], size, 12) == sections.slots(made[0], made[1], size, 12)


def test_a_form_comes_out_as_it_was_written_whatever_its_letters_are() -> None:
    """Its text may be kept as a shape: capitals, joined Han, joined Hangul."""
    texts = [
        "Wang Yi",
        "wang yi",
        "WANG YI",
        "Ван И",
        "ван И",
        "王毅",
        "王 毅",
        "김정은",
        "Ａ王",
        "がん",
        "Ꮳ",
        "ꮳ",
        "ΑΣ",
    ]
    texts += [chr(code) + "a " + chr(code) for code in range(0x80, 0x3000) if chr(code).isalpha()]
    pack = Pack(write([Form(text, "a", "name") for text in texts], {}, ""), "a test")
    for text in texts:
        assert text in [form.text for form in pack.forms(key(text))]


@pytest.mark.parametrize("wrong", [None, [1], ["a"], b"a", [b"a" * 1001]])
def test_the_writer_in_c_refuses_what_it_cannot_read(wrong: object) -> None:
    c = pytest.importorskip("normalize.index._scan")
    with pytest.raises((TypeError, ValueError)):
        c.sequences(wrong)
    with pytest.raises((TypeError, ValueError)):
        c.blocks(wrong, [b""] * 2)
    with pytest.raises((TypeError, ValueError)):
        c.keys(write_signs(), [wrong])
    with pytest.raises((TypeError, ValueError)):
        c.entries(wrong, ["a"] * 2, bytes(4), bytes(4), shaped)
    with pytest.raises(ValueError, match="do not agree"):
        c.slots(bytes(16), bytes(8), 2, 12)
    with pytest.raises(ValueError, match="do not agree"):
        c.filled(bytes(7), 2)
    with pytest.raises(ValueError, match="damaged"):
        c.keys(bytes(99), [])
