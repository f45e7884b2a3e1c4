"""CSV and TSV: where the fields of a record stand, and the record with others there, all else untouched."""

from __future__ import annotations

import re

from normalize.errors import InputError

Token = tuple[int, int, str]
"""Where a field stands in its record with its quotation marks, and what it says."""

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[,\r\n]|\Z)')
_BARE = re.compile(r"[^,\r\n]*")


def fields_of(record: str, separator: str) -> list[Token]:
    """The fields of one record. CSV follows RFC 4180; TSV has no quotation marks (IANA text/tab-separated-values).

    >>> [text for _, _, text in fields_of('1,"a ""b"", c",\\r\\n', ",")]
    ['1', 'a "b", c', '']
    """
    end = len(record.rstrip("\r\n"))
    if separator == "\t":
        return _split(record[:end])
    found: list[Token] = []
    at = 0
    while True:
        quoted = _QUOTED.match(record, at, end)
        match = quoted or _BARE.match(record, at, end)
        assert match  # an empty field matches too
        found.append((*match.span(), match[1].replace('""', '"') if quoted else match[0]))
        at = match.end()
        if at >= end:
            return found
        if record[at] != ",":
            raise InputError("a line end stands in a field without quotation marks")
        at += 1


def _split(record: str) -> list[Token]:
    found, at = [], 0
    for text in record.split("\t"):
        found.append((at, at + len(text), text))
        at += len(text) + 1
    return found


def is_whole(record: str) -> bool:
    """Whether every quotation mark that opens a field of a CSV record is closed in it.

    >>> is_whole('1,"a\\n'), is_whole('1,"a\\nb"\\n'), is_whole('1,5" disk\\n')
    (False, True, True)
    """
    body = record.rstrip("\r\n")
    at = 0
    while at < len(body):
        match = (_QUOTED if body[at] == '"' else _BARE).match(body, at)
        if not match:
            return False
        at = match.end() + 1
    return True


def in_field(text: str, token: str, separator: str) -> str:
    """``text`` as a field, with quotation marks where the old one had them or the text needs them.

    >>> in_field("a, b", "a", ","), in_field("a", '"b"', ",")
    ('"a, b"', '"a"')
    """
    if separator == "\t":
        return re.sub(r"[\t\r\n]+", " ", text)
    if token.startswith('"') or re.search(r'[,"\r\n]', text):
        return '"' + text.replace('"', '""') + '"'
    return text


def splice(record: str, edits: list[tuple[Token, str]], separator: str) -> str:
    """The record with each token's field replaced where it differs."""
    pieces, at = [], 0
    for (start, end, old), text in sorted(edits, key=lambda edit: edit[0][0]):
        if text != old:
            pieces += [record[at:start], in_field(text, record[start:end], separator)]
            at = end
    return "".join([*pieces, record[at:]])
