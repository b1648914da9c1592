"""Links of front matter to source files, and what a wrong one most likely means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.post_files import PostFiles, joined

FILES = (
    "index.md",
    "posts/kafka-lag.md",
    "posts/note-a.md",
    "posts/note-b.md",
    "posts/two words.md",
    "posts/same.md",
    "runbooks/same.md",
    "runbooks/restart.md",
)


@pytest.fixture
def posts() -> PostFiles:
    return PostFiles(set(FILES).__contains__, lambda: FILES)


@pytest.mark.parametrize(
    "link",
    [
        "kafka-lag.md",
        "./kafka-lag.md",
        "kafka-lag.md#part",
        "kafka-lag.md?x=1#part",
        "../index.md",
        "../runbooks/restart.md",
        "two%20words.md",
        "two words.md",
        # None of these is meant to be a source file.
        "https://example.com/none.md",
        "//example.com/none.md",
        "/none.md",
        "mailto:none.md",
        "#none.md",
        "none/",
        "none.html",
        "none.svg",
        "",
    ],
)
def test_links_that_lead_somewhere(posts: PostFiles, link: str) -> None:
    assert posts.has("posts/page.md", link)


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("note-c.md", ""),  # two files are as near
        ("kafka-lga.md", "kafka-lag.md"),
        ("kafka-lga.md#part", "kafka-lag.md#part"),
        ("restart.md", "../runbooks/restart.md"),
        ("../restart.md", "../runbooks/restart.md"),
        ("../posts/restart.md?x#y", "../runbooks/restart.md?x#y"),
        ("posts/kafka-lag.md", "kafka-lag.md"),
        ("../../index.md", ""),  # outside the docs directory
        ("../same.md", ""),  # two folders have it
        ("something-else.md", ""),
        (".md", ""),
    ],
)
def test_links_that_lead_nowhere(posts: PostFiles, link: str, meant: str) -> None:
    assert not posts.has("posts/page.md", link)
    assert posts.meant("posts/page.md", link) == meant
    if meant:
        assert posts.has("posts/page.md", meant)


def test_one_wrong_link_costs_one_search_and_many_do_not_cost_more() -> None:
    asked = []

    def paths() -> tuple[str, ...]:
        asked.append(1)
        return FILES

    posts = PostFiles(set(FILES).__contains__, paths)
    assert posts.has("a.md", "index.md")
    assert asked == []
    found = [posts.meant("posts/page.md", f"{number}-kafka-lag.md") for number in range(300)]
    assert posts.meant("posts/page.md", "restart.md") == ""  # no more are looked for
    assert len(found) == 300
    assert len(asked) == 1


@given(st.text("./a %2e\\?#", max_size=12), st.sampled_from(["a.md", "a/b.md", "a/b/c.md"]))
def test_any_link_has_an_answer_and_suggestions_are_right(link: str, source: str) -> None:
    posts = PostFiles({"a.md", "x/a.md", "a/a.md"}.__contains__, lambda: ["a.md", "a/a.md"])
    for wrong in (link, f"{link}.md", f"{link}/aa.md"):
        if not posts.has(source, wrong):
            meant = posts.meant(source, wrong)
            assert not meant or posts.has(source, meant)


@pytest.mark.parametrize(
    ("source", "path", "whole"),
    [
        ("a/b.md", "c.md", "a/c.md"),
        ("a/b.md", "../c.md", "c.md"),
        ("a/b.md", "../../c.md", ""),
        ("b.md", "./c/../d.md", "d.md"),
    ],
)
def test_joined(source: str, path: str, whole: str) -> None:
    assert joined(source, path) == whole
