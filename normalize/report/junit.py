"""JUnit XML: a suite for each document, a case for each finding, so that every dashboard shows them by file."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from normalize.model import Checked, Finding, Severity
from normalize.report.material import Material, all_findings, excuse
from normalize.report.text import escape
from normalize.text.lines import Lines


def render(material: Material, fail_on: Severity) -> str:
    """Findings from ``fail_on`` up fail; excused ones are skipped with their reason, and lesser ones pass."""
    suites = [_suite(one, fail_on) for one in material.checked]
    unread = [_unread(path, message) for path, message in material.errors]
    body = "\n".join([*suites, *unread])
    name = quoteattr(_plain(material.signature))
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name={name}>\n{body}\n</testsuites>\n'


def _suite(one: Checked, fail_on: Severity) -> str:
    found = list(all_findings(one))
    skipped = sum(bool(excuse(f)) for f in found)
    failures = sum(f.reaches(fail_on) and not excuse(f) for f in found)
    path, lines = quoteattr(_plain(one.document.path)), Lines(one.document.text)
    counts = f'tests="{max(1, len(found))}" failures="{failures}" errors="0" skipped="{skipped}"'
    cases = [case for finding in found for case in _case(one, finding, lines, fail_on)]
    cases = cases or [f'  <testcase classname={path} name="calque" file={path}/>']
    return "\n".join([f" <testsuite name={path} {counts}>", *cases, " </testsuite>"])


def _case(one: Checked, finding: Finding, lines: Lines, fail_on: Severity) -> Iterator[str]:
    line, column = lines.place(finding.span.start)
    path = quoteattr(_plain(one.document.path))
    name = quoteattr(_plain(f"{finding.code} {finding.name} {line}:{column} {finding.text}"))
    yield f'  <testcase classname={path} name={name} file={path} line="{line}">'
    message = quoteattr(_plain(finding.message))
    if reason := excuse(finding):
        yield f"   <skipped message={quoteattr(_plain(reason))}/>"
    elif finding.reaches(fail_on):
        yield f'   <failure type="{finding.severity}" message={message}>{xml(_words(one, finding, lines))}</failure>'
    else:
        yield f"   <system-out>{xml(_plain(f'{finding.severity}: {finding.message}'))}</system-out>"
    yield "  </testcase>"


def _words(one: Checked, finding: Finding, lines: Lines) -> str:
    line, column = lines.place(finding.span.start)
    said = [f"{one.document.path}:{line}:{column}: {finding.code} {finding.message}", lines.text_of(line)[:400]]
    said += [f"{e.kind}: {e.detail}" for e in finding.evidence]
    said += [f"{finding.safety}: {' | '.join(finding.replacements)}"] if finding.replacements else []
    return "\n".join(map(_plain, said))


def _unread(path: str, message: str) -> str:
    name = quoteattr(_plain(path))
    return (
        f' <testsuite name={name} tests="1" failures="0" errors="1" skipped="0">\n'
        f'  <testcase classname={name} name="calque" file={name}>\n'
        f'   <error type="unread" message={quoteattr(_plain(message))}/>\n  </testcase>\n </testsuite>'
    )


def _plain(text: str) -> str:
    """Without what XML cannot hold: control characters and lone surrogates as visible escapes."""
    return "".join(c if c not in "\ufffe\uffff" else f"\\u{ord(c):04x}" for c in escape(text))
