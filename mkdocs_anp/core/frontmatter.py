"""The YAML text behind parsed front matter, for how a value was written.

MkDocs has parsed the front matter already; its result is used for nearly everything.
But `version: 1.10` arrives as the number 1.1 and `0123` as 83. Only where a value may
have been written otherwise is the text read again, and only then are its nodes built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

import yaml

from mkdocs_anp.core.keys import Path, canonical_key
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

# What ends a plain scalar; "" is the end of the text. A space may be followed by more text.
_AFTER_SCALAR = frozenset({"", "\n", ",", "}", "]"})

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def front_matter_block(source: str) -> str:
    """Return the YAML between the fences at the top of a Markdown source, or ""."""
    opening = _OPENING.match(source)
    closing = _CLOSING.search(source, opening.end()) if opening else None
    return source[opening.end() : closing.start() + 1] if opening and closing else ""


def has_key(block: str, keys: Collection[str]) -> bool:
    """Return whether the top level of a YAML text may have one of these keys.

    Args:
        block: The text; it is not parsed, so that thousands of pages can be asked.
        keys: The keys in their canonical form; any spelling of them counts.
    """
    return any(canonical_key(match.group(2)) in keys for match in _TOP_KEY.finditer(block))


def unreadable(block: str) -> str | None:
    """Return what makes a YAML text unreadable, with its line from 1, or None where it is read."""
    try:
        yaml.load(block, _Loader)  # noqa: S506 (it is a SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return f"line {line}: {error.problem or error.context}"
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # such as 2018-02-30
        return str(error)
    return None


class YamlText:
    """One YAML document, read and parsed not before somebody asks about it."""

    def __init__(self, read: Callable[[], str]) -> None:
        """Take a function that returns the YAML text; it is called at most once."""
        self._read = read
        self._mappings: dict[int, dict[Any, yaml.Node]] = {}

    @cached_property
    def text(self) -> str:
        """The document as written; "" where it cannot be read any more."""
        try:
            return self._read()
        except (OSError, ValueError):
            return ""

    @cached_property
    def has_unusual_numbers(self) -> bool:
        """Whether some number may be written otherwise than Python prints it."""
        return _UNUSUAL_NUMBER.search(self.text) is not None

    def node(self, path: Path) -> yaml.Node | None:
        """Return the node at a path, or None where there is none."""
        node = self._root
        for key in path:
            if isinstance(node, yaml.MappingNode):
                node = self._children(node).get(key)
            elif isinstance(node, yaml.SequenceNode):
                node = node.value[key] if type(key) is int and key < len(node.value) else None
            elif key != 0:  # one text where a list is expected is its first item
                return None
        return node

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
                    child = self._children(node).get(key)
                    found |= {id(child): child} if child is not None else {}
            nodes = found
        yield from nodes.values()

    def _children(self, node: yaml.MappingNode) -> Mapping[Any, yaml.Node]:
        """Return the values of a mapping by key; the last of two equal keys counts in YAML."""
        children = self._mappings.get(id(node))
        if children is None:
            children = self._mappings[id(node)] = {}  # before it is filled: it may hold itself
            merged: list[yaml.Node] = []
            for key, value in node.value:
                if key.tag == _MERGE:
                    merged += value.value if isinstance(value, yaml.SequenceNode) else [value]
                elif isinstance(key, yaml.ScalarNode):
                    children[key.value] = value  # as a plugin may have turned it into a text
                    if key.tag != _TEXT:
                        children[_construct(key)] = value
            for mapping in merged:
                if isinstance(mapping, yaml.MappingNode):
                    for name, child in self._children(mapping).items():
                        children.setdefault(name, child)
        return children

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            loader = _Loader(self.text)
            try:
                return loader.get_single_node()  # type: ignore[no-any-return]
            finally:
                loader.dispose()
        except (yaml.YAMLError, RecursionError):
            return None


class FrontMatter:
    """Everything that a page's parsed front matter was made from."""

    def __init__(self, documents: Sequence[YamlText]) -> None:
        """Take the page's own YAML first, then the documents that gave defaults to it."""
        self._documents = documents
        self._searches_left = _MAX_SEARCHES

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
