"""Where in a source file stands what is wrong with an image or with its entry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import yaml

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.image_credits.audit import Finding
from mkdocs_anp.core.image_credits.written import WrittenImages
from mkdocs_anp.core.keys import Path, as_written, dotted
from mkdocs_anp.core.problems import IMAGES, Lines, Place, Problem, Span
from mkdocs_anp.core.yaml_text import YamlText, construct

_ELSEWHERE = "; the image does not stand in this file itself, so look in what the page includes"
_BY_DEFAULT = "; the entry does not stand in this file itself, so look in its folder's defaults"


class Places:
    """The places of what is wrong on one page, of which there may be much.

    The source is read once for all of it.
    """

    def __init__(self, source: str, text: str, meta: Mapping[Any, Any], meta_key: str) -> None:
        """Take the page.

        Args:
            source: Path of the source file.
            text: What stands in it.
            meta: The front matter of the page.
            meta_key: The key of the mapping that holds the fields, "" for its top level.
        """
        self._source = source
        self._text = text
        self._block = front_matter_block(text)
        self._own = YamlText(lambda: self._block, source)
        self._meta, self._meta_key = meta, meta_key
        self._fields: dict[str, _Field] = {}

    def problem_of(self, finding: Finding) -> Problem:
        """Return a finding as a problem of the file, with its place."""
        help_text = finding.help
        if finding.keys:
            path, place = self._place_of_value(finding.keys)
            # Where the front matter is not even YAML, nobody can say what stands in it.
            field, elsewhere = dotted(path), _BY_DEFAULT if self._own.node(()) else ""
        else:
            field, place, elsewhere = IMAGES, self._place_of_image(finding), _ELSEWHERE
        if place is None and help_text:
            help_text += elsewhere
        return Problem(self._source, field, finding.code, finding.message, help_text, place)

    def _place_of_image(self, finding: Finding) -> Place | None:
        span = self._images.find(finding.src, finding.nth, is_raw=finding.is_raw)
        if span is None:
            return None
        return self._lines.place(Span(span.start + self._start, span.end + self._start))

    def _place_of_value(self, keys: tuple[str | int, ...]) -> tuple[Path, Place | None]:
        """Return the path of a value as the page spells it, and where it stands in this file."""
        name, number, *rest = keys
        if name not in self._fields:
            self._fields[str(name)] = _Field(self._meta, (self._meta_key, str(name)), self._own)
        path, own_path = self._fields[str(name)].entry(int(number), rest)
        depth, span = self._own.find(own_path, "value") if own_path else (0, None)
        if span is None or depth < min(2, len(path)):
            return path, None
        offset = self._block.offset or 0
        return path, self._lines.place(Span(span.start + offset, span.end + offset))

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)

    @cached_property
    def _start(self) -> int:
        """Where the body begins."""
        return (self._block.offset or 0) + len(self._block.text)

    @cached_property
    def _images(self) -> WrittenImages:
        return WrittenImages(self._text[self._start :])


class _Field:
    """A list of entries in the front matter, to which other plugins may have added some."""

    def __init__(self, meta: Mapping[Any, Any], keys: tuple[str, ...], own: YamlText) -> None:
        """Take the front matter, where the list is in it, and what the page itself says."""
        self._path = as_written(meta, keys)
        self._own = own
        value: Any = meta
        for key in self._path:
            value = value.get(key) if isinstance(value, dict) else None
        self._is_list = isinstance(value, list)
        items = value if isinstance(value, list) else [value]
        # Items without a value are no entries, and are not counted.
        self._items = [(n, item) for n, item in enumerate(items) if item not in (None, "", [], {})]
        node = own.node(self._path)
        count = len(node.value) if isinstance(node, yaml.SequenceNode) else int(node is not None)
        self._others = len(items) - count  # the defaults of a folder come first

    def entry(self, number: int, rest: list[str | int]) -> tuple[Path, Path | None]:
        """Return the path of an entry, or of a value in it, and that in the page's own YAML.

        Args:
            number: The number of the entry.
            rest: The keys below it.
        """
        if number >= len(self._items):
            return self._path, self._path
        place, item = self._items[number]
        below = as_written(item, rest)
        if not self._is_list:
            return (*self._path, *below), (*self._path, *below)
        path = (*self._path, place, *below)
        own = (*self._path, place - self._others)
        return path, (*own, *below) if self._is_own(own, item) else None

    def _is_own(self, path: Path, item: Any) -> bool:
        """Return whether an item is what stands at a path of the page's own YAML."""
        if not self._others:
            return True
        if path[-1] < 0:
            return False
        values = item.items() if isinstance(item, dict) else ()
        for key, value in values:
            node = self._own.node((*path, key))
            if isinstance(node, yaml.ScalarNode) and construct(node) != value:
                return False
        return self._own.node(path) is not None
