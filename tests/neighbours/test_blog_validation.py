"""Material's blog stops at the first post that it cannot read; ours says what is wrong before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.neighbours.sites import build

POST = (
    "---\ntitle: Post {0}\ndate: 2018-06-0{0}\n{1}\n---\n\n# Post {0}\n\nText.\n\n<!-- more -->\n"
)
PLAIN = {
    "index.md": "# Home\n",
    "blog/index.md": "# Blog\n",
    "blog/posts/1.md": POST.format(1, "post_meta: {view_count: -5}"),
    "blog/posts/2.md": POST.format(2, "tags: a, b"),
}
LOST = {
    "blog/posts/3.md": POST.format(3, "description: Deploying: a note"),
    "blog/posts/4.md": "\n" + POST.format(4, "post_meta: {topic: a}"),
}
PLUGINS = ["search", "blog", "tags", "anp"]


def told(log: str) -> list[str]:
    found = re.findall(r"docs/([\w/]+)\.md:\d+:\d+: \w+\[([\w-]+)\]", log)
    return [" ".join(parts) for parts in found]


def test_plain_problems_are_told_once(tmp_path: Path) -> None:
    site = build(tmp_path / "site", PLUGINS, docs=PLAIN)
    assert site.status == 0, site.log
    assert told(site.log) == ["blog/posts/1 out-of-range", "blog/posts/2 wrong-tags"]
    assert "anp-validation" not in site.text("blog/index.html")


@pytest.mark.parametrize("blog", ["blog", {"blog": {"post_dir": "{blog}/posts"}}])
def test_lost_posts_are_told_before_the_blog_stops(blog: object, tmp_path: Path) -> None:
    plugins = ["search", blog, "tags", "anp"]
    site = build(tmp_path / "site", plugins, docs={**PLAIN, **LOST})  # type: ignore[list-item]
    assert site.status == 1
    assert told(site.log) == ["blog/posts/3 unreadable", "blog/posts/4 text-before-fence"]
    assert 'write description: "Deploying: a note"' in site.log
    assert site.log.index("warning[unreadable]") < site.log.index("Error reading metadata of post")


def test_a_lost_page_of_the_blog_that_is_no_post_is_told_once(tmp_path: Path) -> None:
    docs = {**PLAIN, "blog/index.md": "---\ntitle: Our blog: all posts\n---\n# Blog\n"}
    site = build(tmp_path / "site", PLUGINS, docs=docs)
    assert site.status == 0, site.log
    assert told(site.log)[0] == "blog/index unreadable"
    assert len(told(site.log)) == 3
    assert "Our blog: all posts" in site.page("blog/index.html").title.get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "blog", [{"enabled": False}, {"blog_dir": "news"}], ids=["disabled", "elsewhere"]
)
def test_posts_of_no_blog_are_saved(blog: dict[str, object], tmp_path: Path) -> None:
    docs = {**PLAIN, **LOST, "news/index.md": "# News\n"}
    docs["news/posts/5.md"] = POST.format(5, "")
    site = build(tmp_path / "site", ["search", {"blog": blog}, "tags", "anp"], docs=docs)
    assert site.status == 0, site.log
    assert len(told(site.log)) == 4
    assert site.fields("blog/posts/4/index.html")["topic"] == "a"
