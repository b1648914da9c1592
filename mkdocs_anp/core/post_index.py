"""The index of posts: pages that list the posts which are not in the navigation.

Newest first, by topic and by stack, in pages that stay small. A group of few posts is listed
where it is named; only a large one gets pages of its own. So the number of pages, and of lines
on all of them together, grows as the number of posts does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias, get_args

from mkdocs_anp.core.fields import FieldValue

POSTS_ON_A_PAGE = 50
LARGE_GROUP = 20
"""A group with more posts than this has pages of its own."""
LINES_ON_A_PAGE = 100
"""How many groups and posts of groups a page lists, about."""

_MAX_GROUPS_OF_A_POST = 10

# `topic/index` would be written over `topic`; the others are devices of Windows, not files.
_NOT_FREE = (
    *("index", "readme", "con", "prn", "aux", "nul"),
    *(f"{device}{number}" for device in ("com", "lpt") for number in range(10)),
)

View: TypeAlias = Literal["newest", "topic", "stack"]
Slug: TypeAlias = Callable[[str], str]
"""Turns a text into the part of a path, or "" where nothing of it can stand there."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A post as the index lists it.

    Attributes:
        source: Path of its source file.
        day: The day it is sorted by, None where it has none.
        topic: Its topic, "" for none.
        stack: The parts of its stack.
    """

    source: str
    day: date | None = None
    topic: str = ""
    stack: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Posts with one topic, or with one part of their stacks.

    Attributes:
        label: What they share.
        count: How many they are.
        posts: The posts, where they are listed in this place.
        page: Name of the first page that lists them, where they are listed elsewhere.
    """

    label: str
    count: int
    posts: tuple[Listed, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A page of the index.

    Attributes:
        name: Its path below the index, without suffix; "" is the first page of all.
        view: The view it belongs to.
        label: The group whose posts it lists, "" for the posts or groups of the whole view.
        posts: The posts it lists.
        groups: The groups it lists.
        series: The names of all pages that continue each other, in order, with this one.
    """

    name: str
    view: View
    label: str = ""
    posts: tuple[Listed, ...] = ()
    groups: tuple[Group, ...] = ()
    series: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The number of the page in its series, from 1."""
        return self.series.index(self.name) + 1


def listed(source: str, meta: Mapping[str, Any], fields: Mapping[str, FieldValue] | None) -> Listed:
    """Return a page as the index lists it.

    Args:
        source: Path of its source file.
        meta: Its front matter; the `date` in it counts, as a date or as Material's blog has it.
        fields: Its post meta, None if it turned out to have none.
    """
    fields = fields or {}
    topic, stack, revision = fields.get("topic"), fields.get("stack"), fields.get("revision")
    reviewed = revision.get("last_reviewed") if isinstance(revision, dict) else None
    return Listed(
        source,
        day_of(meta.get("date")) or day_of(reviewed),
        topic if isinstance(topic, str) else "",
        tuple(part for part in stack if isinstance(part, str)) if isinstance(stack, list) else (),
    )


def newest_first(posts: Sequence[Listed]) -> list[Listed]:
    """Return posts in order: those with a date first, the newest of them first, then by path."""
    by_path = sorted(posts, key=lambda post: post.source)
    return sorted(by_path, key=lambda post: post.day or date.min, reverse=True)


def index_pages(posts: Sequence[Listed], slug: Slug) -> list[IndexPage]:
    """Return the pages of an index of posts, the first page of each view before its others."""
    ordered = newest_first(posts)
    names = _Names(slug)
    pages = _in_pages("newest", "", ordered, names, first="")
    views: dict[View, dict[str, list[Listed]]] = {"topic": {}, "stack": {}}
    for post in ordered:
        if post.topic:
            views["topic"].setdefault(_same(post.topic), []).append(post)
        for part in dict.fromkeys(map(_same, post.stack[:_MAX_GROUPS_OF_A_POST])):
            views["stack"].setdefault(part, []).append(post)
    for view, groups in views.items():
        pages += _view_pages(view, groups, names)
    return pages


def views_of(pages: Sequence[IndexPage]) -> dict[View, str]:
    """Return the name of the first page of each view that has one."""
    firsts: dict[View, str] = {}
    for page in pages:
        firsts.setdefault(page.view, page.name)
    return {view: firsts[view] for view in get_args(View) if view in firsts}


class _Names:
    """Names of pages, each given once, whatever the case of its letters."""

    def __init__(self, slug: Slug) -> None:
        self._slug = slug
        self._taken = {f"{view}/{name}" for view in get_args(View) for name in _NOT_FREE}

    def free(self, stem: str) -> str:
        """Return a name that begins with a stem."""
        name, number = stem, 2
        while name.lower() in self._taken:
            name, number = f"{stem}-{number}", number + 1
        self._taken.add(name.lower())
        return name

    def of_group(self, view: View, label: str) -> str:
        """Return a name for the first page of a group."""
        return self.free(f"{view}/{self._slug(label)[:60].strip('-') or 'other'}")


def _view_pages(
    view: View, groups: Mapping[str, list[Listed]], names: _Names
) -> Iterator[IndexPage]:
    """Yield the pages of a view: the lists of its groups, then the pages of large groups."""
    first = names.free(view)
    lines: list[Group] = []
    large: list[IndexPage] = []
    for key in sorted(groups):
        posts = groups[key]
        group = Group(_label(key, posts, view), len(posts), tuple(posts))
        if len(posts) > LARGE_GROUP:
            name = names.of_group(view, group.label)
            large += _in_pages(view, group.label, posts, names, first=name)
            group = replace(group, posts=(), page=name)
        lines.append(group)
    chunks = list(_chunks_of_groups(lines))
    series = (first, *(names.free(f"{view}-{n}") for n in range(2, len(chunks) + 1)))
    for name, chunk in zip(series, chunks, strict=False):
        yield IndexPage(name, view, groups=tuple(chunk), series=series)
    yield from large


def _in_pages(
    view: View, label: str, posts: Sequence[Listed], names: _Names, first: str
) -> list[IndexPage]:
    """Return the pages that list posts, newest first."""
    starts = range(0, max(1, len(posts)), POSTS_ON_A_PAGE)
    stem = first or view
    series = (first, *(names.free(f"{stem}-{n}") for n in range(2, len(starts) + 1)))
    return [
        IndexPage(name, view, label, tuple(posts[start : start + POSTS_ON_A_PAGE]), series=series)
        for name, start in zip(series, starts, strict=True)
    ]


def _chunks_of_groups(groups: Sequence[Group]) -> Iterator[list[Group]]:
    chunk: list[Group] = []
    lines = 0
    for group in groups:
        chunk.append(group)
        lines += 1 + len(group.posts)
        if lines >= LINES_ON_A_PAGE:
            yield chunk
            chunk, lines = [], 0
    if chunk:
        yield chunk


def _same(text: str) -> str:
    """Return what two spellings of one topic share."""
    return " ".join(text.casefold().split())


def _label(key: str, posts: Sequence[Listed], view: View) -> str:
    """Return the label of a group as its newest post spells it."""
    spellings = (posts[0].topic,) if view == "topic" else posts[0].stack
    return next(text for text in spellings if _same(text) == key)


def day_of(value: Any) -> date | None:
    """Return the day that a `date` of front matter means, None where it means none."""
    if isinstance(value, dict):  # as in Material's blog: date: {created: 2024-01-31}
        value = value.get("created")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    return value if isinstance(value, date) else None
