"""Plugins that read or rewrite pages: rss, glightbox, macros, minify, privacy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.neighbours.sites import (
    BODY_ONLY,
    BOX_ONLY,
    DOCS,
    POST,
    PRIVACY,
    assert_only_our_parts_differ,
    build,
    build_both,
)

ADDRESS = "https://images.example.com/p?w=1200&q=80"
BOX_PAGE = "post/index.html"


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_feeds_are_without_our_parts(first: bool, tmp_path: Path) -> None:
    rss = {
        "rss": {
            "use_git": False,
            "date_from_meta": {"as_creation": "date", "as_update": "date"},
            "abstract_chars_count": -1,  # the whole page
            "match_path": "post.md",
        }
    }
    docs = {**DOCS, "post.md": POST.replace("description: What a post says of itself.\n", "")}
    site = build(tmp_path / "site", ["anp", rss] if first else [rss, "anp"], docs=docs)

    assert site.status == 0, site.log
    feeds = [path for path in site.files if path.startswith("feed_")]
    assert len(feeds) == 4
    for feed in feeds:
        assert BODY_ONLY in site.text(feed)
        assert BOX_ONLY not in site.text(feed)
        assert "data-anp" not in site.text(feed)
    assert BOX_ONLY in site.box(BOX_PAGE).get_text()


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_feeds_are_without_the_index_of_posts(first: bool, tmp_path: Path) -> None:
    rss = {"rss": {"use_git": False, "date_from_meta": {"as_creation": "date"}}}
    anp = {"anp": {"nav": "hide"}}
    site = build(tmp_path / "site", [anp, rss] if first else [rss, anp])

    assert site.status == 0, site.log
    assert site.page("all-posts/index.html").select("[data-anp=post_index]")
    feeds = [path for path in site.files if path.startswith("feed_")]
    assert len(feeds) == 4
    for feed in feeds:
        assert "/post/" in site.text(feed)
        assert "all-posts" not in site.text(feed)


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_lightbox_takes_pictures_of_the_body_and_no_links_of_ours(
    first: bool, tmp_path: Path
) -> None:
    plugins = ["anp", "glightbox"] if first else ["glightbox", "anp"]
    site = build(tmp_path / "site", plugins)

    assert site.status == 0, site.log
    page = site.page(BOX_PAGE)
    assert len(page.select("a.glightbox img[src$='picture.svg']")) == 1
    assert page.select("[data-anp] .glightbox") == []
    link = site.box(BOX_PAGE).select_one('[data-anp-field="payload.address"] a')
    assert link is not None and link["href"] == ADDRESS


def test_macros_see_the_meta_and_do_not_run_in_it(tmp_path: Path) -> None:
    body = POST.replace("## A section", "Topic: {{ page.meta.post_meta.topic }}, {{ 6 * 7 }}.")
    site, without = build_both(tmp_path, ["macros"], docs={**DOCS, "post.md": body})

    assert_only_our_parts_differ(site, without)
    assert f"Topic: {BOX_ONLY} topic, 42." in site.page(BOX_PAGE).get_text()
    # A value is text, not a template.
    assert site.fields(BOX_PAGE)["summary"] == "a summary with {{ 7 * 7 }} and <b>markup</b>"


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_what_a_macro_sets_is_shown(first: bool, tmp_path: Path) -> None:
    module = (
        "def define_env(env):\n    pass\n\n\n"
        "def on_pre_page_macros(env):\n"
        "    if 'post_meta' in env.page.meta:\n"
        "        env.page.meta['post_meta']['topic'] = 'set by a macro'\n"
    )
    plugins = ["anp", "macros"] if first else ["macros", "anp"]
    site = build(tmp_path / "site", plugins, beside={"main.py": module})

    assert site.status == 0, site.log
    assert site.fields(BOX_PAGE)["topic"] == "set by a macro"
    assert site.fields(BOX_PAGE)["revision.version"] == "1.10"


MINIFY: dict[str, Any] = {
    "minify_html": True,
    "htmlmin_opts": {"remove_comments": True},
    "minify_css": True,
    "minify_js": True,
    "css_files": ["assets/anp/anp.css"],
    "js_files": ["assets/anp/anp.js"],
}


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_minified_pages_have_the_same_box(first: bool, tmp_path: Path) -> None:
    minify = {"minify": MINIFY}
    plain = build(tmp_path / "plain", ["anp"])
    site = build(tmp_path / "site", ["anp", minify] if first else [minify, "anp"])

    assert site.status == 0, site.log
    assert site.warnings == []
    assert site.fields(BOX_PAGE) == plain.fields(BOX_PAGE)
    assert len(site.text(BOX_PAGE)) < len(plain.text(BOX_PAGE))
    page = site.page(BOX_PAGE)
    linked = [*page.select('link[href*="/anp/"]'), *page.select('script[src*="/anp/"]')]
    addresses = [str(element.get("href") or element.get("src")) for element in linked]
    assert [address.rpartition("/")[2] for address in addresses] == ["anp.min.css", "anp.min.js"]
    for address in addresses:
        assert address.removeprefix("../") in site.files


@pytest.mark.parametrize("assets", [True, False], ids=["assets", "links only"])
def test_privacy_leaves_our_addresses_alone(assets: bool, tmp_path: Path) -> None:
    """Links are no assets: nothing is fetched for them (and nothing could be)."""
    privacy = {**PRIVACY, "assets": assets, "links_attr_map": {"target": "_blank"}}

    site, without = build_both(tmp_path, [{"privacy": privacy}])

    assert site.warnings == without.warnings == []
    assert "Couldn't retrieve" not in site.log
    assert not any("external" in path for path in site.files)
    link = site.box(BOX_PAGE).select_one('[data-anp-field="payload.address"] a')
    assert link is not None
    assert link["href"] == ADDRESS
    assert link.get_text() == ADDRESS
    assert link["target"] == "_blank"  # so the plugin did treat it, as any link
    assert "noopener" in link["rel"]
