"""Each importer on a small sample in its exact format, with the broken lines that real files have."""

from __future__ import annotations

import bz2
import errno
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normalize.check import Checker
from normalize.cli import main
from normalize.errors import CalqueError, InputError, OutputError, UsageError
from normalize.index.own import with_tables
from normalize.tables.importers import run as importer
from normalize.tables.importers.imported import COLUMNS
from normalize.tables.user import read_user_table
from normalize.text.reading import decode


def claim(value: Any, kind: str = "wikibase-entityid", **more: Any) -> dict[str, Any]:
    snak = {"snaktype": "value", "datavalue": {"value": value, "type": kind}}
    return {"mainsnak": snak, "type": "statement", "rank": "normal", **more}


def time(day: str, precision: int) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": precision}}}


def item(id_: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": "item", "id": id_, "labels": {"en": {"language": "en", "value": name}}, "claims": {}, **more}


ENVOY = item(
    "Q900001",
    "Deng Songbo",
    labels={
        "en": {"language": "en", "value": "Deng Songbo"},
        "zh-hans": {"language": "zh-hans", "value": "邓松柏"},
        "zh-hant": {"language": "zh-hant", "value": "鄧松柏"},
        "nb": {"language": "nb", "value": "Deng Songbo"},
        "ru": {"language": "ru", "value": "Дэн Сунбо"},
    },
    aliases={"en": [{"language": "en", "value": "Deng Song-bo"}]},
    sitelinks={"enwiki": {"site": "enwiki", "title": "Deng Songbo", "badges": []}},
    claims={
        "P31": [claim({"entity-type": "item", "numeric-id": 5})],
        "P27": [claim({"id": "Q148"})],
        "P39": [
            claim({"id": "Q900100"}, qualifiers={"P580": [time("2019-03-01", 11)], "P582": [time("2021-00-00", 9)]}),
            claim({"id": "Q900101"}, rank="deprecated"),
            {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"},
        ],
    },
)


def imported(
    tmp_path: Path, format_: str, content: str | bytes, suffix: str = ".txt", **more: Any
) -> tuple[list[dict[str, str]], importer.Count]:
    source = tmp_path / f"in{suffix}"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    job = importer.Job(format_, source, tmp_path / "out.tsv", **more)
    count = importer.run(job)
    head, *lines = job.out.read_text("utf-8").splitlines()
    assert head.split("\t") == list(COLUMNS)
    assert len(list(read_user_table(job.out))) == count.taken, "what was imported is a user table"
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines], count


def dump(*items: dict[str, Any]) -> str:
    return "[\n" + ",\n".join(json.dumps(i, ensure_ascii=False) for i in items) + "\n]\n"


def test_a_line_of_wikidatas_dump(tmp_path: Path) -> None:
    (row,), _ = imported(tmp_path, "wikidata", dump(ENVOY))
    assert (row["id"], row["name"], row["native"], row["language"]) == ("Q900001", "Deng Songbo", "邓松柏", "zh")
    assert (row["kind"], row["country"], row["weak"]) == ("person", "cn", "Deng Song-bo")
    assert row["names"] == "ru=Дэн Сунбо"
    assert row["offices"] == "Q900100@2019-03-01/2021"


def test_an_answer_of_wbgetentities_and_of_rest(tmp_path: Path) -> None:
    missing = {"id": "Q1", "missing": ""}
    rest = {
        "id": "Q900002",
        "type": "item",
        "labels": {"en": "Some Ministry", "fr": "Un ministère"},
        "aliases": {"en": ["The Ministry"]},
        "statements": {"P31": [{"rank": "normal", "value": {"type": "value", "content": "Q43229"}}]},
        "sitelinks": [],
    }
    lines = json.dumps({"entities": {"Q900001": ENVOY, "Q1": missing}}) + "\n" + json.dumps(rest) + "\n"
    rows, count = imported(tmp_path, "wikidata", lines)
    assert [(r["id"], r["kind"], r["weak"]) for r in rows] == [
        ("Q900001", "person", "Deng Song-bo"),
        ("Q900002", "organisation", "The Ministry"),
    ]
    assert count.broken == 0


BROKEN = [
    (b'{"type":"item","id":"Q5","labels":{"en":{"la', "not JSON, or cut"),
    (b"\xff\xfe{}", "byte 0 is not UTF-8"),
    (b"garbage", "not a Wikidata item"),
    (b'{"labels": {}}', "no item with an id"),
    (b"[" * 100_000, "not JSON, or cut"),
    (b'{"id": 7}', "no item with an id"),
]


@pytest.mark.parametrize(("line", "why"), BROKEN, ids=[why + str(n) for n, (_, why) in enumerate(BROKEN)])
def test_a_broken_line_is_counted_and_named_and_the_rest_is_read(tmp_path: Path, line: bytes, why: str) -> None:
    good = json.dumps(ENVOY).encode()
    rows, count = imported(tmp_path, "wikidata", b"[\n" + line + b"\n" + good + b",\n]")
    assert [row["id"] for row in rows] == ["Q900001"]
    assert (count.broken, count.faults) == (1, [(2, why)])


@pytest.mark.parametrize(
    "odd",
    [
        {"labels": [], "claims": [], "aliases": [], "sitelinks": []},  # PHP writes an empty object so
        {"labels": {"en": None}},
        {"labels": {"en": {"language": "en", "value": 7}}},
        {"claims": {"P31": [None, {"mainsnak": None}, {"mainsnak": {"datavalue": {"value": 3}}}], "P39": {"x": 1}}},
        {"type": "property", "id": "P31"},
        {"type": "lexeme", "id": "L1"},
        {"redirects": {"from": "Q1"}, "labels": {}},
    ],
)
def test_an_odd_item_does_no_harm(tmp_path: Path, odd: dict[str, Any]) -> None:
    _, count = imported(tmp_path, "wikidata", json.dumps(item("Q7", "Seven") | odd) + "\n")
    assert count.broken == 0


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_are_read_whatever_their_name(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    rows, _ = imported(tmp_path, "wikidata", pack(dump(ENVOY).encode()))
    assert len(rows) == 1


def test_a_cut_packed_file_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    many = "".join(json.dumps(item(f"Q{n}", f"Name {n * 7919 % 10007}")) + "\n" for n in range(1, 3000))
    rows, count = imported(tmp_path, "wikidata", gzip.compress(many.encode())[:-300])
    assert 1000 < len(rows) < 3000
    assert count.broken in (1, 2)
    assert any("the packed file ends here" in why for _, why in count.faults)


def test_filters_by_kind_country_language_and_sitelinks(tmp_path: Path) -> None:
    choice = importer.Choice(frozenset({"person"}), frozenset({"cn"}), frozenset({"vi"}), 1)
    rows, count = imported(tmp_path, "wikidata", dump(ENVOY, item("Q8", "Nobody")), choice=choice)
    assert [row["id"] for row in rows] == ["Q900001"]
    assert (rows[0]["names"], count.passed) == ("", 1)


def test_ftm_json_lines(tmp_path: Path) -> None:
    entity = {
        "id": "NK-abc", "schema": "Person", "caption": "Ivan Petrenko", "referents": [], "datasets": ["x"],
        "properties": {"name": ["Ivan Petrenko", "Іван Петренко"], "weakAlias": ["Ivan"], "country": ["ua"]},
    }  # fmt: skip
    vessel = {"id": "v", "schema": "Vessel", "properties": {"name": ["Sea Star"]}}
    text = "\n".join(map(json.dumps, [entity, vessel])) + '\n{"id": "x"}\n{"id": "NK-cut", "sch'
    rows, count = imported(tmp_path, "ftm", text)
    assert [(r["id"], r["name"], r["native"], r["weak"], r["country"]) for r in rows] == [
        ("NK-abc", "Ivan Petrenko", "Іван Петренко", "Ivan", "ua")
    ]
    assert count.faults == [(3, "no entity with id and properties"), (4, "not JSON, or cut")]


def test_statements_csv_gathers_an_entity_and_knows_languages(tmp_path: Path) -> None:
    head = "canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,"
    head += "original_value,external,first_seen,last_seen,id"
    rows_ = [
        "Q1,e1,name,name,Person,Ivan Petrenko,d,,eng,,f,,,1",
        "Q1,e1,name,name,Person,Іван Петренко,d,,ukr,,f,,,2",
        'Q1,e1,alias,name,Person,"Petrenko, Ivan",d,,,,f,,,3',
        "Q1,e1,country,country,Person,ua,d,,,,f,,,4",
        "Q2,e2,name,name,Company,Acme Steel,d,,,,f,,,5",
        'Q3,e3,name,name,Person,"cut off',
    ]
    rows, count = imported(tmp_path, "statements", "\n".join([head, *rows_]))
    assert [(r["id"], r["name"], r["native"], r["language"], r["aliases"]) for r in rows] == [
        ("Q1", "Ivan Petrenko", "Іван Петренко", "uk", "Petrenko, Ivan"),
        ("Q2", "Acme Steel", "", "", ""),
    ]
    assert count.faults == [(7, "not a row of CSV, or cut")]


def geoname(id_: int, name: str, country: str, feature: str = "P", people: str = "1000") -> str:
    return "\t".join(
        [
            str(id_),
            name,
            name,
            "",
            "1.0",
            "2.0",
            feature,
            "PPL",
            country,
            *[""] * 5,
            people,
            "",
            "7",
            "Asia/X",
            "2024-01-01",
        ]
    )


def test_geonames_with_its_alternate_names(tmp_path: Path) -> None:
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text(
        "1\t77\tvi\tPhố Mới\t\t\t\t\t\t\n2\t77\tzh-Hant\t新城\t\t\t\t\t\t\n3\t77\tlink\thttps://x\t\t\t\t\t\t\n"
        "4\t77\tvi\tTên Cũ\t\t\t\t1\t\t\n5\t99\tvi\tKhác\t\t\t\t\t\t\n6\t77\tzh\t新城市\t1\t\t\t\t\t\nbroken\n",
        "utf-8",
    )
    main_table = "\n".join(
        [geoname(77, "Newtown", "VN"), geoname(78, "A Road", "VN", "R"), "9\tshort", geoname(79, "B", "VN", people="x")]
    )
    rows, count = imported(tmp_path, "geonames", main_table, names=names)
    assert [(r["id"], r["country"], r["names"]) for r in rows] == [("geonames-77", "vn", "vi=Phố Mới;zh=新城市")]
    assert [why for _, why in count.faults] == [
        "2 cells where 19 are wanted",
        'population: "x" is no number',
        "alternateNamesV2.txt: 1 cells where at least 4 are wanted",
    ]


def test_paranames(tmp_path: Path) -> None:
    text = "wikidata_id\teng\tlabel\tlanguage\ttype\n"
    text += "Q1\tDeng Songbo\tДэн Сунбо\tru\tPER\nQ1\tDeng Songbo\t鄧松柏\tzh-hant\tPER\nQ2\tX"
    rows, count = imported(tmp_path, "paranames", text)
    assert [(r["id"], r["name"], r["kind"], r["names"]) for r in rows] == [
        ("Q1", "Deng Songbo", "person", "ru=Дэн Сунбо;zh=鄧松柏")
    ]
    assert count.broken == 1


def test_jrc_names_and_its_columns(tmp_path: Path) -> None:
    rows, _ = imported(
        tmp_path, "jrc-names", "1510\tP\tu\tIvan+Petrenko\n1510\tP\tru\tИван+Петренко\n1510\tP\tu\tIwan+Petrenko\n"
    )
    assert [(r["id"], r["name"], r["names"], r["weak"]) for r in rows] == [
        ("1510", "Ivan Petrenko", "ru=Иван Петренко", "Iwan Petrenko")
    ]
    rows, _ = imported(tmp_path, "jrc-names", "Ivan+Petrenko\t7\n", columns=("form", "id"))
    assert [(r["id"], r["name"]) for r in rows] == [("7", "Ivan Petrenko")]


LDML = (
    '<?xml version="1.0"?>\n<!DOCTYPE ldml SYSTEM "../../common/dtd/ldml.dtd">\n<ldml>'
    '<identity><language type="{}"/></identity>'
    '<localeDisplayNames><territories><territory type="VN">{}</territory><territory type="VN" alt="short">x</territory>'
    '<territory type="001">{}</territory></territories></localeDisplayNames><dates><timeZoneNames>'
    '<zone type="Asia/Saigon"><exemplarCity>{}</exemplarCity></zone></timeZoneNames></dates></ldml>'
)


def test_a_folder_of_cldr(tmp_path: Path) -> None:
    folder = tmp_path / "main"
    folder.mkdir()
    (folder / "en.xml").write_text(LDML.format("en", "Vietnam", "world", "Ho Chi Minh City"), "utf-8")
    (folder / "ru.xml").write_text(LDML.format("ru", "Вьетнам", "весь мир", "↑↑↑"), "utf-8")
    job = importer.Job("cldr", folder, tmp_path / "out.tsv")
    importer.run(job)
    assert [(e.id, e.name, e.names) for e in read_user_table(job.out)] == [
        ("place/cldr-vn", "Vietnam", {"ru": "Вьетнам"}),
        ("place/cldr-zone-asia-saigon", "Ho Chi Minh City", {}),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [("<ldml><identity>", "not XML, or cut"), ('<!DOCTYPE x [<!ENTITY a "b">]><ldml/>', "defines entities")],
)
def test_broken_xml_is_refused(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "en.xml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        importer.run(importer.Job("cldr", tmp_path / "en.xml", tmp_path / "out.tsv"))
    assert not (tmp_path / "out.tsv").exists()


def test_popolo(tmp_path: Path) -> None:
    person = {
        "id": "a/b/7", "name": "Deng Songbo", "identifiers": [{"scheme": "wikidata", "identifier": "Q900001"}],
        "other_names": [{"lang": "ru", "name": "Дэн Сунбо", "note": "multilingual"}, {"name": "Mr Deng"}, None],
    }  # fmt: skip
    many = {"id": "8", "name": {"lang:en": "Ann Lee", "lang:zh-hk": "李安"}}
    rows, _ = imported(tmp_path, "popolo", json.dumps({"persons": [person, many, {}, 3], "organizations": None}))
    assert [(r["id"], r["name"], r["names"], r["weak"]) for r in rows] == [
        ("Q900001", "Deng Songbo", "ru=Дэн Сунбо", "Mr Deng"),
        ("8", "Ann Lee", "zh=李安", ""),
    ]


def test_our_own_variants(tmp_path: Path) -> None:
    text = "entity_id\tcanonical_en\tvariant\tlang\tscript\tsource\nx:1\tDeng Songbo\tĐặng Tùng Bách\tvi\tLatn\tours\n"
    rows, _ = imported(tmp_path, "variants", text)
    assert [(r["id"], r["names"]) for r in rows] == [("x:1", "vi=Đặng Tùng Bách")]


def test_an_import_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "KEPT_EVERY", 10)
    source = tmp_path / "dump.json"
    source.write_text("".join(json.dumps(item(f"Q{n}", f"Name {n}")) + "\n" for n in range(1, 101)), "utf-8")
    whole = importer.Job("wikidata", source, tmp_path / "whole.tsv")
    importer.run(whole)
    stopped = importer.Job("wikidata", source, tmp_path / "stopped.tsv")
    seen = 0
    take = importer._take

    def stop(*arguments: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == 57:
            raise KeyboardInterrupt
        take(*arguments)

    monkeypatch.setattr(importer, "_take", stop)
    with pytest.raises(KeyboardInterrupt):
        importer.run(stopped)
    assert not stopped.out.exists()
    monkeypatch.setattr(importer, "_take", take)
    count = importer.run(stopped)
    assert (count.taken, count.lines) == (100, 100)
    assert stopped.out.read_bytes() == whole.out.read_bytes()
    assert not stopped.part.exists()
    assert not stopped.state.exists()


def test_a_gathering_import_goes_on_at_the_border_of_a_thing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "KEPT_EVERY", 7)
    source = tmp_path / "p.tsv"
    rows = [f"Q{n}\tName {n}\tИмя {n}\tru\tPER\nQ{n}\tName {n}\t名 {n}\tzh\tPER\n" for n in range(50)]
    source.write_text("wikidata_id\teng\tlabel\tlanguage\ttype\n" + "".join(rows), "utf-8")
    job = importer.Job("paranames", source, tmp_path / "out.tsv")
    take, seen = importer._take, 0

    def stop(*arguments: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == 23:
            raise KeyboardInterrupt
        take(*arguments)

    monkeypatch.setattr(importer, "_take", stop)
    with pytest.raises(KeyboardInterrupt):
        importer.run(job)
    monkeypatch.setattr(importer, "_take", take)
    importer.run(job)
    lines = job.out.read_text("utf-8").splitlines()[1:]
    assert [line.split("\t")[0] for line in lines] == [f"Q{n}" for n in range(50)]
    assert all("ru=Имя" in line and "zh=名" in line for line in lines)


def test_a_full_disk_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = tmp_path / "d.json", tmp_path / "out.tsv"
    source.write_text(dump(ENVOY), "utf-8")
    out.write_text("mine\n", "utf-8")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(importer, "_take", full)
    with pytest.raises(OutputError, match="no space left on device"):
        importer.run(importer.Job("wikidata", source, out))
    assert out.read_text("utf-8") == "mine\n"


@pytest.mark.parametrize(
    ("format_", "out", "error", "said"),
    [
        ("wikidota", "o.tsv", UsageError, 'did you mean "wikidata"'),
        ("wikidata", "o.csv", UsageError, "must end in .tsv or .toml"),
        ("wikidata", "no/o.tsv", UsageError, "there is no folder"),
    ],
)
def test_what_cannot_work_is_refused_first(
    tmp_path: Path, format_: str, out: str, error: type[CalqueError], said: str
) -> None:
    (tmp_path / "d.json").write_text("[]", "utf-8")
    with pytest.raises(error, match=said):
        importer.run(importer.Job(format_, tmp_path / "d.json", tmp_path / out))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["d.json", "d.tsv", "--kind", "persn"], '"persn" is no kind; did you mean "person"?'),
        (["own.tsv", "own.tsv"], "would take the place of the file it is made of"),
        (["d.json", "d.tsv", "--names", "gone.txt"], "gone.txt: there is no such file"),
        (["binary.json", "own.tsv"], "line 1: byte 0 is not UTF-8; no line of it is wikidata, nothing was written"),
    ],
)
def test_a_refused_import_leaves_everything_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, given: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in (("d.json", dump(ENVOY).encode()), ("own.tsv", b"id\tname\n"), ("binary.json", b"\xff\n" * 9)):
        (tmp_path / name).write_bytes(content)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    code = main(["tables", "import", "wikidata", *given])
    assert (code, said in capsys.readouterr().err) == (2, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("format_", ["cldr", "popolo"])
def test_a_broken_whole_file_leaves_no_part_behind(tmp_path: Path, format_: str) -> None:
    (tmp_path / "d").write_text("<ldml", "utf-8")
    with pytest.raises(CalqueError, match="cut"):
        importer.run(importer.Job(format_, tmp_path / "d", tmp_path / "o.tsv"))
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_an_imported_table_compiles_and_lints_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dump.json").write_text(dump(ENVOY) + "{cut", "utf-8")
    for out in ("mine.tsv", "mine.toml"):
        code = main(["tables", "import", "wikidata", str(tmp_path / "dump.json"), str(tmp_path / out)])
        assert (code, "1 taken, 0 passed over, 1 broken" in capsys.readouterr().err) == (3, True)
        pack = with_tables([tmp_path / out])
        text = "Chinese envoy Dang Tung Ba met reporters. Deng Songbo spoke of trade.\n"
        found = Checker(pack).check(decode(text.encode(), "a.txt")).findings
        assert [(f.text, f.replacements, f.entity) for f in found if f.code == "NAM001"] == [
            ("Dang Tung Ba", ("Deng Songbo",), "person/Q900001")
        ]
