"""The meta box and the glance line: which values of a post are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from mkdocs_anp.core.fields import ANY, Field, FieldValue, field_at
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.text import clean, escape, shortened
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

VALUE, ENTRIES = "\x02anp:value\x03", "\x02anp:entries\x03"
"""Marks that a template prints in place of a value, and of the number of its entries. No value
can hold them: control characters are replaced when values are read."""

_GROUPED = frozenset(key for keys in GROUPS.values() for key in keys)
_OPEN_ENTRIES = 8  # of a field that no group names
_MAX_GLANCE = 100  # characters of an item of the glance line


class Row(NamedTuple):
    """What the template of a row shows. All texts in it are HTML: escaped, and safe to print.

    Attributes:
        part: The part of the page that it belongs to.
        field: Its path, for `data-anp-field`.
        label: Its label.
        is_text: Whether the value is a text of the author's, in whatever direction.
        is_folded: Whether the value is closed until the reader opens it.
    """

    part: Literal["meta_box", "glance"]
    field: str
    label: str
    is_text: bool
    is_folded: bool = False


RenderRow: TypeAlias = Callable[[Row], str]
"""Returns the HTML of a row, with VALUE where its value, and ENTRIES where their number is."""


class Group(NamedTuple):
    """Rows under one heading, all of it HTML."""

    key: str
    label: str
    rows: str


class MetaBox(NamedTuple):
    """All that the meta box of one post shows, all of it HTML."""

    title: str
    groups: list[Group]


class MetaBoxBuilder:
    """Makes the meta boxes and glance lines of a site in one language."""

    def __init__(self, wording: Wording, top: Field, render_row: RenderRow) -> None:
        """Take the words of the language, the declared fields, and what renders a row.

        A post has 26 rows, so the template of a row is rendered once for all posts that have
        it, and each post's value put into the result.
        """
        self._wording = wording
        self._fields = top.fields
        self._values = Values(wording)
        self._glance_fields = {path: field_at(top, path) for path in GLANCE}

        @lru_cache(maxsize=1024)
        def row(
            part: Literal["meta_box", "glance"], path: str, key: str, is_text: bool, is_folded: bool
        ) -> list[str]:
            label = escape(wording.label(path, key))
            return render_row(Row(part, escape(path), label, is_text, is_folded)).split(VALUE)

        self._around = row
        self._headings = {
            name: escape(wording.label(f"group.{name}", name)) for name in (*GROUPS, "other")
        }

    def meta_box(self, post: Post, resolve: ResolveLink) -> MetaBox | None:
        """Return the meta box of a post, or None where there is nothing to show."""
        groups = list(self._groups(post.fields, resolve))
        if not groups:
            return None
        title = post.meta_box.title or self._wording.labels["meta_box.title"]
        return MetaBox(escape(clean(title)), groups)

    def day(self, value: date) -> str:
        """Return the HTML of a date."""
        return self._values.day(value)

    def glance(self, post: Post, resolve: ResolveLink, paths: tuple[str, ...] = GLANCE) -> str:
        """Return the HTML of the items of the glance line, all or some of them, or ""."""
        items = []
        for path in paths:
            field = self._glance_fields[path]
            key, _, inner = path.partition(".")
            value = post.fields.get(key)
            if inner:
                value = value.get(inner) if type(value) is dict else None
            kind = type(value)
            if value is None or kind is dict or kind is list:
                continue
            if kind is str:
                value = shortened(value, _MAX_GLANCE)
            around = self._around("glance", path, inner or key, kind is str, False)
            items.append(self._values.html(field, value, path, resolve).join(around))
        return "".join(items)

    def _groups(self, fields: Mapping[str, FieldValue], resolve: ResolveLink) -> Iterator[Group]:
        other = [key for key in fields if key not in _GROUPED]
        for name, keys in (*GROUPS.items(), ("other", other)):
            rows = [self._row(key, fields[key], resolve) for key in keys if key in fields]
            if rows:
                yield Group(name, self._headings[name], "".join(rows))

    def _row(self, key: str, value: FieldValue, resolve: ResolveLink) -> str:
        field = self._fields.get(key, ANY)
        kind = type(value)
        if (kind is dict or kind is list) and (
            key in FOLDED or (key not in _GROUPED and len(value) > _OPEN_ENTRIES)
        ):
            html = self._values.contents(field, value, key, resolve)
            row = html.join(self._around("meta_box", key, key, False, True))
            return row.replace(ENTRIES, str(len(value)))
        html = self._values.html(field, value, key, resolve)
        return html.join(self._around("meta_box", key, key, kind is str, False))
