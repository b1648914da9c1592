"""The common case of reading: values that need nothing at all.

Nearly every value of nearly every post is right as YAML built it. This says so without
building anything; what it declines goes to `reading`, which repairs, reports and limits.
Being the first thing that happens to each of a post's 70 values, it is written for speed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from mkdocs_anp.core.fields import Field, FieldType
from mkdocs_anp.core.keys import canonical_key
from mkdocs_anp.core.links import is_safe_url
from mkdocs_anp.core.words import is_duration, is_hexadecimal, is_language

LONG = 500
"""Texts above this many characters count against a page's limit: not decided here."""
_MANY = 100
_MAPPINGS = {dict}
MAX_INTEGER = 10**18
"""Whole numbers are below this, either way; beyond it they are text."""

_Check: TypeAlias = Callable[[Field, Any], bool]


def fits(field: Field, value: Any) -> bool:
    """Return whether a value is just what its field declares, with nothing to change or report.

    False says only that a closer look is needed. The work is bounded, aliases included:
    no container of free values is accepted, and none with more than 100 entries.
    """
    return _CHECKS[field.type](field, value)


def _text(field: Field, value: Any) -> bool:
    return (
        type(value) is str
        and value.isprintable()
        and 0 < len(value) <= LONG
        and value.strip() == value
    )


def _hexadecimal(field: Field, value: Any) -> bool:
    return _text(field, value) and is_hexadecimal(value)


def _language(field: Field, value: Any) -> bool:
    return _text(field, value) and is_language(value)


def _duration(field: Field, value: Any) -> bool:
    return _text(field, value) and is_duration(value)


def unfit_keys(field: Field, value: Any) -> list[str] | None:
    """Return the keys of a mapping whose values need a closer look; None where all of it does."""
    if type(value) is not dict or not 0 < len(value) <= _MANY:
        return None
    checks = _entry_checks(field, tuple(value))
    if checks is None:
        return None
    return [
        key
        for (check, known), (key, item) in zip(checks, value.items(), strict=True)
        if not check(known, item)
    ]


def _mapping(field: Field, value: Any) -> bool:
    if type(value) is not dict or not 0 < len(value) <= _MANY:
        return False
    checks = _entry_checks(field, tuple(value))
    if checks is None:
        return False
    for (check, known), item in zip(checks, value.values(), strict=True):
        if not check(known, item):
            return False
    return True


@lru_cache(maxsize=1024)
def _entry_checks(field: Field, keys: tuple[Any, ...]) -> tuple[tuple[_Check, Field], ...] | None:
    """Return what to check the entries of a mapping by, None if a key is odd or missing."""
    if not set(field.required_keys) <= set(keys):
        return None
    checks = []
    for key in keys:
        if type(key) is not str or canonical_key(key) != key:
            return None
        known = field.fields.get(key) or field.extra
        if known is None:
            return None
        checks.append((_CHECKS[known.type], known))
    return tuple(checks)


def _list(field: Field, value: Any) -> bool:
    of = field.of
    if type(value) is not list or of is None or not 0 < len(value) <= _MANY:
        return False
    if of.type == "mapping" and set(map(type, value)) == _MAPPINGS:
        return _are_mappings(of, value)
    check = _CHECKS[of.type]
    for item in value:
        if type(item) is str and " -" in item:
            return False  # perhaps a line that should be an item
        if type(item) is str and of.short:
            if not _text(of, item):
                return False
        elif not check(of, item):
            return False
    return True


def _are_mappings(of: Field, items: list[dict[Any, Any]]) -> bool:
    """Return whether mappings all fit; those of a list have the same keys nearly always."""
    keys: tuple[Any, ...] = ()
    checks = None
    for item in items:
        own_keys = tuple(item)
        if checks is None or own_keys != keys:
            keys = own_keys
            checks = _entry_checks(of, keys) if 0 < len(keys) <= _MANY else None
            if checks is None:
                return False
        for (check, known), inner in zip(checks, item.values()):  # noqa: B905 (as many)
            if not check(known, inner):
                return False
    return True


def _checklist(field: Field, value: Any) -> bool:
    return _list(field, value) if type(value) is list else _mapping(field, value)


def _number(field: Field, value: Any) -> bool:
    if type(value) is not int and (type(value) is not float or field.type != "number"):
        return False
    low = 1 - MAX_INTEGER if field.min is None else field.min
    high = MAX_INTEGER - 1 if field.max is None else field.max
    return bool(low <= value <= high)  # false for NaN


def _boolean(field: Field, value: Any) -> bool:
    return type(value) is bool


def _date(field: Field, value: Any) -> bool:
    return type(value) is date


def _choice(field: Field, value: Any) -> bool:
    return type(value) is str and value in field.choices


def _url(field: Field, value: Any) -> bool:
    # Whether a source file exists that it names is for others to tell.
    return _text(field, value) and is_safe_url(value) and ".md" not in value


def _any(field: Field, value: Any) -> bool:
    kind = type(value)
    return _text(field, value) if kind is str else kind is bool or kind is date


_CHECKS: Mapping[FieldType, _Check] = {
    "text": _text,
    "markdown": _text,
    "code": _text,
    "hexadecimal": _hexadecimal,
    "language": _language,
    "duration": _duration,
    "integer": _number,
    "minutes": _number,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "url": _url,
    "choice": _choice,
    "list": _list,
    "mapping": _mapping,
    "checklist": _checklist,
    "any": _any,
}
