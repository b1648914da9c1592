"""Where links lead among the pages of a site, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.similar_posts.links import PageUrls

FOLDERS = {
    "./": "index.md",
    "b/": "b.md",
    "sub/": "sub/index.md",
    "sub/c/": "sub/c.md",
    "sub/d%20e/": "sub/d e.md",
    "caf%C3%A9/": "café.md",
}
FILES = {"index.html": "index.md", "b.html": "b.md", "sub/c.html": "sub/c.md"}
SITE = "https://x.example/pre/"


def target(page: str, link: str, site: str = SITE, pages: dict[str, str] = FOLDERS) -> str:
    """Return the source path of the page that a link on a page leads to, "" for none."""
    found = PageUrls(pages, site).targets(page, [link])
    assert len(found) <= 1
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("page", "link", "source"),
    [
        ("", "b/", "b.md"),
        ("./", "b/", "b.md"),
        ("./", "sub/c/#part", "sub/c.md"),
        ("b/", "..", "index.md"),
        ("b/", "../", "index.md"),
        ("b/", ".", "b.md"),
        ("b/", "../sub/c", "sub/c.md"),
        ("sub/c/", "../", "sub/index.md"),
        ("sub/c/", "../../b/", "b.md"),
        ("sub/c/", "../x/../../b/", "b.md"),
        ("b/", "../sub/c/?q=a/b#x?y", "sub/c.md"),
        ("b/", "../b/index.html", "b.md"),
        ("b/", "../index.html", "index.md"),
        # Escaped or not
        ("b/", "../sub/d%20e/", "sub/d e.md"),
        ("b/", "../sub/d e/", "sub/d e.md"),
        ("b/", "../caf%c3%a9/", "café.md"),
        ("b/", "../café/", "café.md"),
        # From the root, and in full
        ("sub/c/", "/pre/b/", "b.md"),
        ("sub/c/", "/pre/", "index.md"),
        ("sub/c/", f"{SITE}b/#part", "b.md"),
        ("sub/c/", "http://x.example/pre/b/", "b.md"),
        ("sub/c/", "//x.example/pre/b/", "b.md"),
        ("sub/c/", "https://x.example/pre", "index.md"),
        # Nowhere among the pages
        ("b/", "", ""),
        ("b/", "?q=1", ""),
        ("b/", "gone/", ""),
        ("b/", "../../b/", ""),
        ("b/", "../../../../b/", ""),
        ("b/", "/b/", ""),
        ("b/", "/prefix/b/", ""),
        ("b/", "https://x.example/prefix/b/", ""),
        ("b/", "https://x.example/b/", ""),
        ("b/", "https://other.example/pre/b/", ""),
        ("b/", "//other.example/pre/b/", ""),
        ("b/", "mailto:b/", ""),
        ("b/", "javascript:b/", ""),
        ("b/", "ftp://x.example/pre/b/", ""),
        ("b/", "../b/picture.png", ""),
        ("b/", "../myindex.html", ""),
    ],
)
def test_target(page: str, link: str, source: str) -> None:
    assert target(page, link) == source


@pytest.mark.parametrize(
    ("page", "link", "source"),
    [
        ("sub/c.html", "../b.html", "b.md"),
        ("b.html", "sub/c.html#x", "sub/c.md"),
        ("b.html", "index.html", "index.md"),
        ("b.html", "./", "index.md"),
        ("sub/c.html", "/pre/b.html", "b.md"),
        ("b.html", "b/", ""),
        ("b.html", "/b.html", ""),
    ],
)
def test_without_directory_urls(page: str, link: str, source: str) -> None:
    assert target(page, link, pages=FILES) == source


@pytest.mark.parametrize(
    ("site", "link", "source"),
    [
        ("", "/b/", ""),
        ("", "https://x.example/b/", ""),
        ("", "../b/", "b.md"),
        ("https://x.example", "/b/", "b.md"),
        ("https://x.example/", "https://x.example/b/", "b.md"),
        ("https://x.example/pre", "https://x.example/pre/b/", "b.md"),
    ],
)
def test_address_of_the_site(site: str, link: str, source: str) -> None:
    assert target("sub/", link, site) == source


def test_as_often_as_they_do() -> None:
    links = ["../b/", "https://other.example/", "../sub/c/", "/pre/b/"]
    assert PageUrls(FOLDERS, SITE).targets("b/", links) == ("b.md", "sub/c.md", "b.md")


@given(st.text(), st.text(), st.sampled_from(["", SITE, "https://x.example"]))
def test_any_link(page: str, link: str, site: str) -> None:
    found = PageUrls(FOLDERS, site).targets(page, [link])
    assert set(found) <= set(FOLDERS.values())
