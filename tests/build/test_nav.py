"""The option `nav`: posts out of the navigation, and an index that lists them instead."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from bs4 import Tag
from mkdocs.exceptions import Abort, ConfigurationError

from mkdocs_anp import nav as nav_module
from tests.build.conftest import Build, Site

LABEL = "All posts"


def post(number: int, **fields: Any) -> str:
    lines = [f"  {key}: {value}" for key, value in fields.items()]
    return "\n".join(
        [
            "---",
            f"title: Post {number}",
            f"date: 2020-01-{number:02}",
            "post_meta:",
            *lines,
            "---",
            "Words.\n",
        ]
    )


def posts(count: int) -> dict[str, str]:
    return {
        f"docs/posts/p{n}.md": post(n, topic="caches" if n % 2 else "queues", stack="[go]")
        for n in range(1, count + 1)
    }


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real sites need more than 500 posts: here, three are many."""
    monkeypatch.setattr(nav_module, "MANY", 3)


def nav_links(site: Site, path: str = "index.html") -> list[str]:
    """Return the texts of Material's navigation on a page."""
    found = site.page(path).select(".md-nav--primary a.md-nav__link")
    return [" ".join(link.get_text(" ").split()) for link in found]


def index(site: Site, path: str = "all-posts/index.html") -> Tag:
    section = site.page(path).find(attrs={"data-anp": "post_index"})
    assert section is not None
    return section


def titles(section: Tag) -> list[str]:
    return [link.get_text() for link in section.select(".anp-post-index__title")]


def test_auto_leaves_few_posts_where_they_are(build_site: Build) -> None:
    site = build_site(posts(3))
    assert [text for text in nav_links(site) if text.startswith("Post")] == [
        "Post 1",
        "Post 2",
        "Post 3",
    ]
    assert not (site.directory / "site/all-posts").exists()


def test_auto_hides_many(build_site: Build, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "mkdocs"):
        site = build_site({**posts(4), "docs/posts/guide.md": "# A guide\n"}, strict=True)
    texts = nav_links(site)
    assert not [text for text in texts if text.startswith("Post ")]
    assert {"A guide", LABEL} <= set(texts)
    assert titles(index(site)) == ["Post 4", "Post 3", "Post 2", "Post 1"]
    [line] = [record.message for record in caplog.records if "left out" in record.message]
    assert "4 posts" in line
    assert "all-posts/" in line
    assert "nav" in line


def test_keep_keeps_them(build_site: Build) -> None:
    site = build_site(posts(4), {"nav": "keep"})
    assert "Post 4" in nav_links(site)
    assert not (site.directory / "site/all-posts").exists()


def test_hide_hides_even_one(build_site: Build) -> None:
    site = build_site(posts(1), {"nav": "hide"})
    assert "Post 1" not in nav_links(site)
    assert titles(index(site)) == ["Post 1"]


def test_hide_without_posts_adds_nothing(build_site: Build) -> None:
    site = build_site({}, {"nav": "hide"})
    assert LABEL not in nav_links(site)
    assert not (site.directory / "site/all-posts").exists()


def test_auto_touches_no_nav_of_the_owner(build_site: Build) -> None:
    listed = [{"Start": "index.md"}, *(f"posts/p{n}.md" for n in range(1, 5))]
    site = build_site(posts(4), nav=listed)
    assert "Post 4" in nav_links(site)
    assert not (site.directory / "site/all-posts").exists()


def test_hide_keeps_what_the_nav_of_the_owner_lists(build_site: Build) -> None:
    owner = ["index.md", {"Best": [{"The first": "posts/p1.md"}]}]
    site = build_site(posts(4), {"nav": "hide"}, nav=owner, strict=True)
    texts = nav_links(site)
    assert "The first" in texts
    assert texts[-1] == LABEL
    assert titles(index(site)) == ["Post 4", "Post 3", "Post 2", "The first"]


def test_the_owner_places_the_index(build_site: Build) -> None:
    owner = [{"Everything": "all-posts.md"}, "index.md"]
    site = build_site(posts(4), {"nav": "hide"}, nav=owner)
    texts = nav_links(site)
    assert texts.count("Everything") == 1
    assert LABEL not in texts


