"""Start tags that were numbered, read as a browser reads them.

What looks like a numbered tag may stand in code, or in a text in quotes, and another plugin may
have written `<` and `>` into attributes as they are; so a tag is read attribute by attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mkdocs_anp.core.image_credits.entities import unescaped

# A name may hold quotes, as browsers have it: `alt="He said "hi""` has an attribute `hi""`.
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?"""
)
_START = re.compile(r"<([a-zA-Z]+)(?=[\s/>])")
# What nearly all tags are: to read them takes one look.
_PLAIN = re.compile(r'<([a-z]+)((?: [a-z][a-z-]*="[^"<>]*")*) ?/?>')
_END = re.compile(r"[\s/]*>")
_MOST_BACK = 8
"""How many `<` may stand in the attributes before a number."""


class Tag(NamedTuple):
    """A start tag.

    Attributes:
        name: The name of the element, in lower case.
        start, end: Where it stands.
        attributes: Where its attributes stand, by name in lower case, each with the space before
            it; of two with one name, the first.
    """

    name: str
    start: int
    end: int
    attributes: dict[str, re.Match[str]]

    def value(self, name: str) -> str:
        """Return the value of an attribute, "" where it has none."""
        found = self.attributes.get(name)
        return unescaped(found[2] or found[3] or found[4] or "") if found else ""


def tags_with(content: str, stamp: str) -> Iterator[Tag]:
    """Yield the tags of a page that have an attribute."""
    done = 0
    at = content.find(stamp)
    while at >= 0:
        tag = _around(content, at, done)
        if tag is not None and stamp in tag.attributes:
            yield tag
        done = at + len(stamp) if tag is None else tag.end
        at = content.find(stamp, done)


def _around(content: str, at: int, done: int) -> Tag | None:
    """Return the tag in which an index lies."""
    start = at
    for _ in range(_MOST_BACK):
        start = content.rfind("<", done, start)
        if start < 0:
            return None
        tag = tag_at(content, start)
        if tag is not None:
            return tag if tag.end > at else None
    return None


def tag_at(content: str, start: int) -> Tag | None:
    """Return the tag that begins at an index, None where none does."""
    plain = _PLAIN.match(content, start)
    if plain is not None:
        found_all = _ATTRIBUTE.finditer(content, plain.start(2), plain.end(2))
        known = {found[1]: found for found in found_all}
        if len(known) == plain[2].count('="'):  # none stands twice, or in a value
            return Tag(plain[1], start, plain.end(), known)
    begin = _START.match(content, start)
    if begin is None:
        return None
    attributes: dict[str, re.Match[str]] = {}
    at = begin.end()
    while found := _ATTRIBUTE.match(content, at):
        attributes.setdefault(found[1].lower(), found)
        at = found.end()
    end = _END.match(content, at)
    return Tag(begin[1].lower(), start, end.end(), attributes) if end else None
