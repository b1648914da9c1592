"""The fields that a site adds or changes, from the option `fields`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from mkdocs_anp.core.fields import ANY, BUILT_IN, NUMBER_TYPES, Field, Show
from mkdocs_anp.core.keys import canonical_key, key_text
from mkdocs_anp.core.problems import excerpt
from mkdocs_anp.core.suggest import suggestion

TYPES: Final = (
    *("text", "markdown", "integer", "number", "boolean", "date", "url", "choice", "list"),
    *("mapping", "any"),
)
"""The types that a site may name."""
_KEYS = ("type", "label", "required", "choices", "min", "max", "unit", "of", "fields", "show")

_SHOWS = tuple(show for show in get_args(Show) if show)
_MAX_DEPTH = 5


class FieldError(Exception):
    """A declaration that cannot be used; its text names the place and says what to write."""


def site_fields(option: Mapping[Any, Any]) -> Field:
    """Return all fields of a site as one mapping: the built-in ones, changed and added to.

    Args:
        option: The value of the option `fields`: names to declarations.

    Raises:
        FieldError: Something in it is wrong.
    """
    return Field("mapping", fields=_declared(option, BUILT_IN, "fields", 0))


def field_labels(field: Field, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the labels that a site gives to fields, by path; list indexes are left out."""
    for key, inner in field.fields.items():
        below = f"{path}.{key}" if path else key
        if inner.label:
            yield below, inner.label
        yield from field_labels(inner, below)
        if inner.of is not None:
            yield from field_labels(inner.of, below)


def _declared(
    option: Mapping[Any, Any], known: Mapping[str, Field], path: str, depth: int
) -> Mapping[str, Field]:
    """Return known fields with those of an option over them, new ones behind."""
    fields, seen, errors = dict(known), dict[str, str](), list[str]()
    for raw, value in option.items():
        try:
            key = _name(raw, path, seen)
            fields[key] = _field(value, known.get(key), f"{path}.{raw}", depth)
        except FieldError as error:
            errors.append(str(error))
    if errors:
        raise FieldError("; ".join(errors))
    return fields


def _name(raw: Any, path: str, seen: dict[str, str]) -> str:
    """Return the canonical name of a field."""
    if not isinstance(raw, str):
        raise FieldError(f"{path}: the name {excerpt(raw)} is no text; put it in quotes")
    key = canonical_key(raw)
    if not key:
        raise FieldError(f"{path}: a field needs a name")
    if key in seen:
        raise FieldError(f"{path}: {seen[key]} and {raw} are the same field; merge them")
    seen[key] = raw
    return key


def _field(value: Any, before: Field | None, path: str, depth: int) -> Field:
    """Return a declared field; what it does not say stays as it was before."""
    if isinstance(value, str):
        value = {"type": value}
    if not isinstance(value, dict):
        raise FieldError(f"{path}: write a type, or a mapping of {', '.join(_KEYS)}")
    if depth > _MAX_DEPTH:
        raise FieldError(f"{path}: fields are declared at most {_MAX_DEPTH} levels deep")
    options = {key_text(key): item for key, item in value.items()}
    for key in options:
        _check_known(key, _KEYS, f"{path}.{key}", "setting of a field")
    field = _of_type(options, before, path)
    field = replace(
        field,
        required=_flag(options, "required", field.required, path),
        label=_text(options, "label", field.label, path),
        unit=_unit(options, field, path),
        show=_show(options, field.show, path),
        choices=_choices(options, field, path),
    )
    field = _bounded(options, field, path)
    return _nested(options, field, path, depth)


def _of_type(options: Mapping[str, Any], before: Field | None, path: str) -> Field:
    """Return the field to begin with: the one before, or a new one of the type."""
    kind = options.get("type")
    if kind is None and before is not None:
        return before
    if kind is None:
        guesses = {"choices": "choice", "fields": "mapping", "of": "list"}
        kind = next((guess for key, guess in guesses.items() if key in options), "text")
    if not isinstance(kind, str):
        raise FieldError(f"{path}.type: {excerpt(kind)} is no type; write one of {_types()}")
    _check_known(kind, TYPES, f"{path}.type", "type")
    if before is not None and before.type == kind:
        return before
    if kind == "mapping" and "fields" not in options and "of" not in options:
        return Field("mapping", extra=ANY)
    field: Field = Field(kind)  # type: ignore[arg-type] # checked against TYPES
    return field if before is None else replace(field, label=before.label, show=before.show)


