"""Captions and credits put into the HTML of a page.

The images were numbered when the page was converted (`images.STAMP`), and so were the paragraphs
and figures around those that stand alone; here the numbers are looked up. So nothing of it is in
the page before its template runs: not in the search index, and not in feeds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.image_credits.credit import Credit
from mkdocs_anp.core.image_credits.images import FIGURE_STAMP, STAMP, Printed
from mkdocs_anp.core.image_credits.plain_figures import LAZY, anchor
from mkdocs_anp.core.image_credits.tags import Tag, tags_with
from mkdocs_anp.core.text import escape

_NUMBERS = re.compile(r"[1-9]\d{0,6}(?: [1-9]\d{0,6})*")
_LIGHTBOX = re.compile(r"<a\b(?=[^>]*\bglightbox\b)([^>]*)>\s*$", re.IGNORECASE)
_LINK_TITLE = re.compile(r' data-title="([^"]*)"')
_ELEMENT = re.compile(r"<[^>]*>")
_CAPTION_START = re.compile(r"<figcaption\b[^>]*>", re.IGNORECASE)
# A caption may be a paragraph of its own; the credit belongs into its last one.
_CAPTION_END = re.compile(r"\s*(?:</p\s*>\s*)?</figcaption\s*>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_FIGURE_TAG = re.compile(r"<(/?)figure\b[^>]*>", re.IGNORECASE)


RenderCaption: TypeAlias = Callable[[Sequence[Credit], "str | None"], str]
"""Returns the HTML of a caption: that of a `figcaption` element or, behind the text of a caption
of the author's own, just the credits."""


class Shown(NamedTuple):
    """What is shown of an image.

    Attributes:
        credit: Its caption and credit; None where there is neither.
        attributes: Further attributes of the image, by name, as text.
        alt: What takes the place of an empty alternative text, "" for nothing.
        link: Attributes of the link of a lightbox around it, by name, as text.
        is_numbered: Whether it keeps its number, by which it is found on the finished page.
    """

    credit: Credit | None = None
    attributes: Mapping[str, str] = {}
    alt: str = ""
    link: Mapping[str, str] = {}
    is_numbered: bool = False


_NOTHING = Shown()


def with_figures(
    content: str,
    shown: Mapping[int, Shown],
    figcaption: RenderCaption,
    *,
    has_ids: bool = True,
    lazy_from: int | None = None,
) -> str:
    """Return a page's HTML with captions, credits and attributes of its images.

    Args:
        content: HTML with numbered images.
        shown: What is shown of each image that is credited or gets attributes, by number.
        figcaption: Returns the HTML of a caption.
        has_ids: Whether figures get ids; not where several posts stand on one page.
        lazy_from: From which image on, counted from 1, they are loaded when the reader comes
            near; not those that are seen at once. None for no image.
    """
    parts: list[str] = []
    done = 0
    for tag in tags_with(content, FIGURE_STAMP):
        stamp = tag.value(FIGURE_STAMP)
        end = _end_of(tag, content)
        if end is None or tag.start < done or not _NUMBERS.fullmatch(stamp):
            continue
        numbers = [int(number) for number in stamp.split(" ")]
        told = [credit for n in numbers if n in shown and (credit := shown[n].credit)]
        cut = tag.attributes[FIGURE_STAMP]
        before, behind = content[tag.start : cut.start()], content[cut.end() : tag.end]
        inner = content[tag.end : end[0]]
        if not told:
            parts += content[done : tag.start], before, behind, inner
            done = end[0]
            continue
        attributes = f"{before[len(tag.name) + 1 :]}{behind}"
        has_id = not has_ids or "id" in tag.attributes
        identity = "" if has_id else f' id="{anchor(numbers[0])}"'
        captioned = _captioned(tag.name, inner, told, figcaption)
        start = f'<figure data-anp="figure"{identity}{_align(inner)}{attributes}'
        parts += content[done : tag.start], start, captioned, "</figure>"
        done = end[1]
    parts.append(content[done:])
    return with_attributes("".join(parts), shown, lazy_from=lazy_from)


