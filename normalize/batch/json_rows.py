"""JSON lines: where the strings of a column stand in a line, and the line with others there, all else untouched."""

from __future__ import annotations

import json
import re
from typing import Any

from normalize.batch.job import mentions_column
from normalize.errors import InputError

Token = tuple[int, int, str]
"""Where a string stands in its line with its quotation marks, and what it says."""

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


def find_strings(line: str, columns: tuple[str, ...]) -> list[list[Token]]:
    """The strings of each column of a line that holds one object; InputError if it does not, or has others there."""
    try:
        at = _space(line, 1 if line.startswith("\ufeff") else 0)
        if line[at : at + 1] != "{":
            raise InputError("not a JSON object")
        members, end = _members(line, at)
        if _space(line, end) != len(line):
            raise InputError(f"something stands behind the JSON object (column {end + 1})")
    except (ValueError, IndexError, RecursionError):
        raise InputError("not valid JSON") from None
    found = []
    for column in columns:
        path = [column] if column in members else column.split(".")
        found.append(_strings(line, members, path, column))
    return found


def _strings(line: str, members: dict[str, int], path: list[str], column: str) -> list[Token]:
    """The strings below ``path``; a member that is missing or null has none."""
    return _value(line, members[path[0]], path[1:], column) if path[0] in members else []


def _value(line: str, at: int, path: list[str], column: str) -> list[Token]:
    sign = line[at]
    if sign == "[":
        return [token for item in _items(line, at) for token in _value(line, item, path, column)]
    if sign == "{" and path:
        return _strings(line, _members(line, at)[0], path, column)
    if sign == '"' and not path:
        text, end = _DECODER.raw_decode(line, at)
        return [(at, end, text)]
    if line.startswith("null", at):
        return []
    kind = {"{": "an object", '"': "a string", "t": "true", "f": "false"}.get(sign, "a number")
    raise InputError(f'"{column}" is {kind}, not text' if not path else f'"{column}": no object holds "{path[0]}"')


def _members(line: str, at: int) -> tuple[dict[str, int], int]:
    """Where the value of each member of the object at ``at`` begins, the last of equal names, and the object's end."""
    members: dict[str, int] = {}
    at = _space(line, at + 1)
    if line[at] == "}":
        return members, at + 1
    while True:
        if line[at] != '"':
            raise ValueError
        name, at = _DECODER.raw_decode(line, at)
        at = _space(line, at)
        if line[at] != ":":
            raise ValueError
        members[name] = at = _space(line, at + 1)
        _, at = _DECODER.raw_decode(line, at)
        at = _space(line, at)
        if line[at] == "}":
            return members, at + 1
        if line[at] != ",":
            raise ValueError
        at = _space(line, at + 1)


def _items(line: str, at: int) -> list[int]:
    """Where the items of the list at ``at`` begin."""
    items = []
    at = _space(line, at + 1)
    while line[at] != "]":
        items.append(at)
        _, at = _DECODER.raw_decode(line, at)
        at = _space(line, at)
        at = _space(line, at + 1) if line[at] == "," else at
    return items


def _space(line: str, at: int) -> int:
    return _SPACE.match(line, at).end()  # type: ignore[union-attr]


def splice(line: str, tokens: list[list[Token]], new: list[list[str]]) -> str:
    """The line with each token's string replaced where it differs.

    >>> line = '{"n": 1.0, "text": "Vuong Nghi"}'
    >>> splice(line, find_strings(line, ("text",)), [["Wang Yi"]])
    '{"n": 1.0, "text": "Wang Yi"}'
    """
    pairs = [pair for row, texts in zip(tokens, new, strict=True) for pair in zip(row, texts, strict=True)]
    pieces, at = [], 0
    for (start, end, old), text in sorted(pairs, key=lambda pair: pair[0][0]):
        if text != old:
            pieces += [line[at:start], json.dumps(text, ensure_ascii=_escapes(line[start:end]))]
            at = end
    return "".join([*pieces, line[at:]]) if pieces else line


def _escapes(token: str) -> bool:
    return token.isascii() and "\\u" in token


def append(line: str, columns: tuple[str, ...], mentions: list[list[dict[str, Any]]]) -> str:
    """The line with a member of mentions for each column behind its own members."""
    at = line.rindex("}")
    before = "" if line[:at].rstrip().endswith("{") else ", "
    members = (
        f"{json.dumps(mentions_column(column), ensure_ascii=False)}: {json.dumps(found, ensure_ascii=False)}"
        for column, found in zip(columns, mentions, strict=True)
    )
    return f"{line[:at]}{before}{', '.join(members)}{line[at:]}"
