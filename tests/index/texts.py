"""Forms and texts that Hypothesis makes: forms broken, marked, widened and put beside any Unicode there is."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

FORMS = (
    "Wang Yi", "王毅", "Vương Nghị", "Xi Jinping", "Kaja Kallas", "Kaja Kallas Estonia", "S.A.",
    "株式会社", "会社", "김정은", "ひがし",
    "がん", "กรุงเทพ", "ភ្នំពេញ", "नरेन्द्र मोदी", "Straße", "a b c d", "b c", "b",
    "d e f", "æsir", "AT&T", "И. И.", "١٢", "5",
)  # fmt: skip
"""Names of several scripts, forms inside forms, forms that begin alike, and single letters."""

_JOINTS = (
    "", " ", "  ", "\t", "\n", "\r\n", " \n ", "\n\n", "-", "-\n", "\N{NON-BREAKING HYPHEN}", " - ", "'", "’", "ʼ",
    ".", ". ", "·", "・",
    "&", " & ", "**", "** ", "_", "****", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH JOINER}", "\N{NO-BREAK SPACE}", ",", "/",
    "\N{COMBINING ACUTE ACCENT}", "\N{IDEOGRAPHIC SPACE}",
)  # fmt: skip
_ODD = (
    "㍿", "½", "⒈", "ŉ", "ﬁ", "ǆ", "İ", "ς", "ẞ", "ำ", "ｶﾞ", "゙", "이", "ᄀ", "ᅡ", "ᆨ", "\ud800",
    "\udfff", "㈱", "ﷺ", "Ⅷ", "⁄", "´",
    "\N{COMBINING ENCLOSING CIRCLE}", "\N{VARIATION SELECTOR-16}", "\N{ARABIC TATWEEL}",
    "\N{RIGHT-TO-LEFT MARK}", "\x02", "\x03", "\x1f",
    "\N{COMBINING TILDE}\N{COMBINING DOT BELOW}", "क़", "क\N{DEVANAGARI SIGN NUKTA}", "\U0001f1fb", "𝐖𝐚𝐧𝐠", "Ｗａｎｇ",
)  # fmt: skip

_CHANGES = (
    str, str.upper, str.lower, str.title,
    lambda text: unicodedata.normalize("NFD", text), lambda text: unicodedata.normalize("NFKC", text),
    lambda text: text[:-1], lambda text: text + "s", lambda text: text + "’s",
)  # fmt: skip


@st.composite
def _changed_form(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(_CHANGES))(draw(st.sampled_from(FORMS)))
    return text.replace(" ", draw(st.sampled_from(_JOINTS))) if draw(st.booleans()) else text


any_unicode = st.text(st.characters(codec=None, exclude_categories=()), max_size=6)
"""With lone surrogates."""

texts = st.lists(
    st.one_of(_changed_form(), st.sampled_from(_JOINTS), st.sampled_from(_ODD), any_unicode), max_size=12
).map("".join)