def _align(inner: str) -> str:
    """Return what makes a figure float as its image does: an attribute, with a space before it."""
    if "align" not in inner:
        return ""
    tags = (tag for tag in tags_with(inner, "align") if tag.name == "img")
    align = next((tag.value("align").lower() for tag in tags), "")
    return f' data-anp-align="{align}"' if align in ("left", "right") else ""


def images_in(html: str) -> Printed:
    """Return the numbered images of a page."""
    printed = Printed([], [])
    for tag, number in _images(html):
        if src := tag.value("src"):
            printed.images.append((number, src))
            printed.tags.append(html[tag.start : tag.end])
    return printed


def _end_of(tag: Tag, content: str) -> tuple[int, int] | None:
    """Return where the end tag of an element stands, None where it has none."""
    if tag.name == "p":
        end = _PARAGRAPH_END.search(content, tag.end)
        return end.span() if end else None
    if tag.name != "figure":
        return None
    depth = 1
    for found in _FIGURE_TAG.finditer(content, tag.end):
        depth += -1 if found[1] else 1
        if not depth:
            return found.span()
    return None


def _images(content: str) -> Iterator[tuple[Tag, int]]:
    for tag in tags_with(content, STAMP):
        number = tag.value(STAMP)
        if tag.name == "img" and _NUMBERS.fullmatch(number) and " " not in number:
            yield tag, int(number)


def _captioned(name: str, inner: str, told: Sequence[Credit], figcaption: RenderCaption) -> str:
    """Return the inside of a figure with its caption; the author's own caption stays."""
    ends = list(_CAPTION_END.finditer(inner)) if name == "figure" else []
    if not ends:
        return f"{inner}{figcaption(list(dict.fromkeys(told)), None)}"
    # Several images of one source need no more than one credit behind the author's caption.
    told = list({credit.credit: credit for credit in told if credit.credit}.values())
    if not told:
        return inner
    cut = ends[-1].start()
    own = _CAPTION_START.split(inner[:cut])[-1]
    text = unescape(_ELEMENT.sub("", own)).strip()
    return f"{inner[:cut]}{figcaption(told, text)}{inner[cut:]}"


def with_attributes(
    content: str, shown: Mapping[int, Shown], *, lazy_from: int | None = None
) -> str:
    """Return a page's HTML with further attributes of its images; see `with_figures`."""
    parts: list[str] = []
    done = 0
    for position, (tag, number) in enumerate(_images(content), 1):
        item = shown.get(number, _NOTHING)
        before = content[done : tag.start]
        parts.append(_with_link(before, item.link, tag.value("alt")) if item.link else before)
        cut, at = tag.attributes[STAMP].span()
        own = tag.attributes.keys()
        later = LAZY if lazy_from and position >= lazy_from else {}
        lazy = _written({name: text for name, text in later.items() if name not in own})
        stamp = content[cut:at] if item.is_numbered else ""
        added = f"{stamp}{lazy}{_written(item.attributes)}"
        start, end = at, at  # of an empty alternative text, which goes
        if item.alt and not tag.value("alt").strip():
            added = f'{added} alt="{escape(item.alt)}"'
            if alt := tag.attributes.get("alt"):
                start, end = alt.span()
        parts.append(content[tag.start : min(start, cut)])
        parts.append(f"{content[end:cut]}{added}{content[at:start]}")
        done = max(at, end)
    parts.append(content[done:])
    return "".join(parts)


def _with_link(before: str, attributes: Mapping[str, str], alt: str) -> str:
    """Return the HTML before an image, with attributes of the lightbox's link if it ends there.

    What the author has said of the image stays; a title that the lightbox took from the image's
    alternative text (`auto_caption`) is not said by anybody.
    """
    link = _LIGHTBOX.search(before, max(0, before.rfind("<a")))
    if link is None:
        return before
    own, behind = link[1], before[link.end(1) :]
    title = _LINK_TITLE.search(own) if "data-title" in attributes else None
    if title is not None and unescape(title[1]) == alt:
        own = f"{own[: title.start()]}{own[title.end() :]}"
    new = {name: text for name, text in attributes.items() if f" {name}=" not in own}
    return f"{before[: link.start()]}<a{_written(new)}{own}{behind}"


def _written(attributes: Mapping[str, str]) -> str:
    """Return attributes of an element as HTML."""
    return "".join([f' {name}="{escape(text)}"' for name, text in attributes.items()])
