"""The meta box and the glance line: which values of a post are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from mkdocs_anp.core.fields import ANY, Field, FieldValue
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.shown import GlanceItem, glance_items, hides_inside, items_at, visible
from mkdocs_anp.core.text import clean, escape
from mkdocs_anp.core.values import InlineMarkdown, ResolveLink, Values
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
"""The groups of the meta box, each with its fields in order. Any other field ends in `other`:
those that a site declares, then those that nobody does."""

FOLDED = frozenset(GROUPS["more"])
"""Bulky fields, closed until the reader opens them."""

MAX_GLANCE = 6
"""How many items the glance line of a page has at most."""

VALUE, ENTRIES = "\x02anp:value\x03", "\x02anp:entries\x03"
"""Marks that a template prints in place of a value, and of the number of its entries. No value
can hold them: control characters are replaced when values are read."""

_GROUPED = frozenset(key for keys in GROUPS.values() for key in keys)
_OPEN_ENTRIES = 8  # of a field that no group names


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

    def __init__(
        self,
        wording: Wording,
        top: Field,
        render_row: RenderRow,
        inline_markdown: InlineMarkdown = escape,
    ) -> None:
        """Decide, once for all posts, what is shown where.

        A post has 26 rows, so the template of a row is rendered once for all posts that have
        it, and each post's value put into the result.

        Args:
            wording: The words of the language.
            top: The declared fields, as one mapping.
            render_row: Renders the template of a row.
            inline_markdown: Renders fields of type markdown; without it they are plain text.
        """
        self._wording = wording
        self._top = top
        self._fields = top.fields
        self._values = Values(wording, inline_markdown)
        self._glance = glance_items(top)
        self._lines: dict[tuple[str, ...], tuple[GlanceItem, ...]] = {}
        hidden = {key for key, field in top.fields.items() if field.show == "hidden"}
        self._groups = {
            name: tuple(key for key in keys if key not in hidden) for name, keys in GROUPS.items()
        }
        self._known = _GROUPED | top.fields.keys()
        self._own = tuple(key for key in top.fields if key not in _GROUPED | hidden)
        self._partly = frozenset(key for key, field in top.fields.items() if hides_inside(field))

        @lru_cache(maxsize=1024)
        def row(
            part: Literal["meta_box", "glance"],
            path: str,
            key: str,
            is_text: bool = False,
            is_folded: bool = False,
        ) -> list[str]:
            label = escape(wording.label(path, key))
            return render_row(Row(part, escape(path), label, is_text, is_folded)).split(VALUE)

        self._around = row
        self._headings = {
            name: escape(wording.label(f"group.{name}", name)) for name in (*GROUPS, "other")
        }

    def meta_box(self, post: Post, resolve: ResolveLink) -> MetaBox | None:
        """Return the meta box of a post, or None where there is nothing to show."""
        groups = list(self._group_rows(post.fields, resolve))
        if not groups:
            return None
        title = post.settings.meta_box.title or self._wording.labels["meta_box.title"]
        return MetaBox(escape(clean(title)), groups)

    def day(self, value: date) -> str:
        """Return the HTML of a date."""
        return self._values.day(value)

    def glance(self, post: Post, resolve: ResolveLink, paths: tuple[str, ...] | None = None) -> str:
        """Return the HTML of the items of the glance line, or of those at these paths, or "".

        What the site has chosen goes before what stands there anyway, of which the last items
        give way where a page has too many.
        """
        items = []
        brief = self._values.brief
        for path, keys, field, is_chosen in self._glance if paths is None else self._line(paths):
            value: FieldValue = post.fields
            for key in keys:
                value = value.get(key) if type(value) is dict else None
            if value is not None and (html := brief(field, value, path, resolve)):
                around = self._around("glance", path, keys[-1])
                items.append((is_chosen, html.join(around)))
        if len(items) > MAX_GLANCE:
            items = _most_wanted(items)
        return "".join([html for _, html in items])

    def _line(self, paths: tuple[str, ...]) -> tuple[GlanceItem, ...]:
        if paths not in self._lines:
            self._lines[paths] = items_at(self._top, paths)
        return self._lines[paths]

    def _group_rows(
        self, fields: Mapping[str, FieldValue], resolve: ResolveLink
    ) -> Iterator[Group]:
        free = [key for key in fields if key not in self._known]
        for name, keys in (*self._groups.items(), ("other", (*self._own, *free))):
            rows = "".join([self._row(key, fields[key], resolve) for key in keys if key in fields])
            if rows:
                yield Group(name, self._headings[name], rows)

    def _row(self, key: str, value: FieldValue, resolve: ResolveLink) -> str:
        field = self._fields.get(key, ANY)
        if key in self._partly:
            value = visible(field, value)
            if value is None:
                return ""
        kind = type(value)
        if (kind is dict or kind is list) and (
            key in FOLDED or (key not in _GROUPED and len(value) > _OPEN_ENTRIES)
        ):
            html = self._values.contents(field, value, key, resolve)
            row = html.join(self._around("meta_box", key, key, False, True))
            return row.replace(ENTRIES, str(len(value)))
        html = self._values.html(field, value, key, resolve)
        return html.join(self._around("meta_box", key, key, kind is str))


def _most_wanted(items: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """Return as many items as the glance line has places: first those that the site has chosen."""
    chosen = sum(is_chosen for is_chosen, _ in items)
    places = {True: MAX_GLANCE, False: max(0, MAX_GLANCE - chosen)}
    kept = []
    for item in items:
        if places[item[0]] > 0:
            places[item[0]] -= 1
            kept.append(item)
    return kept
