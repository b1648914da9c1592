"""Where in a source file a value of its front matter stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.keys import Path, as_written
from mkdocs_anp.core.problems import Place
from mkdocs_anp.core.yaml_text import YamlText


def field_place(
    keys: tuple[str | int, ...], source: str, text: str, meta: Mapping[Any, Any], meta_key: str
) -> tuple[Path, Place | None]:
    """Return the path of a value of front matter as the page spells it, and where it stands.

    Args:
        keys: Its path in canonical keys, below the meta key.
        source: Path of the source file.
        text: What stands in it.
        meta: The front matter of the page.
        meta_key: The key of the mapping that holds the fields, "" for its top level.
    """
    own = YamlText(lambda: front_matter_block(text), source)
    path = as_written(meta, (meta_key, *keys))
    depth, span = own.find(path, "value")
    if span is None or depth < min(2, len(path)):
        return path, None
    return path, own.locate(span).place
