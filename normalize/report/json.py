"""The report a program reads: version 1 of the contract in docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from normalize.consistency import Divided
from normalize.model import Checked, Evidence, Finding, Resolution
from normalize.text.lines import Lines

VERSION = 1


def render(
    checked: Iterable[Checked],
    errors: Iterable[tuple[str, str]],
    signature: str,
    divided: Iterable[Divided] | None = None,
) -> str:
    """One JSON object; ``errors`` are paths and messages of what was not read, ``divided`` what has several names."""
    whole: dict[str, Any] = {
        "version": VERSION,
        "signature": signature,
        "errors": [{"path": path, "message": message} for path, message in errors],
        "documents": [_document(one, with_names=divided is not None) for one in checked],
    }
    if divided is not None:
        whole["consistency"] = [
            {
                "entity": one.entity,
                "right": one.right,
                "forms": [{"text": u.text, "mentions": u.mentions, "paths": list(u.paths)} for u in one.forms],
            }
            for one in divided
        ]
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _document(one: Checked, *, with_names: bool) -> dict[str, Any]:
    lines = Lines(one.document.text)
    return {
        "path": one.document.path,
        "language": one.document.language,
        **(
            {"encoding": one.document.encoding, "encoding_from": one.document.encoding_from}
            if one.document.encoding != "utf-8"
            else {}
        ),
        "origin": [
            {
                "language": origin.language,
                "probability": origin.probability,
                "evidence": [{"kind": e.kind, "detail": e.detail} for e in origin.evidence],
            }
            for origin in one.origin
        ],
        "findings": [finding_record(finding, lines) for finding in one.findings],
        **({"mentions": [mention_record(m, lines) for m in one.resolutions]} if with_names else {}),
    }


def mention_record(mention: Resolution, lines: Lines) -> dict[str, Any]:
    """One name as the contract writes it; ``candidates`` are there only where there are several."""
    line, column = lines.place(mention.span.start)
    several = [{"entity": c.entity, "canonical": c.name, "confidence": c.score} for c in mention.candidates]
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "line": line,
        "column": column,
        "text": mention.text,
        "kind": mention.kind,
        "entity": mention.entity,
        "canonical": mention.best.name if mention.candidates else "",
        "confidence": mention.confidence,
        "verdict": mention.verdict,
        "part": mention.part,
        "right": mention.right,
        "replacement": mention.replacement,
        "evidence": [{"kind": e.kind, "detail": e.detail} for e in mention.evidence],
        **({"candidates": several} if len(several) > 1 else {}),
    }


def _reason(evidence: Evidence) -> dict[str, Any]:
    """One reason; path and place only where it quotes another text."""
    where = evidence.span and {"path": evidence.path, "start": evidence.span.start, "end": evidence.span.end}
    return {"kind": evidence.kind, "detail": evidence.detail, **(where or {})}


def finding_record(finding: Finding, lines: Lines) -> dict[str, Any]:
    """One finding as the contract writes it; ``known`` is there only where the baseline excuses it."""
    line, column = lines.place(finding.span.start)
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": line,
        "column": column,
        "text": finding.text,
        "message": finding.message,
        "replacements": list(finding.replacements),
        "safety": finding.safety,
        "entity": finding.entity,
        "mqm": finding.mqm,
        "evidence": [_reason(e) for e in finding.evidence],
        **({"known": finding.known} if finding.known else {}),
    }
