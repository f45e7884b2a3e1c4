"""Bytes to documents and back, exactly; what cannot be read is refused in one sentence."""

from __future__ import annotations

import os
import stat

from normalize.errors import InputError
from normalize.model import Document, Markup
from normalize.record import replace
from normalize.text.dates import iso_date
from normalize.text.front_matter import front_matter

LARGEST = 16 * 1024 * 1024
"""Bytes of one article at most: a larger file is a corpus, and batch streams those. Checking takes 140 bytes of memory
for each byte, so this is 2.4 GB (measured on 4 MB of prose: 565 MB, 5 s).
"""

MARKUPS: dict[str, Markup] = {
    "adoc": "asciidoc", "asciidoc": "asciidoc", "htm": "html", "html": "html", "markdown": "markdown", "md": "markdown",
    "rst": "rst", "txt": "plain", "xhtml": "html",
}  # fmt: skip
TEXT_FILES = tuple(f".{ending}" for ending in MARKUPS)
"""What a folder is searched for; a file that is named is read whatever it is called."""

_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")


def decode(data: bytes, path: str, encoding: str = "") -> Document:
    """The document that ``data`` holds, every line end and every code point as it stands.

    ``encoding`` is what the user says of files that are not UTF-8 (`normalize.text.encodings.wanted`).

    >>> decode(b"\\xef\\xbb\\xbfTrade talks\\r\\n", "a.txt").text
    'Trade talks\\r\\n'
    """
    if data.startswith(_WIDE):
        raise InputError(f"{path}: this is UTF-32, not UTF-8; save it as UTF-8 and run again")
    bom = data.startswith(_BOM)
    try:
        text = data[len(_BOM) * bom :].decode("utf-8")
    except UnicodeDecodeError as error:
        if bom:
            place = _place(data, error.start + len(_BOM))
            what = f"not UTF-8 (0x{data[error.start + len(_BOM)]:02x}), though a byte-order mark says so"
            raise InputError(f"{path}: {place}: {what}; save it as UTF-8 and run again") from None
        return _other(data, path, encoding)
    if "\0" in text:
        return _other(data, path, encoding)
    return replace(from_text(text, path), bom=bom)


def _other(data: bytes, path: str, given: str) -> Document:
    """The document in bytes that are not UTF-8."""
    from normalize.text.encodings import decode_other

    found = decode_other(data, path, given)
    document = from_text(found.text, path)
    return replace(document, bom=found.bom, encoding=found.encoding, encoding_from=found.by)


def from_text(text: str, path: str, language: str = "") -> Document:
    """The document that a string holds; its front matter, or else ``language``, says in which language it is.

    >>> from_text("Trade talks", "row 7").language_sure
    False
    """
    head = front_matter(text)
    language = head.language or language
    return Document(
        path=path,
        text=text,
        markup=markup_of(path),
        language=language,
        language_sure=bool(language),
        date=iso_date(head.date),
    )


def encode(document: Document, text: str) -> bytes:
    """``text`` as the bytes of the document's file, in its encoding and with its byte-order mark back in place.

    The inverse of `decode`; OutputError names a character that the encoding does not have.
    """
    if document.encoding == "utf-8":
        return (_BOM if document.bom else b"") + text.encode("utf-8")
    from normalize.text import encodings

    mark = encodings.MARKS[document.encoding] if document.bom else b""
    return mark + encodings.encode(text, document.encoding)


def markup_of(path: str) -> Markup:
    """What the extension says; unknown ones are plain text."""
    _, dot, ending = path.rpartition(".")
    return MARKUPS.get(ending.lower(), "plain") if dot else "plain"


def read(path: str, encoding: str = "") -> Document:
    """The document in the file at ``path``, which must be a regular file; ``encoding`` as in `decode`."""
    return decode(read_bytes(path), path, encoding)


