"""The entries of `image_sources`: what an author says of the images of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mkdocs_anp.core.fields import FieldValue
from mkdocs_anp.core.text import clean

FIELD = "image_sources"


class ImageSource(NamedTuple):
    """What is known of one image. Texts are as written, "" for none: escape them where printed.

    Attributes:
        index: Its place among the entries, from 0; -1 where the image file itself says all this.
        url: Address of the image.
        source: Where it comes from, such as `unsplash`.
        caption: What it shows, for readers.
        alt: What takes its place where it cannot be seen.
        author, author_url: Who made it, and an address of theirs.
        page: Address of the page that it was published on.
        license: Its licence, as written.
        modified: What was changed of it; "yes" where nobody says what.
        archive: Address of a copy of that page.
        width, height: Its size in pixels; 0 for unknown.
        author_type: `organization`, `person`, or "" where nobody says.
    """

    index: int  # type: ignore[assignment]  # not the method of tuples, which nobody needs here
    url: str = ""
    source: str = ""
    caption: str = ""
    alt: str = ""
    author: str = ""
    author_url: str = ""
    page: str = ""
    license: str = ""
    modified: str = ""
    archive: str = ""
    width: int = 0
    height: int = 0
    author_type: str = ""

    @property
    def is_credited(self) -> bool:
        """Whether it says where the image comes from, or who made it."""
        return bool(self.source or self.author)

    @property
    def has_full_form(self) -> bool:
        """Whether it says more than a caption and a source."""
        return bool(self.author or self.page or self.license or self.modified)

    @property
    def says(self) -> tuple[object, ...]:
        """All that it says of the image, without where that stands."""
        return self[2:]


_NOTHING_MORE = tuple(ImageSource(0))[ImageSource._fields.index("alt") :]
_YES = "yes"
_REQUIRED = frozenset({"url", "source", "caption"})


def image_sources(fields: Mapping[str, FieldValue]) -> tuple[ImageSource, ...]:
    """Return the entries of a post; what is none of them (a text, say) is left out."""
    value = fields.get(FIELD)
    items = value if type(value) is list else [value] if type(value) is dict else []
    return tuple(
        [_entry(index, item) for index, item in enumerate(items) if type(item) is dict and item]
    )


def _entry(index: int, item: Mapping[str, FieldValue]) -> ImageSource:
    get = item.get
    url, source, caption = _line(get("url")), _line(get("source")), _line(get("caption"))
    if item.keys() <= _REQUIRED:  # as nearly all entries are
        # What the class does itself, with less work.
        return tuple.__new__(ImageSource, (index, url, source, caption, *_NOTHING_MORE))
    modified = get("modified")
    return ImageSource(
        index,
        url,
        source,
        caption,
        _line(get("alt")),
        _line(get("author")),
        _line(get("author_url")),
        _line(get("page")),
        _line(get("license")),
        _YES if modified is True else _line(modified),
        _line(get("archive")),
        _pixels(get("width")),
        _pixels(get("height")),
        _line(get("author_type")),
    )


def _line(text: FieldValue) -> str:
    """Return a text on one line, "" for what is no text."""
    if type(text) is not str:
        return ""
    return text if text.isprintable() else " ".join(clean(text).split())


def _pixels(value: FieldValue) -> int:
    return value if type(value) is int and 0 < value < 100_000 else 0
