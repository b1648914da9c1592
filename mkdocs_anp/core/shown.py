"""Where fields are shown: the items of the glance line, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mkdocs_anp.core.fields import ANY, Field, FieldValue, entry_field
from mkdocs_anp.core.keys import canonical_key, key_text

GLANCE = (
    "revision.status",
    "revision.version",
    "revision.last_reviewed",
    "difficulty",
    "reading_time",
    "topic",
)
"""What a reader wants to know before reading: the items of the glance line, unless a site says
otherwise."""


class GlanceItem(NamedTuple):
    """A field that has a place in the glance line.

    Attributes:
        path: Its path, for `data-anp-glance`.
        keys: The same, as keys that lead from the top to it.
        field: Its declaration.
        is_chosen: Whether the site says that it is to stand there.
    """

    path: str
    keys: tuple[str, ...]
    field: Field
    is_chosen: bool


def glance_items(top: Field) -> tuple[GlanceItem, ...]:
    """Return the glance line of a site: ours that it leaves there, then further ones it declares.

    Args:
        top: The declared fields of the site, as one mapping.
    """
    chosen = {path: (keys, field) for path, keys, field in _chosen(top, ())}
    ours = items_at(top, GLANCE)
    further = [
        GlanceItem(path, keys, field, True)
        for path, (keys, field) in chosen.items()
        if path not in GLANCE
    ]
    return (*ours, *further)


def items_at(top: Field, paths: Iterable[str]) -> tuple[GlanceItem, ...]:
    """Return the fields at these paths, without those that a site shows in the box only.

    What a site says of a mapping counts for its entries too, if it says nothing of them.
    """
    items = []
    for path in paths:
        keys = tuple(path.split("."))
        field, shows = top, [""]
        for key in keys:
            field = entry_field(field, key) or ANY
            shows.append(field.show)
        nearest = next((show for show in reversed(shows) if show), "")
        if "hidden" not in shows and nearest != "details":
            items.append(GlanceItem(path, keys, field, field.show == "glance"))
    return tuple(items)


def _chosen(field: Field, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], Field]]:
    """Yield all fields that a site puts into the glance line, in the order of declaration."""
    for key, inner in field.fields.items():
        keys = (*above, key)
        if inner.show == "hidden":
            continue
        if inner.show == "glance":
            yield ".".join(keys), keys, inner
        yield from _chosen(inner, keys)


def hides_inside(field: Field) -> bool:
    """Return whether some part of a field's value is hidden."""
    inside = (*field.fields.values(), field.of, field.extra)
    return any(
        inner is not None and (inner.show == "hidden" or hides_inside(inner)) for inner in inside
    )


def visible(field: Field, value: FieldValue) -> FieldValue:
    """Return a value without what is hidden in it, or None where nothing is left."""
    if type(value) is list and field.of is not None:
        if field.of.show == "hidden":
            return None
        items = (visible(field.of, item) for item in value)
        return [item for item in items if item is not None] or None
    if type(value) is dict:
        return dict(_visible_entries(field, value)) or None
    stands_for = field.fields.get(field.short) if type(value) is str and field.short else None
    return None if stands_for is not None and stands_for.show == "hidden" else value


def _visible_entries(
    field: Field, value: Mapping[Any, FieldValue]
) -> Iterator[tuple[Any, FieldValue]]:
    for raw, item in value.items():
        known = entry_field(field, canonical_key(key_text(raw)))
        if known is None:  # of this nothing is declared
            yield raw, item
        elif known.show != "hidden" and (shown := visible(known, item)) is not None:
            yield raw, shown
