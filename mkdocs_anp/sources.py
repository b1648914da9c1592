"""The sources of pages, whose front matter is loaded by us in place of MkDocs.

MkDocs asks plugins for the source of a page and loads the front matter at its top. It gets a source
with other front matter: a tag of YAML that stands for the values that we have loaded, faster. So it
finds the same values as ever, at the same time, and so do all other plugins.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from mkdocs.utils import meta
from yaml.constructor import SafeConstructor

from mkdocs_anp.core.loading import LOADER, Loaded, load

if TYPE_CHECKING:
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page
    from yaml import Node

# No author can write it.
_TAG = f"!anp-{uuid4().hex}"
_handed_over: dict[str, Mapping[Any, Any]] = {}
"""What was loaded and is on its way to MkDocs, by the number behind the tag."""
_numbers = count(1)
# Where another plugin gives MkDocs a source as well, it may not ask for ours.
_MOST = 64


def _take_over(loader: Any, node: Node) -> Mapping[Any, Any]:
    return _handed_over.pop(node.value)


class _Read(NamedTuple):
    uri: str
    text: str
    loaded: Loaded | None


class Source(NamedTuple):
    """What stands in the file of a page.

    Attributes:
        text: All of it; "" where it cannot be read.
        repeats_a_key: Whether the front matter repeats a key; None where nobody has looked.
    """

    text: str
    repeats_a_key: bool | None = None


class Sources:
    """Reads the sources of one build."""

    def __init__(self) -> None:
        """Start a build; from the first one on, PyYAML knows the tag."""
        self._last: _Read | None = None
        # The class that PyYAML's safe loaders have in common: with a copy of its table, one of
        # them would not see what others add to it later.
        SafeConstructor.add_constructor(_TAG, _take_over)

    def read(self, page: Page) -> str | None:
        """Return what MkDocs is to take for a page's source; None where it is to read the file."""
        try:
            text = page.file.content_string
        except (OSError, ValueError):  # MkDocs says so
            return None
        loaded = load(text) if _is_usual() else None
        self._last = _Read(page.file.src_uri, text, loaded)
        if loaded is None:
            return text
        number = str(next(_numbers))
        _handed_over[number] = loaded.meta
        if len(_handed_over) > _MOST:
            _handed_over.pop(next(iter(_handed_over)), None)
        return f"---\n{_TAG} {number}\n---\n{loaded.body}"

    def source_of(self, page: Page) -> Source:
        """Return what stands in the file of a page; without another look if it was the last one."""
        last, self._last = self._last, None
        if last is None or last.uri != page.file.src_uri:
            return Source(_text_of(page.file))
        _, text, loaded = last
        if loaded is None or page.meta is not loaded.meta:  # MkDocs or somebody else has loaded it
            return Source(text)
        return Source(text, loaded.repeats_a_key)


def _is_usual() -> bool:
    """Return whether MkDocs loads front matter as it always does: plugins may change that."""
    loader = getattr(meta, "SafeLoader", None)
    is_own = meta.get_data.__module__ == meta.__name__
    return is_own and loader is LOADER and _TAG in LOADER.yaml_constructors


def _text_of(file: File) -> str:
    try:
        return file.content_string
    except (OSError, ValueError):
        return ""
