"""Which untrusted addresses may become links."""

from __future__ import annotations

import re

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers drop tabs and newlines inside an address and read `\` as `/`: neither belongs there.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"`{}|^\u2028\u2029\ufffd]")
_COMMON = re.compile(r"https?://[\w.-]+(?:/[\w./?&=%#,+:;@!~$()*'-]*)?", re.ASCII)
_ABSOLUTE = re.compile(r"https?://[^/?#]", re.IGNORECASE)


def is_safe_url(text: str) -> bool:
    """Return whether an address is relative or http, https or mailto, and well formed."""
    if is_plain_web_address(text):
        return True
    if not text or _FORBIDDEN.search(text):
        return False
    scheme = _SCHEME.match(text)
    if scheme:
        return scheme.group(1).lower() in SAFE_SCHEMES
    # A colon before the first slash could still be read as the end of a scheme.
    return ":" not in re.split(r"[/?#]", text, maxsplit=1)[0]


def is_plain_web_address(text: str) -> bool:
    """Return whether a text is an http or https address of usual characters: nearly all are."""
    return _COMMON.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Return whether a text is, as a whole, an http or https address."""
    if _COMMON.fullmatch(text):
        return True
    return _ABSOLUTE.match(text) is not None and is_safe_url(text)


def is_relative(url: str) -> bool:
    """Return whether a safe address points into the site: no scheme, no host, not only `#…`."""
    return not _SCHEME.match(url) and not url.startswith(("//", "#", "/"))
