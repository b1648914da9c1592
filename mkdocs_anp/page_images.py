"""The extension of Markdown that finds the images of a page while it is converted.

It numbers them, and the paragraphs and figures around those that stand alone. What is said of
them is put in later, when the page's post is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from markdown import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from mkdocs_anp.core.image_credits.addresses import is_themed
from mkdocs_anp.core.image_credits.images import (
    FIGURE_STAMP,
    OVERRIDE,
    STAMP,
    PageImage,
    Place,
    attributes_kept,
    image_alone,
    is_left_alone,
    is_plain_address,
    width_given,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from mkdocs_anp.core.image_credits.audit import Credited

# Behind attribute lists (8), which give images their classes, and before MkDocs (0) makes
# addresses relative: until then they are as the author wrote them.
_PRIORITY = 5
PAGE_PROCESSOR = "relpath"
"""What MkDocs and Material's blog add to the converter of a whole page, and nobody to one that
converts a part of it."""
_PLAIN = frozenset({"alt", "src", "title"})
"""What an image has of which nothing else is said."""
_ESCAPED = f"{STX}(\\d+){ETX}"
"""How Markdown keeps a character behind a backslash until the end of its work."""


class ImageRecord:
    """The images of one page.

    Attributes:
        images: Those that the Markdown tree has; None before the page is converted.
        has_raw: Whether there are images in hand-written HTML as well.
        is_plain: Whether each stands alone in a paragraph, with nothing said but what it is.
        stamps: How many numbers were given in the tree, to images and to what is around them.
        left_alone: Addresses of images that get no credit, such as badges.
        credited: The same images, each with what is known of it, once that is asked for.
    """

    # No dataclass: to make one takes longer than what a small site does with all of them. Most
    # records keep most of these.
    images: list[PageImage] | None = None
    has_raw = False
    is_plain = False
    stamps = 0
    left_alone: Sequence[str] = ()
    credited: list[Credited] | None = None


class ImagesExtension(Extension):
    """Finds images on the pages that somebody wants to know them of.

    A converter is made for each page, and Material's blog makes one more for its excerpt; each is
    that of the page that is read when it is made.

    Attributes:
        record: That of the page that is being read; None where none is wanted.
    """

    record: ImageRecord | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name that Markdown calls)
        """Take part in the conversion of a page."""
        if self.record is not None:
            processor = _Images(md)
            processor.record = self.record
            md.treeprocessors.register(processor, "anp_images", _PRIORITY)


class _Images(Treeprocessor):
    record: ImageRecord

    # Between two calls, the work of others drives this code out of the processor's caches. So it
    # is short, and makes nothing that most pages do not need.
    def run(self, root: Element) -> None:
        if PAGE_PROCESSOR not in self.md.treeprocessors:
            return
        found = [*root.iter("img")]
        images = _number_plain(root, len(found)) if found else []
        left_alone: list[str] = []
        is_plain = images is not None
        if images is None:
            images, stamps = _number(root, found, left_alone)
        else:
            stamps = 2 * len(images)
        record = self.record
        if record.images is not None:  # an excerpt comes later and has the same images
            return
        record.images = images
        record.stamps = stamps
        if left_alone:
            record.left_alone = left_alone
        if _have_image(self.md.htmlStash.rawHtmlBlocks):
            record.has_raw = True
        elif is_plain:
            record.is_plain = True


def _have_image(blocks: Iterable[str | Element]) -> bool:
    """Return whether one of the blocks of hand-written HTML, which may be much code, has images."""
    for block in blocks:  # noqa: SIM110 (`any` takes longer than the few blocks of a page)
        if isinstance(block, str) and "<img" in block.lower():
            return True
    return False


def _number_plain(root: Element, count: int) -> list[PageImage] | None:
    """Do what `_number` does where that is simple, which it nearly always is; else return None."""
    images: list[PageImage] = []
    alone: list[tuple[Element, Element]] = []
    for block in root:
        if len(block) != 1 or block.tag != "p":
            continue
        image = block[0]
        if image.tag != "img":
            continue
        said = image.attrib
        src, alt = said.get("src"), said.get("alt")
        if not (src and alt) or block.attrib or (len(said) > 2 and not said.keys() <= _PLAIN):
            return None
        text, tail = block.text, image.tail
        if (text and not text.isspace()) or (tail and not tail.isspace()):
            return None
        if STX in src or STX in alt or not is_plain_address(src):
            return None
        alone.append((block, image))
        images.append(image_alone(len(alone), src, alt))
    if len(alone) < count:
        return None
    for number, (block, image) in enumerate(alone, 1):
        stamp = str(number)
        image.set(STAMP, stamp)
        block.set(FIGURE_STAMP, stamp)
    return images


def _number(
    root: Element, found: list[Element], left_alone: list[str]
) -> tuple[list[PageImage], int]:
    """Return the images of a tree; they get numbers, and so does what stands around them.

    Args:
        root: The tree.
        found: Its images.
        left_alone: Takes the addresses of those that get no number.
    """
    alone = {
        p[0]: p
        for p in root
        if len(p) == 1 and p.tag == "p" and p[0].tag == "img" and _is_image_alone(p)
    }
    parents: dict[Element, Element] = {}
    if len(alone) < len(found):
        parents = {child: parent for parent in root.iter() for child in parent}
    images: list[PageImage] = []
    skipped: Counter[str] = Counter()  # how often each address was left alone
    around: dict[Element, list[int]] = {}
    for element in found:
        block, place, classes = _surroundings(element, alone, parents)
        # An attribute without a value (`{ data-zoomable }`) is None there.
        attributes = {name: _unescaped(value or "") for name, value in element.items()}
        if is_left_alone(attributes, classes):
            left_alone.append(attributes.get("src", ""))
            skipped[left_alone[-1]] += 1
            continue
        number = len(images) + 1
        twin = 0
        if block is not None:
            numbers = around.setdefault(block, [])
            twin = numbers[0] if numbers and (place == "alone" or _is_pair(block)) else 0
            numbers.append(number)
        images.append(
            PageImage(
                number,
                attributes["src"],
                attributes.get("alt"),
                place,
                attributes.get(OVERRIDE, "").strip(),
                has=attributes_kept(attributes),
                width=width_given(attributes),
                twin=twin,
                skipped=skipped[attributes["src"]],
            )
        )
        element.set(STAMP, str(number))
    for block, numbers in around.items():
        block.set(FIGURE_STAMP, " ".join(map(str, numbers)))
    return images, len(images) + len(around)


def _surroundings(
    image: Element, alone: dict[Element, Element], parents: dict[Element, Element]
) -> tuple[Element | None, Place, list[str]]:
    """Return the figure or the paragraph that an image has for itself, and the classes there."""
    if image in alone:  # what nearly all images are
        return alone[image], "alone", (alone[image].get("class") or "").split()
    classes: list[str] = []
    above = parents.get(image)
    child, is_alone = image, True
    while above is not None and above.tag in ("a", "picture", "p"):
        classes += (above.get("class") or "").split()
        is_alone = is_alone and (above.tag == "p" or _holds_only(above, child))
        if above.tag == "p":
            is_alone = is_alone and _is_paragraph_of_images(above)
            break
        child, above = above, parents.get(above)
    figure = above
    while figure is not None and figure.tag != "figure":
        figure = parents.get(figure)
    if figure is not None:
        return figure, "figure", [*classes, *(figure.get("class") or "").split()]
    if is_alone and above is not None and above.tag == "p":
        return above, "alone", classes
    return None, "inline", []


def _is_image_alone(paragraph: Element) -> bool:
    return (
        len(paragraph) == 1
        and paragraph[0].tag == "img"
        and _is_blank(paragraph.text)
        and _is_blank(paragraph[0].tail)
    )


def _holds_only(element: Element, child: Element) -> bool:
    return _is_blank(element.text) and all(
        _is_blank(other.tail) and (other is child or other.tag == "source") for other in element
    )


def _is_paragraph_of_images(paragraph: Element) -> bool:
    """Return whether a paragraph holds one image and no more, or one for light and one for dark."""
    if not _is_blank(paragraph.text) or not all(_is_blank(child.tail) for child in paragraph):
        return False
    if len(paragraph) == 1:
        return True
    images = [image for child in paragraph for image in child.iter("img")]
    return (
        len(paragraph) == len(images) == 2
        and all(is_themed(image.get("src") or "") for image in images)
        and all(child.tag in ("a", "img", "picture") for child in paragraph)
    )


def _is_pair(figure: Element) -> bool:
    """Return whether the images of a figure are one for light and one for dark."""
    images = list(figure.iter("img"))
    return len(images) == 2 and all(is_themed(image.get("src") or "") for image in images)


def _unescaped(text: str) -> str:
    """Return the value of an attribute as it is printed in the end."""
    return re.sub(_ESCAPED, lambda found: chr(int(found[1])), text) if STX in text else text


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()
