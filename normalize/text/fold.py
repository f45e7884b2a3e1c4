"""Folding: what two spellings must share to be looked up as one; and the words of a text with their offsets.

A text is cut into words first and each word is folded by itself, so that every word keeps its exact place in the
original whatever folding drops or expands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Letters that Unicode does not decompose but that news copy without diacritics writes as plain letters.
_PLAIN = str.maketrans("đðħıłøŧŋĸſ", "ddhilotnks", "\N{COMBINING DOT ABOVE}") | {
    ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th", ord("ß"): "ss",
}  # fmt: skip


def _is_dropped(char: str) -> bool:
    """Marks that may be missing in print: Latin, Greek, Cyrillic, Hebrew and Arabic marks and tones.

    Vowel signs and nuktas of Indic scripts, Thai vowels and kana voicing marks carry the word and stay
    (combining classes from the Unicode standard, section 4.3).
    """
    kind = unicodedata.combining(char)
    return kind == 1 or 10 <= kind <= 36 or kind >= 200


class _Folds(dict[int, str]):
    """The fold of each code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold().translate(_PLAIN)
        folded = "".join(c for c in unicodedata.normalize("NFKD", plain) if not _is_dropped(c))
        self[code] = folded
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Drop case, width, compatibility forms and marks.

    >>> fold("Vương Nghị"), fold("Straße"), fold("ＥＵ"), fold("Đặng")
    ('vuong nghi', 'strasse', 'eu', 'dang')
    >>> fold("が") == fold("か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}") != fold("か")
    True
    """
    return text.lower() if text.isascii() else text.translate(_FOLDS)


_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u200d"
_INDIC = "\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd\u0a3c-\u0a51"
_WORD = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆]"  # Han: a word each
    "|[\u3041-\u30ff\uff66-\uff9f\u31f0-\u31ff][\u3099\u309a\uff9e\uff9f]*"  # kana with its voicing mark
    "|[\uac00-\ud7a3]|[\u1100-\u115f][\u1160-\u11a7]*[\u11a8-\u11ff]*"  # Hangul syllables, composed or not
    "|[\u0e01-\u0e46\u0e81-\u0ec6][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]*"  # Thai, Lao
    "|[\u1000-\u102a\u103f][\u102b-\u103e]*|[\u1780-\u17b3][\u17b4-\u17d3]*"  # Burmese, Khmer
    f"|[^\\W_\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
    f"(?:[^\\W_\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[{_MARKS}{_INDIC}])*"
)
_ASCII_WORD = re.compile("[A-Za-z0-9]+")


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words of ``text`` between two offsets: runs of letters and digits; in scripts without spaces, characters.

    >>> [m.group() for m in words("Xi’an: Wang Yi 王毅")]
    ['Xi', 'an', 'Wang', 'Yi', '王', '毅']
    """
    pattern = _ASCII_WORD if text.isascii() else _WORD
    return pattern.finditer(text, start, len(text) if end is None else end)


def key(form: str) -> str:
    """What a form is looked up by: its folded words, parted by single spaces.

    >>> key("Non-Proliferation  Treaty")
    'non proliferation treaty'
    """
    return " ".join(filter(None, (fold(m.group()) for m in words(form))))
