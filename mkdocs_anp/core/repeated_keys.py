"""Keys that stand twice in YAML, which keeps only the last: a quick look whether there are any."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# A colon that may end a key, and the word before it; both in a text that is written backwards.
_COLON_AND_WORD = re.compile(r""":(?:(?<=[\s\[\]{},"']:)["' \t]*|["'][ \t]*)([\w-]+)""")
_WORD = re.compile(r"[\w-]+")


def may_repeat_a_key(block: str, meta: Mapping[Any, Any]) -> bool:
    """Return whether a key may stand twice in a mapping of a YAML text.

    Where no word stands before a colon more often than it ends a key in what YAML made of the
    text, no key was lost. This takes a fifth of the time that it takes to parse the text again.
    """
    if "<<" in block or "\\" in block:  # merged keys stand there once; a key may be escaped
        return True
    keys = _count_keys(meta)
    if keys is None:
        return True
    ends: dict[str, int] = {}
    for key, count in keys.items():
        word = _last_word(key)
        if not word:
            return True
        ends[word] = ends.get(word, 0) + count
    # Backwards, since a search for colons is ten times faster than one for words.
    written = Counter(_COLON_AND_WORD.findall(block[::-1]))
    return any(count > ends[word] for word, count in written.items() if word in ends)


def _count_keys(meta: Mapping[Any, Any]) -> Mapping[Any, int] | None:
    """Return how often each key is in parsed YAML; None where some may have no colon."""
    counts: dict[Any, int] = {}
    waiting: list[Any] = [meta]
    seen = set()  # an alias gives the same object again
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        items = value
        if type(value) is dict:
            for key in value:
                counts[key] = counts.get(key, 0) + 1
            items = value.values()
        for item in items:
            kind = type(item)
            if kind is dict or kind is list:
                waiting.append(item)
            elif kind is tuple or kind is set:
                return None
    return counts


@lru_cache(maxsize=4096)
def _last_word(key: Any) -> str:
    """Return the last word of a key, backwards; "" where it does not end with one."""
    match = _WORD.match(key[::-1]) if type(key) is str else None
    return match.group() if match else ""
