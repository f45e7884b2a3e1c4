"""Wikidata's JSON: a line of the dump, an answer of `wbgetentities`, or of the REST interface, each on its line.

Dump: an array with one item a line, a comma behind each. `wbgetentities` wraps items as ``{"entities": {"Q1": …}}``;
REST flattens ``labels`` to texts and ``aliases`` to lists of texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from normalize.tables.importers.imported import Imported, LineFaultError, first_text, plain_language

KINDS = {
    "Q5": "person",
    "Q6256": "place", "Q515": "place", "Q3624078": "place", "Q1549591": "place", "Q35657": "place", "Q484170": "place",
    "Q1637706": "place", "Q5119": "place", "Q10864048": "place", "Q23442": "place", "Q165": "place", "Q532": "place",
    "Q43229": "organisation", "Q4830453": "organisation", "Q783794": "organisation", "Q7278": "organisation",
    "Q484652": "organisation", "Q327333": "organisation", "Q192350": "organisation", "Q3918": "organisation",
    "Q11032": "organisation", "Q1110794": "organisation", "Q6881511": "organisation", "Q891723": "organisation",
    "Q4164871": "office", "Q294414": "office", "Q83307": "office", "Q114962596": "office",
}  # fmt: skip
"""What an item is an instance of (P31), for the classes that wire copy names most; other items have no kind."""
COUNTRIES = {
    "Q148": "cn", "Q865": "tw", "Q8646": "hk", "Q14773": "mo", "Q159": "ru", "Q212": "ua", "Q184": "by", "Q17": "jp",
    "Q884": "kr", "Q423": "kp", "Q881": "vn", "Q794": "ir", "Q801": "il", "Q851": "sa", "Q878": "ae", "Q846": "qa",
    "Q43": "tr", "Q668": "in", "Q30": "us", "Q183": "de", "Q142": "fr", "Q145": "gb", "Q38": "it", "Q29": "es",
    "Q45": "pt", "Q36": "pl", "Q55": "nl", "Q31": "be", "Q16": "ca", "Q408": "au", "Q155": "br", "Q96": "mx",
    "Q414": "ar", "Q252": "id", "Q258": "za", "Q79": "eg", "Q869": "th", "Q334": "sg", "Q833": "my", "Q928": "ph",
    "Q843": "pk", "Q902": "bd", "Q796": "iq", "Q858": "sy", "Q822": "lb", "Q810": "jo", "Q232": "kz", "Q230": "ge",
    "Q399": "am", "Q227": "az", "Q217": "md", "Q218": "ro", "Q219": "bg", "Q28": "hu", "Q213": "cz", "Q214": "sk",
    "Q40": "at", "Q39": "ch", "Q41": "gr", "Q403": "rs", "Q224": "hr", "Q191": "ee", "Q211": "lv", "Q37": "lt",
    "Q33": "fi", "Q34": "se", "Q20": "no", "Q35": "dk", "Q27": "ie", "Q711": "mn", "Q836": "mm", "Q424": "kh",
    "Q819": "la", "Q889": "af", "Q1033": "ng", "Q114": "ke", "Q115": "et", "Q241": "cu", "Q717": "ve", "Q739": "co",
}  # fmt: skip
"""The country an item belongs to (P27 for people, P17 else); others are left empty."""
NATIVE = {
    "cn": "zh", "tw": "zh", "hk": "zh", "mo": "zh", "sg": "zh", "ru": "ru", "ua": "uk", "by": "be", "jp": "ja",
    "kr": "ko", "kp": "ko", "vn": "vi", "ir": "fa", "il": "he", "sa": "ar", "ae": "ar", "qa": "ar", "eg": "ar",
    "iq": "ar", "sy": "ar", "lb": "ar", "jo": "ar", "gr": "el", "bg": "bg", "rs": "sr", "th": "th", "kz": "kk",
}  # fmt: skip
"""The language whose label is the native form where no claim (P1559, P1705) gives one."""
CHINESE = {"cn": ("zh-hans", "zh-cn", "zh"), "tw": ("zh-tw", "zh-hant", "zh"), "hk": ("zh-hk", "zh-hant", "zh")}


def read(text: str) -> Iterator[Imported]:
    """The items of one line; brackets and blank lines of a dump hold none."""
    line = text.strip().rstrip(",").strip()
    if line in ("", "[", "]"):
        return
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raise LineFaultError("not JSON, or cut" if line[:1] in "[{" else "not a Wikidata item") from None
    for item in _items(raw):
        if (made := _item(item)) is not None:
            yield made


def _items(raw: Any) -> Iterator[dict[str, Any]]:
    if isinstance(raw, list):
        for value in raw:
            yield from _items(value)
    elif isinstance(raw, dict) and isinstance(raw.get("entities"), dict):
        yield from (value for value in raw["entities"].values() if isinstance(value, dict))
    elif isinstance(raw, dict) and isinstance(raw.get("id"), str):
        yield raw
    else:
        raise LineFaultError("no item with an id")


def _item(raw: dict[str, Any]) -> Imported | None:
    """An item as a thing with a name; a property, a lexeme, a missing or redirected page is none."""
    if not raw["id"].startswith("Q") or "missing" in raw or raw.get("type", "item") != "item":
        return None
    labels = {code: text for code, value in _dict(raw, "labels").items() if (text := _text(value))}
    name = first_text(labels.get(code) for code in ("en", "en-gb", "en-us", "mul"))
    claims = _dict(raw, "claims") or _dict(raw, "statements")
    kind = next((KINDS[q] for q in _values(claims, "P31") if q in KINDS), "")
    country = next((COUNTRIES[q] for p in ("P27", "P17", "P1001") for q in _values(claims, p) if q in COUNTRIES), "")
    if not name:
        return None
    sitelinks = raw.get("sitelinks")
    thing = Imported(raw["id"], name, kind=kind, country=country, sitelinks=len(sitelinks) if sitelinks else 0)
    for code in sorted(labels, key=lambda code: (len(code), code)):
        language = plain_language(code)
        if language and language != "en" and labels[code] != name:
            thing.names.setdefault(language, labels[code])
    thing.native, thing.language = _native(claims, labels, country)
    if thing.names.get(thing.language) == thing.native:
        del thing.names[thing.language]
    thing.weak = [t for values in [_dict(raw, "aliases").get("en", [])] for v in _list(values) if (t := _text(v))]
    thing.offices = list(_offices(claims))
    return thing


def _native(claims: dict[str, Any], labels: dict[str, str], country: str) -> tuple[str, str]:
    """The native name and its language: the claim, else the label in the country's own language."""
    for claim in ("P1559", "P1705"):
        for value in _raw_values(claims, claim):
            if isinstance(value, dict) and (text := _text(value.get("text"))):
                return text, plain_language(str(value.get("language", "")))
    language = NATIVE.get(country, "")
    for code in CHINESE.get(country, (language,)):
        if code in labels:
            return labels[code], language
    return "", ""


