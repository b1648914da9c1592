"""Untrusted text made fit to show: no control characters, no Python notation."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from datetime import date, datetime
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MAX_JOINED = 20

# Controls other than tab and newline, lone surrogates and the two non-characters: not
# allowed in HTML, and a surrogate cannot be encoded when the page is written.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


_WORDS = {None: "null", True: "true", False: "false"}


def clean(text: str) -> str:
    """Return the text without surrounding space, each control character replaced by U+FFFD.

    A line ends with a newline, whatever system the text comes from.
    """
    if text.isprintable():  # one pass in C, and true for nearly all values
        return text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(REPLACEMENT, text.strip())


def shortened(text: str, limit: int) -> str:
    """Return a text of at most about `limit` characters, cut between words where it can be."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    words, _, rest = cut.rpartition(" ")
    return f"{(words if words and len(rest) < limit // 2 else cut).rstrip()}…"


def counted(count: int, one: str) -> str:
    """Return a number of things: `1 file`, `2,000 files`."""
    return f"1 {one}" if count == 1 else f"{count:,} {one}s"


def escape(text: str) -> str:
    """Return a text as HTML, for an element's content or an attribute in quotes.

    Most texts hold nothing to escape; to look is five times faster than to build.
    """
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return html.escape(text)
    return text


def scalar_text(value: Any) -> str:
    """Return the plain text of a scalar that YAML built: YAML's words, not Python's."""
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list)):  # in a set or a key: to print one may take 9^9 steps
        return "…"
    if isinstance(value, tuple):  # a key that is a list
        return ", ".join(scalar_text(item) for item in value[:_MAX_JOINED])
    if isinstance(value, set):
        return ", ".join(sorted(scalar_text(item) for item in value)[:_MAX_JOINED])
    if isinstance(value, bytes):  # !!binary, which is written so
        return b64encode(value).decode("ascii")
    try:
        return clean(str(value))
    except ValueError:  # an integer beyond sys.get_int_max_str_digits()
        return hex(value)
