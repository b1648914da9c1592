"""Texts as YAML scalars, for what we write and for what we tell authors to write."""

from __future__ import annotations

import re
from functools import lru_cache

# A text that begins with a letter, or with a number and a word, and has only these characters
# means itself, in a list or mapping of either style, unless it is one of the words below.
_PLAIN = re.compile(r"(?:[A-Za-z]|[1-9][0-9]* [a-z])[A-Za-z0-9_./+()'-]*(?: [A-Za-z0-9_./+()'-]+)*")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})

# What does not stand for itself between double quotes, or would not be seen.
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')


@lru_cache(maxsize=2048)
def scalar(text: str) -> str:
    """Return a text as a YAML scalar that is read as just this text, in quotes where needed."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def flow(texts: list[str]) -> str:
    """Return texts as a YAML list on one line."""
    return f"[{', '.join(map(scalar, texts))}]"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in '"\\':
        return f"\\{character}"
    return f"\\u{ord(character):04x}"
