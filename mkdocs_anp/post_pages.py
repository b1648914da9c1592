"""The pages of posts: what stands on each of them, and what is shown of it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from markupsafe import Markup

from mkdocs_anp.core.ahead import Ahead, each
from mkdocs_anp.core.fields import ANY
from mkdocs_anp.core.links import is_relative
from mkdocs_anp.core.meta_box import MetaBoxBuilder
from mkdocs_anp.core.placement import has_comments
from mkdocs_anp.core.post import Post, PostRules
from mkdocs_anp.core.post_files import joined
from mkdocs_anp.core.text import clean, escape
from mkdocs_anp.page_parts import PageContext, with_parts
from mkdocs_anp.render import Renderer, markup
from mkdocs_anp.titles import title_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

    from mkdocs_anp.checklists import Checklists
    from mkdocs_anp.checklists import Listed as ListedChecklist
    from mkdocs_anp.credits_page import CreditsPage
    from mkdocs_anp.image_captions import ImageCaptions
    from mkdocs_anp.post_cards import PostCards
    from mkdocs_anp.similar_posts import SimilarPosts
    from mkdocs_anp.similar_posts_section import SectionMaker

_PATH_END = re.compile("[?#]")
_NOTHING = Markup()


class Made(NamedTuple):
    """What becomes of the content of a post, before parts are put around it.

    Attributes:
        before: The content as it was.
        after: The content with lists to tick, and with captions.
        has_list: Whether one of these lists is that of the front matter.
        may_list_credits: Whether there may be a list of image credits.
        has_comments: Whether there are comments in it, of which one may be a marker.
        description: What tells search engines of the images, "" for nothing.
        tags: The tags of the images; where all stand on the finished page, the description is
            still true.
    """

    before: str
    after: str
    has_list: bool
    may_list_credits: bool
    has_comments: bool
    description: str
    tags: Sequence[str]


class PostPages:
    """Makes the parts of the pages of posts, in one language."""

    def __init__(
        self,
        env: Environment,
        renderer: Renderer,
        rules: PostRules,
        posts: Mapping[str, tuple[Post, File]],
        files: Files | None,
        captions: ImageCaptions | None,
        similar_posts: SimilarPosts | None,
    ) -> None:
        """Take all that is known of a site when its pages are read.

        Args:
            env: MkDocs' template environment.
            renderer: Renders our partials.
            rules: What the site says about its posts.
            posts: All posts by source path.
            files: All files of the site.
            captions: What puts captions at images; None where no page has any.
            similar_posts: The similar posts of the site; None where no page names any.
        """
        self._env = env
        self._renderer = renderer
        self._rules = rules
        self._posts = posts
        self._files = files
        self._captions = captions
        self._similar_posts = similar_posts
        self._builder = MetaBoxBuilder(
            renderer.wording,
            rules.top,
            renderer.row,
            renderer.meta_box,
            renderer.inline_markdown,
        )
        self._sections_ahead = Ahead(list(posts), self._render_similar_posts)
        self._made = Ahead(list(posts), each(self._make))
        self._meta_boxes = Ahead(list(posts), each(self._render_meta_box))
        self._glances = Ahead(list(posts), each(self._render_glance))
        self._parts: dict[str, Callable[[str], Markup]] = {
            "checklist": self._render_checklist,
            "image_credits": self._render_image_credits,
            "meta_box": self._meta_boxes.take,
            "similar_posts": self._sections_ahead.take,
            "glance": self._glances.take,
        }

    @cached_property
    def checklists(self) -> Checklists:
        """What makes the checklists of the site."""
        from mkdocs_anp.checklists import Checklists

        return Checklists(
            self._env,
            self._renderer.wording,
            self._renderer.inline_markdown,
            self._rules.section_headings,
            self._rules.top.fields.get("checklist", ANY),
        )

    @cached_property
    def cards(self) -> PostCards:
        """What is shown of pages elsewhere."""
        from mkdocs_anp.post_cards import PostCards

        return PostCards(self._posts, self._files, self._rules.top, self._builder)

    @cached_property
    def _sections(self) -> SectionMaker | None:
        """What makes sections of similar posts; None where no page has one."""
        if self._similar_posts is None:
            return None
        from mkdocs_anp.similar_posts_section import SectionMaker

        labels = self._renderer.wording.labels
        return SectionMaker(self._similar_posts, labels, self.cards.shown)

    def context(self, page: Page) -> PageContext | None:
        """Return what templates see as `anp` on a page, or None where it is no post."""
        uri = page.file.src_uri
        if uri not in self._posts:
            return None
        return PageContext(self._posts[uri][0], self._parts)

    def with_parts(self, content: str, context: PageContext) -> tuple[str, Made]:
        """Return the content of a post's page with all parts in it, and what was made of it before.

        Args:
            content: The HTML of the page.
            context: Gives the parts; loses those that stand in the content already.

        Raises:
            ValueError: The page is no post.
        """
        if context.post is None:
            raise ValueError("this page is no post")
        made = self._made_of(content, context.post)
        if made.has_list:
            context.checklist = _NOTHING
        if not made.may_list_credits:
            context.leave_out("image_credits")
        settings = context.post.settings
        return with_parts(made.after, context, settings, made.has_comments), made

    def credits_page(self, listed: CreditsPage, page: Page) -> Markup:
        """Return the list of all images of the site, as a page shows it."""
        if self._captions is None:
            return _NOTHING
        writer, words = self._captions.writer, self._renderer.wording.labels
        context = listed.context(page.file, writer, words, self._resolve_from)
        return self._renderer.credits_page(context)

    def captioned_excerpt(self, content: str, uri: str, page: Page, *, is_first: bool) -> str:
        """Return an excerpt of a post, as a page shows it, with captions and credits.

        Args:
            content: The excerpt.
            uri: The source path of the post.
            page: The page that shows it.
            is_first: Whether it is the first one there.
        """
        if self._captions is None:
            return content
        resolve = partial(self._resolve, page.file)
        return self._captions.in_excerpt(content, *self._posts[uri], resolve, is_first=is_first)

    def described(self, output: str, uri: str) -> str:
        """Return what tells search engines of the images of a post's finished page."""
        return self._captions.described(output, *self._posts[uri]) if self._captions else ""

    def listed_checklists(self, seen_from: File) -> Iterator[ListedChecklist]:
        """Yield all checklists of the site, as a page lists them."""
        from mkdocs_anp.checklists import ANCHOR
        from mkdocs_anp.checklists import Listed as ListedChecklist

        for post, file in self._posts.values():
            content = (file.page.content if file.page else "") or ""
            if ids := self.checklists.ids(content, post):
                url = f"{file.url_relative_to(seen_from)}#{ANCHOR}"
                yield ListedChecklist(url, escape(title_of(file, file.src_uri)), ids)

    def _render_image_credits(self, uri: str) -> Markup:
        post, file = self._posts[uri]
        meta = file.page.meta if file.page else {}
        if self._captions is None:
            return _NOTHING
        listed = self._captions.listed(post, file, partial(self._resolve, file), meta)
        title = post.settings.image_credits.title or self._labels_of("image_credits.title")
        return self._renderer.image_credits(escape(clean(title)), listed) if listed else _NOTHING

    def _made_of(self, content: str, post: Post) -> Made:
        """Return what becomes of the content of a post."""
        made = self._made.take(post.source)
        if made.before is not content:  # another plugin has changed it since
            made = self._make(post.source, content)
        return made

    def _make(self, uri: str, content: str | None = None) -> Made:
        post, file = self._posts[uri]
        if content is None:
            content = (file.page.content if file.page else "") or ""
        comments = has_comments(content)
        after, has_list = self._with_own_lists(content, post, file, comments)
        if self._captions is None:
            return Made(content, after, has_list, False, comments, "", ())
        resolve = partial(self._resolve, file)
        html, may_list, description, tags = self._captions.on_page(after, post, file, resolve)
        return Made(content, html, has_list, may_list, comments, description, tags)

    def _with_own_lists(
        self, content: str, post: Post, file: File, has_comments: bool
    ) -> tuple[str, bool]:
        """Return a page's content with the lists in it that readers can tick."""
        settings = post.settings.checklist
        if not settings.enabled or not ("checklist" in post.fields or settings.task_lists):
            return content, False
        resolve = partial(self._resolve, file)
        return self.checklists.in_place(content, post, resolve, may_hide=has_comments)

    def _render_checklist(self, uri: str) -> Markup:
        post, file = self._posts[uri]
        return self.checklists.html(post, partial(self._resolve, file))

    def _render_meta_box(self, uri: str) -> Markup:
        post, file = self._posts[uri]
        if not post.settings.meta_box.enabled:
            return _NOTHING
        return markup(self._builder.meta_box(post, partial(self._resolve, file)))

    def _render_similar_posts(self, uris: Sequence[str]) -> Iterator[Markup]:
        """Yield the sections of some posts."""
        if self._sections is None:
            yield from (_NOTHING for _ in uris)
            return
        posts = [self._posts[uri][0] for uri in uris]
        all_entries = self._sections.entries(posts, self.cards.url_from)
        for post, entries in zip(posts, all_entries, strict=True):
            settings = post.settings.similar_posts
            title = escape(clean(settings.title or self._labels_of("similar_posts.title")))
            yield self._renderer.similar_posts(title, settings.look, entries)

    def _render_glance(self, uri: str) -> Markup:
        post, file = self._posts[uri]
        items = ""
        if post.settings.meta_box.enabled:
            items = self._builder.glance(post, partial(self._resolve, file))
        return self._renderer.glance(items) if items else _NOTHING

    def _labels_of(self, key: str) -> str:
        return self._renderer.wording.labels[key]

    def _resolve(self, file: File, url: str) -> str:
        """Return the address of a file of the site, as seen from a page, for its source path."""
        return self._resolve_from(file.src_uri, file, url)

    def _resolve_from(self, source: str, file: File, url: str) -> str:
        """Return the same for a path that was written in another source file."""
        if self._files is None or not is_relative(url):
            return url
        path, rest = _split_path(url)
        target = self._files.get_file_from_path(joined(source, unquote(path)))
        if target is None or not path:
            return url  # as it is: MkDocs does the same with such a link in the Markdown
        return target.url_relative_to(file) + rest


def _split_path(url: str) -> tuple[str, str]:
    """Return the path of an address, and its query and fragment."""
    path = _PATH_END.split(url, maxsplit=1)[0]
    return path, url[len(path) :]
