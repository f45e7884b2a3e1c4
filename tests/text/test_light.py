"""reStructuredText and AsciiDoc as a reader sees them; every word stands where it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.fixes import apply, plan
from normalize.model import Checked, Document, Span
from normalize.text.asciidoc import read_asciidoc
from normalize.text.cues import Cues
from normalize.text.fold import words
from normalize.text.rst import read_rst
from normalize.text.shown import Shown

RST = """\
========
The Talks
========

:Author: Jane Doe

They *met* in **Hanoi** and
spoke of ``code`` and `a link <https://example.org>`_ and :ref:`the rest <x>`.

Second part
-----------

* one item
  goes on
* two_ items [1]_

.. note:: A remark.
   It goes on.

.. code-block:: python

   Vuong Nghi

.. a comment
   of two lines

Literal follows::

   not read

..

   A quotation, indented.

term
   Its definition.

.. figure:: a.png
   :alt: A picture

   The caption.

.. [1] A footnote.

+-----+-----+
| a b | c   |
+-----+-----+

escaped \\*signs\\*
"""
RST_SHOWN = [
    ("headline", "The Talks"),
    ("code", ":Author: Jane Doe"),
    ("prose", "They met in Hanoi and spoke of code and a link and the rest."),
    ("headline", "Second part"),
    ("list", "one item goes on"),
    ("list", "two items "),
    ("prose", "A remark."),
    ("prose", "It goes on."),
    ("code", "Vuong Nghi"),
    ("prose", "Literal follows:"),
    ("code", "not read"),
    ("prose", "term"),
    ("list", "Its definition."),
    ("caption", "A picture"),
    ("caption", "The caption."),
    ("prose", "A footnote."),
    ("list", "a b"),
    ("list", "c"),
    ("prose", "escaped *signs*"),
]

ADOC = """\
= The Talks
Jane Doe <jane@example.org>
:lang: en

They *met* in _Hanoi_ and
spoke of `code`, https://example.org[a link] and "`so on`".

.A caption
image::a.png[A picture,300]

== Second part

* one item
** two
. three

NOTE: A remark.

----
Vuong Nghi
----

// a comment

[quote, Someone]
____
A quotation.
____

[source,python]
print(1)

|===
|a b |c
|===

term:: Its definition.

