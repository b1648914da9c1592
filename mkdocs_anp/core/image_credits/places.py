"""Where in a source file stands what is wrong with an image or with its entry."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.field_place import field_place
from mkdocs_anp.core.image_credits.audit import Finding
from mkdocs_anp.core.keys import dotted
from mkdocs_anp.core.problems import Place, Problem, Span, place_of

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_BEFORE = 1000  # characters of an alternative text
# What stands before the address of an image: in Markdown, or in hand-written HTML.
_IMAGE = re.compile(r"!\[[^\[\]]*\]\(\s*<?\Z|<img\b[^<>]*\bsrc\s*=\s*[\"']?\Z", re.IGNORECASE)
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
        field, place = FEATURE, _image_place(finding.src, finding.nth, text)
    return Problem(source, field, finding.code, finding.message, finding.help, place)


def _image_place(src: str, nth: int, text: str) -> Place | None:
    """Return where the address of an image stands, below the front matter.

    Args:
        src: The address.
        nth: How many images before it have the same one.
        text: The source file.
    """
    start, body = _body(text)
    for written in filter(None, _spellings(src)):
        whole = rf"(?<![\w/.%-]){re.escape(written)}(?![\w/.%?&#=-])"
        found = [match.start() for match in re.finditer(whole, body)]
        found = [at for at in found if _IMAGE.search(body, max(0, at - _BEFORE), at)] or found
        if found:
            at = start + found[min(nth, len(found) - 1)]  # of a reference there is only one
            return place_of(text, Span(at, at + len(written)))
    return None


@lru_cache(maxsize=1)  # of one page, many images may lack an entry
def _body(text: str) -> tuple[int, str]:
    """Return where the body of a page begins, and the body with spaces in place of fenced code."""
    block = front_matter_block(text)
    start = (block.offset or 0) + len(block.text)
    parts: list[str] = []
    fence = ""
    for line in text[start:].splitlines(keepends=True):
        mark = _FENCE.match(line)
        is_code = bool(fence)
        if fence:
            is_end = mark and mark[1].startswith(fence) and not line[mark.end() :].strip()
            fence = "" if is_end else fence
        elif mark:
            fence = mark[1]
        parts.append(" " * len(line) if is_code or fence else line)
    return start, "".join(parts)


def _spellings(src: str) -> Iterator[str]:
    yield src
    yield html.escape(src, quote=False)
    yield unquote(src)
    yield quote(src, safe="/:?&=#%,+;@~!$()*'")
