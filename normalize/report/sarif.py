"""SARIF 2.1.0, for code scanning: nothing is dropped; what a comment or the baseline excuses is marked as such."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import normalize
from normalize.baseline import fingerprint
from normalize.model import Checked, Finding, Severity, Span
from normalize.report.material import Material, all_findings
from normalize.report.text import escape
from normalize.tables.records import Rule
from normalize.text.lines import Lines

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
FINGERPRINT = "calqueFinding/v1"
"""The key of the fingerprint: a change of how it is made is a new key."""


def render(material: Material) -> str:
    """One run as one log; columns count code points."""
    codes = sorted({*material.rules, *(f.code for one in material.checked for f in all_findings(one))})
    index = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "calque",
        "version": normalize.__version__,
        "semanticVersion": normalize.__version__,
        "rules": [_rule(code, material.rules.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "automationDetails": {"description": {"text": material.signature}},
        "invocations": [
            {
                "executionSuccessful": not material.errors,
                "toolExecutionNotifications": [_unread(path, message) for path, message in material.errors],
            }
        ],
        "artifacts": [{"location": {"uri": uri(one.document.path)}} for one in material.checked],
        "results": [
            result
            for number, one in enumerate(material.checked)
            for result in _results(one, number, index, material.has_baseline)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def uri(path: str) -> str:
    """A path as a relative or ``file:`` reference; bytes that are not UTF-8 keep their value.

    >>> uri("market, week 40.md"), uri("/srv/ở.md")
    ('market%2C%20week%2040.md', 'file:///srv/%E1%BB%9F.md')
    """
    coded = quote(os.fsencode(path.replace(os.sep, "/")))
    return f"file://{coded}" if coded.startswith("/") else coded


def _rule(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    bad, good = rule.bad[:1], rule.good[:1]
    example = "".join(f"\n\nInstead of\n\n> {b}\n\nwrite\n\n> {g}" for b, g in zip(bad, good, strict=False))
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {
            "text": f"{rule.what} {rule.why} Run: calque explain {code}",
            "markdown": f"{rule.what} {rule.why}{example}\n\n`calque explain {code}` says more.",
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [code[:3], rule.mqm]},
    }


def _unread(path: str, message: str) -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}
    return {"level": "error", "message": {"text": escape(message)}, "locations": [place]}


def _results(one: Checked, number: int, index: Mapping[str, int], has_baseline: bool) -> Iterator[dict[str, Any]]:
    lines = Lines(one.document.text)
    artifact = {"uri": uri(one.document.path), "index": number}
    met: Counter[str] = Counter()
    for finding in all_findings(one):
        print_ = fingerprint(one.document, finding)
        met[print_] += 1
        region = _region(lines, finding.span)
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": LEVELS[finding.severity],
            "rank": round(100 * finding.confidence, 1),
            "message": {"text": _message(finding)},
            "locations": [
                {"physicalLocation": {"artifactLocation": artifact, "region": {**region, "snippet": _text(finding)}}}
            ],
            # The same words twice in the same surroundings are told apart by their order.
            "partialFingerprints": {FINGERPRINT: f"{print_}:{met[print_]}"},
            "properties": {
                "name": finding.name,
                "safety": finding.safety,
                "confidence": finding.confidence,
                "mqm": finding.mqm,
                "entity": finding.entity,
                "evidence": [f"{e.kind}: {e.detail}" for e in finding.evidence],
            },
        }
        if finding.replacements and finding.safety != "show":
            result["fixes"] = [_fix(artifact, region, new) for new in finding.replacements]
        if finding.allowed:
            result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": finding.allowed}]
        elif finding.known:
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.known}]
        if has_baseline:
            result["baselineState"] = "unchanged" if finding.known or finding.allowed else "new"
        yield result


def _message(finding: Finding) -> str:
    cure = " | ".join(finding.replacements)
    return escape(f"{finding.message} → {cure}" if cure and cure not in finding.message else finding.message)


def _text(finding: Finding) -> dict[str, str]:
    return {"text": finding.text}


def _region(lines: Lines, span: Span) -> dict[str, int]:
    (line, column), (last, behind) = lines.place(span.start), lines.place(span.end)
    return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": behind}


def _fix(artifact: Mapping[str, Any], region: Mapping[str, int], new: str) -> dict[str, Any]:
    change = {"deletedRegion": region, "insertedContent": {"text": new}}
    return {
        "description": {"text": f"Write “{escape(new)}”"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [change]}],
    }
