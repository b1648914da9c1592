"""The option `nav`: posts out of the navigation, and an index that lists them instead.

Material, like most themes, prints the whole navigation on every page: with posts in it, time
and size of a site grow with the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from markdown.extensions.toc import slugify_unicode
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import InclusionLevel

from mkdocs_anp.core.text import clean, escape
from mkdocs_anp.generated import (
    Choice,
    GeneratedFile,
    complete,
    generated_file,
    language_folder,
    link_in_nav,
    near_pages,
)

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation, Section
    from mkdocs.structure.pages import Page

    from mkdocs_anp.core.post_index import IndexPage, Listed, View

log = get_plugin_logger(__name__)

NavMode: TypeAlias = Literal["keep", "hide", "auto"]

MANY = 500
"""The most posts that the mode `auto` leaves in an automatic navigation."""
ROOT = "all-posts"
"""Path of the index, unless a page of the author's has it."""


_NAV_PLUGINS = frozenset({"awesome-nav", "awesome-pages", "literate-nav"})
"""Plugins with which the navigation is the owner's, in files of its own."""


class IndexPlace(NamedTuple):
    """An index page that is part of the site, and what it needs to be shown.

    Attributes:
        page: What to list.
        files: The file of each page of its series, by name, and that of each group's page.
        views: The first file of each view.
    """

    page: IndexPage
    files: Mapping[str, File]
    views: Mapping[View, File]


class Entry(NamedTuple):
    """A post in a list of the index; all of it HTML.

    Attributes:
        url: Its address, as seen from the index page.
        title: Its title.
        day: The day it is sorted by, "" for none.
        summary: Its summary, "" for none.
        details: Items as of the glance line, "" for none.
    """

    url: str
    title: str
    day: str
    summary: str
    details: str


class GroupEntry(NamedTuple):
    """A group of posts in a list of the index; all of it HTML.

    Attributes:
        label: What the posts share.
        size: How many they are.
        url: Address of the page that lists them, "" where they are listed here.
        entries: The posts, where they are listed here.
    """

    label: str
    size: int
    url: str
    entries: list[Entry]


class PostNav:
    """Hides the posts of one build and makes the index that lists them."""

    def __init__(self, mode: NavMode, is_post: Callable[[File], bool]) -> None:
        """Take the mode, and what tells before any page is parsed whether a file is a post."""
        self._mode = mode
        self._is_post = is_post
        self._hidden: list[File] = []
        self._first: GeneratedFile | None = None
        self._places: dict[str, IndexPlace] = {}

    @property
    def hidden(self) -> Collection[File]:
        """The posts that were taken out of the navigation."""
        return self._hidden

    def hide_posts(self, files: Files, config: MkDocsConfig, language: str) -> None:
        """Take posts out of the navigation where the mode says so, and add the index's page."""
        self._hidden, self._first, self._places = [], None, {}
        has_own_nav = config.nav is not None or not _NAV_PLUGINS.isdisjoint(config.plugins)
        if self._mode == "keep" or (self._mode == "auto" and has_own_nav):
            return
        in_nav = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
        if self._mode == "auto" and len(in_nav) <= MANY:
            return
        own = set(_paths(config.nav))
        sections = _sections(files.documentation_pages())
        posts = [
            file
            for file in in_nav
            # The index of a section is where its navigation begins, be it a post or not.
            if (file.name != "index" or _folder(file.src_uri) not in sections)
            and file.src_uri not in own
            and self._is_post(file)
        ]
        if not posts or (self._mode == "auto" and len(posts) <= MANY):
            return
        for file in posts:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        self._hidden = posts
        root = _free_root(files, language_folder(posts, language))
        self._first = generated_file(config, f"{root}.md")
        files.append(self._first)
        log.info(
            "%d posts are left out of the navigation and listed in '%s' instead (option 'nav: %s')",
            len(posts),
            self._first.url,
            self._mode,
        )

    def link_index(self, nav: Navigation, config: MkDocsConfig) -> None:
        """Put the index into the navigation, where no other plugin or `nav` has put it."""
        if self._first is None:
            return
        link_in_nav(self._first, nav, config)

    def add_index(
        self,
        files: Files,
        config: MkDocsConfig,
        posts: Collection[File],
        listed: Callable[[File], Listed],
        labels: Mapping[str, str],
    ) -> None:
        """Add the pages of the index, now that all posts are read, and link the hidden ones.

        Args:
            files: Takes the new pages; MkDocs prints them as any other.
            config: MkDocs' configuration.
            posts: All posts of the site, also those that are not hidden.
            listed: Returns what the index says of a post.
            labels: The words of the site's language.
        """
        hidden = [file for file in self._hidden if file.inclusion.is_included()]
        if self._first is None or self._first.page is None:
            return
        if any(file.page is None or file.page.markdown is None for file in hidden):
            return  # `--dirty` reads only what was edited: the index of the last build stays
        # Not above: a site without an index need not import what makes one.
        from mkdocs_anp.core.post_index import index_pages, newest_first, views_of

        parent = self._first.page.parent
        for post in hidden:
            _set_parent(post, parent)
        by_source = {file.src_uri: file for file in hidden}
        _link_neighbours(
            [by_source[post.source] for post in newest_first([listed(file) for file in hidden])]
        )
        by_source |= {file.src_uri: file for file in posts if file.inclusion.is_included()}
        pages = index_pages([listed(file) for file in by_source.values()], _slug)
        root = self._first.src_uri.removesuffix(".md")
        made = {"": self._first}
        for page in pages:
            if page.name:
                made[page.name] = generated_file(config, f"{root}/{page.name}.md")
                files.append(made[page.name])
        views = {view: made[name] for view, name in views_of(pages).items()}
        for page in pages:
            self._places[made[page.name].src_uri] = IndexPlace(page, made, views)
            _prepare(made[page.name], page, config, labels)
            _set_parent(made[page.name], parent)

    def context(
        self,
        page: Page,
        entry: Callable[[Listed, File], Entry],
        labels: Mapping[str, str],
    ) -> dict[str, Any] | None:
        """Return what the partial of the index prints on a page, or None where that is no index.

        Args:
            page: A page of the site.
            entry: Returns what is shown of a post, on the page of a file.
            labels: The words of the site's language.
        """
        place = self._places.get(page.file.src_uri)
        if place is None:
            return None
        index, file = place.page, page.file

        def entries(posts: Sequence[Listed]) -> list[Entry]:
            return [entry(post, file) for post in posts]

        def url(name: str) -> str:
            return escape(place.files[name].url_relative_to(file))

        return {
            "title": escape(labels["post_index.title"]),
            "heading": escape(clean(index.label)),
            "views": [
                Choice(
                    escape(labels[f"post_index.{view}"]),
                    escape(first.url_relative_to(file)),
                    view == index.view,
                )
                for view, first in place.views.items()
            ],
            "entries": entries(index.posts),
            "groups": [
                GroupEntry(
                    escape(clean(group.label)),
                    group.count,
                    url(group.page) if group.page else "",
                    entries(group.posts),
                )
                for group in index.groups
            ],
            "pages": [
                Choice(str(number), url(name), name == index.name)
                for number, name in near_pages(index.series, index.number)
            ],
            "pages_label": escape(labels["post_index.pages"]),
            "views_label": escape(labels["post_index.views"]),
        }


