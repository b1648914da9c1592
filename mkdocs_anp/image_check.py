"""The images of pages without a build: each page is converted, but no template runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.structure.pages import Page

from mkdocs_anp.core.image_credits.audit import Credited
from mkdocs_anp.core.image_credits.entries import FIELD
from mkdocs_anp.core.image_credits.places import Places
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.image_credits import ImageCredits
from mkdocs_anp.page_images import PAGE_PROCESSOR
from mkdocs_anp.terminal import say

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.config import AnpConfig

_SIGNS = ("![", "<img", "<IMG")


class ImageCheck:
    """Finds and checks the images of pages, one page at a time.

    What other plugins would add while a site is built (macros, say) is not there.
    """

    def __init__(self, options: AnpConfig, config: MkDocsConfig, files: Files) -> None:
        """Take the site."""
        self._config = config
        self._meta_key = options.meta_key
        self.images = ImageCredits(options.image_credits, config)
        self.images.find_files(files)

    def problems(
        self, file: File, text: str, body: str, post: Post, meta: Mapping[Any, Any]
    ) -> Iterator[Problem]:
        """Yield what is wrong with the images of a post.

        Args:
            file: Its source.
            text: What stands in it.
            body: The same without the front matter.
            post: The post.
            meta: The front matter.
        """
        if not self.images.options.enabled or not self._may_have_images(post, body):
            return
        if not self._convert(file, body, post):
            return
        places = Places(post.source, text, meta, self._meta_key)
        for finding in self.images.audit(post, file, meta, lambda code, source: False):
            yield places.problem_of(finding)

    def credited(self, file: File, body: str, post: Post) -> list[Credited]:
        """Return the images of a post, each with what is known of it."""
        return self.images.credited(post, file) if self._convert(file, body, post) else []

    def _may_have_images(self, post: Post, body: str) -> bool:
        return FIELD in post.fields or any(sign in body for sign in _SIGNS)

    def _convert(self, file: File, body: str, post: Post) -> bool:
        """Convert a page, and return whether that worked: extensions can fail in many ways."""
        self.images.begin(post.source, is_wanted=True)
        config = self._config
        markdown = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )
        markdown.treeprocessors.register(_Nothing(markdown), PAGE_PROCESSOR, 0)
        try:
            html = markdown.convert(body)
        except Exception as error:  # whatever it is, a build stops there and says why
            say(f"{post.source}: its images are not checked: {error}", err=True)
            return False
        self.images.end(Page(None, file, config), html)
        return True


class _Nothing(Treeprocessor):
    """Stands in for MkDocs, which marks with one of its own that a whole page is converted."""

    def run(self, root: Any) -> None:
        pass