def _offices(claims: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Positions held (P39) with their first and last day (P580, P582), as far as they are known."""
    for statement in _list(claims.get("P39")):
        if not isinstance(statement, dict) or statement.get("rank") == "deprecated":
            continue
        for office in _snak_ids(statement.get("mainsnak") or statement):
            qualifiers = statement.get("qualifiers")
            since, until = (_day(qualifiers, p) for p in ("P580", "P582"))
            yield office, since, until


def _day(qualifiers: Any, wanted: str) -> str:
    """A point in time, shortened to the precision it has: 11 day, 10 month, 9 year; coarser ones say nothing."""
    found: list[Any] = []
    if isinstance(qualifiers, dict):
        found = [
            snak.get("datavalue", {}).get("value") for snak in _list(qualifiers.get(wanted)) if isinstance(snak, dict)
        ]
    elif isinstance(qualifiers, list):  # REST: a list of {property: {id}, value: {content}}
        found = [
            _dict(q, "value").get("content")
            for q in qualifiers
            if isinstance(q, dict) and _dict(q, "property").get("id") == wanted
        ]
    for value in found:
        if isinstance(value, dict):
            time, precision = str(value.get("time", "")), value.get("precision")
            if time.startswith("+") and precision in (9, 10, 11):
                return time[1:11][: {9: 4, 10: 7, 11: 10}[precision]]
    return ""


def _values(claims: dict[str, Any], wanted: str) -> Iterator[str]:
    for statement in _list(claims.get(wanted)):
        if isinstance(statement, dict) and statement.get("rank") != "deprecated":
            yield from _snak_ids(statement.get("mainsnak") or statement)


def _raw_values(claims: dict[str, Any], wanted: str) -> Iterator[Any]:
    for statement in _list(claims.get(wanted)):
        if isinstance(statement, dict):
            snak = statement.get("mainsnak")
            value = (
                snak.get("datavalue", {}).get("value")
                if isinstance(snak, dict)
                else _dict(statement, "value").get("content")
            )
            if value is not None:
                yield value


def _snak_ids(snak: Any) -> Iterator[str]:
    """The item a snak names; ``novalue`` and ``somevalue`` name none."""
    if not isinstance(snak, dict):
        return
    content = _dict(snak, "value").get("content")  # REST
    if isinstance(content, str):
        yield content
    value = _dict(snak, "datavalue").get("value")
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        elif isinstance(value.get("numeric-id"), int):
            yield f"Q{value['numeric-id']}"


def _text(value: Any) -> str:
    """A label: a text (REST), or ``{"language": …, "value": …}``."""
    text = value.get("value") if isinstance(value, dict) else value
    return text.strip() if isinstance(text, str) else ""


def _dict(raw: dict[str, Any], key: str) -> dict[str, Any]:
    """A member that should be an object; PHP writes an empty one as ``[]``."""
    value = raw.get(key)
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
