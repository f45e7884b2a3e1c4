"""The summary as one HTML page that needs nothing else: numbers, and bars drawn as SVG."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from normalize.report.text import escape

TOP = 15
BAR, LABEL, FORMS, HEIGHT = 330, 200, 400, 22
"""Widths of the longest bar, of the names before it and the forms behind it, and the height of a row, in pixels."""
COLOURS = ("#1b6ca8", "#d1495b", "#66a182", "#edae49", "#8d6a9f", "#5c6b73")

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2529; }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .5rem }
dl div { background: #f2f5f6; border-radius: 6px; padding: .5rem .8rem } dt { color: #5c6b73; font-size: .85rem }
dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums }
svg { display: block; max-width: 100% } svg text { font: 13px system-ui, sans-serif; fill: #1c2529 }
table { border-collapse: collapse } td, th { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }
td.n { text-align: right; font-variant-numeric: tabular-nums } .bad { color: #a3242f }
@media (prefers-color-scheme: dark) { body { background: #14191c; color: #e3e8ea } dl div { background: #222a2e }
 svg text { fill: #e3e8ea } dt { color: #9fb0b8 } .bad { color: #ff8d96 } }
"""


def page(summary: dict[str, Any], title: str) -> str:
    """The page of a summary (`normalize.batch.summary.as_json`)."""
    parts = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<title>calque: {_text(title)}</title><style>{STYLE}</style></head><body><h1>{_text(title)}</h1>",
        *_numbers(summary),
        *(f"<p class='bad'>{_text(error)}</p>" for error in summary["errors"]),
        *_section("Forms of each entity", _stacked(summary["variants"], summary["names"])),
        *_section("Rewritten", _stacked(summary["rewrites"], summary["names"])),
        *_section("Findings by family", _bars(_families(summary["findings"]))),
        *_section("Documents that read as translated, by source language", _bars(summary["origins"])),
        *_section("Entities under several forms in one text", _bars(_named(summary["mixed"], summary["names"]))),
        *_section("Readings that no table settles", _readings(summary["unresolved"])),
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _numbers(summary: dict[str, Any]) -> Iterator[str]:
    shown = {
        "rows in": summary["rows"]["in"],
        "rows out": summary["rows"]["out"],
        "unchecked": summary["rows"]["dead"],
        "documents": summary["documents"],
        "mentions": summary["mentions"],
        "rewritten": summary["edits"],
        **{f"left: {reason}": n for reason, n in summary["left"].items()},
    }
    yield "<dl>"
    for name, number in shown.items():
        yield f"<div><dt>{_text(name)}</dt><dd>{number:,}</dd></div>"
    yield "</dl>"


def _section(title: str, body: list[str]) -> list[str]:
    return [f"<h2>{_text(title)}</h2>", *body] if body else []


def _top(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:TOP]


def _families(findings: dict[str, int]) -> dict[str, int]:
    families: dict[str, int] = {}
    for code, n in findings.items():
        family = code.rstrip("0123456789")
        families[family] = families.get(family, 0) + n
    return families


def _named(counts: dict[str, int], names: dict[str, str]) -> dict[str, int]:
    return {names.get(entity, entity): n for entity, n in counts.items()}


def _bars(counts: dict[str, int]) -> list[str]:
    rows = [(name, [(name, n)]) for name, n in _top(counts)]
    return _chart(rows)


def _stacked(nested: dict[str, dict[str, int]], names: dict[str, str]) -> list[str]:
    """A bar an entity, a colour a form; the forms are named behind it."""
    ranked = sorted(nested.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:TOP]
    return _chart([(names.get(entity, entity), _top(forms)) for entity, forms in ranked])


def _chart(rows: list[tuple[str, list[tuple[str, int]]]]) -> list[str]:
    if not rows:
        return []
    longest = max(sum(n for _, n in parts) for _, parts in rows)
    lines = [f"<svg role='img' width='{LABEL + BAR + FORMS}' height='{len(rows) * HEIGHT + 4}'>"]
    for number, (name, parts) in enumerate(rows):
        y, x = number * HEIGHT, float(LABEL)
        lines.append(f"<text x='{LABEL - 8}' y='{y + 15}' text-anchor='end'>{_text(_short(name, 30))}</text>")
        for at, (form, n) in enumerate(parts):
            width = max(1.0, BAR * n / longest)
            title = f"<title>{_text(form)}: {n:,}</title>"
            colour = COLOURS[at % len(COLOURS)]
            lines.append(
                f"<rect x='{x:.1f}' y='{y + 3}' width='{width:.1f}' height='16' fill='{colour}'>{title}</rect>"
            )
            x += width
        forms = (
            ", ".join(f"{form} {n:,}" for form, n in parts)
            if [form for form, _ in parts] != [name]
            else f"{parts[0][1]:,}"
        )
        lines.append(f"<text x='{x + 6:.1f}' y='{y + 15}'>{_text(_short(forms, 56))}</text>")
    return [*lines, "</svg>"]


def _readings(unresolved: dict[str, dict[str, int]]) -> list[str]:
    if not unresolved:
        return []
    ranked = sorted(unresolved.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:TOP]
    rows = (
        f"<tr><td class='n'>{sum(messages.values()):,}</td><td>{_text(_top(messages)[0][0])}</td></tr>"
        for _, messages in ranked
    )
    return ["<table>", *rows, "</table>"]


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _text(text: str) -> str:
    return html.escape(escape(text))