They **me**t <<x,there>>.footnote:[Not here.]
"""
ADOC_SHOWN = [
    ("headline", "The Talks"),
    ("byline", "Jane Doe <jane@example.org>"),
    ("prose", "They met in Hanoi and spoke of code, a link and “so on”."),
    ("caption", "A caption"),
    ("caption", "A picture"),
    ("headline", "Second part"),
    ("list", "one item"),
    ("list", "two"),
    ("list", "three"),
    ("prose", "A remark."),
    ("code", "Vuong Nghi"),
    ("quotation", "A quotation."),
    ("code", "print(1)"),
    ("list", "a b"),
    ("list", "c"),
    ("list", "term"),
    ("list", "Its definition."),
    ("prose", "They met there."),
]


@pytest.mark.parametrize(
    ("read", "source", "expected"), [(read_rst, RST, RST_SHOWN), (read_asciidoc, ADOC, ADOC_SHOWN)]
)
def test_what_a_reader_sees(read: Callable[[str], Shown], source: str, expected: list[tuple[str, str]]) -> None:
    shown = [(block.kind or "prose", block.text) for block in read(source).blocks]
    assert shown == [(kind, text.strip()) for kind, text in expected]


@pytest.mark.parametrize(
    ("source", "fixed", "path"),
    [
        ("{} Vuong\nNghi spoke.", "{} Wang Yi spoke.", "a.rst"),
        ("{} *Vuong Nghi* spoke.", "{} *Wang Yi* spoke.", "a.rst"),
        ("{} **Vuong** Nghi spoke.", "", "a.rst"),
        ("{} ``Vuong Nghi`` spoke.", "", "a.rst"),
        ("* {} Vuong\n  Nghi spoke.", "* {} Wang Yi spoke.", "a.rst"),
        ("{} _Vuong Nghi_ spoke.", "{} _Wang Yi_ spoke.", "a.adoc"),
        ("{} *Vuong* Nghi spoke.", "", "a.adoc"),
        ("NOTE: {} Vuong\nNghi spoke.", "NOTE: {} Wang Yi spoke.", "a.adoc"),
        ("----\n{} Vuong Nghi spoke.\n----", "", "a.adoc"),
        ("{}, {} \"`Vuong Nghi spoke.`\"", "", "a.adoc"),
    ],
)  # fmt: skip
def test_fixes_land_on_their_own_words_or_are_refused(
    source: str, fixed: str, path: str, check: Callable[..., Checked]
) -> None:
    lead = "Chinese Foreign Minister"
    source, fixed = source.replace("{}", lead), fixed.replace("{}", lead)
    checked = check(source, path, language="en")
    assert all(source[f.span.start : f.span.end] == f.text for f in checked.findings)
    assert apply(source, plan(checked.findings)) == (fixed or source)


def test_a_page_of_asciidoc_declares_its_language() -> None:
    assert read_asciidoc(":lang: vi\n\nx").declared == "vi"


SIGNS = [
    "Vuong ", "Nghi", "\n", "\n\n", "\r\n", "  ", "   ", "*", "**", "_", "`", "``", "* ", "- ",
    "+ ", "1. ", ".. ", ".. note:: ", ".. code::\n", "::", "::\n\n   ", "====\n", "----\n", "|",
    "|===\n", "+---+\n", "\\", ":x: ", ":ref:`a <b>`", "[1]_", "= ", "== ", "____\n", "[quote]\n",
    "image::a[b]\n", "https://a.b[c d]", "<<a,b c>>", "{x}", "NOTE: ", "//x\n", "\"`", "`\"",
    ".T\n", "王毅", "[", "]", "+\n", "```\n", "term:: ", "#", "^a^", "~", "--\n", "\N{GRINNING FACE}",
]  # fmt: skip
BITS = st.sampled_from(SIGNS)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([read_rst, read_asciidoc]), st.lists(BITS, max_size=25).map("".join))
def test_every_word_stands_where_it_says(read: Callable[[str], Shown], source: str) -> None:
    assert_exact(read, source)


def assert_exact(read: Callable[[str], Shown], source: str) -> int:
    """Every word of every block is found in the source as it is; how many there are."""
    shown = read(source)
    text, count = shown.text, 0
    for block in shown.blocks:
        assert text[block.span.start : block.span.end] == block.text
        for word in words(text, block.span.start, block.span.end):
            count += 1
            span = Span(*word.span())
            there = shown.source_of(span)
            assert 0 <= there.start < there.end <= len(source)
            if shown.is_whole(span):
                assert source[there.start : there.end].replace("\\", "") == word.group()
    shown.document(Document("a", source), Cues())
    return count


ODD = [
    ("* ", 20_000), ("`", 100_000), ("*a ", 50_000), ("[", 50_000), ("=\n", 50_000),
    ("a\n  b\n", 10_000), ("|", 50_000),
    (".. x::\n   ", 20_000), ("____\n", 20_000), ("<<a", 30_000), ("----\n", 20_001), ("image:", 30_000),
    ("https://a", 20_000), ("footnote:[", 20_000),
]  # fmt: skip


@pytest.mark.parametrize("read", [read_rst, read_asciidoc])
@pytest.mark.parametrize("source", [signs * count for signs, count in ODD], ids=[repr(signs) for signs, _ in ODD])
def test_odd_texts_end(read: Callable[[str], Shown], source: str) -> None:
    read(source)


def test_lists_within_lists_end() -> None:
    assert read_rst("\n".join(" " * n + "* a" for n in range(800))).blocks
