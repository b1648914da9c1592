"""Between MkDocs and the core: pages to posts, problems to the log, HTML to the page.

The modules of a feature are imported where the first page needs them, here and below: together
they take as long as the pages of a small site, and few sites use all features.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from mkdocs_anp import theme
from mkdocs_anp.core.ahead import Gathered
from mkdocs_anp.core.blocks import front_matter_block, has_key
from mkdocs_anp.core.fields import BUILT_IN
from mkdocs_anp.core.formats import formats_of
from mkdocs_anp.core.keys import canonical_key, key_text
from mkdocs_anp.core.placement import (
    Part,
    below_title,
    has_all,
    has_comments,
    in_head,
    place,
)
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.problems import WHOLE, Problem
from mkdocs_anp.core.settings import SETTINGS_KEY, is_enabled
from mkdocs_anp.core.site_fields import field_labels
from mkdocs_anp.core.text import escape
from mkdocs_anp.nav import NavMode, PostNav
from mkdocs_anp.page_parts import PageContext
from mkdocs_anp.pages import Defaults, blog_folders, check_file, lost_front_matter, reader_of
from mkdocs_anp.post_pages import PostPages
from mkdocs_anp.render import Renderer
from mkdocs_anp.sources import Sources
from mkdocs_anp.validation import Identity, Memory, Validation

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from mkdocs_anp.config import AnpConfig
    from mkdocs_anp.core.image_credits.audit import Finding
    from mkdocs_anp.core.post_index import Listed
    from mkdocs_anp.image_credits import ImageCredits
    from mkdocs_anp.nav import Entry as IndexEntry
    from mkdocs_anp.similar_posts import SimilarPosts


class Site:
    """The state of one build."""

    def __init__(
        self,
        options: AnpConfig,
        config: MkDocsConfig,
        memory: Memory | None = None,
        told: set[Identity] | None = None,
    ) -> None:
        """Start a build.

        Args:
            options: The plugin's options.
            config: MkDocs' configuration.
            memory: What `mkdocs serve` remembers of the last build; None in any other build.
            told: The problems that builds of other languages have told; takes those of this one.
        """
        self._rules = options.rules()
        self._labels = {**dict(field_labels(self._rules.top)), **options.labels}
        self._posts: dict[str, tuple[Post, File]] = {}
        # What a page has left in memory stays there until the build ends. The garbage collector
        # need not look through it again and again: that takes more time than all that we do.
        self._unread = Gathered(self._read, then=gc.freeze)
        gc.freeze()
        self._unaudited: list[str] = []
        self._memory = memory
        self._files: Files | None = None
        self._sources = Sources()
        self._lent: str | None = None
        self._has_comments = True
        self._description: tuple[str, Sequence[str]] = "", ()
        self.validation = Validation(options.validation, options.levels(), config, memory, told)
        formats_of(theme.language(config))  # early, as it says
        self.images = _image_credits(options, config)
        self.similar_posts: SimilarPosts | None = None
        self._options = options
        self._config = config
        self.nav = PostNav(cast("NavMode", options.nav), self._looks_like_post)

    def find_files(self, files: Files, config: MkDocsConfig) -> None:
        """Remember the files, and take posts out of the navigation."""
        self._files = files
        if self.images:
            self.images.find_files(files)
            if self.images.page:
                self.images.page.find(files, config, theme.language(config))
        self._defaults = Defaults(files, config)
        self._reader = reader_of(
            files, config, self._rules, self._defaults, self.validation.is_enabled
        )
        self._check_edited(files, config)
        self.nav.hide_posts(files, config, theme.language(config))

    def link_pages(self, nav: Navigation, config: MkDocsConfig) -> None:
        """Link the pages of ours in the navigation."""
        self.nav.link_index(nav, config)
        if self.images and self.images.page:
            self.images.page.link(nav, config)

    def check_blog(self, files: Files, config: MkDocsConfig) -> None:
        """Report front matter at which Material's blog plugin is going to stop the build."""
        folders = blog_folders(config)
        for file in files.documentation_pages() if folders else ():
            if file.src_uri.startswith(folders) and (problems := lost_front_matter(file)):
                self.validation.tell_at_once(problems)

    def _check_edited(self, files: Files, config: MkDocsConfig) -> None:
        """Tell an author at once what is wrong with the pages that were just saved."""
        edited = self._memory.edited(files) if self._memory else []
        if not edited:
            return
        reader = reader_of(files, config, self._rules, self._defaults)
        problems = [
            problem for file in edited for problem in check_file(file, reader, self._defaults)
        ]
        self.validation.tell_at_once(problems, [file.src_uri for file in edited])

    def source(self, page: Page) -> str | None:
        """Return what MkDocs is to take for a page's source; None where it is to read the file."""
        return self._sources.read(page)

    def begin(self, page: Page, markdown: str) -> str | None:
        """Save what MkDocs has lost of a page's front matter; return the Markdown without it."""
        self._unread.flush_if_full()
        uri = page.file.src_uri
        text, repeats_a_key = self._sources.source_of(page)
        saved = self._reader.begin(uri, text, markdown, page.meta, repeats_a_key)
        if self.images:
            self.images.begin(uri, is_wanted=self._may_be_post(uri, page.meta))
        return saved

    def _may_be_post(self, uri: str, meta: Mapping[str, Any]) -> bool:
        """Return whether a page may be a post, before other plugins have changed its meta."""
        if self._rules.is_post is not None:
            return self._rules.is_post(uri)
        if self._rules.meta_key in meta:  # as nearly every post spells it
            return True
        wanted = canonical_key(self._rules.meta_key)
        if any(not wanted or canonical_key(key_text(key)) == wanted for key in meta):
            return True
        return bool(self._defaults(uri))

    def read(self, page: Page, html: str) -> str | None:
        """Find the images of a page that was converted; return its HTML if it changes.

        Its post meta is read now, or with that of the next pages.
        """
        changed = self.images.end(page, html) if self.images else None
        self._unread.add(page)
        return changed

    def _read(self, page: Page) -> None:
        """Read a page's post meta and remember it as a post, if it is one."""
        uri = page.file.src_uri
        post, problems = self._reader.read(uri, page.meta)
        self.validation.add(problems)
        if post is None:
            return
        if post.settings.meta_box.reading_time == "auto" and "reading_time" not in post.fields:
            from mkdocs_anp.core.reading_time import reading_minutes

            post = post.with_field("reading_time", reading_minutes(page.markdown or ""))
        self._posts[uri] = post, page.file
        # Now, while what was read is in the processor's caches.
        if self.images and not self.images.audit_at_once(post):
            self._unaudited.append(uri)

    def report(self) -> None:
        """Report every problem of every page, now that all are read."""
        self._unread.flush()
        gc.freeze()  # no page is read any more, and all that were stay
        if self.images:
            self._audit_images(self.images)
            self.images.report()
        self._find_similar()
        self.validation.add(self._useless_pins())
        self.validation.add(self._same_addresses())
        self.validation.report()

    def _audit_images(self, images: ImageCredits) -> None:
        """Find out what is wrong with images that were not seen to be all right at once."""
        for post, file in map(self._posts.__getitem__, dict.fromkeys(self._unaudited)):
            if file.page:
                found = images.audit(post, file, file.page.meta, self._is_hint)
                self.validation.add(self._problems_of_images(found, post, file.page))

    def _find_similar(self) -> None:
        """Work out similar posts, if any page is to name some."""
        if not any(post.settings.similar_posts.enabled for post, _ in self._posts.values()):
            return
        from mkdocs_anp.similar_posts import SimilarPosts

        self.similar_posts = SimilarPosts(
            self._options.similar_posts,
            self._config,
            theme.language(self._config),
            self._rules.top,
            self._memory.similar_posts if self._memory else None,
        )
        if self._files is not None:
            self.similar_posts.find(self._posts, self._files)

    def _problems_of_images(
        self, found: Iterable[Finding], post: Post, page: Page
    ) -> Iterator[Problem]:
        """Yield what is wrong with the images of a post."""
        levels = self.validation.levels
        wanted = [item for item in found if levels.of(item.code, post.source) != "off"]
        if not (wanted and self.validation.is_enabled):
            return
        if is_enabled("validation", page.meta.get(SETTINGS_KEY)):
            from mkdocs_anp.core.image_credits.places import Places

            text, key = page.file.content_string, self._rules.meta_key
            places = Places(post.source, text, page.meta, key)
            yield from map(places.problem_of, wanted)

    def _is_hint(self, code: str, source: str) -> bool:
        return self.validation.levels.of(code, source) == "info"

    def _useless_pins(self) -> Iterator[Problem]:
        """Yield the pins of similar posts that cannot be followed."""
        if self.similar_posts is None or not self.validation.is_enabled:
            return
        for problem in self.similar_posts.problems():
            if self._is_checked(self._posts[problem.source][1]):
                yield problem

    def _same_addresses(self) -> Iterator[Problem]:
        """Yield the posts that MkDocs writes, without a word, to the place of another post."""
        firsts: dict[str, str] = {}
        for source, (_, file) in self._posts.items():
            first = firsts.setdefault(file.dest_uri, source)
            if first != source and self.validation.is_enabled and self._is_checked(file):
                message = f"the address '{file.url}' is that of {first} already"
                cure = "give one of the two another name: only one of them is published"
                yield Problem(source, WHOLE, "duplicate-address", message, cure)

    def _is_checked(self, file: File) -> bool:
        """Return whether the problems of a page may be told."""
        return bool(file.page and is_enabled("validation", file.page.meta.get(SETTINGS_KEY)))

    def prepare_templates(self, env: Environment, config: MkDocsConfig) -> None:
        """Compile our templates, and define `anp` for templates that have no page (404)."""
        self._renderer = Renderer(env, theme.THEME_DIR, theme.language(config), self._labels)
        labels = self._renderer.wording.labels
        captions = None
        if self.images:
            from mkdocs_anp.image_captions import ImageCaptions

            captions = ImageCaptions(self.images, labels, self._renderer.figcaption)
            if self.images.page:
                self.images.page.finish(config, labels)
        self._pages = PostPages(
            env,
            self._renderer,
            self._rules,
            self._posts,
            self._files,
            captions,
            self.similar_posts,
        )
        env.globals["anp"] = PageContext()
        if self._files is not None:
            posts = [file for _, file in self._posts.values()]
            self.nav.add_index(self._files, config, posts, self._listed, labels)

    # The cards are made where the first page needs them.

    def _listed(self, file: File) -> Listed:
        return self._pages.cards.listed(file)

    def _index_entry(self, listed: Listed, file: File) -> IndexEntry:
        return self._pages.cards.index_entry(listed, file)

    def context(self, page: Page) -> PageContext | None:
        """Return what templates see as `anp` on a page, or None where it is no post."""
        return self._pages.context(page)

    def lend_content(self, page: Page, context: PageContext) -> None:
        """Put our parts into a post's content, until it is taken back."""
        self._lent = page.content
        if self.images and self.images.page and self.images.page.has(page.file):
            context.image_credits = self._pages.credits_page(self.images.page, page)
        page.content, made = self._pages.with_parts(page.content or "", context)
        self._has_comments = made.has_comments
        self._description = made.description, made.tags

    def lend_overview(self, page: Page) -> None:
        """List all checklists of the site where a page has the marker for it."""
        content = page.content or ""
        if not (self._has_comments if self._lent is not None else has_comments(content)):
            return
        listed = partial(self._pages.listed_checklists, page.file)
        placed = self._pages.checklists.overview(content, listed)
        if placed is not content:
            self._lent = page.content if self._lent is None else self._lent
            page.content = placed

    def lend_problems(self, page: Page) -> None:
        """Show the author of a page its problems, in `mkdocs serve` only."""
        problems = self.validation.of(page.file.src_uri) if self.validation.is_serving else ()
        if problems:
            texts = [(problem.level, escape(self.validation.text(problem))) for problem in problems]
            self._lent = page.content if self._lent is None else self._lent
            page.content = below_title(page.content or "", self._renderer.validation(texts))

    def lend_index(self, page: Page) -> None:
        """Put a page of the index of posts into that page's content, until it is taken back."""
        if self.images:
            self._lend_images(self.images, page)
        context = self.nav.context(page, self._index_entry, self._renderer.wording.labels)
        if context is not None:
            self._lent = page.content
            page.content = self._renderer.post_index(context)

    def _lend_images(self, images: ImageCredits, page: Page) -> None:
        """Do to a page that is no post what image credits do to it."""
        from mkdocs_anp.core.image_credits.stamps import has_stamps, without_stamps

        if has_stamps(page.content or ""):  # it looked like a post, and is none
            self._lent = page.content
            page.content = without_stamps(page.content or "")
        if images.page and images.page.has(page.file):
            self._lent = page.content
            html = self._pages.credits_page(images.page, page)
            part = Part("image_credits", "end")
            page.content, _ = place(page.content or "", [part], lambda name: html)

    def lend_excerpts(self, context: Mapping[str, Any], page: Page) -> None:
        """Put captions and credits into the excerpts of posts that a page lists."""
        excerpts = context.get("posts")
        if self.images is None or not isinstance(excerpts, list):
            return
        from mkdocs_anp.core.image_credits.stamps import without_stamps

        for position, excerpt in enumerate(excerpts):
            file = getattr(getattr(excerpt, "post", None), "file", None)
            content = getattr(excerpt, "content", None)
            if file is None or not isinstance(content, str):
                continue
            if file.src_uri in self._posts:
                uri = file.src_uri
                is_first = position == 0
                content = self._pages.captioned_excerpt(content, uri, page, is_first=is_first)
            else:
                content = without_stamps(content)
            excerpt.content = content

    def with_structured_data(self, output: str, page: Page) -> str | None:
        """Return a finished page with what it tells search engines; None where that is nothing."""
        description, tags = self._description
        if not description:
            return None
        self._description = "", ()
        if not has_all(output, tags):  # others have changed them, perhaps their addresses
            description = self._pages.described(output, page.file.src_uri)
        return in_head(output, description) if description else None

    def return_content(self, page: Page) -> None:
        """Give a page the content back that it had before the template."""
        if self._lent is not None:
            page.content, self._lent = self._lent, None

    def write_site_files(
        self, config: MkDocsConfig, sections: dict[str, Sequence[Mapping[str, object]]]
    ) -> None:
        """Write the files of ours that are about the whole site.

        Args:
            config: MkDocs' configuration.
            sections: The sections of other languages; takes those of this one.
        """
        if not self._options.similar_posts.json or self._files is None:
            return
        from mkdocs_anp.similar_posts import unread_pages
        from mkdocs_anp.similar_posts_section import JSON_FILE, write_json

        if unread_pages(self._files):
            return  # `--dirty` knows few sections: those of the last build stay
        if self.similar_posts is not None:
            sections.update(self._pages.cards.sections(self.similar_posts))
        write_json(Path(config.site_dir) / JSON_FILE, sections)

    def _looks_like_post(self, file: File) -> bool:
        """Return whether a file is a post, as far as can be told without parsing it."""
        if self._rules.is_post is not None:
            return self._rules.is_post(file.src_uri)
        keys = {canonical_key(self._rules.meta_key)} if self._rules.meta_key else BUILT_IN.keys()
        if any(has_key(text.text, keys) for text in self._defaults(file.src_uri)):
            return True
        try:
            return has_key(front_matter_block(file.content_string).text, keys)
        except (OSError, ValueError):
            return False


def _image_credits(options: AnpConfig, config: MkDocsConfig) -> ImageCredits | None:
    """Return the image credits of a build; None where no page has any."""
    if not options.image_credits.enabled:
        return None
    from mkdocs_anp.image_credits import ImageCredits

    return ImageCredits(options.image_credits, config)


def register_alone(config: MkDocsConfig, event: str, method: Callable[..., object]) -> None:
    """Take part in an event of which MkDocs warns where two plugins do, unless one does already."""
    methods = config.plugins.events[event]
    if not methods:
        methods.append(method)
