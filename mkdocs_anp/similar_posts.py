"""Similar posts of a site: its pages as documents for the engine, its lists as parts of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import get_build_date

from mkdocs_anp.core.field_place import field_place
from mkdocs_anp.core.fields import Field
from mkdocs_anp.core.keys import dotted
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.post_files import is_source_link, linked
from mkdocs_anp.core.post_index import day_of, listed
from mkdocs_anp.core.problems import Problem, excerpt
from mkdocs_anp.core.settings import SETTINGS_KEY, SimilarPostsSettings
from mkdocs_anp.core.shown import hides_inside
from mkdocs_anp.core.similar_posts.document import SETS
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

    from mkdocs_anp.core.similar_posts import Document, Engine, Options
    from mkdocs_anp.options.similar_posts import SimilarPostsOptions

log = get_plugin_logger(__name__)

FEATURE = "similar_posts"
_KEPT = 12
_KEPT_FOR_STRICT = 40  # where some pages rule out what others do not
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
            language: The language of the site; plugins for translations set it late.
            top: The fields of the site; what it hides, no reason names.
            kept: What `mkdocs serve` keeps; None in any other build.
        """
        self._options = options
        self._config = config
        self._language = _primary(language)
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
        self._has_all = True
        self._spelling = lru_cache(maxsize=_MANY)(self._spelling_of)

    def find(self, posts: Mapping[str, tuple[Post, File]], files: Files) -> None:
        """Work out what is similar, now that all pages are read.

        Args:
            posts: All posts by source path.
            files: The files of the site.
        """
        self._posts = posts
        self._has_all = not _tell_unread(files)
        self._sources = {file.src_uri for file in files.documentation_pages()}
        self._urls = PageUrls(
            {file.url: file.src_uri for file in files.documentation_pages()},
            self._config.site_url or "",
        )
        self._rules = {
            uri: self._rules_of(post.source, post.settings.similar_posts)
            for uri, (post, _) in posts.items()
        }
        pages: list[Page] = []
        self._work_out(pages)
        self._chooser = Chooser([*pages, *self._pinned_pages(files)])

    def problems(self) -> Iterator[Problem]:
        """Yield the pins and exclusions that cannot be followed."""
        for uri, rules in self._rules.items():
            if not self.is_on(uri):
                continue
            for useless in self._chooser.useless_pins(uri, rules) if rules.pin else ():
                if problem := self._problem_of(useless):
                    yield problem
            for number, excluded in enumerate(rules.exclude):
                if excluded not in self._sources and (problem := self._no_page(uri, number)):
                    yield problem

    def choices(self, uri: str) -> tuple[Choice, ...]:
        """Return what the section of a post names, the best first."""
        if uri not in self._rules or not self.is_on(uri):
            return ()
        engine = self._kept.engine
        if engine is None or uri not in engine:
            return self._chooser.choose(uri, (), self._rules[uri])
        chosen = self._chooser.choose(uri, engine.ranked(uri), self._rules[uri])
        return tuple(
            replace(choice, score=engine.evidence(uri, choice.id).score)
            if choice.origin == "pin" and not choice.score and engine.compares(uri, choice.id)
            else choice
            for choice in chosen
        )

    def reasons(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, dict[str, Reasons]]:
        """Return why posts name others; none for those that the engine does not know.

        Args:
            wanted: For each post those that it names. Many at a time take less time.
        """
        engine = self._kept.engine
        if engine is None:
            return {}
        known = {
            uri: [other for other in others if engine.compares(uri, other)]
            for uri, others in wanted.items()
            if uri in engine
        }
        return {
            uri: {
                other: reasons_of(common, self._spelling(uri), self._spelling(other))
                for other, common in zip(known[uri], found, strict=True)
            }
            for uri, found in engine.in_common(known).items()
        }

    def topics(self, uri: str, other: str) -> tuple[str, ...]:
        """Return the topics that two posts share, as the other one writes them."""
        mine, theirs = self._spelling(uri), self._spelling(other)
        return tuple(theirs.values[topic] for topic in theirs.topics if topic in mine.topics)

    def engine(self) -> Engine | None:
        """Return the engine; None where no page has a section."""
        return self._kept.engine

    def has(self, uri: str) -> bool:
        """Return whether a page is a post that may have a section."""
        return uri in self._rules

    def is_on(self, uri: str) -> bool:
        """Return whether a post has a section."""
        return self._posts[uri][0].settings.similar_posts.enabled

    # Documents

    def _work_out(self, pages: list[Page]) -> None:
        """Bring the engine up to date, or make one; add what the rules need to know of pages."""
        # Not above: to import numpy takes 0.1 s, which a site without the feature need not pay.
        from mkdocs_anp.core.similar_posts.cache import TokenFile
        from mkdocs_anp.core.similar_posts.engine import Engine

        options, kept = self._engine_options(), self._kept
        if kept.engine is not None and kept.options == options:
            edited = [d for d in self._documents(pages) if kept.digests.get(d.id) != hash(d)]
            removed = kept.digests.keys() - self._posts.keys()
            kept.engine.update(edited, removed)
            for id_ in removed:
                del kept.digests[id_]
            kept.digests.update((document.id, hash(document)) for document in edited)
            return
        cache = self._made_cache_file()
        kept.engine = Engine(
            options, TokenFile(cache) if cache else None, may_change=self._is_serving
        )
        kept.options, kept.digests = options, {}
        for document in self._documents(pages):
            kept.engine.add(document)
            if self._is_serving:
                kept.digests[document.id] = hash(document)
        kept.engine.finish()

    def _documents(self, pages: list[Page]) -> Iterator[Document]:
        """Yield all posts as documents, one at a time: their texts are as large as the site."""
        has_unreviewed = any(rules.unreviewed for rules in self._rules.values())
        for post, file in self._posts.values():
            title = title_of(file, file.src_uri)
            text = page_text((file.page.content if file.page else "") or "", title)
            facts = self._facts(post, file, self._urls.targets(file.url, text.hrefs))
            document = document_of(post, facts, text, self._ignored)
            document = document.without(self._options.ignored_values)
            page = Page.of(document, needs_review=needs_review(post.fields))
            pages.append(page)
            if page.may_appear and page.needs_review and not has_unreviewed:
                document = replace(document, may_appear=False)
            yield document

    def _facts(self, post: Post, file: File, links: tuple[str, ...]) -> PageFacts:
        meta = _meta(file)
        description = meta.get("description")
        return PageFacts(
            title=title_of(file, file.src_uri),
            description=description if isinstance(description, str) else "",
            language=next(map(_primary, texts_of(meta, "lang")), self._language),
            day=listed(post.source, meta, post.fields).day,
            tags=texts_of(meta, "tags"),
            links=links,
            may_appear=self._may_appear(post, file),
        )

    def _engine_options(self) -> Options:
        from mkdocs_anp.core.similar_posts.pool import Options

        rules = self._rules.values()
        kept = max(_KEPT, _SPARE + max(own.limit + len(own.exclude) for own in rules))
        if len({(own.newer, own.unreviewed) for own in rules}) > 1:
            kept = max(kept, _KEPT_FOR_STRICT)
        newer = any(own.newer for own in rules)
        return Options(weights=self._options.scaled_weights(), kept=kept, newer=newer)

    def _made_cache_file(self) -> Path | None:
        """Return where tokens are kept, in a folder that is there; None for nowhere."""
        # What is not read now would be forgotten.
        if not self._options.cache_dir or not self._has_all:
            return None
        start = Path(self._config.config_file_path or "mkdocs.yml")
        folder = start.parent / self._options.cache_dir
        try:
            if not folder.exists():
                folder.mkdir(parents=True)
                # A folder of ours alone: nothing of it is for Git.
                ignore = "# Made by mkdocs-anp; safe to delete.\n*\n"
                (folder / ".gitignore").write_text(ignore, "utf-8")
        except OSError:  # without a cache all is as right, only slower
            return None
        return folder / f"similar_posts.{start.stem}.{self._language}.tokens"

    # Rules

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
            linked(source, link): number for number, link in reversed([*enumerate(settings.pin)])
        }
        return Rules(
            limit=settings.limit,
            min_score=settings.min_score,
            newer=settings.newer,
            unreviewed=settings.unreviewed,
            pin=tuple(linked(source, link) for link in settings.pin),
            exclude=tuple(linked(source, link) for link in settings.exclude),
        )

    def _problem_of(self, useless: UselessPin) -> Problem | None:
        """Return a pin that cannot be followed as a problem; None where it is told already."""
        number = self._pins[useless.page][useless.pin]
        link = self._posts[useless.page][0].settings.similar_posts.pin[number]
        if useless.reason == "missing" and is_source_link(link):
            return None
        message, cure = _USELESS[useless.reason]
        problem = self._problem(useless.page, "pin", number, message.format(excerpt(link)), cure)
        # A pin that defaults give to many pages is that of one of them.
        return None if useless.reason == "itself" and problem.place is None else problem

    def _no_page(self, uri: str, number: int) -> Problem | None:
        """Return an exclusion that leads to no page as a problem; None where it is told already."""
        link = self._posts[uri][0].settings.similar_posts.exclude[number]
        if is_source_link(link):
            return None
        message = f"{excerpt(link)} is no page of the site"
        cure = "write the path of a Markdown file; patterns belong into mkdocs.yml"
        return self._problem(uri, "exclude", number, message, cure)

    def _problem(self, uri: str, setting: str, number: int, message: str, cure: str) -> Problem:
        post, file = self._posts[uri]
        keys = (SETTINGS_KEY, FEATURE, setting, number)
        path, place = field_place(keys, post.source, file.content_string, _meta(file), "")
        return Problem(post.source, dotted(path), "useless-pin", message, cure, place)

    def _spelling_of(self, uri: str) -> Spelling:
        post, file = self._posts[uri]
        headings = tuple(
            clean(unescape(title)) for title in _headings(file.page.toc if file.page else ())
        )
        facts = PageFacts(title_of(file, uri), tags=texts_of(_meta(file), "tags"))
        document = document_of(post, facts, PageText(headings), self._ignored)
        content = (file.page.content if file.page else "") or ""

        def said() -> str:
            text = page_text(content)
            return f"{text.body}\n{text.code}"

        return Spelling.of(document, self._hidden, said)


