"""Every report says the same findings, and independent readers find them where they are."""

from __future__ import annotations

import html.parser
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from junitparser import JUnitXml
from sarif_pydantic import Sarif

from normalize.cli import main
from normalize.errors import OutputError, UsageError
from normalize.model import Checked, Document, Evidence, Finding, Span
from normalize.report import formats
from normalize.report.material import Material, excuse
from normalize.text.lines import Lines

TEXT = "Một.\r\n\N{GRINNING FACE} 王毅 nói: fault <b>&\n\nSecond fault, \x1b[31m third\nfault\n"
"""Wide, astral and combining characters before the spans, other line ends, and what must be escaped."""
NASTY = "</script><script>alert(1)</script>.md"


def finding(text: str, start: int, end: int, **more: Any) -> Finding:
    base = Finding(
        "NAM001", "fault", "error", 0.9, Span(start, end), text[start:end], "a “fault” <stands> here\x07", (
            Evidence("route", "channel vi: ]]> & <b>"),
        ), ("right & <true>",), "safe",
    )  # fmt: skip
    return replace(base, **more)


def material(text: str = TEXT, path: str = NASTY) -> Material:
    spans = [m.span() for m in re.finditer(r"fault", text)]
    first, second, third = (finding(text, *span) for span in spans[:3])
    lesser = replace(second, severity="info", code="TYP001", safety="show")
    known = replace(third, known="printed in 1998")
    allowed = finding(text, 0, 4, allowed="as the record has it", code="CAL001")
    wide = finding(text, spans[1][0], spans[2][1], code="LEX001", severity="warning")
    one = Checked(Document(path, text, language="vi"), (first, lesser, wide, known), (), allowed=(allowed,))
    clean = Checked(Document("clean.md", "Nothing.\n"), (), ())
    return Material((one, clean), (("gone\n.md", "gone: no such file"),), "calque | x", has_baseline=True)


def rendered(name: str, what: Material | None = None) -> str:
    return "\n".join(formats.render(name, what or material(), fail_on="warning")) + "\n"


def test_sarif_is_read_by_another_library_and_every_region_is_the_words() -> None:
    log = Sarif.model_validate_json(rendered("sarif"))
    run = log.runs[0]
    assert json.loads(rendered("sarif"))["runs"][0]["columnKind"] == "unicodeCodePoints"
    assert len(run.results) == 5
    lines = re.split(r"\r\n|\n|\r", TEXT)
    for result in run.results:
        region = result.locations[0].physical_location.region
        words = region.snippet.text
        if region.start_line == region.end_line:
            assert lines[region.start_line - 1][region.start_column - 1 : region.end_column - 1] == words
        assert run.tool.driver.rules[result.rule_index].id == result.rule_id


def test_sarif_marks_what_is_excused_and_drops_nothing() -> None:
    results = json.loads(rendered("sarif"))["runs"][0]["results"]
    state = {(r["ruleId"], r["baselineState"], *(s["kind"] for s in r.get("suppressions", []))) for r in results}
    assert state == {
        ("CAL001", "unchanged", "inSource"),
        ("NAM001", "new"),
        ("NAM001", "unchanged", "external"),
        ("TYP001", "new"),
        ("LEX001", "new"),
    }
    assert {r["suppressions"][0]["justification"] for r in results if "suppressions" in r} == {
        "as the record has it",
        "printed in 1998",
    }
    assert ["fixes" in r for r in results if r["ruleId"] == "TYP001"] == [False], "what is only shown is no fix"


def test_sarif_fingerprints_survive_moved_lines_and_tell_twins_apart() -> None:
    def prints(text: str) -> list[str]:
        spans = [m.span() for m in re.finditer("fault", text)]
        one = Checked(Document("a.md", text), tuple(finding(text, *span) for span in spans), ())
        results = json.loads(rendered("sarif", Material((one,))))["runs"][0]["results"]
        return [r["partialFingerprints"]["calqueFinding/v1"] for r in results]

    before = prints("A fault here.\n\nA fault here.\n\nAnother fault.\n")
    assert len(set(before)) == 3
    assert prints("New line.\n\nA fault here.\n\nA fault here.\n\nAnother\n  fault.\n") == before


def test_sarif_rules_help(pack: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Chinese Foreign Minister Vuong Nghi spoke.\n", "utf-8")
    assert main(["lint", "a.txt", "--output", "sarif=a.sarif"]) == 1
    run = json.loads(Path("a.sarif").read_text("utf-8"))["runs"][0]
    rule = run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]
    assert rule["id"] == "NAM001"
    assert all(rule["help"][kind] for kind in ("text", "markdown"))
    assert (
        run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "Wang Yi"
    )
    assert "baselineState" not in run["results"][0], "without a baseline nothing is new or old"


def test_junit_is_read_by_another_library() -> None:
    suites = list(JUnitXml.fromstring(rendered("junit").encode()))
    assert [(s.name, s.tests, s.failures, s.skipped, s.errors) for s in suites] == [
        (NASTY, 5, 2, 2, 0),
        ("clean.md", 1, 0, 0, 0),
        ("gone\\n.md", 1, 0, 0, 1),
    ]
    kinds = [type(case.result[0]).__name__ if case.result else "" for case in suites[0]]
    assert sorted(kinds) == ["", "Failure", "Failure", "Skipped", "Skipped"]
    failure = next(case.result[0] for case in suites[0] if case.result and type(case.result[0]).__name__ == "Failure")
    assert failure.message == "a “fault” <stands> here\\x07"
    assert "]]> & <b>" in failure.text


