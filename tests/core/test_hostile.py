"""Hostile strings in every place: nothing of them becomes markup, and all of them is visible."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_anp.core.fields import BUILT_IN
from tests.allowed import Parts
from tests.support import Printer, hostile_strings, read_meta, shown, squeeze

PRINTER = Printer()


def places(text: str) -> dict[str, Any]:
    """Return post meta with a string as value, list item, and in the fields of mappings."""
    return {
        "topic": text,
        "notes": [text, "a note"],
        "hash": text,
        "difficulty": text,
        "reading_time": text,
        "revision": {"status": text, "version": text, "last_reviewed": text},
        "entities": [{"name": text, "type": text}],
        "image_sources": [{"source": text, "url": text, "caption": text}],
        "payload": {"value": text, "list": [text], "deep": {"a": {"b": {"c": text}}}},
        "of the site": text,
    }


@pytest.mark.parametrize("text", hostile_strings())
def test_as_value(text: str) -> None:
    post, _ = read_meta(places(text))
    assert post is not None
    parts = Parts(PRINTER.all(post))
    assert parts.errors == []
    assert squeeze(parts.text).count(shown(text)) >= 10


@pytest.mark.parametrize("text", hostile_strings())
def test_as_key(text: str) -> None:
    meta = {"payload": {text: "a value", "in": {text: "a value"}}, "score": {text: 50}, text: "x"}
    post, _ = read_meta(meta)
    assert post is not None
    parts = Parts(PRINTER.all(post))
    assert parts.errors == []
    assert parts.text.count("a value") == 2
    assert "50" in parts.text


def test_as_label_and_title() -> None:
    for text in hostile_strings():
        printer = Printer(labels=dict.fromkeys((*BUILT_IN, "yes", "show", "group.about"), text))
        post, _ = read_meta(places("v"), anp={"meta_box": {"title": text}})
        assert post is not None
        parts = Parts(printer.all(post))
        assert parts.errors == []
        assert shown(text) in squeeze(parts.text)
