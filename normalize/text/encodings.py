"""Bytes that are not UTF-8: what they declare, what their byte-order mark says, or what a detector makes of them.

Labels mean what browsers take them for (shift_jis is Windows' code page 932, iso-8859-1 is windows-1252).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from normalize.errors import InputError, OutputError, UsageError, nearest
from normalize.model import EncodingFrom

CODECS = {
    "utf-8": "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (2, 5, 7, 9, 15)},
}
"""Encodings that are read and written, and Python's names of them."""

ALIASES = {
    **dict.fromkeys(("ascii", "us-ascii", "latin1", "latin-1", "iso-8859-1", "iso8859-1"), "windows-1252"),
    **dict.fromkeys(("gbk", "gb2312", "cp936", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5-hkscs", "big5hkscs", "cp950"), "big5"),
    **dict.fromkeys(("shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "cp932"), "shift_jis"),
    **dict.fromkeys(("euckr", "ks_c_5601-1987", "windows-949", "cp949"), "euc-kr"),
    **dict.fromkeys(("utf8", "utf_8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf16", "utf-16-le", "utf_16_le"), "utf-16le"),
    **dict.fromkeys(("utf-16-be", "utf_16_be"), "utf-16be"),
    **{f"cp{number}": f"windows-{number}" for number in range(1250, 1259)},
    "koi8": "koi8-r",
    "koi8_r": "koi8-r",
    "latin2": "iso-8859-2",
}

MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16le": b"\xff\xfe",
    "utf-16be": b"\xfe\xff",
    "gb18030": b"\x84\x31\x95\x33",
}
"""Byte-order marks."""

GUESSED = (*(f"windows-{number}" for number in range(1250, 1259)), "gb18030", "big5", "shift_jis", "euc-kr", "koi8-r")
"""What the detector may answer."""
LATIN = frozenset({"windows-1250", "windows-1252", "windows-1254", "windows-1257", "windows-1258"})
FEW = 0.02
"""Share of bytes above ASCII under which a Latin text is taken for windows-1252: a few names and quotation marks are
too little for a detector (“Fernández” alone made it Lithuanian)."""
LEAST = (8, 200)
"""Bytes above ASCII, or bytes in all, under which nothing is guessed: a word or two may be anything."""
SAMPLE = 100_000
"""Bytes that the detector looks at."""
HEAD = 4096
"""Bytes in which a declaration is looked for."""

_DECLARED = re.compile(
    rb"(?:<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?|<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']"
    rb"|^:?(?:encoding|charset)[ \t]{0,9}[:=][ \t]{0,9}[\"']?|-\*-[^\n]{0,60}?coding[:=][ \t]{0,9})"
    rb"([A-Za-z0-9][A-Za-z0-9_.:-]{1,30})",
    re.I | re.M,
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Grave, acute, tilde, hook above and dot below."""


class Decoded(NamedTuple):
    """A text, the encoding it was in, what said so, and whether a byte-order mark stood before it."""

    text: str
    encoding: str
    by: EncodingFrom
    bom: bool


def known(label: str) -> str:
    """The encoding that a label means, or nothing.

    >>> known("Latin1"), known("CP1258"), known("klingon")
    ('windows-1252', 'windows-1258', '')
    """
    name = label.strip().lower()
    name = ALIASES.get(name, name)
    return name if name in CODECS else ""


def wanted(label: str) -> str:
    """The encoding that an option or a setting names; UsageError if there is none of that name."""
    if label and not known(label):
        raise UsageError(f'no encoding "{label}"{nearest(label.lower(), [*CODECS, *ALIASES])}')
    return known(label)


def decode_other(data: bytes, path: str, given: str = "") -> Decoded:
    """The text of bytes that are not plain UTF-8; ``given`` is the encoding that the user says. InputError if none."""
    for name, mark in MARKS.items():
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], name, path, "its byte-order mark says"), name, "mark", True)
    if given:
        return Decoded(_strict(data, given, path, "--encoding says"), given, "option", False)
    if name := _by_zeros(data):
        return Decoded(_strict(data, name, path, "its zero bytes say"), name, "guess", False)
    if (at := data.find(b"\0")) >= 0:
        place = f"byte {at} (line {data.count(bytes([10]), 0, at) + 1})"
        raise InputError(f"{path}: {place}: a NUL byte, so this is not a text; leave it out")
    declared = declaration(data)
    if declared:
        try:
            return Decoded(_strict(data, declared, path, "it declares"), declared, "declaration", False)
        except InputError:
            pass  # declared what it is not
    name = guess(data)
    if not name:
        raise InputError(f"{path}: {_fault(data, declared)}; give --encoding, or save it as UTF-8 and run again")
    return Decoded(_strict(data, name, path, "it seems"), name, "guess", False)


def declaration(data: bytes) -> str:
    """What the head of the file declares: a meta element, an XML declaration, front matter or an editor's line."""
    found = _DECLARED.search(data[:HEAD])
    name = known(found[1].decode("ascii")) if found else ""
    return "" if name.startswith("utf-") else name


def guess(data: bytes) -> str:
    """What charset-normalizer makes of the bytes, if it is installed (the extra ``encodings``); empty if nothing."""
    sample = data[:SAMPLE]
    high = sum(byte > 127 for byte in sample)
    if (high < LEAST[0] and len(data) < LEAST[1]) or _is_damaged_utf_8(sample):
        return ""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return ""
    best = from_bytes(sample, cp_isolation=[CODECS[name] for name in GUESSED]).best()
    name = next((n for n in GUESSED if best and CODECS[n] == best.encoding), "")
    name = "big5" if best and best.encoding == "big5" else name
    if name in LATIN and high < FEW * len(sample) and _is_decodable(data, "windows-1252"):
        name = "windows-1252"
    return name if name and _is_decodable(data, name) else ""


def encode(text: str, encoding: str) -> bytes:
    """``text`` in an encoding; OutputError names the character that has no place there."""
    try:
        return text.encode(CODECS[encoding])
    except UnicodeEncodeError as error:
        if encoding == "windows-1258":
            return b"".join(_vietnamese(sign) for sign in text)
        sign = text[error.start]
        raise OutputError(f"“{sign}” (U+{ord(sign):04X}) has no place in {encoding}") from None


def _vietnamese(sign: str) -> bytes:
    """A letter as windows-1258 has it: vowel and tone apart."""
    try:
        return sign.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", sign)
        vowel = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        try:
            return (vowel + "".join(c for c in parts if c in _TONES)).encode("cp1258")
        except UnicodeEncodeError:
            raise OutputError(f"“{sign}” (U+{ord(sign):04X}) has no place in windows-1258") from None


def _by_zeros(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    head = data[:HEAD]
    if len(data) % 2 or len(head) < 4:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 2 > half and not even:
        return "utf-16le"
    return "utf-16be" if even * 2 > half and not odd else ""


def _strict(data: bytes, name: str, path: str, who: str) -> str:
    try:
        text = data.decode(CODECS[name])
    except UnicodeDecodeError as error:
        wrong = f"{who} {name}, but byte {error.start} (0x{data[error.start]:02x}) is no character there"
        raise InputError(f"{path}: {wrong}; give the right --encoding, or save it as UTF-8") from None
    if (at := text.find("\0")) >= 0:
        raise InputError(f"{path}: read as {name}: a NUL character at {at}, so this is not a text; leave it out")
    return text


def _is_decodable(data: bytes, name: str) -> bool:
    try:
        text = data.decode(CODECS[name])
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f\v" for sign in set(text))


def _is_damaged_utf_8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8 after all: a file that was cut, or pieced together."""
    whole = sum(not sign.isascii() for sign in data.decode("utf-8", "ignore"))
    return whole > 3 * data.decode("utf-8", "replace").count("\N{REPLACEMENT CHARACTER}")


def _fault(data: bytes, declared: str) -> str:
    at = 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    line = data.count(b"\n", 0, at) + 1
    told = f", nor the {declared} it declares" if declared else ""
    return f"byte {at} (line {line}): not UTF-8 (0x{data[at]:02x}){told}"
