"""The loading of front matter: what MkDocs would make of it, in less than half of the time.

PyYAML composes a tree of nodes, in C, and makes values of it in a general way that takes as long
again. Front matter is nearly all texts, lists and mappings, for which one look at each node does;
all else is left to PyYAML. The values are the same ones, of the same types.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.constructor import SafeConstructor

from mkdocs_anp.core.blocks import split_source

_Base: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG = "tag:yaml.org,2002:"
_TEXT, _LIST, _MAPPING = f"{_TAG}str", f"{_TAG}seq", f"{_TAG}map"
_SCALARS = frozenset(_TAG + name for name in ("null", "bool", "int", "float"))
_OBJECTS = frozenset(_TAG + name for name in ("timestamp", "binary"))
"""Scalars that become objects, of which one can see whether they are the same one."""

_REMEMBERED = 4096


class Loaded(NamedTuple):
    """What stands in the source of a page.

    Attributes:
        body: The Markdown below the front matter, as MkDocs hands it on.
        meta: The front matter.
        repeats_a_key: Whether a key stands twice in a mapping; None where nobody has looked.
    """

    body: str
    meta: dict[Any, Any]
    repeats_a_key: bool | None


class _UnusualError(Exception):
    """The tree holds something that only PyYAML itself is to make values of."""


class FrontMatterLoader:
    """Loads the front matter of the pages of one build."""

    def __init__(self) -> None:
        """Start a build, with the tags and constructors that PyYAML has by now."""
        self._loader = _loader()
        self._is_usual = _is_usual()
        self._scalar = lru_cache(_REMEMBERED)(_construct)

    def load(self, source: str) -> Loaded | None:
        """Return what MkDocs makes of a page's source; None where it is to say so itself.

        That is where there is no front matter between fences, or YAML that makes no mapping.
        """
        block, below = split_source(source)
        if not block.text or not self._is_usual:
            return None
        try:
            loader = self._loader(block.text)
            try:
                made = self._document(loader)
            finally:
                loader.dispose()
        except Exception:  # as MkDocs, which then takes all for the text of the page
            return None
        if made is None:
            return None
        return Loaded(below.lstrip("\n"), *made)

    def _document(self, loader: Any) -> tuple[dict[Any, Any], bool | None] | None:
        """Return the mapping that a YAML text makes, and whether it repeats a key."""
        root = loader.get_single_node()
        if type(root) is not MappingNode:
            return None
        tree = _Tree(self._scalar)
        try:
            return tree.mapping(root), tree.repeats_a_key
        except (_UnusualError, RecursionError):
            values = loader.construct_document(root)
            return (values, None) if isinstance(values, dict) else None


class _Tree:
    """Makes values of the nodes of one document."""

    def __init__(self, scalar: Callable[[str, str], Any]) -> None:
        self.repeats_a_key = False
        self._scalar = scalar
        self._seen: set[int] = set()

    def mapping(self, node: MappingNode) -> dict[Any, Any]:
        """Return a mapping.

        Raises:
            _UnusualError: It is nothing that is made here.
        """
        if node.tag != _MAPPING:
            raise _UnusualError
        self._see(node)
        values = {}
        for key, value in node.value:
            if key.tag != _TEXT or type(key) is not ScalarNode:
                raise _UnusualError
            values[key.value] = (
                value.value
                if value.tag == _TEXT and type(value) is ScalarNode
                else self._value(value)
            )
        if len(values) < len(node.value):
            self.repeats_a_key = True
        return values

    def _value(self, node: Node) -> Any:
        if type(node) is ScalarNode:
            if node.tag in _SCALARS:
                return self._scalar(node.tag, node.value)
            if node.tag == _TEXT:
                return node.value
            if node.tag not in _OBJECTS:
                raise _UnusualError
            self._see(node)
            return _construct(node.tag, node.value)
        if type(node) is MappingNode:
            return self.mapping(node)
        if node.tag != _LIST or type(node) is not SequenceNode:
            raise _UnusualError
        self._see(node)
        return [
            item.value if item.tag == _TEXT and type(item) is ScalarNode else self._value(item)
            for item in node.value
        ]

    def _see(self, node: Node) -> None:
        """Take notice of a value: one that was seen before is an alias, and stays one object."""
        if id(node) in self._seen:
            raise _UnusualError
        self._seen.add(id(node))


def _loader() -> type[Any]:
    """Return PyYAML's loader, but one that finds the tag of each text once.

    It is right where no tag depends on the path that leads to a value; see `_is_usual`.
    """
    resolve = _Base("").resolve
    first_letters = frozenset(_Base.yaml_implicit_resolvers)
    tag_of = lru_cache(_REMEMBERED)(lambda text: resolve(ScalarNode, text, (True, False)))

    class Loader(_Base):  # type: ignore[misc]
        @staticmethod
        def resolve(kind: type[Node], text: Any, implicit: Any) -> Any:
            if kind is not ScalarNode:
                return _MAPPING if kind is MappingNode else _LIST
            is_plain = implicit[0]
            return tag_of(text) if is_plain and text[:1] in first_letters else _TEXT

        @staticmethod
        def descend_resolver(node: Node | None, index: Any) -> None:
            pass

        @staticmethod
        def ascend_resolver() -> None:
            pass

    return Loader


def _construct(tag: str, text: str) -> Any:
    """Return what YAML makes of a scalar."""
    return SafeConstructor.yaml_constructors[tag](SafeConstructor(), ScalarNode(tag, text))


def _is_usual() -> bool:
    """Return whether PyYAML makes of plain values what it always does: plugins may change that."""
    usual = SafeConstructor.yaml_constructors
    own = _Base.yaml_constructors
    tags = (*_SCALARS, *_OBJECTS, _TEXT, _LIST, _MAPPING)
    if _Base.yaml_path_resolvers or None in _Base.yaml_implicit_resolvers:
        return False
    return all(own.get(tag) is usual[tag] for tag in tags)
