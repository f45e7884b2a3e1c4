"""HTML as a reader sees it; what is found lands on its own bytes, and a fix touches nothing else."""

from __future__ import annotations

import html
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.fixes import apply, plan
from normalize.model import Checked, Document, Span
from normalize.text.cues import Cues
from normalize.text.fold import words
from normalize.text.html import read_html
from normalize.text.html_tokens import tokens
from normalize.text.shown import CODES, HALF, Shown

HIDDEN_ALL = "<svg><text>a</text></svg><p hidden>b</p><i aria-hidden=true>c</i><b style='display: none'>d</b>e"
SHOWN = [
    ("<p>Vuong <b>Ng</b>hi", "Vuong Nghi", "tags within a word"),
    ("<p>V&uuml;&#7913;&#x1ee9;&ampx &notit; &unknown;", "Vüứứ&x ¬it; &unknown;", "entities"),
    ("<p>a<!-- b -->c<!--> d --> e", "ac d --> e", "comments"),
    ("<p>a<!-- b", "a", "an open comment"),
    ("<p>one<p>two", "one|two", "a paragraph ends the one before"),
    ("<p>one<br>two<br> <br/>three", "one\ntwo|three", "one line break, and two"),
    ("<p> a \n\t b </p>  c", "a b|c", "white space is one space"),
    ("<pre>a  b\n c</pre>", "a  b\n c", "but not in preformatted text"),
    ("<script>a<b</script>c<style>d</style>e<template>f</template>g", "c|e|g", "what is not shown"),
    ("<script><!-- <script>x</script> --></script>a", "a", "a script in a comment"),
    ("<script>a", "", "a script without end"),
    ("a < b and 3<4 <3", "a < b and 3<4 <3", "a sign is no tag"),
    ("a<b", "a", "nothing is seen of a tag without end"),
    ("a<b c='d", "a", "nor of a value"),
    ("a</ b>c</>d<!x>e<?y>f", "acdef", "declarations and impossible tags"),
    ("<table><tr><td>a<td>b<tr><td>c</table>d", "a|b|c|d", "cells left open"),
    ("<ul><li>a<li>b<ul><li>c</ul></ul>", "a|b|c", "items left open"),
    ("<b><p>a</b>b</p>c", "ab|c", "elements that cross"),
    ("</p>a</div></b>b", "ab", "end tags that nothing began"),
    ("<title>A &amp; B</title><textarea>c</textarea>", "A & B|c", "entities in a title"),
    ('<p><img alt="a &quot;b&quot;" title=c>d', 'd|a "b"|c', "attributes wait for the end of their block"),
    ("<p><a href=x aria-label='a'>b</a>", "b|a", "a label"),
    ("<img alt=''>a", "a", "an empty one"),
    (HIDDEN_ALL, "e", "what is hidden"),
    ("<meta name=description content='a b'><meta name=viewport content=c>", "a b", "what a page says of itself"),
    ('<script type="application/ld+json">{"headline": "V\\u01b0\\/\\"x"}</script>', 'Vư/"x', "a headline for machines"),
    ("<ruby>漢<rt>かん</rt></ruby>字<sup>1</sup>", "漢字", "glosses above the line"),
    ("<P CLASS=x>A</P>", "A", "capitals"),
    ("---\ntitle: x\n---\n<p>a", "a", "front matter"),
    ("", "", "nothing"),
]  # fmt: skip


def blocks(shown: Shown) -> str:
    return "|".join(block.text for block in shown.blocks)


@pytest.mark.parametrize(("source", "seen", "why"), SHOWN, ids=[why for *_, why in SHOWN])
def test_what_a_reader_sees(source: str, seen: str, why: str) -> None:
    assert blocks(read_html(source, Cues())) == seen


KINDS = [
    ("<h1>a</h1>", "headline"),
    ("<blockquote><p>a</p></blockquote>", "quotation"),
    ("<figcaption>a</figcaption>", "caption"),
    ("<ul><li>a b c.</ul>", "list"),
    ("<pre>a</pre>", "code"),
    ("<nav><p>a b c.</p></nav>", "furniture"),
    ("<footer>a</footer>", "furniture"),
    ("<header><h1>a</h1></header>", "headline"),
    ("<header><p>a</p></header>", "furniture"),
    ("<article><header><p>They met.</p></header></article>", "prose"),
    ("<form><label>a</label></form>", "furniture"),
    ("<div role=navigation>a</div>", "furniture"),
    ("<p class='article-byline'>a", "byline"),
    ("<p><a href=x>Read what they said</a></p>", "furniture"),
    ("<h2><a href=x>a</a></h2>", "headline"),
    ("<p>They <a href=x>met on Monday</a>.", "prose"),
]


