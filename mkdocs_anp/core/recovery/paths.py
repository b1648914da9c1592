"""The field to which a place in a YAML text belongs, also where YAML cannot be read."""

from __future__ import annotations

import yaml

from mkdocs_anp.core.keys import Path
from mkdocs_anp.core.recovery.mending import Mended
from mkdocs_anp.core.recovery.sheet import Entry, Sheet, is_told, key_of
from mkdocs_anp.core.recovery.tolerant import MAX_DEPTH

_MAX_ABOVE = 2_000


def path_of(mended: Mended, block: str, offset: int) -> Path:
    """Return the path of the field in which a character stands.

    Args:
        mended: The block as it could be read.
        block: The block as it was.
        offset: The character of the block as it was.
    """
    place = offset
    for change in mended.changes:
        place = change.forth(place)
    if isinstance(mended.node, yaml.MappingNode) and place < len(mended.text):
        sheet = Sheet(mended.text)
        entry = sheet.entry(sheet.number(place))
        path = _path_in(mended.node, max(place, entry.start + entry.lead))
    else:
        sheet = Sheet(block)
        path = _path_by_indents(sheet, sheet.number(offset))
    return path


def _path_in(node: yaml.Node, offset: int) -> Path:
    """Return the path to a character in a tree of nodes; aliases are not followed."""
    path: list[object] = []
    for _ in range(MAX_DEPTH):
        if isinstance(node, yaml.MappingNode):
            near = [pair for pair in node.value if _is_in(pair[0], node, offset)]
            if not near:
                break
            key, value = max(near, key=lambda pair: pair[0].start_mark.index)
            if not isinstance(key, yaml.ScalarNode):
                break
            path.append(key.value)
            if not key.end_mark.index <= value.start_mark.index <= offset:
                break
            node = value
        elif isinstance(node, yaml.SequenceNode):
            items = [i for i, item in enumerate(node.value) if _is_in(item, node, offset)]
            if not items or (node.flow_style and offset >= node.value[items[-1]].end_mark.index):
                break
            path.append(items[-1])
            node = node.value[items[-1]]
        else:
            break
    return tuple(path)


def _is_in(inner: yaml.Node, node: yaml.Node, offset: int) -> bool:
    return bool(node.start_mark.index <= inner.start_mark.index <= offset)


def _path_by_indents(sheet: Sheet, number: int) -> Path:
    """Return the path of a line, as the indentation of those above tells it."""
    entry = sheet.entry(number)
    key = key_of(entry.line)
    path: list[object] = [key] if key else []
    climb = _Climb(entry)
    for other in range(number - 1, max(-1, number - 1 - _MAX_ABOVE), -1):
        if climb.is_top:
            break
        if is_told(sheet.lines[other]):
            path += climb.up(sheet.entry(other))
    return tuple(reversed(path))


class _Climb:
    """The way from a line to what it belongs to."""

    def __init__(self, entry: Entry) -> None:
        """Begin at a line."""
        self._dash = entry.indent if entry.is_item else -1
        self._column = entry.indent
        self._index = 0

    @property
    def is_top(self) -> bool:
        """Whether nothing above can own the line."""
        return self._dash < 0 and self._column == 0

    def up(self, entry: Entry) -> list[object]:
        """Take the next line above, and return the parts of the path that it gives."""
        if self._dash >= 0:
            return self._above_item(entry)
        if entry.indent >= self._column:
            return []
        owns = bool(entry.key) and entry.lead < self._column
        if not (owns or entry.is_item):
            return []
        self._enter(entry)
        return [key_of(entry.line)] if owns else []

    def _above_item(self, entry: Entry) -> list[object]:
        """Take the next line above an item: one more item, what it holds, or the list's owner."""
        if entry.is_item and entry.indent == self._dash:
            self._index += 1
        if entry.indent > self._dash or (entry.is_item and entry.indent == self._dash):
            return []
        if not entry.key:
            return []
        index = self._index
        self._enter(entry)
        return [index, key_of(entry.line)]

    def _enter(self, entry: Entry) -> None:
        """Go on from the line that owns the one before."""
        self._dash = entry.indent if entry.is_item else -1
        self._column, self._index = entry.indent, 0
