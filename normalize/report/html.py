"""One page an editor can read: the texts with what was found marked in them. It needs nothing but itself.

Style and script are our own and fixed; the page's own policy lets nothing else run or load, whatever a text holds.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from normalize.model import SEVERITIES, Checked, Finding
from normalize.report.material import Material, all_findings, excuse
from normalize.report.text import escape
from normalize.text.lines import Lines

WHOLE = 60_000
"""Code points of a text that is shown whole; of a longer one, what stands around the findings."""
AROUND = 600
"""Code points shown on each side of a finding of such a text."""

FAMILIES = {
    "NAM": "names", "OFF": "offices", "TTL": "titles", "CAL": "calques", "LEX": "non-words", "NEG": "lost negation",
    "NUM": "numbers", "TYP": "typography", "RES": "residue", "CON": "consistency", "QUO": "quotations",
    "EST": "estimates", "SUP": "suppressions",
}  # fmt: skip
NOTHING_ELSE = "base-uri 'none'; form-action 'none'"
HOW = {"safe": "fix", "suggest": "suggestion", "show": "perhaps"}


def render(material: Material) -> Iterator[str]:
    """The lines of the page."""
    here = Path(__file__)
    style = here.with_name("page.css").read_text("utf-8")
    script = here.with_name("page.js").read_text("utf-8")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; {NOTHING_ELSE}"
    found = [finding for one in material.checked for finding in all_findings(one)]
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>calque: {_many(len(found), 'finding')}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield f"<header><h1>{_headline(material)}</h1>"
    yield f'<p class="soft">{shown(material.signature)}</p>'
    yield '<p class="soft keys"><kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>Esc</kbd> close</p></header>'
    yield from _filters(found)
    yield "<main>"
    for path, message in material.errors:
        yield f'<article><h2>{shown(path)}</h2><p class="bad">{shown(message)}</p></article>'
    clean = [one for one in material.checked if not any(all_findings(one))]
    number = 0
    for one in material.checked:
        marked = list(all_findings(one))
        if marked:
            yield from _document(one, marked, number)
            number += len(marked)
    if clean:
        names = ", ".join(shown(one.document.path) for one in clean[:200])
        more = f" and {len(clean) - 200} more" if len(clean) > 200 else ""
        yield f'<article><h2>Nothing found</h2><p class="soft">{names}{more}</p></article>'
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>"


def _headline(material: Material) -> str:
    counts = Counter(f.severity for one in material.checked for f in one.findings if not f.known)
    parts = [_many(counts["error"], "error"), _many(counts["warning"], "warning"), _many(counts["info"], "note")]
    return f"{', '.join(parts)} in {_many(len(material.checked), 'text')}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _filters(found: list[Finding]) -> Iterator[str]:
    families = Counter(finding.code[:3] for finding in found)
    yield '<nav aria-label="Filter"><form>'
    for family in sorted(families):
        name = f"{FAMILIES.get(family, family)} {families[family]:,}"
        yield f'<label><input type="checkbox" value="{shown(family)}" checked>{shown(name)}</label>'
    if excused := sum(bool(excuse(finding)) for finding in found):
        yield f'<label><input type="checkbox" value="excused" checked>allowed {excused:,}</label>'
    yield "</form></nav>"


def _document(one: Checked, found: list[Finding], first: int) -> Iterator[str]:
    likely = [origin.language for origin in one.origin[:1] if origin.probability >= 0.5]
    told = ", ".join(
        [one.document.language or "language not known", *(f"reads as translated from {o}" for o in likely)]
    )
    yield f"<article><h2>{shown(one.document.path)}</h2>"
    yield f'<p class="soft">{shown(told)}</p><div class="columns">'
    language = f' lang="{shown(one.document.language)}"' if one.document.language else ""
    yield f'<div class="text" dir="auto"{language}>{"".join(_marked(one, found, first))}</div><ol>'
    lines = Lines(one.document.text)
    for number, finding in enumerate(found, first):
        yield f"<li>{''.join(_card(finding, number, lines))}</li>"
    yield "</ol></div></article>"


def _marked(one: Checked, found: list[Finding], first: int) -> Iterator[str]:
    """The text with its marks; where findings overlap, the gravest and then the shortest has the place."""
    text, at = one.document.text, 0
    short = len(text) > WHOLE
    for start, end, number in _places(found):
        yield from _between(text, at, start, short, first=at == 0)
        finding = found[number]
        excused = " excused" if excuse(finding) else ""
        yield (
            f'<a href="#f{first + number}" class="{finding.severity}{excused}" data-family="{shown(finding.code[:3])}"'
            f' title="{shown(finding.message)}">{_lines(text[start:end])}</a>'
        )
        at = end
    rest = text[at:]
    if short and len(rest) > AROUND:
        yield f'{_lines(rest[:AROUND])}<span class="gap"> … {_many(len(rest) - AROUND, "character")} more</span>'
    else:
        yield _lines(rest)


def _places(found: list[Finding]) -> Iterator[tuple[int, int, int]]:
    """Stretches of the text in order, each with the number of the finding that has it."""
    borders = sorted({edge for finding in found for edge in (finding.span.start, finding.span.end)})
    rank = [(SEVERITIES.index(f.severity), f.span.start - f.span.end) for f in found]
    open_now: list[int] = []
    following = 0
    for start, end in pairwise(borders):
        open_now = [number for number in open_now if found[number].span.end > start]
        while following < len(found) and found[following].span.start <= start:
            open_now.append(following)
            following += 1
        if open_now := [number for number in open_now if found[number].span.end > start]:
            yield start, end, max(open_now, key=lambda number: rank[number])


def _between(text: str, start: int, end: int, short: bool, *, first: bool) -> Iterator[str]:
    left = 0 if first else AROUND
    if not short or end - start <= left + AROUND:
        yield _lines(text[start:end])
        return
    yield _lines(text[start : start + left])
    yield f'<span class="gap"> … {_many(end - start - left - AROUND, "character")} left out … </span>'
    yield _lines(text[end - AROUND : end])


def _card(finding: Finding, number: int, lines: Lines) -> Iterator[str]:
    line, column = lines.place(finding.span.start)
    reason = excuse(finding)
    look = f"{finding.severity}{' excused' if reason else ''}"
    severity = "note" if finding.severity == "info" else finding.severity
    yield f'<details id="f{number}" class="{look}" data-family="{shown(finding.code[:3])}"><summary>'
    yield f'<span class="code">{shown(finding.code)} {severity}</span> {shown(finding.message)}</summary>'
    yield '<div class="body">'
    if finding.replacements:
        yield f'<p>{HOW[finding.safety]}: <span class="cure">{shown(" | ".join(finding.replacements))}</span></p>'
    yield "<ul>" + "".join(f"<li>{shown(e.kind)}: {shown(e.detail)}</li>" for e in finding.evidence) + "</ul>"
    if reason:
        yield f"<p>{shown(reason)}</p>"
    entity = f", {finding.entity}" if finding.entity else ""
    yield (
        f'<p class="soft">{shown(finding.name)}, line {line}, column {column}, confidence '
        f"{finding.confidence:.0%}{shown(entity)}</p></div></details>"
    )


def _lines(text: str) -> str:
    """Text of a document: its line ends stay, what else steers a reader is shown as an escape."""
    shown = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c in "\n\t" else escape(c) for c in html.escape(shown))


def shown(text: str) -> str:
    """Words from outside as a page may show them: none is markup, no sign in them steers a reader."""
    return html.escape(escape(text))


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
