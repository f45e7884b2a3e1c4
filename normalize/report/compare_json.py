"""What `calque compare` found, for a program: the contract of docs/json.md with what each rewrite was held against."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from normalize.compare.records import Compared, Estimated, Score
from normalize.report.json import VERSION, finding_record
from normalize.text.lines import Lines


def render(
    compared: Iterable[Compared], errors: Iterable[tuple[str, str]], signature: str, scores: Iterable[Score] = ()
) -> str:
    """One JSON object; ``documents`` are the rewrites, ``scores`` those of all together, if there are any."""
    whole = {
        "version": VERSION,
        "signature": signature,
        "errors": [{"path": path, "message": message} for path, message in errors],
        "documents": [_document(one) for one in compared],
        **({"scores": together} if (together := [asdict(score) for score in scores]) else {}),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _document(one: Compared) -> dict[str, Any]:
    document = one.rewrite.document
    lines = Lines(document.text)
    return {
        "path": document.path,
        "language": document.language,
        "origin": [],
        "compared": [
            {
                "path": aligned.other.document.path,
                "role": aligned.other.role,
                "language": aligned.other.document.language,
                "same_story": aligned.same_story,
                "linked": aligned.linked,
                "added": len(aligned.added),
                "omitted": len(aligned.omitted),
            }
            for aligned in one.aligned
        ],
        "notes": list(one.notes),
        "scores": [asdict(score) for score in one.scores],
        **({"estimates": [_estimate(estimated) for estimated in one.estimates]} if one.estimates else {}),
        "findings": [finding_record(finding, lines) for finding in one.findings],
    }


def _estimate(estimated: Estimated) -> dict[str, Any]:
    """What a model says, with its score of every sentence that it judged."""
    sentences = [
        {"start": one.span.start, "end": one.span.end, "score": one.score, "cut": one.cut}
        for one in estimated.sentences
    ]
    return {
        "score": estimated.score,
        "low": estimated.low,
        "high": estimated.high,
        "lower_is_better": estimated.lower_is_better,
        "signature": estimated.signature,
        "sentences": sentences,
    }
