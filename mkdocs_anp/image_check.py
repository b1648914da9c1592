"""The images of pages without a build: each page is converted, but no template runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.structure.pages import Page

from mkdocs_anp.core.image_credits.addresses import is_remote
from mkdocs_anp.core.image_credits.audit import Credited, Finding
from mkdocs_anp.core.image_credits.entries import FIELD, image_sources
from mkdocs_anp.core.image_credits.places import Places
from mkdocs_anp.core.links import is_relative
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.problems import IMAGES, Problem
from mkdocs_anp.core.text import shortened
from mkdocs_anp.image_credits import ImageCredits
from mkdocs_anp.page_images import PAGE_PROCESSOR
from mkdocs_anp.pages import blog_folders
from mkdocs_anp.terminal import say

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.config import AnpConfig
    from mkdocs_anp.image_credits import Tally

_SIGNS = ("![", "<img", "<IMG")
# The signs of templates, which plugins such as `macros` make Markdown of.
_MACRO = re.compile(r"\{\{|\{%|\{#\s")
_BLOCK = re.compile(r"\{%|\{#\s")
_NOT_TEMPLATES = frozenset({"material", "mkdocs", "mkdocs_anp"})
"""Packages whose plugins leave templates in Markdown as they are."""
_ABSENT = frozenset({"unused", "conflict"})
"""What is told of an entry because the page has no such image."""
_LONGEST = 300  # characters of what an extension says


class ImageCheck:
    """Finds and checks the images of pages, one page at a time.

    What other plugins would add while a site is built (macros, say) is not there; nothing is told
    that depends on it.
    """

    def __init__(self, options: AnpConfig, config: MkDocsConfig, files: Files) -> None:
        """Take the site."""
        self._config = config
        self._meta_key = options.meta_key
        self._blogs = blog_folders(config)
        self._has_templates = _has_templates(config)
        self.images = ImageCredits(options.image_credits, config)
        self.images.find_files(files)

    @property
    def tally(self) -> Tally:
        """What the images come to that were found so far."""
        return self.images.tally

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
        if not post.settings.image_credits.enabled:
            return
        error = self._convert(file, body, post)
        if error is not None:
            message = f"the images of this page are not checked, for Markdown fails: {error}"
            help_text = "a build stops there, too, unless another plugin changes the page before"
            yield Problem(post.source, IMAGES, "unchecked-images", message, help_text)
            return
        known = self._known(file, body, post)
        places = Places(post.source, text, meta, self._meta_key)
        for finding in self.images.audit(post, file, meta, lambda code, source: False, known.has):
            yield places.problem_of(finding)

    def credited(self, file: File, body: str, post: Post) -> list[Credited]:
        """Return the images of a post, each with what is known of it."""
        error = self._convert(file, body, post)
        if error is not None:
            say(f"{post.source}: its images are not listed: {error}", err=True)
            return []
        return self.images.credited(post, file)

    def _may_have_images(self, post: Post, body: str) -> bool:
        return FIELD in post.fields or any(sign in body for sign in _SIGNS)

    def _known(self, file: File, body: str, post: Post) -> _Known:
        """Return what can be known of the images of a post that was converted."""
        has_templates = self._has_templates and _MACRO.search(body) is not None
        images = self.images.images_of(post.source) if file.src_uri.startswith(self._blogs) else ()
        entries = image_sources(post.fields)
        return _Known(
            frozenset(entry.index for entry in entries if not is_remote(entry.url)),
            has_templates=has_templates,
            has_blocks=has_templates and _BLOCK.search(body) is not None,
            is_elsewhere=any(image.is_raw and is_relative(image.src) for image in images),
        )

    def _convert(self, file: File, body: str, post: Post) -> str | None:
        """Convert a page; return why that fails, None where it does not.

        Extensions can fail in many ways.
        """
        self.images.begin(post.source, is_wanted=True)
        config = self._config
        try:
            markdown = Markdown(
                extensions=config.markdown_extensions, extension_configs=config.mdx_configs
            )
            markdown.treeprocessors.register(_Nothing(markdown), PAGE_PROCESSOR, 0)
            html = markdown.convert(body)
        except Exception as error:  # whatever it is, a build stops there and says why
            return shortened(" ".join(str(error).split()), _LONGEST) or type(error).__name__
        self.images.end(Page(None, file, config), html)
        return None


@dataclass(frozen=True, slots=True)
class _Known:
    """What can be known of the images of a page without a build.

    Attributes:
        local: The numbers of its entries that are for images of the site itself.
        has_templates: Whether another plugin may make images of its Markdown, or addresses.
        has_blocks: Whether that plugin may leave out parts of it.
        is_elsewhere: Whether it has images whose addresses start from where the page will be,
            which only Material's blog knows.
    """

    local: frozenset[int]
    has_templates: bool
    has_blocks: bool
    is_elsewhere: bool

    def has(self, finding: Finding) -> bool:
        """Return whether a build, too, would tell a finding, as far as can be known."""
        if finding.code in _ABSENT:
            if self.has_templates:
                return False
            return not (self.is_elsewhere and finding.keys[1] in self.local)
        if finding.code == "missing":
            if self.has_blocks or (self.has_templates and _MACRO.search(finding.src)):
                return False
            return not (self.is_elsewhere and finding.is_raw and is_relative(finding.src))
        return True


def _has_templates(config: MkDocsConfig) -> bool:
    """Return whether another plugin, or a hook, may take parts of Markdown for templates."""
    methods = config.plugins.events["page_markdown"]
    return any(method.__module__.partition(".")[0] not in _NOT_TEMPLATES for method in methods)


class _Nothing(Treeprocessor):
    """Stands in for MkDocs, which marks with one of its own that a whole page is converted."""

    def run(self, root: Any) -> None:
        pass
