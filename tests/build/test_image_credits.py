"""Image credits in real builds: figures, lists, neighbours, and what is told of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.build.conftest import Build, Site
from tests.images import image_server, jpeg

UNSPLASH = "https://images.unsplash.com/photo-1515879218367-8466d910aaa4"
FLICKR = "https://loremflickr.com/1200/630/code,developer?lock=20285"
SEED_SOURCES = [
    {
        "source": "unsplash",
        "url": f"{UNSPLASH}?auto=format&fit=crop&w=1200&q=80",
        "caption": "handling background jobs with next.js visual reference 1",
    },
    {
        "source": "loremflickr.com",
        "url": FLICKR,
        "caption": "handling background jobs with next.js visual reference 2",
    },
]
FULL = {
    "source": "wikimedia",
    "url": "https://upload.wikimedia.org/wikipedia/commons/4/4e/Stars.jpg",
    "caption": "Stars",
    "author": "Jo Bar",
    "author_url": "https://jo.example/",
    "page": "https://commons.wikimedia.org/wiki/File:Stars.jpg",
    "license": "CC BY-SA 4.0",
    "modified": "cropped",
}
NO_PATHS = ("../out.md", "/etc/x.md", "page.html", "x", 3)
EXTENSIONS = ["attr_list", "md_in_html", "tables"]


def post(sources: Any, body: str, **front_matter: Any) -> str:
    """Return a post with these entries."""
    meta = {"post_meta": {"topic": "images", "image_sources": sources}, **front_matter}
    return (
        f"---\n{yaml.safe_dump(meta, allow_unicode=True, width=10**6)}---\n\n# A post\n\n{body}\n"
    )


def figcaptions(page: BeautifulSoup | Tag) -> list[str]:
    return [caption.get_text() for caption in page.select("[data-anp=figure] > figcaption")]


def image_objects(page: BeautifulSoup) -> list[dict[str, Any]]:
    scripts = page.select("script[data-anp=structured_data]")
    assert len(scripts) <= 1
    return json.loads(scripts[0].string)["@graph"] if scripts else []


def test_the_seed_pages_images_have_exactly_these_captions(build_site: Build) -> None:
    body = f"![One]({UNSPLASH}?w=800)\n\nText.\n\n![Two]({FLICKR})"
    page = build_site({"docs/a.md": post(SEED_SOURCES, body)}).page("a/index.html")
    assert figcaptions(page) == [
        "handling background jobs with next.js visual reference 1. image source: unsplash",
        "handling background jobs with next.js visual reference 2. image source: loremflickr.com",
    ]
    assert [credit.get_text() for credit in page.select("figcaption [data-anp=credit]")] == [
        "image source: unsplash",
        "image source: loremflickr.com",
    ]
    assert [image["alt"] for image in page.select("figure img")] == ["One", "Two"]
    assert page.select("p figure") == []


def test_only_the_first_image_is_loaded_at_once(build_site: Build) -> None:
    body = f"![One]({UNSPLASH})\n\n![Two]({FLICKR})\n\n![Eager]({FLICKR}){{ loading=eager }}"
    site = build_site({"docs/a.md": post(SEED_SOURCES, body)}, markdown_extensions=EXTENSIONS)
    images = site.page("a/index.html").select("article img")
    assert [image.get("loading") for image in images] == [None, "lazy", "eager"]
    assert [image.get("decoding") for image in images] == [None, "async", "async"]
    site = build_site({"docs/a.md": post(SEED_SOURCES, body)}, {"image_credits": {"lazy": False}})
    assert site.page("a/index.html").select("article img[loading]") == []


def test_sizes_come_from_the_entry_or_the_file(build_site: Build, tmp_path: Path) -> None:
    sources = [{"source": "x", "url": "https://a.example/b.png", "width": 640, "height": 480}]
    body = "![Far](https://a.example/b.png)\n\n![Near](near.jpg)\n\n![Own](near.jpg){ width=20 }"
    body += "\n\n![Part](near.jpg){ width=50% }\n\n![Styled](near.jpg){ width=20 .small }"
    body += '\n\n<p><img src="../near.jpg" alt="Raw" width="32"></p>'
    near = tmp_path / "1" / "docs" / "near.jpg"
    near.parent.mkdir(parents=True)
    near.write_bytes(jpeg((64, 48)))
    site = build_site({"docs/a.md": post(sources, body)}, markdown_extensions=EXTENSIONS)
    images = site.page("a/index.html").select("article img")
    sizes = [(image.get("width"), image.get("height")) for image in images]
    own = [("20", "15"), ("50%", None), ("20", None), ("32", "24")]
    assert sizes == [("640", "480"), ("64", "48"), *own]


def test_a_file_without_an_entry_says_itself_whose_it_is(build_site: Build, tmp_path: Path) -> None:
    folder = tmp_path / "1" / "docs"
    folder.mkdir(parents=True)
    (folder / "good.jpg").write_bytes(jpeg(iptc={80: "Darix / CC BY NC SA 3.0"}))
    (folder / "camera.jpg").write_bytes(jpeg(iptc={80: "OLYMPUS DIGITAL CAMERA"}))
    (folder / "broken.jpg").write_bytes(jpeg()[:30])
    body = "![A](good.jpg)\n\n![B](camera.jpg)\n\n![C](broken.jpg)"
    site = build_site({"docs/a.md": post([], body)})
    page = site.page("a/index.html")
    assert figcaptions(page) == ["image source: Darix / CC BY NC SA 3.0"]
    assert len(page.select("article img")) == 3
    assert [w for w in site.warnings if "missing" in w] == []


def test_the_full_form_has_links_for_all_it_names(build_site: Build) -> None:
    body = "![Many stars](https://upload.wikimedia.org/wikipedia/commons/4/4e/Stars.jpg)"
    page = build_site({"docs/a.md": post([FULL], body)}).page("a/index.html")
    [caption] = page.select("figcaption")
    assert caption.get_text() == (
        "Stars. image source: wikimedia, by Jo Bar, CC BY-SA 4.0, modified: cropped"
    )
    assert [link["href"] for link in caption.select("a")] == [
        FULL["page"],
        FULL["author_url"],
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ]
    [button] = caption.select("button")
    assert button["data-anp-copy"] == (
        f"Stars. image source: wikimedia ({FULL['page']}), by Jo Bar ({FULL['author_url']}), "
        "CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), modified: cropped"
    )
    assert button["aria-label"] == "Copy credit"


BODY_WITH_INLINE = f"Text with ![a star]({FULL['url']}) in it.\n\n![One]({UNSPLASH})"


@pytest.mark.parametrize(
    ("page_list", "expected"),
    [
        ("auto", ["Stars"]),
        ("always", ["Stars", "handling background jobs with next.js visual reference 1"]),
        ("never", []),
    ],
)
def test_the_pages_list(build_site: Build, page_list: str, expected: list[str]) -> None:
    files = {"docs/a.md": post([FULL, *SEED_SOURCES], BODY_WITH_INLINE)}
    options = {"image_credits": {"page_list": page_list, "rules": {"unused": "off"}}}
    page = build_site(files, options).page("a/index.html")
    items = page.select("section[data-anp=image_credits] > ul > li")
    assert [item.find(dir="auto").get_text() for item in items] == expected
    for link in page.select("section[data-anp=image_credits] a[href^='#']"):
        assert page.find("figure", id=link["href"][1:])


def test_the_order_at_the_end_and_the_marker(build_site: Build) -> None:
    files = {
        "docs/a.md": post([FULL], BODY_WITH_INLINE.split("\n")[0]),
        "docs/b.md": post([FULL], f"<!-- anp:image_credits -->\n\n{BODY_WITH_INLINE}\n\nEnd."),
    }
    site = build_site(files)
    parts = [part["data-anp"] for part in site.page("a/index.html").select("article > [data-anp]")]
    assert parts[-3:] == ["image_credits", "meta_box", "similar_posts"]
    article = site.page("b/index.html").article
    order = [e for e in article.find_all(recursive=False) if e.name in ("section", "p")]
    assert order[0].get("data-anp") == "image_credits"


def test_pages_that_are_no_posts_stay_as_they_are(build_site: Build) -> None:
    pages = {
        "docs/no-post.md": f"# A\n\n![x]({UNSPLASH})\n\n<img src='{FLICKR}'>\n",
        "docs/off.md": post(SEED_SOURCES, f"![x]({UNSPLASH})", anp={"image_credits": False}),
        "docs/all-off.md": post(SEED_SOURCES, f"![x]({UNSPLASH})", anp=False),
        "docs/empty.md": f"---\npost_meta:\n---\n# A\n\n![x]({UNSPLASH})\n",
    }
    options = {"meta_box": False, "similar_posts": False, "validation": False}
    with_plugin = build_site(pages, options)
    without = build_site(pages, {"enabled": False})
    for name in pages:
        path = f"{name.removeprefix('docs/').removesuffix('.md')}/index.html"
        article = str(with_plugin.page(path).article)
        assert "data-anp" not in article
        assert article == str(without.page(path).article)
    site = build_site(pages, {**options, "image_credits": False})
    assert "data-anp" not in str(site.page("off/index.html").article)


def test_neither_search_nor_contents_know_captions(build_site: Build) -> None:
    site = build_site(
        {"docs/a.md": post([FULL, *SEED_SOURCES], BODY_WITH_INLINE)},
        plugins=["search", {"anp": {}}],
    )
    index = site.raw("search/search_index.json")
    assert "A post" in index
    assert "image source" not in index and "Stars" not in index.replace("post_meta", "")
    assert site.page("a/index.html").select("nav a[href*=anp-image]") == []


# Neighbours

BLOG_POST = """---
date: 2026-01-02
post_meta:
  image_sources:
    - {{source: unsplash, url: "{url}", caption: A caption}}
