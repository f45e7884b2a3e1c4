"""Files come in byte by byte as they are, or are refused in one sentence that says the next step."""

import os
import sys
from pathlib import Path

import pytest

from normalize.errors import InputError
from normalize.text.reading import decode, encode, find_files, read

EXACT = [
    (b"", "an empty file is a document without text"),
    (b"One\r\ntwo\rthree\nfour", "mixed line ends stand as they are"),
    (b"\xef\xbb\xbfHanoi\n", "a byte-order mark comes back"),
    (b"\xef\xbb\xbf", "nothing but a byte-order mark"),
    (b"\xef\xbb\xbf\xef\xbb\xbfx", "a second one is text"),
    ("Vương Nghị".encode(), "composed letters stay composed"),
    ("Vu\u031bo\u031bng Nghi\u0323".encode(), "decomposed letters stay decomposed"),
    ("safe \u202etxet\u202c \u200b\u2066x\u2069".encode(), "bidi controls are text like any other"),
    ("\U0001f30f \u0085\u2028x".encode(), "other line separators and wide characters"),
]


@pytest.mark.parametrize(("data", "why"), EXACT)
def test_bytes_come_back_exactly(data: bytes, why: str) -> None:
    document = decode(data, "a.txt")
    assert encode(document, document.text) == data, why


def test_the_byte_order_mark_is_noted_and_not_counted() -> None:
    document = decode(b"\xef\xbb\xbfHanoi", "a.txt")
    assert (document.bom, document.text) == (True, "Hanoi")


REFUSED = [
    (b"Hanoi\nDa N\xe0ng", ["byte 10 (line 2)", "0xe0", "save it as UTF-8"], "Latin-1"),
    (b"\xef\xbb\xbfab\xff", ["byte 5 (line 1)"], "the offset is the file's own, byte-order mark and all"),
    (b"abc\xe2\x80", ["byte 3", "UTF-8"], "cut in the middle of a character"),
    (b"\xed\xa0\x80", ["byte 0", "UTF-8"], "a surrogate is no character"),
    (b"PNG\x00\x01", ["byte 3", "NUL", "leave it out"], "binary"),
    (b"\xff\xfeH", ["utf-16le", "byte-order mark"], "UTF-16 cut in the middle of a character"),
    (b"\x00H\x00a\x00", ["NUL"], "UTF-16 without its mark, cut"),
    ("Hanoi".encode("utf-32"), ["UTF-32"], "not mistaken for UTF-16, whose mark begins it"),
]


@pytest.mark.parametrize(("data", "said", "why"), REFUSED)
def test_what_is_no_utf8_text_is_refused(data: bytes, said: list[str], why: str) -> None:
    with pytest.raises(InputError) as refusal:
        decode(data, "x/a.txt")
    message = str(refusal.value)
    assert message.startswith("x/a.txt: "), why
    assert all(words in message for words in said), message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("path", "markup"),
    [
        ("a.md", "markdown"),
        ("A.MARKDOWN", "markdown"),
        ("a.txt", "plain"),
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.rst", "rst"),
        ("a.adoc", "asciidoc"),
        ("md", "plain"),
    ],
)
def test_the_extension_decides_the_markup(path: str, markup: str) -> None:
    assert decode(b"x", path).markup == markup


FRONT = [
    ("---\nlanguage: vi\ndate: 2025-07-03\n---\nx", "vi", "2025-07-03", "YAML"),
    ("---\r\nlang: 'en_GB'\r\n...\r\nx", "en-GB", "", "other line ends, quoted, underscore, dots to close"),
    ('+++\nlang = "fr"\ndate = 2025-07-03T10:00:00Z\n+++\nx', "fr", "2025-07-03", "TOML with a time"),
    ('+++\ntitle = "x"\n[params]\nlang = "fr"\n+++\nx', "", "", "a TOML table's keys are not the page's"),
    ("---\nmeta:\n  lang: fr\n---\nx", "", "", "indented keys belong to something else"),
    ("---\nlang: en # English\n---\n", "en", "", "a comment"),
    ("---\nlang: {a: b}\n---\n", "", "", "no tag"),
    ("---\ndate: 2025-02-30\n---\n", "", "", "no day of any year"),
    ("---\nlang: en\n", "", "", "never closed, so it is text"),
    ("---\n\nlang en\n\n---\nx", "", "", "two rules with prose between"),
    ("x\n---\nlang: en\n---\n", "", "", "not at the very start"),
]


@pytest.mark.parametrize(("text", "language", "date", "why"), FRONT)
def test_front_matter_gives_language_and_date(text: str, language: str, date: str, why: str) -> None:
    document = decode(text.encode(), "a.txt")
    assert (document.language, document.language_sure, document.date) == (language, bool(language), date), why


def refusal_of(path: str) -> str:
    with pytest.raises(InputError) as refusal:
        read(path)
    message = str(refusal.value)
    assert "\n" not in message
    return message


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# Talks\r\n")
    assert read(f"{tmp_path}/a.md").text == "# Talks\r\n"


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal_of(f"{tmp_path}/none.txt")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "a folder" in refusal_of(str(tmp_path))


def test_an_impossible_path_is_refused() -> None:
    assert "cannot be opened" in refusal_of("a\0b.txt")
    assert "cannot be opened" in refusal_of("a" * 5000)


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert "cannot be opened" in refusal_of(f"{tmp_path}/a.txt/b.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="no such things there")
def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "a pipe or a device" in refusal_of(f"{tmp_path}/pipe.txt")
    assert "a pipe or a device" in refusal_of("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in refusal_of(f"{tmp_path}/a.txt")


def test_a_symlink_loop_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert "cannot be opened" in refusal_of(f"{tmp_path}/a.txt")


def test_a_corpus_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(300 * 1024 * 1024)  # sparse: it takes no room
    assert "MiB" in refusal_of(f"{tmp_path}/big.txt")


def test_text_files_of_a_folder_are_found_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a.md", "sub/c.MARKDOWN", "sub/d.json", ".hidden.txt", ".git/e.txt", "sub.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    root = str(tmp_path)
    expected = [f"{root}/a.md", f"{root}/b.txt", f"{root}/sub.txt", f"{root}/sub/c.MARKDOWN"]
    assert find_files(root) == expected
    assert find_files(root + "/") == expected, "one slash between the folder and what follows"


def test_the_folder_stays_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert find_files(".") == ["./a.txt"]


def test_links_out_of_the_folder_and_loops_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    outside = tmp_path / "root-2"
    for folder in (root, outside):
        folder.mkdir()
        (folder / "a.txt").write_text("x")
    (root / "out.txt").symlink_to(outside / "a.txt")
    (root / "out").symlink_to(outside)
    (root / "up").symlink_to(root)
    (root / "loop.txt").symlink_to(root / "loop.txt")
    (root / "gone.txt").symlink_to(root / "nothing.txt")
    (root / "same.txt").symlink_to("a.txt")
    assert find_files(str(root)) == [f"{root}/a.txt", f"{root}/same.txt"]


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("x")
    with pytest.raises(InputError, match=r"no \.adoc, .*\.md, \.rst, \.txt, \.xhtml file"):
        find_files(str(tmp_path))


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        find_files(f"{tmp_path}/none")
