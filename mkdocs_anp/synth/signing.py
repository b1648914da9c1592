"""The hash in each made file, by which it is known again.

A file is ours, and nobody has edited it since, if its hash is that of the rest of its text.
This holds whichever version and settings made it, and needs no list of files.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_LENGTH = 24
BLANK = "0" * _LENGTH
"""Stands in a text where its hash will stand."""

_HASH = re.compile(rb"hash\W{1,4}([0-9a-f]{24})\b")
_DIGITS = 10 ** (_LENGTH - 1)


def sign(text: str) -> bytes:
    """Return a text as UTF-8, the blank of its hash filled in.

    Where the blank stands without quotes, in YAML it is to be a number: the hash then has
    digits only.
    """
    data = text.encode()
    match = _HASH.search(data)
    if match is None or match[1] != BLANK.encode():
        raise ValueError("the text has no blank for its hash")
    start, end = match.span(1)
    unquoted = data[start - 1 : start] == b" " and data[end : end + 1] == b"\n"
    value = _digits(data) if unquoted else _hexadecimal(data)
    return data[:start] + value + data[end:]


def is_ours(data: bytes) -> bool:
    """Return whether a file was made by us and not changed since."""
    match = _HASH.search(data)
    if match is None:
        return False
    start, end = match.span(1)
    blank = data[:start] + BLANK.encode() + data[end:]
    return match[1] in (_hexadecimal(blank), _digits(blank))


def _hexadecimal(data: bytes) -> bytes:
    return blake2b(data, digest_size=_LENGTH // 2).hexdigest().encode()


def _digits(data: bytes) -> bytes:
    number = int.from_bytes(blake2b(data, digest_size=_LENGTH // 2).digest(), "little")
    return str(_DIGITS + number % (9 * _DIGITS)).encode()
