"""Hostile strings in the rarer places of a post: cells, keys, items and shapes of every field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from mkdocs_anp.core.fields import BUILT_IN, Field, entry_field
from tests.allowed import Parts
from tests.support import Printer, hostile_strings, read_meta, shown

PRINTER = Printer()
KEY_LENGTH = 150  # longer keys are cut


def filled(field: Field, text: str) -> Any:
    """Return a value of the shape that a field declares, with the text in every place."""
    if field.type in ("mapping", "checklist"):
        keys = [*field.fields] or ["a", "b"]
        return {key: filled(entry_field(field, key) or field, text) for key in keys}
    if field.type == "list":
        return [filled(field.of, text)] if field.of else [text]
    return text


def values(text: str) -> Iterator[dict[Any, Any]]:
    """Yield a post meta for each kind of place that a value may stand in."""
    yield {key: filled(field, text) for key, field in BUILT_IN.items()}
    yield {key: [text, {"a": text, "b": [text]}, [text]] for key in BUILT_IN}
    yield {"own": [{"a": text, "b": 1}, {"b": text}], "entities": [{"name": text, "type": 1}]}
    yield {"payload": {"a": {"b": {"c": [{"d": text}, [[text]]]}}}}


def keys(text: str) -> Iterator[dict[Any, Any]]:
    """Yield a post meta for each kind of place that a key may stand in."""
    for key in ("flags", "score", "ai_outline", "payload", "revision", "checklist", "own"):
        yield {key: {text: "v", "x": {text: "w"}}}
    yield {"own": [{text: "v", "b": "w"}, {"b": "v"}]}  # the head of a table


def as_label(text: str) -> str:
    """Return what is seen of a key, in whatever case and however cut into words."""
    return re.sub(r"[\s_-]+", "", text).lower()


@pytest.mark.parametrize("share", range(8))
def test_as_value(share: int) -> None:
    for text in hostile_strings()[share::8]:
        for meta in values(text):
            post, _ = read_meta(meta)
            assert post is not None
            parts = Parts(PRINTER.all(post))
            assert parts.errors == [], text
            assert shown(text) in parts.text, text


@pytest.mark.parametrize("share", range(8))
def test_as_key(share: int) -> None:
    for text in hostile_strings()[share::8]:
        for meta in keys(text):
            post, _ = read_meta(meta)
            assert post is not None
            parts = Parts(PRINTER.all(post))
            assert parts.errors == [], (text, meta)
            assert as_label(shown(text)[:KEY_LENGTH]) in as_label(parts.text), (text, meta)


def test_as_field_of_the_author() -> None:
    for text in hostile_strings():
        post, _ = read_meta({text: "v"})
        assert post is not None
        parts = Parts(PRINTER.all(post))
        assert parts.errors == [], text
        assert as_label(shown(text)[:KEY_LENGTH]) in as_label(parts.text), text
