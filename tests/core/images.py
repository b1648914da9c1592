"""Helpers of the tests of image credits: a page from its Markdown to its figures."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from time import process_time
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from mkdocs_anp.core.image_credits.audit import (
    Credited,
    Finding,
    Policy,
    audit_page,
    rightly_credited,
)
from mkdocs_anp.core.image_credits.credit import Credit, CreditFormat, CreditWriter
from mkdocs_anp.core.image_credits.entries import ImageSource, image_sources
from mkdocs_anp.core.image_credits.figures import Shown, with_figures
from mkdocs_anp.core.image_credits.images import PageImage
from mkdocs_anp.core.image_credits.matching import Matcher
from mkdocs_anp.core.image_credits.providers import Provider, Providers
from mkdocs_anp.core.image_credits.raw_html import number_raw_images
from mkdocs_anp.core.links import is_relative
from mkdocs_anp.core.text import escape
from mkdocs_anp.page_images import ImageRecord, ImagesExtension
from mkdocs_anp.render import Renderer
from mkdocs_anp.theme import THEME_DIR
from tests.support import environment, read_meta, squeeze

SOURCE = "posts/page.md"
ADDRESS = "posts/page/"  # of the page, from the root of the site

EXTENSIONS = (
    "attr_list",
    "md_in_html",
    "tables",
    "admonition",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.blocks.caption",
)


class WholePage(Treeprocessor):
    """Takes the place of what MkDocs adds to the converter of a whole page."""


def converted(markdown: str, record: ImageRecord | None = None) -> tuple[str, list[PageImage]]:
    """Return the HTML of a page with numbered images, and the images."""
    record = record or ImageRecord()
    finder = ImagesExtension()
    finder.record = record
    md = Markdown(
        extensions=[*EXTENSIONS, finder],
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )
    md.treeprocessors.register(WholePage(md), "relpath", 0)
    html = md.convert(markdown)
    images = record.images or []
    if record.has_raw:
        html, raw = number_raw_images(html, images)
        images = [*images, *raw]
    return html, images


def plain(markdown: str) -> str:
    """Return the HTML of a page without our extension."""
    configs = {"pymdownx.tabbed": {"alternate_style": True}}
    return Markdown(extensions=list(EXTENSIONS), extension_configs=configs).convert(markdown)


@cache
def renderer(language: str = "en") -> Renderer:
    """Return what renders captions in a language."""
    return Renderer(environment(), THEME_DIR, language, {})


def writer(
    language: str = "en", form: str = "", providers: Providers | None = None
) -> CreditWriter:
    """Return what words credits in a language."""
    labels = renderer(language).wording.labels
    parsed = CreditFormat.parse(form or labels["image_credits.format"])
    return CreditWriter(labels, parsed, providers or Providers())


def entries_of(value: Any) -> tuple[ImageSource, ...]:
    """Return the entries of a post whose front matter says this."""
    post, _ = read_meta({"image_sources": value})
    return image_sources(post.fields) if post else ()


@dataclass
class PageOfImages:
    """A page, and what comes of its images.

    Attributes:
        markdown: The body of the page.
        entries: `image_sources` in its front matter.
        files: Paths of the source files of the site.
        sources: The providers that the site adds.
        policy: What the site demands.
        also_used: Addresses that the page uses elsewhere.
    """

    markdown: str
    entries: Any = None
    files: Sequence[str] = ()
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    policy: Mapping[str, Any] = field(default_factory=dict)
    also_used: Sequence[str] = ()

    @cached_property
    def providers(self) -> Providers:
        own = (
            Provider(**{"name": name, **said, "hosts": tuple(said["hosts"])})
            for name, said in self.sources.items()
        )
        return Providers(own)

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(entries_of(self.entries), self.providers, self._find_file)

    @cached_property
    def converted(self) -> tuple[str, list[PageImage]]:
        return converted(self.markdown)

    @cached_property
    def credited(self) -> list[Credited]:
        return [Credited(image, self.matcher.find(image)) for image in self.converted[1]]

    @property
    def _policy(self) -> Policy:
        said = {**self.policy, "own_hosts": frozenset(self.policy.get("own_hosts", ()))}
        return Policy(self.providers, **said)

    @property
    def findings(self) -> list[Finding]:
        """What the audit tells."""
        found = list(audit_page(self.credited, self.matcher, self._policy, self.also_used))
        quick = self.rightly_credited
        if quick is not None:  # then nothing is wrong, and each image has the same entry
            assert found == []
            assert [item[:2] for item in quick] == [item[:2] for item in self.credited]
        return found

    @property
    def rightly_credited(self) -> list[Credited] | None:
        """The images with their entries, where one look tells that nothing is wrong."""
        return rightly_credited(self.converted[1], self.matcher.entries, self._policy)

    @cached_property
    def html(self) -> str:
        """The page with captions and credits."""
        words = writer(providers=self.providers)
        shown = {}
        for image, source, *_ in self.credited:
            credit = words.credit(source, str) if source and not image.twin else None
            alt = source.alt if source and not image.alt else ""
            shown[image.number] = Shown(credit, alt=alt, is_numbered=True)

        def caption(told: Sequence[Credit], own: str | None) -> str:
            if own is None:
                return renderer().figcaption(told, False)
            separator = escape(words.separator(own)) if own else ""
            first, *others = told
            behind = [first.behind(separator), *(other.behind("") for other in others)]
            return renderer().figcaption(behind, True)

        return with_figures(self.converted[0], shown, caption)

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @property
    def captions(self) -> list[str]:
        """The text of each caption."""
        found = self.soup.find_all("figcaption")
        return [squeeze(caption.get_text()) for caption in found]

    def _find_file(self, url: str, is_raw: bool) -> str | None:
        path = unquote(url.partition("#")[0].partition("?")[0])
        if not path or not is_relative(url):
            return None
        start = ADDRESS if is_raw else posixpath.dirname(SOURCE)
        found = posixpath.normpath(posixpath.join(start, path))
        return found if found in self.files else None


def assert_in_proportion(work: Callable[[int], object], size: int) -> None:
    """Assert that four times the size takes about four times as long; squares take sixteen.

    Both are timed in one run, by the processor's clock, and the least of several counts; what
    takes less than a few milliseconds says nothing.
    """

    def least(size: int) -> float:
        tries = []
        for _ in range(3):
            begin = process_time()
            work(size)
            tries.append(process_time() - begin)
        return min(tries)

    assert least(4 * size) < 11 * least(size) + 0.01
