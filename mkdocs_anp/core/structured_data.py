"""What a page tells search engines about itself: JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from mkdocs_anp.core.image_credits.addresses import is_themed
from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.licenses import license_of
from mkdocs_anp.core.links import is_plain_web_address, is_web_address

# In a script, HTML ends at `</script`, and JavaScript once knew these two as ends of lines.
_SPECIAL = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")
_TEXT_AS_JSON = json.encoder.encode_basestring  # what it calls for a text


def image_objects(
    images: Iterable[tuple[ImageSource, str]],
    base: str,
    name_of_source: Callable[[ImageSource], str],
) -> list[str]:
    """Return an ImageObject for each credited image, as JSON; what is not known is left out.

    Properties: https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata.

    What only one colour scheme shows has a fragment that says so, and is no other image.

    Args:
        images: What is known of each image, and its address as it stands in the finished page.
        base: The address of the page.
        name_of_source: Returns the name of where an image comes from, "" for unknown.
    """
    objects: dict[str, str] = {}
    for source, src in images:
        is_whole = is_plain_web_address(src) or (is_web_address(src) and "[" not in src)
        url = src if is_whole else _joined(base, src)
        if "#" in url and is_themed(url):
            url = url.partition("#")[0]
        if url in objects or not (is_whole or is_web_address(url)):
            continue
        author, name = source.author, name_of_source(source)
        is_one = not author or not name or author == name
        credit = (author or name) if is_one else f"{author} / {name}"
        # Of a text, the encoder makes JSON ten times as fast as of a mapping.
        told = f', "creditText": {_TEXT_AS_JSON(credit)}' if credit else ""
        if source.has_full_form:
            told += _rights(source)
        if not told:
            continue
        caption = f', "caption": {_TEXT_AS_JSON(source.caption)}' if source.caption else ""
        objects[url] = (
            f'{{"@type": "ImageObject", "contentUrl": {_TEXT_AS_JSON(url)}{caption}{told}}}'
        )
    return list(objects.values())


def _joined(base: str, src: str) -> str:
    """Return an address as a browser asks for it, "" where nobody can."""
    try:
        return urljoin(base, src.strip().replace(" ", "%20"))
    except ValueError:  # such as an IPv6 address without its end
        return ""


def _rights(source: ImageSource) -> str:
    """Return the rest of an ImageObject: whose image it is, and who may use it."""
    rights = ""
    if source.author:
        kind = "Organization" if source.author_type == "organization" else "Person"
        url = source.author_url
        address = f', "url": {_TEXT_AS_JSON(url)}' if is_web_address(url) else ""
        name = _TEXT_AS_JSON(source.author)
        rights = f', "creator": {{"@type": "{kind}", "name": {name}{address}}}'
    if source.license and (url := license_of(source.license).url):
        rights += f', "license": {_TEXT_AS_JSON(url)}'
    if source.page and is_web_address(source.page):
        rights += f', "acquireLicensePage": {_TEXT_AS_JSON(source.page)}'
    return rights


def json_ld(graph: Iterable[str]) -> str:
    """Return the script element that tells search engines of some things, each as JSON."""
    data = f'{{"@context": "https://schema.org", "@graph": [{", ".join(graph)}]}}'
    for sign, code in _SPECIAL:
        if sign in data:  # to look is faster than to replace nothing
            data = data.replace(sign, code)
    return f'<script type="application/ld+json" data-anp="structured_data">{data}</script>'
