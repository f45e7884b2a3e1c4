"""Annotations for GitHub Actions: one workflow command a finding, which GitHub shows at the line of the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from normalize.model import Checked
from normalize.report.json import finding_record
from normalize.report.text import escape
from normalize.text.lines import Lines

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(checked: Iterable[Checked]) -> Iterator[str]:
    """A line for each finding that the baseline does not know."""
    for one in checked:
        lines = Lines(one.document.text)
        for finding in one.findings:
            if not finding.known:
                yield annotation(one.document.path, finding_record(finding, lines))


def annotation(path: str, finding: Mapping[str, Any]) -> str:
    """The command for one finding, given as the JSON report writes it.

    >>> annotation("a.md", {"severity": "info", "code": "X", "name": "x", "line": 2, "column": 3, "text": "ab",
    ...     "message": "100%", "replacements": ["c"]})
    '::notice file=a.md,line=2,endLine=2,col=3,endColumn=5,title=X x::100%25 → c'
    """
    place = {
        "file": path,
        "line": finding["line"],
        "endLine": finding["line"] + len(finding["text"].splitlines()) - 1 if finding["text"] else finding["line"],
        "col": finding["column"],
        "endColumn": finding["column"] + len(finding["text"]),
        "title": f"{finding['code']} {finding['name']}",
    }
    if place["endLine"] != place["line"]:  # GitHub takes columns for spans within one line alone
        del place["col"], place["endColumn"]
    cure = " | ".join(finding["replacements"])
    message = f"{finding['message']} → {cure}" if cure and cure not in finding["message"] else finding["message"]
    fields = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    return f"::{COMMANDS[finding['severity']]} {fields}::{_data(message)}"


def _coded(text: str) -> str:
    return escape(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _data(text: str) -> str:
    """No text can begin a command of its own: line ends are coded as GitHub has it, and ``::`` is pulled apart."""
    return _coded(text).replace("::", ": :")


def _property(text: str) -> str:
    return _coded(text).replace(":", "%3A").replace(",", "%2C")
