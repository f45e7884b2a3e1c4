"""Direct quotations are found with their marks; apostrophes, inches and primes are none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.text.quotations import quotations

CASES = [
    ('He said "yes" and "no".', ['"yes"', '"no"'], "straight marks"),
    ("He said “yes” and “no”.", ["“yes”", "“no”"], "curly marks"),
    ('an end to " market distortation", she said', ['" market distortation"'], "a space behind the opening mark"),
    ('an end to "market distortion ", she said', ['"market distortion "'], "a space before the closing mark"),
    ('She sees "market distortion "in it.', ['"market distortion "'], "the space on the wrong side of the mark"),
    ('"He told me "no" twice," she said.', ['"He told me "no" twice,"'], "quotations nest"),
    ("“He told me “no” twice,” she said.", ["“He told me “no” twice,”"], "curly ones too"),
    ('"We stand firm, he said.', ['"We stand firm, he said.'], "never closed: to the end of the paragraph"),
    ('"We stand firm. "This is it," he said.', ['"We stand firm. ', '"This is it,"'], "opened twice, closed once"),
    ("“We stand firm, he said.", ["“We stand firm, he said."], "a curly one never closed"),
    ('“We stand firm," he said.', ['“We stand firm,"'], "curly to open, straight to close"),
    ('stand firm," he said. "We will."', ['"We will."'], "the end of an earlier paragraph's quotation opens nothing"),
    ('a 5" pipe and a "deal"', ['"deal"'], "an inch"),
    ("„Wir bleiben“, sagte er.", ["„Wir bleiben“"], "German"),
    ("„Zostajemy”, powiedział.", ["„Zostajemy”"], "Polish"),
    ("« Nous restons », dit-il.", ["« Nous restons »"], "French, with spaces"),
    ("»Wir bleiben«, sagte er.", ["»Wir bleiben«"], "German books"),
    ("”Vi stannar”, sade han.", ["”Vi stannar”"], "Swedish"),
    ("他说「我们不走」。", ["「我们不走」"], "corner brackets"),
    ("他说『我们不走』。", ["『我们不走』"], "double corner brackets"),
    ("a so-called ‘fair’ deal", ["‘fair’"], "single curly marks around one word"),
    ("‘The companies’ plans are fine,’ he said.", ["‘The companies’ plans are fine,’"], "a plural's apostrophe within"),
    ("EU warns of 'market distortion' in talks", ["'market distortion'"], "a headline's single marks"),
    ("China's firms and the EU's plan", [], "apostrophes"),
    ("the firms' plan and the ministers' talks", [], "plurals"),
    ("the '90s and the ’60s", [], "years"),
    ("Rock 'n' roll", [], "one letter is no quotation"),
    ("Xi'an and Yan’an", [], "names"),
    ("at 6' 2 and 5''", [], "feet"),
    ("(“yes”) [“no”]—“so”", ["“yes”", "“no”", "“so”"], "brackets and dashes before the mark"),
    ('"', ['"'], "a lone mark"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_quotations(text: str, expected: list[str], why: str) -> None:
    assert [text[a:b] for a, b in quotations(text)] == expected


@given(st.text(alphabet="\"“”„«»「」‘’' abs.,\n5", max_size=60))
def test_spans_are_disjoint_ordered_and_in_range(text: str) -> None:
    at = 0
    for start, end in quotations(text):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize("piece", ['“a” "b" ', '‘a’ "b" ', "'as' “b” ", '"', "“", "„", "'a ", "« ", "”a "])
def test_time_grows_with_the_text_only(piece: str) -> None:
    start = time.perf_counter()
    quotations(piece * 20_000)
    assert time.perf_counter() - start < 2, "every pair held against every other takes half a minute"
