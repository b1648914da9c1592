"""How the parts come into a page, and what other plugins see of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.build.conftest import Build

POST = "---\npost_meta: {topic: caches}\n---\n# A post\n\nText.\n"
HOOK = """
from pathlib import Path

def on_page_content(html, page, **kwargs):
    seen("content", html)

def on_post_page(output, page, **kwargs):
    seen("after", page.content)
    seen("output", output)

def on_page_context(context, page, **kwargs):
    seen("context", str("anp" in context))

def seen(name, text):
    with Path(__file__).with_name(f"{name}.txt").open("a", encoding="utf-8") as file:
        file.write(text + "\\n")
"""


def where(message: str) -> str:
    """Return the page and the field of a warning."""
    match = re.search(r"docs/([\w/]+\.md):\d+:\d+: \w+\[[\w-]+\] ([\w.]+): ", message)
    assert match, message
    return f"{match[1]}: {match[2]}"


def test_nobody_but_the_template_sees_the_box_in_the_content(build_site: Build) -> None:
    site = build_site({"docs/index.md": POST, "hook.py": HOOK}, hooks=["hook.py"])

    def seen(name: str) -> str:
        return (site.directory / f"{name}.txt").read_text(encoding="utf-8")

    assert "data-anp" not in seen("content")
    assert "data-anp" in seen("output")
    assert seen("after") == seen("content")


def test_a_page_without_title_gets_the_glance_line_on_top(build_site: Build) -> None:
    text = "---\ntitle: From meta\npost_meta: {topic: caches}\n---\nText.\n"
    page = build_site({"docs/a.md": text}).page("a/index.html")
    glance = page.find(attrs={"data-anp": "glance"})
    following = glance.find_next_sibling()
    assert following.get_text() == "Text."
    assert glance.find_previous_sibling().get_text() == "From meta"  # Material prints it


def test_the_glance_line_follows_the_title_of_the_markdown(build_site: Build) -> None:
    page = build_site({"docs/a.md": POST}).page("a/index.html")
    glance = page.find(attrs={"data-anp": "glance"})
    assert glance.find_previous_sibling().name == "h1"
    assert glance.find_next_sibling().get_text() == "Text."


def test_without_glance_line(build_site: Build) -> None:
    page = build_site({"docs/a.md": POST}, {"meta_box": {"glance": False}}).page("a/index.html")
    assert page.find(attrs={"data-anp": "glance"}) is None
    assert page.find(attrs={"data-anp": "meta_box"}) is not None


def test_title_of_the_box(build_site: Build) -> None:
    box = build_site({"docs/a.md": POST}, {"meta_box": {"title": "Facts & <b>"}}).box(
        "a/index.html"
    )
    assert box.h2.get_text() == "Facts & <b>"
    assert box["aria-labelledby"] == box.h2["id"]


@pytest.mark.parametrize("options", [{"enabled": False}, {"meta_box": {"enabled": False}}])
def test_switched_off_for_the_site(build_site: Build, options: dict[str, Any]) -> None:
    site = build_site({"docs/a.md": POST}, options)
    assert "data-anp=" not in site.raw("a/index.html")
    assert ("anp.css" in site.raw("a/index.html")) is ("meta_box" in options)


def test_a_page_has_its_own_settings(build_site: Build) -> None:
    anp = "anp: {meta_box: {position: start, title: Mine, glance: false, reading_time: auto}}"
    site = build_site(
        {"docs/a.md": POST.replace("---\n# A", f"{anp}\n---\n# A"), "docs/b.md": POST}
    )
    box = site.box("a/index.html")
    assert box.h2.get_text() == "Mine"
    assert box.find_previous_sibling().name == "h1"
    assert box.find(attrs={"data-anp-field": "reading_time"}).get_text() == "1 min"
    other = site.box("b/index.html")
    assert other.h2.get_text() == "Post meta"
    assert other.find(attrs={"data-anp-field": "reading_time"}) is None


def test_wrong_settings_of_a_page_are_named(build_site: Build) -> None:
    anp = "anp: {meta_box: {position: left}, checklst: false}"
    site = build_site({"docs/a.md": POST.replace("---\n# A", f"{anp}\n---\n# A")})
    assert [where(message) for message in site.warnings] == [
        "a.md: anp.meta_box.position",
        "a.md: anp.checklst",
    ]
    assert site.box("a/index.html") is not None


def test_a_post_by_pattern_needs_no_meta(build_site: Build) -> None:
    files = {"docs/posts/a.md": f"# A\n\n{'word ' * 1000}\n", "docs/b.md": "# B\n"}
    site = build_site(files, {"posts": ["posts/"], "meta_box": {"reading_time": "auto"}})
    fields = [dd["data-anp-field"] for dd in site.box("posts/a/index.html").find_all("dd")]
    assert fields == ["reading_time"]
    assert site.box("posts/a/index.html").time["datetime"] == "PT4M"
    assert "data-anp" not in site.raw("b/index.html")


def test_a_given_reading_time_wins_over_a_counted_one(build_site: Build) -> None:
    text = f"---\npost_meta: {{reading_time: 9}}\n---\n# A\n\n{'word ' * 1000}\n"
    box = build_site({"docs/a.md": text}, {"meta_box": {"reading_time": "auto"}}).box(
        "a/index.html"
    )
    assert box.time["datetime"] == "PT9M"


# Address as written, as a link of a page in a folder of its own, and of a page that is a file.
ADDRESSES = [
    ("b.md", "../b/", "b.html"),
    ("b.md#part", "../b/#part", "b.html#part"),
    ("b.md?x=1", "../b/?x=1", "b.html?x=1"),
    ("../index.md", "../../", "../index.html"),
    ("img/c.svg", "../img/c.svg", "img/c.svg"),
    ("./img/../img/c.svg", "../img/c.svg", "img/c.svg"),
    ("img/d%20e.svg", "../img/d%20e.svg", "img/d%20e.svg"),
    ("img/d%20e.svg?x=%20#%20", "../img/d%20e.svg?x=%20#%20", "img/d%20e.svg?x=%20#%20"),
    ("%C3%A9.md", "../%C3%A9/", "%C3%A9.html"),
    # MkDocs leaves such a link of the Markdown as it is, too.
    ("missing.md", "missing.md", "missing.md"),
    ("missing%20.md", "missing%20.md", "missing%20.md"),
    ("../../out.md", "../../out.md", "../../out.md"),
    ("#part", "#part", "#part"),
    ("/abs/b.md", "/abs/b.md", "/abs/b.md"),
    ("https://example.org/b.md", "https://example.org/b.md", "https://example.org/b.md"),
    ("mailto:a@example.org", "mailto:a@example.org", "mailto:a@example.org"),
    ("img/c d.svg", None, None),
    ("javascript:b.md", None, None),
]


def links(build_site: Build, addresses: list[str], pretty: bool) -> list[str | None]:
    """Return where each address leads to on the page of a post, None where it is no link."""
    meta = {"post_meta": {"image_sources": [{"url": address} for address in addresses]}}
    files = {
        "docs/posts/a.md": f"---\n{yaml.safe_dump(meta)}---\n# A\n",
        "docs/posts/b.md": "# B\n",
        "docs/posts/é.md": "# E\n",
        "docs/posts/img/c.svg": "<svg/>",
        "docs/posts/img/d e.svg": "<svg/>",
    }
    site = build_site(files, use_directory_urls=pretty)
    box = site.box("posts/a/index.html" if pretty else "posts/a.html")
    items = [
        box.find(attrs={"data-anp-field": f"image_sources.{n}.url"}) for n in range(len(addresses))
    ]
    assert [item.get_text() for item in items] == addresses
    return [item.a["href"] if item.a else None for item in items]


@pytest.mark.parametrize("pretty", [True, False])
def test_an_address_of_a_source_leads_to_its_page(build_site: Build, pretty: bool) -> None:
    written, in_folder, in_file = (list(column) for column in zip(*ADDRESSES, strict=True))
    assert links(build_site, written, pretty) == (in_folder if pretty else in_file)


def test_an_address_with_query_and_part(build_site: Build) -> None:
    assert links(build_site, ["b.md?x=1#part"], pretty=True) == ["../b/?x=1#part"]


def test_warnings_come_in_the_order_of_the_pages_and_places(build_site: Build) -> None:
    bad = "---\npost_meta: {view_count: x, reading_time: y}\n---\n# A\n"
    warnings = build_site({"docs/b.md": bad, "docs/a.md": bad}).warnings
    assert [where(message) for message in warnings] == [
        "a.md: post_meta.view_count",
        "a.md: post_meta.reading_time",
        "b.md: post_meta.view_count",
        "b.md: post_meta.reading_time",
    ]
