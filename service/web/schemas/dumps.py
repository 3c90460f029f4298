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

_PLAIN: dict[type[fields.Field[Any]], Writer] = {fields.String: str, fields.Integer: int, fields.Float: float}


def make_writer(schema: Schema) -> Writer:
    """What writes one record of *schema*, a dataclass, or a ``dict`` that may lack some: its fields in order."""
    names = tuple(schema.dump_fields)
    writers = [(name, _make_field_writer(field, name)) for name, field in schema.dump_fields.items()]

    def write(record: Any) -> dict[str, Any]:
        held = record if isinstance(record, dict) else {name: getattr(record, name) for name in names}
        return {
            name: None if held[name] is None else write_field(held[name])
            for name, write_field in writers
            if name in held
        }

    return write


def _make_field_writer(field: fields.Field[Any], name: str) -> Writer:
    """What writes a value of *field* that is there; only fields of marshmallow's own are known to need nothing else."""
    if isinstance(field, fields.Nested):
        return make_writer(field.schema)
    if isinstance(field, fields.List):
        write = _make_field_writer(field.inner, name)
        return lambda values: [write(value) for value in values]
    if isinstance(field, fields.Enum) and field.by_value:
        return attrgetter("value")
    return _PLAIN.get(type(field)) or (lambda value: field._serialize(value, name, None))
