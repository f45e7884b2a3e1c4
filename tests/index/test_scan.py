"""Every matcher finds what the slow, obvious reference finds, offsets included."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import cut as cut_words
from reference import reference
from texts import FORMS, any_unicode, texts

from normalize.index.pack import Pack
from normalize.index.plain import PlainScanner
from normalize.index.scan import Scanner, scan
from normalize.index.write import write
from normalize.model import Form, Span
from normalize.text.fold import key, words


def pack_of(forms: Sequence[str], role: str = "name") -> Pack:
    made = [Form(form, f"person/{number}", role, "", "") for number, form in enumerate(forms)]  # type: ignore[arg-type]
    return Pack(write(made, {}, ""), "made for a test")


PACK = pack_of(FORMS)
MAKERS: dict[str, Callable[[Pack], Scanner]] = {"plain": PlainScanner}
if find_spec("normalize.index._scan"):
    from normalize.index._scan import Scanner as NativeScanner

    MAKERS["native"] = lambda pack: NativeScanner(pack.data)
SCANNERS = [make(PACK) for make in MAKERS.values()]
NAMES = list(MAKERS)


def found(scanner: Scanner, text: str, pack: Pack = PACK) -> list[tuple[int, int, str]]:
    return [(start, end, pack.key(entry)) for start, end, entry in scanner.scan(text, [(0, len(text))])]


@pytest.mark.parametrize("scanner", SCANNERS, ids=NAMES)
@settings(max_examples=400, deadline=None)
@given(text=texts)
def test_it_finds_what_the_reference_finds(scanner: Scanner, text: str) -> None:
    assert found(scanner, text) == reference(text, list(FORMS))


@settings(max_examples=150, deadline=None)
@given(forms=st.lists(st.one_of(st.sampled_from(FORMS), any_unicode), max_size=8, unique=True), text=texts)
def test_it_does_so_whatever_the_forms_are(forms: list[str], text: str) -> None:
    pack = pack_of([form for form in forms if form.isprintable()])
    text += "".join(forms)
    wanted = reference(text, [form for form in forms if form.isprintable()])
    for make in MAKERS.values():
        assert found(make(pack), text, pack) == wanted


@settings(max_examples=150, deadline=None)
@given(text=texts, cuts=st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_each_span_is_a_text_of_its_own(text: str, cuts: list[int]) -> None:
    edges = sorted(min(cut, len(text)) for cut in cuts)
    spans = list(itertools.pairwise(edges))
    wanted = [(a + at, b + at, key) for at, end in spans for a, b, key in reference(text[at:end], list(FORMS))]
    for scanner in SCANNERS:
        assert [(a, b, PACK.key(e)) for a, b, e in scanner.scan(text, spans)] == wanted


@settings(max_examples=200, deadline=None)
@given(text=texts)
def test_words_and_keys_agree(text: str) -> None:
    places = [(word.first[0], word.last[0] + 1) for word in cut_words(text)]
    assert [word.span() for word in words(text)] == [span for span, _ in itertools.groupby(places)]
    assert key(text) == " ".join(word.letters for word in cut_words(text))
    assert all(text[word.start() : word.end()] == word.group() for word in words(text))


CASES = [
    ("a possessive", "Kaja Kallas's visit", ["Kaja Kallas"]),
    ("a possessive with a curly apostrophe", "Kaja Kallas’ visit", ["Kaja Kallas"]),
    ("capitals", "KAJA KALLAS", ["KAJA KALLAS"]),
    ("no part of a longer word", "Wang Yifan met Kaja Kallasson", []),
    ("marks apart", "Vu\u031bo\u031bng Nghi\u0323!", ["Vu\u031bo\u031bng Nghi\u0323"]),
    ("no marks", "Vuong Nghi", ["Vuong Nghi"]),
    ("full width", "Ｗａｎｇ　Ｙｉ", ["Ｗａｎｇ　Ｙｉ"]),
    ("a line break", "Wang\r\n  Yi", ["Wang\r\n  Yi"]),
    ("no paragraph break", "Wang\n\nYi", []),
    ("a hyphen at the end of a line", "Xi Jin-\nping and Wang-\nYi", ["Wang-\nYi"]),
    ("no spaced dash", "Wang - Yi", []),
    ("no comma", "Wang, Yi", []),
    ("no sentence end", "said Wang. Yi left", []),
    ("dots behind initials", "a S.A. b S. A.", ["S.A", "b", "S. A"]),
    ("emphasis", "**Wang** _Yi_", ["Wang** _Yi"]),
    ("soft hyphens", "Xi Jin\u00adping", ["Xi Jin\u00adping"]),
    ("the longest form", "Kaja Kallas Estonia", ["Kaja Kallas Estonia"]),
    ("the leftmost form", "d a b c d e f", ["a b c d"]),
    ("Han without spaces", "外长王毅说", ["王毅"]),
    ("an expansion as a whole", "トヨタ㍿", ["㍿"]),
    ("nothing out of the middle of an expansion", "㍿社", ["㍿"]),
    ("kana voicing marks count", "かん", []),
    ("kana voicing marks apart", "か\u3099ん", ["か\u3099ん"]),
    ("Hangul apart", "\u1100\u1175\u11b7\u110c\u1165\u11bc\u110b\u1173\u11ab", None),
    ("Thai inside a sentence", "ไปกรุงเทพแล้ว", ["กรุงเทพ"]),
    ("no Thai character without its tone", "กรุงเท่พ", []),
    ("Indic vowel signs count", "नरन्द्र मोदी", []),
    ("a lone surrogate parts words", "Wang\ud800Yi Wang Yi", ["Wang Yi"]),
    ("kashida", "\u0661\u0640\u0662", ["\u0661\u0640\u0662"]),
]  # fmt: skip


@pytest.mark.parametrize("scanner", SCANNERS, ids=NAMES)
@pytest.mark.parametrize(("why", "text", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_case(scanner: Scanner, why: str, text: str, wanted: list[str] | None) -> None:
    hits = [text[start:end] for start, end, _ in scanner.scan(text, [(0, len(text))])]
    assert hits == ([text] if wanted is None else wanted), why


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("equal playgrounds", 1), ("an equal playground", 1), ("sovereign treaties", 1), ("equal playgroundss", 0)],
)
def test_phrases_are_found_in_the_plural(text: str, wanted: int) -> None:
    pack = pack_of(["equal playground", "sovereign treaty"], role="false")
    assert len(scan(text, [Span(0, len(text))], pack)) == wanted


def test_names_have_no_plural() -> None:
    assert scan("the Kaja Kallass", [Span(0, 16)], PACK) == []


def test_a_hit_has_every_form_of_its_words() -> None:
    pack = pack_of(["Wang Yi", "WANG YI", "Wáng Yì"])
    (hit,) = scan("so wang yi said", [Span(0, 15)], pack)
    assert hit.span == Span(3, 10)
    assert [form.text for form in hit.forms] == ["Wang Yi", "WANG YI", "Wáng Yì"]
