"""Names of fields: one canonical form for the four ways people write a key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from mkdocs_anp.core.text import scalar_text

Path: TypeAlias = tuple[Any, ...]
"""Keys as written and list indexes that lead from the top of the front matter to a value."""

_MAX_LENGTH = 200

# Where one word of `aiOutline`, `AIOutline` or `score2Max` ends and the next begins.
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAPS = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4096)
def canonical_key(key: str) -> str:
    """Return the snake_case form of a key.

    `ai outline`, `ai-outline`, `AI Outline` and `aiOutline` all give `ai_outline`.
    Other characters stay, so that `c++` and `c#` remain two keys.
    """
    text = scalar_text(key)[:_MAX_LENGTH]
    return _GAPS.sub("_", _CAMEL.sub("_", text)).strip("_").lower() or text


@lru_cache(maxsize=4096)
def humanize(key: str) -> str:
    """Return a label for a key that has none of its own: `source_id` gives `Source id`."""
    words = _GAPS.sub(" ", scalar_text(key)[:_MAX_LENGTH]).strip() or key
    return words[:1].upper() + words[1:]


def key_text(key: Any) -> str:
    """Return a key as text: YAML allows keys that are numbers, dates, booleans or null."""
    return key if type(key) is str else scalar_text(key)


def dotted(path: Path) -> str:
    """Return a path in the form of messages and of `data-anp-field`: `score.quality`."""
    return ".".join(canonical_key(key_text(part)) for part in path)


def canonical_items(mapping: Mapping[Any, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield each entry of a mapping as (canonical key, key as written, value)."""
    for raw, value in mapping.items():
        yield canonical_key(raw if type(raw) is str else key_text(raw)), raw, value


def as_written(meta: Any, keys: Iterable[str | int]) -> Path:
    """Return a path of canonical keys as the page spells them; "" in it stands for no key.

    A single value means the same as a list of one: the number of an entry is left out there.
    Items without a value are no entries, and are not counted.
    """
    path: list[Any] = []
    for key in keys:
        if isinstance(key, int):
            items = meta if isinstance(meta, list) else []
            numbers = [n for n, item in enumerate(items) if item not in (None, "", [], {})]
            if key >= len(numbers):
                continue
            key = numbers[key]
            meta = meta[key]
        elif not key:
            continue
        elif isinstance(meta, dict):
            wanted = canonical_key(key)
            key = next((raw for name, raw, _ in canonical_items(meta) if name == wanted), key)
            meta = meta.get(key)
        path.append(key)
    return tuple(path)
