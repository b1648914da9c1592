"""The meta box and the glance line: which values of a post are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from mkdocs_anp.core.fields import ANY, Field, FieldValue
from mkdocs_anp.core.pattern import Pattern, gap
from mkdocs_anp.core.plan import ResolveLink
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.shown import GlanceItem, glance_items, hides_inside, items_at, visible
from mkdocs_anp.core.text import clean, escape
from mkdocs_anp.core.values import InlineMarkdown, Values
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

VALUE, ENTRIES = gap(0), gap(1)
"""Marks that the template of a row prints in place of its value, and of the number of its
entries."""

_GROUPED = frozenset(key for keys in GROUPS.values() for key in keys)
_OPEN_ENTRIES = 8  # of a field that no group names
_REMEMBERED = 1024  # rows
_REMEMBERED_BOXES = 64  # boxes with other groups, or with another title


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


RenderBox: TypeAlias = Callable[[str, Sequence[Group]], str]
"""Returns the HTML of a meta box with this title, which is HTML too, and these groups."""


class _RowPlan(NamedTuple):
    """What makes the row of a field that has a value of some kind."""

    pattern: Pattern
    make: Callable[..., str]
    needs_page: bool


class MetaBoxBuilder:
    """Makes the meta boxes and glance lines of a site in one language."""

    def __init__(
        self,
        wording: Wording,
        top: Field,
        render_row: RenderRow,
        render_box: RenderBox,
        inline_markdown: InlineMarkdown = escape,
    ) -> None:
        """Decide, once for all posts, what is shown where.

        A post has 26 rows, and to render a template takes longer than most of the work in it. So
        that of a row is rendered once for all posts that have it, and that of the box once for all
        posts with the same groups; each post's values are put into the result.

        Args:
            wording: The words of the language.
            top: The declared fields, as one mapping.
            render_row: Renders the template of a row.
            render_box: Renders the template of the box.
            inline_markdown: Renders fields of type markdown; without it they are plain text.
        """
        self._wording = wording
        self._top = top
        self._fields = top.fields
        self._values = Values(wording, inline_markdown)
        self._render_row, self._render_box = render_row, render_box
        self._glance = glance_items(top)
        self._lines: dict[tuple[str, ...], tuple[GlanceItem, ...]] = {}
        hidden = {key for key, field in top.fields.items() if field.show == "hidden"}
        self._groups = {
            name: tuple(key for key in keys if key not in hidden) for name, keys in GROUPS.items()
        }
        self._known = _GROUPED | top.fields.keys()
        self._own = tuple(key for key in top.fields if key not in _GROUPED | hidden)
        self._partly = frozenset(key for key, field in top.fields.items() if hides_inside(field))

        self._planned: Callable[[str, type, bool], _RowPlan]
        self._planned = lru_cache(maxsize=_REMEMBERED)(self._plan)
        self._around_item = lru_cache(maxsize=_REMEMBERED)(self._split_item)
        self._around_rows = lru_cache(maxsize=_REMEMBERED_BOXES)(self._split_box)
        self._headings = {
            name: escape(wording.label(f"group.{name}", name)) for name in (*GROUPS, "other")
        }

    def meta_box(self, post: Post, resolve: ResolveLink) -> str:
        """Return the HTML of the meta box of a post, or "" where there is nothing to show."""
        fields = post.fields
        names, groups = [], []
        free = [key for key in fields if key not in self._known]
        for name, keys in (*self._groups.items(), ("other", (*self._own, *free))):
            rows = "".join([self._row(key, fields[key], resolve) for key in keys if key in fields])
            if rows:
                names.append(name)
                groups.append(rows)
        if not groups:
            return ""
        title = post.settings.meta_box.title or self._wording.labels["meta_box.title"]
        return self._around_rows(title, tuple(names)).filled(groups)

    def _row(self, key: str, value: FieldValue, resolve: ResolveLink) -> str:
        if key in self._partly:
            value = visible(self._fields.get(key, ANY), value)
            if value is None:
                return ""
        kind = type(value)
        is_folded = (kind is dict or kind is list) and (
            key in FOLDED or (key not in _GROUPED and len(value) > _OPEN_ENTRIES)
        )
        pattern, make, needs_page = self._planned(key, kind, is_folded)
        html = make(value, resolve) if needs_page else make(value)
        return pattern.filled((html, str(len(value))) if is_folded else (html,))

    def _plan(self, key: str, kind: type, is_folded: bool) -> _RowPlan:
        """Return what makes the rows of a field whose value is of one kind."""
        label = escape(self._wording.label(key, key))
        row = Row("meta_box", escape(key), label, kind is str and not is_folded, is_folded)
        maker = self._values.maker(self._fields.get(key, ANY), kind, key)
        return _RowPlan(Pattern(self._render_row(row)), *maker)

    def _split_box(self, title: str, names: Sequence[str]) -> Pattern:
        """Return the HTML around the rows of these groups."""
        groups = [Group(name, self._headings[name], gap(n)) for n, name in enumerate(names)]
        return Pattern(self._render_box(escape(clean(title)), groups))

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
                items.append((is_chosen, html.join(self._around_item(path, keys[-1]))))
        if len(items) > MAX_GLANCE:
            items = _most_wanted(items)
        return "".join([html for _, html in items])

    def _line(self, paths: tuple[str, ...]) -> tuple[GlanceItem, ...]:
        if paths not in self._lines:
            self._lines[paths] = items_at(self._top, paths)
        return self._lines[paths]

    def _split_item(self, path: str, key: str) -> list[str]:
        """Return the HTML around the value of an item of the glance line."""
        label = escape(self._wording.label(path, key))
        return self._render_row(Row("glance", escape(path), label, is_text=False)).split(VALUE)


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
