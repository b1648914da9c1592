"""The numbers of images in the HTML of a page, until captions take their place."""

from __future__ import annotations

import re

from mkdocs_anp.core.image_credits.images import FIGURE_STAMP, STAMP

_STAMP_START = " data-anp-"
_STAMP_REST = re.compile(rf'(?:{STAMP[9:]}|{FIGURE_STAMP[9:]})="[\d ]+"')


def has_stamps(content: str) -> bool:
    """Return whether images of a page's HTML are numbered."""
    return STAMP in content


def without_stamps(content: str, count: int = -1) -> str:
    """Return a page's HTML as it was before images were numbered.

    Args:
        content: HTML.
        count: How many numbers were given, of images and of what is around them. Where no more
            stand there, none can be part of a text, and they need no closer look.
    """
    first, *others = content.split(_STAMP_START)
    if len(others) == count and all(map(_STAMP_REST.match, others)):
        return "".join([first, *(other.split('"', 2)[2] for other in others)])
    from mkdocs_anp.core.image_credits.tags import tags_with  # not for the pages of most sites

    for stamp in (STAMP, FIGURE_STAMP):
        parts: list[str] = []
        done = 0
        for tag in tags_with(content, stamp):
            start, end = tag.attributes[stamp].span()
            parts.append(content[done:start])
            done = end
        parts.append(content[done:])
        content = "".join(parts)
    return content
