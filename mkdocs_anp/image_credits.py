"""The images of one build: what is said of each, and what is wrong with that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import get_plugin_logger

from mkdocs_anp.core.image_credits.addresses import is_remote
from mkdocs_anp.core.image_credits.audit import (
    Credited,
    Finding,
    Policy,
    audit_page,
    rightly_credited,
)
from mkdocs_anp.core.image_credits.entries import FIELD, ImageSource, image_sources
from mkdocs_anp.core.image_credits.images import PageImage
from mkdocs_anp.core.image_credits.matching import Matcher, entries_of
from mkdocs_anp.core.image_credits.stamps import without_stamps
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.text import counted
from mkdocs_anp.image_files import ImageFiles
from mkdocs_anp.page_images import ImageRecord, ImagesExtension

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

    from mkdocs_anp.credits_page import CreditsPage
    from mkdocs_anp.options.image_credits import ImageCreditsOptions

log = get_plugin_logger(__name__)

NO_IMAGES = ImageRecord()
NO_IMAGES.images = []
"""The record of all pages that have no image."""
_FULL_HINTS = 20  # of one code, in a build


class Tally:
    """What the images of a site come to."""

    images = 0
    credited = 0
    own = 0
    missing = 0
    posts_missing = 0

    def __init__(self) -> None:
        """Begin with no image."""
        self.hints: Counter[str] = Counter()

    @property
    def text(self) -> str:
        """The sum in one line."""
        parts = [counted(self.images, "image"), f"{self.credited:,} credited"]
        if self.own:
            parts.append(f"{self.own:,} that need none")
        if self.missing:
            posts = counted(self.posts_missing, "post")
            parts.append(f"{self.missing:,} without a credit in {posts}")
        return ", ".join(parts)


class ImageCredits:
    """Credits the images of the posts of one build."""

    def __init__(self, options: ImageCreditsOptions, config: MkDocsConfig) -> None:
        """Start a build."""
        self.options = options
        # To look one up in MkDocs' options takes as long as the work that depends on it.
        self._is_on = options.enabled
        self._reads_files = options.embedded_metadata
        self.policy: Policy = options.policy(config)
        self.records: dict[str, ImageRecord] = {}
        self._finder = ImagesExtension()
        self.has_lightbox = "glightbox" in config.plugins
        self._site_url = config.site_url or ""
        absolute = config.validation.links.absolute_links
        self._starts_at_docs = getattr(absolute, "name", "") == "RELATIVE_TO_DOCS"
        self._readers = config.plugins.events["page_content"]  # of which we are one
        self.tally = Tally()
        self.page = _credits_page(options.site_page if options.enabled else None)
        if options.enabled:
            self._install(config)

    def _install(self, config: MkDocsConfig) -> None:
        """Add the extension that finds images, in place of that of an earlier build."""
        others = [e for e in config.markdown_extensions if not isinstance(e, ImagesExtension)]
        extension: Any = self._finder
        config.markdown_extensions[:] = [*others, extension]

    def find_files(self, files: Files) -> None:
        """Take the files of the site."""
        self._files = ImageFiles(files, self._site_url, starts_at_docs=self._starts_at_docs)

    # While pages are read

    def begin(self, uri: str, *, is_wanted: bool) -> None:
        """Begin a page: its images are wanted if it may be a post."""
        self._finder.record = None
        if is_wanted and self._is_on:
            self._finder.record = self.records[uri] = ImageRecord()

    def end(self, page: Page, html: str) -> str | None:
        """End a page: find its images in hand-written HTML; return its HTML if it changes.

        Args:
            page: The page. Its own content, which feeds read at this time, is left without numbers.
            html: The page as converted.
        """
        record, self._finder.record = self._finder.record, None
        if record is None:
            return None
        if not record.images and not record.has_raw and not record.left_alone:
            self.records[page.file.src_uri] = NO_IMAGES
            return None
        if record.has_raw:
            from mkdocs_anp.core.image_credits.raw_html import number_raw_images

            left_alone = [*record.left_alone]
            html, raw = number_raw_images(html, record.images or (), left_alone)
            record.images = [*(record.images or ()), *raw]
            record.left_alone = left_alone
        if page.content is not None and len(self._readers) > 1:
            page.content = without_stamps(page.content, record.stamps)
        return html

    # When all pages are read

    def credited(self, post: Post, file: File) -> list[Credited]:
        """Return the images of a post, each with what is known of it."""
        record = self.records.get(post.source)
        if record is None or not record.images:
            return []
        if record.credited is None:
            record.credited = self._credited(record.images, self.matcher(post, file), file)
        return record.credited

    def images_of(self, uri: str) -> Sequence[PageImage]:
        """Return the images of a page that was converted."""
        record = self.records.get(uri)
        return (record.images if record else None) or ()

    def matcher(self, post: Post, file: File) -> Matcher:
        """Return what finds the entries of a post's images."""
        return self._matcher(image_sources(post.fields), file)

    def _matcher(self, entries: Sequence[ImageSource], file: File) -> Matcher:
        return Matcher(entries, self.policy.providers, partial(self._files.find, file))

    def _credited(
        self, images: Sequence[PageImage], matcher: Matcher, page: File
    ) -> list[Credited]:
        """Return images, each with its entry, else with what its file says."""
        return [
            # Of another host, there is no file to read.
            Credited(image, source)
            if source is not None and not source.width and is_remote(image.src)
            else self._with_file(image, source, page)
            for image, source in zip(images, entries_of(images, matcher), strict=True)
        ]

    def _with_file(self, image: PageImage, source: ImageSource | None, page: File) -> Credited:
        if source is not None and source.width and source.height:
            return Credited(image, source, source.width, source.height)
        embedded = self._files.embedded(image, page, is_credited=source is not None)
        if embedded is None:
            return Credited(image, source)
        if source is None and self._reads_files:
            source = embedded.source
        return Credited(image, source, embedded.width, embedded.height)

    def audit_at_once(self, post: Post) -> bool:
        """Count the images of a post where one look tells that nothing is wrong with them.

        That needs no file of the site, of which plugins may add some until the last page is read.

        Returns:
            Whether that is all; else `audit` has to be called when all pages are read.
        """
        if not post.settings.image_credits.enabled:
            return True
        if self.page:  # whose order is that of the pages
            return False
        record = self.records.get(post.source)
        if record is None:
            return True
        if not record.images:
            return FIELD not in post.fields
        return self._rightly_credited(record, image_sources(post.fields)) is not None

    def _rightly_credited(
        self, record: ImageRecord, entries: Sequence[ImageSource]
    ) -> Sequence[Credited] | None:
        """Return and count images with which one look tells that nothing is wrong; else None."""
        credited = rightly_credited(record.images or (), entries, self.policy)
        if credited is not None:
            self.tally.images += len(credited)
            self.tally.credited += len(credited)
            record.credited = credited or None
        return credited

    def audit(
        self,
        post: Post,
        file: File,
        meta: Mapping[Any, Any],
        is_hint: Callable[[str, str], bool],
        is_sure: Callable[[Finding], bool] = lambda finding: True,
    ) -> Sequence[Finding]:
        """Return what is wrong with the images of a post, and count them.

        Args:
            post: The post.
            file: Its source.
            meta: The front matter, which may name an image for the whole page.
            is_hint: Whether a code is one of hints in the file with this path; a build tells only
                a few of them in full.
            is_sure: Whether a finding is known to be one; the others are left out.
        """
        if not post.settings.image_credits.enabled:
            return ()
        record = self.records.get(post.source)
        # Another plugin may have made it a post when its images could not be looked at any more.
        if record is None or (not record.images and FIELD not in post.fields):
            self._list((), post, file, meta)
            return ()
        entries = image_sources(post.fields)
        credited = self._rightly_credited(record, entries)
        if credited is None:
            found = self._audit_closely(post, file, meta, record, entries, is_sure)
            return self._told_in_full(found, post.source, is_hint) if found else ()
        self._list(credited, post, file, meta)
        return ()

    def _audit_closely(
        self,
        post: Post,
        file: File,
        meta: Mapping[Any, Any],
        record: ImageRecord,
        entries: Sequence[ImageSource],
        is_sure: Callable[[Finding], bool],
    ) -> list[Finding]:
        matcher = self._matcher(entries, file)
        credited = self._credited(record.images or (), matcher, file)
        image = page_image(meta)
        also = [*record.left_alone, image] if isinstance(image, str) else record.left_alone
        found = list(filter(is_sure, audit_page(credited, matcher, self.policy, also)))
        self._count(credited, sum(finding.code == "missing" for finding in found))
        record.credited = credited or None
        self._list(credited, post, file, meta)
        return found

    def _list(
        self, credited: Sequence[Credited], post: Post, file: File, meta: Mapping[Any, Any]
    ) -> None:
        """Add the images of a page to the list of the site, where there is one."""
        if self.page and file.inclusion.is_included():
            of_page = self.of_page(post, file, meta)
            if credited or of_page:
                self.page.add([*credited, *of_page], self.matcher(post, file), file)

    def of_page(self, post: Post, file: File, meta: Mapping[Any, Any]) -> list[Credited]:
        """Return the image that the front matter names for the whole page, if it names one."""
        image = page_image(meta)
        if not isinstance(image, str):
            return []
        images = [PageImage(0, image, None, "inline")]
        return self._credited(images, self.matcher(post, file), file)

    def _told_in_full(
        self, found: Iterable[Finding], source: str, is_hint: Callable[[str, str], bool]
    ) -> list[Finding]:
        """Return what is told of a page but for hints of which many were told, and count hints."""
        told = []
        for finding in found:
            if is_hint(finding.code, source):
                self.tally.hints[finding.code] += 1
                if self.tally.hints[finding.code] > _FULL_HINTS:
                    continue
            told.append(finding)
        return told

    def _count(self, credited: Sequence[Credited], missing: int) -> None:
        tally = self.tally
        bare = [item.image for item in credited if item.source is None]
        tally.images += len(credited)
        tally.credited += len(credited) - len(bare)
        if bare:
            tally.own += sum(not self.policy.needs_credit(image) for image in bare)
        tally.missing += missing
        tally.posts_missing += missing > 0

    def report(self) -> None:
        """Say in one line what the images of the site come to."""
        if self.tally.images:
            log.info("%s", self.tally.text)
        for code, count in sorted(self.tally.hints.items()):
            if count > _FULL_HINTS:
                rest = counted(count - _FULL_HINTS, "more hint")
                log.info("%s of the kind %r; mkdocs-anp check tells all of them", rest, code)


def _credits_page(path: str | None) -> CreditsPage | None:
    """Return the list of all images of the site; None where it has none."""
    if path is None:
        return None
    from mkdocs_anp.credits_page import CreditsPage

    return CreditsPage(path)


def page_image(meta: Mapping[Any, Any]) -> Any:
    """Return the image that the front matter of a page names for the whole page."""
    image = meta.get("image")
    return image.get("path") if isinstance(image, dict) else image
