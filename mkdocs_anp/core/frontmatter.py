"""The YAML text behind parsed front matter, for how a value was written.

MkDocs has parsed the front matter already; its result is used for nearly everything.
But `version: 1.10` arrives as the number 1.1 and `0123` as 83. Only where a value may
have been written otherwise is the text read again, and only then are its nodes built.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any, NamedTuple, TypeAlias

import yaml

from mkdocs_anp.core.keys import Path, canonical_key
from mkdocs_anp.core.problems import Edit, Place, Span, Target, place_of
from mkdocs_anp.core.text import scalar_text

# MkDocs' own rule (mkdocs/utils/meta.py): what it does not take for front matter, we do not.
_OPENING = re.compile(r"-{3}[ \t]*\n")
_CLOSING = re.compile(r"\n(?:\.{3}|-{3})[ \t]*\n")

# Plain scalars that YAML 1.1 turns into a number whose usual form is another text:
# 0123, 0x1f, +1, .5, 1_000, 12:30, 1.10, 1., 1.5e+3, 0.00001, 20 digits. A hit that is
# none of them costs a parse, never a wrong result.
_UNUSUAL_NUMBER = re.compile(
    r"(?:^|[\s\[{,:])"
    r"(?:[-+]?0[\d_xb]|-0|\+[\d.]|-?\.[\dinfaINFA]|-?\d+[_:]|0\.0000"
    r"|-?\d*\.\d+0(?![\d.])|-?\d+\.(?!\d)|-?\d+\.\d*[eE_]|-?[\d.]{16})",
    re.MULTILINE,
)

_TOP_KEY = re.compile(r"""^(["']?)([^\s#"'&*!\[{][^:\n"']{0,200})\1[ \t]*:(?=\s|$)""", re.MULTILINE)

_TEXT = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"

# Such a search takes as long as the lists are, so only so many are made for a page.
_MAX_SEARCHES = 200
_MANY_CHARACTERS = 20_000

# A colon that may end a key, and the word before it; both in a text that is written backwards.
_COLON_AND_WORD = re.compile(r""":(?:(?<=[\s\[\]{},"']:)["' \t]*|["'][ \t]*)([\w-]+)""")
_WORD = re.compile(r"[\w-]+")
_MANY_KEYS = 10_000
MAX_BLOCK = 1_000_000
"""Above this many characters, a YAML text is not parsed again for places and spellings."""

# What ends a plain scalar; "" is the end of the text. A space may be followed by more text.
_AFTER_SCALAR = frozenset({"", "\n", ",", "}", "]"})

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Block(NamedTuple):
    """A YAML text and where it begins in its file.

    Attributes:
        text: The YAML.
        line: The line of the file on which it begins, counted from 1.
        offset: How many characters stand before it in the file; None where it is not as it
            stands in the file.
    """

    text: str
    line: int = 1
    offset: int | None = 0


class Found(NamedTuple):
    """Where a field stands: in which file, where in it, and how to change it."""

    source: str = ""
    place: Place | None = None
    edit: Edit | None = None


_Entry: TypeAlias = tuple[yaml.Node | None, yaml.Node]
"""The nodes of a key, where there is one, and of its value."""


def front_matter_block(source: str) -> Block:
    """Return the YAML between the fences at the top of a Markdown source, "" where is none."""
    opening = _OPENING.match(source)
    closing = _CLOSING.search(source, opening.end()) if opening else None
    if not (opening and closing):
        return Block("")
    return Block(source[opening.end() : closing.start() + 1], 2, opening.end())


def has_key(block: str, keys: Collection[str]) -> bool:
    """Return whether the top level of a YAML text may have one of these keys.

    Args:
        block: The text; it is not parsed, so that thousands of pages can be asked.
        keys: The keys in their canonical form; any spelling of them counts.
    """
    return any(canonical_key(match.group(2)) in keys for match in _TOP_KEY.finditer(block))


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
                yield from self._repeated_in(path, node, waiting)

    def _repeated_in(
        self, path: Path, node: yaml.MappingNode, waiting: deque[tuple[Path, yaml.Node]]
    ) -> Iterator[tuple[Path, Span, int]]:
        lines: dict[str, int] = {}
        for key, value in node.value:
            if key.tag == _MERGE or not isinstance(key, yaml.ScalarNode):
                continue
            inner = (*path, key.value)
            if key.value in lines:
                yield inner, Span(key.start_mark.index, key.end_mark.index), lines[key.value]
            lines.setdefault(key.value, key.start_mark.line + self.block.line)
            waiting.append((inner, value))

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
                        children[_construct(key)] = key, value
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


class FrontMatter:
    """Everything that a page's parsed front matter was made from."""

    def __init__(self, documents: Sequence[YamlText]) -> None:
        """Take the page's own YAML first, then the documents that gave defaults to it."""
        self._documents = documents
        self._searches_left = _MAX_SEARCHES

    def find(self, path: Path, target: Target, cure: str | None = None) -> Found:
        """Return where a field stands, and how to put a cure in its place.

        Defaults of other files count where the page does not have the field itself.
        """
        whole = len(path)
        if len(self._documents) > 1:  # then lists are merged, and their items have moved
            path = tuple(takewhile(lambda part: type(part) is not int, path))
        best: tuple[int, YamlText | None, Span | None] = (-1, None, None)
        for document in self._documents:
            depth, span = document.find(path, target)
            if depth > best[0]:
                best = depth, document, span
        depth, found, span = best
        if found is None or span is None:
            return Found()
        return found.locate(span, cure if depth == whole else None)

    def has(self, path: Path, written: str) -> bool:
        """Return whether a scalar at a path is written just so: another plugin may have made it."""
        nodes = [document.node(path) for document in self._documents]
        if len(nodes) > 1:
            nodes += [node for document in self._documents for node in document.moved(path)]
        return any(isinstance(node, yaml.ScalarNode) and node.value == written for node in nodes)

    def as_written(self, path: Path, value: Any) -> str:
        """Return the text that a scalar was written as: `1.10` for 1.1, `no` for False.

        Where the text cannot be found (another plugin made the value), the plain
        notation of the value serves.
        """
        if type(value) in (int, float, date):
            plain = scalar_text(value)
            if self.is_written_plainly(path[-1], plain) or not any(
                document.has_unusual_numbers for document in self._documents
            ):
                return plain
        nodes = (document.node(path) for document in self._documents)
        node = next((node for node in nodes if _is_of(node, value)), None) or self._moved(
            path, value
        )
        return scalar_text(value if node is None else node.value)

    def _moved(self, path: Path, value: Any) -> yaml.Node | None:
        self._searches_left -= 1
        if self._searches_left < 0 or not any(type(key) is int for key in path):
            return None
        nodes = (node for document in self._documents for node in document.moved(path))
        return next((node for node in nodes if _is_of(node, value)), None)

    def is_written_plainly(self, key: Any, plain: str) -> bool:
        """Return whether a key stands once in all the YAML, with just this text after it."""
        place = None
        for document in self._documents:
            if len(document.text) > _MANY_CHARACTERS:
                return False  # not to search a long text for each of its values
            count = document.text.count(f"{key}:")
            if count > 1 or (count and place is not None):
                return False
            if count:
                place = document.text
        if place is None:
            return False
        entry = f"{key}: {plain}"
        start = place.find(entry)
        end = start + len(entry)
        in_comment = place.find("#", place.rfind("\n", 0, max(start, 0)) + 1, start) >= 0
        return start >= 0 and place[end : end + 1] in _AFTER_SCALAR and not in_comment


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


def _is_of(node: yaml.Node | None, value: Any) -> bool:
    """Return whether a value was made from a node."""
    return isinstance(node, yaml.ScalarNode) and _same(_construct(node), value)


def _construct(node: yaml.ScalarNode) -> Any:
    try:
        return yaml.constructor.SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError):
        return None


def _same(built: Any, value: Any) -> bool:
    if isinstance(value, datetime) and isinstance(built, datetime):
        return built.isoformat() == value.isoformat()  # aware and naive do not compare
    return type(built) is type(value) and (built == value or built != built)
