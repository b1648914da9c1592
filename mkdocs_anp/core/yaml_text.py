"""One YAML document as a tree of nodes: where each key and value stands in the text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import yaml

from mkdocs_anp.core.blocks import MAX_BLOCK, Block
from mkdocs_anp.core.keys import Path
from mkdocs_anp.core.problems import Edit, Place, Span, Target, place_of

# Plain scalars that YAML 1.1 turns into a number whose usual form is another text:
# 0123, 0x1f, +1, .5, 1_000, 12:30, 1.10, 1., 1.5e+3, 0.00001, 20 digits. A hit that is
# none of them costs a parse, never a wrong result.
_UNUSUAL_NUMBER = re.compile(
    r"(?:^|[\s\[{,:])"
    r"(?:[-+]?0[\d_xb]|-0|\+[\d.]|-?\.[\dinfaINFA]|-?\d+[_:]|0\.0000"
    r"|-?\d*\.\d+0(?![\d.])|-?\d+\.(?!\d)|-?\d+\.\d*[eE_]|-?[\d.]{16})",
    re.MULTILINE,
)

_TEXT = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"

_MANY_KEYS = 10_000
_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_OTHER_BASE = re.compile(r"[-+]?(?:0[0_]*[1-7][0-7_]+|\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?)")
_COMMENT = re.compile(r"[ \t]*:[ \t]+(#\S.*)")

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Found(NamedTuple):
    """Where a field stands: in which file, where in it, and how to change it."""

    source: str = ""
    place: Place | None = None
    edit: Edit | None = None


_Entry: TypeAlias = tuple[yaml.Node | None, yaml.Node]
"""The nodes of a key, where there is one, and of its value."""


class YamlText:
    """One YAML document, read and parsed not before somebody asks about it."""

    def __init__(self, read: Callable[[], Block], source: str = "") -> None:
        """Take a function that gives the YAML, called at most once, and the path of the file."""
        self._read = read
        self.source = source
        self._mappings: dict[int, dict[Any, _Entry]] = {}

    @cached_property
    def block(self) -> Block:
        """The document as written; an empty one where it cannot be read any more."""
        try:
            return self._read()
        except (OSError, ValueError):
            return Block("")

    @property
    def text(self) -> str:
        """The YAML."""
        return self.block.text

    @cached_property
    def has_unusual_numbers(self) -> bool:
        """Whether some number may be written otherwise than Python prints it."""
        return _UNUSUAL_NUMBER.search(self.text) is not None

    @cached_property
    def may_have_odd_keys(self) -> bool:
        """Whether some key may have more than itself before its colon: quotes, or a space."""
        text = self.text
        return '":' in text or "':" in text or " :" in text

    def node(self, path: Path) -> yaml.Node | None:
        """Return the node at a path, or None where there is none."""
        depth, entry = self._entry(path)
        return entry[1] if entry and depth == len(path) else None

    def _entry(self, path: Path) -> tuple[int, _Entry | None]:
        """Return the nodes nearest to a path, from above, and how many parts of it lead there."""
        entry: _Entry | None = None if self._root is None else (None, self._root)
        for depth, key in enumerate(path):
            inner: _Entry | None = None
            node = entry[1] if entry else None
            if isinstance(node, yaml.MappingNode):
                inner = self._children(node).get(key)
            elif isinstance(node, yaml.SequenceNode):
                if type(key) is int and key < len(node.value):
                    inner = None, node.value[key]
            elif key == 0:  # one text where a list is expected is its first item
                inner = entry
            if inner is None:
                return depth, entry
            entry = inner
        return len(path), entry

    def find(self, path: Path, target: Target) -> tuple[int, Span | None]:
        """Return where a field is in the text, or what is nearest above it.

        Args:
            path: The field.
            target: Which part of it.

        Returns:
            How many parts of the path lead there, and the range of characters.
        """
        depth, entry = self._entry(path)
        if entry is None:
            return 0, None
        key, node = entry
        is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
        is_empty = node.start_mark.index == node.end_mark.index
        if key is not None and (target == "key" or depth < len(path) or is_block or is_empty):
            node = key
        if depth == 0:  # nothing of it is there: the whole text
            return 0, Span(0, 0)
        return depth, Span(node.start_mark.index, _end_of(node))

    def repeated_keys(self) -> Iterator[tuple[Path, Span, int]]:
        """Yield each key that stands in a mapping before: its path, its range, the line before."""
        for path, node in self._mapping_nodes():
            lines: dict[str, int] = {}
            for key, _ in _entries(node):
                if key.value in lines:
                    span = Span(key.start_mark.index, key.end_mark.index)
                    yield (*path, key.value), span, lines[key.value]
                lines.setdefault(key.value, key.start_mark.line + self.block.line)

    def _mapping_nodes(self) -> Iterator[tuple[Path, yaml.MappingNode]]:
        """Yield all mappings with their paths, from the top down, each once."""
        waiting: deque[tuple[Path, yaml.Node]] = deque([((), self._root)] if self._root else [])
        seen: set[int] = set()
        while waiting and len(seen) < _MANY_KEYS:
            path, node = waiting.popleft()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, yaml.SequenceNode):
                waiting += [((*path, index), item) for index, item in enumerate(node.value)]
            elif isinstance(node, yaml.MappingNode):
                yield path, node
                waiting += [((*path, key.value), value) for key, value in _entries(node)]

    def comments_as_values(self) -> Iterator[tuple[Path, Span, str]]:
        """Yield each key that has nothing behind it but a comment without a space after its #."""
        for path, node in self._mapping_nodes():
            for key, value in _entries(node):
                if value.start_mark.index != value.end_mark.index:
                    continue
                match = _COMMENT.match(self.text, key.end_mark.index)
                if match:
                    yield (*path, key.value), Span(*match.span(1)), match.group(1).rstrip()

    def numbers_read_otherwise(self) -> Iterator[tuple[Path, Span, str]]:
        """Yield each number that YAML 1.1 reads to another base: `012` as 10, `12:34` as 754."""
        for path, node in self._mapping_nodes():
            for key, value in _entries(node):
                if (
                    isinstance(value, yaml.ScalarNode)
                    and value.tag in _NUMBERS
                    and _OTHER_BASE.fullmatch(value.value)
                ):
                    span = Span(value.start_mark.index, value.end_mark.index)
                    yield (*path, key.value), span, value.value

    def locate(self, span: Span, cure: str | None = None) -> Found:
        """Return where a range of the text is in the file, and how to put a cure in its place."""
        text, first, offset = self.block
        if not text:
            return Found(self.source)
        place = place_of(text, span)
        edit = None
        is_one_line = "\n" not in text[span.start : span.end]
        if cure is not None and offset is not None and is_one_line:
            edit = Edit(Span(span.start + offset, span.end + offset), cure)
        return Found(self.source, Place(place.line + first - 1, *place[1:]), edit)

    def moved(self, path: Path) -> Iterator[yaml.Node]:
        """Yield the nodes that stand at a path but for the indexes of lists.

        Plugins that merge defaults into lists move the items.
        """
        nodes: dict[int, yaml.Node] = {} if self._root is None else {0: self._root}
        for key in path:
            found: dict[int, yaml.Node] = {}  # by identity: aliases lead to one node in 9^9 ways
            for node in nodes.values():
                if isinstance(node, yaml.SequenceNode):
                    found.update((id(child), child) for child in node.value)
                elif isinstance(node, yaml.MappingNode):
                    entry = self._children(node).get(key)
                    found |= {id(entry[1]): entry[1]} if entry is not None else {}
            nodes = found
        yield from nodes.values()

    def _children(self, node: yaml.MappingNode) -> Mapping[Any, _Entry]:
        """Return the entries of a mapping by key; the last of two equal keys counts in YAML."""
        children = self._mappings.get(id(node))
        if children is None:
            children = self._mappings[id(node)] = {}  # before it is filled: it may hold itself
            merged: list[yaml.Node] = []
            for key, value in node.value:
                if key.tag == _MERGE:
                    merged += value.value if isinstance(value, yaml.SequenceNode) else [value]
                elif isinstance(key, yaml.ScalarNode):
                    children[key.value] = key, value  # a plugin may have made a text of it
                    if key.tag != _TEXT:
                        children[construct(key)] = key, value
            for mapping in merged:
                if isinstance(mapping, yaml.MappingNode):
                    for name, child in self._children(mapping).items():
                        children.setdefault(name, child)
        return children

    @cached_property
    def _root(self) -> yaml.Node | None:
        if len(self.text) > MAX_BLOCK:
            return None
        try:
            loader = _Loader(self.text)
            try:
                return loader.get_single_node()  # type: ignore[no-any-return]
            finally:
                loader.dispose()
        except (yaml.YAMLError, RecursionError, ValueError):
            return None


def _entries(node: yaml.MappingNode) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Return the entries of a mapping that stand in it themselves, and have a plain key."""
    return [
        (key, value)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE
    ]


def _end_of(node: yaml.Node) -> int:
    """Return where a value ends: YAML counts the space and the comments behind a block to it."""
    seen: set[int] = set()  # an alias may lead back to where it stands
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        if id(node) in seen:
            break
        seen.add(id(node))
        last = node.value[-1]
        if isinstance(node, yaml.MappingNode):
            key, last = last
            if last.start_mark.index == last.end_mark.index:
                return int(key.end_mark.index) + 1  # a key, its colon, and nothing
        node = last
    return int(node.end_mark.index)


def construct(node: yaml.ScalarNode) -> Any:
    """Return what YAML makes of a scalar; None where that is nothing."""
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError):
        return None
