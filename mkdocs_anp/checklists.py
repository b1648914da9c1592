"""Checklists on pages: the one of the front matter, lists of the page itself, and all of a site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from mkdocs_anp.core.checklist.body import (
    BodyList,
    Heading,
    finder,
    has_tasks,
    headings,
    is_interactive,
    lists_in,
    lists_under,
)
from mkdocs_anp.core.checklist.items import (
    READ_DO,
    Ids,
    Written,
    flat,
    ids_of_texts,
    item_ids,
    plain_text,
)
from mkdocs_anp.core.checklist.items import written as written_in
from mkdocs_anp.core.checklist.shown import (
    Inline,
    Item,
    boxes,
    has_boxes,
    items_in_place,
    items_of,
    matched,
    plain_of,
    task_items,
)
from mkdocs_anp.core.fields import ANY, Field
from mkdocs_anp.core.pattern import Pattern, gap
from mkdocs_anp.core.placement import at_marker, opaque
from mkdocs_anp.core.shown import hides_inside, visible
from mkdocs_anp.core.text import clean, escape

if TYPE_CHECKING:
    from jinja2 import Environment

    from mkdocs_anp.core.post import Post
    from mkdocs_anp.core.wording import Wording

MARKER = "checklists"
"""The marker of the list of all checklists: `<!-- anp:checklists -->`."""

ANCHOR = "anp-checklist"
"""Where an address of a page's checklist leads."""

_WORDS = (
    *("done", "progress", "copy_all", "copied", "not_copied", "reset", "undo", "was_reset"),
    *("share", "offer", "take", "keep"),
)
_HREF = re.compile(r'(<a class="anp-link" href=")([^"]*)')

Resolve = Callable[[str], str]


class Listed(NamedTuple):
    """A checklist in the list of all: its address, its title as HTML, and the ids of its items."""

    url: str
    title: str
    ids: Sequence[str]


class _Frame(NamedTuple):
    """What the HTML around the items of a checklist depends on."""

    is_ordered: bool
    is_in_place: bool
    has_anchor: bool
    has_title: bool
    has_when: bool
    can_share: bool


class _Shape(NamedTuple):
    """What the HTML around the texts of an item depends on."""

    is_box: bool
    is_label: bool
    is_ticked: bool
    is_ordered: bool
    has_note: bool
    has_items: bool


class _Found(NamedTuple):
    """A list of the page that is that of the front matter, with ids and notes of its items."""

    heading: Heading
    body: BodyList
    names: Sequence[tuple[str, str]]


class _ListTexts(NamedTuple):
    """The texts in the HTML of a checklist, all of them HTML."""

    title: str
    when: str
    items: str
    total: str
    attributes: str


class _ItemTexts(NamedTuple):
    """The texts in the HTML of an item, all of them HTML."""

    id: str
    text: str
    note: str = ""
    rest: str = ""
    attributes: str = ""
    items: str = ""


