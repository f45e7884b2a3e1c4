"""What another text proves and what it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from normalize.compare.compare import Comparer
from normalize.compare.records import Compared
from normalize.compare.siblings import compare_siblings
from normalize.text.reading import from_text

Compare = Callable[..., Compared]


def loud(compared: Compared) -> list[tuple[str, str]]:
    return [(finding.code, finding.text) for finding in compared.findings if finding.severity != "info"]


PROVED = [
    ("NUM101", "The bank lent 60 million crowns.", "The bank lent 16 million crowns.", "figures exchanged"),
    ("NUM101", "The law is 12 years old.", "The law is eleven years old.", "a figure against a word"),
    ("NUM103", "The council meets on Friday.", "The council meets on Monday.", "weekdays"),
    ("NAM101", "Prime Minister Scholz flew to Oslo.", "Prime Minister Frederiksen flew to Oslo.", "another person"),
    ("NEG101", "The firm will not pay the fine.", "The firm will pay the fine.", "a negator too many"),
    ("NEG101", "The firm will pay the fine.", "The firm will not pay the fine.", "a negator too few"),
    ("NEG102", "Exports of fish increased last year.", "Exports of fish decreased last year.", "the contrary"),
    ("TYP101", "The boats went out to sea to sea at dawn.", "The boats went out to sea at dawn.", "two words doubled"),
    ("RES101", "The mayor opened the puente at noon.", "The mayor opened the bridge at noon.", "another language"),
    ("GRA101", "The captain lost her ship.", "The captain lost his ship.", "he for she"),
]


@pytest.mark.parametrize(("code", "text", "other", "why"), PROVED, ids=[case[3] for case in PROVED])
def test_proved(code: str, text: str, other: str, why: str, compare: Compare) -> None:
    assert code in {found for found, _ in loud(compare(text, other))}, why


SILENT = [
    ("The bank lent about 14 billion crowns.", "The bank lent 14.2 billion crowns.", "rounded"),
    (
        "The bank lent 4 to 6 million crowns.",
        "The bank lent 4 million to 6 million crowns.",
        "a range shares its scale",
    ),
    ("The ministry did not agree.", "The ministry refused to agree.", "denied by another word"),
    ("The plan is impossible.", "The plan is not possible.", "denied by a prefix"),
    ("Not only the boats were lost, but the nets, too.", "Both boats and nets were lost.", "an idiom denies nothing"),
    ("Washington left the treaty.", "The United States left the treaty.", "a capital stands for its country"),
    ("The IMF lent the money.", "The International Monetary Fund lent the money.", "an acronym"),
    ("Artjom Suvorov was there.", "Artem Suvorov was there.", "another transcription"),
    ("They had had no luck.", "They had had no luck.", "doubled there, too"),
    (
        "Fishermen mended their nets before dawn.",
        "Before dawn, the fishers repaired the nets.",
        "other words, same sense",
    ),
]


@pytest.mark.parametrize(("text", "other", "why"), SILENT, ids=[case[2] for case in SILENT])
def test_silent(text: str, other: str, why: str, compare: Compare) -> None:
    assert loud(compare(text, other)) == [], why


def test_one_reference_that_bears_it_out_is_enough(compare: Compare) -> None:
    text, wrong, right = (f"The mine employs {n} people." for n in ("3,400", "4,300", "3,400"))
    assert loud(compare(text, wrong))
    assert not loud(compare(text, wrong, right))


def test_names_are_one_in_every_language(compare: Compare) -> None:
    source = "中国外交部长王毅周三在布鲁塞尔会见了科斯塔。"
    same = compare("Chinese Foreign Minister Wang Yi met Costa in Brussels on Wednesday.", source=source, language="zh")
    assert loud(same) == []
    read = compare("Chinese Foreign Minister Vuong Nghi met Costa in Brussels.", source=source, language="zh")
    assert ("NAM001", "Vuong Nghi") in loud(read)


def test_scales_are_one_in_every_language(compare: Compare) -> None:
    source = "该公司投资1亿4000万元，雇用3.5万人。"
    assert loud(compare("The company invests 140 million yuan and employs 35,000.", source=source, language="zh")) == []
    wrong = loud(compare("The company invests 14 million yuan and employs 35,000.", source=source, language="zh"))
    assert [code for code, _ in wrong] == ["NUM101"]


def test_two_translators_never_quote_in_the_same_words(compare: Compare) -> None:
    text = "“We cannot and will not sell the old port,” he said."
    other = "“We can not, and shall not, sell the old port,” he said."
    assert "QUO101" not in {code for code, _ in loud(compare(text, other))}


def test_words_left_out_of_a_quotation_are_shown(compare: Compare) -> None:
    text = "He spoke against “secret deals and bullying”."
    other = "He said that “secret deals and acts of bullying have harmed the port”."
    assert ("QUO101", "and bullying") in loud(compare(text, other))


def test_what_lint_says_too_is_said_once_with_both_proofs(compare: Compare) -> None:
    text, other = "This is a market distortation for all.", "This is a market distortion for all."
    (finding,) = [f for f in compare(text, other).findings if f.severity != "info"]
    assert finding.code == "LEX001"
    assert {"reference"} <= {e.kind for e in finding.evidence}


def story(mine: str = "3,400", day: str = "Monday") -> str:
    return (
        f"The Karst mine employs {mine} people in the valley of Sora. On {day} its owner Petra Hollmann said"
        " it would close.\n\n"
        "The town of Sora has asked the government for help, Mayor Luka Kranjc said.\n"
    )


def siblings(comparer: Comparer, *texts: str) -> list[Compared]:
    documents = [from_text(text, f"text {n}", "en") for n, text in enumerate(texts)]
    return compare_siblings([comparer.read(document, "rewrite") for document in documents], comparer)


def retold(mine: str) -> str:
    return (
        f"Hollmann, who owns the Karst mine, announced its end on Monday; {mine} people work there"
        " in Sora's valley.\n\n"
        "Sora's mayor Luka Kranjc wants the government to help.\n"
    )


def third(mine: str) -> str:
    told = "stand to lose their work in the Karst mine, Petra Hollmann announced on Monday"
    return f"In the Sora valley {mine} people {told}.\n"


def test_a_majority_of_siblings_is_evidence(comparer: Comparer) -> None:
    found = siblings(comparer, story("4,300"), retold("3,400"), third("3,400"))
    assert [[code for code, _ in loud(one)] for one in found] == [["NUM101"], [], []]


def test_one_against_one_is_a_note(comparer: Comparer) -> None:
    assert [loud(one) for one in siblings(comparer, story("4,300"), retold("3,400"))] == [[], []]


def test_two_copies_of_one_text_are_one(comparer: Comparer) -> None:
    found = siblings(comparer, story("4,300"), retold("3,400"), retold("3,400") + "\nMore soon.\n")
    assert loud(found[0]) == []