---
# {title}

![Alt]({url}?w=200)

<!-- more -->

![Below]({url}?w=300)
"""


def test_excerpts_of_a_blog_have_captions(build_site: Build) -> None:
    files = {
        "docs/blog/index.md": "# Blog\n",
        "docs/blog/posts/a.md": BLOG_POST.format(url=UNSPLASH, title="One"),
        "docs/blog/posts/b.md": BLOG_POST.format(url=UNSPLASH, title="Two"),
    }
    site = build_site(files, plugins=[{"blog": {}}, {"anp": {}}])
    page = site.page("blog/index.html")
    assert figcaptions(page) == ["A caption. image source: unsplash"] * 2
    assert page.select("figure[id]") == []  # two posts may not have the same ids
    images = page.select("figure img")
    assert [image.get("loading") for image in images] == [None, "lazy"]
    post_page = site.page("blog/2026/01/02/one/index.html")
    assert figcaptions(post_page) == ["A caption. image source: unsplash"] * 2


def test_images_by_hand_have_captions_in_excerpts(build_site: Build) -> None:
    text = BLOG_POST.format(url=UNSPLASH, title="One").replace(
        f"![Alt]({UNSPLASH}?w=200)", f'<p><img src="{UNSPLASH}?w=200" alt="Alt"></p>'
    )
    files = {"docs/blog/index.md": "# Blog\n", "docs/blog/posts/a.md": text}
    site = build_site(files, plugins=[{"blog": {}}, {"anp": {}}])
    assert figcaptions(site.page("blog/index.html")) == ["A caption. image source: unsplash"]


@pytest.mark.parametrize("which", ["light", "dark"])
def test_one_entry_is_enough_for_a_pair(build_site: Build, which: str) -> None:
    files = {
        "docs/a.md": post(
            [{"source": "x", "url": f"{which}.svg", "caption": "Both"}],
            "![Alt](light.svg#only-light)\n![Alt](dark.svg#only-dark)",
        ),
        "docs/light.svg": "<svg/>",
        "docs/dark.svg": "<svg/>",
    }
    site = build_site(files, {"image_credits": {"local": "require"}})
    assert site.warnings == []
    assert figcaptions(site.page("a/index.html")) == ["Both. image source: x"]


def test_the_lightbox_shows_caption_and_credit(build_site: Build) -> None:
    entry = {"source": "un<b>splash", "url": UNSPLASH, "caption": "A <i>&amp;</i> caption"}
    site = build_site(
        {"docs/a.md": post([entry], f"![Alt]({UNSPLASH})")},
        plugins=["glightbox", {"anp": {}}],
    )
    page = site.page("a/index.html")
    [link] = page.select("figure a.glightbox")
    # The lightbox takes both for HTML, so it must find them escaped.
    assert link["data-title"] == "A &lt;i&gt;&amp;amp;&lt;/i&gt; caption"
    assert link["data-description"] == "image source: un&lt;b&gt;splash"
    assert figcaptions(page) == ["A <i>&amp;</i> caption. image source: un<b>splash"]


def test_the_lightbox_takes_no_credit_for_a_selector(build_site: Build) -> None:
    options = {"image_credits": {"format": "{caption}. {source}"}}
    site = build_site(
        {"docs/a.md": post([{"source": ".NET", "url": UNSPLASH}], f"![Alt]({UNSPLASH})")},
        plugins=["glightbox", {"anp": options}],
    )
    [link] = site.page("a/index.html").select("figure a.glightbox")
    assert link["data-description"] == "&#46;NET"


def test_a_title_that_the_lightbox_takes_from_the_image_gives_way(build_site: Build) -> None:
    entry = {"source": "x", "url": UNSPLASH, "caption": "The caption"}
    body = (
        f'![It\'s "Alt"]({UNSPLASH})\n\n![Alt]({UNSPLASH}){{ data-title="Own" }}\n\n'
        f'<a class="glightbox" data-title="Own" href="{UNSPLASH}">'
        f'<img src="{UNSPLASH}" alt="x"></a>'
    )
    site = build_site(
        {"docs/a.md": post([entry], body)},
        plugins=[{"glightbox": {"auto_caption": True}}, {"anp": {}}],
        markdown_extensions=EXTENSIONS,
    )
    links = site.page("a/index.html").select("a.glightbox")
    assert [link["data-title"] for link in links] == ["The caption", "Own", "Own"]


def test_the_privacy_plugin_keeps_copies_and_credits_stay(
    build_site: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    with image_server() as (host, requests):
        sources = [{"source": "x", "url": f"{host}/a.jpg?w=1200", "caption": "A"}]
        site = build_site(
            {"docs/a.md": post(sources, f"![Alt]({host}/a.jpg?w=1200)")},
            plugins=["privacy", {"anp": {}}],
            site_url="https://example.org/sub/",
        )
    assert any(request.startswith("GET /a.jpg") for request in requests)
    page = site.page("a/index.html")
    [image] = page.select("figure img")
    assert image["src"].startswith("../assets/external/127.0.0.1")
    assert figcaptions(page) == ["A. image source: x"]
    [described] = image_objects(page)
    assert described["contentUrl"] == f"https://example.org/sub/{image['src'][3:]}"
    assert (site.directory / "site" / image["src"][3:]).is_file()


def test_minified_pages_are_described_too(build_site: Build) -> None:
    site = build_site(
        {"docs/a.md": post(SEED_SOURCES, f"![One]({UNSPLASH}?w=800&q=70)")},
        {"image_credits": {"rules": {"unused": "off"}}},
        plugins=[{"minify": {"minify_html": True}}, {"anp": {}}],
        site_url="https://example.org/",
    )
    [described] = image_objects(site.page("a/index.html"))
    assert described["contentUrl"] == f"{UNSPLASH}?w=800&q=70"


# Search engines


def test_search_engines_are_told_what_is_known_and_no_more(build_site: Build) -> None:
    hostile = {"source": "</script><script>alert(1)</script>", "url": FLICKR}
    body = f"![Many stars]({FULL['url']})\n\n![x]({FLICKR})\n\n![again]({FULL['url']})"
    site = build_site(
        {"docs/a.md": post([FULL, hostile], body)}, site_url="https://example.org/sub/"
    )
    page = site.page("a/index.html")
    assert image_objects(page) == [
        {
            "@type": "ImageObject",
            "contentUrl": FULL["url"],
            "caption": "Stars",
            "creditText": "Jo Bar / wikimedia",
            "creator": {"@type": "Person", "name": "Jo Bar", "url": "https://jo.example/"},
            "license": "https://creativecommons.org/licenses/by-sa/4.0/",
            "acquireLicensePage": FULL["page"],
        },
        {"@type": "ImageObject", "contentUrl": FLICKR, "creditText": hostile["source"]},
    ]
    assert "alert(1)</script>" not in site.raw("a/index.html")


def test_without_an_address_search_engines_are_told_nothing(build_site: Build) -> None:
    files = {"docs/a.md": post([FULL], f"![Many stars]({FULL['url']})")}
    assert image_objects(build_site(files).page("a/index.html")) == []
    options = {"structured_data": False}
    site = build_site(files, options, site_url="https://example.org/")
    assert image_objects(site.page("a/index.html")) == []


# What is told


def warnings_of(site: Site) -> list[str]:
    return [re.sub(r"^mkdocs_anp: ", "", warning).split("\n")[0] for warning in site.warnings]


def test_problems_have_their_place(build_site: Build) -> None:
    near = {**SEED_SOURCES[1], "url": FLICKR.replace("20285", "20286")}
    body = f"![Two]({FLICKR})\n\n![](https://cdn.pixabay.com/photo/2015/a-729510_640.jpg)"
    site = build_site({"docs/a.md": post([near], body)})
    assert warnings_of(site) == [
        "docs/a.md:6:10: warning[unused] post_meta.image_sources.0.url: the page has no image "
        "'https://loremflickr.com/1200/630/code,developer?lock=20286'",
        "docs/a.md:12:8: warning[missing] image_credits: the image "
        "'https://loremflickr.com/1200/630/code,developer?lock=20285' has no entry in "
        "image_sources",
        "docs/a.md:14:5: warning[hotlink] image_credits: pixabay does not allow pages to show "
        "images from its own address",
        "docs/a.md:14:5: warning[missing] image_credits: the image "
        "'https://cdn.pixabay.com/photo/2015/a-729510_640.jpg' has no entry in image_sources",
    ]
    assert f"the closest one is {FLICKR}" in site.warnings[0]


@pytest.mark.parametrize(
    ("extensions", "needs"),
    [
        ([], True),
        (["tables"], True),
        (["attr_list"], False),
        (["markdown.extensions.attr_list"], False),
        (["pymdownx.extra"], False),
    ],
)
def test_advice_is_such_as_works_on_the_site(
    build_site: Build, extensions: list[str], needs: bool
) -> None:
    """Without the extension, `{ .no-credit }` would be printed on the page."""
    files = {"docs/a.md": post([], f"![Two]({FLICKR})")}
    [warning] = build_site(files, markdown_extensions=extensions).warnings
    entry = f'- {{url: "{FLICKR}", source: loremflickr.com, caption: …}}'
    assert f"= help: add to image_sources: {entry}, or write {{ .no-credit }}" in warning
    assert warning.endswith("which takes the Markdown extension attr_list") is needs
    followed = {"docs/a.md": post([], f"![Two]({FLICKR}){{ .no-credit }}")}
    site = build_site(followed, markdown_extensions=extensions)
    assert (site.warnings == []) is ("{" not in site.page("a/index.html").article.get_text())
    assert bool(site.warnings) is needs
    by_hand = {"docs/a.md": post([], f'<img class="no-credit" src="{FLICKR}">')}
    assert build_site(by_hand, markdown_extensions=extensions).warnings == []


@pytest.mark.parametrize(
    "options",
    [
        {"image_credits": {"rules": {"missing": "off"}}},
        {"validation": {"rules": {"missing": "off"}}},
        {"image_credits": {"own_hosts": ["www.Loremflickr.com"]}},
        {"validation": False},
        {"image_credits": False},
    ],
)
def test_what_is_not_told(build_site: Build, options: dict[str, Any]) -> None:
    site = build_site({"docs/a.md": post([], f"![Two]({FLICKR})")}, options)
    assert site.warnings == []


def test_images_of_the_site_need_a_credit_where_it_says_so(build_site: Build) -> None:
    files = {"docs/a.md": post([], "![Own](own.svg)"), "docs/own.svg": "<svg/>"}
    assert build_site(files).warnings == []
    [warning] = warnings_of(build_site(files, {"image_credits": {"local": "require"}}))
    assert "warning[missing]" in warning and "own.svg" in warning


def test_the_image_of_the_front_matter_uses_an_entry(build_site: Build) -> None:
    site = build_site({"docs/a.md": post(SEED_SOURCES[1:], "Text.", image=FLICKR)})
    assert site.warnings == []
    [item] = site.page("a/index.html").select("section[data-anp=image_credits] li")
    assert item.get_text().startswith("handling background jobs")


@pytest.mark.parametrize(
    "sources",
    [
        None,
        {},
        "unsplash",
        [None],
        ["unsplash"],
        {"source": "x", "url": FLICKR, "caption": "One"},
        [{"source": "x"}],
        [{"url": "javascript:alert(1)", "caption": "C"}],
        [{"source": "x", "url": FLICKR, "caption": "<img src=x onerror=alert(1)>"}],
        [{"source": "x", "url": FLICKR, "page": "data:text/html,x", "author": "\u202e'\"><b>"}],
        [{"source": "x", "url": f"https://a.example/{'x' * 10_000}", "caption": "c" * 300}],
        [{"source": "x", "url": "https://a.example/a b(c).png", "caption": "😀 שלום"}],
    ],
    ids=str,
)
def test_bad_input_never_loses_an_image(build_site: Build, sources: Any) -> None:
    body = f"![Alt]({FLICKR})\n\nKept."
    page = build_site({"docs/a.md": post(sources, body)}).page("a/index.html")
    [image] = page.select("article img")
    assert image["src"] == FLICKR
    assert "Kept." in page.article.get_text()
    for element in page.article.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on")]
        assert not str(element.get("href", "")).startswith(("javascript:", "data:"))


def test_two_entries_of_one_image(build_site: Build) -> None:
    twice = [SEED_SOURCES[1], {**SEED_SOURCES[1], "caption": "Another one"}]
    site = build_site({"docs/a.md": post(twice, f"![Two]({FLICKR})")})
    [warning] = warnings_of(site)
    assert "warning[conflict] post_meta.image_sources.1: entries 1 and 2 are one image" in warning
    assert figcaptions(site.page("a/index.html")) == [
        "handling background jobs with next.js visual reference 2. image source: loremflickr.com"
    ]
    same = [SEED_SOURCES[1], SEED_SOURCES[1]]
    assert build_site({"docs/a.md": post(same, f"![Two]({FLICKR})")}).warnings == []


# The page of the site


def test_a_page_lists_all_images_and_the_pages_that_use_them(build_site: Build) -> None:
    files = {
        "docs/a.md": post(SEED_SOURCES[1:], f"![Two]({FLICKR})"),
        "docs/sub/b.md": post([*SEED_SOURCES[1:], FULL], f"![2]({FLICKR}) and ![s]({FULL['url']})"),
    }
    site = build_site(files, {"image_credits": {"site_page": "pictures.md"}})
    page = site.page("pictures/index.html")
    items = page.select("section[data-anp=image_credits] > ul > li")
    assert [len(item.select(".anp-credits-page__uses a")) for item in items] == [2, 1]
    hrefs = [link["href"] for link in items[0].select(".anp-credits-page__uses a")]
    assert hrefs == ["../a/", "../sub/b/"]
    assert page.h1.get_text().strip().startswith("Image credits")
    assert [link for link in site.page("index.html").select("nav a") if "Image" in link.get_text()]


def test_the_list_stands_on_a_page_of_the_authors_own(build_site: Build) -> None:
    files = {
        "docs/a.md": post(SEED_SOURCES[1:], f"![Two]({FLICKR})"),
        "docs/pictures.md": "# Ours\n\nBefore.\n\n<!-- anp:image_credits -->\n\nBehind.\n",
    }
    page = build_site(files, {"image_credits": {"site_page": "pictures.md"}}).page(
        "pictures/index.html"
    )
    assert [e.name for e in page.article.find_all(["h1", "section", "p"], recursive=False)] == [
        "h1",
        "p",
        "section",
        "p",
    ]


def test_a_dirty_build_leaves_the_list(build_site: Build) -> None:
    files = {f"docs/{n}.md": post(SEED_SOURCES[1:], f"![Two]({FLICKR})") for n in "ab"}
    site = build_site(files, {"image_credits": {"site_page": "i.md"}})
    before = site.raw("i/index.html")
    (site.directory / "docs" / "a.md").write_text(files["docs/a.md"] + "More.\n", "utf-8")
    build(load_config(str(site.directory / "mkdocs.yml")), dirty=True)
    assert site.raw("i/index.html") == before


def test_each_language_has_a_list_of_its_own(build_site: Build) -> None:
    files = {
        "docs/index.de.md": "# Start\n",
        "docs/a.md": post(SEED_SOURCES[1:], f"![Two]({FLICKR})"),
        "docs/a.de.md": post([FULL], f"![Sterne]({FULL['url']})"),
    }
    languages = [
        {"locale": "en", "name": "English", "build": True, "default": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    site = build_site(
        files,
        plugins=[
            {"i18n": {"languages": languages, "fallback_to_default": False}},
            {"anp": {"image_credits": {"site_page": "pics.md"}}},
        ],
    )
    assert "loremflickr" in site.raw("pics/index.html")
    assert site.page("de/pics/index.html").h1.get_text().strip().startswith("Bildnachweise")
    assert "Stars" in site.raw("de/pics/index.html")


@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_images_by_hand_start_from_the_pages_own_address(
    build_site: Build, use_directory_urls: bool
) -> None:
    src = "../../my%20dir/b.svg" if use_directory_urls else "../my%20dir/b.svg"
    files = {
        "docs/sub/a.md": post(
            [{"source": "x", "url": "../my dir/b.svg", "caption": "B"}], f'<p><img src="{src}"></p>'
        ),
        "docs/my dir/b.svg": '<svg width="10" height="5"/>',
    }
    site = build_site(files, use_directory_urls=use_directory_urls)
    page = site.page("sub/a/index.html" if use_directory_urls else "sub/a.html")
    assert figcaptions(page) == ["B. image source: x"]
    assert page.select_one("figure img")["width"] == "10"


def test_paths_that_begin_like_an_address_are_paths(build_site: Build) -> None:
    names = ["data/c.svg", "httpd.svg", "https/d.svg"]
    drawings = {f"docs/{name}": '<svg width="10" height="5"/>' for name in names}
    files = {"docs/a.md": post([], "\n\n".join(f"![x]({name})" for name in names)), **drawings}
    images = build_site(files).page("a/index.html").select("article img")
    assert [image.get("width") for image in images] == ["10"] * len(names)


def test_the_image_of_a_page_uses_an_entry(build_site: Build) -> None:
    url = "https://a.example/1.png"
    files = {
        f"docs/{number}.md": post([{"source": "x", "url": url}], "Words.", image=image)
        for number, image in enumerate([url, {"path": url}])
    }
    assert build_site(files).warnings == []


def test_an_image_with_a_look_of_its_own_gets_no_size(build_site: Build) -> None:
    body = '![x](b.svg){ .icon }\n\n<p><img src="../b.svg" style="height:2em"></p>\n\n![y](b.svg)'
    files = {"docs/a.md": post([], body), "docs/b.svg": '<svg width="10" height="5"/>'}
    site = build_site(files, markdown_extensions=EXTENSIONS)
    widths = [image.get("width") for image in site.page("a/index.html").select("article img")]
    assert widths == [None, None, "10"]


def test_a_page_without_validation_counts_and_is_listed(build_site: Build) -> None:
    files = {"docs/a.md": post([FULL], f"![x]({FULL['url']})", anp={"validation": False})}
    site = build_site(files, {"image_credits": {"site_page": "i.md"}})
    assert len(site.page("i/index.html").select(".anp-credits-page__images > li")) == 1
    assert site.warnings == []


def test_many_images_take_several_pages(build_site: Build) -> None:
    sources = [{"source": "x", "url": f"https://a.example/{n}.png"} for n in range(230)]
    body = "\n\n".join(f"![x](https://a.example/{n}.png)" for n in range(230))
    site = build_site({"docs/a.md": post(sources, body)}, {"image_credits": {"site_page": "i.md"}})
    counts = [
        len(site.page(path).select(".anp-credits-page__images > li"))
        for path in ("i/index.html", "i/2/index.html", "i/3/index.html")
    ]
    assert counts == [100, 100, 30]
    links = [link["href"] for link in site.page("i/2/index.html").select(".anp-pages a")]
    assert links == ["../", "./", "../3/"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "{caption} {author}"}, "there is no {author}"),
        ({"format": "{caption}"}, "{source} has to stand in it once"),
        ({"format": "by {source}: {caption}"}, "{caption} has to stand at its start"),
        ({"format": "{caption"}, "it is no format"),
        ({"page_list": "sometimes"}, "page_list"),
        ({"rules": {"missng": "off"}}, "write missing"),
        ({"rules": {"unreadable": "off"}}, "there is no kind of problem"),
        ({"sources": {"x": {"hosts": "a.example", "key": "("}}}, "is no pattern"),
        ({"sources": {"x": {"hosts": "a.example", "key": "a"}}}, "needs a group"),
        ({"sources": {"x": {}}}, "hosts has to be a list"),
        ({"sources": [1]}, "write a mapping"),
        *(({"site_page": path}, "is no path of a Markdown file") for path in NO_PATHS),
        ({"unknown": 1}, "no such option"),
    ],
)
def test_options_that_are_wrong(
    build_site: Build, options: dict[str, Any], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Exception):  # noqa: B017 (MkDocs' own, told through its log)
        build_site({}, {"image_credits": options})
    assert message in caplog.text


def test_a_path_from_the_root_of_the_docs(build_site: Build) -> None:
    """MkDocs may be told to take it so in Markdown, but not in raw HTML."""
    entry = {"source": "x", "url": "../img/b.svg", "caption": "B"}
    body = '![x](/img/b.svg)\n\n<p><img src="/img/b.svg" alt="y"></p>'
    picture = '<svg width="10" height="5"/>'
    site = build_site(
        {"docs/sub/a.md": post([entry], body), "docs/img/b.svg": picture},
        site_url="https://a.example/below/",
        validation={"absolute_links": "relative_to_docs"},
    )
    page = site.page("sub/a/index.html")
    assert figcaptions(page) == ["B. image source: x"]
    assert page.select_one("figure img")["width"] == "10"


@pytest.mark.parametrize(
    ("site_url", "src", "is_own"),
    [
        ("https://a.example/", "/img/b.svg", True),
        ("", "/img/b.svg", True),
        ("https://a.example/sub/", "/sub/img/b.svg", True),
        ("https://a.example/sub/", "/img/b.svg", False),
        ("https://a.example/", "//img/b.svg", False),
        ("https://a.example/", "/../b.svg", False),
    ],
)
def test_a_path_from_the_root_of_the_site(
    build_site: Build, site_url: str, src: str, is_own: bool
) -> None:
    entry = {"source": "x", "url": "../img/b.svg", "caption": "B"}
    files = {
        "docs/sub/a.md": post([entry], f'![x]({src})\n\n<p><img src="{src}" alt="x"></p>'),
        "docs/img/b.svg": '<svg width="10" height="5"/>',
    }
    options = {"image_credits": {"rules": {"unused": "off", "missing": "off"}}}
    page = build_site(files, options, site_url=site_url).page("sub/a/index.html")
    assert figcaptions(page) == ["B. image source: x"] * 2 * is_own
    widths = [image.get("width") for image in page.select("article img")]
    assert widths == ["10" if is_own else None] * 2


def test_an_entry_of_an_image_that_is_left_alone_is_used(build_site: Build) -> None:
    badge = "https://img.shields.io/badge/a-b-green"
    photo = "https://a.example/1.png"
    body = f'![ci]({badge})\n\n![x]({photo}){{ .no-credit }}\n\n<p><img src="{badge}.svg"></p>'
    entries = [{"source": "x", "url": url} for url in (badge, photo, f"{badge}.svg")]
    site = build_site({"docs/a.md": post(entries, body)}, markdown_extensions=EXTENSIONS)
    assert site.warnings == []
    assert "<figure" not in site.raw("a/index.html")


@pytest.mark.parametrize("word", ["off", '"off"'])
def test_figures_are_off_however_yaml_reads_the_word(build_site: Build, word: str) -> None:
    text = post(SEED_SOURCES[:1], f"![One]({UNSPLASH}?w=800)")
    page = text.replace("post_meta:", f"anp: {{image_credits: {{figures: {word}}}}}\npost_meta:")
    options = yaml.safe_load(f"image_credits: {{figures: {word}}}")
    for site in (build_site({"docs/a.md": page}), build_site({"docs/a.md": text}, options)):
        assert figcaptions(site.page("a/index.html")) == []
        assert site.warnings == []


def test_an_address_that_a_template_changes_is_told_as_it_is_in_the_end(
    build_site: Build,
) -> None:
    entries = [{"source": "x", "url": url, "caption": "A"} for url in (UNSPLASH, "b.png")]
    template = (
        '{% extends "base.html" %}{% block content %}'
        "{{ page.content | replace('src=\"../b', 'src=\"https://cdn.example/b') }}{% endblock %}"
    )
    files = {
        "docs/a.md": post(entries[:1], f"![One]({UNSPLASH})"),
        "docs/b.md": post(entries[1:], "![Two](b.png)"),
        "docs/b.png": "",
        "own/main.html": template,
    }
    theme = {"name": "material", "custom_dir": "own"}
    site = build_site(files, theme=theme, site_url="https://a.example/")
    [told] = image_objects(site.page("b/index.html"))
    assert told["contentUrl"] == "https://cdn.example/b.png"


def test_a_number_that_nobody_gave_is_none(build_site: Build) -> None:
    number = "9" * 5000
    body = f"![One]({UNSPLASH})\n\n<p><img data-anp-image={number} src={UNSPLASH} alt=x></p>"
    page = build_site({"docs/a.md": post(SEED_SOURCES[:1], body)}).page("a/index.html")
    assert len(page.select("article img")) == 2
