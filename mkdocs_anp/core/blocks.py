"""Where the YAML of a page's front matter stands in its source."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from mkdocs_anp.core.keys import canonical_key

# MkDocs' own rule (mkdocs/utils/meta.py): what it does not take for front matter, we do not.
_OPENING = re.compile(r"-{3}[ \t]*\n")
_CLOSING = re.compile(r"\n(?:\.{3}|-{3})[ \t]*\n")

_TOP_KEY = re.compile(r"""^(["']?)([^\s#"'&*!\[{][^:\n"']{0,200})\1[ \t]*:(?=\s|$)""", re.MULTILINE)

MAX_BLOCK = 1_000_000
"""Above this many characters, a YAML text is not parsed again for places and spellings."""


class Block(NamedTuple):
    """A YAML text and where it begins in its file.

    Attributes:
        text: The YAML.
        line: The line of the file on which it begins, counted from 1.
        offset: How many characters stand before it in the file; None where it is not as it
            stands in the file.
    """

    text: str
    line: int = 1
    offset: int | None = 0


def front_matter_block(source: str) -> Block:
    """Return the YAML between the fences at the top of a Markdown source, "" where is none."""
    return split_source(source)[0]


def split_source(source: str) -> tuple[Block, str]:
    """Return the YAML between the fences at the top of a Markdown source, and what is below it.

    Where there are no fences, the YAML is "" and all of the source is below it.
    """
    opening = _OPENING.match(source)
    closing = _CLOSING.search(source, opening.end()) if opening else None
    if not (opening and closing):
        return Block(""), source
    block = Block(source[opening.end() : closing.start() + 1], 2, opening.end())
    return block, source[closing.end() :]


def has_key(block: str, keys: Collection[str]) -> bool:
    """Return whether the top level of a YAML text may have one of these keys.

    Args:
        block: The text; it is not parsed, so that thousands of pages can be asked.
        keys: The keys in their canonical form; any spelling of them counts.
    """
    return any(canonical_key(match.group(2)) in keys for match in _TOP_KEY.finditer(block))
