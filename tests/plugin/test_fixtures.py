"""The fixtures and helpers that tests of generators use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from normalize.errors import InputError
from normalize.testing import Passage, articles, fields, site

Repository = Any


def test_check_finds_and_clean_is_asserted(calque: Any) -> None:
    checked = calque.check("Chinese Foreign Minister Vuong Nghi spoke.")
    assert [finding.code for finding in checked.findings] == ["NAM001"]
    calque.assert_clean("Chinese Foreign Minister Wang Yi spoke on Monday of the week.")
    with pytest.raises(AssertionError, match=r"1 finding\ntext:1:26: error NAM001 “Vuong Nghi” is Wang Yi") as caught:
        calque.assert_clean("Chinese Foreign Minister Vuong Nghi spoke.")
    assert "fix: Wang Yi" in str(caught.value)


def test_the_language_decides(calque: Any) -> None:
    calque.assert_clean("Bộ trưởng Ngoại giao Trung Quốc Vương Nghị phát biểu hôm thứ Hai.", language="vi")


def test_severity_that_fails(calque: Any) -> None:
    note = "Air defences shot down a driverless plane over the harbour before dawn, the governor said."
    calque.assert_clean(note)
    with pytest.raises(AssertionError, match="CAL002"):
        calque.assert_clean(note, fail_on="info")


def test_markup_of_a_string(calque: Any) -> None:
    code = "Run it so:\n\n    Chinese Foreign Minister Vuong Nghi spoke.\n"
    calque.assert_clean(code, markup="markdown")


def test_mentions_are_whom_a_text_surely_names(calque: Any) -> None:
    named = calque.mentions("Chinese Foreign Minister Vuong Nghi met To Lam in Hanoi on Monday.")
    assert [(n.text, n.entity) for n in named if n.entity.startswith("person/")] == [
        ("Vuong Nghi", "person/wang-yi"),
        ("To Lam", "person/to-lam"),
    ]
    assert named[0].name == "Wang Yi"


def test_a_translation_names_the_people_of_its_source(assert_translation: Any) -> None:
    vietnamese = "Bộ trưởng Ngoại giao Trung Quốc Vương Nghị phát biểu hôm thứ Hai tại Madrid."
    assert_translation(
        "Chinese Foreign Minister Wang Yi spoke in Madrid on Monday.", source=vietnamese, source_language="vi"
    )
    with pytest.raises(AssertionError, match="the source names whom the text does not: Wang Yi"):
        assert_translation("The Chinese foreign minister spoke in Madrid.", source=vietnamese, source_language="vi")
    with pytest.raises(AssertionError, match="the reference names whom the text does not: Wang Yi"):
        assert_translation("The minister spoke.", reference="Chinese Foreign Minister Wang Yi spoke in Madrid.")
    with pytest.raises(AssertionError, match="NAM001"):
        assert_translation("Chinese Foreign Minister Vuong Nghi spoke.", source=vietnamese, source_language="vi")


def test_articles_of_a_folder_are_parameters(repository: Repository) -> None:
    repository.write("content/Tin tức (chiều).md", repository.RIGHT)
    repository.pytester.makepyfile(
        test_articles="""
        from pathlib import Path
        import pytest
        from normalize.testing import articles

        @pytest.mark.parametrize("article", articles(Path(__file__).parent / "content"))
        def test_reads_well(calque, article):
            calque.assert_clean(article)
        """
    )
    result = repository.pytester.runpytest("-v", "test_articles.py")
    assert result.parseoutcomes() == {"passed": 2, "failed": 2}
    result.stdout.fnmatch_lines(["*test_reads_well[[]a.md[]] FAILED*", "*test_reads_well[[]news/c.md[]] FAILED*"])
    result.stdout.fnmatch_lines(["E * AssertionError: 1 finding", "E *content/a.md:1:26: error NAM001*"])
    one = repository.pytester.runpytest("-v", "test_articles.py::test_reads_well[news/c.md]")
    assert one.parseoutcomes() == {"failed": 1}


def test_a_misspelt_folder_is_no_passing_test(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.adoc, .*\.md, .* file matches"):
        articles(tmp_path)


FILES = {
    "feed.json": '{"language": "en", "items": [{"title": "One", "tags": ["x"]}, {"title": "Two"}, {"id": 3}]}',
    "feed.yaml": "language: en\nitems:\n- title: One\n- title: |\n    Two\n- id: 3\n",
    "feed.toml": 'lang = "en"\n[[items]]\ntitle = "One"\n[[items]]\ntitle = "Two"\n',
    "page.md": "---\nlanguage: en\nitems:\n  - title: One\n  - title: Two\n---\nText.\n",
    "hugo.md": '+++\nlanguage = "en"\n[[items]]\ntitle = "One"\n[[items]]\ntitle = "Two"\n+++\nText.\n',
}


@pytest.mark.parametrize("name", FILES)
def test_fields_of_data_and_front_matter(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILES[name], "utf-8")
    found = fields(tmp_path / name, "items[].title")
    assert [(p.text.strip(), p.language) for p in found] == [("One", "en"), ("Two", "en")]
    assert [p.where for p in found] == [f"{tmp_path / name} items[{n}].title" for n in (0, 1)]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"title": 3}', "no text under title; check the key"),
        ("a.json", "{", "mend the file"),
        ("a.yaml", "a: [", "mend the file"),
        ("a.yaml", "a: !!python/object/apply:os.getcwd []", "mend the file"),
        ("a.md", "Text alone.", "no front matter"),
        ("a.csv", "title\n", "fields are read from JSON, YAML and TOML"),
    ],
)
def test_fields_that_cannot_be_had(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        fields(tmp_path / name, "title")


PAGE = """<!doctype html><html lang="en"><head><title>Talks &amp; tariffs</title><style>p {}</style></head>
<body><nav>Home <a href="/">Vuong Nghi archive</a></nav>
<main><h1>Talks resume</h1><p>Chinese Foreign Minister <b>Vuong Nghi</b> spoke.<br>He left.</p>
<pre>an equal playground</pre><script>var x = "Vuong Nghi";</script><ul><li>One</li><li>Two</li></ul></main>
<footer>All rights reserved</footer></body></html>
"""


def test_pages_of_a_generated_site(tmp_path: Path, calque: Any) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/index.html").write_text(PAGE, "utf-8")
    [page] = site(tmp_path)
    assert page.text.split("\n\n") == [
        "Talks & tariffs", "Talks resume", "Chinese Foreign Minister Vuong Nghi spoke.\nHe left.", "One", "Two\n",
    ]  # fmt: skip
    assert page.language == "en"
    with pytest.raises(AssertionError, match=r"news/index\.html:5:26: error NAM001"):
        calque.assert_clean(page)
    with pytest.raises(InputError, match="build the site first"):
        site(tmp_path, "*.htm")


def test_a_passage_is_checked_in_its_language(calque: Any) -> None:
    calque.assert_clean(Passage("Bộ trưởng Vương Nghị phát biểu.", "feed.json items[0]", "vi"))
