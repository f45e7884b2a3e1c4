"""Markdown: words are prose, everything else is markup, and each piece stands where the source has it."""

import os
import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.model import Segment, Span
from normalize.text import markdown
from normalize.text.cues import Cues
from normalize.text.markdown import CODE, Source, _blocks, _parser
from normalize.text.segments import segment

NONE = Cues()


def pieces(segments: tuple[Segment, ...], text: str) -> Iterator[tuple[str, str]]:
    for found in segments:
        yield found.kind, text[found.span.start : found.span.end]


def blocks(text: str, cues: Cues = NONE) -> list[tuple[str, str]]:
    return [piece for piece in pieces(segment(text, "markdown", cues), text) if piece[0] != "markup"]


def parts(text: str, cues: Cues = NONE) -> list[tuple[str, str]]:
    return [part for found in segment(text, "markdown", cues) for part in pieces(found.parts, text)]


BLOCKS = [
    ("# Talks resume #\n\nThey met.", [("headline", "Talks resume"), ("prose", "They met.")], "a heading"),
    ("Talks resume\n====\n", [("headline", "Talks resume")], "an underlined heading"),
    ("They met\non Monday.", [("prose", "They met\non Monday.")], "lines of a paragraph belong together"),
    ("- one\n- two\n  more", [("list", "one"), ("list", "two\n  more")], "list items"),
    ("1. one\n   - two", [("list", "one"), ("list", "two")], "lists in lists"),
    ("> They met\n> on Monday.", [("quotation", "They met\n> on Monday.")], "a block quote"),
    ("> They met\nlazily.", [("quotation", "They met\nlazily.")], "a block quote's lazy line"),
    ("```\nVuong Nghi\n```\n", [("code", "```\nVuong Nghi\n```")], "a fence"),
    ("    Vuong Nghi\n", [("code", "Vuong Nghi")], "an indented block"),
    ("~~~\nnever closed", [("code", "~~~\nnever closed")], "a fence that is never closed"),
    ("<div>\nVuong Nghi\n</div>\n", [], "HTML"),
    ("<!-- calque: off -->\n\nThey met.", [("prose", "They met.")], "a comment"),
    ("[a]: https://example.org/vuong 'Vuong'\n", [], "a link definition"),
    ("***\n", [], "a rule"),
    ("| a | b |\n|---|---|\n| Wang Yi | |\n", [("list", "a"), ("list", "b"), ("list", "Wang Yi")], "a table"),
    ("> | a | b |\n> |---|---|\n> | c | d |\n", [("quotation", w) for w in "abcd"], "a table in a quotation"),
    ("| a \\| b | c |\n|---|---|\n", [("list", "c")], "a cell whose content is not in the source as it is"),
    ("![The minister](a.png)\n", [("caption", "![The minister](a.png)")], "an image alone"),
    ("So.[^1]\n\n[^1]: Nowhere.\n", [("prose", "So.[^1]"), ("prose", "Nowhere.")], "a footnote"),
    ("---\ntitle: Talks\n---\n# Talks\n", [("code", "---\ntitle: Talks\n---"), ("headline", "Talks")], "front matter"),
    ("---\n\nThey met.\n\n---\n", [("prose", "They met.")], "two rules are no front matter"),
    ("a\r\nb\rc\nd", [("prose", "a\r\nb\rc\nd")], "line ends of every kind"),
    ("-\tone\n\n\ttwo", [("list", "one"), ("list", "two")], "tabs"),
    ("Foreign Minister Vuong Nghi", [("prose", "Foreign Minister Vuong Nghi")], "headlines have signs in Markdown"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BLOCKS, ids=[case[2] for case in BLOCKS])
def test_blocks(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert blocks(text) == expected


PARTS = [
    ("a **b** c", [("markup", "**"), ("markup", "**")], "emphasis"),
    ("***b*** _c_", [("markup", s) for s in ("*", "**", "**", "*", "_", "_")], "nested emphasis"),
    ("~~b~~", [("markup", "~~"), ("markup", "~~")], "strikethrough"),
    ("a `b` c", [("code", "`b`")], "code"),
    ("[Wang Yi](https://a.b/Vuong 'Nghi')", [("markup", "["), ("markup", "](https://a.b/Vuong 'Nghi')")], "a link"),
    ("[Wang Yi][x]\n\n[x]: u", [("markup", "["), ("markup", "][x]")], "a link by reference"),
    ("He &quot;did&quot;", [("quotation", "&quot;did&quot;")], "a quotation in entities"),
    ("<https://a.b/Vuong>", [], "an address alone is markup altogether"),
    ("see <https://a.b/Vuong> now", [("markup", "<https://a.b/Vuong>")], "an address"),
    ("a <b>c</b>", [("markup", "<b>"), ("markup", "</b>")], "tags"),
    ("a <!-- b --> c", [("markup", "<!-- b -->")], "a comment"),
    ("R&amp;D", [("markup", "&amp;")], "an entity"),
    ("\\$10", [("markup", "\\$")], "an escape"),
    ("a ![b](c) d", [("markup", "!["), ("caption", "b"), ("markup", "](c)")], "an image in a line"),
    ("a\\\nb", [("markup", "\\")], "a hard line break"),
    ("a [b] c", [], "brackets that are no link"),
    ("2 * 3 * 4", [], "asterisks that are no emphasis"),
    ("“a” b", [("quotation", "“a”")], "a quotation"),
    ("**“a”** b", [("markup", "**"), ("quotation", "“a”"), ("markup", "**")], "emphasis around a quotation"),
    ("“a [b](c)” d", [("quotation", "“a [b](c)”")], "a link within a quotation is its part"),
    ('[x](a "b") and "c"', [("markup", "["), ("markup", '](a "b")'), ("quotation", '"c"')], "a link's title is none"),
    ('`"` and "c"', [("code", '`"`'), ("quotation", '"c"')], "a mark in code is none"),
    ("[“a](c) b” d", [("markup", "["), ("quotation", "“a](c) b”")], "a quotation out of a link"),
    ("BRUSSELS (AP) — They met.", [("dateline", "BRUSSELS (AP) —")], "a dateline"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PARTS, ids=[case[2] for case in PARTS])
def test_parts(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert parts(text, Cues(agencies=frozenset({"ap"}))) == expected


def test_a_link_within_a_quotation_is_markup() -> None:
    text = "He said “we met [there](https://a.b/vuong-nghi)” on Monday."
    found = segment(text, "markdown", NONE)[0]
    quotation = found.parts[0]
    assert [part.kind for part in quotation.parts] == ["markup", "markup"]
    at = text.index("vuong-nghi")
    assert quotation.kind_at(Span(at, at + 5)) == "markup"


def test_bylines_and_furniture_are_known_by_their_words(cues: Cues) -> None:
    text = "# Talks\n\n*By Jane Doe*\n\nThey met on Monday.\n\n**Advertisement**\n\nThey parted on Tuesday."
    assert [kind for kind, _ in blocks(text, cues)] == ["headline", "byline", "prose", "furniture", "prose"]


SIGNS = [
    "*", "**", "_", "`", "``", "[", "]", "](", ")", "![", "<", ">", "> ", "- ", "1. ", "#", "# ", "\n", "\n\n",
    "\r\n", "\r", "\t", "    ", "|", "|-|", "\\", "&amp;", "&#0;", "&", "~~", "[^a]", "[^a]: ", "^[", "<b>", "<!--",
    "-->", "https://a.b", "---\n", "===\n", "```\n", " ", "  \n", "\\\n", '"', "“", "”", "a", "Wang Yi", "Vương",
    "王毅", "\u00a0", "\u200b", "\u202e", "e\u0301", "\x00", "\u2028", "\x85", "\x0c", "| a | b |\n|---|---|\n",
    "> | a |\n> |-|\n", "[a]: b\n", "\U0001f30f",
]  # fmt: skip
MANY = int(os.environ.get("CALQUE_EXAMPLES", "300"))
MARKDOWN = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


@settings(max_examples=MANY, deadline=None)
@given(text=MARKDOWN)
def test_blocks_cover_everything_but_white_space(text: str, cues: Cues, covers: Callable[..., None]) -> None:
    covers(text, segment(text, "markdown", cues))


@settings(max_examples=MANY, deadline=None)
@given(text=MARKDOWN)
def test_every_word_stands_where_the_source_has_it(text: str) -> None:
    for block in _blocks(_parser().parse(text), Source.of(text, 0)):
        for sign, place in zip(block.text, block.places or (), strict=block.places is not None):
            stands = text[place]
            assert sign in (stands, CODE) or stands in "&\\" or (sign == "\n" and stands.isspace())
        assert list(block.places or ()) == sorted(block.places or ())


def test_hostile_nesting_ends() -> None:
    for sign in ("[", "*a ", "> ", "- ", "![", "`a``", "<b", "**a_"):
        segment(sign * 2000, "markdown", NONE)


PIECES = (
    "the Minister said 2025 1. 12) - * + # ## > < & &amp; [x] (a) *b* _c_ `d` ![i](u) [l](v) ~~s~~ \\* ^ | : = == --- —"
    " “Q” 'z' <b> $ é 王毅 \N{NO-BREAK SPACE} \x0c \N{LINE SEPARATOR} end."
)


def _made_up(draw: random.Random) -> str:
    """Lines that hold, or begin with, what means something in Markdown, among lines of mere words."""
    lines = []
    for _ in range(draw.randint(1, 9)):
        signs = " ".join(draw.choices(PIECES.split(" "), k=draw.randint(0, 6)))
        kinds = ("", f"{'#' * draw.randint(1, 7)} {signs}", f"Word {signs}{draw.choice(('', ' ', '  '))}", signs)
        lines.append(draw.choices(kinds, (2, 1, 4, 3))[0])
    return draw.choice(("\n", "\n", "\r\n")).join(lines)


def test_headings_and_paragraphs_are_read_without_the_parser_as_it_would_read_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = random.Random(5)
    texts = [_made_up(draw) for _ in range(800)]
    short = [markdown._plain_blocks(markdown.Source.of(text, 0), 0) is not None for text in texts]
    assert 100 < sum(short) < 700, "both ways must be tried"
    ours = [markdown.segment_markdown(text, Cues()) for text in texts]
    monkeypatch.setattr(markdown, "_plain_blocks", lambda source, start: None)
    assert ours == [markdown.segment_markdown(text, Cues()) for text in texts]
