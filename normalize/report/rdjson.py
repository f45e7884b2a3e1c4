"""Reviewdog's diagnostic format: lines from one, columns from one in bytes of UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from normalize.model import Checked, Severity, Span
from normalize.report.material import Material
from normalize.report.text import escape
from normalize.text.lines import Lines

SEVERITIES: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(material: Material) -> str:
    """One object; what a comment or the baseline excuses is left out, since every diagnostic becomes a remark."""
    found = [diagnostic for one in material.checked for diagnostic in _diagnostics(one)]
    return json.dumps({"source": {"name": "calque"}, "diagnostics": found}, ensure_ascii=False, indent=1) + "\n"


def _diagnostics(one: Checked) -> Iterator[dict[str, Any]]:
    lines = Lines(one.document.text)
    for finding in one.findings:
        if not finding.known:
            place = _range(lines, finding.span)
            proposals = finding.replacements if finding.safety != "show" else ()
            evidence = "; ".join(f"{e.kind}: {e.detail}" for e in finding.evidence)
            yield {
                "message": escape(f"{finding.message} ({evidence})" if evidence else finding.message),
                "location": {"path": one.document.path, "range": place},
                "severity": SEVERITIES[finding.severity],
                "code": {"value": finding.code},
                "suggestions": [{"range": place, "text": new} for new in proposals],
            }


def _range(lines: Lines, span: Span) -> dict[str, dict[str, int]]:
    return {"start": _place(lines, span.start), "end": _place(lines, span.end)}


def _place(lines: Lines, offset: int) -> dict[str, int]:
    line, column = lines.place(offset)
    before = lines.text_of(line)[: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
