"""The meta box and the glance line: which values of a post are shown, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from mkdocs_anp.core.fields import ANY, Field, FieldValue, field_at
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.text import escape
from mkdocs_anp.core.values import ResolveLink, Values
from mkdocs_anp.core.wording import Wording

GROUPS: Mapping[str, tuple[str, ...]] = {
    "about": (
        "topic",
        "summary",
        "ai_brief",
        "difficulty",
        "reading_time",
        "code_language",
        "stack",
        "tools",
        "entities",
    ),
    "review": ("revision", "score", "flags"),
    "record": ("reference", "hash", "view_count"),
    "more": ("ai_outline", "checklist", "notes", "image_sources", "payload"),
}
"""The groups of the meta box, each with its fields in order; any other field ends in `other`."""

FOLDED = frozenset(GROUPS["more"])
"""Bulky fields, closed until the reader opens them."""

GLANCE = (
    "revision.status",
    "revision.version",
    "revision.last_reviewed",
    "difficulty",
    "reading_time",
    "topic",
)
"""What a reader wants to know before reading: the items of the glance line, at most six."""

_GROUPED = frozenset(key for keys in GROUPS.values() for key in keys)
_OPEN_ENTRIES = 8  # of a field that no group names


class Row(NamedTuple):
    """A labelled value. All texts in it are HTML: escaped, and safe to print.

    Named tuples, here and below: a template takes them apart at a fifth of the price that
    it pays for attributes, and a page has 26 of them.

    Attributes:
        field: Its path, for `data-anp-field`.
        label: Its label.
        value: Its value.
        is_text: Whether the value is a text of the author's, in whatever direction.
        entries: The number of entries of a value that is closed until the reader opens it; 0
            for a value that is open.
    """

    field: str
    label: str
    value: str
    is_text: bool
    entries: int = 0


class Group(NamedTuple):
    """Rows under one heading, all of it HTML."""

    key: str
    label: str
    rows: list[Row]


class MetaBox(NamedTuple):
    """All that the meta box of one post shows, all of it HTML."""

    title: str
    groups: list[Group]


class MetaBoxBuilder:
    """Makes the meta boxes and glance lines of a site in one language."""

    def __init__(self, wording: Wording, top: Field) -> None:
        """Take the words of the language and the declared fields, as one mapping."""
        self._wording = wording
        self._fields = top.fields
        self._values = Values(wording)
        self._glance_fields = {path: field_at(top, path) for path in GLANCE}

        @lru_cache(maxsize=1024)
        def heading(path: str, key: str) -> tuple[str, str]:
            return escape(path), escape(wording.label(path, key))

        self._heading = heading

    def meta_box(self, post: Post, resolve: ResolveLink) -> MetaBox | None:
        """Return the meta box of a post, or None where there is nothing to show."""
        groups = list(self._groups(post.fields, resolve))
        if not groups:
            return None
        title = post.meta_box.title or self._wording.labels["meta_box.title"]
        return MetaBox(escape(title), groups)

    def glance(self, post: Post, resolve: ResolveLink) -> list[Row]:
        """Return the items of the glance line."""
        rows = []
        for path, field in self._glance_fields.items():
            key, _, inner = path.partition(".")
            value = post.fields.get(key)
            if inner:
                value = value.get(inner) if type(value) is dict else None
            if value is not None and not isinstance(value, (dict, list)):
                html = self._values.html(field, value, path, resolve)
                rows.append(Row(*self._heading(path, inner or key), html, type(value) is str))
        return rows

    def _groups(self, fields: Mapping[str, FieldValue], resolve: ResolveLink) -> Iterator[Group]:
        other = [key for key in fields if key not in _GROUPED]
        for name, keys in (*GROUPS.items(), ("other", other)):
            rows = [self._row(key, fields[key], resolve) for key in keys if key in fields]
            if rows:
                yield Group(name, self._heading(f"group.{name}", name)[1], rows)

    def _row(self, key: str, value: FieldValue, resolve: ResolveLink) -> Row:
        field = self._fields.get(key, ANY)
        path, label = self._heading(key, key)
        if isinstance(value, (dict, list)) and (
            key in FOLDED or (key not in _GROUPED and len(value) > _OPEN_ENTRIES)
        ):
            html = self._values.contents(field, value, key, resolve)
            return Row(path, label, html, is_text=False, entries=len(value))
        html = self._values.html(field, value, key, resolve)
        return Row(path, label, html, type(value) is str)