_USELESS: Mapping[str, tuple[str, str]] = {
    "missing": (
        "the pin {} is no page of the site",
        "write the path of a Markdown file, relative to this one",
    ),
    "itself": ("the pin {} is this page itself", "remove it"),
    "hidden": (
        "the pinned page {} appears nowhere: it is a draft, of the future, excluded, or says so",
        "remove the pin, or let the page appear",
    ),
    "excluded": ("the page pins {} and excludes it, too", "remove one of the two"),
    "beyond": ("the pin {} comes after as many posts as the section names", "raise the limit"),
    "translation": ("the pin {} is this page in another language", "remove it"),
}


def unread_pages(files: Files) -> int:
    """Return how many pages are not read in this build: with `--dirty`, those not edited."""
    return sum(
        file.page is None or file.page.content is None
        for file in files.documentation_pages()
        if file.generated_by is None
    )


def _tell_unread(files: Files) -> int:
    """Return how many pages are not read in this build, and tell it."""
    unread = unread_pages(files)
    if unread:
        log.info(
            "with --dirty, similar posts are found among the pages that are built now; "
            "%d others are not read",
            unread,
        )
    return unread


def _primary(language: str) -> str:
    """Return the language of a code such as `en-GB`, without its region."""
    return re.split("[-_]", language.strip().lower(), maxsplit=1)[0]


def _headings(toc: Iterable[Any]) -> Iterator[str]:
    """Yield the headings of a page below the first level."""
    for item in toc:
        if item.level > 1:
            yield item.title
        yield from _headings(item.children)


def _is_hidden(field: Field | None) -> bool:
    return field is not None and (field.show == "hidden" or hides_inside(field))


def _meta(file: File) -> Mapping[str, Any]:
    return file.page.meta if file.page else {}
