"""Whether a text between two lines of dashes is front matter, or the page's own Markdown.

Markdown also has lines of three dashes, as thematic breaks. What stands between two of them may
only be taken away from the page where somebody must have meant it as fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mkdocs_anp.core.fields import BUILT_IN
from mkdocs_anp.core.keys import canonical_key
from mkdocs_anp.core.page_keys import KNOWN
from mkdocs_anp.core.recovery.sheet import UNSEEN, is_told

KNOWN_KEYS = frozenset(
    {
        *KNOWN,
        *BUILT_IN,
        "post_meta",
        # Those of other site generators, from which pages are taken over.
        *("aliases", "category", "created", "language", "layout", "permalink", "tag", "updated"),
        "weight",
    }
)
"""The keys, in their canonical form, that alone tell front matter from text."""

_KEY_LINE = re.compile(
    rf"""(?P<indent>[^\S\n]*)[{UNSEEN}]*(?P<dash>(?:-[ \t]+)*)\{{?[ \t]*"""
    r"""(?P<sign>["'@`%*!&|]?)(?P<key>[^\W\d][\w.-]*(?:[ ][\w.-]+){0,3})["']?[ \t]*"""
    r"""(?:[:：](?![/*_:])|=(?!=))"""
)
_SIGNS_OF_TEXT = "*|`"
_COMMENTED_FIELD = re.compile(r"\s*#+[ \t]*(?:([^\W\d][\w-]*):(?:[ \t]|$)|$)")

# What is Markdown, but for the extensions that look like text.
_MARKDOWN = re.compile(
    r"^(?:>|\||`{3}|~{3}|\[TOC\]|--8<--|!!!|\?{3}|:{3}|\*\*|__)|\]\(|!\[|</?[a-zA-Z!]"
)
_INSIDE = (" ", "\t", "]", "}", "- ")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


class _Key(NamedTuple):
    """The name at the beginning of a line that looks like a field.

    Attributes:
        name: The name as written.
        is_known: Whether it is that of a field that is known.
        is_plausible: Whether it is one word, outside a list.
        is_top: Whether nothing stands before it.
    """

    name: str
    is_known: bool
    is_plausible: bool
    is_top: bool

    @property
    def is_lower(self) -> bool:
        """Whether it does not begin as a sentence does."""
        return not self.name[0].isupper()


def is_known_key(name: str) -> bool:
    """Return whether a name, in any spelling, is that of a field that is known."""
    return canonical_key(name) in KNOWN_KEYS


def is_front_matter(block: str, *, is_sure: bool = True) -> bool:
    """Return whether a text is front matter, right or with mistakes.

    Args:
        block: The text between the fences.
        is_sure: Whether the fences are where they must be; without that, it takes more.
    """
    told = [line for line in block.split("\n") if line.strip()]
    lines = [line for line in told if is_told(line)]
    if not lines:  # nothing, or comments; to Markdown, any other of these is a heading
        return all(map(_is_commented_field, told))
    keys = [_key(line) for line in lines]
    is_sure = is_sure and not block.startswith("\n")
    is_loose = is_sure and not _PARAGRAPHS.search(block.strip("\n"))
    words = [key for key in keys if key and key.is_plausible]
    plausible = [key.name for key in words if key.is_lower]
    if is_loose:  # `Note: …` may begin any number of sentences
        plausible += {key.name for key in words if not key.is_lower}
    if any(key and key.is_known for key in keys) or len(plausible) > 1:
        return _is_stronger(keys, lines, block)
    return is_loose and _is_alone(keys, lines)


def _key(line: str) -> _Key | None:
    """Return the key of a line, or None where it is none of a field."""
    match = _KEY_LINE.match(line)
    if not match:
        return None
    name, sign, is_item = match["key"], match["sign"], bool(match["dash"])
    is_word = " " not in name and not (sign and sign in _SIGNS_OF_TEXT)
    is_top = not (match["indent"] or is_item)
    return _Key(name, is_known_key(name), is_word and not is_item, is_top)


def _is_commented_field(line: str) -> bool:
    match = _COMMENTED_FIELD.match(line)
    return match is not None and (match[1] is None or is_known_key(match[1]))


def _is_stronger(keys: Sequence[_Key | None], lines: Sequence[str], block: str) -> bool:
    """Return whether fields outweigh the signs of Markdown in a text that has both."""
    signs = sum(
        1
        for key, line in zip(keys, lines, strict=True)
        if not key and not line.startswith((" ", "\t")) and _MARKDOWN.search(line)
    )
    signs += sum(map(_is_prose, _PARAGRAPHS.split(block)))
    if not signs:
        return True
    first, known = keys[0], sum(1 for key in keys if key and key.is_known)
    if first is None or not first.is_top or not (first.is_known or first.is_plausible):
        return False
    tops = sum(1 for key in keys if key and key.is_top)
    return tops >= signs and (first.is_lower or known > 1)


def _is_prose(paragraph: str) -> bool:
    """Return whether a paragraph holds nothing that may be YAML."""
    lines = [line for line in paragraph.split("\n") if line.strip()]
    return bool(lines) and not any(
        line.startswith((*_INSIDE, "-", "#", "{", "[")) or _key(line) for line in lines
    )


def _is_alone(keys: Sequence[_Key | None], lines: Sequence[str]) -> bool:
    """Return whether a text is one field, with nothing but its value below it."""
    first = keys[0]
    if first is None or not (first.is_plausible and first.is_top and first.is_lower):
        return False
    return all(line.startswith(_INSIDE) for line in lines[1:])
