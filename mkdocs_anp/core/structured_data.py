"""What a page tells search engines about itself: JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import urljoin

from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.images import STAMP
from mkdocs_anp.core.image_credits.licenses import license_of
from mkdocs_anp.core.links import is_web_address

_NUMBER = re.compile(rf'{STAMP}="?(\d+)')  # a minifier may have taken the quotes
_SRC = re.compile(r"""\ssrc=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
# In a script, HTML ends at `</script`, and JavaScript once knew these two as ends of lines.
_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_HEAD_END = "</head>"


def images_in(html: str) -> Iterator[tuple[int, str]]:
    """Yield number and address of each numbered image of a page, as it is in the end."""
    for found in _NUMBER.finditer(html):
        start, end = html.rfind("<", 0, found.start()), html.find(">", found.end())
        if src := _SRC.search(html, start, end + 1):
            yield int(found[1]), unescape(src[1] or src[2] or src[3] or "")


def image_objects(
    images: Iterator[tuple[int, str]],
    sources: Mapping[int, ImageSource],
    base: str,
    name_of_source: Callable[[ImageSource], str],
) -> list[dict[str, Any]]:
    """Return an ImageObject for each credited image; what is not known is left out.

    Properties: https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata.

    Args:
        images: Number and address of the images, as they stand in the finished page.
        sources: What is known of them, by number.
        base: The address of the page.
        name_of_source: Returns the name of where an image comes from.
    """
    objects: dict[str, dict[str, Any]] = {}
    for number, src in images:
        source = sources.get(number)
        url = src if src.startswith("https://") else urljoin(base, src)
        if source is None or not is_web_address(url) or url in objects:
            continue
        names = dict.fromkeys(filter(None, (source.author, name_of_source(source))))
        if not names:
            continue
        image = {"@type": "ImageObject", "contentUrl": url}
        if source.caption:
            image["caption"] = source.caption
        image["creditText"] = " / ".join(names)
        objects[url] = {**image, **_rights(source)}
    return list(objects.values())


def _rights(source: ImageSource) -> dict[str, Any]:
    rights: dict[str, Any] = {}
    if source.author:
        creator = {"@type": "Person", "name": source.author}
        if is_web_address(source.author_url):
            creator["url"] = source.author_url
        rights["creator"] = creator
    if source.license and (url := license_of(source.license).url):
        rights["license"] = url
    if is_web_address(source.page):
        rights["acquireLicensePage"] = source.page
    return rights


def json_ld(graph: Sequence[Mapping[str, Any]]) -> str:
    """Return the script element that tells search engines of some things."""
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    for char, written in _ESCAPES.items():
        data = data.replace(char, written)
    return f'<script type="application/ld+json" data-anp="structured_data">{data}</script>'


def in_head(html: str, element: str) -> str:
    """Return a page with one more element at the end of its head."""
    end = html.find(_HEAD_END)
    if end < 0:  # a theme may leave out its tags
        return f"{html}{element}"
    return f"{html[:end]}{element}{html[end:]}"