def test_rdjson_counts_columns_in_bytes() -> None:
    found = json.loads(rendered("rdjson"))
    lines = [line.encode() for line in re.split(r"\r\n|\n|\r", TEXT)]
    assert [d["code"]["value"] for d in found["diagnostics"]] == ["NAM001", "TYP001", "LEX001"]
    first = found["diagnostics"][0]["location"]["range"]
    assert lines[first["start"]["line"] - 1][first["start"]["column"] - 1 : first["end"]["column"] - 1] == b"fault"
    assert found["diagnostics"][0]["severity"] == "ERROR"
    assert found["diagnostics"][0]["suggestions"][0]["text"] == "right & <true>"
    assert found["diagnostics"][1]["suggestions"] == []


def test_jsonl_has_a_line_for_each_finding_and_each_error() -> None:
    rows = [json.loads(line) for line in rendered("jsonl").splitlines()]
    assert [row.get("code", "error") for row in rows] == ["error", "NAM001", "TYP001", "LEX001", "NAM001"]
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in rows[1:])


class Page(html.parser.HTMLParser):
    """What an independent reader sees of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.text: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.loads += [f"{tag} {key}" for key in given if key in ("src", "srcset", "style") or key.startswith("on")]
        if tag == "a":
            self.links.append(given.get("href") or "")
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.depth += (tag == "div" and given.get("class") == "text") or (self.depth and tag == "div")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth) and tag == "div"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text.append(data)


def test_the_page_shows_the_text_and_runs_nothing_of_it() -> None:
    page = Page()
    whole = rendered("html")
    page.feed(whole)
    assert page.tags.count("script") == 1
    assert page.loads == []
    assert set(page.links) <= {f"#{name}" for name in page.ids}
    assert "".join(page.text) == TEXT.replace("\r\n", "\n").replace("\x1b", "\\x1b")
    assert not re.search(r"https?://|@import|url\(", whole), "nothing comes from outside"
    assert "default-src 'none'" in whole
    assert all(f"script-src '{digest}'" in whole for digest in [_hash_of(whole, "script")])
    assert all(f"style-src '{digest}'" in whole for digest in [_hash_of(whole, "style")])


def _hash_of(page: str, tag: str) -> str:
    import base64
    import hashlib

    [content] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)[:1]
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def test_a_long_text_is_shown_around_its_findings() -> None:
    text = "word " * 20_000 + "fault " + "word " * 20_000
    at = text.index("fault")
    one = Checked(Document("a.txt", text), (finding(text, at, at + 5),), ())
    whole = rendered("html", Material((one,)))
    assert len(whole) < 20_000
    assert "characters left out" in whole


def test_overlapping_findings_each_have_a_card_and_the_gravest_has_the_place() -> None:
    text = "Prime Minister of China Ha Lap Phong"
    wide, name = finding(text, 0, 36, severity="info"), finding(text, 24, 36)
    whole = rendered("html", Material((Checked(Document("a.txt", text), (wide, name), ()),)))
    assert '<a href="#f1" class="error"' in whole
    assert whole.count("<details") == 2
    page = Page()
    page.feed(whole)
    assert "".join(page.text) == text


@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_same_findings_give_the_same_bytes(name: str) -> None:
    assert rendered(name) == rendered(name)


def test_several_reports_at_once(pack: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Chinese Foreign Minister Vuong Nghi spoke.\n", "utf-8")
    asked = [f"--output={name}=out.{name}" for name in formats.FORMATS]
    assert main(["lint", "a.txt", "gone.txt", "--format", "github", *asked]) == 3
    assert capsys.readouterr().out.startswith("::error file=a.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.txt", *(f"out.{n}" for n in formats.FORMATS)])
    for name in formats.FORMATS:
        assert "Vuong Nghi" in Path(f"out.{name}").read_text("utf-8"), name


@pytest.mark.parametrize(
    ("value", "said"),
    [("sarif", "FORMAT=FILE"), ("sarif=", "FORMAT=FILE"), ("sarfi=x", 'did you mean "sarif"'), ("=x", 'no format ""')],
)
def test_a_wrong_output_is_refused_before_anything_is_read(value: str, said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        formats.wanted(value)


def test_a_full_disk_leaves_no_half_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.sarif"
    path.write_text("the report of yesterday")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        formats.write("sarif", path, material(), fail_on="warning")
    assert [p.name for p in tmp_path.iterdir()] == ["a.sarif"]
    assert path.read_text() == "the report of yesterday"


def test_a_report_can_go_to_a_device_and_not_to_a_folder(tmp_path: Path) -> None:
    formats.write("json", Path("/dev/null"), material(), fail_on="warning")
    with pytest.raises(OutputError, match="was not written"):
        formats.write("json", tmp_path, material(), fail_on="warning")
    with pytest.raises(OutputError, match="was not written"):
        formats.write("json", tmp_path / "none" / "a.json", material(), fail_on="warning")


def test_excuses() -> None:
    [one, *_] = material().checked
    assert [excuse(f) for f in one.findings] == ["", "", "", "in the baseline: printed in 1998"]
    assert Lines(TEXT).place(0) == (1, 1)
