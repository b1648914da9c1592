"""Texts with a form of their own: hashes, spans of time, names of languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from pygments.lexers import get_all_lexers

_NO_LANGUAGE = frozenset(
    {"none", "n/a", "any", "all", "other", "various", "mixed", "multiple", "plain", "plaintext"}
)
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]+")
_DURATION = re.compile(r"[1-9]\d{0,4} (?:day|week|month|year)s?")


def is_hexadecimal(text: str) -> bool:
    """Return whether a text has only hexadecimal digits."""
    return _HEXADECIMAL.fullmatch(text) is not None


def is_duration(text: str) -> bool:
    """Return whether a text is a span of time such as `6 months`."""
    return _DURATION.fullmatch(text) is not None


@lru_cache(maxsize=1)
def languages() -> Collection[str]:
    """Return the short names of all languages that Pygments highlights."""
    lexers = get_all_lexers(plugins=False)
    return frozenset(alias for _, aliases, _, _ in lexers for alias in aliases)


@lru_cache(maxsize=1)
def _other_names() -> Collection[str]:
    """Return the long names, and those of plugins, which take longer to find."""
    names = {alias for _, aliases, _, _ in get_all_lexers() for alias in aliases}
    return names | {title.lower() for title, _, _, _ in get_all_lexers()}


def is_language(text: str) -> bool:
    """Return whether Pygments highlights a language of this name, in whatever case.

    Words that say that there is none, or several, are fine too.
    """
    word = text.lower()
    return word in languages() or word in _NO_LANGUAGE or word in _other_names()
