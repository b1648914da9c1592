"""The loading of front matter: what MkDocs makes of it, in about half of the time.

PyYAML composes a tree of nodes, in C, and makes values of it in a general way that takes as long
again. Front matter is nearly all texts, lists and mappings, for which one look at each node does;
all else is left to PyYAML. The values are the same ones, of the same types.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from mkdocs_anp.core.blocks import split_source

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What MkDocs loads front matter with."""

_TAG = "tag:yaml.org,2002:"
_TEXT, _LIST, _MAPPING = f"{_TAG}str", f"{_TAG}seq", f"{_TAG}map"
_SCALARS = frozenset(_TAG + name for name in ("null", "bool", "int", "float"))
_OBJECTS = frozenset(_TAG + name for name in ("timestamp", "binary"))
"""Scalars that become objects, of which one can see whether they are the same one."""
_USUAL = {
    f"{_TAG}{name}": getattr(SafeConstructor, f"construct_yaml_{name}")
    for name in ("null", "bool", "int", "float", "timestamp", "binary", "str", "seq", "map")
}
"""What makes values of nodes, unless a site or a plugin has told PyYAML otherwise."""

# Longer ones are left to MkDocs: where one of them fails, it would be loaded twice.
_MAX_TEXT = 200_000
_REMEMBERED = 4096


class Loaded(NamedTuple):
    """The front matter of a page, and what stands below it.

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


def load(source: str) -> Loaded | None:
    """Return what MkDocs makes of a page's source; None where it is to say so itself.

    That is where there is no front matter between fences, where it is no mapping or no YAML, where
    it is very long, and where PyYAML makes of it something else than usual.
    """
    block, below = split_source(source)
    if not 0 < len(block.text) <= _MAX_TEXT or not _is_usual():
        return None
    try:
        made = _document(block.text)
    except Exception:  # as MkDocs, which then takes all for the text of the page
        return None
    return Loaded(below.lstrip("\n"), *made) if made else None


def _document(text: str) -> tuple[dict[Any, Any], bool | None] | None:
    """Return the mapping that a YAML text makes, and whether it repeats a key."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if type(root) is not MappingNode:
            return None
        tree = _Tree()
        try:
            return tree.mapping(root), tree.repeats_a_key
        except (_UnusualError, RecursionError):
            values = loader.construct_document(root)
            return (values, None) if isinstance(values, dict) else None
    finally:
        loader.dispose()


def _is_usual() -> bool:
    """Return whether PyYAML makes of plain values what it always does: plugins may change that."""
    if LOADER.yaml_implicit_resolvers is not Resolver.yaml_implicit_resolvers:
        return False
    if LOADER.yaml_path_resolvers:
        return False
    constructors = LOADER.yaml_constructors
    return all(constructors.get(tag) is usual for tag, usual in _USUAL.items())


class _Tree:
    """Makes values of the nodes of one document."""

    def __init__(self) -> None:
        self.repeats_a_key = False
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
                return _scalar(node.tag, node.value)
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


def _construct(tag: str, text: str) -> Any:
    """Return what YAML makes of a scalar."""
    return _USUAL[tag](SafeConstructor(), ScalarNode(tag, text))


# Most pages have the same keys and flags.
_scalar = lru_cache(_REMEMBERED)(_construct)
_resolve = LOADER("").resolve
_first_letters = frozenset(Resolver.yaml_implicit_resolvers)


@lru_cache(_REMEMBERED)
def _tag_of(text: str) -> str:
    """Return the tag of a plain scalar."""
    return str(_resolve(ScalarNode, text, (True, False)))


class _Loader(LOADER):  # type: ignore[misc]
    """PyYAML's loader, but one that finds the tag of each text once.

    It is right where no tag depends on the path that leads to a value; see `_is_usual`.
    """

    @staticmethod
    def resolve(kind: type[Node], text: Any, implicit: Any) -> str:
        """Return the tag of a node that does not name one itself."""
        if kind is not ScalarNode:
            return _MAPPING if kind is MappingNode else _LIST
        is_plain = implicit[0]
        return _tag_of(text) if is_plain and text[:1] in _first_letters else _TEXT

    @staticmethod
    def descend_resolver(node: Node | None, index: Any) -> None:
        """Do nothing: no tag depends on a path."""

    @staticmethod
    def ascend_resolver() -> None:
        """Do nothing."""