@pytest.mark.parametrize(("source", "kind"), KINDS)
def test_elements_say_what_a_block_is(source: str, kind: str, cues: Cues) -> None:
    story = "<p>They met on Monday and spoke of trade.</p>" * 5
    shown = read_html(story + source, cues)
    document = shown.document(Document("a.html", story + source, markup="html"), cues)
    assert document.segments[-1].kind == kind


def test_classes_are_believed_only_of_a_small_part(cues: Cues) -> None:
    story = "<p>They met on Monday and spoke of trade.</p>"
    part = f"<main>{story * 5}<div class='related-posts'>{story}</div></main>"
    assert [b.kind for b in read_html(part, cues).blocks] == [None] * 5 + ["furniture"]
    assert [b.kind for b in read_html(f"<div class='comment'>{story * 5}</div>", cues).blocks] == [None] * 5
    assert [b.kind for b in read_html(f"<body class='related'>{story}", cues).blocks] == [None]
    assert read_html(f"<div class='has-sidebar'>{story}</div>{story * 3}", cues).blocks[0].kind is None


def test_a_declared_language_is_another_ones(check: Callable[..., Checked]) -> None:
    text = "<html lang=en><p>Chinese Foreign Minister Vuong Nghi spoke in the town hall of the city.</p>"
    assert [f.code for f in check(text, "a.html").findings] == ["NAM001"]
    same = text.replace("Vuong Nghi", "<span lang=vi>Vuong Nghi</span>")
    assert check(same, "a.html").findings == ()
    assert check(text.replace("<p>", "<p lang=vi>") + "<p>They said that it was good. " * 9, "a.html").findings == ()


def test_a_page_that_declares_the_wrong_language_is_judged_by_its_words(check: Callable[..., Checked]) -> None:
    english = "<html lang=vi><p>Chinese Foreign Minister Vuong Nghi said that he had met with the others in the town."
    assert check(english, "a.html").document.language == "en"
    words = "<p>Trung Quốc và Việt Nam đã họp tại Hà Nội để bàn về thương mại của hai nước trong năm nay.</p>" * 3
    assert check(f"<html lang=en>{words}", "a.html").document.language == "vi"


FIXED = [
    ("<p>{} Vuong&nbsp;Nghi spoke.", "<p>{} Wang Yi spoke.", "an entity within the name"),
    ("<p>{} V&#432;ơng\n  Ngh&#x1ECB; spoke.", "<p>{} Wang Yi spoke.", "entities and a line end"),
    ("<p>{} <b>Vuong Nghi</b> spoke.", "<p>{} <b>Wang Yi</b> spoke.", "tags around it"),
    ("<p>{} <b>Vuong</b> Nghi spoke.", "", "tags within it"),
    ("<p>{} Vuong<!-- x --> Nghi spoke.", "", "a comment within it"),
    ("<img alt='{} Vuong Nghi spoke.'>", "<img alt='{} Wang Yi spoke.'>", "a value"),
    ("<script type=application/ld+json>{{\"headline\":\"{} V\\u01b0\\u01a1ng Ngh\\u1ecb\"}}</script>",
     "<script type=application/ld+json>{{\"headline\":\"{} Wang Yi\"}}</script>", "data"),
    ("<p>{} “Vuong Nghi spoke.”", "", "a quotation"),
    ("<p>{} <q>Vuong Nghi spoke.</q>", "", "a quotation that the markup says"),
    ("<blockquote>{} Vuong Nghi spoke.</blockquote>", "", "a whole one"),
    ("<p><code>{} Vuong Nghi</code>", "", "code"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "fixed", "why"), FIXED, ids=[why for *_, why in FIXED])
def test_fixes_land_on_their_own_bytes_or_are_refused(
    source: str, fixed: str, why: str, check: Callable[..., Checked]
) -> None:
    lead = "Chinese Foreign Minister"
    source, fixed = source.format(lead), fixed.format(lead)
    checked = check(source, "a.html", language="en")
    assert all(source[f.span.start : f.span.end] == f.text for f in checked.findings)
    assert apply(source, plan(checked.findings)) == (fixed or source)


def test_new_words_are_coded_as_the_place_wants_them() -> None:
    assert CODES["html"]('a<&>"') == 'a&lt;&amp;&gt;"'
    assert CODES["attribute"]("'\"") == "&#x27;&quot;"
    assert CODES["json"]('"</script>') == '\\"<\\/script>'


