"""A page that shows a rewrite beside what it was held against: linked sentences in a row, differences marked.

One file without script or outside resource; boxes filter by code. Everything from the texts is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalize.compare.align import is_across
from normalize.compare.matching import match_words
from normalize.compare.records import Aligned, Compared, Sentence, Side, Word
from normalize.compare.speech import speech
from normalize.model import SEVERITIES, Finding, Span
from normalize.report.html import shown

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
td,th{border:1px solid #ccc;padding:.5rem;vertical-align:top;text-align:left;overflow-wrap:anywhere}
td.none{background:#f3f3f3;color:#666}
mark{padding:0 .1em;border-radius:.15em}
mark.info{background:#dbe9ff}mark.warning{background:#ffe39a}mark.error{background:#ffc2c2}
small{display:block;color:#444;margin-top:.3rem}
fieldset{border:1px solid #ccc;margin:1rem 0}label{margin-right:1rem;white-space:nowrap}
footer{margin-top:2rem;color:#666;font-size:.8rem;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}td.none{background:#222;color:#aaa}small{color:#bbb}
mark.info{background:#234;color:#eee}mark.warning{background:#640;color:#eee}mark.error{background:#722;color:#eee}}
"""


def render(compared: Iterable[Compared], signature: str) -> str:
    """The whole page."""
    every = list(compared)
    codes = sorted({(finding.code, finding.name) for one in every for finding in one.findings})
    return "".join(
        (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>calque compare</title><style>{STYLE}{_hiding(codes)}</style></head><body>\n",
            "<h1>calque compare</h1>\n",
            _boxes(codes, every),
            *(part for one in every for part in _document(one)),
            f"<footer>{shown(signature)}</footer></body></html>\n",
        )
    )


def _hiding(codes: list[tuple[str, str]]) -> str:
    """What an unticked box does to its code's marks and notes."""
    return "".join(
        f"body:has(#show-{code}:not(:checked)) mark.{code}{{background:none;color:inherit}}"
        f"body:has(#show-{code}:not(:checked)) small.{code}{{display:none}}"
        for code, _ in codes
    )


def _boxes(codes: list[tuple[str, str]], compared: list[Compared]) -> str:
    loud = {f.code for one in compared for f in one.findings if f.severity != "info"}
    boxes = "".join(
        f'<label><input type="checkbox" id="show-{code}"{" checked" if code in loud else ""}>'
        f" {code} {shown(name)}</label> "
        for code, name in codes
    )
    return f"<fieldset><legend>Show</legend>{boxes}</fieldset>\n" if codes else "<p>Nothing was found.</p>\n"


def _document(one: Compared) -> Iterator[str]:
    yield f"<h2>{shown(one.rewrite.document.path)}</h2>\n"
    for note in one.notes:
        yield f"<p>{shown(note)}</p>\n"
    for score in one.scores:
        yield f"<p>{score.metric} {score.value:.2f} ({score.low:.2f} to {score.high:.2f})</p>\n"
    for estimated in one.estimates:
        yield f"<p>model {estimated.score:.4f} ({shown(estimated.signature)})</p>\n"
    for aligned in one.aligned:
        yield "<table><thead><tr><th>Rewrite</th>"
        yield f"<th>{aligned.other.role.capitalize()}: {shown(aligned.other.document.path)}</th></tr></thead><tbody>\n"
        yield from _rows(one, aligned)
        yield "</tbody></table>\n"


def _rows(one: Compared, aligned: Aligned) -> Iterator[str]:
    """The rewrite's sentences in order with what is linked to each; then what was left out."""
    theirs = aligned.answers
    small = speech(one.rewrite.document.language).function_words
    across = is_across(one.rewrite, aligned.other)
    for sentence in one.rewrite.sentences:
        here = [f for f in one.findings if sentence.span.start <= f.span.start < sentence.span.end]
        numbers = theirs.get(sentence.number, ())
        there = [aligned.other.sentences[j] for j in numbers]
        words = [word for other in there for word in other.words]
        unanswered = () if across else match_words(sentence.words, words, small).unmatched_right()
        differs = {words[j] for j in unanswered if words[j].written not in small}
        quoted = [e.span for f in here for e in f.evidence if e.span and e.path == aligned.other.document.path]
        beside = _linked(aligned.other, there, differs, quoted)
        notes = "".join(
            f'<small class="{f.code}"><b>{f.code}</b> {shown(f.message)}</small>' for f in here if f.severity != "info"
        )
        yield f"<tr><td>{_marked(one.rewrite, sentence.span, here)}{notes}</td>{beside}</tr>\n"
    for number in aligned.omitted:
        left_out = shown(aligned.other.slice(aligned.other.sentences[number].span))
        yield f'<tr><td class="none">left out</td><td>{left_out}</td></tr>\n'


def _linked(other: Side, sentences: list[Sentence], differs: set[Word], quoted: list[Span]) -> str:
    """The other side's sentences: words that nothing here answers are marked, what proves something is bold."""
    if not sentences:
        return '<td class="none">added</td>'
    parts = []
    for sentence in sentences:
        out, at = [], sentence.span.start
        for word in sentence.words:
            if word in differs:
                out += [shown(other.slice(Span(at, word.start))), _differing(other.slice(word.span))]
                at = word.end
        text = "".join(out) + shown(other.slice(Span(at, sentence.span.end)))
        parts.append(f"<b>{text}</b>" if sentence.span in quoted and len(sentences) > 1 else text)
    return f"<td>{' '.join(parts)}</td>"


def _differing(word: str) -> str:
    return f'<mark class="info WRD101">{shown(word)}</mark>'


def _marked(side: Side, span: Span, findings: list[Finding]) -> str:
    """A sentence with its findings marked; where two overlap, the graver one, then the first, is."""
    ranked = sorted(findings, key=lambda f: (-SEVERITIES.index(f.severity), f.span))
    kept: list[Finding] = []
    for finding in ranked:
        if finding.span.end <= span.end and not any(finding.span.overlaps(other.span) for other in kept):
            kept.append(finding)
    out, at = [], span.start
    for finding in sorted(kept, key=lambda f: f.span):
        out.append(shown(side.slice(Span(at, finding.span.start))))
        words = shown(side.slice(finding.span))
        out.append(f'<mark class="{finding.severity} {finding.code}" title="{shown(finding.message)}">{words}</mark>')
        at = finding.span.end
    return "".join(out) + shown(side.slice(Span(at, span.end)))
