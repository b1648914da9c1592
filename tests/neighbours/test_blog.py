"""Material's blog: posts get the box; views, and the excerpts on them, stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.neighbours.sites import (
    BODY_ONLY,
    BOX_ONLY,
    DOCS,
    POST,
    Built,
    assert_only_our_parts_differ,
    build,
    build_both,
)

MARKER = "<!-- anp:meta_box -->"
PLUGINS = ["search", "blog", "tags"]


def post(number: int, body: str = "") -> str:
    """Return a post of the blog, with a category and its own words in the box."""
    front, start, rest = POST.split("---\n", 2)
    start = start.replace("title: A post", f"title: Post {number}\ncategories: [Queues]")
    start = start.replace("2018-06-23", f"2018-06-{number:02}").replace(
        BOX_ONLY, f"boxword{number}"
    )
    rest = rest.replace("# A post\n", f"# Post {number}\n{body}")
    return "---\n".join([front, start, rest])


BLOG = {
    "index.md": DOCS["index.md"].replace("post.md", "blog/posts/1.md"),
    "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "blog/index.md": "# Blog\n",
    "blog/posts/img/picture.svg": DOCS["img/picture.svg"],
    "blog/posts/1.md": post(1),
    "blog/posts/2.md": post(2, f"\nBefore.\n\n{MARKER}\n\nAfter.\n"),  # in the excerpt
    "blog/posts/3.md": post(3).replace("<!-- more -->", ""),  # all of it is the excerpt
    "blog/posts/4.md": post(4, f"\n{MARKER}\n").replace("<!-- more -->", ""),
    "blog/posts/5.md": post(5).replace("title:", "draft: true\ntitle:"),
}
POSTS = {f"blog/2018/06/0{number}/post-{number}/index.html" for number in (1, 2, 3, 4)}
VIEWS = {
    "blog/index.html",
    "blog/archive/2018/index.html",
    "blog/category/queues/index.html",
    "tags/index.html",
}


@pytest.fixture(params=["material", "anp"])
def blog(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Built, Built]:
    """Return the blog with our plugin and without, in both themes."""
    names = PLUGINS if request.param == "material" else [f"material/{name}" for name in PLUGINS]
    theme = {"name": request.param, "font": False}
    return build_both(tmp_path, names, docs=BLOG, theme=theme)


def test_posts_get_the_box_and_views_do_not(blog: tuple[Built, Built]) -> None:
    site, without = blog

    assert_only_our_parts_differ(site, without)
    assert site.pages_with_our_parts() == POSTS
    assert site.files >= POSTS | VIEWS
    for path in VIEWS:
        assert "boxword" not in site.text(path), path
    assert BODY_ONLY in site.page("blog/index.html").get_text()  # the excerpts are there
    assert not any("post-5" in path for path in site.files)
    for path in POSTS:
        number = path[-12]
        assert site.fields(path)["topic"] == f"boxword{number} topic"
        assert site.fields(path)["revision.version"] == "1.10"


def test_box_stands_in_the_article_where_it_should(tmp_path: Path) -> None:
    site = build(tmp_path / "site", [*PLUGINS, "anp"], docs=BLOG)

    for path in POSTS:
        box = site.box(path)
        article = box.find_parent("article")
        assert article is not None, path
        before = " ".join(text.strip() for text in box.find_all_previous(string=True)[::-1])
        assert (BODY_ONLY not in before) == (path[-12] in "24"), path  # at the marker
        glance = site.page(path).select("article [data-anp=glance]")
        assert len(glance) == 1, path
        title = glance[0].find_previous("h1")
        assert title is not None and title.get_text().startswith("Post"), path


def test_box_is_in_neither_search_nor_toc_nor_sitemap(tmp_path: Path) -> None:
    site = build(tmp_path / "site", [*PLUGINS, "anp"], docs=BLOG)

    assert "boxword" not in site.text("search/search_index.json")
    assert BODY_ONLY in site.text("search/search_index.json")
    for path in POSTS | VIEWS:
        toc = " ".join(nav.get_text() for nav in site.page(path).select(".md-nav--secondary"))
        assert "Post meta" not in toc
    assert "boxword" not in site.text("sitemap.xml")


def test_paginated_views_stay_as_they_are(tmp_path: Path) -> None:
    plugins = [{"blog": {"pagination_per_page": 1, "post_url_format": "{slug}"}}]
    docs = {path: text for path, text in BLOG.items() if path != "tags.md"}
    docs["index.md"] = DOCS["index.md"].replace("post.md", "blog/posts/1.md")

    site, without = build_both(tmp_path, plugins, docs=docs)

    assert_only_our_parts_differ(site, without)
    assert site.pages_with_our_parts() == {f"blog/post-{n}/index.html" for n in (1, 2, 3, 4)}
    assert "blog/page/4/index.html" in site.files


def test_a_blog_that_is_the_whole_site(tmp_path: Path) -> None:
    docs = {path.removeprefix("blog/"): text for path, text in BLOG.items() if "blog" in path}

    site, without = build_both(tmp_path, [{"blog": {"blog_dir": "."}}], docs=docs)

    assert_only_our_parts_differ(site, without)
    assert site.pages_with_our_parts() == {path.removeprefix("blog/") for path in POSTS}


def test_defaults_of_all_posts_of_the_blog(tmp_path: Path) -> None:
    """The blog calls the `meta` plugin itself: the defaults arrive before our event."""
    docs = {**BLOG, "blog/posts/.meta.yml": "post_meta: {reference: 0123, difficulty: expert}\n"}

    site, without = build_both(tmp_path, ["meta", *PLUGINS], docs=docs)

    assert_only_our_parts_differ(site, without)
    for path in POSTS:
        fields = site.fields(path)
        assert fields["reference"] == "0123"
        assert fields["difficulty"] == "beginner"  # the post's own
        assert fields["revision.version"] == "1.10"