def test_hidden_posts_are_part_of_the_section_of_the_index(build_site: Build) -> None:
    owner = ["index.md", {"Notes": ["all-posts.md", "posts/p1.md"]}]
    theme = {"name": "material", "features": ["navigation.tabs"]}
    site = build_site(posts(4), {"nav": "hide"}, nav=owner, theme=theme)
    for path in ("posts/p3/index.html", "all-posts/topic/index.html"):
        active = site.page(path).select(".md-tabs__item--active")
        assert [tab.get_text(strip=True) for tab in active] == ["Notes"]


def test_nav_that_lists_a_post_that_is_not_there(build_site: Build) -> None:
    site = build_site(posts(4), {"nav": "hide"}, nav=["index.md", "posts/none.md"])
    assert len(titles(index(site))) == 4
    assert [message for message in site.warnings if "none.md" in message]


@pytest.mark.parametrize("use_directory_urls", [True, False])
@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_every_link_of_the_index_leads_to_a_page(
    build_site: Build, theme: str, use_directory_urls: bool
) -> None:
    files = {
        f"docs/posts/p{n}.md": post(n, topic="'a b'", stack="[c++, 'c#', Größe, 日本]")
        for n in range(1, 30)
    }
    site = build_site(files, theme=theme, use_directory_urls=use_directory_urls)
    root = site.directory / "site"
    pages = [path for path in root.rglob("*.html") if "all-posts" in str(path)]
    assert len(pages) >= 7
    for path in pages:
        section = index(site, path.relative_to(root).as_posix())
        links = [link["href"] for link in section.find_all("a")]
        assert links
        for link in links:
            target = urljoin(path.as_uri(), str(link))
            file = target.removeprefix("file://") + ("index.html" if target.endswith("/") else "")
            assert (root / unquote(file)).is_file(), link
        assert (
            len(site.page(path.relative_to(root).as_posix()).find_all("h1", id="anp-post-index"))
            == 1
        )


def test_views(build_site: Build) -> None:
    site = build_site(posts(5))
    section = index(site, "all-posts/topic/index.html")
    assert [heading.get_text(" ", strip=True) for heading in section.find_all("h2")] == [
        "caches 3",
        "queues 2",
    ]
    current = section.find("a", attrs={"aria-current": "page"})
    assert current is not None
    assert current.get_text() == "By topic"


def test_pages_of_the_author_are_never_overwritten(build_site: Build) -> None:
    site = build_site(
        {**posts(4), "docs/all-posts.md": "# Mine\n", "docs/All-Posts-2/topic.md": "# Mine too\n"}
    )
    assert "Mine" in site.page("all-posts/index.html").get_text()
    assert titles(index(site, "all-posts-3/index.html"))[0] == "Post 4"


def test_two_posts_with_one_title(build_site: Build) -> None:
    files = {f"docs/{name}.md": post(1, topic="one") for name in "abcd"}
    links = index(build_site(files)).select(".anp-post-index__title")
    assert len({link["href"] for link in links}) == 4


def test_titles_are_escaped(build_site: Build) -> None:
    text = "---\ntitle: '<script>alert(1)</script>'\npost_meta: {topic: '<b>x'}\n---\n"
    site = build_site({**posts(4), "docs/evil.md": text})
    for path in ("all-posts/index.html", "all-posts/topic/index.html"):
        section = index(site, path)
        assert not section.find_all(["script", "b"])
        assert "<script>" in section.get_text()


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_a_topic_never_becomes_markup_of_a_page(build_site: Build, theme: str) -> None:
    topic = "'</title><script>alert(1)</script>'"
    files = {f"docs/p{n}.md": post(1, topic=topic) for n in range(22)}
    site = build_site(files, theme=theme)
    [path] = (site.directory / "site/all-posts/topic").glob("*/index.html")
    page = site.page(path.relative_to(site.directory / "site").as_posix())
    assert not [script for script in page.find_all("script") if script.get_text() == "alert(1)"]
    assert page.title is not None
    assert page.title.get_text(strip=True)


def test_the_home_page_stays_even_if_it_is_a_post(build_site: Build) -> None:
    site = build_site({**posts(4), "docs/index.md": "---\npost_meta: {topic: x}\n---\n# Start\n"})
    assert "Start" in nav_links(site)


