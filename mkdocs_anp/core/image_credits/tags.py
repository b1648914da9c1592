"""Start tags that were numbered, read as a browser reads them.

What looks like a numbered tag may stand in code, or in a text in quotes, and another plugin may
have written `<` and `>` into attributes as they are; so a tag is read attribute by attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

# A name may hold quotes, as browsers have it: `alt="He said "hi""` has an attribute `hi""`.
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?"""
)
_START = re.compile(r"<([a-zA-Z]+)(?=[\s/>])")
# What nearly all tags are: to read them takes one look.
_PLAIN = re.compile(r'<([a-z]+)((?: [a-z][a-z-]*="[^"<>]*")*) ?/?>')
_END = re.compile(r"[\s/]*>")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));")
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


def unescaped(text: str) -> str:
    """Return the value of an attribute without what is escaped in it.

    Only with a semicolon is a name an entity there: `?a=1&copy=2` has no copyright sign.
    """
    if "&" not in text:
        return text
    if text.count("&") == text.count("&amp;"):  # as in nearly all addresses with a query
        return text.replace("&amp;", "&")
    return _ENTITY.sub(_character, text)


def _around(content: str, at: int, done: int) -> Tag | None:
    """Return the tag in which an index lies."""
    start = at
    for _ in range(_MOST_BACK):
        start = content.rfind("<", done, start)
        if start < 0:
            return None
        tag = _read(content, start)
        if tag is not None:
            return tag if tag.end > at else None
    return None


def _read(content: str, start: int) -> Tag | None:
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


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return html5.get(f"{found[3]};", found[0])
    code = int(found[1] or found[2], 10 if found[1] else 16)
    is_none = code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF
    return "\N{REPLACEMENT CHARACTER}" if is_none else chr(code)
