"""The strings at a path inside an Arrow column, and the column again with others in their place."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from normalize.errors import InputError, nearest

if TYPE_CHECKING:
    import pyarrow as pa


def find_path(schema: pa.Schema, column: str) -> list[str]:
    """A column's name and the fields below it; InputError if there is none or it holds no text."""
    names = [column] if column in schema.names else column.split(".")
    if names[0] not in schema.names:
        raise InputError(f'no column "{names[0]}"{nearest(names[0], schema.names) or _known(schema.names)}')
    kind = _through_lists(schema.field(names[0]).type)
    for name in names[1:]:
        fields = [field.name for field in kind] if _is_struct(kind) else []
        if name not in fields:
            raise InputError(f'column "{column}": no field "{name}"{nearest(name, fields) or _known(fields)}')
        kind = _through_lists(kind.field(name).type)
    if not is_text(kind):
        raise InputError(f'column "{column}" is {kind}, not text; name a text column with --column')
    return names


def _known(names: list[str]) -> str:
    return f"; there is {', '.join(names)}" if names else "; it has no fields"


def _through_lists(kind: Any) -> Any:
    while _is_list(kind):
        kind = kind.value_type
    return kind


def _is_list(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_list(kind) or types.is_large_list(kind))


def _is_struct(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_struct(kind))


def is_text(kind: Any) -> bool:
    """Whether a column of this type holds strings: plain, large, viewed or by dictionary; or nothing but nulls."""
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind) or types.is_null(kind)
    )


def reach(array: Any, path: list[str]) -> tuple[list[str | None], list[int]]:
    """The strings of a column below ``path``, in order, and the row that each belongs to."""
    rows = list(range(len(array)))
    while True:
        if _is_list(array.type):
            lengths = _lengths(array)
            rows = [row for row, length in zip(rows, lengths, strict=True) for _ in range(length)]
            array = array.flatten()
        elif path:
            name, *path = path
            array = array.flatten()[array.type.get_field_index(name)]
        else:
            return array.to_pylist(), rows


def put_back(array: Any, path: list[str], strings: list[str | None]) -> Any:
    """``array`` with other strings below ``path``: same type, same nulls, same lengths of lists."""
    import pyarrow as pa

    if _is_list(array.type):
        kind = pa.LargeListArray if pa.types.is_large_list(array.type) else pa.ListArray
        offsets = pa.array(accumulate(_lengths(array), initial=0), (kind is pa.ListArray and pa.int32()) or pa.int64())
        inner = put_back(array.flatten(), path, strings)
        return kind.from_arrays(offsets, inner, type=array.type, mask=array.is_null())
    if path:
        at = array.type.get_field_index(path[0])
        children = list(array.flatten())
        children[at] = put_back(children[at], path[1:], strings)
        return pa.StructArray.from_arrays(children, fields=list(array.type), mask=array.is_null())
    if pa.types.is_dictionary(array.type):
        return pa.array(strings, array.type.value_type).dictionary_encode().cast(array.type)
    return pa.array(strings, array.type)


def _lengths(array: Any) -> list[int]:
    return [length or 0 for length in array.value_lengths().to_pylist()]