def test_posts_in_folders_of_their_own_are_hidden(build_site: Build) -> None:
    files = {f"docs/posts/p{n}/index.md": post(n) for n in range(1, 5)}
    section = {"docs/posts/index.md": post(9), "docs/guide/index.md": "# A guide\n"}
    site = build_site({**files, **section})
    texts = nav_links(site)
    assert {"Post 9", "A guide", LABEL} <= set(texts)
    assert not {f"Post {n}" for n in range(1, 5)} & set(texts)
    assert titles(index(site))[-4:] == ["Post 4", "Post 3", "Post 2", "Post 1"]


def test_the_index_of_pages_outside_the_navigation_stays(build_site: Build) -> None:
    files = {"docs/log/index.md": post(9), "docs/log/entries/p1.md": post(1)}
    texts = nav_links(build_site(files, {"nav": "hide"}, not_in_nav="log/entries/*"))
    assert "Post 9" in texts


def test_one_index_for_each_language(build_site: Build) -> None:
    languages = [
        {"locale": "en", "default": True, "name": "English"},
        {"locale": "de", "name": "Deutsch"},
    ]
    i18n = {"i18n": {"docs_structure": "suffix", "languages": languages}}
    site = build_site(posts(4), plugins=[i18n, "anp"])
    english, german = index(site), index(site, "de/all-posts/index.html")
    assert "Newest first" in english.get_text()
    assert "Neueste zuerst" in german.get_text()
    for section in (english, german):
        assert len(titles(section)) == 4


def test_posts_link_to_their_neighbours_in_time(build_site: Build) -> None:
    site = build_site(posts(5), theme={"name": "readthedocs"})
    page = site.page("posts/p3/index.html")
    assert "../p2/" in [link["href"] for link in page.select("a[title='Post 2']")]
    assert "../p4/" in [link["href"] for link in page.select("a[title='Post 4']")]


def test_the_index_is_not_searched(build_site: Build) -> None:
    site = build_site(posts(5), plugins=["search", "anp"])
    entries = site.raw("search/search_index.json")
    assert '"all-posts/topic/' not in entries
    assert '"posts/p1/' in entries


def test_the_sitemap_has_the_index(build_site: Build) -> None:
    site = build_site(posts(5), site_url="https://example.org/sub/")
    assert "https://example.org/sub/all-posts/topic/" in site.raw("sitemap.xml")


def test_posts_by_pattern_and_by_defaults_of_a_folder(build_site: Build) -> None:
    files = {f"docs/notes/n{n}.md": f"# Note {n}\n" for n in range(5)}
    by_pattern = build_site(files, {"posts": ["notes/**"]})
    assert len(titles(index(by_pattern))) == 5
    defaults = {**files, "docs/notes/.meta.yml": "post_meta: {topic: shared}\n"}
    by_folder = build_site(defaults, plugins=["meta", "anp"])
    assert len(titles(index(by_folder))) == 5


@pytest.mark.parametrize("key", ["post meta", "postMeta", "Post-Meta", "'post_meta'"])
def test_spellings_of_the_key_count(build_site: Build, key: str) -> None:
    files = {f"docs/p{n}.md": f"---\n{key}: {{topic: x}}\n---\n# P\n" for n in range(4)}
    assert len(titles(index(build_site(files)))) == 4


def test_fields_on_the_top_level(build_site: Build) -> None:
    files = {f"docs/p{n}.md": "---\ntopic: x\n---\n# P\n" for n in range(4)}
    assert len(titles(index(build_site(files, {"meta_key": ""})))) == 4


def test_own_template_of_the_index(build_site: Build) -> None:
    own = "<div data-anp='post_index'>{% for e in entries %}<i>{{ e.title }}</i>{% endfor %}</div>"
    site = build_site(
        {**posts(4), "overrides/partials/anp/post_index.html": own},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    assert next(tag.get_text() for tag in index(site).find_all("i")) == "Post 4"


def test_labels_in_the_language_of_the_site(build_site: Build) -> None:
    site = build_site(posts(4), theme={"name": "material", "language": "de"})
    assert "Alle Beiträge" in nav_links(site)


def test_no_other_value_is_taken(build_site: Build) -> None:
    with pytest.raises((Abort, ConfigurationError)):
        build_site({}, {"nav": "sideways"})