def _types() -> str:
    return ", ".join(TYPES)


def _check_known(word: str, known: tuple[str, ...], path: str, what: str) -> None:
    if word in known:
        return
    meant = suggestion(word, known)
    hint = f"write {meant}" if meant else f"known are {', '.join(known)}"
    raise FieldError(f"{path}: there is no {what} {excerpt(word)}; {hint}")


def _flag(options: Mapping[str, Any], key: str, default: bool, path: str) -> bool:
    value = options.get(key, default)
    if not isinstance(value, bool):
        raise FieldError(f"{path}.{key}: {excerpt(value)} is neither true nor false")
    return value


def _text(options: Mapping[str, Any], key: str, default: str, path: str) -> str:
    value = options.get(key, default)
    if not isinstance(value, str):
        raise FieldError(f"{path}.{key}: {excerpt(value)} is no text; put it in quotes")
    return value.strip()


def _unit(options: Mapping[str, Any], field: Field, path: str) -> str:
    if "unit" in options and field.type not in ("integer", "number"):
        raise FieldError(f"{path}.unit: only a number has a unit, and this is of type {field.type}")
    return _text(options, "unit", field.unit, path)


def _show(options: Mapping[str, Any], default: Show, path: str) -> Show:
    value = options.get("show", default)
    if value not in _SHOWS and value != default:
        raise FieldError(f"{path}.show: {excerpt(value)} is not one of {', '.join(_SHOWS)}")
    show: Show = value
    return show


def _choices(options: Mapping[str, Any], field: Field, path: str) -> tuple[str, ...]:
    if "choices" not in options:
        if field.type == "choice" and not field.choices:
            raise FieldError(f"{path}.choices: a choice needs them; write a list of words")
        return field.choices
    if field.type != "choice":
        raise FieldError(f"{path}.choices: they need the type choice, and this is {field.type}")
    value = options["choices"]
    if not isinstance(value, list) or not value:
        what = "an empty list" if value == [] else excerpt(value)
        raise FieldError(f"{path}.choices: {what} is not a list of words")
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise FieldError(f"{path}.choices: {excerpt(item)} is no word; put it in quotes")
    names = [canonical_key(item) for item in value]
    if len(set(names)) < len(names):
        raise FieldError(f"{path}.choices: a word stands there twice")
    return tuple(value)


def _bounded(options: Mapping[str, Any], field: Field, path: str) -> Field:
    bounds = {key: options[key] for key in ("min", "max") if key in options}
    for key, value in bounds.items():
        if field.type not in NUMBER_TYPES:
            raise FieldError(f"{path}.{key}: only numbers have it, and this is {field.type}")
        if type(value) not in (int, float) or not abs(value) < 10**18:
            raise FieldError(f"{path}.{key}: {excerpt(value)} is no number")
    field = replace(field, **bounds)
    if field.min is not None and field.max is not None and field.min > field.max:
        raise FieldError(f"{path}: min {field.min:g} is above max {field.max:g}")
    return field


def _nested(options: Mapping[str, Any], field: Field, path: str, depth: int) -> Field:
    """Return a list with the type of its items, or a mapping with its fields."""
    if "of" in options:
        if field.type not in ("list", "mapping"):
            raise FieldError(f"{path}.of: only a list or mapping has it, and this is {field.type}")
        inner = _field(options["of"], field.of or field.extra, f"{path}.of", depth + 1)
        field = replace(field, of=inner) if field.type == "list" else replace(field, extra=inner)
    if "fields" in options:
        if field.type not in ("mapping", "checklist") or not isinstance(options["fields"], dict):
            raise FieldError(
                f"{path}.fields: write a mapping of names, for a field of type mapping"
            )
        inner_fields = _declared(options["fields"], field.fields, f"{path}.fields", depth + 1)
        field = replace(field, fields=inner_fields)
    return field