def _prepare(
    file: GeneratedFile, page: IndexPage, config: MkDocsConfig, labels: Mapping[str, str]
) -> None:
    """Make the MkDocs page of a file, as if it had been read."""
    title = labels["post_index.title"]
    if page.name:
        # Themes print titles as HTML, and a label is untrusted text.
        label = escape(clean(page.label)) or labels[f"post_index.{page.view}"]
        title = f"{label} - {title}"
        if page.number > 1:
            title = f"{title} ({page.number})"
    complete(file, config, title, is_searched=not page.name)


def _set_parent(file: File, parent: Section | None) -> None:
    """Make a page that is not in the navigation part of a section, for a theme to show it as such.

    Themes mark the active section, and some show the navigation of that section only.
    """
    if file.page is not None and file.page.parent is None:
        file.page.parent = parent


def _link_neighbours(files: list[File]) -> None:
    """Link each hidden post with the next older and newer one, unless another plugin has.

    Args:
        files: The posts, newest first.
    """
    pages = [file.page for file in files if file.page is not None]
    pages = [page for page in pages if page.previous_page is None and page.next_page is None]
    for newer, older in pairwise(pages):
        newer.previous_page, older.next_page = older, newer


def _slug(text: str) -> str:
    return str(slugify_unicode(text, "-"))


def _free_root(files: Files, folder: str) -> str:
    """Return a path in a folder that no file of the site has, as a page or as a folder."""
    taken = set()
    for file in files:
        for path in (file.dest_uri.lower(), file.src_uri.lower()):
            if path.startswith(folder.lower()):
                name = path[len(folder) :].split("/")[0]
                taken.add(name.removesuffix(".html").removesuffix(".md"))
    root, number = ROOT, 2
    while root in taken:
        root, number = f"{ROOT}-{number}", number + 1
    return f"{folder}{root}"


def _sections(files: Iterable[File]) -> set[str]:
    """Return the folders with more in them than an index: `post/index.md` may be a mere post."""
    found = {""}
    for file in files:
        folder = _folder(file.src_uri)
        if file.name == "index":
            folder = _folder(folder)
        while folder not in found:
            found.add(folder)
            folder = _folder(folder)
    return found


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _paths(nav: Any) -> Iterator[str]:
    """Yield the paths that a `nav` of the owner's lists."""
    if isinstance(nav, str):
        yield PurePosixPath(nav.lstrip("/")).as_posix()
    elif isinstance(nav, dict):
        for item in nav.values():
            yield from _paths(item)
    elif isinstance(nav, list):
        for item in nav:
            yield from _paths(item)
