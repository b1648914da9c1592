"""The YAML text behind parsed front matter, for how a value was written and where.

The front matter was loaded already; what came of it is used for nearly everything.
But `version: 1.10` arrives as the number 1.1 and `0123` as 83. Only where a value may
have been written otherwise is the text read again, and only then are its nodes built.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

import yaml

from mkdocs_anp.core.keys import Path
from mkdocs_anp.core.problems import Span, Target
from mkdocs_anp.core.text import scalar_text
from mkdocs_anp.core.yaml_text import Found, YamlText, construct

# Such a search takes as long as the lists are, so only so many are made for a page.
_MAX_SEARCHES = 200
_MANY_CHARACTERS = 20_000

_BEFORE_KEY = frozenset(" \t\n{,")
# What ends a plain scalar; "" is the end of the text. A space may be followed by more text.
_AFTER_SCALAR = frozenset({"", "\n", ",", "}", "]"})


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

    def raw(self, path: Path) -> str:
        """Return a scalar as it stands in the YAML, with its lines; "" where there is none."""
        for document in self._documents:
            node = document.node(path)
            if isinstance(node, yaml.ScalarNode) and not node.style:
                return document.text[node.start_mark.index : node.end_mark.index]
        return ""

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
        if type(key) is int:  # most likely the number of an item
            return False
        place = None
        for document in self._documents:
            if len(document.text) > _MANY_CHARACTERS:
                return False  # not to search a long text for each of its values
            if document.may_have_odd_keys:
                return False
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
        if start < 0 or place[end : end + 1] not in _AFTER_SCALAR:
            return False
        is_whole = start == 0 or place[start - 1] in _BEFORE_KEY
        return is_whole and "#" not in place[place.rfind("\n", 0, start) + 1 : start]


def _is_of(node: yaml.Node | None, value: Any) -> bool:
    """Return whether a value was made from a node."""
    return isinstance(node, yaml.ScalarNode) and _same(construct(node), value)


def _same(built: Any, value: Any) -> bool:
    if isinstance(value, datetime) and isinstance(built, datetime):
        return built.isoformat() == value.isoformat()  # aware and naive do not compare
    return type(built) is type(value) and (built == value or built != built)
