"""What is not UTF-8 is read as it declares, or by a stated guess; fixes come back in the same bytes, or are refused."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.cli import main
from normalize.errors import InputError, OutputError, UsageError
from normalize.model import Checked
from normalize.text.encodings import CODECS, GUESSED, MARKS, declaration, encode, wanted
from normalize.text.reading import decode
from normalize.text.reading import encode as write

NATIVE = {
    "windows-1250": "Český ministr zahraničí se v pondělí sešel s představiteli Vietnamu a řekl, že chce víc.",
    "windows-1251": "Министр иностранных дел Китая встретился в понедельник с руководством Вьетнама.",
    "windows-1252": "Le ministre des affaires étrangères chinois a rencontré lundi à Hanoï les dirigeants vietnamiens.",
    "windows-1253": "Ο υπουργός Εξωτερικών της Κίνας συναντήθηκε τη Δευτέρα με την ηγεσία του Βιετνάμ για το εμπόριο.",
    "windows-1255": "שר החוץ של סין נפגש ביום שני עם מנהיגי וייטנאם כדי לדון בסחר ובביטחון ימי.",
    "windows-1256": "التقى وزير الخارجية الصيني يوم الاثنين بقادة فيتنام لبحث التجارة والأمن البحري.",
    "windows-1257": "Kinijos užsienio reikalų ministras pirmadienį Hanojuje susitiko su Vietnamo vadovais.",
    "windows-1258": "Bộ trưởng Ngoại giao Trung Quốc đã gặp các nhà lãnh đạo Việt Nam tại Hà Nội để bàn về thương mại.",
    "gb18030": "中国外交部长星期一在河内会见了越南领导人，讨论贸易和海上安全问题。双方同意加强合作。",
    "big5": "中國外交部長星期一在河內會見了越南領導人，討論貿易和海上安全問題。雙方同意加強合作。",
    "shift_jis": "中国の外相は月曜日、ハノイでベトナムの指導者と会談し、貿易と海洋安全保障について話し合った。",
    "euc-kr": "중국 외교부장은 월요일 하노이에서 베트남 지도자들과 만나 무역과 해양 안보를 논의했다.",
    "koi8-r": "Министр иностранных дел Китая встретился в понедельник с руководством Вьетнама.",
}
WRONG = "Chinese Foreign Minister Vuong Nghi met António Guterres – and said “no”.\r\n"


@pytest.mark.parametrize("name", sorted(NATIVE))
def test_the_detector_knows_the_encodings_of_the_news(name: str) -> None:
    data = encode(NATIVE[name] * 3, name)
    document = decode(data, "a.txt")
    assert (document.encoding, document.encoding_from) == (name, "guess")
    assert write(document, document.text) == data


@pytest.mark.parametrize("name", [*NATIVE, "windows-1254"])
@pytest.mark.parametrize(
    "form",
    [
        "<meta charset='{}'>",
        "<?xml version='1.0' encoding='{}'?>",
        "---\nencoding: {}\n---\n",
        "# -*- coding: {} -*-\n",
    ],
)
def test_what_a_file_declares_is_believed(name: str, form: str) -> None:
    text = form.format(name.upper()) + NATIVE.get(name, "Çin Dışişleri Bakanı görüştü")
    data = encode(text, name)
    document = decode(data, "a.txt")
    assert (document.encoding, document.encoding_from) == (name, "declaration")
    assert write(document, document.text) == data


@pytest.mark.parametrize("name", sorted(MARKS))
def test_a_byte_order_mark_says_it(name: str) -> None:
    data = MARKS[name] + "Vương Nghị \N{GRINNING FACE}\r\n".encode(CODECS[name])
    document = decode(data, "a.txt")
    assert (document.text, document.encoding, document.bom) == ("Vương Nghị \N{GRINNING FACE}\r\n", name, True)
    assert write(document, document.text) == data


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be"])
def test_utf_16_without_its_mark_is_guessed(name: str) -> None:
    document = decode(WRONG.encode(CODECS[name]), "a.txt")
    assert (document.text, document.encoding, document.encoding_from) == (WRONG, name, "guess")


@pytest.mark.parametrize("declared", [*GUESSED, "utf-16le", "utf-16be", "windows-1254"])
@pytest.mark.parametrize("name", [*sorted(NATIVE), "windows-1254", "utf-16le", "utf-16be", "utf-8"])
def test_a_wrong_declaration_ends_in_a_text_or_in_a_sentence(name: str, declared: str) -> None:
    text = f"<meta charset={declared}>{NATIVE.get(name, NATIVE['windows-1252'])}"
    data = text.encode() if name == "utf-8" else encode(text, name)
    said = read_or_refused(data, "a.html")
    assert said in ("", "declaration", "guess") or (said.startswith("a.html: ") and "\n" not in said)


def read_or_refused(data: bytes, path: str, name: str = "") -> str:
    """What said in which encoding the bytes are, or the sentence that refuses them."""
    try:
        return decode(data, path, name).encoding_from
    except InputError as refusal:
        return str(refusal)


@pytest.mark.parametrize("name", ["gb18030", "big5", "shift_jis", "euc-kr", "utf-16le"])
def test_a_character_that_was_cut_at_the_end(name: str) -> None:
    data = encode("王", name)[:1] if name.startswith("utf") else encode("王文山王", name)[:-1]
    with pytest.raises(InputError, match=r"byte \d+"):
        decode(MARKS["utf-16le"] + data if name.startswith("utf") else data, "a.txt", name)


def test_without_a_detector_it_is_refused_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = builtins.__import__

    def none(name: str, *rest: Any) -> Any:
        if name == "charset_normalizer":
            raise ImportError(name)
        return kept(name, *rest)

    monkeypatch.setattr(builtins, "__import__", none)
    with pytest.raises(InputError, match=r"byte 1 \(line 1\): not UTF-8 \(0xe9\); give --encoding"):
        decode("Sénat".encode("cp1252"), "a.txt")
    assert decode("Sénat".encode("cp1252"), "a.txt", "windows-1252").encoding_from == "option"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("Vương Nghị đã nói với các phóng viên tại Hà Nội".encode()[:-25], "cut in the middle of a character"),
        ("Sénat".encode("cp1252"), "a word may be anything"),
        ("Vương Nghị đã nói".encode() * 20 + "Sénat".encode("cp1252"), "two files pieced together"),
        (b"\xc0\xfe\xfd" * 2, "no text"),
    ],
)
def test_what_is_too_little_to_guess_by_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=r"not UTF-8 .*give --encoding, or save it as UTF-8"):
        decode(data, "a.txt")


def test_a_few_western_letters_in_english_are_windows_1252() -> None:
    story = "The talks went on for three hours in the town hall of the old city. " * 20
    data = (story + "Mr. Fernández said – “no”. It’s done.").encode("cp1252")
    assert decode(data, "a.txt").text.endswith("Mr. Fernández said – “no”. It’s done.")


def test_utf_8_that_declares_something_else_stays_utf_8() -> None:
    assert decode("<meta charset=windows-1252>Vương".encode(), "a.html").text.endswith("Vương")


@pytest.mark.parametrize(("head", "name"), [
    (b"<meta http-equiv=Content-Type content='text/html; charset=GB2312'>", "gb18030"),
    (b"<META CHARSET=\"ISO-8859-1\">", "windows-1252"),
    (b"<meta charset=utf-16>", ""),
    (b"<meta charset=klingon>", ""),
    (b":encoding: Shift_JIS\n", "shift_jis"),
    (b"The charset of it.\n", ""),
])  # fmt: skip
def test_declarations(head: bytes, name: str) -> None:
    assert declaration(head) == name


def test_an_unknown_encoding_is_refused_with_the_near_miss() -> None:
    with pytest.raises(UsageError, match='no encoding "windows-1285"; did you mean "windows-12'):
        wanted("windows-1285")


def fixed(here: Path, data: bytes, *more: str) -> tuple[int, bytes]:
    path = here / "a.txt"
    path.write_bytes(data)
    return main(["lint", "--fix", str(path), *more]), path.read_bytes()


@pytest.mark.parametrize(
    "name", ["utf-16le", "utf-16be", "windows-1250", "windows-1252", "windows-1254", "windows-1258", "gb18030"]
)
def test_a_fix_comes_back_in_the_same_encoding(name: str, tmp_path: Path, pack: object, capsys: Any) -> None:
    text = WRONG if name != "windows-1250" else WRONG.replace("António", "Maroš")
    data = MARKS.get(name, b"") + encode(text, name)
    code, after = fixed(tmp_path, data, "--encoding", name, "--language", "en")
    assert (code, after) == (0, MARKS.get(name, b"") + encode(text.replace("Vuong Nghi", "Wang Yi"), name))


def test_words_that_the_encoding_has_not_are_refused(check: Callable[..., Checked]) -> None:
    with pytest.raises(OutputError, match="“ế”"):
        encode("Thế", "windows-1252")
    assert encode("Thế", "windows-1258") == b"Th\xea\xec"
    with pytest.raises(OutputError, match="“王”"):
        encode("王", "windows-1258")


def test_a_file_with_two_ways_for_one_character_is_not_fixed(tmp_path: Path, pack: object, capsys: Any) -> None:
    data = b"Chinese Foreign Minister Vuong Nghi met them \xfa\x40.\n"  # one of two codes of a Roman numeral
    code, after = fixed(tmp_path, data, "--encoding", "shift_jis", "--language", "en")
    assert (code, after) == (3, data)
    assert "several ways" in capsys.readouterr().err


def test_the_guess_is_stated(tmp_path: Path, pack: object, capsys: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WRONG.encode("utf-16"))
    path.with_name("b.txt").write_bytes(encode(NATIVE["koi8-r"], "koi8-r"))
    main(["lint", "--format", "json", str(path), str(path.with_name("b.txt"))])
    out, err = capsys.readouterr()
    assert f"{path.with_name('b.txt')}: read as koi8-r, a guess" in err
    found = [(d["encoding"], d["encoding_from"]) for d in json.loads(out)["documents"]]
    assert found == [("utf-16le", "mark"), ("koi8-r", "guess")]


SAME = {"windows-1252", "windows-1258", "gb18030", "utf-16le", "utf-16be", "utf-8"}


@pytest.mark.parametrize("name", sorted(SAME))
def test_a_story_says_the_same_in_every_encoding(name: str, root: Path, check: Callable[..., Checked]) -> None:
    text = (root / "corpora/stories/seas-and-minerals/003-vietnamese.txt").read_text("utf-8")
    checker: Any = check
    document = decode(MARKS.get(name, b"") * name.startswith("utf-16") + encode(text, name), "a.txt", name)
    assert document.text == text
    assert [(f.code, f.text) for f in checker(document.text).findings] == [
        (f.code, f.text) for f in checker(text).findings
    ]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([*GUESSED, "utf-16le", "utf-16be"]), st.binary(max_size=60))
def test_any_bytes_are_read_and_written_or_refused(name: str, data: bytes) -> None:
    assert_round_trip(name, data)


def assert_round_trip(name: str, data: bytes) -> None:
    """What is read comes back as text; as bytes wherever the encoding writes each character in one way."""
    said = read_or_refused(data, "a.txt", name)
    assert "\n" not in said
    if said.startswith("a.txt: "):
        return
    document = decode(data, "a.txt", name)
    try:
        again = write(document, document.text)
    except OutputError:
        return
    assert decode(again, "a.txt", document.encoding).text == document.text
