"""Captions and credits on the pages of posts, and what tells search engines of their images."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_anp.core.image_credits.audit import Credited
from mkdocs_anp.core.image_credits.captions import Captions
from mkdocs_anp.core.image_credits.credit import Credit, CreditFormat, CreditWriter
from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.images import Printed
from mkdocs_anp.core.image_credits.plain_figures import anchor, with_plain_figures
from mkdocs_anp.core.image_credits.stamps import has_stamps, without_stamps
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.structured_data import image_objects, json_ld
from mkdocs_anp.core.text import escape
from mkdocs_anp.image_credits import NO_IMAGES, ImageCredits, page_image

if TYPE_CHECKING:
    from mkdocs.structure.files import File

    from mkdocs_anp.core.image_credits.captions import RenderFigcaption, Resolve
    from mkdocs_anp.core.image_credits.figures import Shown
    from mkdocs_anp.core.settings import ImageCreditsSettings
    from mkdocs_anp.page_images import ImageRecord

_NO_ATTRIBUTES: Mapping[str, str] = {}
_NONE_PRINTED = Printed([], [])


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


class OnPage(NamedTuple):
    """What image credits make of the page of a post.

    Attributes:
        html: Its HTML with captions and credits.
        may_list: Whether there may be a list of credits; most pages have none.
        description: What tells search engines of its images, "" for nothing.
        tags: The tags of its images; where all stand on the finished page, the description is
            still true.
    """

    html: str
    may_list: bool
    description: str
    tags: Sequence[str]


class ImageCaptions:
    """Captions and credits on the pages of one build, in one language."""

    def __init__(
        self, images: ImageCredits, labels: Mapping[str, str], render: RenderFigcaption
    ) -> None:
        """Take the images of the site, the words of its language, and what renders a caption."""
        form = CreditFormat.parse(images.options.format or labels["image_credits.format"])
        self.writer = CreditWriter(labels, form, images.policy.providers)
        self._captions = Captions(self.writer, render)
        self._images = images
        self._is_lazy = images.options.lazy

    def on_page(self, content: str, post: Post, file: File, resolve: Resolve) -> OnPage:
        """Return what image credits make of the page of a post.

        Args:
            content: The HTML of the page.
            post: The post.
            file: Its source.
            resolve: Makes relative links work on the page.
        """
        settings = post.settings.image_credits
        record = self._images.records.get(post.source)
        if not settings.enabled:
            return OnPage(_bare(content), False, "", ())
        lazy_from = 2 if self._is_lazy else None
        html, printed = self._captioned(content, record, post, file, resolve, lazy_from=lazy_from)
        description = self._described(printed, post, file) if printed.images else ""
        may_list = self._may_list(record, settings, file.page.meta if file.page else {})
        return OnPage(html, may_list, description, printed.tags)

    def in_excerpt(
        self, content: str, post: Post, file: File, resolve: Resolve, *, is_first: bool
    ) -> str:
        """Return the HTML of an excerpt of a post, as another page shows it.

        There, figures get no ids, and images that nothing is known of get no sizes.

        Args:
            content: The HTML of the excerpt.
            post: The post.
            file: Its source.
            resolve: Makes relative links work on the page.
            is_first: Whether it is what a reader of the page sees at once.
        """
        record = self._images.records.get(post.source)
        if record is not None and record.has_raw:
            from mkdocs_anp.core.image_credits.raw_html import number_raw_images

            # Those of the excerpt come first on the page, so they get the numbers they have there.
            tree = [image for image in record.images or () if not image.is_raw]
            content, _ = number_raw_images(content, tree)
        if not post.settings.image_credits.enabled:
            return _bare(content)
        lazy_from = (2 if is_first else 1) if self._is_lazy else None
        return self._captioned(
            content, record, post, file, resolve, is_excerpt=True, lazy_from=lazy_from
        )[0]

    def _captioned(
        self,
        content: str,
        record: ImageRecord | None,
        post: Post,
        file: File,
        resolve: Resolve,
        *,
        is_excerpt: bool = False,
        lazy_from: int | None,
    ) -> tuple[str, Printed]:
        """Return HTML with captions and credits, and its numbered images."""
        is_plain = record is not None and record.is_plain
        # To look for numbers takes longer than to put a caption at one, and nearly all are plain.
        if record is NO_IMAGES or (not is_plain and not has_stamps(content)):
            return content, _NONE_PRINTED
        images = self._images.credited(post, file)
        settings = post.settings.image_credits
        if is_plain:
            caption = self._caption(settings, resolve)
            plain = with_plain_figures(
                content, images, caption, is_excerpt=is_excerpt, lazy_from=lazy_from
            )
            if plain is not None:
                return plain
        from mkdocs_anp.core.image_credits.figures import images_in, with_figures

        shown = self._all_shown(images, settings, resolve, is_excerpt=is_excerpt)
        figcaption, has_ids = self._captions.of_figure, not is_excerpt
        html = with_figures(content, shown, figcaption, has_ids=has_ids, lazy_from=lazy_from)
        return html, images_in(html)

    def _caption(
        self, settings: ImageCreditsSettings, resolve: Resolve
    ) -> Callable[[ImageSource], str]:
        """Return what makes the caption of an entry on a page."""
        if settings.figures != "auto":
            return lambda source: ""
        return partial(self._captions.of_entry, resolve)

    def _all_shown(
        self,
        images: Sequence[Credited],
        settings: ImageCreditsSettings,
        resolve: Resolve,
        *,
        is_excerpt: bool,
    ) -> dict[int, Shown]:
        """Return what is shown of the images of a post, by number."""
        has_captions = settings.figures == "auto"
        known: dict[int, ImageSource | None] = {}
        shown: dict[int, Shown] = {}
        for item in images:
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
        from mkdocs_anp.core.image_credits.figures import Shown  # of the pages that are not plain

        image, source = item.image, item.source
        if source is None:
            sizes = _NO_ATTRIBUTES if is_excerpt else item.sizes
            return Shown(attributes=sizes, is_numbered=bool(sizes))
        if credit is not None and not (credit.caption or credit.credit):
            credit = None
        alt = source.alt if source.alt and not (image.alt or "").strip() else ""
        link = self._lightbox(source) if self._images.has_lightbox else _NO_ATTRIBUTES
        return Shown(credit, item.sizes, alt, link, True)

    def _lightbox(self, source: ImageSource) -> dict[str, str]:
        """Return what the lightbox shows below an image: it takes the texts for HTML."""
        credit = escape(self.writer.plain(source))
        if credit.startswith("."):  # it takes that for a selector, and stops where it finds nothing
            credit = f"&#46;{credit[1:]}"
        texts = {"data-title": escape(source.caption), "data-description": credit}
        return {name: text for name, text in texts.items() if text}

    def _may_list(
        self, record: ImageRecord | None, settings: ImageCreditsSettings, meta: Mapping[Any, Any]
    ) -> bool:
        """Return whether the page of a post may have a list of credits."""
        if settings.page_list == "never":
            return False
        if "image" in meta and page_image(meta) is not None:
            return True
        if record is None:
            return False
        if settings.page_list != "auto" or settings.figures != "auto":
            return bool(record.images)
        if record.is_plain:
            return False
        return any(image.place == "inline" for image in record.images or ())

    def listed(
        self, post: Post, file: File, resolve: Resolve, meta: Mapping[Any, Any]
    ) -> list[ListedCredit]:
        """Return the credits in the list of a post's page, if it may have one."""
        settings = post.settings.image_credits
        items = [*self._images.credited(post, file), *self._images.of_page(post, file, meta)]
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

    def described(self, output: str, post: Post, file: File) -> str:
        """Return what tells search engines of the images of a finished page, "" for nothing."""
        from mkdocs_anp.core.image_credits.figures import images_in

        return self._described(images_in(output), post, file)

    def _described(self, printed: Printed, post: Post, file: File) -> str:
        base = file.page.canonical_url if file.page else None
        if not (base and post.settings.structured_data.enabled):
            return ""
        images = self._images.credited(post, file)  # numbered from 1
        described = [
            (source, src)
            for number, src in printed.images
            if 0 < number <= len(images) and (source := images[number - 1].source) is not None
        ]
        objects = image_objects(described, base, self.writer.named_source)
        return json_ld(objects) if objects else ""


def _bare(content: str) -> str:
    return without_stamps(content) if has_stamps(content) else content


def _listed(credit: Credit, target: str) -> ListedCredit:
    copy = escape(credit.copy)
    return ListedCredit(credit.caption, target, credit.separator, credit.credit, copy)
