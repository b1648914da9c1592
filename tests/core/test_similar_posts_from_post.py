"""A post as a document: what of its front matter tells what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from mkdocs_anp.core.similar_posts.document import Document
from mkdocs_anp.core.similar_posts.from_post import (
    SIGNALS,
    PageFacts,
    document_of,
    is_draft,
    needs_review,
    texts_of,
)
from mkdocs_anp.core.similar_posts.page_text import PageText
from tests.core.strategies import anything
from tests.support import SOURCE, read_meta

TEXT = PageText(("Heading",), "the body", "the code", ("x/",))
FACTS = PageFacts(
    "Title", "description", "de", date(2020, 1, 2), ("tag",), ("other.md", "other.md")
)
META = {
    "topic": "background jobs / Next.js",
    "summary": " what  it says ",
    "stack": ["Next.js", "next.JS", "TypeScript"],
    "tools": "git",
    "entities": [{"name": "Redis", "type": "stack"}, {"type": "nameless"}],
    "reference": "ref-1",
}


def document(meta: Any, *ignored: str, facts: PageFacts = FACTS) -> Document:
    post, _ = read_meta(meta)
    assert post is not None
    return document_of(post, facts, TEXT, ignored)


def test_each_value_has_its_place() -> None:
    assert document(META) == Document(
        id=SOURCE,
        language="de",
        date=date(2020, 1, 2),
        title="Title",
        summary="what  it says",
        headings=("Heading",),
        body="the body",
        code="the code",
        topic=("background jobs", "Next.js"),
        stack=("Next.js", "TypeScript"),
        tools=("git",),
        entities=("Redis",),
        tags=("tag",),
        links=("other.md", "other.md"),
        translation="ref-1",
    )


@pytest.mark.parametrize(
    ("topic", "parts"),
    [
        ("caches", ("caches",)),
        ("a / b", ("a", "b")),
        ("a  /\tb / A", ("a", "b")),
        ("tcp/ip and i/o", ("tcp/ip and i/o",)),
        (" / a / ", ("/ a /",)),
        ("client / server / ", ("client", "server /")),
        ("缓存 / 数据库", ("缓存", "数据库")),
    ],
)
def test_parts_of_a_topic(topic: str, parts: tuple[str, ...]) -> None:
    assert document({"topic": topic}).topic == parts


@pytest.mark.parametrize("meta", [None, 3, "text", [1], {"a": 1}, [[["x"]]], [{"name": {}}], ""])
@pytest.mark.parametrize("key", ["topic", "summary", "stack", "tools", "entities", "reference"])
def test_values_of_another_type_are_none(key: str, meta: Any) -> None:
    """Or what reading makes of them; nothing fails, and nothing is in Python's notation."""
    found = document({key: meta, "difficulty": "beginner"})
    for values in (found.topic, found.stack, found.tools, found.entities):
        assert all(isinstance(value, str) and not set(value) & set("{}[]") for value in values)


def test_a_description_stands_in_for_a_summary() -> None:
    assert document({"topic": "x"}).summary == "description"
    assert document({"topic": "x", "summary": "own"}).summary == "own"
    assert document({"topic": "x"}, facts=PageFacts("T")).summary == ""


@pytest.mark.parametrize("name", SIGNALS)
def test_an_ignored_signal_is_empty_and_all_others_stay(name: str) -> None:
    plain, ignoring = document(META), document(META, name)
    changed = {
        field
        for field in Document.__dataclass_fields__
        if getattr(plain, field) != getattr(ignoring, field)
    }
    # Dates and folders are a matter of weights: they are needed for the order, too.
    assert changed == ({name} if name not in ("date", "path") else set())
    assert not changed or not getattr(ignoring, name)


@pytest.mark.parametrize(
    ("flags", "is_needed"),
    [
        ({"needs_human_review": True}, True),
        ({"needs_human_review": "yes"}, True),
        ({"needs_human_review": 1}, True),
        ({"needs_human_review": False}, False),
        ({"needs_human_review": "later"}, False),
        ({"has_images": True}, False),
        ("needs_human_review", False),
        (None, False),
    ],
)
def test_needs_review(flags: Any, is_needed: bool) -> None:
    post, _ = read_meta({"flags": flags, "topic": "x"})
    assert post is not None
    assert needs_review(post.fields) is is_needed


@pytest.mark.parametrize(
    ("revision", "meta", "expected"),
    [
        ({"status": "draft"}, {}, True),
        ({"status": "Draft"}, {}, True),
        ({"status": "reviewed"}, {}, False),
        ({"status": "drafty"}, {}, False),
        ("draft", {}, False),
        (None, {"draft": True}, True),
        (None, {"draft": False}, False),
        (None, {"draft": "true"}, False),  # Material's blog takes only a boolean
        ({"status": "reviewed"}, {"draft": True}, True),
    ],
)
def test_is_draft(revision: Any, meta: dict[str, Any], expected: bool) -> None:
    post, _ = read_meta({"revision": revision, "topic": "x"})
    assert post is not None
    assert is_draft(post.fields, meta) is expected


@pytest.mark.parametrize(
    ("meta", "texts"),
    [
        ({"tags": ["a", "B", "b", " a "]}, ("a", "B")),
        ({"tags": "one text"}, ("one text",)),
        ({"Tags": ["a"]}, ("a",)),
        ({"tags": ["a", 2024, None, ["b"], {"c": "d"}, "", "  "]}, ("a",)),
        ({"tags": None}, ()),
        ({"tags": {"a": "b"}}, ()),
        ({}, ()),
        ({1: ["a"], None: "b"}, ()),
    ],
)
def test_texts_of_the_front_matter(meta: dict[Any, Any], texts: tuple[str, ...]) -> None:
    assert texts_of(meta, "tags") == texts


@given(anything)
def test_any_front_matter_is_a_document(meta: Any) -> None:
    post, _ = read_meta(dict.fromkeys((*META, "flags", "revision"), meta))
    if post is None:
        return
    found = document_of(post, PageFacts("T"), TEXT)
    assert hash(found) == hash(document_of(post, PageFacts("T"), TEXT))
    for values in (found.topic, found.stack, found.tools, found.entities):
        assert all(type(value) is str and value.strip() for value in values)
    needs_review(post.fields)
    is_draft(post.fields, {"draft": meta})
    texts_of({"tags": meta}, "tags")
