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
_CONTAINERS = frozenset({dict, list, tuple, set})


def may_repeat_a_key(block: str, meta: Mapping[Any, Any]) -> bool:
    """Return whether a key may stand twice in a mapping of a YAML text.

    Where no word stands before a colon more often than it ends a key in what YAML made of the
    text, no key was lost. This takes a fifth of the time that it takes to parse the text again.
    """
    if "<<" in block or "\\" in block:  # merged keys stand there once; a key may be escaped
        return True
    keys = _keys_in(meta)
    if keys is None:
        return True
    ends = Counter(map(_last_word, keys))
    if "" in ends:
        return True
    # Backwards, since a search for colons is ten times faster than one for words.
    written = Counter(_COLON_AND_WORD.findall(block[::-1]))
    for word, count in ends.items():  # noqa: SIM110 (a generator costs more than this loop)
        if written.get(word, 0) > count:
            return True
    return False


def _keys_in(meta: Mapping[Any, Any]) -> list[Any] | None:
    """Return all keys in parsed YAML; None where some may have no colon."""
    keys: list[Any] = []
    seen = set()  # an alias gives the same object again
    waiting: list[Any] = [meta]
    for value in waiting:  # which grows meanwhile
        if id(value) in seen:
            continue
        seen.add(id(value))
        items = value
        if type(value) is dict:
            keys += value
            items = value.values()
        kinds = set(map(type, items))
        if kinds.isdisjoint(_CONTAINERS):
            continue
        if tuple in kinds or set in kinds:
            return None
        waiting += [item for item in items if type(item) is dict or type(item) is list]
    return keys


@lru_cache(maxsize=4096)
def _last_word(key: Any) -> str:
    """Return the last word of a key, backwards; "" where it does not end with one."""
    match = _WORD.match(key[::-1]) if type(key) is str else None
    return match.group() if match else ""