class Checklists:
    """Makes the checklists of a site in one language."""

    def __init__(
        self,
        env: Environment,
        wording: Wording,
        inline: Inline,
        wanted: tuple[str, ...],
        field: Field = ANY,
    ) -> None:
        """Prepare the templates.

        All checklists of one kind have the same HTML around their texts, so their templates are
        rendered once for each kind, with marks where the texts belong.

        Args:
            env: MkDocs' template environment.
            wording: The words of the language.
            inline: Returns the HTML of inline Markdown, safe to print.
            wanted: The headings below which a page may have its checklist itself.
            field: What the site says of the field: it may hide it, or parts of it.
        """
        labels = wording.labels
        self._words = {name: escape(labels[f"checklists.{name}"]) for name in _WORDS}
        self._words["when"] = escape(labels["checklist.when"])
        self._title = labels["checklist"]
        self._inline = inline
        self._field = field
        self._hides = field.show == "hidden" or hides_inside(field)
        self._wanted = frozenset(wanted)
        self._finder = finder(wanted)
        self._list = env.get_template("partials/anp/checklist.html")
        self._item = env.get_template("partials/anp/checklist_item.html")
        self._all = env.get_template("partials/anp/checklists.html")
        self._around_items = lru_cache(maxsize=64)(self._split_list)
        self._around_texts = lru_cache(maxsize=256)(self._split_item)

    def html(self, post: Post, resolve: Resolve) -> Markup:
        """Return the checklist of a post's front matter, or nothing.

        Args:
            post: The post.
            resolve: Returns the address of a link as the page needs it.
        """
        written, settings = self._of(post), post.settings.checklist
        if not written.entries:
            return Markup()
        inline = self._resolved(resolve)
        is_ordered = written.mode == READ_DO
        items = items_of(written.entries, inline, is_ordered)
        frame = _Frame(is_ordered, False, True, True, bool(written.when), settings.share)
        title = settings.title or written.title or self._title
        return _markup(self._shown(frame, items, title, written.when, inline))

    def in_place(
        self, content: str, post: Post, resolve: Resolve, *, may_hide: bool = True
    ) -> tuple[str, bool]:
        """Return a page's content with its own lists to tick, and whether the post's is one.

        Args:
            content: The HTML of the page.
            post: The post.
            resolve: Returns the address of a link as the page needs it.
            may_hide: False where the content is known to have no comments.
        """
        lists: list[tuple[Heading, BodyList]] = []
        if "checklist" in post.fields and post.settings.checklist.enabled:
            lists = self._lists(content, may_hide=may_hide)
        if lists and not self._hides and (plain := self._plain_in_place(content, post, lists)):
            return plain, True
        written = self._of(post)
        found = _found(lists, written, self._inline)
        made: list[tuple[BodyList, str]] = []
        if found:
            html = self._made_of(found, written, self._resolved(resolve), post)
            made.append((found.body, html))
        if post.settings.checklist.task_lists and has_tasks(content):
            made += self._tasks(content, post, found)
        parts: list[str] = []
        end = 0
        for body, html in sorted(made):
            parts += content[end : body.start], html
            end = body.end
        return "".join((*parts, content[end:])) if made else content, found is not None

    def _lists(self, content: str, *, may_hide: bool = True) -> list[tuple[Heading, BodyList]]:
        """Return the lists of a page that stand below one of the site's headings."""
        found = list(lists_under(content, self._finder))
        return [one for one in found if not (may_hide and _is_hidden(content, one[1]))]

    def _plain_in_place(
        self, content: str, post: Post, lists: Sequence[tuple[Heading, BodyList]]
    ) -> str:
        """Return a page's content with its list to tick, where all is plain text; else "".

        It is what `in_place` would do, and so it is for nearly all pages, in half the time.
        """
        texts, settings = post.fields.get("checklist"), post.settings.checklist
        if type(texts) is not list or not set(map(type, texts)) <= {str} or settings.task_lists:
            return ""
        html_texts = tuple(map(self._inline, texts))
        for heading, body in lists:
            if body.texts != html_texts:
                continue
            names = ids_of_texts(list(map(plain_text, body.texts)))
            row = self._plain_row.filled
            rows = [row(texts) for texts in zip(names, body.texts, strict=True)]
            title = settings.title or heading.text
            frame = _Frame(
                body.is_ordered, True, True, self._is_other(title), False, settings.share
            )
            html = self._framed(frame, title, rows, body.attributes)
            return f"{content[: body.start]}{html}{content[body.end :]}"
        return ""

    def ids(self, content: str, post: Post) -> list[str]:
        """Return the ids of all items that a post's page has to tick."""
        written = self._of(post)
        found = _found(self._lists(content), written, self._inline) if written.entries else None
        names: list[str] = []
        if written.entries and _is_on_page(content, post, found):
            names = item_ids(written.entries, plain_of(self._inline))
        if post.settings.checklist.task_lists and has_tasks(content):
            for _, items in self._task_lists(content, post, found):
                names += boxes(items)
        return names

    def overview(self, content: str, listed: Callable[[], Iterable[Listed]]) -> str:
        """Return a page's content with the list of all checklists, if a marker asks for it."""
        placed = at_marker(content, lambda: self._overview(listed()), MARKER)
        return content if placed is None else placed

    def _overview(self, listed: Iterable[Listed]) -> str:
        entries = [(escape(one.url), one.title, len(one.ids), " ".join(one.ids)) for one in listed]
        return self._all.render(entries=entries, words=self._words) if entries else ""

    def _made_of(self, found: _Found, written: Written, inline: Inline, post: Post) -> str:
        body, settings = found.body, post.settings.checklist
        is_ordered = written.mode == READ_DO if written.mode else body.is_ordered
        items = items_in_place(body, found.names, inline, written.mode == READ_DO)
        title = settings.title or written.title or found.heading.text
        has_title = self._is_other(title)
        frame = _Frame(is_ordered, True, True, has_title, bool(written.when), settings.share)
        return self._shown(frame, items, title, written.when, inline, body.attributes)

    def _is_other(self, title: str) -> bool:
        """Return whether a title says more than a heading above it."""
        return " ".join(title.lower().split()) not in self._wanted

    def _tasks(
        self, content: str, post: Post, found: _Found | None
    ) -> Iterator[tuple[BodyList, str]]:
        """Yield the lists of tasks of a page, with their HTML."""
        is_first = found is None and not self._of(post).entries
        above = list(headings(content))
        for body, items in self._task_lists(content, post, found):
            title = next((h.text for h in reversed(above) if h.end < body.start), self._title)
            frame = _Frame(
                body.is_ordered, True, is_first, False, False, post.settings.checklist.share
            )
            html = self._shown(frame, items, title, "", self._inline, body.attributes)
            yield body, html
            is_first = False

    def _task_lists(
        self, content: str, post: Post, found: _Found | None
    ) -> Iterator[tuple[BodyList, tuple[Item, ...]]]:
        entries = self._of(post).entries
        ids = Ids(entry.id for entry in flat(entries))
        for entry in flat(entries):  # both stand on one page
            ids.of(plain_of(self._inline)(entry.text), entry.id)
        for body in lists_in(content, 0, len(content)):
            is_other = found is None or not _overlap(body, found.body)
            if is_other and has_boxes(body) and not _is_hidden(content, body):
                yield body, task_items(body, ids)

    def _shown(
        self,
        frame: _Frame,
        items: Sequence[Item],
        title: str,
        when: str,
        inline: Inline,
        attributes: str = "",
    ) -> str:
        rows = [self._row(item) for item in items]
        when = inline(when) if when else ""
        return self._framed(frame, title, rows, attributes, when, len(boxes(items)))

    def _framed(
        self,
        frame: _Frame,
        title: str,
        rows: Sequence[str],
        attributes: str,
        when: str = "",
        total: int | None = None,
    ) -> str:
        """Return the HTML of a list with these rows."""
        count = str(len(rows) if total is None else total)
        texts = _ListTexts(escape(clean(title)), when, "".join(rows), count, attributes)
        return self._around_items(frame).filled(texts)

    def _rows(self, items: Sequence[Item]) -> str:
        return "".join([self._row(item) for item in items])

    def _row(self, item: Item) -> str:
        name, text, note, attributes, rest, is_ticked, is_ordered, below = item
        is_label = not is_interactive(text)
        shape = (bool(name), is_label, is_ticked, is_ordered, bool(note), bool(below))
        items = self._rows(below) if below else ""
        texts = _ItemTexts(name, text, note, rest, attributes, items)
        return self._around_texts(shape).filled(texts)

    @cached_property
    def _plain_row(self) -> Pattern:
        """The HTML of an item that is nothing but a text, with gaps for its id and that."""
        shape = _Shape(True, True, False, False, False, False)
        return Pattern(self._around_texts(shape).filled(_ItemTexts(gap(0), gap(1))))

    def _split_list(self, kind: tuple[bool, ...]) -> Pattern:
        known = dict(zip(_Frame._fields, kind, strict=True))
        marks = _marks(_ListTexts._fields)
        if not known.pop("has_when"):
            marks["when"] = ""
        anchor = ANCHOR if known.pop("has_anchor") else ""
        return Pattern(self._list.render(**marks, **known, anchor=anchor, words=self._words))

    def _split_item(self, kind: tuple[bool, ...]) -> Pattern:
        known = dict(zip(_Shape._fields, kind, strict=True))
        marks = _marks(_ItemTexts._fields)
        if not known.pop("has_note"):
            marks["note"] = ""
        if not known.pop("has_items"):
            marks["items"] = ""
        return Pattern(self._item.render(**marks, **known))

    def _of(self, post: Post) -> Written:
        """Return the checklist of a post, without what the site hides."""
        value = post.fields.get("checklist")
        if value is None or not post.settings.checklist.enabled or self._field.show == "hidden":
            return Written()
        return written_in(visible(self._field, value) if self._hides else value)

    def _resolved(self, resolve: Resolve) -> Inline:
        """Return what gives the HTML of inline Markdown, links as the page needs them."""

        def inline(text: str) -> str:
            html = self._inline(text)
            if "<a" not in html:
                return html
            return _HREF.sub(lambda link: link[1] + escape(resolve(unescape(link[2]))), html)

        return inline


def _found(
    lists: Iterable[tuple[Heading, BodyList]], written: Written, inline: Inline
) -> _Found | None:
    """Return the list of a page that is that of its front matter."""
    for heading, body in lists:
        if names := matched(body, written.entries, inline):
            return _Found(heading, body, names)
    return None


def _overlap(one: BodyList, other: BodyList) -> bool:
    return one.start < other.end and other.start < one.end


def _is_hidden(content: str, body: BodyList) -> bool:
    """Return whether a list stands in a comment, a script or the like."""
    return any(start < body.start < end for start, end in opaque(content))


def _is_on_page(content: str, post: Post, same: object) -> bool:
    """Return whether the checklist of the front matter stands somewhere on the page."""
    if same is not None or post.settings.checklist.position != "marker":
        return True
    return at_marker(content, str, "checklist") is not None


def _marks(names: Sequence[str]) -> dict[str, str]:
    """Return the marks of gaps for some texts, numbered in their order."""
    return {name: gap(number) for number, name in enumerate(names)}


def _markup(rendered: str) -> Markup:
    return Markup(rendered)  # noqa: S704 (all texts in it are escaped)
