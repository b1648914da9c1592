"""The meta box and the glance line: which values of a post are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from mkdocs_anp.core.fields import ANY, Field, FieldValue
from mkdocs_anp.core.pattern import Pattern, gap
from mkdocs_anp.core.plan import Maker, Plan, ResolveLink
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
_REMEMBERED = 256  # posts with other fields, or with other types of values in them


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


class _Folded(list[FieldValue]):
    """Stands for the type of a value that is folded, and would be open if it were shorter."""


class _BoxPlan(NamedTuple):
    """What makes the meta box of a post.

    Attributes:
        plan: Makes the values, and has a gap for each, then one for each number of entries.
        folded: The places of the values that are folded, in the order of their numbers.
    """

    plan: Plan
    folded: tuple[int, ...]


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
        the templates are rendered once for all posts with the same fields, and each post's values
        put into the result.

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
        self._render_box = render_box
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
        ) -> str:
            label = escape(wording.label(path, key))
            return render_row(Row(part, escape(path), label, is_text, is_folded))

        self._row = row
        self._glance_row = lru_cache(maxsize=1024)(self._split_glance_row)
        self._around_rows = lru_cache(maxsize=_REMEMBERED)(self._split_box)
        self._maker = lru_cache(maxsize=1024)(self._make_of)
        self._planned = lru_cache(maxsize=_REMEMBERED)(self._plan)
        self._headings = {
            name: escape(wording.label(f"group.{name}", name)) for name in (*GROUPS, "other")
        }

    def meta_box(self, post: Post, resolve: ResolveLink) -> str:
        """Return the HTML of the meta box of a post, or "" where there is nothing to show."""
        fields = post.fields
        if not self._partly.isdisjoint(fields):
            shown = ((key, self._visible(key, value)) for key, value in fields.items())
            fields = {key: value for key, value in shown if value is not None}
        title = post.settings.meta_box.title or self._wording.labels["meta_box.title"]
        values = list(fields.values())
        kinds = tuple(map(type, values))
        if not _GROUPED.issuperset(fields):
            kinds = tuple(map(_kind, fields, values))
        planned = self._planned(title, tuple(fields), kinds)
        if planned is None:
            return ""
        texts = planned.plan.made(values, resolve)
        texts += [str(len(values[place])) for place in planned.folded]
        return planned.plan.pattern.filled(texts)

    def _visible(self, key: str, value: FieldValue) -> FieldValue:
        return visible(self._fields.get(key, ANY), value) if key in self._partly else value

    def _plan(self, title: str, keys: tuple[str, ...], kinds: tuple[type, ...]) -> _BoxPlan | None:
        """Return what makes the meta box of a post with these fields, None where it has none."""
        places = {key: place for place, key in enumerate(keys)}
        folded: list[int] = []
        groups: list[tuple[str, str]] = []
        free = [key for key in keys if key not in self._known]
        for name, wanted in (*self._groups.items(), ("other", (*self._own, *free))):
            rows = [
                self._marked_row(key, kinds[places[key]], places[key], len(keys), folded)
                for key in wanted
                if key in places
            ]
            if rows:
                groups.append((name, "".join(rows)))
        if not groups:
            return None
        html = self._around_rows(title, tuple(name for name, _ in groups)).filled(
            [rows for _, rows in groups]
        )
        return _BoxPlan(Plan(html, list(map(self._maker, keys, kinds))), tuple(folded))

    def _split_box(self, title: str, names: Sequence[str]) -> Pattern:
        """Return the HTML around the rows of these groups."""
        groups = [Group(name, self._headings[name], gap(n)) for n, name in enumerate(names)]
        return Pattern(self._render_box(escape(clean(title)), groups))

    def _marked_row(self, key: str, kind: type, place: int, count: int, folded: list[int]) -> str:
        """Return the HTML of a row with the gap of its value, and of its number if it is folded.

        Args:
            key: The field.
            kind: The type of its value.
            place: The number of its gap.
            count: How many values the box has; the gaps of numbers come behind theirs.
            folded: The places of those that are folded; takes this one.
        """
        if not (kind is _Folded or (key in FOLDED and (kind is dict or kind is list))):
            row = self._row("meta_box", key, key, kind is str)
            return row.replace(VALUE, gap(place))
        folded.append(place)
        parts = self._row("meta_box", key, key, False, True).split(VALUE)
        number = gap(count + len(folded) - 1)
        return gap(place).join([part.replace(ENTRIES, number) for part in parts])

    def _make_of(self, key: str, kind: type) -> Maker:
        field = self._fields.get(key, ANY)
        return self._values.maker(field, list if kind is _Folded else kind, key)

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
                items.append((is_chosen, html.join(self._glance_row(path, keys[-1]))))
        if len(items) > MAX_GLANCE:
            items = _most_wanted(items)
        return "".join([html for _, html in items])

    def _line(self, paths: tuple[str, ...]) -> tuple[GlanceItem, ...]:
        if paths not in self._lines:
            self._lines[paths] = items_at(self._top, paths)
        return self._lines[paths]

    def _split_glance_row(self, path: str, key: str) -> list[str]:
        return self._row("glance", path, key).split(VALUE)


def _kind(key: str, value: FieldValue) -> type:
    """Return the type of a value, and a type of its own for one that is folded for its length."""
    kind = type(value)
    if (kind is dict or kind is list) and key not in _GROUPED and len(value) > _OPEN_ENTRIES:
        return _Folded
    return kind


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
