"""The page of all images of a site: which images stand on it, and how each is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag

from tests.build.conftest import Build, Site
from tests.build.test_image_credits import post
from tests.images import image_server, jpeg

HOST = "https://h.example"
OPTIONS: dict[str, Any] = {
    "image_credits": {"site_page": "i.md", "rules": {"alt-missing": "off"}},
    "validation": {"rules": {"unsafe-url": "off"}},
}


def entry(name: str, **more: str) -> dict[str, str]:
    return {"url": f"{HOST}/{name}", **more}


def items(site: Site, path: str = "i/index.html") -> list[Tag]:
    """Return the images in the list."""
    return list(site.page(path).select(".anp-credits-page__images > li"))


def words(site: Site) -> list[str]:
    """Return what is said of each image in the list."""
    return [item.select_one(".anp-credits-page__credit").get_text().strip() for item in items(site)]


def thumbnails(site: Site) -> list[str | None]:
    """Return the address of each thumbnail, None for an image that is not shown."""
    images = [item.select_one(".anp-credits-page__image > img") for item in items(site)]
    return [image and image["src"] for image in images]


# Which images stand on it


@pytest.mark.parametrize(
    "said", [{"source": "x"}, {"author": "Jo"}, {"license": "CC BY 4.0"}, {"caption": "C"}, {}]
)
def test_an_image_is_listed_with_what_its_figure_says(
    build_site: Build, said: dict[str, str]
) -> None:
    files = {"docs/a.md": post([entry("c.png", **said)], f"![Alt]({HOST}/c.png)")}
    site = build_site(files, OPTIONS)
    [words_of_image] = words(site)
    assert words_of_image == site.page("a/index.html").figcaption.get_text().strip()
    assert all(value in words_of_image for value in said.values() or [HOST.partition("//")[2]])


def test_an_own_image_needs_a_caption_to_be_listed(build_site: Build) -> None:
    sources = [{"url": "a.svg", "caption": "Ours"}, {"url": "b.svg", "alt": "Nobody says more"}]
    body = "![A](a.svg)\n\n![B](b.svg)\n\n![C](c.svg)"
    drawings = {f"docs/{name}.svg": "<svg/>" for name in "abc"}
    site = build_site({"docs/a.md": post(sources, body), **drawings}, OPTIONS)
    assert words(site) == ["Ours"]
    assert site.page("i/index.html").select("[data-anp=credit]") == []


@pytest.mark.parametrize("image", [f"{HOST}/c.png", {"path": f"{HOST}/c.png", "layout": "wide"}])
def test_the_image_of_the_front_matter_is_listed(build_site: Build, image: Any) -> None:
    files = {"docs/a.md": post([entry("c.png", source="x")], "Words.", image=image)}
    site = build_site(files, OPTIONS)
    assert words(site) == ["image source: x"]
    assert thumbnails(site) == [f"{HOST}/c.png"]


def test_the_image_of_the_front_matter_is_listed_once(build_site: Build) -> None:
    text = post([entry("c.png", source="x")], f"![C]({HOST}/c.png)", image=f"{HOST}/c.png")
    [item] = items(build_site({"docs/a.md": text}, OPTIONS))
    assert len(item.select(".anp-credits-page__uses a")) == 1


def test_a_file_of_the_front_matter_says_itself_whose_it_is(
    build_site: Build, tmp_path: Path
) -> None:
    (tmp_path / "1/docs").mkdir(parents=True)
    (tmp_path / "1/docs/c.jpg").write_bytes(jpeg(iptc={80: "Jane Doe"}))
    files = {"docs/a.md": "---\npost_meta: {topic: x}\nimage: c.jpg\n---\n# A\n"}
    site = build_site(files, OPTIONS)
    assert words(site) == ["image source: Jane Doe"]
    assert thumbnails(site) == ["../c.jpg"]


@pytest.mark.parametrize(
    "front_matter",
    [
        {"image": f"{HOST}/other.png"},
        {"image": None},
        {"image": ["c.png"]},
        {"image": f"{HOST}/c.png", "anp": {"image_credits": False}},
    ],
)
def test_what_front_matter_does_not_list(build_site: Build, front_matter: dict[str, Any]) -> None:
    files = {"docs/a.md": post([entry("c.png", source="x")], "Words.", **front_matter)}
    assert words(build_site(files, OPTIONS)) == []


def test_a_pair_is_one_image(build_site: Build) -> None:
    pair = f"![L]({HOST}/l.png#only-light)\n![D]({HOST}/d.png#only-dark)"
    site = build_site({"docs/a.md": post([entry("l.png", source="x")], pair)}, OPTIONS)
    assert words(site) == ["image source: x"]


def test_a_pair_of_two_sources_is_two(build_site: Build) -> None:
    pair = f"![L]({HOST}/l.png#only-light)\n![D]({HOST}/d.png#only-dark)"
    sources = [entry("l.png", source="x"), entry("d.png", source="y")]
    site = build_site({"docs/a.md": post(sources, pair)}, OPTIONS)
    assert words(site) == ["image source: x", "image source: y"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_list_of_none_says_so(build_site: Build, language: str) -> None:
    theme = {"name": "material", "language": language}
    page = build_site({}, OPTIONS, theme=theme).page("i/index.html")
    section = page.select_one("section[data-anp=image_credits]")
    assert section.select("ul") == []
    expected = {"en": "No image has a credit.", "de": "Für kein Bild ist ein Nachweis angegeben."}
    assert section.p.get_text() == expected[language]


# How each is shown


@pytest.mark.parametrize(
    ("src", "shown"),
    [
        ("c.png#only-light", "c.png"),
        ("c.png#only-dark", "c.png"),
        ("c.png#gh-dark-mode-only", "c.png"),
        ("c.svg#view", "c.svg#view"),
        ("a b.png", "a%20b.png"),
        ("a%20b.png", "a%20b.png"),
        ("a|b^c.png", "a%7Cb%5Ec.png"),
        ("c.png?a=1&amp;b=2", "c.png?a=1&b=2"),
    ],
)
@pytest.mark.parametrize("form", ["![Alt](<{}>)", '<p><img alt="Alt" src="{}"></p>'])
def test_a_thumbnail_is_what_a_browser_asks_for(
    build_site: Build, form: str, src: str, shown: str
) -> None:
    body = form.format(f"{HOST}/{src}")
    site = build_site({"docs/a.md": post([entry(src, source="x")], body)}, OPTIONS)
    assert thumbnails(site) == [f"{HOST}/{shown}"]


def test_an_address_that_is_not_safe_is_not_shown(build_site: Build) -> None:
    body = '<p><img alt="Alt" src="https://h.example\\@evil.example/c.png" data-credit="1"></p>'
    site = build_site({"docs/a.md": post([entry("c.png", source="x")], body)}, OPTIONS)
    assert words(site) == ["image source: x"]
    assert thumbnails(site) == [None]


def test_the_thumbnail_of_a_pair_may_be_a_copy(build_site: Build) -> None:
    with image_server() as (host, _):
        sources = [{"url": f"{host}/l.jpg", "source": "x", "caption": "C"}]
        pair = f"![L]({host}/l.jpg#only-light)\n![D]({host}/d.jpg#only-dark)"
        site = build_site({"docs/a.md": post(sources, pair)}, plugins=["privacy", {"anp": OPTIONS}])
    [src] = thumbnails(site)
    assert src.startswith("../assets/external/127.0.0.1")
    # The privacy plugin puts the fragment of the pair behind each address of the file; the style
    # sheet shows the thumbnail all the same.
    assert (site.directory / "site" / src[3:].partition("#")[0]).is_file()
