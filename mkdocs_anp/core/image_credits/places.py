"""Where in a source file stands what is wrong with an image or with its entry."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.image_credits.audit import Finding
from mkdocs_anp.core.keys import Path, as_written, dotted
from mkdocs_anp.core.problems import Place, Problem, Span, place_of
from mkdocs_anp.core.yaml_text import YamlText

FEATURE = "image_credits"
"""What stands in place of a field where the problem is that of an image."""


def problem_of(
    finding: Finding, source: str, text: str, meta: Mapping[Any, Any], meta_key: str
) -> Problem:
    """Return a finding as a problem of a file, with its place.

    Args:
        finding: What is wrong.
        source: Path of the source file.
        text: What stands in it.
        meta: The front matter of the page.
        meta_key: The key of the mapping that holds the fields, "" for its top level.
    """
    if finding.keys:
        path, place = field_place(finding.keys, source, text, meta, meta_key)
        field = dotted(path)
    else:
        field, place = FEATURE, _image_place(finding.src, text)
    return Problem(source, field, finding.code, finding.message, finding.help, place)


def field_place(
    keys: tuple[str | int, ...], source: str, text: str, meta: Mapping[Any, Any], meta_key: str
) -> tuple[Path, Place | None]:
    """Return the path of a value of front matter as the page spells it, and where it stands.

    Args:
        keys: Its path in canonical keys, below the meta key.
        source: Path of the source file.
        text: What stands in it.
        meta: The front matter of the page.
        meta_key: The key of the mapping that holds the fields, "" for its top level.
    """
    own = YamlText(lambda: front_matter_block(text), source)
    path = as_written(meta, (meta_key, *keys))
    depth, span = own.find(path, "value")
    if span is None or depth < min(2, len(path)):
        return path, None
    return path, own.locate(span).place


def _image_place(src: str, text: str) -> Place | None:
    """Return where the address of an image stands, below the front matter."""
    block = front_matter_block(text)
    start = (block.offset or 0) + len(block.text)
    for written in _spellings(src):
        at = text.find(written, start)
        if at >= 0:
            return place_of(text, Span(at, at + len(written)))
    return None


def _spellings(src: str) -> Iterator[str]:
    yield src
    yield html.escape(src, quote=False)
    yield unquote(src)
    yield quote(src, safe="/:?&=#%,+;@~!$()*'")
