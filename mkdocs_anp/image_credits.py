"""The image credits of one build: entries of images, captions on pages, what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs.plugins import get_plugin_logger

from mkdocs_anp.core.image_credits.addresses import is_remote
from mkdocs_anp.core.image_credits.audit import (
    Credited,
    Finding,
    Policy,
    audit_page,
    rightly_credited,
)
from mkdocs_anp.core.image_credits.captions import Captions
from mkdocs_anp.core.image_credits.credit import Credit, CreditFormat, CreditWriter
from mkdocs_anp.core.image_credits.entries import FIELD, ImageSource, image_sources
from mkdocs_anp.core.image_credits.images import PageImage, Printed
from mkdocs_anp.core.image_credits.matching import Matcher, entries_of
from mkdocs_anp.core.image_credits.plain_figures import Shown, anchor, with_plain_figures
from mkdocs_anp.core.image_credits.stamps import has_stamps, without_stamps
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.structured_data import image_objects, json_ld
from mkdocs_anp.core.text import counted, escape
from mkdocs_anp.image_files import ImageFiles
from mkdocs_anp.page_images import ImageRecord, ImagesExtension

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

    from mkdocs_anp.core.image_credits.captions import RenderFigcaption, Resolve
    from mkdocs_anp.core.settings import ImageCreditsSettings
    from mkdocs_anp.credits_page import CreditsPage
    from mkdocs_anp.options.image_credits import ImageCreditsOptions

log = get_plugin_logger(__name__)

_NO_ATTRIBUTES: Mapping[str, str] = {}
_NO_IMAGES = ImageRecord()
_NO_IMAGES.images = []
_NONE_PRINTED = Printed([], [])
_FULL_HINTS = 20  # of one code, in a build


class ListedCredit(NamedTuple):
    """A credit in the list of a page; all but `copy` is HTML.

    Attributes:
        caption: What the image shows.
        anchor: The id of its figure on the page, "" for none.
        separator: What stands between caption and credit.
        credit: Where the image comes from.
        copy: The credit to copy, as the value of an attribute.
    """

    caption: str
    anchor: str
    separator: str
    credit: str
    copy: str


class Captioned(NamedTuple):
    """The HTML of a post with captions and credits.

    Attributes:
        html: The HTML.
        printed: Its numbered images.
    """

    html: str
    printed: Printed = _NONE_PRINTED


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
        self._is_on, self._is_lazy = options.enabled, options.lazy
        self._reads_files = options.embedded_metadata
        self.policy: Policy = options.policy(config)
        self._records: dict[str, ImageRecord] = {}
        self._current: ImageRecord | None = None
        self._has_lightbox = "glightbox" in config.plugins
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
        extension: Any = ImagesExtension(lambda: self._current)
        config.markdown_extensions[:] = [*others, extension]

    def find_files(self, files: Files) -> None:
        """Take the files of the site."""
        self._files = ImageFiles(files, self._site_url, starts_at_docs=self._starts_at_docs)

    def lists_all(self, file: File) -> bool:
        """Return whether a file is a page of the list of all images of the site."""
        return self.page is not None and self.page.has(file)

    # While pages are read

    def begin(self, uri: str, *, is_wanted: bool) -> None:
        """Begin a page: its images are wanted if it may be a post."""
        self._current = None
        if is_wanted and self._is_on:
            self._current = self._records[uri] = ImageRecord()

    def end(self, page: Page, html: str) -> str | None:
        """End a page: find its images in hand-written HTML; return its HTML if it changes.

        Args:
            page: The page. Its own content, which feeds read at this time, is left without numbers.
            html: The page as converted.
        """
        record, self._current = self._current, None
        if record is None:
            return None
        if not record.images and not record.has_raw and not record.left_alone:
            self._records[page.file.src_uri] = _NO_IMAGES
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

    def set_words(self, labels: Mapping[str, str], render: RenderFigcaption) -> None:
        """Take the words of the site's language, and what makes HTML of a caption."""
        form = CreditFormat.parse(self.options.format or labels["image_credits.format"])
        self.writer = CreditWriter(labels, form, self.policy.providers)
        self.captions = Captions(self.writer, render)

    def credited(self, post: Post, file: File) -> list[Credited]:
        """Return the images of a post, each with what is known of it."""
        record = self._records.get(post.source)
        if record is None or not record.images:
            return []
        if record.credited is None:
            record.credited = self._credited(record.images, self.matcher(post, file), file)
        return record.credited

    def images_of(self, uri: str) -> Sequence[PageImage]:
        """Return the images of a page that was converted."""
        record = self._records.get(uri)
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
        record = self._records.get(post.source)
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
        record = self._records.get(post.source)
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
            of_page = self._of_page(post, file, meta)
            if credited or of_page:
                self.page.add([*credited, *of_page], self.matcher(post, file), file)

    def _of_page(self, post: Post, file: File, meta: Mapping[Any, Any]) -> list[Credited]:
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

    # While pages are printed

    def with_captions(
        self,
        content: str,
        post: Post,
        file: File,
        resolve: Resolve,
        *,
        is_excerpt: bool = False,
        is_first: bool = True,
    ) -> Captioned:
        """Return a post's HTML with captions and credits at its images.

        Args:
            content: The post, or its excerpt on another page.
            post: The post.
            file: Its source.
            resolve: Makes relative links work on the page.
            is_excerpt: Whether it stands on another page, beside other posts: there figures get
                no ids, and images that nothing is known of get no sizes.
            is_first: Whether it is what a reader of the page sees at once.
        """
        record = self._records.get(post.source)
        if is_excerpt and record is not None and record.has_raw:
            from mkdocs_anp.core.image_credits.raw_html import number_raw_images

            # Those of the excerpt come first on the page, so they get the numbers they have there.
            tree = [image for image in record.images or () if not image.is_raw]
            content, _ = number_raw_images(content, tree)
        settings = post.settings.image_credits
        is_plain = record is not None and record.is_plain and settings.enabled
        # To look for numbers takes longer than to put a caption at one, and nearly all are plain.
        if record is _NO_IMAGES or (not is_plain and not has_stamps(content)):
            return Captioned(content)
        if not settings.enabled:
            return Captioned(without_stamps(content))
        lazy_from = (2 if is_first else 1) if self._is_lazy else None
        if is_plain:
            images = self.credited(post, file)
            caption = self._caption(settings, resolve)
            plain = with_plain_figures(
                content, images, caption, is_excerpt=is_excerpt, lazy_from=lazy_from
            )
            if plain is not None:
                return Captioned(*plain)
        from mkdocs_anp.core.image_credits.figures import images_in, with_figures

        shown = self._all_shown(post, file, resolve, is_excerpt=is_excerpt)
        figcaption, has_ids = self.captions.of_figure, not is_excerpt
        html = with_figures(content, shown, figcaption, has_ids=has_ids, lazy_from=lazy_from)
        return Captioned(html, images_in(html))

    def _caption(
        self, settings: ImageCreditsSettings, resolve: Resolve
    ) -> Callable[[ImageSource], str]:
        """Return what makes the caption of an entry on a page."""
        if settings.figures != "auto":
            return lambda source: ""
        of_entry = self.captions.of_entry
        return lambda source: of_entry(source, resolve)

    def _all_shown(
        self, post: Post, file: File, resolve: Resolve, *, is_excerpt: bool
    ) -> dict[int, Shown]:
        """Return what is shown of the images of a post, by number."""
        has_captions = post.settings.image_credits.figures == "auto"
        known: dict[int, ImageSource | None] = {}
        shown: dict[int, Shown] = {}
        for item in self.credited(post, file):
            image, source, credit = item.image, item.source, None
            known[image.number] = source
            # Of two that take turns, the other one, which comes first, may say it for both.
            first = known.get(image.twin) if image.twin else None
            is_said = first is not None and source is not None and first.says == source.says
            if has_captions and source is not None and not is_said:
                credit = self.writer.credit(source, resolve)
            shown[image.number] = self._shown(item, credit, is_excerpt=is_excerpt)
        return shown

    def _shown(self, item: Credited, credit: Credit | None, *, is_excerpt: bool) -> Shown:
        """Return what is shown of an image; nothing of an unknown one in an excerpt."""
        image, source = item.image, item.source
        if source is None:
            sizes = _NO_ATTRIBUTES if is_excerpt else item.sizes
            return Shown(attributes=sizes, is_numbered=bool(sizes))
        if credit is not None and not (credit.caption or credit.credit):
            credit = None
        alt = source.alt if source.alt and not (image.alt or "").strip() else ""
        link = self._lightbox(source) if self._has_lightbox else _NO_ATTRIBUTES
        return Shown(credit, item.sizes, alt, link, True)

    def _lightbox(self, source: ImageSource) -> dict[str, str]:
        """Return what the lightbox shows below an image: it takes the texts for HTML."""
        credit = escape(self.writer.plain(source))
        if credit.startswith("."):  # it takes that for a selector, and stops where it finds nothing
            credit = f"&#46;{credit[1:]}"
        texts = {"data-title": escape(source.caption), "data-description": credit}
        return {name: text for name, text in texts.items() if text}

    def may_list(self, post: Post, meta: Mapping[Any, Any]) -> bool:
        """Return whether the page of a post may have a list of credits; most have none."""
        settings = post.settings.image_credits
        if not settings.enabled or settings.page_list == "never":
            return False
        if "image" in meta and page_image(meta) is not None:
            return True
        record = self._records.get(post.source)
        return record is not None and self._has_more(record, settings)

    def listed(
        self, post: Post, file: File, resolve: Resolve, meta: Mapping[Any, Any]
    ) -> list[ListedCredit]:
        """Return the credits in the list of a post's page, if it may have one."""
        settings = post.settings.image_credits
        items = [*self.credited(post, file), *self._of_page(post, file, meta)]
        in_figures = {
            item.source.says
            for item in items
            if item.source and item.image.place != "inline" and settings.figures == "auto"
        }
        found: dict[tuple[object, ...], ListedCredit] = {}
        for item in items:
            if item.source is None:
                continue
            if settings.page_list == "auto" and item.source.says in in_figures:
                continue
            credit = self.writer.credit(item.source, resolve)
            if credit.credit:
                has_figure = item.image.place == "alone" and settings.figures == "auto"
                target = anchor(item.image.number) if has_figure else ""
                found.setdefault(item.source.says, _listed(credit, target))
        return list(found.values())

    def _has_more(self, record: ImageRecord, settings: ImageCreditsSettings) -> bool:
        """Return whether a page has images whose credit may stand in its list."""
        if settings.page_list != "auto" or settings.figures != "auto":
            return bool(record.images)
        if record.is_plain:
            return False
        return any(image.place == "inline" for image in record.images or ())

    def described(self, printed: Printed, post: Post, file: File) -> str:
        """Return what tells search engines of the images of a post's page, "" for nothing.

        Args:
            printed: The numbered images of the page.
            post: The post.
            file: Its source.
        """
        base = file.page.canonical_url if file.page else None
        settings = post.settings
        if not (base and printed.images and settings.structured_data.enabled):
            return ""
        if not settings.image_credits.enabled:
            return ""
        images = self.credited(post, file)  # numbered from 1
        described = [
            (source, src)
            for number, src in printed.images
            if 0 < number <= len(images) and (source := images[number - 1].source) is not None
        ]
        objects = image_objects(described, base, self.writer.named_source)
        return json_ld(objects) if objects else ""

    def described_anew(self, output: str, post: Post, file: File) -> str:
        """Return the same for a finished page, in which other plugins have changed the images."""
        from mkdocs_anp.core.image_credits.figures import images_in

        return self.described(images_in(output), post, file)


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


def _listed(credit: Credit, target: str) -> ListedCredit:
    copy = escape(credit.copy)
    return ListedCredit(credit.caption, target, credit.separator, credit.credit, copy)
