"""Similar posts of a site: its pages as documents for the engine, its lists as parts of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_build_date

from mkdocs_anp.core.fields import Field
from mkdocs_anp.core.image_credits.places import field_place
from mkdocs_anp.core.keys import dotted
from mkdocs_anp.core.links import is_relative
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.post_files import joined
from mkdocs_anp.core.post_index import day_of, listed
from mkdocs_anp.core.problems import Problem, excerpt
from mkdocs_anp.core.settings import SETTINGS_KEY, SimilarPostsSettings
from mkdocs_anp.core.shown import hides_inside
from mkdocs_anp.core.similar_posts.document import SETS, folded_value
from mkdocs_anp.core.similar_posts.from_post import (
    PageFacts,
    document_of,
    is_draft,
    needs_review,
    texts_of,
)
from mkdocs_anp.core.similar_posts.links import PageUrls
from mkdocs_anp.core.similar_posts.page_text import PageText, page_text
from mkdocs_anp.core.similar_posts.policy import Choice, Chooser, Page, Rules, UselessPin
from mkdocs_anp.core.similar_posts.reasons import Reasons, Spelling, reasons_of
from mkdocs_anp.core.text import clean
from mkdocs_anp.titles import title_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.config import SimilarPostsOptions
    from mkdocs_anp.core.similar_posts import Document, Engine, Options

log = get_plugin_logger(__name__)

FEATURE = "similar_posts"
_KEPT = 12
_SPARE = 4  # of the posts that are kept for a page some may be excluded by its own settings
_MANY = 4096  # posts whose titles and summaries are kept ready


@dataclass(slots=True)
class Kept:
    """What `mkdocs serve` keeps from one build to the next.

    Attributes:
        engine: The engine of the last build, None before the first.
        options: Its options.
        digests: A hash of each document that it knows, by id.
    """

    engine: Engine | None = None
    options: Options | None = None
    digests: dict[str, int] = field(default_factory=dict)


class SimilarPosts:
    """The similar posts of one build."""

    def __init__(
        self,
        options: SimilarPostsOptions,
        config: MkDocsConfig,
        language: str,
        top: Field,
        kept: Kept | None = None,
    ) -> None:
        """Start a build.

        Args:
            options: The site's options.
            config: MkDocs' configuration.
            language: The language of the site.
            top: The fields of the site; what it hides, no reason names.
            kept: What `mkdocs serve` keeps; None in any other build.
        """
        self._options = options
        self._config = config
        self._language = language
        self._ignored = options.ignored_signals
        self._excludes = options.excludes()
        self._hidden = frozenset(
            name for name in (*SETS, "summary") if _is_hidden(top.fields.get(name))
        )
        self._kept = kept or Kept()
        self._is_serving = kept is not None
        self._posts: Mapping[str, tuple[Post, File]] = {}
        self._chooser = Chooser(())
        self._rules: dict[str, Rules] = {}
        self._pins: dict[str, dict[str, int]] = {}
        self._today = get_build_date()
        self._spelling = lru_cache(maxsize=_MANY)(self._spelling_of)

    def find(self, posts: Mapping[str, tuple[Post, File]], files: Files) -> None:
        """Work out what is similar, now that all pages are read.

        Args:
            posts: All posts by source path.
            files: The files of the site.
        """
        self._posts = posts
        if not any(post.settings.similar_posts.enabled for post, _ in posts.values()):
            return
        _warn_if_dirty(files)
        self._urls = PageUrls(
            {file.url: file.src_uri for file in files.documentation_pages()},
            self._config.site_url or "",
        )
        self._rules = {
            uri: self._rules_of(post.source, post.settings.similar_posts)
            for uri, (post, _) in posts.items()
        }
        self._chooser = Chooser([*map(self._page, posts), *self._pinned_pages(files)])
        self._work_out()

    def problems(self) -> Iterator[Problem]:
        """Yield the pins that cannot be followed."""
        for uri, rules in self._rules.items():
            is_on = self._posts[uri][0].settings.similar_posts.enabled
            for useless in self._chooser.useless_pins(uri, rules) if is_on and rules.pin else ():
                if problem := self._problem_of(useless):
                    yield problem

    def choices(self, uri: str) -> tuple[Choice, ...]:
        """Return what the section of a post names, the best first."""
        if uri not in self._rules or not self._posts[uri][0].settings.similar_posts.enabled:
            return ()
        engine = self._kept.engine
        ranked = engine.ranked(uri) if engine is not None and uri in engine else ()
        return self._chooser.choose(uri, ranked, self._rules[uri])

    def reasons(self, uri: str, other: str) -> Reasons:
        """Return why a post names another."""
        engine = self._kept.engine
        if engine is None or uri not in engine or other not in engine:
            return Reasons()
        return reasons_of(engine.evidence(uri, other), self._spelling(uri), self._spelling(other))

    def topics(self, uri: str, other: str) -> tuple[str, ...]:
        """Return the topics that two posts share, as the other one writes them."""
        mine = self._spelling(uri).values
        theirs = self._light_document(other).topic
        return tuple(topic for topic in theirs if folded_value(topic) in mine)

    def engine(self) -> Engine | None:
        """Return the engine; None where no page has a section."""
        return self._kept.engine

    def has(self, uri: str) -> bool:
        """Return whether a page is a post that may have a section."""
        return uri in self._rules

    # Documents

    def _work_out(self) -> None:
        """Bring the engine up to date, or make one."""
        # Not above: to import numpy takes 0.1 s, which a site without the feature need not pay.
        from mkdocs_anp.core.similar_posts.cache import TokenFile
        from mkdocs_anp.core.similar_posts.engine import Engine

        options, kept = self._engine_options(), self._kept
        if kept.engine is not None and kept.options == options:
            edited = [d for d in self._documents() if kept.digests.get(d.id) != hash(d)]
            removed = kept.digests.keys() - self._posts.keys()
            kept.engine.update(edited, removed)
            for id_ in removed:
                del kept.digests[id_]
            kept.digests.update((document.id, hash(document)) for document in edited)
            return
        cache = self._cache_file()
        kept.engine = Engine(options, TokenFile(cache) if cache else None)
        kept.options, kept.digests = options, {}
        for document in self._documents():
            kept.engine.add(document)
            if self._is_serving:
                kept.digests[document.id] = hash(document)
        kept.engine.finish()

    def _documents(self) -> Iterator[Document]:
        """Yield all posts as documents, one at a time: their texts are as large as the site."""
        for uri, (post, file) in self._posts.items():
            text = page_text((file.page.content if file.page else "") or "")
            facts = self._facts(post, file, self._urls.targets(file.url, text.hrefs))
            document = document_of(post, facts, text, self._ignored)
            page = self._chooser.page(uri)
            is_named = page.may_appear and (self._options.unreviewed or not page.needs_review)
            yield document if is_named else replace(document, may_appear=False)

    def _facts(self, post: Post, file: File, links: tuple[str, ...] = ()) -> PageFacts:
        meta = _meta(file)
        description = meta.get("description")
        return PageFacts(
            title=title_of(file, file.src_uri),
            description=description if isinstance(description, str) else "",
            language=next(iter(texts_of(meta, "lang")), self._language),
            day=listed(post.source, meta, post.fields).day,
            tags=texts_of(meta, "tags"),
            links=links,
        )

    def _engine_options(self) -> Options:
        from mkdocs_anp.core.similar_posts.pool import Options

        most = max(rules.limit + len(rules.exclude) for rules in self._rules.values())
        newer = any(rules.newer for rules in self._rules.values())
        return Options(
            weights=self._options.scaled_weights(),
            kept=max(_KEPT, most + _SPARE),
            newer=newer,
            ignored=self._options.ignored_values,
        )

    def _cache_file(self) -> Path | None:
        """Return where tokens are kept; the folder says itself that Git is to ignore it."""
        if not self._options.cache_dir:
            return None
        start = self._config.config_file_path
        folder = (Path(start).parent if start else Path.cwd()) / self._options.cache_dir
        try:
            folder.mkdir(parents=True, exist_ok=True)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("# Made by mkdocs-anp; safe to delete.\n*\n", "utf-8")
        except OSError:  # without a cache all is as right, only slower
            return None
        return folder / f"similar_posts.{self._language}.tokens"

    # Rules

    def _page(self, uri: str) -> Page:
        """Return what the rules need to know of a post."""
        post, file = self._posts[uri]
        return Page.of(
            replace(self._light_document(uri), may_appear=self._may_appear(post, file)),
            needs_review=needs_review(post.fields),
        )

    def _may_appear(self, post: Post, file: File) -> bool:
        meta = _meta(file)
        day = day_of(meta.get("date"))
        return (
            post.settings.similar_posts.appear
            and file.inclusion.is_included()
            and not is_draft(post.fields, meta)
            and not (day is not None and day.isoformat() > self._today)
            and not self._excludes(post.source)
        )

    def _pinned_pages(self, files: Files) -> Iterator[Page]:
        """Yield the pages that are no posts, but pinned."""
        pins = {pin for rules in self._rules.values() for pin in rules.pin}
        for uri in sorted(pins - self._posts.keys()):
            file = files.get_file_from_path(uri)
            if file is not None and file.is_documentation_page():
                included = file.inclusion.is_included()
                yield Page(uri, uri, self._language, may_appear=included, is_post=False)

    def _rules_of(self, source: str, settings: SimilarPostsSettings) -> Rules:
        self._pins[source] = {
            _path(source, link): number for number, link in reversed([*enumerate(settings.pin)])
        }
        return Rules(
            limit=settings.limit,
            min_score=settings.min_score,
            newer=settings.newer,
            unreviewed=settings.unreviewed,
            pin=tuple(_path(source, link) for link in settings.pin),
            exclude=tuple(_path(source, link) for link in settings.exclude),
        )

    def _problem_of(self, useless: UselessPin) -> Problem | None:
        """Return a pin that cannot be followed as a problem; None where it is told already."""
        post, file = self._posts[useless.page]
        number = self._pins[useless.page][useless.pin]
        link = post.settings.similar_posts.pin[number]
        if useless.reason == "missing" and useless.pin.endswith(".md") and is_relative(link):
            return None
        message, cure = _USELESS[useless.reason]
        keys = (SETTINGS_KEY, FEATURE, "pin", number)
        path, place = field_place(keys, post.source, file.content_string, _meta(file), "")
        return Problem(
            post.source, dotted(path), "useless-pin", message.format(excerpt(link)), cure, place
        )

    def _light_document(self, uri: str) -> Document:
        """Return a post as a document, without its text."""
        post, file = self._posts[uri]
        return document_of(post, self._facts(post, file), PageText(), self._ignored)

    def _spelling_of(self, uri: str) -> Spelling:
        file = self._posts[uri][1]
        headings = tuple(
            clean(unescape(title)) for title in _headings(file.page.toc if file.page else ())
        )
        document = replace(self._light_document(uri), headings=headings)
        return Spelling.of(document, self._hidden)


_USELESS: Mapping[str, tuple[str, str]] = {
    "missing": (
        "the pin {} is no page of the site",
        "write the path of a Markdown file, relative to this one",
    ),
    "itself": ("the pin {} is this page itself", "remove it"),
    "hidden": (
        "the pinned page {} appears nowhere: it is a draft, of the future, or excluded",
        "remove the pin, or let the page appear",
    ),
    "excluded": ("the page pins {} and excludes it, too", "remove one of the two"),
    "translation": ("the pin {} is this page in another language", "remove it"),
}


def _warn_if_dirty(files: Files) -> None:
    unread = sum(
        file.page is None or file.page.content is None
        for file in files.documentation_pages()
        if file.generated_by is None
    )
    if unread:
        log.info(
            "with --dirty, similar posts are found among the pages that are built now; "
            "%d others are not read",
            unread,
        )


def _headings(toc: Iterable[Any]) -> Iterator[str]:
    """Yield the headings of a page below the first level."""
    for item in toc:
        if item.level > 1:
            yield item.title
        yield from _headings(item.children)


def _path(source: str, link: str) -> str:
    """Return the source path that a link of a page leads to; what leads to none as it is."""
    return joined(source, unquote(link.split("#")[0])) if is_relative(link) else link


def _is_hidden(field: Field | None) -> bool:
    return field is not None and (field.show == "hidden" or hides_inside(field))


def _meta(file: File) -> Mapping[str, Any]:
    return file.page.meta if file.page else {}
