"""calque compare, score and rank from outside: answers, bad input, the page."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from normalize.cli import main
from normalize.compare.scores import FEWEST, differ, score
from normalize.errors import UsageError

TEXT = "The mine employs 3,400 people. Its owner spoke in Oslo on Monday.\n"
OTHER = "The mine employs 4,300 people. Its owner spoke on Monday in Oslo.\n"


@pytest.fixture
def texts(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(OTHER, "utf-8")
    return str(tmp_path / "a.txt"), str(tmp_path / "b.txt")


def test_json_quotes_the_other_side_with_its_offsets(
    texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", texts[0], "--reference", texts[1], "--format", "json"]) == 1
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    (finding,) = [f for f in document["findings"] if f["code"] == "NUM101"]
    assert TEXT[finding["start"] : finding["end"]] == finding["text"] == "3,400"
    (evidence,) = finding["evidence"]
    assert evidence["path"] == texts[1]
    assert OTHER[evidence["start"] : evidence["end"]] == "The mine employs 4,300 people."
    assert document["compared"][0]["linked"] == 2


def test_bare_differences_wait_for_info(
    texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(texts[1]).write_text(TEXT.replace("spoke", "sang"), "utf-8")
    assert main(["compare", texts[0], "--reference", texts[1]]) == 0
    assert "WRD101" not in capsys.readouterr().out
    main(["compare", texts[0], "--reference", texts[1], "--info"])
    assert "WRD101" in capsys.readouterr().out


def test_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        "id\ttext\treference\tsource\tsource_language",
        "one\tShe paid 5 crowns.\tShe paid 7 crowns.\t\t",
        "two\tShe paid 5 crowns.\t\tSie zahlte 5 Kronen.\tde",
        'three\tHe said "no.\tHe said "no".\t\t',
    ]
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    main(["compare", "--pairs", str(path), "--format", "json"])
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert [d["path"] for d in documents] == ["one", "two", "three"]
    assert [f["code"] for f in documents[0]["findings"] if f["severity"] == "warning"] == ["NUM101"]
    assert [f["code"] for f in documents[1]["findings"] if f["severity"] == "warning"] == []


BAD_PAIRS = [
    (b"id\ttext\n", "line 1: the header must be"),
    (b"id\ttext\treference\na\tb\n", "line 2: 2 fields where the header has 3"),
    (b"id\ttext\treference\na\t\xff\tc\n", "line 2: not UTF-8"),
]


@pytest.mark.parametrize(("data", "message"), BAD_PAIRS)
def test_bad_pairs(data: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes(data)
    assert main(["compare", "--pairs", str(path)]) == 2
    assert message in capsys.readouterr().err


NOTES = [
    ("", OTHER, "holds no sentence"),
    (TEXT, "", "holds no sentence"),
    (TEXT, TEXT, "the same text"),
    (
        TEXT * 4,
        "Wolves ate five sheep near the forest. Farmers want more fences. Hunters disagree about it.\n",
        "another story",
    ),
    (
        TEXT,
        "Das Bergwerk, das nicht mehr fördert, hat 3.400 Menschen und einen Besitzer, der am Montag in Oslo war.\n",
        "it was read as a source",
    ),
]


@pytest.mark.parametrize(("text", "other", "note"), NOTES)
def test_notes(text: str, other: str, note: str, texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(texts[0]).write_text(text, "utf-8")
    Path(texts[1]).write_text(other, "utf-8")
    assert main(["compare", texts[0], "--reference", texts[1]]) in (0, 1)
    assert note in capsys.readouterr().out


USAGE = [
    (["compare"], "name a text to check"),
    (["compare", "a.txt"], "nothing to compare with"),
    (["compare", "a.txt", "--pairs", "b.tsv"], "give one of them alone"),
    (["score", "a.txt", "--reference", "b.txt", "--tokenize", "flores200"], "cannot be read"),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
def test_usage(
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


def test_an_unread_rewrite_is_said(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", texts[0] + "x", "--reference", texts[1]]) == 3
    assert "no such file" in capsys.readouterr().err


HYPOTHESES = [f"Ship {n} sailed from the harbour of Oslo on a cold day." for n in range(40)]
REFERENCES = [f"Ship {n} left the port of Oslo on a day that was cold." for n in range(40)]


def test_scores_carry_signature_and_interval() -> None:
    scores = score(HYPOTHESES, [REFERENCES])
    assert [one.metric for one in scores] == ["bleu", "chrf", "chrf++", "ter"]
    assert all(one.low <= one.value <= one.high + 0.01 and "version:" in one.signature for one in scores)
    assert scores == score(HYPOTHESES, [REFERENCES])
    assert "nrefs:2" in score(HYPOTHESES, [REFERENCES, HYPOTHESES], ["bleu"])[0].signature


def test_too_few_sentences_are_refused() -> None:
    with pytest.raises(UsageError, match="too few"):
        score(HYPOTHESES[: FEWEST - 1], [REFERENCES[: FEWEST - 1]])
    with pytest.raises(UsageError, match="too few"):
        differ(HYPOTHESES[:12], REFERENCES[:12], [REFERENCES[:12]])


@pytest.mark.parametrize("tokenizer", ["flores101", "flores200", "spm"])
def test_tokenizers_that_fetch_are_refused(tokenizer: str) -> None:
    with pytest.raises(UsageError, match="uses no network"):
        score(HYPOTHESES, [REFERENCES], tokenizer=tokenizer)


def test_both_systems_have_their_interval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, lines in (("new", HYPOTHESES), ("old", REFERENCES), ("ref", REFERENCES)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    new, old, ref = (str(tmp_path / name) for name in ("new", "old", "ref"))
    assert main(["score", new, "--reference", ref, "--against", old, "--metric", "chrf", "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["scores"][0]["high"] < whole["against"][0]["low"]
    assert whole["differences"][0]["p"] < 0.01


def test_a_difference_is_tested() -> None:
    (tested,) = differ(HYPOTHESES, REFERENCES, [REFERENCES], ["chrf"])
    assert tested.second == 100.0
    assert tested.p < 0.01


def test_rank_puts_the_text_with_fewer_differences_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, lines in (
        ("good", HYPOTHESES),
        ("bad", [line.replace("Oslo", "Lima") for line in HYPOTHESES]),
        ("ref", REFERENCES),
    ):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    paths = [str(tmp_path / f"{name}.txt") for name in ("bad", "good", "ref")]
    assert main(["rank", *paths[:2], "--reference", paths[2], "--metric", "chrf", "--format", "json"]) == 0
    systems = json.loads(capsys.readouterr().out)["systems"]
    assert [Path(one["system"]).stem for one in systems] == ["good", "bad"]
    assert systems[0]["proved"] < systems[1]["proved"]


def test_files_of_unequal_length_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").write_text("x\ny\n", "utf-8")
    (tmp_path / "b").write_text("x\n", "utf-8")
    assert main(["score", str(tmp_path / "a"), "--reference", str(tmp_path / "b")]) == 2
    assert "1 lines where" in capsys.readouterr().err


def page(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> str:
    Path(texts[0]).write_text(TEXT.replace("owner", "<script>alert(1)</script>"), "utf-8")
    main(["compare", texts[0], "--reference", texts[1], "--format", "html"])
    return capsys.readouterr().out


def test_the_page_escapes_and_loads_nothing(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    html = page(texts, capsys)
    assert "<script" not in html
    assert "&lt;" in html
    assert "http:" not in html
    assert "https:" not in html
    assert "default-src 'none'" in html


BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(not BROWSER, reason="no browser is installed")
def test_a_browser_shows_the_page(texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(texts, capsys), "utf-8")
    run = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    shown = subprocess.run([*run, "--dump-dom", path.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    assert '<mark class="warning NUM101"' in shown.stdout
    assert 'id="show-NUM101" checked=""' in shown.stdout
    shots = []
    unticked = path.read_text("utf-8").replace('id="show-NUM101" checked', 'id="show-NUM101"')
    for name, html in (("ticked", path.read_text("utf-8")), ("unticked", unticked)):
        (tmp_path / f"{name}.html").write_text(html, "utf-8")
        picture = tmp_path / f"{name}.png"
        address = (tmp_path / f"{name}.html").as_uri()
        subprocess.run([*run, f"--screenshot={picture}", address], capture_output=True, timeout=120, check=True)
        shots.append(picture.read_bytes())
    assert min(len(shot) for shot in shots) > 5000
    assert shots[0] != shots[1], "a box that is not ticked hides the marks and notes of its code"


def story(path: Path, *lines: str) -> str:
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    return str(path)


VIETNAMESE = (
    "Mỏ này sử dụng 3.400 người. Chủ mỏ phát biểu tại Oslo hôm thứ Hai.",
    "Thị trấn Sora đã đề nghị chính phủ giúp đỡ, Thị trưởng Luka Kranjc nói.",
)


def test_the_language_that_was_said_is_that_of_the_rewrite_alone(
    texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = story(tmp_path / "vi.txt", *VIETNAMESE)
    main(["compare", texts[0], "--source", source, "--language", "en", "--format", "json"])
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert (document["language"], document["compared"][0]["language"]) == ("en", "vi")


def test_a_text_that_is_not_in_the_language_it_was_said_to_be_in_is_named(
    texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = story(tmp_path / "vi.txt", *VIETNAMESE)
    main(["compare", texts[0], "--source", source, "--source-language", "zh"])
    assert "was read as “zh”, but its words are “vi”; say which it is with --source-language" in capsys.readouterr().out


def test_rewrite_and_source_that_were_swapped_are_named(
    texts: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["compare", story(tmp_path / "vi.txt", *VIETNAMESE), "--source", texts[0]])
    assert "perhaps the two were swapped" in capsys.readouterr().out


def test_an_unread_reference_is_said(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", texts[0], "--reference", texts[1] + "x"]) == 3
    assert "no such file" in capsys.readouterr().err


def test_another_story_is_not_scored(texts: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(texts[0]).write_text(TEXT * 8, "utf-8")
    wolves = [f"Wolves number {n} ate sheep near the forest. Farmers want fences." for n in range(8)]
    main(["compare", texts[0], "--reference", story(Path(texts[1]), *wolves), "--scores", "--format", "json"])
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["scores"] == []
    assert "another story" in document["notes"][0]


def test_all_references_count_in_the_scores_of_a_text_and_of_all_pairs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [story(tmp_path / f"{name}.txt", *lines[:12]) for name, lines in (("a", HYPOTHESES), ("b", REFERENCES))]
    same = story(tmp_path / "c.txt", *HYPOTHESES[:12], "One more boat came in from Bergen on a warm evening.")
    main(["compare", paths[0], "--reference", paths[1], same, "--scores", "--format", "json"])
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert "nrefs:2" in document["scores"][0]["signature"]
    rows = [f"{n}\t{a}\t{b}" for n, (a, b) in enumerate(zip(HYPOTHESES, REFERENCES, strict=True))]
    (tmp_path / "pairs.tsv").write_text("\n".join(["id\ttext\treference", *rows]) + "\n", "utf-8")
    main(["compare", "--pairs", str(tmp_path / "pairs.tsv"), "--scores", "--format", "json"])
    whole = json.loads(capsys.readouterr().out)
    assert whole["scores"][0]["sentences"] == len(HYPOTHESES)
    assert "too few" in whole["documents"][0]["notes"][0]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_pairs_show_a_bar_on_a_terminal_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pairs.tsv").write_text("id\ttext\treference\na\tShe paid 5.\tShe paid 7.\n", "utf-8")
    main(["compare", "--pairs", str(tmp_path / "pairs.tsv")])
    assert capsys.readouterr().err == ""
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    main(["compare", "--pairs", str(tmp_path / "pairs.tsv")])
    shown = terminal.getvalue()
    assert "1 of 1 pairs" in shown
    assert shown.endswith("\r\x1b[K")


def test_the_page_shows_signs_that_steer_and_marks_both_sides(
    texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(texts[0]).write_text(TEXT.replace("owner", "ow\N{RIGHT-TO-LEFT OVERRIDE}ner"), "utf-8")
    main(["compare", texts[0], "--reference", texts[1], "--format", "html"])
    html = capsys.readouterr().out
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html
    assert '<mark class="info WRD101">300</mark>' in html
