"""Captions and credits put into the HTML of a page.

The images were numbered when the page was converted (`images.STAMP`), and so were the paragraphs
and figures around those that stand alone; here the numbers are looked up. So nothing of it is in
the page before its template runs: not in the search index, and not in feeds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.image_credits.credit import Credit
from mkdocs_anp.core.image_credits.images import FIGURE_STAMP, STAMP
from mkdocs_anp.core.text import escape

# All begin with what is searched for in one go: most of a page is passed over that way.
_FIGURE_NUMBERS = re.compile(rf' {FIGURE_STAMP}="([\d ]+)"')
_FIGURE_START = re.compile(r"<(p|figure)\b([^>]*)$", re.IGNORECASE)
_IMAGE = re.compile(rf' {STAMP}="(\d+)"')
_ANY_STAMP = re.compile(rf' data-anp-(?:{STAMP[9:]}|{FIGURE_STAMP[9:]})="[\d ]+"')
_EMPTY_ALT = re.compile(r'\salt(?:=""|=\'\')?(?=[\s/>])')
_LIGHTBOX = re.compile(r"<a\b(?=[^>]*\bglightbox\b)([^>]*)>\s*$", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_CAPTION_START = re.compile(r"<figcaption\b[^>]*>", re.IGNORECASE)
_CAPTION_END = re.compile(r"\s*</figcaption\s*>", re.IGNORECASE)
_ENDS = {
    "p": re.compile(r"</p\s*>", re.IGNORECASE),
    "figure": re.compile(r"</figure\s*>", re.IGNORECASE),
}
_HAS_ID = re.compile(r"\sid\s*=", re.IGNORECASE)


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


def has_stamps(content: str) -> bool:
    """Return whether images of a page's HTML are numbered."""
    return STAMP in content


def without_stamps(content: str) -> str:
    """Return a page's HTML as it was before images were numbered."""
    return _ANY_STAMP.sub("", content)


def first_number(content: str) -> int:
    """Return the number of the first image in a page's HTML, 0 for none."""
    found = _IMAGE.search(content)
    return int(found[1]) if found else 0


def with_figures(
    content: str,
    shown: Mapping[int, Shown],
    figcaption: RenderCaption,
    *,
    has_ids: bool = True,
) -> str:
    """Return a page's HTML with captions, credits and attributes of its images.

    Args:
        content: HTML with numbered images.
        shown: What is shown of each image that is credited or gets attributes, by number.
        figcaption: Returns the HTML of a caption.
        has_ids: Whether figures get ids; not where several posts stand on one page.
    """
    parts: list[str] = []
    done = 0
    for found in _FIGURE_NUMBERS.finditer(content):
        opening = content.rfind("<", done, found.start())
        start = _FIGURE_START.match(content, opening, found.start()) if opening >= 0 else None
        end = _end(content, found.end(), start[1].lower()) if start else None
        if start is None or end is None:
            continue
        numbers = [int(number) for number in found[1].split()]
        told = [item.credit for n in numbers if (item := shown.get(n)) and item.credit]
        inner = content[found.end() : end[0]]
        if not told:
            figure = f"<{start[1]}{start[2]}{inner}{content[end[0] : end[1]]}"
        else:
            has_id = not has_ids or _HAS_ID.search(start[2])
            identity = "" if has_id else f' id="{anchor(numbers[0])}"'
            caption = _captioned(start[1], inner, told, figcaption)
            figure = f'<figure data-anp="figure"{identity}{start[2]}{caption}</figure>'
        parts += content[done:opening], figure
        done = end[1]
    parts.append(content[done:])
    return with_attributes("".join(parts), shown)


def _end(content: str, at: int, name: str) -> tuple[int, int] | None:
    """Return where the end tag of a paragraph or figure is, from start to end."""
    plain = f"</{name}>"
    start = content.find(plain, at)
    if start >= 0:  # nearly always; to look for all spellings takes longer
        return start, start + len(plain)
    found = _ENDS[name].search(content, at)
    return found.span() if found else None


def anchor(number: int) -> str:
    """Return the id of the figure of an image."""
    return f"anp-image-{number}"


def _captioned(name: str, inner: str, told: Sequence[Credit], figcaption: RenderCaption) -> str:
    """Return the inside of a figure with its caption; the author's own caption stays."""
    ends = list(_CAPTION_END.finditer(inner)) if name.lower() == "figure" else []
    if not ends:
        return f"{inner}{figcaption(told, None)}"
    cut = ends[-1].start()
    own = _CAPTION_START.split(inner[:cut])[-1]
    return f"{inner[:cut]}{figcaption(told, unescape(_TAG.sub('', own)).strip())}{inner[cut:]}"


def with_attributes(content: str, shown: Mapping[int, Shown]) -> str:
    """Return a page's HTML with further attributes of its images."""
    parts: list[str] = []
    done = 0
    for found in _IMAGE.finditer(content):
        item = shown.get(int(found[1]), _NOTHING)
        if item.link:
            start = content.rfind("<", done, found.start())
            parts.append(_with_link(content[done:start], item.link))
            done = start
        added = f"{found[0] if item.is_numbered else ''}{_written(item.attributes)}"
        if item.alt:
            end = content.find(">", found.end())
            start = content.rfind("<", done, found.start())
            tag = f"{content[start : found.start()]}{added}{content[found.end() : end]}>"
            parts += content[done:start], _with_alt(tag, item.alt)
            done = end + 1
        else:
            parts += content[done : found.start()], added
            done = found.end()
    parts.append(content[done:])
    return "".join(parts)


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(text)}"' for name, text in attributes.items())


def _with_alt(tag: str, alt: str) -> str:
    empty = _EMPTY_ALT.search(tag)
    cut, rest = empty.span() if empty else (len("<img"), len("<img"))
    return f'{tag[:cut]} alt="{escape(alt)}"{tag[rest:]}'


def _with_link(before: str, attributes: Mapping[str, str]) -> str:
    """Return the HTML before an image, with attributes of the lightbox's link if it ends there."""
    link = _LIGHTBOX.search(before, max(0, before.rfind("<a")))
    if link is None:
        return before
    # What the author has said of the image stays.
    new = {name: text for name, text in attributes.items() if f" {name}=" not in link[1]}
    cut = link.start() + len("<a")
    return f"{before[:cut]}{_written(new)}{before[cut:]}"
