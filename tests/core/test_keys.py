"""Keys: the four spellings, labels of unknown keys, and paths for messages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.fields import BUILT_IN
from mkdocs_anp.core.keys import (
    as_written,
    canonical_items,
    canonical_key,
    dotted,
    humanize,
    key_text,
)


@pytest.mark.parametrize(
    "spelling",
    [
        "ai_outline",
        "ai outline",
        "ai-outline",
        "AI Outline",
        "aiOutline",
        "AIOutline",
        "AI_OUTLINE",
    ],
)
def test_all_spellings_mean_one_key(spelling: str) -> None:
    assert canonical_key(spelling) == "ai_outline"


@pytest.mark.parametrize(
    ("key", "canonical"),
    [
        ("score2Max", "score2_max"),
        ("HTMLPage", "html_page"),
        ("  topic ", "topic"),
        ("a - b", "a_b"),
        ("c++", "c++"),
        ("c#", "c#"),
        ("a.b", "a.b"),
        ("Тема", "тема"),
        ("_private_", "private"),
        ("-", "-"),
        ("a\x07b", "a\ufffdb"),
    ],
)
def test_canonical_key(key: str, canonical: str) -> None:
    assert canonical_key(key) == canonical


@pytest.mark.parametrize("key", BUILT_IN)
def test_every_built_in_key_is_canonical(key: str) -> None:
    assert canonical_key(key) == key
    assert canonical_key(key.replace("_", " ")) == key
    assert canonical_key(key.replace("_", "-")) == key
    assert canonical_key(key.replace("_", " ").title()) == key
    first, *rest = key.split("_")
    assert canonical_key(first + "".join(word.capitalize() for word in rest)) == key


@given(st.text(st.characters(max_codepoint=0x2FF), min_size=1))
def test_a_canonical_key_is_its_own_canonical_key(key: str) -> None:
    assert canonical_key(canonical_key(key)) == canonical_key(key)


def test_a_long_key_is_cut() -> None:
    assert canonical_key("k" * 1_000_000) == "k" * 200
    assert humanize("k" * 1_000_000) == "K" + "k" * 199


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("source_id", "Source id"),
        ("source-id", "Source id"),
        ("GPU", "GPU"),
        ("gitHub", "GitHub"),
        ("", ""),
        ("_", "_"),
        ("éclair", "Éclair"),
    ],
)
def test_label_of_a_key_without_one(key: str, label: str) -> None:
    assert humanize(key) == label


@pytest.mark.parametrize(
    ("key", "text"),
    [(1, "1"), (True, "true"), (None, "null"), (1.5, "1.5"), (date(2018, 6, 23), "2018-06-23")],
)
def test_a_key_of_no_text_reads_as_in_yaml(key: object, text: str) -> None:
    assert key_text(key) == text


def test_dotted_path() -> None:
    assert dotted(("postMeta", "image sources", 0, "Author URL")) == (
        "post_meta.image_sources.0.author_url"
    )


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        (("post_meta", "image_sources", 0, "url"), ("Post Meta", "imageSources", 0, "URL")),
        (("post_meta", "one", 0, "url"), ("Post Meta", "One", "Url")),
        (("post_meta", "gaps", 1, "url"), ("Post Meta", "gaps", 3, "url")),
        (("post_meta", "topic"), ("Post Meta", "topic")),
        (("", "title", "x"), ("Title", "x")),
    ],
)
def test_a_path_as_the_page_spells_it(
    keys: tuple[str | int, ...], written: tuple[str | int, ...]
) -> None:
    gaps = [None, {"url": "a"}, {}, {"url": "b"}]
    fields = {"imageSources": [{"URL": "a"}], "One": {"Url": "a"}, "gaps": gaps}
    meta = {"Title": "a", "Post Meta": fields}
    assert as_written(meta, keys) == written


def test_items_keep_the_key_as_written() -> None:
    assert list(canonical_items({"AI Brief": "a", 3: "b"})) == [
        ("ai_brief", "AI Brief", "a"),
        ("3", 3, "b"),
    ]
