"""Records as plain JSON data, by writers that are made of a schema once.

``Schema.dump`` works out anew for every record how each field is found and written, which takes longer than all else
about an answer. What comes out here is the same, for schemas without hooks and defaults.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from marshmallow import Schema, fields

Writer = Callable[[Any], Any]

_AS_THEY_ARE = (fields.String, fields.Integer)  # whose values are of the type that JSON has, as the records declare


def make_writer(schema: Schema) -> Writer:
    """What writes one record of *schema*, a dataclass, or a ``dict`` that may lack some: its fields in order."""
    names = tuple(schema.dump_fields)
    read = attrgetter(*names) if len(names) > 1 else lambda record: [getattr(record, name) for name in names]
    every = [(name, _make_field_writer(field, name)) for name, field in schema.dump_fields.items()]
    writers = [(name, write) for name, write in every if write is not None]

    def write(record: Any) -> dict[str, Any]:
        if isinstance(record, dict):
            told = {name: record[name] for name in names if name in record}
        else:
            told = dict(zip(names, read(record), strict=True))
        for name, write_field in writers:
            if (value := told.get(name)) is not None:
                told[name] = write_field(value)
        return told

    return write


def _make_field_writer(field: fields.Field[Any], name: str) -> Writer | None:
    """What writes a value of *field* that is there, nothing where it is written as it is.

    Only fields of marshmallow's own are known to need nothing else.
    """
    if type(field) in _AS_THEY_ARE:
        return None
    if type(field) is fields.Float:
        return float
    if isinstance(field, fields.Nested):
        return make_writer(field.schema)
    if isinstance(field, fields.List):
        write = _make_field_writer(field.inner, name) or _leave
        return lambda values: [write(value) for value in values]
    if isinstance(field, fields.Enum) and field.by_value:
        return attrgetter("value")
    return lambda value: field._serialize(value, name, None)


def _leave(value: Any) -> Any:
    return value