DATA = '<script type="application/ld+json">{"headline":"a\\u00e9 b"}</script>'
PARTS = [
    "Vuong ", "Nghi", "王毅", " \n ", "  ", "<p>", "</p>", "<b>", "</b>", "<br>", "<div class=x>", "</div>",
    "&amp;", "&#7913;", "&nbsp;", "&lt", "&", "&#", "<", ">", "<!-- x -->", "<!--", "-->", "<script>",
    "</script>", "<li>", "<td>", "<table>", "</table>", "<img alt='a b' title=\"c &amp; d\">", "<img alt=x>",
    "<a href='&copy=1'>", "</a>", "<q>", "</q>", "\r\n", "<title>", "</title>", "<pre>", "</pre>",
    "<span lang=vi>", "</span>", "<nav>", "</nav>", "=", "'", "\"", "<svg>", "</svg>", "<sup>", "</sup>", "/",
    "x", DATA, "\N{GRINNING FACE}",
]  # fmt: skip
PIECES = st.sampled_from(PARTS)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_word_stands_where_it_says(source: str) -> None:
    assert_exact(source)


def assert_exact(source: str) -> int:
    """Every word of every block is found in the source, and one that is replaced changes nothing else; how many."""
    at = 0
    for token in tokens(source):
        assert token.start == at < token.stop
        at = token.stop
    assert at == len(source)
    shown = read_html(source, Cues())
    text, count = shown.text, 0
    for block in shown.blocks:
        assert text[block.span.start : block.span.end] == block.text
        for word in words(text, block.span.start, block.span.end):
            count += 1
            span = Span(*word.span())
            there = shown.source_of(span)
            assert 0 <= there.start < there.end <= len(source)
            if shown.is_whole(span):
                slice_ = source[there.start : there.end]
                assert html.unescape(slice_) == word.group() or "\\u" in slice_
                if count < 4 and not source[: there.start].endswith(HALF):
                    changed = source[: there.start] + "Wang" + source[there.end :]
                    after = read_html(changed, Cues()).text
                    assert after == text[: span.start] + "Wang" + text[span.end :]
    return count


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: "<div>" * 100_000 + "x", "100,000 elements within each other"),
        (lambda: "<b>" * 50_000 + "<div>" * 50_000 + "x" + "</b>" * 50_000, "and closed in the wrong order"),
        (lambda: "<p title='" + "a " * 500_000 + "'>x", "a value of a megabyte"),
        (lambda: "<p " + "a=b " * 250_000 + ">x", "a quarter of a million attributes"),
        (lambda: "&" + "a" * 1_000_000, "an entity without end"),
        (lambda: "&#" + "9" * 1_000_000 + ";x", "a number without end"),
        (lambda: "&" * 500_000, "nothing but signs"),
        (lambda: "<" * 500_000, "nothing but openings"),
        (lambda: "<a b='" * 100_000, "values without end"),
        (lambda: "<!--" * 200_000, "comments without end"),
        (lambda: "<script>" * 100_000, "scripts within scripts"),
        (lambda: "<script><!--<script>" + "</script>" * 100_000, "and their ends"),
        (lambda: "x<q>y</q>" * 50_000, "one block with many parts"),
        (lambda: "<p>" + "x<br>" * 100_000, "one block with many lines"),
        (lambda: "</p>" * 200_000, "ends alone"),
        (lambda: '{"headline":"' * 50_000, "data that is none"),
        (lambda: "<script type=ld+json>" + '"headline" : "' * 50_000, "data without end"),
    ],
)
def test_time_is_linear_in_size(make: Callable[[], str], why: str) -> None:
    source = make()
    start = time.perf_counter()
    read_html(source, Cues())
    assert time.perf_counter() - start < 20, why


STORIES = ["003-vietnamese", "004-chinese", "005-russian"]


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("ending", ["html", "md", "rst", "adoc"])
def test_a_story_says_the_same_in_every_format(
    name: str, ending: str, root: Path, check: Callable[..., Checked]
) -> None:
    text = (root / f"corpora/stories/seas-and-minerals/{name}.txt").read_text("utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith("[")]  # which AsciiDoc takes for attributes of a block
    plain = "\n\n".join(lines)
    if ending == "html":
        body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
        written = f"<!doctype html><html lang=en><title></title><article>{body}</article>"
    else:
        written = plain
    expected = [(f.code, f.text) for f in check(plain, "a.txt").findings]
    found = [(f.code, html.unescape(f.text)) for f in check(written, f"a.{ending}").findings]
    assert expected
    assert found == expected
