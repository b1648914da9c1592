"""What belongs into a field: in words, and as a test of a value's kind."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from mkdocs_anp.core.fields import NUMBER_TYPES, Field, FieldType
from mkdocs_anp.core.keys import canonical_key

A_DAY = "a day of the calendar, such as 2018-06-23"
_EXPECTED: Mapping[FieldType, str] = {
    "integer": "a whole number",
    "minutes": "a whole number of minutes",
    "number": "a number",
    "boolean": "true or false",
    "date": A_DAY,
    "url": "an address",
    "list": "a list, such as [one, two]",
    "mapping": "a mapping, such as {key: value}",
    "checklist": "a list, such as [one, two]",
    "any": "anything",
}
_SHOWN_KEYS = 2


def expected(field: Field) -> str:
    """Return words for what belongs into a field: `a whole number from 0 to 100`."""
    words = _EXPECTED.get(field.type, "a text")
    if field.choices:
        return f"one of: {', '.join(field.choices)}"
    if field.type == "mapping" and field.fields:
        keys = ", ".join(f"{key}: …" for key in islice(field.fields, _SHOWN_KEYS))
        return f"a mapping, such as {{{keys}}}"
    if field.type in NUMBER_TYPES:
        if field.min is not None and field.max is not None:
            return f"{words} from {field.min:g} to {field.max:g}"
        if field.min is not None:
            return f"{words}, at least {field.min:g}"
        if field.max is not None:
            return f"{words}, at most {field.max:g}"
    return words


def could_be(field: Field, value: Any) -> bool:
    """Return whether a value is of the kind that a field holds."""
    if isinstance(value, dict):
        return field.type in ("mapping", "checklist", "any")
    if isinstance(value, list):
        return field.type in ("list", "checklist", "any")
    if field.type == "choice":
        return isinstance(value, str) and canonical_key(value) in map(canonical_key, field.choices)
    if field.type in NUMBER_TYPES:
        return type(value) in (int, float)
    if field.type == "boolean":
        return isinstance(value, (bool, int))
    return field.type not in ("mapping", "checklist")
