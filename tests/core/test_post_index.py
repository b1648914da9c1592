"""The pages of the index of posts: complete, small, and few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.post_index import (
    LARGE_GROUP,
    LINES_ON_A_PAGE,
    POSTS_ON_A_PAGE,
    Listed,
    index_pages,
    listed,
    newest_first,
    views_of,
)


def slug(text: str) -> str:
    return "-".join(word for word in text.lower().split() if word.isalnum())


def posts(count: int, **fields: Any) -> list[Listed]:
    return [Listed(f"p{n:05}.md", **fields) for n in range(count)]


def shown(pages: Sequence[Any], view: str) -> list[str]:
    """Return the sources of all posts that the pages of a view list."""
    return [
        post.source
        for page in pages
        if page.view == view
        for post in (*page.posts, *(post for group in page.groups for post in group.posts))
    ]


def test_newest_first_then_by_path() -> None:
    mixed = [
        Listed("b.md", date(2020, 1, 1)),
        Listed("z.md"),
        Listed("c.md", date(2024, 1, 1)),
        Listed("a.md", date(2020, 1, 1)),
        Listed("y.md"),
    ]
    assert [post.source for post in newest_first(mixed)] == [
        "c.md",
        "a.md",
        "b.md",
        "y.md",
        "z.md",
    ]


def test_no_posts_is_one_empty_page() -> None:
    [page] = index_pages([], slug)
    assert (page.name, page.posts, page.series) == ("", (), ("",))


def test_pages_of_newest() -> None:
    pages = index_pages(posts(2 * POSTS_ON_A_PAGE + 1), slug)
    assert [page.name for page in pages] == ["", "newest-2", "newest-3"]
    assert [page.number for page in pages] == [1, 2, 3]
    assert [len(page.posts) for page in pages] == [POSTS_ON_A_PAGE, POSTS_ON_A_PAGE, 1]
    assert views_of(pages) == {"newest": ""}


def test_small_groups_are_listed_in_place() -> None:
    pages = index_pages([*posts(2, topic="Caches"), Listed("q.md", topic="api  design")], slug)
    [topics] = [page for page in pages if page.view == "topic"]
    assert [(group.label, group.count, group.page) for group in topics.groups] == [
        ("api  design", 1, ""),
        ("Caches", 2, ""),
    ]
    assert views_of(pages) == {"newest": "", "topic": "topic"}


def test_a_large_group_has_pages_of_its_own() -> None:
    pages = index_pages(posts(POSTS_ON_A_PAGE + 1, stack=("Next js",)), slug)
    views = [page for page in pages if page.view == "stack"]
    assert [page.name for page in views] == ["stack", "stack/next-js", "stack/next-js-2"]
    [group] = views[0].groups
    assert (group.posts, group.page, group.count) == ((), "stack/next-js", POSTS_ON_A_PAGE + 1)
    assert views[1].label == "Next js"


def test_spellings_of_one_topic_are_one_group() -> None:
    pages = index_pages(
        [Listed("a.md", topic="API  Design"), Listed("b.md", topic="api design")], slug
    )
    [topics] = [page for page in pages if page.view == "topic"]
    assert [(group.label, group.count) for group in topics.groups] == [("API  Design", 2)]


def test_names_of_groups_that_share_a_slug_differ() -> None:
    many = LARGE_GROUP + 1
    parts = ("c", "c ++", "c #", "index", "???", "!!!")
    pages = index_pages([post for part in parts for post in posts(many, stack=(part,))], slug)
    names = [page.name for page in pages]
    assert len({name.lower() for name in names}) == len(names)
    assert "stack/index" not in names
    assert {"stack/c", "stack/c-2", "stack/c-3", "stack/other", "stack/other-2"} <= set(names)


TEXTS = st.sampled_from(["a", "A", "b c", "index", "", "ü", "c-2", "c", "?"]) | st.text(max_size=5)
POSTS = st.lists(
    st.builds(
        Listed,
        st.uuids().map(str),
        st.none() | st.dates(),
        TEXTS,
        st.lists(TEXTS, max_size=3).map(tuple),
    ),
    max_size=120,
)


@given(POSTS)
def test_every_post_is_listed_and_every_name_given_once(many: list[Listed]) -> None:
    pages = index_pages(many, slug)
    names = [page.name.lower() for page in pages]
    assert len(set(names)) == len(names)
    assert sorted(shown(pages, "newest")) == sorted(post.source for post in many)
    assert set(shown(pages, "topic")) == {post.source for post in many if post.topic}
    for page in pages:
        assert len(page.posts) <= POSTS_ON_A_PAGE
        lines = sum(1 + len(group.posts) for group in page.groups)
        assert lines <= LINES_ON_A_PAGE + LARGE_GROUP + 1
        assert page.name in page.series
        assert set(page.series) <= {other.name for other in pages}
        assert all(group.page in {other.name for other in pages} for group in page.groups)


def test_the_number_of_pages_grows_as_the_number_of_posts() -> None:
    def pages(count: int) -> int:
        many = [
            Listed(f"{n}.md", topic=f"topic {n % (count // 3)}", stack=(f"s{n % 40}", f"t{n % 7}"))
            for n in range(count)
        ]
        return len(index_pages(many, slug))

    assert pages(8000) < 2.5 * pages(4000)
    assert pages(8000) < 8000 / 8


@pytest.mark.parametrize(
    ("meta", "fields", "day"),
    [
        ({"date": date(2020, 1, 2)}, {}, date(2020, 1, 2)),
        ({"date": datetime(2020, 1, 2, 3)}, {}, date(2020, 1, 2)),
        ({"date": "2020-01-02"}, {}, date(2020, 1, 2)),
        ({"date": {"created": date(2020, 1, 2)}}, {}, date(2020, 1, 2)),
        ({"date": "soon"}, {"revision": {"last_reviewed": date(2019, 1, 1)}}, date(2019, 1, 1)),
        ({}, {"revision": "none"}, None),
        ({}, None, None),
        ({"date": 3}, {"revision": {"last_reviewed": "x"}}, None),
    ],
)
def test_day(meta: dict[str, Any], fields: dict[str, Any] | None, day: date | None) -> None:
    assert listed("a.md", meta, fields).day == day


def test_fields_of_another_type_are_left_out() -> None:
    post = listed("a.md", {}, {"topic": {"a": 1}, "stack": ["x", {"y": 1}]})
    assert (post.topic, post.stack) == ("", ("x",))
