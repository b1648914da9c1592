"""The images of a page, as they are found in its Markdown or in hand-written HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from mkdocs_anp.core.image_credits.addresses import host_of, parse_address, start_of
from mkdocs_anp.core.image_credits.providers import BADGE_HOSTS

Place: TypeAlias = Literal["alone", "figure", "inline"]
"""Where an image stands: alone in its paragraph, in a figure of the author's, or within text."""

STAMP = "data-anp-image"
"""The attribute that numbers the images of a page; other plugins may move and wrap them."""
FIGURE_STAMP = "data-anp-figure"
"""The attribute of the paragraph or figure around images that stand alone: their numbers."""
OVERRIDE = "data-credit"
"""The attribute by which an author says which entry an image has."""
NO_CREDIT = "no-credit"
"""The class of an image that is left alone."""

_EMOJI = frozenset({"emojione", "twemoji", "gemoji"})
_BADGE_PATH = r"/badges?(?:/|\.svg|$)|\.badge$|/workflows/[^/]+/badge\.svg"
_TINY = 2  # pixels; what is no larger counts visits
_MOST_DIGITS = 5
_HAS_NOTHING: frozenset[str] = frozenset()
_KEPT = frozenset({"loading", "decoding", "width", "height", "style", "class"})


class PageImage(NamedTuple):
    """An image of a page. Texts are as written.

    Attributes:
        number: Its number on the page, from 1.
        src: Its address.
        alt: Its alternative text; None where it has none at all.
        place: Where it stands.
        override: Which entry it has, by the author's word; "" for the one with its address.
        is_raw: Whether it stands in hand-written HTML, whose addresses start from the page's
            own, while those in Markdown start from the source file.
        has: The attributes, of those that could be added, that it has already.
        twin: The number of the image that it takes turns with, in light and dark; 0 for none.
        width: How wide the author has it, in pixels; 0 where that is not said so.
        skipped: How many images before it, of its kind and with its address, are left alone.
    """

    number: int
    src: str
    alt: str | None
    place: Place
    override: str = ""
    is_raw: bool = False
    has: frozenset[str] = _HAS_NOTHING
    twin: int = 0
    width: int = 0
    skipped: int = 0

    def placed(self, place: Place, twin: int = 0) -> PageImage:
        """Return the image as one that stands elsewhere."""
        return self._replace(place=place, twin=twin)


_NOTHING_MORE = tuple(PageImage(0, "", "", "alone"))[PageImage._fields.index("override") :]


def image_alone(number: int, src: str, alt: str) -> PageImage:
    """Return an image that stands alone, and of which nothing else is said: what most are."""
    # What the class does itself, with less work.
    return tuple.__new__(PageImage, (number, src, alt, "alone", *_NOTHING_MORE))


class Printed(NamedTuple):
    """The numbered images of a page as they stand in its HTML.

    Attributes:
        images: Number and address of each.
        tags: Their tags.
    """

    images: list[tuple[int, str]]
    tags: list[str]


def is_left_alone(attributes: Mapping[str, str], classes_around: Iterable[str] = ()) -> bool:
    """Return whether an image is none to be credited: by the author's word, or by what it is.

    Args:
        attributes: The attributes of the image.
        classes_around: The classes of the links, pictures, paragraphs and figures around it.
    """
    src = attributes.get("src", "").strip()
    classes = set(attributes.get("class", "").split())
    if not src or NO_CREDIT in classes or not classes.isdisjoint(_EMOJI):
        return True
    if NO_CREDIT in classes_around or attributes.get(OVERRIDE, "").strip().lower() == "none":
        return True
    if src[:5].lower() == "data:" or is_badge(src):
        return True
    return _is_tiny(attributes.get("width")) and _is_tiny(attributes.get("height"))


def is_badge(src: str) -> bool:
    """Return whether an image is a badge, by its address."""
    address = parse_address(src)
    return address.host in BADGE_HOSTS or re.search(_BADGE_PATH, address.path) is not None


def is_plain_address(src: str) -> bool:
    """Return whether an image with this address, and no more said of it, is not left alone.

    That is so for nearly all, and to see it takes one look at most of them.
    """
    if "badge" not in src and "%" not in src and ";" not in src:  # nothing escaped
        if src[:4] == "http" and _is_usual(start_of(src)):
            return True
        if ":" not in src and (src[:1].isalnum() or src[:1] == "."):  # a path
            return True
    return not is_left_alone({"src": src})


@lru_cache(maxsize=1024)
def _is_usual(start: str) -> bool:
    """Return whether the start of an address is that of a host which has no badges."""
    host = host_of(start)
    return bool(host) and host not in BADGE_HOSTS


def attributes_kept(attributes: Iterable[str]) -> frozenset[str]:
    """Return the attributes of an image that are the author's and stay as they are."""
    return _KEPT.intersection(attributes)


def width_given(attributes: Mapping[str, str]) -> int:
    """Return the width that an author gives an image, in pixels; 0 for none."""
    width = attributes.get("width", "").strip()
    is_number = width.isascii() and width.isdecimal() and len(width) <= _MOST_DIGITS
    return int(width) if is_number else 0


def _is_tiny(size: str | None) -> bool:
    return size is not None and size.isdecimal() and int(size) <= _TINY
