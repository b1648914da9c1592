"""The values of attributes, as a browser reads them."""

from __future__ import annotations

import re
from html.entities import html5

# Not compiled before the first text that needs it: few do.
_ENTITY = r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));"


def unescaped(text: str) -> str:
    """Return the value of an attribute without what is escaped in it.

    Only with a semicolon is a name an entity there: `?a=1&copy=2` has no copyright sign.
    """
    if "&" not in text:
        return text
    if text.count("&") == text.count("&amp;"):  # as in nearly all addresses with a query
        return text.replace("&amp;", "&")
    return re.sub(_ENTITY, _character, text)


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return html5.get(f"{found[3]};", found[0])
    code = int(found[1] or found[2], 10 if found[1] else 16)
    is_none = code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF
    return "\N{REPLACEMENT CHARACTER}" if is_none else chr(code)