def read_bytes(path: str) -> bytes:
    """What the regular file at ``path`` holds; InputError says why it is not read."""
    # Not to hang on a pipe: opening does not wait for a writer, and only then is it asked what was opened.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the spelling of the path") from None
    except PermissionError:
        raise InputError(f"{path}: permission denied; make it readable") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be opened ({_reason(error)}); name a text file") from None
    try:
        facts = os.fstat(descriptor)
        _refuse_what_is_no_file(path, facts)
        data = _drain(descriptor, facts.st_size)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({_reason(error)}); copy it to a local disk and run again") from None
    finally:
        os.close(descriptor)
    refuse_too_large(path, len(data))
    return data


def refuse_too_large(path: str, size: int) -> None:
    """InputError where so many bytes are no article."""
    if size > LARGEST:
        raise InputError(f"{path}: more than {LARGEST >> 20} MiB; split it, or use calque normalize for a corpus")


def _drain(descriptor: int, size: int) -> bytes:
    """What is in a file of about that size; a byte more than LARGEST at most, however it grows meanwhile."""
    pieces, left = [], LARGEST + 1
    while left and (piece := os.read(descriptor, min(max(size, 1 << 14) + 1, left))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def find_files(path: str) -> list[str]:
    """The text files under the folder ``path``, sorted by path, each written as the folder, ``/`` and what follows.

    Hidden entries and what ignore files leave out (`normalize.text.ignored`) are skipped, links to folders are not
    followed, links to files only within the folder. A folder inside that may not be listed is listed itself, so that
    `read` says why.
    """
    root = path.rstrip("/") or "/"
    if not os.path.isdir(path):
        raise InputError(f"{path}: no such folder; check the spelling of the path")
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"{path}: permission denied; make the folder readable")
    from normalize.text.ignored import Ignored

    found: list[str] = []
    waiting = [(root, Ignored.around(root))]
    inside = os.path.realpath(path).rstrip("/") + "/"
    while waiting:
        folder, ignored = waiting.pop()
        try:
            with os.scandir(folder) as scan:
                entries = [(entry.name, entry.is_symlink(), entry.is_dir(follow_symlinks=False)) for entry in scan]
        except OSError:
            found.append(folder)
            continue
        for name, is_link, is_folder in entries:
            full = f"{folder.rstrip('/')}/{name}"
            if name.startswith(".") or (
                (is_folder or name.lower().endswith(TEXT_FILES)) and ignored.has(name, is_folder=is_folder)
            ):
                continue
            if is_folder:
                waiting.append((full, ignored.below(name)))
            elif name.lower().endswith(TEXT_FILES) and (not is_link or _is_file_within(full, inside)):
                found.append(full)
    if not found:
        kinds = ", ".join(TEXT_FILES)
        raise InputError(f"{path}: no {kinds} file in this folder; a file that is named is read whatever it is called")
    return sorted(found)


def _is_file_within(link: str, inside: str) -> bool:
    """Whether a link ends at a file below the folder; a loop or a dangling link does not."""
    target = os.path.realpath(link)
    return target.startswith(inside) and os.path.isfile(target)


def _refuse_what_is_no_file(path: str, facts: os.stat_result) -> None:
    if stat.S_ISDIR(facts.st_mode):
        if not os.access(path, os.R_OK | os.X_OK):
            raise InputError(f"{path}: permission denied; make the folder readable")
        raise InputError(f"{path}: a folder, not a file; name a file in it")
    if not stat.S_ISREG(facts.st_mode):
        raise InputError(f"{path}: a pipe or a device, not a file; use - to read standard input")
    refuse_too_large(path, facts.st_size)


def _place(data: bytes, at: int) -> str:
    """``byte 12 (line 2)``: bytes count from 0 with the byte-order mark, lines from 1."""
    line = data.count(b"\n", 0, at) + 1
    return f"byte {at} (line {line})"


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()


def reread(document: Document, text: str) -> Document:
    """The document as it is read again once its file holds ``text``."""
    return replace(
        from_text(text, document.path),
        bom=document.bom,
        encoding=document.encoding,
        encoding_from=document.encoding_from,
    )
