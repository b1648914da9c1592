"""Similar posts beside Material's blog and a feed."""

from __future__ import annotations

from pathlib import Path

from tests.neighbours.sites import build

KAFKA = "Consumers of a broker commit offsets; partitions are rebalanced."
BREAD = "Flour, yeast, salt and warm water rise overnight."


def post(number: int) -> str:
    topic, text = ("kafka", KAFKA) if number % 2 else ("baking", BREAD)
    draft = "draft: true\n" if number == 5 else ""
    return (
        f"---\ndate: 2020-01-0{number}\n{draft}post_meta: {{topic: {topic}}}\n---\n"
        f"# Post {number}\n\n{text} Number {number}.\n\n<!-- more -->\n\nThe end.\n"
    )


def test_posts_of_a_blog_have_sections_and_views_and_feeds_have_none(tmp_path: Path) -> None:
    docs = {f"blog/posts/{number}.md": post(number) for number in range(1, 7)}
    docs |= {"index.md": "# Home\n", "blog/index.md": "# Blog\n"}
    rss = {"rss": {"use_git": False, "date_from_meta": {"as_creation": "date"}}}
    site = build(tmp_path / "site", ["search", "blog", "anp", rss], docs=docs)

    assert site.status == 0, site.log
    assert site.warnings == []
    assert "with --dirty" not in site.log
    page = site.page("blog/2020/01/01/post-1/index.html")
    links = [str(a["href"]) for a in page.select("[data-anp=similar_posts] li > a")]
    assert links[0] == "../../03/post-3/"
    assert not any("post-5" in link for link in links)
    with_section = {
        path
        for path in site.files
        if path.endswith(".html") and site.page(path).select("[data-anp=similar_posts]")
    }
    assert with_section == {f"blog/2020/01/0{n}/post-{n}/index.html" for n in (1, 2, 3, 4, 6)}
    feeds = {path for path in site.files if path.startswith("feed_")}
    assert feeds
    for path in (*feeds, "search/search_index.json"):
        assert "Similar posts" not in site.text(path), path
        assert "both about" not in site.text(path), path
